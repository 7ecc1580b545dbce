"""Apply to a third word the change of letters that two examples show.

The changes come from a closed list of rules, which the definition names. An instance is kept only
if every rule of the list that explains both examples gives the same result for the third word, and
if one example alone would have left a doubt or the rule has two steps.
"""

from collections.abc import Callable
from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "letter_pattern_analogy"
SEED = 20_305
COUNT = 100

VOWELS = "aeiou"
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
WORDS = """
anchor basket beacon bottle branch bridge butter button camel candle canvas carpet castle
cellar cherry circle clover coffee copper corner cotton cradle desert dinner dragon engine falcon
farmer feather fiddle finger flower forest fossil garden gentle ginger glove grape hammer harbor
helmet honey island jacket jungle kettle kitten ladder lantern lemon letter lizard magnet maple
marble market meadow melon mirror monkey mortar napkin needle nickel nutmeg ocean orange orchard
oyster paddle panther pebble pencil pepper pigeon pillow planet pocket prince puzzle rabbit radish
ribbon river rocket saddle salmon scarf shadow shovel silver singer spider spring stable summer
sunset temple thread ticket timber tomato trumpet tunnel turtle valley velvet violin walnut wander
whistle window winter wolf yellow zebra"""


def shifted(word: str, by: int, which: str = ALPHABET) -> str:
    return "".join(which[(which.index(c) + by) % len(which)] if c in which else c for c in word)


def halves(word: str) -> str:
    """Return the letters at odd positions, then those at even positions."""
    return word[::2] + word[1::2]


def swapped_pairs(word: str) -> str:
    return "".join(word[n : n + 2][::-1] for n in range(0, len(word), 2))


Change = Callable[[str], str]
ONE: list[Change] = [
    lambda w: w[::-1],
    lambda w: w[1:] + w[0],
    lambda w: w[-1] + w[:-1],
    lambda w: w[-1] + w[1:-1] + w[0],
    swapped_pairs,
    halves,
    lambda w: "".join(sorted(w)),
    lambda w: shifted(w, 1, VOWELS),
    lambda w: shifted(w, -1, VOWELS),
    lambda w: "".join(c for c in w if c not in VOWELS),
    lambda w: "".join(c * 2 if c in VOWELS else c for c in w),
    lambda w: w[1:],
    lambda w: w[:-1],
    *((lambda w, by=by: shifted(w, by)) for by in (1, 2, 3, -1, -2, -3)),
]
TWO: list[Change] = [lambda w, f=f, g=g: g(f(w)) for f in ONE for g in ONE]

LAYOUTS = [
    "{a} : {x}\n{b} : {y}\n{c} : ?",
    "{a} -> {x}, {b} -> {y}, {c} -> ?",
    "{a} is to {x} and {b} is to {y} as {c} is to ...",
    "If {a} becomes {x} and {b} becomes {y}, what does {c} become?",
    "{a} = {x}; {b} = {y}; {c} = ?",
    "{x} is made from {a}, and {y} from {b}. What is made from {c} in the same way?",
]


def results(shown: list[tuple[str, str]], word: str) -> set[str]:
    """Return what the third word may become by the changes that explain the examples."""
    return {change(word) for change in ONE + TWO if all(change(a) == x for a, x in shown)}


ABOUT = {
    "summary": "Apply to a third word the change of letters that two examples show.",
    "definition": paragraphs("""
        Two words are shown with what becomes of them, and a third word. Find the change and apply
        it to the third word. It is one of the following changes, or two of them one after the
        other, the same for all three words: write the word backwards; move the first letter to the
        end; move the last letter to the front; swap the first and the last letter; swap the letters
        of each pair (1st and 2nd, 3rd and 4th ...; a single last letter stays); write the letters
        at odd positions (1st, 3rd ...), then those at even positions; sort the letters
        alphabetically; replace each vowel (a, e, i, o, u) by the next or by the previous one in
        that circle; leave out all vowels; double every vowel; drop the first letter; drop the last
        letter; replace every letter by the one 1, 2 or 3 places further or back in the alphabet (z
        is followed by a). The y is a consonant. Answer with the resulting string in lower case and
        nothing else.

        Complete the analogy: what must stand for the third word, if it is treated like the first
        two? The treatment consists of one or two steps from this list, in a fixed order: reversal;
        first letter to the end; last letter to the front; exchange of first and last letter;
        exchange within every pair of neighbours, counted from the start; all letters in odd places
        followed by all in even places; alphabetical order; each vowel of a-e-i-o-u moved on to the
        next one, or back to the one before, in a circle; vowels removed; vowels doubled; first
        letter removed; last letter removed; all letters moved by 1, 2 or 3 in the alphabet,
        forward or backward and in a circle. "y" is not a vowel. Write only the new string, in small
        letters.

        Work out from two examples how a string of letters is transformed, and give the transform of
        the third string, in lower case, without comment. Allowed are these operations and any two
        of them in a row: reverse; rotate by one to the left or right; swap the outer letters; swap
        letters 1-2, 3-4 and so on; odd-numbered letters before even-numbered ones; sort from a to
        z; step all vowels a, e, i, o, u cyclically by one, up or down; delete the vowels; write
        each vowel twice; delete the first letter; delete the last letter; shift all letters
        cyclically in the alphabet by one to three places, up or down. Only a, e, i, o and u are
        vowels. All operations that fit both examples give the same result.
    """),
    "categories": ["Word Analogy"],
    "domains": ["Linguistics"],
    "reasoning": ["Analogical Reasoning", "Reasoning on Strings"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["zxx"]},
}

# Three words, the numbers of the changes in ONE, layout, wrong output (or ""), lesson.
TAUGHT: list[tuple[str, list[int], int, str, str]] = [
    (
        "puppet lemon guitar",
        [1],
        0,
        "",
        """In both examples the first letter has gone to the end and the rest has moved up; guitar
        without its g is uitar, and the g follows.""",
    ),
    (
        "candle shrimp tractor",
        [9, 0],
        3,
        "",
        """The results have no vowels left, and their letters come in reverse order: cndl and shrmp
        read backwards. tractor without vowels is trctr, which is rtcrt backwards.""",
    ),
    (
        "copperfield igloo yeast",
        [7],
        1,
        "",
        """Only vowels change, each to the next in a, e, i, o, u: o to u, e to i. In yeast the e
        becomes i and the a becomes e; the y is no vowel.""",
    ),
    (
        "bread stone plum",
        [13, 12],
        4,
        "qmvn",
        """Every letter has indeed moved one place on in the alphabet, but the results are also one
        letter shorter than the words: the last letter is dropped.

        Apply both steps: plum becomes qmvn, and without its last letter qmv.""",
    ),
    (
        "camera tulip hazelnut",
        [4],
        2,
        "tunlezah",
        """This writes the word backwards. The examples swap neighbours only: ca-me-ra becomes
        ac-em-ar, and the single p of tulip stays at the end.

        Swap within each of the pairs ha-ze-ln-ut: the result is aheznltu.""",
    ),
]


def ask(words: list[str], change: Change, layout: int) -> tuple[str, set[str]]:
    a, b, c = words
    x, y = change(a), change(b)
    text = LAYOUTS[layout].format(a=a, b=b, c=c, x=x, y=y)
    return text, results([(a, x), (b, y)], c)


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        change = rng.choice(TWO) if done % 2 else ONE[done // 2 % len(ONE)]
        words = rng.sample(WORDS.split(), 3)
        text, found = ask(words, change, done % len(LAYOUTS))
        simple = any(all(f(w) == change(w) for w in words) for f in [*ONE, str])
        if len(found) != 1 or (done % 2 and simple):
            return None
        return instance(NAME, text, sorted(found))

    shown = []
    for words, steps, layout, wrong, lesson in TAUGHT:
        change = ONE[steps[0]] if len(steps) == 1 else TWO[steps[0] * len(ONE) + steps[1]]
        text, (answer,) = ask(words.split(), change, layout)
        shown.append(demonstration(text, wrong or answer, lesson))
    return document(NAME, SEED, ABOUT, shown, draw, count=COUNT)
