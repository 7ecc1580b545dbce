"""Name the case of a Latin noun whose ending leaves it open and whose sentence decides it.

A sentence is drawn as a frame, and then read without that knowledge: every reading of every form is
tried, and the sentence is kept only if all that make sense agree on the case of the marked noun.
"""

from itertools import product
from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "latin_case_in_sentence"
SEED = 20_403
COUNT = 110
ALIKE = 8  # instances with the same case, ending and preposition
CASES = ["nominative", "genitive", "dative", "accusative", "ablative"]
NOM, GEN, DAT, ACC, ABL = CASES

# Endings of singular and plural in the order of CASES; "=" stands for the nominative itself.
ENDINGS = {
    "1": "a ae ae am a / ae arum is as is",
    "2": "= i o um o / i orum is os is",
    "2n": "um i o um o / a orum is a is",
    "3": "= is i em e / es um ibus es ibus",
    "3i": "= is i em e / es ium ibus es ibus",
    "3n": "= is i = e / a um ibus a ibus",
}
# Nominative, stem, declension, gender.
PERSONS = """
regina regin 1 f, puella puell 1 f, ancilla ancill 1 f, agricola agricol 1 m, nauta naut 1 m,
poeta poet 1 m, dominus domin 2 m, servus serv 2 m, amicus amic 2 m, discipulus discipul 2 m,
puer puer 2 m, magister magistr 2 m, rex reg 3 m, dux duc 3 m, miles milit 3 m, mater matr 3 f,
pater patr 3 m, frater fratr 3 m, soror soror 3 f, uxor uxor 3 f, civis civ 3i m, hostis host 3i m
"""
THINGS = """
rosa ros 1 f, epistula epistul 1 f, corona coron 1 f, gladius gladi 2 m, donum don 2n n,
vinum vin 2n n, carmen carmin 3n n, munus muner 3n n
"""
PLACES = """
villa vill 1 f, silva silv 1 f, insula insul 1 f, hortus hort 2 m, templum templ 2n n,
oppidum oppid 2n n, urbs urb 3i f, forum for 2n n, flumen flumin 3n n
"""
PARTS = "porta port 1 f, murus mur 2 m, via vi 1 f, templum templ 2n n"
SEATS = "urbs urb 3i f, oppidum oppid 2n n, insula insul 1 f"
MEANS = "gladius gladi 2 m, saxum sax 2n n, sagitta sagitt 1 f, lapis lapid 3 m"

# What may have an owner, and the owners.
OWNED = "ancilla servus amicus mater pater frater soror rosa epistula corona gladius donum vinum"
OWNED += " carmen munus villa hortus"
OWNERS = "agricola nauta poeta regina dominus amicus discipulus magister rex dux civis hostis"


class Noun(NamedTuple):
    """A noun as the lists have it."""

    base: str
    stem: str
    declension: str
    gender: str

    def form(self, case: str, *, plural: bool) -> str:
        """Return one form of the noun."""
        ending = ENDINGS[self.declension].split(" / ")[plural].split()[CASES.index(case)]
        return self.base if ending == "=" else self.stem + ending


def nouns(listed: str) -> list[Noun]:
    return [Noun(*words.split()) for words in listed.strip().replace("\n", " ").split(", ")]


GROUPS = {"person": nouns(PERSONS), "thing": nouns(THINGS), "place": nouns(PLACES)}
GROUPS |= {"part": nouns(PARTS), "means": nouns(MEANS), "seat": nouns(SEATS)}
GROUPS["spot"] = GROUPS["place"]
GROUPS["owner"] = [each for each in GROUPS["person"] if each.base in OWNERS.split()]
ALL = sorted({noun for group in GROUPS.values() for noun in group})
READINGS: dict[str, list[tuple[Noun, str, bool]]] = {}
for _noun, _case, _plural in product(ALL, CASES, [False, True]):
    READINGS.setdefault(_noun.form(_case, plural=_plural), []).append((_noun, _case, _plural))
for _noun in ALL:
    if _noun.declension == "3i":  # the older accusative plural
        READINGS[_noun.form(GEN, plural=False)].append((_noun, ACC, True))

# Singular and plural of the verb, its objects, groups of subject, accusative and dative.
VERBS = """
laborat laborant|-|person, cantat cantant|-|person, sedet sedent|-|person,
currit currunt|to|person, venit veniunt|to|person, ambulat ambulant|-|person,
laudat laudant|acc|person|person thing, amat amant|acc|person|person thing,
videt vident|acc|person|person place thing, vocat vocant|acc|person|person,
portat portant|acc|person|thing, exspectat exspectant|acc|person|person,
defendit defendunt|acc|person|place person, quaerit quaerunt|acc|person|person thing,
paret parent|dat|person||person, credit credunt|dat|person||person,
placet placent|dat|thing||person, favet favent|dat|person||person,
servit serviunt|dat|person||person, nocet nocent|dat|person||person,
dat dant|acc dat|person|thing|person, monstrat monstrant|acc dat|person|thing place|person,
mittit mittunt|acc dat|person|thing|person, promittit promittunt|acc dat|person|thing|person,
pugnat pugnant|means|person, terret terrent|acc means|person|person,
laudatur laudantur|ab|person thing, amatur amantur|ab|person, vocatur vocantur|ab|person,
exspectatur exspectantur|ab|person, defenditur defenduntur|ab|place person,
est sunt|-|person, est sunt|-|thing, est sunt|-|place
"""
FRAMES = VERBS.strip().replace("\n", " ").split(", ")
ADJECTIVES = {"person": ["bon", "clar", "laet"], "thing": ["nov", "bon"], "place": ["magn", "not"]}
AGREEING = {"m": ["us", "i"], "f": ["a", "ae"], "n": ["um", "a"]}
PREPOSITIONS = {"cum": ABL, "sine": ABL, "a": ABL, "ab": ABL, "in": ABL, "prope": ACC}


class Verb(NamedTuple):
    """The verb as the sentence shows it, what it asks for, and what its subject has to be."""

    text: str
    objects: str
    plural: bool
    genders: str = "mfn"


def makes_sense(verb: Verb, words: list[str], reading: tuple[tuple[Noun, str, bool], ...]) -> bool:
    """Say whether `reading`, of the nouns among `words`, makes a sentence with `verb`."""
    read = iter(reading)
    spots = [next(read) if word in READINGS else None for word in words]
    free = []
    for place, spot in enumerate(spots):
        if spot is None:
            continue
        noun, case, plural = spot
        before = words[place - 1] if place else ""
        beside = [*spots[max(place - 1, 0) : place], *spots[place + 1 : place + 2]]
        if before in PREPOSITIONS:
            where_to = before == "in" and verb.objects == "to" and case == ACC
            fits = where_to or case == PREPOSITIONS[before]
        elif case == GEN:
            fits = any(other and other[1] != GEN for other in beside)
        else:
            agrees = plural == verb.plural and noun.gender in verb.genders
            fits = agrees if case == NOM else case != ABL or noun not in GROUPS["person"]
            free.append(case)
        if not fits:
            return False
    nominatives = [1, 1 + verb.text.endswith((" est", " sunt"))]  # the second in the predicate
    objects = [free.count(ACC), free.count(DAT)] == ["acc" in verb.objects, "dat" in verb.objects]
    return objects and free.count(NOM) in nominatives and free.count(ABL) <= 1


def cases_of(verb: Verb, words: list[str], marked: int) -> set[str]:
    """Return the cases that the word at `marked` has in the readings that make sense."""
    known = [READINGS[word] for word in words if word in READINGS]
    number = sum(word in READINGS for word in words[:marked])
    return {each[number][1] for each in product(*known) if makes_sense(verb, words, each)}


def phrase(rng: Random, case: str, groups: str, owned: float = 0.3) -> tuple[list[str], Noun, bool]:
    """Draw a noun in `case`, perhaps with a genitive beside it."""
    group = rng.choice(groups.split())
    noun, owner = rng.choice(GROUPS[group]), rng.choice(GROUPS["owner"])
    owned *= noun.base in OWNED.split()
    if group == "place" and rng.choice([True, False]):
        noun, owner, owned = rng.choice(GROUPS["part"]), rng.choice(GROUPS["seat"]), 1
    plural = rng.choice([True, False])
    words = [noun.form(case, plural=plural)]
    if rng.random() < owned:
        words.insert(rng.choice([0, 1, 1]), owner.form(GEN, plural=rng.choice([True, False])))
    return words, noun, plural


def with_preposition(rng: Random, word: str, case: str, groups: str) -> list[str]:
    noun = phrase(rng, case, groups, 0)[0]
    return ["ab" if word == "a" and noun[0][0] in "aeiou" else word, *noun]


def write(rng: Random) -> tuple[Verb, list[str]]:
    """Draw a sentence: the verb, and the words without it."""
    frame = rng.choice(FRAMES)
    forms, objects, subjects, *rest = frame.split("|")
    subject, noun, plural = phrase(rng, NOM, subjects)
    verb = Verb(forms.split()[plural], objects, plural)
    if forms == "est sunt":
        adjective = rng.choice(ADJECTIVES[subjects]) + AGREEING[noun.gender][plural]
        verb = Verb(f"{adjective} {verb.text}", objects, plural, noun.gender)
    parts = [subject]
    parts += [
        phrase(rng, case, groups, 0.15)[0]
        for case, groups in zip((ACC, DAT), rest, strict=False)
        if groups
    ]
    if "means" in objects:
        parts.append(phrase(rng, ABL, "means", 0)[0])
    if objects == "ab":
        parts.append(with_preposition(rng, "a", ABL, "person"))
    if objects == "to":
        parts.append(with_preposition(rng, "in", ACC, "spot"))
    elif objects == "-" and forms != "est sunt":
        word, groups = rng.choice(["cum person", "sine person", "prope spot", "in spot"]).split()
        parts.append(with_preposition(rng, word, PREPOSITIONS[word], groups))
    if rng.randrange(4) == 0 and forms != "est sunt":
        parts.append([rng.choice(["saepe", "hodie", "semper", "nunc"])])
    rng.shuffle(parts)
    return verb, [word for part in parts for word in part]


def told(verb: Verb, words: list[str], marked: int) -> str:
    shown = [f"*{word}*" if place == marked else word for place, word in enumerate(words)]
    text = " ".join([*shown, verb.text])
    first = int(text[0] == "*")
    return f"{text[:first]}{text[first].upper()}{text[first + 1 :]}."


ABOUT = {
    "summary": "Name the case of a marked noun in a Latin sentence.",
    "definition": paragraphs("""
        You are given a Latin sentence, without marks of vowel length, in which one noun stands
        between asterisks. Name its case: nominative, genitive, dative, accusative or ablative.
        Where its ending fits several cases, the sentence decides: the subject is always expressed
        and agrees with the verb; verbs of giving, showing, sending and promising have an accusative
        and a dative; parere, credere, placere, favere, servire and nocere have a dative; a genitive
        stands directly beside the noun it belongs to; an ablative without a preposition is a thing
        that serves as means; nobody is addressed. Answer with the name of the case in lower case.

        In which case is the starred noun of the Latin sentence? Choose one of: nominative,
        genitive, dative, accusative, ablative. Long vowels are not marked, so work from the
        structure. Every sentence names its subject, which matches the verb in number, and has all
        the objects that its verb normally takes: a dative with parere, credere, placere, favere,
        servire, nocere, both accusative and dative with verbs of giving, showing, sending and
        promising. Genitives are next to their noun, bare ablatives are things used as instruments,
        and there is no vocative. Give the one word, in lower case.

        Read the Latin sentence and say which case the noun in asterisks is in. The word order is
        free and vowel length is not written, so a form such as one in -ae may be several cases;
        look for a preposition, for the number of the verb, and for objects that the verb still
        needs (dare, monstrare, mittere, promittere: accusative plus dative; parere, credere,
        placere, favere, servire, nocere: dative). No subject is left out, no one is called by name,
        a genitive touches its noun, and an ablative with no preposition names a thing as the means.
        Reply with nominative, genitive, dative, accusative or ablative.
    """),
    "answer_format": {"kind": "label", "labels": CASES},
    "categories": ["Pos Tagging"],
    "domains": ["Linguistics"],
    "reasoning": ["Grammatical Reasoning", "Deductive Reasoning"],
    "languages": {"instruction": ["en"], "input": ["la"], "output": ["en"]},
}

# The sentence, the case given, what the demonstration teaches.
TAUGHT = """
*Agnae* lupum timent.
nominative
The ending -ae may be nominative plural, genitive or dative singular. "Timent" is plural and needs
a subject in the plural; "lupum" is its object. So the lambs fear the wolf.

Femina *filiae* fabulam narrat.
dative
"Femina" is the subject and "fabulam" what is told. Telling also has somebody who is told, and only
"filiae" can be that dative; if it were a genitive, nobody would be told.

Nuntius in *castra* celeriter venit.
accusative
"Castra" is a neuter plural. After "in" with a verb of coming the accusative tells where to; an
ablative would be "castris".

Aurum *magistrae* dat discipula.
genitive
This reads "the gold of the teacher". But "dat" needs somebody who receives, and no other word of
the sentence can be its dative.
* Take "magistrae" as the receiver: dative.

*Ova* corvus spectat.
nominative
The word comes first, which tempts one to take it as subject, but "spectat" is singular and "ova"
is plural; the subject is "corvus".
* The neuter plural is the object here: accusative.
""".strip().split("\n\n")


def build() -> dict[str, Any]:
    rng = Random(SEED)
    tally: dict[tuple[str, ...], int] = {}

    def draw(done: int) -> dict[str, Any] | None:
        verb, words = write(rng)
        case = CASES[done % len(CASES)]
        fit = [
            place
            for place, word in enumerate(words)
            if len({each[1] for each in READINGS.get(word, [])}) > 1
            and cases_of(verb, words, place) == {case}
        ]
        bases = [READINGS[word][0][0].base for word in words if word in READINGS]
        if not fit or len(set(bases)) < len(bases):
            return None
        marked = rng.choice(fit)
        before = words[marked - 1] if marked else ""
        key = (case, words[marked][-1], before if before in PREPOSITIONS else "")
        tally[key] = tally.get(key, 0) + 1
        if tally[key] > ALIKE:
            return None
        return instance(NAME, told(verb, words, marked), [case])

    shown = []
    for block in TAUGHT:
        text, output, *lesson = block.split("\n")
        shown.append(demonstration(text, output, "\n".join(lesson).replace("* ", "\n\n")))
    return document(NAME, SEED, ABOUT, shown, draw, count=COUNT)
