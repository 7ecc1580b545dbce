"""Read analogue clocks that are given as pictures, some of them seen in a mirror.

Both hands move evenly. A face without minute marks shows a multiple of five minutes, and no clock
has its hands so close together that they could be mixed up.
"""

from copy import deepcopy
from functools import cache
from hashlib import sha256
from math import cos, hypot, pi, sin
from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs
from pictures import Colour, Picture

NAME = "clock_face_reading"
SEED = 20_552
CLOCKS, PER_CLOCK = 55, 2
SIZE, RADIUS = 240, 113
SHADES = 4  # colours of the palette between paper, 0, and ink, 1
DAY, HOUR = 24 * 60, 60
APART = 14  # degrees between the hands

FACES = {  # what is written at the hours, from twelve on
    "all": list(map(str, [12, *range(1, 12)])),
    "quarters": ["12", "", "", "3", "", "", "6", "", "", "9", "", ""],
    "roman": ["XII", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI"],
    "none": [""] * 12,
}
INKS = [(20, 20, 20), (24, 40, 96), (24, 72, 48), (104, 28, 36)]
PAPERS = [(255, 255, 255), (253, 248, 232)]


class Clock(NamedTuple):
    """A clock, the time it shows in minutes after midnight, and how it is drawn."""

    key: str
    shown: int
    face: str
    fine: bool
    mirrored: bool
    ink: Colour
    paper: Colour


@cache
def clocks() -> list[Clock]:
    rng = Random(SEED)
    made: list[Clock] = []
    while len(made) < CLOCKS:
        mirrored = not (len(made) + 3) % 5
        face = "none" if mirrored else rng.choice(["all", "all", "quarters", "roman", "none"])
        fine = mirrored or rng.choice([True, True, False])
        shown = rng.randrange(0, DAY, 1 if fine else 5)
        if abs((shown * 5.5 + 180) % 360 - 180) < APART or shown % 720 in {
            clock.shown % 720 for clock in made
        }:
            continue
        look = rng.choice(INKS), rng.choice(PAPERS)
        made.append(Clock(f"clock{len(made) + 1:02}", shown, face, fine, mirrored, *look))
    return made


def blot(picture: Picture, x: int, y: int, cover: float) -> None:
    """Darken a pixel to the part `cover` of the ink, unless it is darker already."""
    level = round(SHADES * min(max(cover, 0), 1))
    now = picture.rows[y][x]
    if level and (now == 0 or SHADES + 1 - level < now):
        picture.rows[y][x] = SHADES + 1 - level


def stroke(picture: Picture, turn: float, start: float, end: float, thick: float) -> None:
    """Draw a line outwards from the centre; `turn` is the part of a full turn, clockwise."""
    right, down = sin(2 * pi * turn), -cos(2 * pi * turn)
    middle = SIZE / 2
    ends = [(middle + right * at, middle + down * at) for at in (start, end)]
    (left, high), (far, low) = (
        [f(values) for values in zip(*ends, strict=True)] for f in (min, max)
    )
    margin = thick + 2
    for y in range(int(high - margin), int(low + margin) + 1):
        for x in range(int(left - margin), int(far + margin) + 1):
            along = (x - middle) * right + (y - middle) * down
            nearest = min(max(along, start), end)
            away = hypot(x - middle - right * nearest, y - middle - down * nearest)
            blot(picture, x, y, thick / 2 + 0.5 - away)


@cache
def dial(face: str, *, fine: bool) -> Picture:
    picture = Picture(SIZE, SIZE)
    for y in range(SIZE):
        for x in range(SIZE):
            blot(picture, x, y, 1.9 - abs(hypot(x - SIZE / 2, y - SIZE / 2) - RADIUS))
    for tick in range(60):
        if tick % 5 == 0:
            stroke(picture, tick / 60, RADIUS - 12, RADIUS, 3.3)
        elif fine:
            stroke(picture, tick / 60, RADIUS - 7, RADIUS, 1.3)
    inwards = 38 if face == "roman" else 28
    for number, label in enumerate(FACES[face]):
        x = SIZE / 2 + (RADIUS - inwards) * sin(pi * number / 6)
        y = SIZE / 2 - (RADIUS - inwards) * cos(pi * number / 6)
        picture.text(label, round(x), round(y) - 7, 0.5)
    return picture


def drawn(clock: Clock) -> bytes:
    picture = deepcopy(dial(clock.face, fine=clock.fine))
    side = -1 if clock.mirrored else 1
    stroke(picture, side * clock.shown / (12 * HOUR), 0, 56, 7.3)
    stroke(picture, side * clock.shown / HOUR, 0, 97, 3.3)
    stroke(picture, 0, 0, 0.1, 11.3)
    pairs = list(zip(clock.paper, clock.ink, strict=True))
    palette = [
        tuple(paper + (ink - paper) * level // SHADES for paper, ink in pairs)
        for level in (0, *range(SHADES, 0, -1))
    ]
    return picture.png(palette)


@cache
def files() -> dict[str, bytes]:
    return {f"{clock.key}.png": drawn(clock) for clock in clocks()}


PLACES = """\
over the door of a classroom|at a small railway station|in the Mensah family's kitchen|in a cinema
on the wall of a waiting room|in the town hall of a mountain village|in Ines's living room|in a gym
behind the counter of a bakery|in the reading room of a library|at the ferry landing|in a hotel
in a repair shop for bicycles|above the bar of a tea house|in a dance studio|at the market gate
""".replace("\n", "|").split("|")[:-1]
PEOPLE = ["Amina", "Jorge", "Mei", "Tomasz", "Leilani", "Kofi", "Sana", "Pavel", "Itzel", "Ravi"]
MIRROR = "You see the clock in a mirror, so left and right are swapped. "
# Headed by the sign with which a span is added to the time shown, and by what spans there are.
TEXTS = """\
0 0
This clock hangs {place}. {Part}. What time does it show?
{Part}, and {name} looks at the clock {place}. What time is it?
{name} took this picture of a clock {place}. {Part}. At what time was that?
The clock in the picture is {place}, and it is right. {Part}. Give the time.
{Part}. What should {name}, who sees this clock {place}, write down as the time?

1 35 40 50 55 75 80 95 100 110 130 150 165
{Part}, and {name} puts a cake in the oven, which takes {span} to bake. When is it done?
{Part}. The bus leaves {span} after the time on the clock {place}. When does it leave?
{name} falls asleep now, and {part}. If {name} wakes up in {span}, what will the time be?
{Part} when the concert begins, at the time shown, and it lasts {span}. When does it end?
{name} may park for {span} from the time on the clock. {Part}. Until when is that?
{Part}. {name} has to hand in the work in {span}. What is the latest time for it?

-1 35 40 50 55 75 80 95 100 110 130 150 165
{Part} when {name} sees this clock {place}, after a wait of {span}. When did the wait begin?
The clock shows the end of a meeting of {span}, and {part} then. When did the meeting begin?
{Part}. {name} says: "I got here {span} ago." At what time did {name} arrive?
{name}'s train is due at the time shown, {span} after its departure. {Part}. When did it leave?
{Part} on the clock {place}, and the power failed {span} ago. At what time was that?

-1 4 7 10 12 15 20 25
The clock {place} is {span} fast. By this clock, {part}. What is the correct time?
{name}'s clock runs {span} ahead of the true time. By this clock, {part}. What time is it really?

1 4 7 10 12 15 20 25
The clock {place} is {span} slow. By this clock, {part}. What is the correct time?
{name}'s clock is {span} behind the true time. By this clock, {part}. What time is it really?
"""
KINDS = [block.splitlines() for block in TEXTS.strip().split("\n\n")]
PARTS = [  # hours, and what may be said of them
    (range(5, 12), ["it is morning", "it is before noon", "it is a.m."]),
    (range(13, 18), ["it is afternoon", "it is p.m."]),
    (range(18, 22), ["it is evening", "it is p.m."]),
    (range(12), ["it is a.m."]),
    (range(12, 24), ["it is p.m."]),
]


def clock_time(minutes: int) -> str:
    return "{:02}:{:02}".format(*divmod(minutes % DAY, HOUR))


def said(span: int) -> str:
    hours, minutes = divmod(span, HOUR)
    return f"{hours} hour{'s' * (hours > 1)} and " * (hours > 0) + f"{minutes} minutes"


def asked(rng: Random, clock: Clock, number: int) -> tuple[str, str]:
    """Return a question and its answer; `number` 0 reads the clock, others compute as well."""
    head, *texts = KINDS[rng.randrange(1, len(KINDS)) if number else 0]
    sign, *spans = map(int, head.split())
    span = rng.choice(spans)
    part = rng.choice(next(words for hours, words in PARTS if clock.shown // HOUR in hours))
    words = {"place": rng.choice(PLACES), "name": rng.choice(PEOPLE), "part": part}
    words |= {"Part": part.capitalize(), "span": said(span)}
    text = MIRROR * clock.mirrored + rng.choice(texts).format(**words).replace("m..", "m.")
    return text, clock_time(clock.shown + sign * span)


ABOUT = {
    "summary": "Tell the time from a picture of an analogue clock.",
    "definition": paragraphs("""
        You are given a picture of an analogue clock and a question. The short, thick hand shows the
        hours and the long, thin hand the minutes; the topmost mark is twelve. Answer with a time
        on the 24-hour clock, from 00:00 to 23:59, as HH:MM with two digits each, and nothing else.
        The text says which half of the day the clock shows: from midnight on it is a.m. (00:00 to
        11:59), from noon on p.m. (12:00 to 23:59). Read the clock to the minute; if its face has
        no marks for single minutes, it shows a multiple of five. Where the text says that the
        clock is seen in a mirror, undo the mirroring first; where it asks for another time than
        the one shown, compute it.

        Read the clock in the picture, with its thin long minute hand, thick short hour hand and
        twelve at the top, and answer the question with one time in the form HH:MM (24 hours, two
        digits before and two after the colon, such as 07:05 or 16:40; midnight is 00:00 and noon
        12:00). Whether the clock shows a time a.m. or p.m., before or after noon, follows from the
        text. Clocks are exact to the minute, and to five minutes if only the hours are marked. In
        a mirror, left and right of the face are swapped. If the question is about an earlier or
        later moment, or about a clock that is fast or slow, give the time that is asked for and
        not the one that is shown.

        What time does the question about the pictured clock ask for? Write it with a 24-hour clock
        as two digits, colon, two digits, without further words: 09:30 for half past nine in the
        morning, 21:30 in the evening, 00:10 for ten past midnight. The hour hand is the short and
        thick one, twelve is at the top whether or not it is written there, and the half of the day
        (a.m. up to just before noon, p.m. from noon) is stated. Minutes count exactly; on a face
        without small marks the minute hand points at one of the twelve big ones. A clock in a
        mirror has to be turned back, and a span of time in the text to be added or taken away.
    """),
    "metrics": ["exact_match"],
    "categories": ["Number Conversion"],
    "domains": ["Commonsense -> Concepts and Relations -> Spatial Commonsense"],
    "reasoning": ["Temporal Reasoning", "Commonsense Reasoning -> Spatial Reasoning"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["zxx"]},
}
# Question, output, lesson; no instance uses these clocks, which are the first ones.
TAUGHT = [
    (
        "This clock hangs in a print shop. It is evening. What time does it show?",
        "21:24",
        """The long hand is one mark short of the big mark for 25 minutes: 24 minutes. The short
        hand has passed nine and is not halfway to ten: 9:24, which is 21:24 in the evening.""",
    ),
    (
        "It is p.m. The bus leaves 95 minutes after the time on the clock. When does it leave?",
        "18:19",
        """The short hand is between IV and V and the long hand one mark short of IX, at 44
        minutes: 4:44 p.m. is 16:44. An hour and 35 minutes later it is 18:19.""",
    ),
    (
        MIRROR + "It is afternoon. What time is it?",
        "16:39",
        """The picture seems to show 21 minutes past, but in the mirror the long hand is as far
        before twelve as it seems after it: 60 - 21 = 39. In the same way the short hand, between
        seven and eight in the mirror, is really between four and five.""",
    ),
    (
        "This clock hangs in a bank. It is a.m. What time does it show?",
        "06:35",
        """The short hand is nearer to six than to five, but it has not reached six yet; it still
        belongs to the hour that it has passed.

        The hour is five and the long hand points at 35 minutes: 05:35.""",
    ),
    (
        "It is p.m. by this clock, which is 25 minutes fast. What is the correct time?",
        "14:46",
        """This adds the 25 minutes. A fast clock shows more than the true time.

        Take the 25 minutes away from 14:21: the answer is 13:56.""",
    ),
]


def put(clock: Clock, text: str) -> str:
    return f"{{{{{clock.key}}}}}\n{text}"


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any]:
        clock = clocks()[len(TAUGHT) + done // PER_CLOCK]
        text, answer = asked(rng, clock, done % PER_CLOCK)
        return instance(NAME, put(clock, text), [answer], attachments=[clock.key])

    shown = [
        demonstration(put(clock, text), output, lesson) | {"attachments": [clock.key]}
        for clock, (text, output, lesson) in zip(clocks(), TAUGHT, strict=False)
    ]
    attachments = {
        clock.key: {
            "media_type": "image/png",
            "path": f"{NAME}/{clock.key}.png",
            "sha256": sha256(files()[f"{clock.key}.png"]).hexdigest(),
            "alt": "An analogue clock with two hands" + ", in a mirror" * clock.mirrored,
        }
        for clock in clocks()
    }
    count = PER_CLOCK * (CLOCKS - len(TAUGHT))
    return document(NAME, SEED, ABOUT | {"attachments": attachments}, shown, draw, count=count)
