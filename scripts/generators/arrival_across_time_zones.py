"""Work out when a flight arrives, leaves or may be called about, across fixed UTC offsets.

The offsets are those of the text and stay the same; everything is added up in minutes of a week.
"""

from math import acos, cos, radians, sin
from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "arrival_across_time_zones"
SEED = 20_555
COUNT = 100
HOUR, DAY = 60, 24 * 60

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
# City, minutes ahead of UTC on the day of the question, place on the map (degrees).
CITIES = [
    ("Honolulu", -600, (21, -158)),
    ("Vancouver", -480, (49, -123)),
    ("Mexico City", -360, (19, -99)),
    ("Lima", -300, (-12, -77)),
    ("Toronto", -300, (44, -79)),
    ("St. John's", -210, (48, -53)),
    ("Buenos Aires", -180, (-35, -58)),
    ("Praia", -60, (15, -24)),
    ("Accra", 0, (6, 0)),
    ("Lisbon", 0, (39, -9)),
    ("Lagos", 60, (6, 3)),
    ("Berlin", 60, (52, 13)),
    ("Cairo", 120, (30, 31)),
    ("Johannesburg", 120, (-26, 28)),
    ("Nairobi", 180, (-1, 37)),
    ("Istanbul", 180, (41, 29)),
    ("Tehran", 210, (36, 51)),
    ("Dubai", 240, (25, 55)),
    ("Kabul", 270, (34, 69)),
    ("Karachi", 300, (25, 67)),
    ("Delhi", 330, (29, 77)),
    ("Kathmandu", 345, (28, 85)),
    ("Dhaka", 360, (24, 90)),
    ("Yangon", 390, (17, 96)),
    ("Bangkok", 420, (14, 101)),
    ("Singapore", 480, (1, 104)),
    ("Tokyo", 540, (36, 140)),
    ("Adelaide", 570, (-35, 139)),
    ("Brisbane", 600, (-27, 153)),
    ("Nouméa", 660, (-22, 166)),
    ("Auckland", 720, (-37, 175)),
    ("Apia", 780, (-14, -172)),
]
NAMES = ["Malia", "Ignacio", "Farida", "Bjørn", "Nkechi", "Sunil", "Chiara", "Hiroko", "Tevita"]
SPEED, GROUND = 14, 35  # kilometres a minute; minutes for taxiing, climbing and landing
SHORT, LONG = 2500, 13500  # kilometres of a flight
DETOUR = 1.25  # how many times as long the way over a stop may be as the direct one

# {a}, {b} and {c} are cities, {when} the day and time that is known; {fly}, {more}, {wait} spans.
# Each kind is headed by the city of the time that is known, by what is added to it or taken away,
# and by the city whose time is asked for.
KINDS = [
    block.splitlines()
    for block in """\
a fly b
A flight leaves {a} on {when} and takes {fly} to {b}. When does it land there?
{name} takes off from {a} on {when} for a non-stop flight of {fly} to {b}. When is arrival?
On {when} a plane departs from {a}. It lands in {b} after {fly}. When is that, local time?
{name}'s flight from {a} to {b} departs on {when} and lasts {fly}. When does it land?

a fly wait more c
{name} leaves {a} on {when}, is in {b} after {fly}, and {wait} later goes on to {c}, a flight of \
{more}. When does {name} get there?
The plane to {c} departs from {a} on {when}. It stops in {b} after {fly}, stays for {wait} and \
flies another {more}. When does it arrive?
Cargo for {c} takes off in {a} on {when}. The flight to {b} lasts {fly}, reloading {wait} and the \
flight from there {more}. When does it land in {c}?

b -fly a
A flight from {a} lands in {b} on {when} after {fly}. When did it take off?
{name} arrives in {b} on {when}, having flown from {a} for {fly}. When was the departure?
To be in {b} on {when}, when must a plane leave {a} if it takes {fly}?
A crew lands in {b} on {when}. Their flight from {a} took {fly}. When did it begin?

a wait fly b
The flight from {a} to {b}, due to leave on {when}, is delayed by {wait}, and then takes {fly}. \
When does it land?
{name}'s plane should leave {a} on {when}, but does so {wait} late, and needs {fly} to {b}. When \
does {name} land?

a fly wait a
{name} flies from {a} on {when}, lands in {b} after {fly} and phones home to {a} {wait} later. \
What day and time is it at home then?
Leaving {a} on {when}, {name} is in {b} after {fly}, and {wait} later calls a friend in {a}. \
What day and time is it for the friend?

a fly wait b
{name} flies from {a} on {when}, lands in {b} after {fly} and reaches a hotel there {wait} later. \
When is that?
After a flight of {fly} from {a}, which left on {when}, the passengers are out of the airport of \
{b} in {wait}. When do they come out?
""".strip().split("\n\n")
]
HEADS = ["{a} is at {A} and {b} at {B}.", "Local time is {A} in {a} and {B} in {b}."]
HEADS += ["The clocks of {a} show {A}, those of {b} {B}.", "Time zones: {a} {A}, {b} {B}."]
THIRD = [" {c} is at {C}.", " The offset of {c} is {C}."]


class Problem(NamedTuple):
    """A question and its answer."""

    text: str
    answer: str


def distance(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Return the kilometres between two places, along a great circle."""
    (a, b), (c, d) = (tuple(map(radians, place)) for place in (one, other))
    return 6371 * acos(sin(a) * sin(c) + cos(a) * cos(c) * cos(b - d))


def zone(offset: int) -> str:
    hours, minutes = divmod(abs(offset), HOUR)
    sign = "-" if offset < 0 else "+"
    return f"UTC{sign}{hours}" + f":{minutes:02}" * (minutes > 0)


def span(minutes: int) -> str:
    hours, rest = divmod(minutes, HOUR)
    parts = [f"{hours} hour{'s' * (hours > 1)}"] * (hours > 0) + [f"{rest} minutes"] * (rest > 0)
    return " and ".join(parts)


def moment(minutes: int, joint: str = " ") -> str:
    day, rest = divmod(minutes, DAY)
    return f"{DAYS[day % 7]}{joint}" + "{:02}:{:02}".format(*divmod(rest, HOUR))


def ask(rng: Random, number: int) -> Problem | None:
    head, *texts = KINDS[number % len(KINDS)]
    known, *steps, wanted = head.split()
    cities = dict(zip("abc", rng.sample(CITIES, 3), strict=True))
    legs = [distance(cities[x][2], cities[y][2]) for x, y in ("ab", "bc")]
    used = legs if "more" in steps else legs[:1]
    if not all(SHORT < leg < LONG for leg in used):
        return None
    if used == legs and sum(legs) > DETOUR * distance(cities["a"][2], cities["c"][2]):
        return None
    fly, more = (round(leg / SPEED / 5) * 5 + GROUND for leg in legs)
    spans = {"fly": fly, "more": more, "wait": rng.randrange(35, 235, 5)}
    start = rng.randrange(7) * DAY + rng.randrange(0, DAY, 5)
    end = start - cities[known][1] + cities[wanted][1]
    for step in steps:
        end += -spans[step[1:]] if step.startswith("-") else spans[step]

    words = {key: city[0] for key, city in cities.items()}
    words |= {key.upper(): zone(city[1]) for key, city in cities.items()}
    words |= {key: span(minutes) for key, minutes in spans.items()}
    words |= {"name": rng.choice(NAMES), "when": moment(start, " at ")}
    zones = rng.choice(HEADS) + rng.choice(THIRD) * ("more" in steps)
    return Problem(f"{zones} {rng.choice(texts)}".format(**words), moment(end))


ABOUT = {
    "summary": "Compute the local day and time of an arrival across time zones.",
    "definition": paragraphs("""
        You are given a flight between cities whose time zones are stated as offsets from UTC
        (UTC+5:30 is five and a half hours ahead of UTC, UTC-3 three hours behind) and a question
        for a moment. All times in the text are local to the city they are about. Answer with the
        day of the week and the time, local to the city that the question is about, as in "Tuesday
        06:35": the English name of the day, one space, hours (00 to 23) and minutes with two
        digits each, and nothing else.

        Work out when, by local clocks, the event in the question happens: the landing, the
        departure or whatever else is asked for. Use only the UTC offsets in the text (a place at
        UTC+9 is ahead of UTC by nine hours), and mind that the weekday can change with the hour.
        Times and days that are given are those of the place where they happen. Output format:
        weekday in English and 24-hour time HH:MM, with a space between them, for example Sunday
        23:10 or Monday 00:05.

        Compute a day and time across time zones. The text gives the offsets of the cities from
        UTC, a day and a time at one of them, and how long everything takes. Reply with the day of
        the week and the 24-hour clock time (HH:MM) that people in the city in question then have,
        for example "Friday 17:50", without naming the city or the zone. Do not rely on what you
        know of summer time: the stated offsets hold.
    """),
    "metrics": ["exact_match"],
    "categories": ["Mathematics"],
    "domains": ["Geography"],
    "reasoning": ["Mathematics -> Arithmetic", "Temporal Reasoning", "Multihop Reasoning"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

# Question, output, lesson.
TAUGHT = [
    (
        """Manila is at UTC+8 and Madrid at UTC+1. A flight leaves Manila on Thursday at 21:40 and
        takes 14 hours and 30 minutes to Madrid. When does it land there?""",
        "Friday 05:10",
        """Take off is at 13:40 UTC on Thursday. 14 hours and 30 minutes later it is 04:10 UTC on
        Friday, and Madrid is one hour ahead of UTC.""",
    ),
    (
        """Time zones: Sydney UTC+10, Los Angeles UTC-8. Rosa takes off from Sydney on Monday at
        10:15 for a non-stop flight of 13 hours and 20 minutes to Los Angeles. When is arrival?""",
        "Monday 05:35",
        """10:15 in Sydney is 00:15 UTC, and 13 hours and 20 minutes later it is 13:35 UTC. Eight
        hours are taken away for Los Angeles, so that Rosa lands before she took off, by the
        clock.""",
    ),
    (
        """The clocks of Mumbai show UTC+5:30, those of Rome UTC+1. A crew lands in Mumbai on Sunday
        at 02:20. Their flight from Rome took 7 hours and 45 minutes. When did it begin?""",
        "Saturday 14:05",
        """02:20 in Mumbai is 20:50 UTC on Saturday. Going back 7 hours and 45 minutes gives 13:05
        UTC, which is 14:05 in Rome.""",
    ),
    (
        """Local time is UTC-3 in São Paulo and UTC+2 in Athens. On Wednesday at 18:00 a plane
        departs from São Paulo. It lands in Athens after 12 hours and 30 minutes. When is that,
        local time?""",
        "Thursday 01:30",
        """Five hours are taken away here, but Athens is to the east and its clocks are ahead.

        It is 21:00 UTC at departure and 09:30 UTC on arrival, to which two hours are added:
        Thursday 11:30.""",
    ),
    (
        """Chicago is at UTC-6 and Seoul at UTC+9. A flight leaves Chicago on Friday at 12:10 and
        takes 14 hours to Seoul. When does it land there?""",
        "Saturday 02:10",
        """This is the time in Chicago: the flight has been added, but the difference between the
        zones has not.

        Seoul is 15 hours ahead of Chicago, so it is already Saturday 17:10 there.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        made = ask(rng, done)
        return made and instance(NAME, made.text, [made.answer])

    shown = [demonstration(" ".join(text.split()), *rest) for text, *rest in TAUGHT]
    return document(NAME, SEED, ABOUT, shown, draw, count=COUNT)
