"""Say whether a small table supports a claim, refutes it, or leaves it open.

Cells may be unrecorded and a column may be missing. A claim is tested in many tables that fill the
gaps, from nothing to far too much: if it is true in all it is supported, if in none refuted. Every
kind of claim is drawn equally often with each label, and every kind of gap with each label too.
"""

import re
from collections.abc import Callable
from functools import partial
from itertools import product
from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "table_claim_check"
SEED = 20_303
CLAIMS = 108
LABELS = ["supported", "refuted", "not enough information"]

# Title, what a row is (one, many), row names and how prose has them, then what is counted.
TOPICS = [
    text.split(" # ")
    for text in paragraphs("""
    Handball tournament in Lumo, all teams # team|teams # Otters|Kites|Badgers|Swifts|Lynxes|Herons
    # the {} # goals 18-41 # penalties 0-12 # spectators 60-240

    Parcel couriers on Tuesday, all drivers # driver|drivers # Amina|Bogdan|Chen|Dolores|Eero|Goran
    # {} # parcels 38-96 # failed attempts 0-14 # kilometres 45-180

    Weather stations in the Arda valley, May, all stations # station|stations #
    Mill|Pass|Lake|Orchard|Quarry|Chapel # the {} station # lightning strikes 3-48 # millimetres of
    rain 22-140 # visitors 30-260

    Branch libraries in one week, all branches # branch|branches # North Gate|Riverside|Old
    Town|Hill Park|Station|Harbour # the {} branch # loans 120-480 # new members 2-31 # events 0-9

    Charity bake sale, all stalls # stall|stalls # Blue|Green|Red|White|Yellow|Orange # the {} stall
    # customers 9-48 # cups of tea 15-90 # helpers 1-8

    Village bus lines on Monday, all lines # line|lines # 11|14|20|35|42|57|60 # line {} # trips
    8-36 # passengers 90-620 # delays 0-15

    Reading challenge of class 6b, all groups # group|groups #
    Comets|Pirates|Owls|Robots|Wizards|Tigers # the {} # books 8-44 # pages per day 10-65 # reports
    0-18

    Apple harvest in Valbruna, all orchards # orchard|orchards #
    Ferri|Lindqvist|Okoro|Petrov|Tanaka|Yilmaz # the {} orchard # crates 40-210 # pickers 3-24 #
    ladders 4-21
""")
]
BIG = 5000


Cells = dict[str, int]
Words = dict[str, Any]

# Claims: wordings, and a test of a column's cells given the values of {a}, {b}, {k} and {n}.
FORMS: dict[str, tuple[list[str], Callable[[Cells, Words], bool]]] = {
    "more": (
        ["{A} had more {c} than {b}.", "The number of {c} was higher for {a} than for {b}."],
        lambda v, w: v[w["a"]] > v[w["b"]],
    ),
    "margin": (
        [
            "{A} had at least {d} more {c} than {b}.",
            "The number of {c} was higher for {a} than for {b}, by at least {d}.",
        ],
        lambda v, w: v[w["a"]] - v[w["b"]] >= w["d"],
    ),
    "most": (
        ["No {row} had more {c} than {a}.", "{A} had the highest number of {c}, alone or tied."],
        lambda v, w: v[w["a"]] == max(v.values()),
    ),
    "second": (
        [
            "Exactly one {row} had more {c} than {a}.",
            "There was just one {row} with a higher number of {c} than {a}.",
        ],
        lambda v, w: sum(x > v[w["a"]] for x in v.values()) == 1,
    ),
    "count": (
        [
            "Exactly {k} of the {rows} had {n} {c} or more.",
            "The number of {c} was {n} or higher for exactly {k} of the {rows}.",
        ],
        lambda v, w: sum(x >= w["n"] for x in v.values()) == w["k"],
    ),
    "half": (
        [
            "More than half of the {rows} had fewer than {n} {c}.",
            "For most of the {rows}, the number of {c} was below {n}.",
        ],
        lambda v, w: 2 * sum(x < w["n"] for x in v.values()) > len(v),
    ),
    "every": (
        ["Every {row} had at least {n} {c}.", "There was no {row} with fewer than {n} {c}."],
        lambda v, w: min(v.values()) >= w["n"],
    ),
    "total": (
        [
            "Together, all {rows} had more than {t} {c}.",
            "Added up over all {rows}, the number of {c} was above {t}.",
        ],
        lambda v, w: sum(v.values()) > w["t"],
    ),
    "pair": (
        [
            "{A} and {b} together had more {c} than {e}.",
            "{E} had fewer {c} than {a} and {b} put together.",
        ],
        lambda v, w: v[w["a"]] + v[w["b"]] > v[w["e"]],
    ),
}


def verdict(cells: dict[str, int | None], test: Callable[[Cells], bool]) -> str:
    """Test a claim on every way to fill the gaps with little, much, or a value near a known one."""
    gaps = [name for name, value in cells.items() if value is None]
    known = [value for value in cells.values() if value is not None]
    near = {each for value in known for each in (value - 1, value, value + 1)}
    values = sorted({0, 1, BIG} | (near if known else set()))
    found = {
        test({**cells, **dict(zip(gaps, fill, strict=True))})
        for fill in product(values, repeat=len(gaps))
    }
    return LABELS[2] if len(found) > 1 else LABELS[0] if True in found else LABELS[1]


def shown_as(style: int, title: str, row: str, columns: dict[str, dict[str, int | None]]) -> str:
    """Return the table with bars, with commas, or as a list, without columns of gaps only."""
    columns = {
        heading: cells
        for heading, cells in columns.items()
        if any(v is not None for v in cells.values())
    }
    names = list(next(iter(columns.values())))
    lines = [title]
    if style < 2:  # noqa: PLR2004  (two kinds of tables, then the list)
        bar = [" | ", ","][style]
        lines.append(bar.join([row, *columns]))
        for name in names:
            values = [column[name] for column in columns.values()]
            lines.append(bar.join([name, *("-" if v is None else str(v) for v in values)]))
        return "\n".join(lines)
    for name in names:
        values = [(heading, column[name]) for heading, column in columns.items()]
        told = ", ".join(f"{h}: {'not recorded' if v is None else v}" for h, v in values)
        lines.append(f"* {name} - {told}")
    return "\n".join(lines)


def words_for(rng: Random, cells: Cells) -> Words:
    """Return what a claim about a column may speak of; numbers are near those of the column."""
    values = sorted(cells.values())
    wide = max(2, (values[-1] - values[0]) // 3)
    words: Words = dict(zip("abe", rng.sample(list(cells), 3), strict=True))
    words |= {"d": rng.randint(2, max(3, wide)), "k": rng.randint(1, len(values) - 1)}
    words |= {"n": max(2, rng.choice(values) + rng.randint(-wide, wide) // 2)}
    return words | {"t": max(2, sum(values) + rng.randint(-2 * wide, 2 * wide))}


def claim(text: str, words: Words, rows: str, name: str, counted: str) -> str:
    """Word a claim with the names as prose has them."""
    row, many = rows.split("|")
    said = {key: name.format(words[key]) for key in "abe" if key in words}
    said |= {key.upper(): text[0].upper() + text[1:] for key, text in said.items()}
    return text.format(**{**words, **said, "row": row, "rows": many, "c": counted})


ABOUT = {
    "summary": "Say whether a table supports a claim, refutes it, or does not tell.",
    "definition": paragraphs("""
        You are given a small table and a claim. Judge the claim by the table alone. The table has a
        row for everything of its kind, but some numbers are missing: "-" or "not recorded" stands
        for a number that may be any whole number from 0 upwards, and of a quantity that the table
        does not list at all, nothing is known. Answer "supported" if the claim is true whatever the
        missing numbers are, "refuted" if it is false whatever they are, and "not enough
        information" if it depends on them.

        Check the claim below the table against its numbers. No row is left out of the table, but a
        number may be ("-" or "not recorded"); take it that such a number could be 0 or anything
        above, however large, and that figures for which there is no column could be anything too.
        The verdict is one of: supported (the claim is certain to be true), refuted (it is certain
        to be false), not enough information (the table allows both).

        Does the table prove the claim, disprove it, or neither? Write "supported", "refuted" or
        "not enough information". Use nothing but the table, which shows all rows there are. A gap,
        written as "-" or "not recorded", hides some whole number, zero or more; gaps do not matter
        if the known numbers settle the claim. A claim about something that no column records is
        neither proved nor disproved.
    """),
    "answer_format": {"kind": "label", "labels": LABELS},
    "categories": ["Fact Verification"],
    "domains": ["Statistics", "Narrative -> Everyday Events"],
    "reasoning": ["Quantitative Reasoning", "Deductive Reasoning"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
    "metrics": ["exact_match"],
}

# Style, title, columns, what is claimed about, form of the claim, its words, wrong label, lesson.
NAMES = ["Agnes", "Baraka", "Cem", "Danica", "Emil"]
TAUGHT = [
    text.split(" # ", 7)
    for text in paragraphs("""
    0 # Swimming gala, all swimmers # medals: 12 - 9 15|false starts: 0 2 1 0 # medals # most #
    a=Agnes # - # One swimmer with more medals is enough to make the claim false, and Danica has 15
    against 12. So it does not matter that the medals of Baraka are unknown.

    2 # Beach clean-up, all volunteers # bags: 8 14 - 11 10|hours: 3 4 4 5 3 # bags # total # t=45 #
    - # The four known numbers add up to 43 bags. With 2 bags or fewer from Cem the claim is false,
    with 3 or more it is true, and his number is not recorded.

    1 # Chess league, all players # wins: 4 11 6 - 7|draws: 5 2 - 3 3 # wins # half # n=8 # - #
    Agnes, Cem and Emil had fewer than 8 wins, and three of five is more than half already; whatever
    number Danica has, the claim stays true.

    0 # Photo competition, all members # entries: 6 2 5 -|prizes: - - - -|votes: 64 31 80 12 #
    prizes # more # a=Agnes b=Baraka # - # No column says who won how many prizes. That Agnes has
    more entries and more votes does not make it certain that she won more of them.

    1 # Pumpkin weighing, all growers # pumpkins: 21 17 - 9|helpers: 2 1 3 1 # pumpkins # most #
    a=Agnes # supported # Agnes has the highest of the known numbers, but the number of Cem is
    missing and could be 22 or more. # Since the gap can make the claim true or false, answer "not
    enough information".

    0 # Choir rehearsals, all singers # absences: 7 2 - 9 1|solos: 1 0 2 - 0 # absences # count #
    k=1 n=6 # not enough information # A gap is no reason to leave a claim open if the known numbers
    settle it: Agnes and Danica already make two with 6 absences or more, and Cem can only add a
    third. # There cannot be exactly 1, so answer "refuted".
""")
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        label, form = LABELS[done % 3], list(FORMS)[done // 3 % len(FORMS)]
        title, rows, listed, name, *described = TOPICS[rng.randrange(len(TOPICS))]
        names = rng.sample(listed.split("|"), rng.randint(4, 6))
        columns: dict[str, dict[str, int | None]] = {}
        for heading, limits in (each.rsplit(" ", 1) for each in described):
            low, high = map(int, limits.split("-"))
            columns[heading] = {each: rng.randint(low, high) for each in names}
        heading = rng.choice(list(columns))
        words = words_for(rng, dict(columns[heading]))
        for _ in range(1 + done // 3 % 2):
            place = heading if rng.random() < 1 / 2 else rng.choice(list(columns))
            columns[place][rng.choice(names)] = None
        unlisted = label == LABELS[2] and done % 4 == 0
        if unlisted:
            columns[heading] = dict.fromkeys(names)
        if verdict(columns[heading], partial(FORMS[form][1], w=words)) != label:
            return None
        others = [each for each in columns if each != heading]
        if not unlisted and done // 27 % 2:
            del columns[rng.choice(others)]
        if not any({*cells.values()} > {None} for cells in columns.values()):
            return None
        table = shown_as(rng.randrange(3), title, rows.split("|")[0], columns)
        said = claim(rng.choice(FORMS[form][0]), words, rows, name, heading)
        return instance(NAME, f"{table}\n\nClaim: {said}", [label])

    shown = []
    for style, title, listed, heading, form, given, wrong, lesson in TAUGHT:
        columns = {}
        for counted, numbers in (each.split(": ") for each in listed.split("|")):
            cells = [None if each == "-" else int(each) for each in numbers.split()]
            columns[counted] = dict(zip(NAMES, cells, strict=False))
        words = {key: int(v) if v.isdigit() else v for key, v in re.findall(r"(\w)=(\w+)", given)}
        row = title.rsplit(" ", 1)[1].removesuffix("s")
        label = verdict(columns[heading], partial(FORMS[form][1], w=words))
        said = claim(FORMS[form][0][0], words, f"{row}|{row}s", "{}", heading)
        text = f"{shown_as(int(style), title, row, columns)}\n\nClaim: {said}"
        output = label if wrong == "-" else wrong
        shown.append(demonstration(text, output, lesson.replace(" # ", "\n\n")))
    return document(NAME, SEED, ABOUT, shown, draw, count=CLAIMS)
