"""Find out who tells the truth among people who either always do or never do.

All ways of sharing out truth and lies are tried; a puzzle is kept only if exactly one of them
agrees with what everybody says.
"""

from collections.abc import Callable
from itertools import product
from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "truth_tellers"
SEED = 20_301
SEPARATOR = ", "
PUZZLES = 100

# Where the people are met, then what truth-tellers and liars are called there, one and many.
SCENES = [
    text.split(" # ")
    for text in paragraphs("""
    On a small island live knights, who always tell the truth, and knaves, who always lie. A sailor
    meets {names}. # a knight|knights|a knave|knaves

    At a masked ball, guests in owl masks say only true things and guests in fox masks say only
    false things. In the dark you hear the voices of {names}. # an owl|owls|a fox|foxes

    A workshop has built robots of two makes: blues are programmed to state truths only, reds to
    state falsehoods only. The paint has come off the robots called {names}. # a blue|blues|a
    red|reds

    For a school play, {names} were each given the part of an angel or of an imp. Angels speak only
    the truth; whatever an imp says is false. # an angel|angels|an imp|imps

    In a parlour game every player secretly draws a card. Those with a sun on it, the suns, may say
    only what is true in this round; those with a moon, the moons, only what is false. The players
    are {names}. # a sun|suns|a moon|moons

    A detective is questioning {names} about a missing violin. She knows that honest witnesses say
    nothing false and that liars say nothing true, and that everyone here is one or the other. # an
    honest witness|honest witnesses|a liar|liars

    Two clubs meet in the same café. Members of the Mirror Club never say anything true; members of
    the Window Club never say anything false. Each of {names} belongs to one of the two clubs. # a
    Window member|Window members|a Mirror member|Mirror members

    The villagers of the upper valley are truthful in everything they say, and those of the lower
    valley lie in everything they say. At the inn between the two valleys sit {names}, who each come
    from one of them. # an upper villager|upper villagers|a lower villager|lower villagers
""")
]
WORDS = ["t", "ts", "f", "fs"]
NAMES = ["Aiko", "Bram", "Chidi", "Dalia", "Emre", "Freya", "Goran", "Hana", "Ivo", "Jamila"]
NAMES += ["Kofi", "Leila", "Mateo", "Nadia", "Omar", "Priya", "Quinn", "Rosa", "Sefa", "Tariq"]
NAMES += ["Uma", "Viktor", "Wanjiru", "Ximena", "Yusuf", "Zofia"]

# What can be said, about me (m) and others (b, c); every person is true or false, k is a number.
Truths = dict[str, bool]
Test = Callable[[bool, bool, bool, int, int], bool]
SAYINGS: list[tuple[list[str], Test]] = [
    (["{b} is {f}", "Believe me, {b} is {f}"], lambda _m, b, _c, _n, _k: not b),
    (["{b} is {t}", "Mark my words: {b} is {t}"], lambda _m, b, _c, _n, _k: b),
    (
        ["{b} and {c} are both {fs}", "{b} is {f}, and so is {c}"],
        lambda _m, b, c, _n, _k: not b and not c,
    ),
    (
        ["{b} is {t}, but {c} is {f}", "Of {b} and {c}, only {b} is {t}"],
        lambda _m, b, c, _n, _k: b and not c,
    ),
    (
        ["At least one of {b} and {c} is {t}", "{b} and {c} are not both {fs}"],
        lambda _m, b, c, _n, _k: b or c,
    ),
    (
        ["At least one of {b} and {c} is {f}", "{b} and {c} are not both {ts}"],
        lambda _m, b, c, _n, _k: not (b and c),
    ),
    (
        ["Exactly one of {b} and {c} is {t}", "One of {b} and {c} is {t} and the other is {f}"],
        lambda _m, b, c, _n, _k: b != c,
    ),
    (
        ["{b} and {c} are of the same kind", "{b} and {c} are either both {ts} or both {fs}"],
        lambda _m, b, c, _n, _k: b == c,
    ),
    (["{b} and I are of the same kind"], lambda m, b, _c, _n, _k: m == b),
    (["{b} and I are of different kinds"], lambda m, b, _c, _n, _k: m != b),
    (["At least one of {b} and me is {f}"], lambda m, b, _c, _n, _k: not (m and b)),
    (["Both {b} and I are {ts}"], lambda m, b, _c, _n, _k: m and b),
    (
        ["If {b} is {t}, then {c} is {f}"],
        lambda _m, b, c, _n, _k: not b or not c,
    ),
    (["If {b} is {f}, then so is {c}"], lambda _m, b, c, _n, _k: b or not c),
    (["Exactly {k} of us {all} are {ts}"], lambda _m, _b, _c, n, k: n == k),
    (["At least {k} of us {all} are {ts}"], lambda _m, _b, _c, n, k: n >= k),
    (["No more than {k} of us {all} are {ts}"], lambda _m, _b, _c, n, k: n <= k),
]
NUMBERS = ["none", "one", "two", "three", "four", "five", "six"]


class Said(NamedTuple):
    """One sentence: whose it is, how it reads, and whether it is true if the people are so."""

    by: str
    text: str
    true: Callable[[Truths], bool]


def say(by: str, others: list[str], number: int, wording: int, words: dict[str, str]) -> Said:
    """Let `by` say SAYINGS[number] about two of the others."""
    b, c = others
    patterns, test = SAYINGS[number]
    size = int(words["size"])
    k = 2 + wording % (size - 2)
    text = patterns[wording % len(patterns)].format(
        b=b, c=c, k=NUMBERS[k], all=NUMBERS[size], **words
    )

    def true(truths: Truths) -> bool:
        return test(truths[by], truths[b], truths[c], sum(truths.values()), k)

    return Said(by, text[0].upper() + text[1:], true)


def solutions(names: list[str], said: list[Said]) -> list[list[str]]:
    """Return, for each assignment that agrees with what is said, who tells the truth."""
    found = []
    for values in product([True, False], repeat=len(names)):
        truths = dict(zip(names, values, strict=True))
        if all(each.true(truths) == truths[each.by] for each in said):
            found.append([name for name in names if truths[name]])
    return found


def listed(names: list[str]) -> str:
    return ", ".join(names[:-1]) + " and " + names[-1]


def told(scene: str, names: list[str], said: list[Said], style: int) -> str:
    """Return the puzzle: as a scene with its lines, or as one paragraph."""
    head = scene.format(names=listed(names))
    if style:
        lines = [f'{each.by}: "{each.text}."' for each in said]
        return "\n".join([head, *lines])
    verbs = ["says", "declares", "claims", "remarks"]
    quoted = [f'{s.by} {verbs[n % 4]}: "{s.text}."' for n, s in enumerate(said)]
    return " ".join([head, *quoted])


ABOUT = {
    "summary": "Work out who tells the truth from what truth-tellers and liars say.",
    "definition": paragraphs("""
        You are given a puzzle about people (or robots) of two kinds: one kind always tells the
        truth, the other always lies, and the text says what the kinds are called. Everything a
        truth-teller says is true and everything a liar says is false. "If A, then B" is false only
        when A is true and B is false; "of us" counts the speaker too. Exactly one way of sharing
        out the two kinds fits all that is said. Answer with the names of all who tell the truth,
        separated by a comma and a space, in any order; there is always at least one.

        Work out from the statements who always tells the truth and who always lies; each person or
        robot does one or the other, under whatever names the puzzle gives the two kinds. A liar's
        statement is always false, and a liar who says two things says two false things. Numbers
        "of us" include the speaker, and an "if" sentence counts as true unless its first part
        holds and its second part does not. There is a single solution, with one truth-teller or
        more. List the truth-tellers' names with ", " between them; their order does not matter.

        Who tells the truth? The text names several speakers, each of whom speaks either only the
        truth or only falsehoods, and quotes what they say. Find the only combination in which
        every truth-teller's words are true and every liar's words are false (a conditional is
        false just when its condition is fulfilled and its consequence is not; "us" means all the
        speakers). Give only the names of the truth-tellers, at least one, in any order, joined by a
        comma and a space.
    """),
    "answer_format": {"kind": "set", "separator": SEPARATOR},
    "categories": ["Misc."],
    "domains": ["Logic -> Propositional Logic", "Game"],
    "reasoning": ["Deductive Reasoning", "Logical Reasoning"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
    "metrics": ["set_exact_match", "set_f1"],
}

# Scene, what each says (speaker, two others, number of the saying), wrong output, lesson.
TAUGHT: list[tuple[int, list[tuple[str, str, int]], str, str]] = [
    (
        0,
        [("Ada", "Ben Cleo", 8), ("Ben", "Cleo Ada", 0), ("Cleo", "Ada Ben", 0)],
        "",
        """If Ada is a knight, Ben is one too, as she says; if she is a knave, her sentence is
        false, so the two differ and Ben is again a knight. What Ben says is then true: Cleo is a
        knave. What she says is false, so Ada is a knight.""",
    ),
    (
        5,
        [("Dev", "Esi Farah", 2), ("Esi", "Dev Farah", 0), ("Farah", "Esi Dev", 12)],
        "",
        """Suppose Dev is honest. Then Esi and Farah lie, but Farah's sentence is true, because its
        condition (Esi is honest) is not fulfilled: a contradiction. So Dev lies, Esi is right
        about that, and in Farah's sentence condition and consequence both hold.""",
    ),
    (
        2,
        [("Gil", "Hui Ines", 15), ("Hui", "Gil Ines", 0), ("Ines", "Hui Gil", 8)],
        "",
        """Whatever Ines is, her sentence makes Hui a blue: a true one puts them both among the
        blues, a false one makes her differ from Ines, who is then a red. So Gil is a red, there
        are not two blues, and Ines has to be the second red.""",
    ),
    (
        4,
        [("Jun", "Kira Lars", 8), ("Kira", "Jun Lars", 6), ("Lars", "Kira Jun", 1)],
        "Jun, Kira, Lars",
        """This takes Jun at his word. His sentence does make Kira a sun, but it fits a moon in his
        place as well, and with three suns Kira's own sentence would be false.

        Go on from Kira: she is a sun, so Lars is one, so by her sentence Jun is a moon. The answer
        is Kira, Lars.""",
    ),
    (
        0,
        [("Mei", "Noor Otto", 2), ("Noor", "Mei Otto", 0), ("Otto", "Mei Noor", 1)],
        "Noor, Otto",
        """Mei is indeed a knave, but from "both are knaves" being false it follows only that one of
        the two is no knave, not that both are knights. As a knight, Otto could not call Mei one.

        Noor is a knight because she is right about Mei; Otto is wrong about Mei, so he is a knave.
        Answer with Noor alone.""",
    ),
]


def vocabulary(scene: int, size: int) -> dict[str, str]:
    nouns = SCENES[scene][1].split("|")
    return {**dict(zip(WORDS, nouns, strict=True)), "size": str(size)}


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        scene = done % len(SCENES)
        size = 3 + done // len(SCENES) % 4
        names = sorted(rng.sample(NAMES, size))
        words = vocabulary(scene, size)
        speakers = names + ([rng.choice(names)] if rng.random() < 1 / 4 else [])
        numbers = rng.sample(range(len(SAYINGS)), len(speakers))
        said = [
            say(by, rng.sample([n for n in names if n != by], 2), number, rng.randrange(6), words)
            for by, number in zip(speakers, numbers, strict=True)
        ]
        rng.shuffle(said)
        found = solutions(names, said)
        idle = any(len(solutions(names, [s for s in said if s != each])) == 1 for each in said)
        if len(found) != 1 or not found[0] or idle:
            return None
        text = told(SCENES[scene][0], names, said, rng.randrange(2))
        return instance(NAME, text, [SEPARATOR.join(found[0])], answer=found)

    shown = []
    for scene, lines, wrong, lesson in TAUGHT:
        names = [by for by, _, _ in lines]
        words = vocabulary(scene, len(names))
        said = [say(by, others.split(), number, 0, words) for by, others, number in lines]
        (right,) = solutions(names, said)
        text = told(SCENES[scene][0], names, said, 1)
        shown.append(demonstration(text, wrong or SEPARATOR.join(right), lesson))
    return document(NAME, SEED, ABOUT, shown, draw, count=PUZZLES)
