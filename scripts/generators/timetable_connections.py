"""Find the best connection in a railway timetable, which is attached as a CSV file.

Where a question cancels or delays a train or rules out a station, the usual answer would be wrong.
"""

import json
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "timetable_connections"
SEED = 20_553
FIELDS = ["departure", "arrival", "changes"]
PER_TABLE, MOST = 8, 3  # questions; changes that a search considers

REGIONS = [
    "Aldmoor,Brenwick,Corly,Dunmere,Eskford,Farrow,Glenhope,Harsby,Inverley",
    "Salvora,Montelar,Pedrana,Quintela,Ribalta,Torvela,Valmora,Ermida,Lagosa",
    "Takemori,Hoshida,Kawane,Minato,Aonuma,Shirasaki,Fukube,Numajiri,Yanase",
    "Lubanda,Kisaro,Mwezi,Tandala,Nyoka,Pembeni,Rufino,Sokoni,Zawadi",
    "Halvik,Storby,Nordsund,Elvstad,Granli,Fossnes,Lindal,Myrvik,Solberg",
    "Devapur,Chandanpura,Ramgarh,Lalbagh,Nilkheri,Surajgaon,Amrapali,Phulwari,Jalnagar",
]
LINES = [[0, 1, 2, 3, 4], [5, 1, 6, 3], [7, 6, 8, 5]]  # stations by number
TABLES = 2 * len(REGIONS) + 1  # the first is for the demonstrations


class Stop(NamedTuple):
    """A stop of a train, in minutes after midnight; None where it begins or ends."""

    station: str
    arrival: int | None
    departure: int | None


class Trip(NamedTuple):
    """A journey."""

    departure: int
    arrival: int
    trains: tuple[str, ...]


class Wish(NamedTuple):
    """What is wanted; a change takes `change` minutes and is impossible where it is `shut`."""

    start: str
    goal: str
    after: int
    before: int
    change: int
    shut: str = ""


Trains = dict[str, list[Stop]]


@cache
def tables() -> dict[str, Trains]:
    rng = Random(SEED)
    made = {}
    for number in range(TABLES):
        trains, names = {}, rng.sample(REGIONS[number % len(REGIONS)].split(","), 9)
        for line, places in zip("ABC", LINES, strict=True):
            minutes = [rng.randint(7, 24) for _ in places[1:]]
            for way in (1, -1):
                stations = [names[place] for place in places[::way]]
                for run, start in enumerate(sorted(rng.sample(range(360, 840, 7), 3))):
                    key = f"{line}{2 * run + (1 if way == 1 else 2)}"
                    trains[key] = route(rng, start, stations, minutes[::way])
        made[f"table{number:02}"] = dict(sorted(trains.items()))
    return made


def route(rng: Random, start: int, stations: list[str], minutes: list[int]) -> list[Stop]:
    stops, now = [Stop(stations[0], None, start)], start
    for station, span in zip(stations[1:], minutes, strict=True):
        come, now = now + span, now + span + rng.randint(1, 4)
        stops.append(Stop(station, come, None if station == stations[-1] else now))
    return stops


def clock(minutes: int | None) -> str:
    return "" if minutes is None else "{:02}:{:02}".format(*divmod(minutes, 60))


@cache
def files() -> dict[str, bytes]:
    made = {}
    for key, trains in tables().items():
        rows = ["train,station,arrival,departure\n"]
        for train, stops in trains.items():
            rows += [f"{train},{at},{clock(come)},{clock(go)}\n" for at, come, go in stops]
        made[f"{key}.csv"] = "".join(rows).encode()
    return made


def trips(trains: Trains, wish: Wish, so_far: Trip | None = None) -> Iterator[Trip]:
    """Yield every journey from where `so_far` has got; each of them takes a train only once."""
    ready, used = (so_far.arrival + wish.change, so_far.trains) if so_far else (wish.after, ())
    for train, stops in trains.items():
        places = [stop.station for stop in stops]
        at = places.index(wish.start) if wish.start in places else -1
        left = stops[at].departure
        if train in used or left is None or left < ready:
            continue
        for stop in stops[at + 1 :]:
            trip = Trip(so_far.departure if so_far else left, stop.arrival or 0, (*used, train))
            if stop.station == wish.goal:
                yield from [trip] * (trip.arrival <= wish.before)
            elif len(used) < MOST and stop.station != wish.shut:
                yield from trips(trains, wish._replace(start=stop.station), trip)


def best(trains: Trains, wish: Wish, *, late: bool) -> Trip | None:
    """Return the journey to take: the one that leaves last if `late`, else that arrives first."""
    ranked = [(one.arrival, len(one.trains), -one.departure, one) for one in trips(trains, wish)]
    if late:
        ranked = [(departure, changes, arrival, one) for arrival, changes, departure, one in ranked]
    return min(ranked)[-1] if ranked else None


def rendered(trip: Trip) -> dict[str, str]:
    values = clock(trip.departure), clock(trip.arrival), str(len(trip.trains) - 1)
    return dict(zip(FIELDS, values, strict=True))


FIRST = [
    "You are at {start} from {after} on and want to be in {goal} as early as possible.",
    "{name} can leave {start} at {after} at the earliest. What is the first arrival in {goal}?",
    "Find the earliest arrival in {goal} for somebody who is ready to leave {start} at {after}.",
    "It is {after}, and {name} at {start} station wants to reach {goal} as soon as possible.",
    "{name}'s bus gets to {start} station at {after}. How soon can {name} then be in {goal}?",
]
LAST = [
    "You have to be in {goal} by {before} and want to leave {start} as late as possible.",
    "{name} must be in {goal} at {before} at the latest. What is the last way from {start}?",
    "Find the latest departure from {start} that reaches {goal} no later than {before}.",
    "A meeting at {goal} station begins at {before}. How late can {name} set out from {start}?",
]
CHANGE = [
    "A change takes at least {change} minutes.",
    "Allow {change} minutes or more for each change.",
    "There must be {change} minutes or more between two trains.",
]
EXTRA = {
    "off": ["Train {train} is cancelled today.", "Today {train} does not run at all."],
    "late": [
        "Train {train} is {late} minutes late today.",
        "Today {train} runs {late} minutes late.",
    ],
    "shut": ["It is not possible to change trains at {shut} today.", "Do not change at {shut}."],
}
KINDS = [(FIRST, ""), (LAST, "shut"), (FIRST, "off"), (FIRST, "late"), (LAST, "")]
KINDS += [(LAST, "off"), (FIRST, "shut"), (LAST, "late")]
NAMES = ["Wanjiru", "Oskar", "Beatriz", "Haruki", "Leena", "Samir", "Odile", "Thandiwe", "Marek"]


def changed(trains: Trains, train: str, late: int) -> Trains:
    """Return the trains of a day on which one is late, or cancelled if `late` is 0."""
    if not late:
        return {key: stops for key, stops in trains.items() if key != train}
    moved = [Stop(at, *(time and time + late for time in times)) for at, *times in trains[train]]
    return trains | {train: moved}


def ask(rng: Random, key: str, texts: list[str], extra: str) -> tuple[str, Trip] | None:
    """Return a question and the journey that answers it, or None where the draw is no use."""
    trains, last = tables()[key], texts is LAST
    stations = sorted({stop.station for stops in trains.values() for stop in stops})
    start, goal, shut = rng.sample(stations, 3)
    moment = rng.randrange(600, 1020, 5) if last else rng.randrange(360, 720, 5)
    wish = Wish(start, goal, 0 if last else moment, moment if last else 1440, rng.randint(3, 9))
    found = usual = best(trains, wish, late=last)
    if not usual or (len(usual.trains) == 1 and rng.randrange(4)):
        return None
    train, late = rng.choice(usual.trains), rng.randint(4, 25)
    if extra == "shut":
        found = best(trains, wish._replace(shut=shut), late=last)
    elif extra:
        found = best(changed(trains, train, late * (extra == "late")), wish, late=last)
    if not found or (extra and rendered(found) == rendered(usual)):
        return None
    words = wish._asdict() | {"after": clock(wish.after), "before": clock(wish.before)}
    words |= {"name": rng.choice(NAMES), "train": train, "late": late, "shut": shut}
    said = [rng.choice(part) for part in (texts, CHANGE, EXTRA.get(extra, [""]))]
    return f"{{{{{key}}}}}\n" + " ".join(said).strip().format(**words), found


ABOUT = {
    "summary": "Find the best train connection in an attached timetable.",
    "definition": paragraphs("""
        You are given a timetable as a CSV file, with one line for each stop of each train (no
        arrival at its first stop, no departure at its last), and a question about a journey. If
        it asks for the earliest arrival, find the connection that arrives first; of those, take
        the one with the fewest changes, then the one that leaves last. If it asks for the latest
        departure, find the one that leaves last; of those, the one with the fewest changes, then
        the one that arrives first. Between the arrival of one train and the departure of the next
        lie at least the minutes that the question says; staying on a train is no change. A late
        train is as late at every stop. Answer with JSON on one line without spaces, with three
        strings: "departure", "arrival" (HH:MM, including delays) and "changes" (digits).

        Plan the railway journey with the attached timetable (train, station, arrival, departure).
        Trains run on time, but one that is said to be late is so by as much at all its stations. A
        change needs the stated number of minutes, or more, between two trains. To be there early,
        choose the earliest arrival, then the fewest changes, then the latest departure; to leave
        late, the latest departure, then the fewest changes, then the earliest arrival. Output
        compact JSON, all values strings, {"departure":"07:05","arrival":"09:40","changes":"1"}:
        when the first train leaves, when the last arrives (real times), how often one changes.

        Which connection in the CSV timetable is asked for? Return one line of JSON with no blanks,
        {"departure":...,"arrival":...,"changes":...}, the times as "HH:MM" strings and the changes
        as a string of digits, "0" for a direct train. The best connection has the earliest possible
        arrival or, where one has to be somewhere by a given time, the latest possible departure;
        ties are decided by fewer changes and then by the shorter journey. A late train keeps its
        delay at all stops. No change may be shorter than the question allows.
    """),
    "answer_format": {
        "kind": "fields",
        "fields": dict(
            zip(FIELDS, [{"type": "text"}, {"type": "text"}, {"type": "number"}], strict=True)
        ),
    },
    "categories": ["Question Answering"],
    "domains": ["Public Places"],
    "reasoning": ["Planning", "Temporal Reasoning", "Multihop Reasoning"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}
# Question about the first table, departure, arrival and changes, lesson.
TAUGHT = [
    (
        """You are at Brenwick from 07:30 on and want to be in Corly as early as possible. A change
        takes at least 5 minutes.""",
        "07:45 09:40 2",
        """The first train to Corly that can be caught is A1, at Glenhope at 09:03, with B4 from
        Inverley at 08:32. Both C1 and C3 reach B4; C3 at 07:45 leaves last.""",
    ),
    (
        """You have to be in Aldmoor by 11:30 and want to leave Harsby as late as possible. Allow 6
        minutes or more for each change.""",
        "08:37 10:37 2",
        """C4 at 09:59 gets to Inverley after B6 has left, so C2 at 08:37 is the last that will do.
        With B6 it reaches both A4 and A6 at Glenhope; A4 arrives first.""",
    ),
    (
        """Leena can leave Dunmere at 10:00 at the earliest. What is the first arrival in Brenwick?
        A change takes at least 4 minutes. Train B3 is 12 minutes late today.""",
        "10:06 11:20 2",
        """A4 gets to Glenhope at 10:15. B3, due at 10:07, leaves at 10:19 today, which is just
        enough; it is at Inverley at 10:31, too late for C4, and C6 arrives at 11:20.""",
    ),
    (
        """You are at Brenwick from 07:30 on and want to be in Glenhope as early as possible. Allow
        5 minutes or more for each change.""",
        "07:38 08:44 1",
        """This takes C1 and waits for B4 at Inverley. Of the connections that arrive at 08:44
        with one change, the one that leaves last is wanted.

        C3 also reaches B4, so the departure is 07:45.""",
    ),
    (
        """You are at Harsby from 09:50 on and want to be in Eskford as early as possible. There
        must be 5 minutes or more between two trains.""",
        "09:59 10:44 1",
        """C4 arrives at Inverley at 10:20 and B3 leaves at 10:22: two minutes are too few.

        The next train to Eskford is B5, which arrives at 14:29; the last way to catch it is C5 at
        12:55 to Farrow. With one change, the answer has 12:55 and 14:29.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        key = list(tables())[1 + done // PER_TABLE]
        if (made := ask(rng, key, *KINDS[done % PER_TABLE])) is None:
            return None
        answer = {field: [value] for field, value in rendered(made[1]).items()}
        output = json.dumps(rendered(made[1]), separators=(",", ":"))
        return instance(NAME, made[0], [output], answer=answer, attachments=[key])

    demo, shown = next(iter(tables())), []
    for text, result, lesson in TAUGHT:
        asked = f"{{{{{demo}}}}}\n{' '.join(text.split())}"
        record = dict(zip(FIELDS, result.split(), strict=True))
        output = json.dumps(record, separators=(",", ":"))
        shown.append(demonstration(asked, output, lesson) | {"attachments": [demo]})
    attachments: dict[str, Any] = {key: {"media_type": "text/csv"} for key in tables()}
    for key, entry in attachments.items():
        entry["path"] = f"{NAME}/{key}.csv"
        entry["sha256"] = sha256(files()[f"{key}.csv"]).hexdigest()
        entry["alt"] = f"Timetable of {len(tables()[key])} trains on three lines"
    count = PER_TABLE * (TABLES - 1)
    return document(NAME, SEED, ABOUT | {"attachments": attachments}, shown, draw, count=count)
