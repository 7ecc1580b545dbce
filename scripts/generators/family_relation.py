"""Say how two members of a family are related, given statements about the family.

Each puzzle is a tree of statements. The generator searches a large family, grown as far as it is
looked at, for every way to fill in the persons; a puzzle is kept only if all of them give the same
relation, and if a gendered word of the text tells the gender of the person asked about.
"""

from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "family_relation"
SEED = 20_306
MIN, MAX = 2, 4  # facts in a chain
EACH, SHORT = 5, 1  # puzzles with the same answer; those among them of the minimum
LIMIT = 800  # ways to fill in the persons, at most

NAMES = "Akira Alex Amani Andrea Ariel Camille Claude Deniz Dominique Evren Jamie Jun Kim Kiran"
NAMES += " Makoto Minh Nikita Noor Pema Quinn Robin Rowan Sasha Tenzin Valya Yuki Zhenya"

# Words for a man and a woman, and the relation the other way round.
KIN = {
    "parent": ("father", "mother", "child"),
    "child": ("son", "daughter", "parent"),
    "sibling": ("brother", "sister", "sibling"),
    "spouse": ("husband", "wife", "spouse"),
    "grandparent": ("grandfather", "grandmother", "grandchild"),
    "grandchild": ("grandson", "granddaughter", "grandparent"),
    "pibling": ("uncle", "aunt", "nibling"),
    "nibling": ("nephew", "niece", "pibling"),
    "cousin": ("cousin", "cousin", "cousin"),
    "parent-in-law": ("father-in-law", "mother-in-law", "child-in-law"),
    "child-in-law": ("son-in-law", "daughter-in-law", "parent-in-law"),
    "sibling-in-law": ("brother-in-law", "sister-in-law", "sibling-in-law"),
}
LABELS = list(dict.fromkeys(word for pair in KIN.values() for word in pair[:2]))
NEAR, COMMON = list(KIN)[:4], list(KIN)[:4] + list(KIN)[:-1]
ONLY = {"parent", "spouse", "parent-in-law"}  # nobody has two of the same gender


class Couple(NamedTuple):
    """Husband and wife, and their children."""

    both: "list[Person]"
    children: "list[Person]"


class Person:
    """Somebody whose parents, husband or wife and children appear when they are asked for."""

    def __init__(self, *, male: bool) -> None:
        self.male = male
        self.couples: dict[str, Couple] = {}
        self.known: dict[str, list[Person]] = {}


def couple(person: Person, role: str) -> Couple:
    """Return the couple whose child ("home") or half ("own") the person is."""
    if role not in person.couples:
        children = [Person(male=n % 2 == 0) for n in range(6)]
        both = [Person(male=True), Person(male=False)]
        (children if role == "home" else both)[0 if person.male else 1] = person
        made = Couple(both, children)
        for each in both:
            each.couples["own"] = made
        for each in children:
            each.couples["home"] = made
    return person.couples[role]


PATHS = {
    "grandparent": ["parent parent"],
    "grandchild": ["child child"],
    "pibling": ["parent sibling", "parent sibling spouse"],
    "nibling": ["sibling child", "spouse sibling child"],
    "cousin": ["parent sibling child"],
    "parent-in-law": ["spouse parent"],
    "child-in-law": ["child spouse"],
    "sibling-in-law": ["sibling spouse", "spouse sibling"],
}


def kin(kind: str, person: Person) -> list[Person]:
    """Return everybody who is `kind` to `person`."""
    if kind in NEAR:
        group = couple(person, "home" if kind in {"parent", "sibling"} else "own")
        people = group.both if kind in {"parent", "spouse"} else group.children
        return [each for each in people if each is not person]
    if kind not in person.known:
        found = []
        for path in PATHS[kind]:
            reached = [person]
            for step in path.split():
                reached = [other for each in reached for other in kin(step, each)]
            found += reached
        person.known[kind] = list(dict.fromkeys(found))  # each once
    return person.known[kind]


class Fact(NamedTuple):
    """That `who` is `kind` to `whom`; as a pair, both are called by the word for who."""

    who: int
    kind: str
    male: bool
    whom: int
    pair: bool = False


def word(fact: Fact) -> str:
    return KIN[fact.kind][0 if fact.male else 1]


ROOTS = [Person(male=True), Person(male=False)]


def filled(facts: list[Fact], named: list[bool], known: dict[int, Person]) -> Iterator[Any]:
    """Yield all ways to fill in the rest so that different names are different persons."""
    if not facts:
        yield known
        return
    fact, *rest = facts
    forth = fact.whom in known
    old, new = (fact.whom, fact.who) if forth else (fact.who, fact.whom)
    if (not forth or fact.pair) and known[old].male != fact.male:
        return
    for person in kin(fact.kind if forth else KIN[fact.kind][2], known[old]):
        if (forth or fact.pair) and person.male != fact.male:
            continue
        if not named[new] or all(p is not person for n, p in known.items() if named[n]):
            yield from filled(rest, named, {**known, new: person})


def worlds(facts: list[Fact], named: list[bool]) -> Iterator[dict[int, Person]]:
    for root in ROOTS:
        yield from filled(facts, named, {facts[0].whom: root})


def relations(facts: list[Fact], named: list[bool], asked: tuple[int, int]) -> set[str]:
    """Return what the first of `asked` may be to the second, "" standing for a doubt."""
    found: set[str] = set()
    for count, world in enumerate(worlds(facts, named)):
        x, y = (world[n] for n in asked)
        said = {pair[0 if x.male else 1] for kind, pair in KIN.items() if x in kin(kind, y)}
        found |= said if said and count < LIMIT else {""}
        if len(found) > 1:
            break
    return found


def propose(rng: Random, length: int) -> tuple[list[Fact], list[bool]]:
    """Return a chain of facts, and which of its persons have names.

    A person without a name stands between two facts that one sentence tells.
    """
    facts = []
    named = [True] * (length + 1)
    wide = rng.randrange(length)
    for n in range(length):
        who, whom = rng.sample([n, n + 1], 2)
        kind = rng.choice(COMMON if n == wide else NEAR)
        pair = kind == "sibling" and rng.random() < 1 / 3
        facts.append(Fact(who, kind, rng.random() < 1 / 2, whom, pair))
    for n in range(1, length):
        a, b = facts[n - 1 : n + 1]
        if named[n - 1] and a.who == b.who and a.kind in ONLY and a.male == b.male and not b.pair:
            named[n] = rng.random() < 1 / 4
    return facts, named


def aside(rng: Random, facts: list[Fact], named: list[bool]) -> Fact | None:
    """Return a fact beside the chain that agrees with it, and so leaves the answer as it is."""
    who, whom = rng.sample([rng.choice([n for n, own in enumerate(named) if own]), len(named)], 2)
    fact = Fact(who, rng.choice(COMMON), rng.random() < 1 / 2, whom)
    return fact if any(True for _ in worlds([*facts, fact], [*named, True])) else None


def told(rng: Random, facts: list[Fact], names: list[str]) -> list[str]:
    said = []
    for fact, after in zip(facts, [*facts[1:], None], strict=True):
        who, whom = names[fact.who], names[fact.whom]
        if not who:
            if after and after.who == fact.who:
                said.append(f"{whom}'s {word(fact)} is {names[after.whom]}'s {word(after)}.")
            continue
        article = "an" if word(fact)[0] in "au" else "a"
        forms = [f"{who} is {whom}'s {word(fact)}."] * 2
        if fact.pair:
            forms = [f"{who} and {whom} are {word(fact)}s.", f"{whom} and {who} are {word(fact)}s."]
        elif fact.kind in ONLY:
            forms += [f"{who} is the {word(fact)} of {whom}.", f"{whom}'s {word(fact)} is {who}."]
        else:
            forms.append(f"{whom} has {article} {word(fact)} called {who}.")
        said.append(rng.choice(forms))
    return rng.sample(said, len(said))


QUESTIONS = ["What is {x} to {y}?", "How is {x} related to {y}?", "{x} is {y}'s what?"]

ABOUT = {
    "summary": "Work out how two members of a family are related from a chain of statements.",
    "definition": paragraphs("""
        You are given statements about a family and a question of the form "What is X to Y?". Answer
        with one word that says what X is to Y, as in "X is Y's ...": LABELS. Different names are
        different people, and names tell nothing about gender. The parents of a child are married to
        each other, nobody has married twice, and relatives never marry each other, so there are no
        step-relatives or half-siblings. Uncles and aunts (and so nephews and nieces) are also those
        by marriage; a cousin is a child of a parent's brother or sister; a brother- or
        sister-in-law is the husband's or wife's brother or sister, or the husband or wife of a
        brother or sister.

        Read how the members of a family are related and say what the person named first in the
        question is to the person named second. Write exactly one of these words: LABELS. Take for
        granted that people with different names are different, that couples with children are
        married, once in their lives and not to a relative. The husband of an aunt is an uncle and
        the wife of an uncle an aunt, likewise for nephews and nieces; the spouse of a sibling and
        the sibling of a spouse are brothers- and sisters-in-law; cousins are children of siblings.
        Do not guess anybody's gender from the name.

        Which kinship term fits? From the statements it follows what X is to Y (not what Y is to X).
        Choose among: LABELS. Assume one marriage for everybody, children who are those of both
        husband and wife, no marriage within the family, and one person for each name. Names do not
        show gender. Uncle, aunt, nephew and niece include those by marriage, "in-law" relations go
        through one marriage only, and children of one's parents' siblings are cousins.
    """),
    "answer_format": {"kind": "label", "labels": LABELS},
    "categories": ["Word Relation Classification"],
    "domains": ["Commonsense -> Concepts and Relations -> Social Commonsense"],
    "reasoning": ["Relational Reasoning", "Multihop Reasoning", "Deductive Reasoning"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}
ABOUT["definition"] = [text.replace("LABELS", ", ".join(LABELS)) for text in ABOUT["definition"]]

# Text, output, lesson.
TAUGHT = [
    (
        "Toma is Jocelyn's sister. Jocelyn is the father of Sunny. What is Toma to Sunny?",
        "aunt",
        "Jocelyn is a parent of Sunny, and Toma is Jocelyn's sister. A parent's sister is an aunt.",
    ),
    (
        (
            "Ashley has a daughter called Remy. Lou's husband is Ashley's son. Indra is Lou's "
            "aunt. Lou is a niece of Hao's. How is Lou related to Remy?"
        ),
        "sister-in-law",
        """Lou's husband and Remy are both children of Ashley, so Lou is married to Remy's brother.
        Lou is a niece, hence a woman: a brother's wife is a sister-in-law.""",
    ),
    (
        "Ashley is Sunny's wife. Toma is Hao's son. Hao is Sunny's sister. Toma is Ashley's what?",
        "nephew",
        """Toma is the son of Hao, and Hao is a sibling of Sunny, the husband of Ashley. A son of
        the husband's sibling is a nephew by marriage.""",
    ),
    (
        "Lou's father is Remy's father. Hao is Lou's husband. Hao is Remy's what?",
        "brother",
        """Lou and Remy have the same father and are siblings; Hao is only married to Lou.

        Go one step further: the husband of a sibling is a brother-in-law.""",
    ),
    (
        "Indra is the mother of Ashley. Toma is Ashley's daughter. What is Toma to Indra?",
        "grandmother",
        """This says what Indra is to Toma. The question asks the other way round, what Toma is to
        Indra.

        Read "Toma is Indra's ...": the daughter of a child is a granddaughter.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)
    left, short = dict.fromkeys(LABELS, EACH), dict.fromkeys(LABELS, SHORT)

    def draw(_: int) -> dict[str, Any] | None:
        length = rng.randint(MIN, MAX)
        facts, named = propose(rng, length)
        who, whom = asked = (0, length) if rng.random() < 1 / 2 else (length, 0)
        if not any(who == fact.who or (fact.pair and who == fact.whom) for fact in facts):
            return None
        found = relations(facts, named, asked)
        answer = "".join(found)
        if len(found) != 1 or not left.get(answer) or (length == MIN and not short[answer]):
            return None
        left[answer] -= 1
        short[answer] -= length == MIN
        more = aside(rng, facts, named) if rng.random() < 1 / 2 else None
        facts, named = ([*facts, more], [*named, True]) if more else (facts, named)
        drawn = rng.sample(NAMES.split(), len(named))
        names = [name if has_name else "" for name, has_name in zip(drawn, named, strict=True)]
        question = rng.choice(QUESTIONS).format(x=names[who], y=names[whom])
        return instance(NAME, " ".join([*told(rng, facts, names), question]), [answer])

    shown = [demonstration(*each) for each in TAUGHT]
    return document(NAME, SEED, ABOUT, shown, draw, count=EACH * len(LABELS))
