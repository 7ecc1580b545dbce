"""Build a word or a sentence of an invented language from a handful of translated examples.

A solver tries every grammar of the family that the definition describes on the examples; a puzzle
is kept only if exactly one fits, and examples that are not needed for that are dropped.
"""

from itertools import chain, permutations, product
from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "invented_language_grammar"
SEED = 20_406
COUNT = 80
ORDERS = ["".join(order) for order in permutations("SVO")]
LONGEST, SHORTEST, FEWEST, MOST = 3, 3, 4, 9  # affix, stem, examples

NOUNS = "dog dogs,bird birds,child children,woman women,horse horses,fox foxes,cat cats"
THINGS = "house houses,boat boats,garden gardens,river rivers,village villages,basket baskets"
VERBS = "sees see saw,hears hear heard,follows follow followed,finds find found,calls call called"
DEEDS = "sings sing sang,sleeps sleep slept,swims swim swam,laughs laugh laughed,runs run ran"
ADJECTIVES = "old,big,tired,clever"
SOUNDS = ["tkmnlr aiu", "bdgmnrv aeo", "tshlnw aeiu", "dtkzmly aeiou", "vhnrlmt eoui"]


class Word(NamedTuple):
    """A word by its meaning: its sort, the English word and what is marked on it."""

    sort: str
    lemma: str
    marked: frozenset[str] = frozenset()


# English, and the words by their role: a noun or verb, and perhaps an adjective.
Example = tuple[str, dict[str, list[Word]]]


class Language(NamedTuple):
    """A grammar with its words; `nesting` lists the marks from the stem outwards."""

    order: str
    adjectives: int
    marks: dict[str, str]
    nesting: list[str]
    stems: dict[str, str]

    def word(self, word: Word) -> str:
        """Return the form of one word."""
        form = self.stems[word.lemma]
        for name in self.nesting:
            if name in word.marked:
                form = attached(self.marks[name], form)
        return form

    def say(self, parts: dict[str, list[Word]]) -> str:
        """Return a whole expression."""
        return " ".join(map(self.word, placed(self.order, self.adjectives, parts)))


def placed(order: str, step: int, parts: dict[str, list[Word]]) -> list[Word]:
    """Return the words in their order; `step` is -1 if adjectives come before their noun."""
    return [word for role in order if role in parts for word in parts[role][::step]]


def attached(mark: str, form: str) -> str:
    """Put a mark on: "~" stands for `form`, "2" for its first two letters."""
    return mark.replace("2", form[:2]).replace("~", form)


def detached(mark: str, form: str) -> str | None:
    """Undo `attached`, or return None if `form` has no such mark."""
    before, _, after = mark.partition("~")
    inner = form[2 if before == "2" else len(before) : len(form) - len(after)]
    return inner if attached(mark, inner) == form else None


def candidates(name: str, form: str) -> list[str]:
    """Return the marks that a form with this one mark alone may have."""
    sizes = range(1, min(LONGEST, len(form) - SHORTEST) + 1)
    found = [mark for size in sizes for mark in (f"{form[:size]}~", f"~{form[-size:]}")]
    return found + ["2~"] * (name == "plural") + ["~"] * (name == "object")


def sort_grammars(
    pairs: list[tuple[Word, str]], words: list[Word], sort: str
) -> set[tuple[Any, ...]]:
    """Return marks, stems and forms of `words` for all grammars that fit words of one sort."""
    seen = [pair for pair in pairs if pair[0].sort == sort]
    wanted = [word for word in words if word.sort == sort]
    names = sorted({name for word, _ in seen for name in word.marked})
    alone = {min(word.marked): form for word, form in seen if len(word.marked) == 1}
    lemmas = {word.lemma for word, _ in seen}
    known = all(word.lemma in lemmas and word.marked <= set(names) for word in wanted)
    if set(names) - set(alone) or not known:
        return {("open",), ("unknown",)}  # more than one, as far as the examples tell
    found = set()
    for drawn in product(*(candidates(name, alone[name]) for name in names)):
        marks = dict(zip(names, drawn, strict=True))
        for nesting in permutations(names):
            stems: dict[str, str] = {}
            for word, form in seen:
                inner: str | None = form
                for name in reversed(nesting):
                    if inner is not None and name in word.marked:
                        inner = detached(marks[name], inner)
                short = inner is None or len(inner) < SHORTEST
                if short or stems.setdefault(word.lemma, inner or "") != inner:
                    break
            else:
                language = Language("", 1, marks, list(nesting), stems)
                found.add((drawn, *sorted(stems.items()), tuple(map(language.word, wanted))))
    return found


def grammars(shown: list[tuple[Example, str]], asked: Example) -> set[tuple[Any, ...]]:
    """Return all grammars of the family that fit the examples, each with its answer."""
    described = any(len(words) > 1 for (_, parts), _ in shown for words in parts.values())
    found = set()
    for order in ORDERS if "V" in asked[1] else ["S"]:
        for step in [1, -1] if described else [1]:
            seen = []
            for (_, parts), text in [*shown, (asked, "")]:
                words = placed(order, step, parts)
                if text:
                    seen += list(zip(words, text.split(), strict=True))
            sorts = sorted({word.sort for word in words} | {word.sort for word, _ in seen})
            options = [sort_grammars(seen, words, sort) for sort in sorts]
            found |= {(order, step, *choice) for choice in product(*options)}
    return found


def spelled(rng: Random, sounds: str, shape: str) -> str:
    consonants, vowels = sounds.split()
    return "".join(rng.choice(consonants if letter == "c" else vowels) for letter in shape)


def draw_language(rng: Random, lemmas: list[str], names: list[str]) -> Language:
    sounds = rng.choice(SOUNDS)
    shapes = ["cvcv", "cvcvc", "cvcv", "cvcvcv"]
    stems, marks = {lemma: spelled(rng, sounds, rng.choice(shapes)) for lemma in lemmas}, {}
    for name in names:
        text = spelled(rng, sounds, rng.choice(["cv", "vc", "cvc", "v"]))
        kinds = [f"{text}~", f"~{text}", f"~{text}"]
        marks[name] = rng.choice(kinds + ["2~"] * (name == "plural") + ["~"] * (name == "object"))
    nesting = rng.sample(names, len(names))
    return Language(rng.choice(ORDERS), rng.choice([1, -1]), marks, nesting, stems)


def single_words(rng: Random, sort: str) -> tuple[list[str], list[str], list[Example]]:
    """Return lemmas, marks and expressions such as "in my houses" or "they did not sing"."""
    owner, place = rng.choice(["my", "your", "our"]), rng.choice(["in", "near", "from"])
    names = ["plural", owner, place] if sort == "noun" else ["they", "past", "not"]
    chosen = rng.sample((THINGS if sort == "noun" else DEEDS).split(","), 4)
    found = []
    for lemma, a, b, c in product(chosen, *[[False, True]] * 3):
        marked = frozenset(name for name, used in zip(names, [a, b, c], strict=True) if used)
        if sort == "noun":
            english = f"{place if c else ''} {owner if b else 'the'} {lemma.split()[a]}".strip()
        else:
            one, base, before = lemma.split()
            helped = f"{'did' if b else 'do' if a else 'does'} not {base}"
            main = helped if c else before if b else base if a else one
            english = f"{'they' if a else 'she'} {main}"
        found.append((english, {"S": [Word(sort, lemma, marked)]}))
    return chosen, names, found


def sentences(rng: Random, described: int) -> tuple[list[str], list[str], list[Example]]:
    """Return lemmas, marks and sentences such as "the old dog will see the birds"."""
    nouns, verbs = rng.sample(NOUNS.split(","), 3), rng.sample(VERBS.split(","), 2)
    adjectives = rng.sample(ADJECTIVES.split(","), described)
    found = []
    for _ in range(60):
        english, parts = [], {}
        doer, thing = rng.sample(nouns, 2)
        tense, many = rng.choice(["", "past", "future"]), rng.choice([True, False])
        for role, lemma, plural in [("S", doer, many), ("O", thing, rng.choice([True, False]))]:
            marked = ["plural"] * plural + ["object"] * (role == "O")
            parts[role] = [Word("noun", lemma, frozenset(marked))]
            text = lemma.split()[plural]
            if described and rng.randrange(2):
                adjective = rng.choice(adjectives)
                parts[role].append(Word("adjective", adjective))
                text = f"{adjective} {text}"
            english.append(f"the {text}")
        action = rng.choice(verbs)
        one, base, before = action.split()
        parts["V"] = [Word("verb", action, frozenset([tense] if tense else []))]
        main = {"": base if many else one, "past": before, "future": f"will {base}"}[tense]
        found.append((f"{english[0]} {main} {english[1]}", parts))
    return [*nouns, *verbs, *adjectives], ["plural", "object", "past", "future"], found


def puzzle(rng: Random, number: int) -> tuple[str, str] | None:
    """Draw examples with a question and its answer; None if not exactly one grammar fits."""
    makers = [single_words, single_words, sentences, sentences]
    lemmas, names, known = makers[number % 4](rng, ["noun", "verb", 0, 2][number % 4])
    language = draw_language(rng, lemmas, names)
    rich = [each for each in known if sum(len(w.marked) for w in chain(*each[1].values())) > 1]
    asked = rng.choice(rich)
    rest = [each for each in rng.sample(known, len(known)) if each[0] != asked[0]]
    shown = [(each, language.say(each[1])) for each in rest[:MOST]]
    if len(set(language.stems.values())) < len(lemmas) or len(grammars(shown, asked)) != 1:
        return None
    for pair in list(shown):
        fewer = [each for each in shown if each is not pair]
        if len(fewer) >= FEWEST and len(grammars(fewer, asked)) == 1:
            shown = fewer
    lines = [f"{text} = {english}" for (english, _), text in shown]
    return "\n".join([*lines, f"? = {asked[0]}"]), language.say(asked[1])


ABOUT = {
    "summary": "Work out an invented language from examples and build a new form in it.",
    "definition": paragraphs("""
        The lines give expressions of an invented language with their English meanings. Write the
        expression for the English after "? =" in that language: only the expression, in small
        letters. In all these languages subject, verb and object have one fixed order; an adjective
        never changes and stands always before or always after its noun; there is no "the". Singular
        nouns, subjects, "she" and the present have no mark. Every other meaning (plural, object,
        past, future, not, they, my, in ...) has one affix of one to three letters, the same for all
        words, always at the front or always at the end. But the plural may repeat the first two
        letters at the front instead, and objects may have no mark. Stems have three letters or
        more; affixes are added in a fixed order from the stem outwards. One such grammar fits.

        Work out from the examples how the invented language works; say in it what the last line
        asks for ("? = ..."). Answer with that word or sentence alone, without capitals and full
        stop. What always holds: subject, object and verb have a fixed order; invariable adjectives
        have a fixed side of the noun; articles do not exist; singular, subject, present and "she"
        are unmarked; any other meaning, such as plural, object, past, future, negation, "they", an
        owner or a place, is one affix of at most three letters that looks the same in all words and
        is either a prefix in all or a suffix in all. Only the plural can also be made by doubling
        the first two letters of the word, and the object may be unmarked. Affixes have a fixed
        order outwards from the stem of at least three letters. One grammar agrees.

        Decipher the invented language and translate the English after "? =" into it. Rely on this:
        one order of subject, verb and object; adjectives without endings, all before or all after
        the noun; nothing for "the"; bare stems, of three letters at least, for singular nouns,
        subjects and present verbs with "she"; for each further meaning (they, past, future, not,
        plural, object, my, near and the like) a prefix or a suffix of one to three letters, the
        same in every word. Exceptions: a plural may be shown by saying the first two letters twice,
        the object by nothing. The order in which affixes are added never varies. A single grammar
        fits. Give just the new form in lower case.
    """),
    "answer_format": {"kind": "text"},
    "metrics": ["exact_match"],
    "categories": ["Word Analogy"],
    "domains": ["Linguistics"],
    "reasoning": ["Analogical Reasoning", "Abductive Reasoning", "Reasoning on Strings"],
    "languages": {"instruction": ["en"], "input": ["en", "art"], "output": ["art"]},
}

TAUGHT = """
sabu = the river / nosabu = our river / sabuki = the rivers / tileve = in the garden / \
tilekive = in the gardens / ? = in our rivers
* nosabukive
* Adding "our" puts no- before "sabu", the plural adds -ki and "in" adds -ve. "Tilekive" shows \
that the plural stands nearer to the stem than -ve.

mopa = she walks / imopa = she does not walk / mopat = they walk / garisu = she waited / \
garitsu = they waited / ? = they did not walk
* imopatsu
* The prefix i- is "not", -t is "they" and -su the past; "garitsu" shows that -t comes before \
-su. All three go on "mopa".

neka pirun sotu = the cook thanks the guest / pepiru nekan lasotu = the guests thanked the cook / \
piru veda nekan sotu = the young guest thanks the cook / ? = the young cooks thanked the guest
* peneka veda pirun lasotu
* The verb is last, the object ends in -n, la- is the past and the adjective follows its noun. \
"Pepiru" and "piru" show the plural pe-, which is not a doubling, as that would be "pipiru".

medo = the lamp / memedo = the lamps / medoka = my lamp / vuvuna = the spoons / fali = the cup / \
? = my cups
* mefalika
* This takes me- for a prefix of the plural. But "vuvuna" has the plural without me-: the first \
two letters of the word itself are doubled.
* Double "fa" and add -ka for "my": fafalika.

luma teko besi = the nurse hears the pilot / besi teko lumar = the pilots hear the nurse / \
lumar tekoga besi = the nurse will hear the pilots / ? = the nurses will hear the pilot
* besir tekoga luma
* This is the order of English. In the first and third example the nurse, who hears, is "besi" at \
the end: the object comes first, and it has no mark.
* Put the object, then the verb, then the subject: luma tekoga besir.
""".strip().split("\n\n")


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        drawn = puzzle(rng, done)
        return drawn and instance(NAME, drawn[0], [drawn[1]])

    shown = []
    for block in TAUGHT:
        examples, output, *lesson = block.split("\n* ")
        shown.append(demonstration(examples.replace(" / ", "\n"), output, "\n\n".join(lesson)))
    return document(NAME, SEED, ABOUT, shown, draw, count=COUNT)
