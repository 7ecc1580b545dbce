"""Answer questions about bar charts that are given as pictures.

Every bar ends on a grid line, so that its value can be read exactly. Questions whose answer is not
unique are thrown away.
"""

from functools import cache
from hashlib import sha256
from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs
from pictures import Picture

NAME = "bar_chart_reading"
SEED = 20_551
QUESTIONS = 5  # asked about each chart
LEVELS, WIDE = 9, 100  # grid lines above zero; the step that leaves no room for every label

# Title | one group | groups | what is counted | labels | step of the grid | series, if two
TOPICS = """\
LIBRARY LOANS PER DAY|day|days|loans|MON,TUE,WED,THU,FRI,SAT|20
TREES PLANTED PER VILLAGE|village|villages|trees|ODALI,KIBETO,MARUN,SENTA,YARU|50
MEDALS PER CLUB|club|clubs|medals|ROWING,FENCING,JUDO,SKIING|2|GOLD,SILVER
RAIN PER MONTH (MM)|month|months|millimetres of rain|JAN,FEB,MAR,APR,MAY,JUN|10
EGGS COLLECTED PER FARM|farm|farms|eggs|AMBER,BIRCH,CEDAR,DELTA,ELM|100
GOALS PER TEAM|team|teams|goals|LIONS,HAWKS,WOLVES,BEARS,FOXES,OTTERS|2
LOAVES SOLD PER SHOP|shop|shops|loaves|NORTH,RIVER,MARKET,HILL,HARBOUR|5
VISITORS PER MUSEUM ROOM|room|rooms|visitors|MASKS,COINS,MAPS,SHIPS,CLOCKS,GLASS|25
PUPILS PER CLUB|club|clubs|pupils|CHESS,CHOIR,DANCE,DRAMA,JUDO,ROBOTS|2
BICYCLES COUNTED PER HOUR|hour|hours|bicycles|7 AM,8 AM,9 AM,10 AM,11 AM,NOON|10
FRUIT SOLD (CRATES)|fruit|fruits|crates|MANGO,LEMON,GUAVA,PLUM,PEAR|4
TICKETS PER FILM|film|films|tickets|TIDE,EMBER,ORBIT,SAFARI,ECHO|50
SONGS PLAYED PER DAY|day|days|songs|MON,TUE,WED,THU,FRI,SAT,SUN|10
LETTERS PER OFFICE|office|offices|letters|ACCRA,LIMA,OSAKA,TURIN,QUITO,CORK|100
BOATS PER PORT|port|ports|boats|NIDRI,VAASA,HOI AN,LAMU,PARATY|5
HOURS OF SUN PER MONTH|month|months|hours of sun|JUL,AUG,SEP,OCT,NOV,DEC|20
VOTES PER PROPOSAL|proposal|proposals|votes|PARK,POOL,STAGE,GARDEN,TRAM|25
GUESTS PER HOTEL|hotel|hotels|guests|PALM,LAGOON,SUMMIT,DUNE|10|2015,2025
BOOKS READ PER CLASS|class|classes|books|5A,5B,6A,6B,7A|4|SPRING,AUTUMN
CUPS SOLD PER CAFE|cafe|cafes|cups|LUNA,MOKA,ZEN,ORIEL|20|TEA,COFFEE
CALLS PER WEEKDAY|weekday|weekdays|calls|MON,TUE,WED,THU,FRI|5|MORNING,EVENING
BIRDS SEEN PER LAKE|lake|lakes|birds|CHAD,TITICACA,BIWA,VOLTA|50|DUCKS,GEESE
PARCELS PER DEPOT|depot|depots|parcels|EAST,WEST,SOUTH,CENTRAL|25|IN,OUT
MEMBERS PER CHOIR|choir|choirs|members|ALBA,CORO,LYRA,VOX|5|WOMEN,MEN
KITES PER BEACH|beach|beaches|kites|SANUR,TARIFA,PIHA,JERI,GOA|10""".splitlines()
COLOURS = [(43, 108, 176), (47, 133, 90), (192, 86, 33), (128, 70, 160), (176, 58, 72)]
WHITE, INK, GRID, FIRST = range(4)


class Chart(NamedTuple):
    """A chart: words for its questions, its values by series and label, and how it is drawn."""

    key: str
    title: str
    words: dict[str, str]
    labels: list[str]
    step: int
    values: dict[str, list[int]]
    lying: bool
    sparse: bool
    colours: list[tuple[int, int, int]]


@cache
def charts() -> list[Chart]:
    rng = Random(SEED)
    made = []
    for number, line in enumerate(TOPICS):
        title, group, groups, things, labels, step, *series = line.split("|")
        names = series[0].split(",") if series else [""]
        pool = [*range(1, LEVELS + 1)] * (1 + number % 2)  # doubled, two bars may be equal
        levels = {name: rng.sample(pool, labels.count(",") + 1) for name in names}
        made.append(
            Chart(
                f"chart{number + 1:02}",
                title,
                {"group": group, "groups": groups, "things": things},
                labels.split(","),
                int(step),
                {name: [int(step) * level for level in row] for name, row in levels.items()},
                number % 3 == 1,
                number % 2 == 0 or (number % 3 == 1 and int(step) >= WIDE),
                rng.sample(COLOURS, 2),
            )
        )
    return made


def drawn(chart: Chart) -> bytes:
    left, top, unit = (120, 64, 54) if chart.lying else (70, 72, 32)
    base, right, picture = 360, 620, Picture(640, 400)
    picture.text(chart.title, 320, 10, 0.5)
    for level in range(LEVELS + 1):
        label = "" if chart.sparse and level % 2 else str(level * chart.step)
        if chart.lying:
            x = left + unit * level
            picture.box(x, top, x, base, GRID if level else INK)
            picture.text(label, x, base + 10, 0.5)
        else:
            y = base - unit * level
            picture.box(left, y, right, y, GRID if level else INK)
            picture.text(label, left - 8, y - 7, 1)

    slot = ((base - top) if chart.lying else (right - left)) / len(chart.labels)
    thick = round(slot * 0.64 / len(chart.values))
    for place, label in enumerate(chart.labels):
        middle = round((top if chart.lying else left) + slot * (place + 0.5))
        start = middle - thick * len(chart.values) // 2
        for number, row in enumerate(chart.values.values()):
            near, far = start + thick * number, start + thick * (number + 1) - 3
            end = row[place] // chart.step * unit
            if chart.lying:
                picture.box(left, near, left + end, far, FIRST + number)
            else:
                picture.box(near, base - end, far, base, FIRST + number)
        where = (left - 8, middle - 8, 1) if chart.lying else (middle, base + 10, 0.5)
        picture.text(label, *where)
    for number, name in enumerate(name for name in chart.values if name):
        picture.box(180 + 160 * number, 36, 193 + 160 * number, 49, FIRST + number)
        picture.text(name, 200 + 160 * number, 36)
    return picture.png([(255, 255, 255), (30, 30, 30), (176, 176, 176), *chart.colours])


@cache
def files() -> dict[str, bytes]:
    return {f"{chart.key}.png": drawn(chart) for chart in charts()}


Rows = list[tuple[str, int]]
Question = tuple[str, int | str]  # with its answer; "" or less than 1 where it must not be asked


def single(found: list[str]) -> str:
    return found[0] if len(found) == 1 else ""


def at_most(rows: Rows, sign: int = 1) -> str:
    best = max(sign * value for _, value in rows)
    return single([label for label, value in rows if sign * value == best])


def plain(rows: Rows) -> list[Question]:
    """Return questions about one series, given its labels and values, shuffled."""
    (first, one), (second, other), *_ = rows
    total = sum(value for _, value in rows)
    ranks = sorted({value for _, value in rows}, reverse=True)
    placed = [label for label, value in rows if value == ranks[1]]
    second_best = single(placed) if at_most(rows) else ""
    mean = 0 if total % len(rows) else total // len(rows)
    twice = [label for label, value in rows if value == 2 * one]
    equal = [label for label, value in rows[1:] if value == one]
    above = sum(value > one for _, value in rows)
    return [
        (f"How many {{things}} does the chart show for {first}?", one),
        (f"Read off the number of {{things}} for {first}.", one),
        (f"How many more {{things}} are there for {first} than for {second}?", one - other),
        (f"By how many {{things}} does {first} fall short of {second}?", other - one),
        ("Which {group} has the most {things}?", at_most(rows)),
        ("Name the {group} with the fewest {things}.", at_most(rows, -1)),
        (f"How many {{things}} do {first} and {second} have together?", one + other),
        ("Which {group} has the second-highest number of {things}?", second_best),
        (f"For how many {{groups}} does the chart show more than {one} {{things}}?", above),
        ("What is the total number of {things} over all {groups}?", total),
        (f"Which {{group}} has exactly twice as many {{things}} as {first}?", single(twice)),
        (f"Which other {{group}} has the same number of {{things}} as {first}?", single(equal)),
        ("By how many {things} does the highest value exceed the lowest?", ranks[0] - ranks[-1]),
        ("What is the mean number of {things} per {group}?", mean),
    ]


def paired(rows: Rows, others: Rows, first: str, second: str) -> list[Question]:
    """Return questions about two series, `first` and `second`, with rows in the same order."""
    gaps = [(label, a - b) for (label, a), (_, b) in zip(rows, others, strict=True)]
    (label, one), gap = rows[0], gaps[0][1]
    most = at_most(gaps) if max(gap for _, gap in gaps) > 0 else ""
    above, total = sum(gap > 0 for _, gap in gaps), sum(value for _, value in rows)
    both = one + others[0][1]
    return [
        (f"How many {{things}} does the chart show for {label} ({first})?", one),
        (f"Read off the number of {{things}} for {first} at {label}.", one),
        (f"For {label}, how many more {{things}} are there for {first} than for {second}?", gap),
        (f"For how many {{groups}} is the value for {first} above that for {second}?", above),
        (f"What is the total number of {{things}} for {first} over all {{groups}}?", total),
        (f"For which {{group}} does {first} exceed {second} by the most?", most),
        (f"How many {{things}} does {label} have in {first} and {second} together?", both),
        (f"Which {{group}} has the fewest {{things}} for {first}?", at_most(rows, -1)),
        (f"Which {{group}} has the most {{things}} for {second}?", at_most(others)),
    ]


def questions(rng: Random, chart: Chart) -> list[Question]:
    order = rng.sample(range(len(chart.labels)), len(chart.labels))
    rows = [[(chart.labels[at], row[at]) for at in order] for row in chart.values.values()]
    names, turn = list(chart.values), rng.choice([1, -1])
    return plain(rows[0]) if len(rows) == 1 else paired(*rows[::turn], *names[::turn])


def put(chart: Chart, question: str) -> str:
    return f"{{{{{chart.key}}}}}\n{question.format(**chart.words)}"


ABOUT = {
    "summary": "Read values off a bar chart and compute with them.",
    "definition": paragraphs("""
        You are given a picture of a bar chart and a question about it. Every bar begins at zero and
        ends exactly on a grid line; grid lines are evenly spaced, and not all of them need be
        labelled. Where there are two series, the squares below the title say which colour is
        which. Answer with a single number in digits, without unit or thousands separator, or,
        if the question asks which or for a name, with that one label exactly as it is written in
        the chart, in capitals.

        Look at the bar chart and answer the question below it. All bars start from zero and stop
        precisely on one of the evenly spaced grid lines, some of which may have no number beside
        them; a chart with two colours of bars has a legend beneath its title. Give nothing but the
        answer: a number written in digits alone (such as 1250, not "1,250 trees"), or the label of
        a bar, copied in capital letters from the chart, where a name is asked for.

        Use the chart in the picture to answer the question. Work out what one step of the grid is
        worth, as unlabelled grid lines count too, and read each bar from zero to the line at which
        it ends; the legend, if there is one, tells two series apart by colour. Questions about
        quantities are answered with digits only, no unit and no comma; questions for a certain bar
        or group of bars are answered with its label in capitals as printed. Write nothing else.
    """),
    "metrics": ["exact_match"],
    "categories": ["Question Answering"],
    "domains": ["Statistics"],
    "reasoning": ["Quantitative Reasoning", "Mathematics -> Arithmetic", "Mathematics -> Counting"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}
# Number of the chart, question, output, lesson; no instance uses these charts.
TAUGHT = [
    (
        "Read off the number of {things} for FRI.",
        "120",
        """Between the labels 0 and 40 there is one more line, so one step of the grid is 20. The
        bar for FRI ends on the sixth line above zero: 6 * 20 = 120.""",
    ),
    (
        "By how many {things} does the highest value exceed the lowest?",
        "400",
        """The bars run to the right here. The longest, KIBETO, ends at 450 and the shortest,
        MARUN, at 50; the difference is 400.""",
    ),
    (
        "For which {group} does SILVER exceed GOLD by the most?",
        "FENCING",
        """The legend says which colour is SILVER. It is the higher bar in one club only: FENCING
        has 10 of SILVER and 8 of GOLD. JUDO has the biggest gap, but there GOLD leads.""",
    ),
    (
        "For how many of the {groups} does the chart show more than 50 {things}?",
        "3",
        """This counts MAY, which has exactly 50. "More than 50" leaves out a bar that ends on that
        very line.

        Only FEB with 70 and APR with 80 are above the line of 50, so the answer is 2.""",
    ),
    (
        "How many more {things} are there for ELM than for CEDAR?",
        "5",
        """5 is the number of grid lines between the ends of the two bars and not the number of
        eggs.

        Multiply by the worth of a step: labels stand at every second line and rise by 200, so a
        step is 100 and the answer is 700 - 200 = 500.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)
    asked: set[tuple[str, int]] = set()

    def draw(done: int) -> dict[str, Any] | None:
        chart = charts()[len(TAUGHT) + done // QUESTIONS]
        offered = questions(rng, chart)
        number = rng.randrange(len(offered))
        text, answer = offered[number]
        number = max(number, 1)  # the first two differ in their words only
        if (chart.key, number) in asked or answer == "" or answer in range(-10_000, 1):
            return None
        asked.add((chart.key, number))
        return instance(NAME, put(chart, text), [str(answer)], attachments=[chart.key])

    shown = [
        demonstration(put(chart, question), output, lesson) | {"attachments": [chart.key]}
        for chart, (question, output, lesson) in zip(charts(), TAUGHT, strict=False)
    ]
    count = QUESTIONS * (len(charts()) - len(TAUGHT))
    attachments = {
        chart.key: {
            "media_type": "image/png",
            "path": f"{NAME}/{chart.key}.png",
            "sha256": sha256(files()[f"{chart.key}.png"]).hexdigest(),
            "alt": f"Bar chart of {chart.words['things']} per {chart.words['group']}",
        }
        for chart in charts()
    }
    return document(NAME, SEED, ABOUT | {"attachments": attachments}, shown, draw, count=count)
