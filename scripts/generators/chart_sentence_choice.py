"""Choose the sentence that describes a series of numbers truthfully and completely.

A sentence is a list of claims about the series. Whether a claim holds is computed from the series,
and so is whether the sentence says all that it has to say.
"""

from itertools import pairwise
from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "chart_sentence_choice"
SEED = 20_703
INSTANCES = 96
Values = list[int]

NEEDED = {"peak", "low", "change"}

MONTHS = "January February March April May June July August September October November"
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
YEARS = "2016 2017 2018 2019 2020 2021 2022 2023 2024"
HOURS = "08:00 09:00 10:00 11:00 12:00 13:00 14:00 15:00 16:00 17:00"
WEEKS = " ".join(f"week_{number}" for number in range(1, 11))

# Subject (in the plural), unit of the chart, what its labels are, preposition, least value, most.
SUBJECTS = [
    ("Visits to the open-air museum", "visits", MONTHS, "in", 400, 2900),
    ("Sales of umbrellas", "pieces sold", DAYS, "on", 8, 95),
    ("Loans of the town library", "thousand loans", YEARS, "in", 61, 140),
    ("Calls to the hotline", "calls", HOURS, "at", 12, 180),
    ("Deliveries of fresh milk", "litres", WEEKS, "in", 210, 640),
    ("Rents in the harbour district", "euros per month", YEARS, "in", 540, 1380),
    ("Water levels at the Nakuru bridge", "cm", DAYS, "on", 95, 410),
    ("Births at the clinic", "births", MONTHS, "in", 31, 88),
    ("Delays on line 7", "minutes in all", DAYS, "on", 5, 140),
    ("Exports of cut flowers", "tonnes", YEARS, "in", 320, 990),
    ("Temperatures in the greenhouse", "°C", HOURS, "at", 11, 39),
    ("Absences at the school", "pupils", WEEKS, "in", 4, 77),
    ("Rainfall totals in Mangalore", "mm", MONTHS, "in", 20, 980),
    ("Downloads of the bus app", "downloads", WEEKS, "in", 150, 4200),
    ("Catches of herring", "crates", MONTHS, "in", 45, 310),
    ("Queues at the ticket office", "people waiting", HOURS, "at", 3, 64),
]
PEAK = ["peaked {0}", "were at their highest {0}", "reached their maximum {0}"]
LOW = ["were at their lowest {0}", "hit their low point {0}", "reached their minimum {0}"]
CHANGE = {
    True: ["ended {0} above where they began", "closed {0} higher than they had started"],
    False: ["ended {0} below where they began", "closed {0} lower than they had started"],
}
EXTRA = {
    "run": ["they went up at every step from {0} to {1}", "they rose steadily from {0} to {1}"],
    "jump": ["the steepest rise came between {0} and {1}", "they rose most from {0} to {1}"],
    "above": ["{0} of the {1} figures lie above {2}", "{0} of the {1} values exceed {2}"],
    "falls": ["they fell {0} from one figure to the next", "they fell {0} on the way"],
}
TIMES = ["never", "once", "twice", "three times", "four times", "five times", "six times"]
COUNTS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight"]


class Claim(NamedTuple):
    """What is said about the series: places in it are counted from 0."""

    kind: str
    args: tuple[int, ...]


def rises(values: Values) -> Values:
    return [after - before for before, after in pairwise(values)]


def holds(claim: Claim, values: Values) -> bool:
    first, second = (*claim.args, 0)[:2]
    steps = rises(values)
    said = {
        "peak": lambda: values[first] == max(values),
        "low": lambda: values[first] == min(values),
        "change": lambda: values[-1] - values[0] == first,
        "run": lambda: min(steps[first:second]) > 0,
        "jump": lambda: steps[first] == max(steps),
        "above": lambda: sum(value > second for value in values) == first,
        "falls": lambda: sum(step < 0 for step in steps) == first,
    }
    return said[claim.kind]()


def candidates(kind: str, values: Values) -> list[Claim]:
    """Return claims of one kind that may or may not hold, but sound as if they could."""
    size, steps = len(values), rises(values)
    ends = {values[-1] - values[0], max(values) - values[0], values[-1] - min(values)}
    bound = sorted(values)[size // 2] // 10 * 10 or 10
    over, falls = sum(value > bound for value in values), sum(step < 0 for step in steps)
    found: dict[str, list[tuple[int, ...]]] = {
        "peak": [(place,) for place in range(size) if values[place] >= sorted(values)[-3]],
        "low": [(place,) for place in range(size) if values[place] <= sorted(values)[2]],
        "change": [(sign * end,) for end in sorted(ends) if end for sign in (1, -1)],
        "run": [(a, b) for a in range(size) for b in range(a + 2, size) if steps[a] > 0],
        "jump": [(a,) for a in range(size - 1) if steps[a] > 0],
        "above": [(count, bound) for count in range(over - 1, over + 2) if 0 < count < size],
        "falls": [(count,) for count in range(falls - 1, falls + 2) if 0 < count < len(TIMES)],
    }
    return [Claim(kind, args) for args in found[kind]]


def said(rng: Random, claim: Claim, values: Values, labels: list[str], preposition: str) -> str:
    kind, (first, *rest) = claim
    if kind in {"peak", "low"}:
        return rng.choice(PEAK if kind == "peak" else LOW).format(f"{preposition} {labels[first]}")
    if kind == "change":
        return rng.choice(CHANGE[first > 0]).format(abs(first))
    form = rng.choice(EXTRA[kind])
    if kind == "above":
        return form.format(COUNTS[first], COUNTS[len(values)], *rest)
    if kind == "falls":
        return form.format(TIMES[first])
    return form.format(labels[first], labels[rest[0] if rest else first + 1])


def sentence(subject: str, claims: list[Claim], phrases: list[str]) -> str:
    """Join what is said: the claims the subject's verbs make, then the others."""
    verbs = [text for claim, text in zip(claims, phrases, strict=True) if claim.kind in NEEDED]
    others = [text for claim, text in zip(claims, phrases, strict=True) if claim.kind in EXTRA]
    return f"{subject} {', '.join(verbs[:-1])} and {verbs[-1]}; {' and '.join(others)}."


def right(claims: list[Claim], values: Values) -> bool:
    complete = {claim.kind for claim in claims} >= NEEDED
    return complete and all(holds(claim, values) for claim in claims)


def drawn(rng: Random, kind: str, values: Values, *, true: bool) -> Claim:
    return rng.choice([each for each in candidates(kind, values) if holds(each, values) == true])


def chart(form: int, subject: str, unit: str, pairs: list[tuple[str, int]]) -> str:
    head, top, width = f"{subject} ({unit})", max(value for _, value in pairs), 10
    bars = [f"{label:<{width}}{'#' * max(1, value * 24 // top)} {value}" for label, value in pairs]
    rows = [f"| {label} | {value} |" for label, value in pairs]
    return [
        "\n".join([head, *(f"{label}: {value}" for label, value in pairs)]),
        "\n".join([f"| | {head} |", "|---|---|", *rows]),
        f"{head}: " + ", ".join(f"{label} {value}" for label, value in pairs),
        "\n".join([head, *bars]),
    ][form]


def walk(rng: Random, size: int, least: int, most: int) -> Values:
    """Return different values that wander between the bounds, rather than jump about."""
    values = [rng.randint(least, most)]
    while len(values) < size:
        after = values[-1] + rng.randint(-(most - least) // 3, (most - least) // 2)
        values += [after] if least <= after <= most and after not in values else []
    return values


def ask(rng: Random, number: int) -> tuple[str, list[str], str] | None:
    """Return a question, its options and the right one; None if some claim cannot be drawn."""
    subject, unit, words, preposition, least, most = SUBJECTS[number % len(SUBJECTS)]
    names = [name.replace("_", " ") for name in words.split()]
    size = rng.randint(6, min(len(names), len(COUNTS) - 1))
    start = rng.randrange(len(names) - size + 1)
    labels = names[start : start + size]
    values = walk(rng, size, least, most)
    if rises(values).count(max(rises(values))) > 1:
        return None
    extras = rng.sample(list(EXTRA), 2)
    kinds = [*sorted(NEEDED), extras[0]]
    try:
        true = {kind: drawn(rng, kind, values, true=True) for kind in [*kinds, extras[1]]}
        false = {kind: drawn(rng, kind, values, true=False) for kind in kinds}
    except IndexError:
        return None
    # Two mistakes, each made twice, so that the right sentence is not the one most others agree
    # with; or one of the two sentences with the second mistake lacks a part instead.
    one, two = rng.sample(kinds, 2)
    made = [[(false if kind in {one, two} else true)[kind] for kind in kinds]]
    made.append([(false if kind == one else true)[kind] for kind in kinds])
    if number % 5 < 2:  # noqa: PLR2004
        made.append([true[kind] for kind in [*rng.sample(sorted(NEEDED), 2), *extras]])
    else:
        made.append([(false if kind == two else true)[kind] for kind in kinds])
    made = [[true[kind] for kind in kinds], *made]
    if [right(claims, values) for claims in made] != [True, False, False, False]:
        return None
    options = []
    for claims in made:
        rng.shuffle(claims)
        phrases = [said(rng, claim, values, labels, preposition) for claim in claims]
        options.append(sentence(subject, claims, phrases))
    shuffled = rng.sample(options, len(options))
    shown = chart(number // 3 % 4, subject, unit, list(zip(labels, values, strict=True)))
    return "\n".join([shown, "", "Sentences:", *shuffled]), shuffled, options[0]


ABOUT = {
    "summary": "Choose the sentence that describes a small chart truthfully and completely.",
    "definition": paragraphs("""
        You are given a small series of numbers, as a table, list or bar chart, and four sentences
        about it, one per line. Exactly one of them is both complete and true. Complete means that
        it says when the highest value was reached, when the lowest was, and by how much the last
        value lies above or below the first. True means that everything it says agrees with the
        numbers, including what it says beyond that. Answer with that sentence, copied exactly.

        Check four sentences, one on each line, against the figures above them and pick the only one
        that passes two tests: nothing in it is false, and it mentions all of these three things:
        the time of the maximum, the time of the minimum, and the difference between the last figure
        and the first. Sentences may contain further statements, which have to be right as well.
        Write out the chosen sentence without any change.

        Which sentence describes the chart correctly and leaves out nothing required? Required are
        the point of the highest figure, the point of the lowest, and how far the series ended above
        or below its start. A sentence with a single false statement is out, and so is a
        sentence that is right but lacks one of the three. Repeat the one that remains, word for
        word; there is exactly one, and each sentence stands on a line of its own.
    """),
    "answer_format": {"kind": "choices"},
    "categories": ["Data to Text"],
    "domains": ["Statistics"],
    "reasoning": ["Quantitative Reasoning", "Mathematics -> Statistics"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

# Subject with its unit and figures, number of the output, the sentences (the first is right, # is
# the subject), lesson.
TAUGHT = paragraphs("""
    Sales of ice cream (scoops): Monday: 120, Tuesday: 95, Wednesday: 140, Thursday: 180,
    Friday: 150 / 0 / # peaked on Thursday, were at their lowest on Tuesday and ended 30 above
    where they began; they fell twice from one figure to the next. / # peaked on Thursday, were
    at their lowest on Monday and ended 30 above where they began; they fell twice from one
    figure to the next. / # peaked on Friday, were at their lowest on Tuesday and closed 30
    higher than they had started; they fell once from one figure to the next. / # peaked on
    Thursday and were at their lowest on Tuesday; they rose most from Tuesday to Wednesday and
    they fell twice from one figure to the next. / 180 on Thursday is the highest figure and 95
    on Tuesday the lowest; 150 - 120 = 30; the figures fall to Tuesday and to Friday. The sentence
    with only two of the parts is true but incomplete.

    Members of the rowing club (members): 2019: 84, 2020: 61, 2021: 66, 2022: 79, 2023: 72 / 0
    / # ended 12 below where they began, were at their highest in 2019 and hit their low point
    in 2020; they rose steadily from 2020 to 2022. / # ended 12 below where they began, were at
    their highest in 2022 and hit their low point in 2020; they rose steadily from 2020 to
    2022. / # closed 12 higher than they had started, were at their highest in 2019 and hit
    their low point in 2020; they rose steadily from 2020 to 2022. / # ended 12 below
    where they began, were at their highest in 2022 and hit their low point in 2020; they rose
    steadily from 2020 to 2023. / The series starts at its maximum of 84, so 2022 is only the
    second-highest year. It ends at 72, which is 12 less than 84, and the rise from the minimum
    of 61 lasts until 2022.

    Noise levels in the yard (dB): 08:00: 41, 09:00: 52, 10:00: 70, 11:00: 63, 12:00: 48 / 0 /
    # were at their lowest at 08:00, peaked at 10:00 and ended 7 above where they began; the
    steepest rise came between 09:00 and 10:00. / # were at their lowest at 12:00, peaked at
    10:00 and ended 7 above where they began; the steepest rise came between 09:00 and 10:00. /
    # were at their lowest at 08:00, peaked at 10:00 and ended 7 above where they began; the
    steepest rise came between 08:00 and 09:00. / # were at their lowest at 12:00, peaked at
    10:00 and ended 7 above where they began; the steepest rise came between 08:00 and 09:00. /
    The three required parts are right in two of the sentences, so what these add decides: from
    09:00 to 10:00 the level rose by 18, from 08:00 to 09:00 only by 11.

    Bookings of the village hall (bookings): week 1: 9, week 2: 14, week 3: 12, week 4: 6, week
    5: 11 / 1 / # reached their maximum in week 2, hit their low point in week 4 and closed 2
    higher than they had started; three of the five values exceed 10. / # reached their maximum
    in week 2 and hit their low point in week 4; three of the five values exceed 10 and they
    fell twice from one figure to the next. / # reached their maximum in week 2, hit their low
    point in week 4 and closed 5 higher than they had started; three of the five values exceed
    10. / # reached their maximum in week 2, hit their low point in week 1 and closed 2 higher
    than they had started; four of the five values exceed 10. / Everything in this sentence is
    true, but it does not say how the last value compares with the first, which is one of the
    three required parts. / Choose the true sentence that also gives the difference, 11 - 9 =
    2: the one with "closed 2 higher than they had started" and the low point in week 4.

    Prices of copper wire (cents per metre): January: 88, February: 97, March: 79, April: 85,
    May: 83 / 1 / # ended 5 below where they began, peaked in February and reached their
    minimum in March; they fell twice from one figure to the next. / # ended 4 above where they
    began, peaked in February and reached their minimum in March; they fell twice from one
    figure to the next. / # ended 5 below where they began, peaked in January and reached their
    minimum in March; they fell twice on the way. / # ended 4 above where they began, peaked in
    January and reached their minimum in March; they fell once on the way. / The difference was
    taken between the last value and the lowest, 83 - 79 = 4, but a series begins with its first
    value, which is 88. / Compare 83 with 88: the series ended 5 below where it began, so choose the
    sentence that says so and has the peak in February.
""")


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        if (question := ask(rng, done)) is None:
            return None
        text, options, best = question
        answer = [{"text": option, "score": int(option == best)} for option in options]
        return instance(NAME, text, [best], answer=answer)

    shown = []
    for taught in TAUGHT:
        head, output, *rest = taught.split(" / ")
        options = [option.replace("#", head.partition(" (")[0]) for option in rest[:4]]
        listed = [head.replace("): ", ")\n").replace(", ", "\n"), "", "Sentences:"]
        text = "\n".join([*listed, *rng.sample(options, len(options))])
        shown.append(demonstration(text, options[int(output)], "\n\n".join(rest[4:])))
    return document(NAME, SEED, ABOUT, shown, draw, count=INSTANCES)
