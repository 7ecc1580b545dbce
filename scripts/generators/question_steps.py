"""Take a nested question apart and answer it step by step.

A small invented world is drawn and told in prose. The question is a path through it, from what is
stated; each step is followed in the stated facts, and must lead to exactly one place there.
"""

from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "question_steps"
SEED = 20_704
INSTANCES = 90
SEPARATOR = " > "

PEOPLE = """Ilse Marek, Tomo Adeyemi, Radka Sorel, Juno Castellan, Amadi Brandt, Yusra Kell,
Piet Lindgren, Noor Vasquez, Oskar Tamm, Leilani Frost, Goran Ishii, Maeve Okoro, Sunil Hartwig,
Dalia Petrov, Henk Moreau, Zita Nakano, Emeka Rossi, Vera Aalto, Kofi Stern, Paloma Jansen,
Arash Lund, Birgit Onyango, Cyril Mendes, Farida Holm, Imre Solano, Katya Bello"""
TOWNS = """Orvale, Tessingham, Marrowby, Quillon, Brackwater, Sundholt, Veltis, Carradine,
Ostermoor, Lindhaven, Peldra, Umbria Falls, Nettlebury, Zerrin, Hollin Gate, Casta Rosa"""
RIVERS = "the Ause, the Brenn, the Corvo, the Dray, the Elmet, the Fenna, the Garrow, the Isk"


class Link(NamedTuple):
    """A relation: the kinds of its ends, ways to state it, and how to ask for either end.

    `back` asks for the first end; it is empty where the second may have many.
    """

    kinds: str
    facts: list[str]
    ahead: str
    back: str


def link(described: str) -> Link:
    kinds, *facts, ahead, back = described.split(" | ")
    return Link(kinds, facts, ahead, back)


COMMON = """
PT | {0} was born in {1} | {1} is the birthplace of {0} | the birthplace of {} | the person born
in {} / PP | {0} was taught by {1} | {1} was the teacher of {0} | the teacher of {} | the pupil of
{} / PP | {0} is married to {1} | {1} married {0} | the spouse of {} | the spouse of {} / TR | {0}
lies on {1} | {0} was built on the banks of {1} | the river that flows through {} | the town on
the banks of {} / TP | {0} is governed by {1} | {1} is mayor of {0} | the mayor of {} | the town
governed by {}
"""
# Works, houses, and what links them to each other and to people and towns.
WORLDS = [
    (
        "Salt on the Sill, Nine Grey Geese, Lanterns for Ada, A Map of Tuesdays, Hollow Summer",
        "Kestrel Press, Inkwell & Daughters, Blue Door Books, Harrow Editions",
        """
            WP | {0} is a novel by {1} | {1} wrote {0} | the author of {} | the novel by {} / WH |
            {0} was published by {1} | {1} brought out {0} | the publisher of {} | the novel
            published by {} / HP | {0} was founded by {1} | {1} founded {0} | the founder of {} |
            the publishing house founded by {} / HT | {0} has its offices in {1} | {0} is based in
            {1} | the town that is home to {} | the publishing house in {}
        """,
    ),
    (
        "Silver Petrel, Aunt Matilda, Northern Patience, Tamarind, Second Wind",
        "Gull Yard, Anvil & Oar, Morning Slip, Tidewater Works",
        """
            WP | {0} sails under Captain {1} | {1} is captain of {0} | the captain of {} | the
            ship commanded by {} / WH | {0} was built at {1} | {1} built {0} | the shipyard that
            built {} | the ship built at {} / HP | {0} belongs to {1} | {1} owns {0} | the owner
            of {} | the shipyard owned by {} / HT | {0} lies in the harbour of {1} | {0} is a
            shipyard at {1} | the town that is home to {} | the shipyard in {}
        """,
    ),
    (
        "The Glass Orchard, Seven Bells, Queen of Sand, Mirrors at Noon, The Patient Bear",
        "Linden Theatre, Old Mint Opera, Harlequin House, Playhouse Rosalba",
        """
            WP | {0} is an opera by {1} | {1} composed {0} | the composer of {} | the opera by {}
            / WH | {0} was first performed at {1} | {1} gave the first performance of {0} | the
            theatre that first staged {} | the opera first staged at {} / HP | {0} is directed by
            {1} | {1} is the director of {0} | the director of {} | the theatre directed by {} /
            HT | {0} stands in {1} | {0} is the theatre of {1} | the town that is home to {} | the
            theatre in {}
        """,
    ),
    (
        "Comet Arden, Comet Wisp, Comet Twelve-B, Comet Long Tail, Comet Ember",
        "Mount Sorrow Observatory, Owl Dome, Cold Ridge Station, Starling Tower",
        """
            WP | {0} was discovered by {1} | {1} discovered {0} | the discoverer of {} | the comet
            discovered by {} / WH | {0} was first seen from {1} | {1} was the place from which {0}
            was first seen | the observatory from which people first saw {} | the comet first seen
            from {} / HP | {0} is headed by {1} | {1} is head of {0} | the head of {} | the
            observatory headed by {} / HT | {0} belongs to the town of {1} | {0} overlooks the
            town of {1} | the town that is home to {} | the observatory in {}
        """,
    ),
    (
        "Plum Thunder, Widow's Pie, Harbour Stew, Saffron Clouds, Bishop's Breakfast",
        "Copper Ladle, Three Herons Inn, Green Kettle, Lodge of Spoons",
        """
            WP | {0} is a dish invented by {1} | {1} invented {0} | the inventor of {} | the dish
            invented by {} / WH | {0} was first served at {1} | {1} was the first to serve {0} |
            the inn that first served {} | the dish first served at {} / HP | {0} is run by {1} |
            {1} is the landlord of {0} | the landlord of {} | the inn run by {} / HT | {0} is
            found in {1} | {0} is an inn at {1} | the town that is home to {} | the inn in {}
        """,
    ),
]
ASKED = ["What is {} called?", "What is the name of {}?"]
ASKED_FOR_PEOPLE = ["Who is {}?", "What is the name of {}?"]
SIZES = {"W": 3, "H": 3, "P": 7, "T": 4, "R": 4}
FACTS = [9, 10, 11, 12, 13]
NONE_BUT_ONE = 1

Fact = tuple[Link, str, str]


def world(rng: Random, works: str, houses: str, links: list[Link]) -> list[Fact]:
    """Draw all facts of a world: who was taught by whom and so on."""
    named = {"W": works, "H": houses, "P": PEOPLE, "T": TOWNS, "R": RIVERS}
    names = {
        kind: rng.sample(" ".join(named[kind].split()).split(", "), size)
        for kind, size in SIZES.items()
    }
    facts = []
    for each in links:
        first, second = (names[kind] for kind in each.kinds)
        if each.kinds == "PP":  # teachers are older than their pupils, couples are couples
            older = rng.sample(first, 4)
            facts += [(each, older[0], older[1]), (each, older[2], older[3])]
        elif each.kinds in {"PT", "WP"}:
            facts += [(each, name, rng.choice(second)) for name in first]
        else:  # nobody is mayor of two towns
            drawn = rng.sample(second, len(second))
            facts += [(each, *pair) for pair in zip(first, drawn, strict=False)]
    return facts


def ways(facts: list[Fact], here: str) -> list[tuple[str, str, str]]:
    """Return the steps from `here` that lead to one place only: how asked, to where, its kind."""
    found: dict[str, list[tuple[str, str]]] = {}
    for each, first, second in facts:
        if first == here:
            found.setdefault(each.ahead, []).append((second, each.kinds[1]))
        if second == here:
            found.setdefault(each.back, []).append((first, each.kinds[0]))
    return [(asked, *ends[0]) for asked, ends in found.items() if len(ends) == NONE_BUT_ONE]


def path(rng: Random, facts: list[Fact], hops: int) -> tuple[str, list[str]] | None:
    """Return a question with as many hops and their answers; None if it runs into the sand."""
    here = rng.choice(facts)[1]
    asked, answers, kind = here, [here], ""
    for _ in range(hops):
        onward = [way for way in ways(facts, here) if way[1] not in answers]
        if not onward:
            return None
        form, here, kind = rng.choice(onward)
        asked = form.format(asked)
        answers.append(here)
    return rng.choice(ASKED_FOR_PEOPLE if kind == "P" else ASKED).format(asked), answers[1:]


def told(rng: Random, facts: list[Fact]) -> str:
    """Return the facts in prose, some of them two to a sentence."""
    stated = [rng.choice(each.facts).format(first, second) for each, first, second in facts]
    text = ""
    while stated:
        two = [stated.pop() for _ in range(min(len(stated), rng.choice([1, 1, 2])))]
        text += rng.choice([", and ", "; "]).join(two) + ". "
    return text.strip()


def ask(rng: Random, number: int) -> tuple[str, list[str]] | None:
    works, houses, described = WORLDS[number % len(WORLDS)]
    links = [link(each) for each in " ".join(f"{COMMON} / {described}".split()).split(" / ")]
    facts = rng.sample(world(rng, works, houses, links), rng.choice(FACTS))
    found = path(rng, facts, (2, 3, 3, 4)[number // len(WORLDS) % 4])
    return found and (f"{told(rng, facts)}\n\nQuestion: {found[0]}", found[1])


ABOUT = {
    "summary": "Answer a nested question step by step from a short invented text.",
    "definition": paragraphs("""
        You are given a short text about an invented world and a question that nests several simple
        questions in one another. Take the question apart from the inside out and answer it step by
        step from the text: first what the innermost description stands for, then the description
        around it, and so on up to the answer of the whole question. List the answers of all steps
        in this order, separated by " > ", each name exactly as in the text (rivers with a small
        "the"), without the name from which the question starts.

        Work out the chain of answers to which the question leads. Begin with the name that the
        question ends with, apply the description right before it to find the first answer, apply
        the next description to that, and go on until the whole question is answered; use only the
        facts in the text, which may be stated in either direction. Write the chain of answers, from
        the first to the final one, with " > " between them. Do not repeat the name at the start of
        the chain; copy names as the text has them, those of rivers with "the" in lower case.

        The question below the text can only be answered through intermediate results. Give these
        results and the final answer, in the order in which they are found (innermost first, final
        answer last), as names copied from the text and joined with " > ". A question with two
        nested descriptions gives two names, one with three gives three. The name mentioned in the
        question itself is not a result. River names keep their "the", written small.
    """),
    "answer_format": {"kind": "text"},
    "metrics": ["exact_match"],
    "categories": ["Question Decomposition"],
    "domains": ["Knowledge Base"],
    "reasoning": ["Multihop Reasoning", "Relational Reasoning"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

# Text, question, output, lesson.
TAUGHT = [
    (
        """Old Tides is a novel by Mira Falk; Wren Books published Old Tides. Ruben Oduya was the
        teacher of Mira Falk. Wren Books was founded by Selma Itoh. Karst Hill is the
        birthplace of Ruben Oduya. Mira Falk was born in Dunmore Cross.""",
        "What is the birthplace of the teacher of the author of Old Tides called?",
        "Mira Falk > Ruben Oduya > Karst Hill",
        """From the inside out: the author of Old Tides is Mira Falk, her teacher was Ruben Oduya,
        and his birthplace is Karst Hill. Her own birthplace is not asked for.""",
    ),
    (
        """Bellmouth lies on the Orr. Jasper Lindqvist is mayor of Bellmouth. Heron Yard is a
        shipyard at Bellmouth, and Heron Yard belongs to Ottilie Brand. Red Anna was built at Heron
        Yard. Jasper Lindqvist is married to Ottilie Brand.""",
        """What is the name of the river that flows through the town governed by the spouse of the
        owner of Heron Yard?""",
        "Ottilie Brand > Jasper Lindqvist > Bellmouth > the Orr",
        """Four descriptions give four answers: the owner is Ottilie Brand, her spouse Jasper
        Lindqvist, he governs Bellmouth, and that lies on the Orr. The text names the couple the
        other way round, but a marriage goes both ways.""",
    ),
    (
        """Cold Lamp Station is headed by Nadim Berg. Comet Fern was discovered by Nadim Berg. Comet
        Fern was first seen from Peak Lodge, and Lucía Ferrand is head of Peak Lodge. Cold Lamp
        Station overlooks the town of Tarn.""",
        "Who is the head of the observatory from which people first saw Comet Fern?",
        "Peak Lodge > Lucía Ferrand",
        """Comet Fern was first seen from Peak Lodge, whose head is Lucía Ferrand. Nadim Berg found
        the comet and heads an observatory too, but a different one.""",
    ),
    (
        """Moon Soup is a dish invented by Teo Varga. Silver Fork Inn was the first to serve Moon
        Soup; Teo Varga was taught by Anouk Diallo. Hanne Ruiz is the landlord of Silver Fork Inn.
        Hanne Ruiz was born in Pellworth.""",
        "What is the birthplace of the landlord of the inn that first served Moon Soup called?",
        "Pellworth > Hanne Ruiz > Silver Fork Inn",
        """The three names are right but stand in the order in which the question mentions them; the
        answers are wanted in the order in which they are found.

        Begin with the innermost description, the inn that first served Moon Soup: Silver Fork Inn >
        Hanne Ruiz > Pellworth""",
    ),
    (
        """Ferryman's Song is an opera by Ines Kwarteng. Ferryman's Song was first performed at
        Cedar Stage; Cedar Stage is directed by Pavel Rao. Ines Kwarteng is married to Dov Amsel.
        Dov Amsel was the teacher of Pavel Rao.""",
        "Who is the pupil of the spouse of the composer of Ferryman's Song?",
        "Ferryman's Song > Ines Kwarteng > Dov Amsel > Pavel Rao",
        """The steps are followed correctly, but the chain begins with the opera, which is the name
        given in the question and not an answer.

        Leave it out: Ines Kwarteng > Dov Amsel > Pavel Rao""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        if (found := ask(rng, done)) is None:
            return None
        text, answers = found
        return instance(NAME, text, [SEPARATOR.join(answers)])

    shown = [
        demonstration(f"{' '.join(text.split())}\n\nQuestion: {' '.join(question.split())}", *more)
        for text, question, *more in TAUGHT
    ]
    return document(NAME, SEED, ABOUT, shown, draw, count=INSTANCES)
