"""Give the state of a train booking after the last turn of a dialogue.

A simulator draws what the customer says turn by turn and changes the state as it does so: new
wishes, corrections, days counted from today or from the day of travel, offers taken or turned down.
"""

import json
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "travel_booking_state"
SEED, COUNT = 20_301, 80

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September"]
MONTHS += ["October", "November", "December"]
NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven"]
CITIES = ["Antwerp", "Bologna", "Brno", "Dresden", "Ghent", "Graz", "Krakow", "Linz", "Lyon"]
CITIES += ["Malmö", "Porto", "Seville", "Utrecht", "Vilnius", "Zagreb", "Zurich"]
CLASSES = ["first", "second"]
NOON, PAIR = 12, 2
FIELDS = ["from", "to", "date", "time", "travellers", "class", "return"]
State = dict[str, str]
Said = tuple[str, State]


def later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def after(day: str, weekday: int) -> str:
    return later(day, (weekday - date.fromisoformat(day).weekday() - 1) % 7 + 1)


def moved(at: str, minutes: int) -> str:
    when = datetime.combine(date(2026, 1, 1), time.fromisoformat(at)) + timedelta(minutes=minutes)
    return f"{when:%H:%M}"


def travel_day(rng: Random, today: str) -> Said:
    weekday, days = rng.randrange(7), rng.randint(3, 6)
    ahead = date.fromisoformat(later(today, rng.randint(5, 25)))
    return rng.choice(
        [
            ("tomorrow", {"date": later(today, 1)}),
            ("the day after tomorrow", {"date": later(today, 2)}),
            (f"in {NUMBERS[days]} days", {"date": later(today, days)}),
            ("a week from today", {"date": later(today, 7)}),
            (f"on the first {DAYS[weekday]} after today", {"date": after(today, weekday)}),
            (f"on {ahead.day} {MONTHS[ahead.month - 1]}", {"date": ahead.isoformat()}),
        ]
    )


def party(rng: Random) -> Said:
    n = rng.randint(2, 4)
    text, count = rng.choice(
        [
            ("it is just me", 1),
            ("my sister is coming with me", 2),
            (f"I am travelling with {NUMBERS[n]} colleagues", n + 1),
            (f"there are {NUMBERS[n]} of us", n),
            (f"my wife and I and our {NUMBERS[n]} children", n + 2),
        ]
    )
    return text, {"travellers": str(count)}


def leaving(rng: Random) -> Said:
    hour, minute = rng.randint(7, 16), rng.choice([0, 15, 30, 45])
    name = (*NUMBERS, "eight", "nine", "ten", "eleven", "twelve")
    on, to = name[(hour - 1) % 12 + 1], name[hour % 12 + 1]
    words = {0: f"{on} o'clock", 15: f"a quarter past {on}", 30: f"half past {on}"}
    half = "morning" if hour < NOON else "afternoon"
    said = f"{words.get(minute, f'a quarter to {to}')} in the {half}"
    return rng.choice([said, f"{hour:02}:{minute:02}"]), {"time": f"{hour:02}:{minute:02}"}


def corrections(rng: Random, state: State, first: State, today: str) -> list[Said]:
    city = rng.choice([city for city in CITIES if city not in state.values()])
    other = "second" if state["class"] == "first" else "first"
    start, end, out, people = state["from"], state["to"], state["date"], int(state["travellers"])
    n, number = rng.randint(1, 3), rng.randrange(7)
    days, name = f"{NUMBERS[n]} day{'s' * (n > 1)}", DAYS[number]
    day, change = travel_day(rng, today)
    found: list[Said] = [
        (f"I said {end}, but I meant {city}.", {"to": city}),
        (f"The trip has to start from {city} instead.", {"from": city}),
        ("Oh dear, I mixed the two cities up: swap them, please.", {"from": end, "to": start}),
        (f"Make it {days} later than planned so far.", {"date": later(out, n)}),
        (f"Could it be {day} instead?", change),
        (f"Let it be the first {name} after the day planned so far.", {"date": after(out, number)}),
        ("An hour earlier would be better.", {"time": moved(state["time"], -60)}),
        ("Half an hour later would suit me better.", {"time": moved(state["time"], 30)}),
        ("A friend has just decided to come along as well.", {"travellers": str(people + 1)}),
        (f"On second thoughts, {other} class, please.", {"class": other}),
        ("And a seat back, please, on the day after setting out.", {"return": later(out, 1)}),
        (f"Then back on the first {name} after the way out.", {"return": after(out, number)}),
        (f"The way back would be {days} after the way out.", {"return": later(out, n)}),
        ("And back again on the same day.", {"return": out}),
    ]
    if people > PAIR:
        found.append(("One of us has to stay at home after all.", {"travellers": str(people - 1)}))
    if state["return"] != "none":
        found.append(("Forget about the way back, one way will do.", {"return": "none"}))
    for field, text in [
        ("date", "I would rather keep the day I named at first."),
        ("time", "The time I gave at first was better after all."),
        ("to", "No, let it be the city I first wanted to go to."),
    ]:
        if first[field] != state[field]:
            found.append((text, {field: first[field]}))
    return found


ASIDES = ["", "", "", "", "Is there a dining car?", "The rest is fine.", "Everything else stays."]
ASIDES += ["Last year we went in first class and were bored.", "In May there were seven of us."]
ASIDES += ["My cousin in Tampere will be jealous.", "I once missed a train at 6:15."]
OPENINGS = [
    "Hello, I need a train from {a} to {b} {day}.",
    "I'd like to go to {b} {day}. I will be starting from {a}.",
    "Good morning! Are there seats from {a} to {b} {day}?",
    "{a} to {b}, please, {day}.",
]
ASK = ["How many people travel, and at what time?", "Certainly. For how many, and for when?"]
CLASS = [("Second will do.", "second"), ("First, please.", "first"), ("The cheaper one.", "second")]
CLASS += [("First if that means peace and quiet.", "first"), ("Not first, please.", "second")]
NOTED = ["I have noted that. Anything else?", "Of course. Is that all?", "Done. What else?"]


def simulated(rng: Random, changes: int) -> tuple[list[str], State] | None:
    """Return the turns, the customer's last, and the state after them; None if it is impossible."""
    today = later("2026-01-05", rng.randrange(700))
    a, b = rng.sample(CITIES, 2)
    day, dated = travel_day(rng, today)
    (who, people), (at, timed) = party(rng), leaving(rng)
    answer, chosen = rng.choice(CLASS)
    state = dict.fromkeys(FIELDS, "none") | {"from": a, "to": b, "class": chosen}
    state |= dated | people | timed
    first = dict(state)
    now = date.fromisoformat(today)
    spoken = f"{DAYS[now.weekday()]}, {now.day} {MONTHS[now.month - 1]} {now.year}"
    turns = [
        f"Welcome to the booking service. Today is {spoken}. How can I help?",
        rng.choice(OPENINGS).format(a=a, b=b, day=day),
        rng.choice(ASK),
        rng.choice([f"{who[0].upper()}{who[1:]}, leaving at {at}.", f"At {at}; {who}."]),
        "Would you like first or second class?",
        answer,
    ]
    for number in range(changes):
        offer = moved(state["time"], rng.choice([-25, 20, 40, 55]))
        said: list[str] = []
        changed: set[str] = set()
        if rng.random() < 1 / 3:
            turns.append(f"That train is full. There is another one at {offer}; shall I take that?")
            text, taken = rng.choice(
                [("Yes, please.", True), ("No, leave the time as it was.", False)]
            )
            said.append(text)
            state["time"] = offer if taken else state["time"]
        else:
            turns.append(rng.choice(NOTED))
        for _ in range(2 if number == changes - 1 else 1):
            text, change = rng.choice(corrections(rng, state, first, today))
            moot = set(change.items()) <= set(state.items())
            if moot or ("time" in change and "full" in turns[-1]) or changed & set(change):
                return None
            changed |= {"date", "return"} if "return" in change else set(change)
            said.append(text)
            state |= change
        turns.append(" ".join(filter(None, [*said, rng.choice(ASIDES)])))
    fine = today < state["date"] <= state["return"] and state["from"] != state["to"]
    return (turns, state) if fine else None


ABOUT = {
    "summary": "Track the state of a train booking to the end of a dialogue.",
    "definition": paragraphs("""
        You are given a dialogue between a booking service and a customer, ending with what the
        customer says last. Give what is booked after that: one line of JSON without spaces between
        keys and values, with these seven keys in this order, all values strings: "from" and "to"
        (cities), "date" (of the outward trip, YYYY-MM-DD), "time" (when the customer wants to
        leave, 24-hour HH:MM), "travellers" (all people who travel, the customer included, in
        digits), "class" ("first" or "second"), "return" (date of the way back, YYYY-MM-DD, or
        "none"). Later turns correct earlier ones; what is not mentioned again stays as it is. A
        fixed date, such as that of the way back, does not move when the other date is changed. A
        date without a year is the next such day after today.

        Fill in the state of the booking at the end of the conversation, as compact JSON with the
        keys from, to, date, time, travellers, class, return (in that order, string values). Dates
        look like 2026-05-09, times like 07:30, the number of travellers counts everybody including
        the speaker, class is first or second, and return is the date of the way back or none. Take
        over every correction; accept or leave an offered train as the customer does. Changing one
        field leaves all others alone, also the two dates among each other. The greeting names
        today; days without a year lie in the future.

        What should the service have on its form after the customer's last turn? Write the object
        {"from":...,"to":...,"date":...,"time":...,"travellers":...,"class":...,"return":...}
        without blanks outside the strings; every value is a string. Work out dates from the day
        given in the greeting (YYYY-MM-DD; the next such day if the year is not said) and times of
        day (HH:MM, 24 hours); count the customer among the travellers; class is "first" or
        "second"; "return" is "none" unless a way back is wanted. If one date moves, the other
        stays.
    """),
    "answer_format": {
        "kind": "fields",
        "fields": {field: {"type": "text"} for field in FIELDS}
        | {"travellers": {"type": "number"}, "class": {"type": "label", "labels": CLASSES}},
    },
    "categories": ["Dialogue State Tracking"],
    "domains": ["Dialogue"],
    "reasoning": ["Temporal Reasoning", "Quantitative Reasoning"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

GREETING = "Welcome to the booking service. Today is Friday, 27 February 2026. How can I help?"
# Turns, separated by bars, values of the fields, lesson.
TAUGHT = [
    (
        """Turin to Basel, please, tomorrow.|For how many, and at what time?|Two friends and I, at
        a quarter to eight in the morning.|First or second class?|The cheaper one.|Done. What
        else?|Make it one day later, and we come back on the Tuesday after that.""",
        "Turin Basel 2026-03-01 07:45 3 second 2026-03-03",
        """Tomorrow is 28 February; one day later is 1 March, a Sunday, and the Tuesday after it 3
        March. Two friends and the customer are three; the time has not changed.""",
    ),
    (
        """I'd like to go to Oulu on 3 March, from Turku.|How many people, and at what time?|Just
        me, at 16:30.|First or second class?|First, please.|That train is full. There is one at
        17:10; shall I take that?|Yes. Is there a dining car? And a friend has decided to come
        along.""",
        "Turku Oulu 2026-03-03 17:10 2 first none",
        """The offered train is taken, so the time is 17:10, and the friend makes two travellers.
        Nobody has spoken of a way back.""",
    ),
    (
        """Are there seats from Cork to Galway in three days?|For how many, and when?|Four of us,
        half past one in the afternoon.|First or second class?|Second.|I have noted that.
        Anything else?|Back on the same day. And I mixed the cities up: it is the other way
        round.""",
        "Galway Cork 2026-03-02 13:30 4 second 2026-03-02",
        """Three days after 27 February is 2 March, also the date of the way back. The cities change
        places.""",
    ),
    (
        """Nice to Genoa on the first Monday after today.|How many seats, and for when?|My wife and
        I and our two children, at 9:15.|First or second class?|Second. The way back would be
        two days later.|Done. What else?|Please set out on the Tuesday instead.""",
        "Nice Genoa 2026-03-03 09:15 4 second 2026-03-05",
        """The way back was fixed as two days after Monday, 2 March. Here it has moved along with
        the way out, but a change of one date leaves the other as it is.

        Keep "return" at "2026-03-04"; only "date" becomes "2026-03-03".""",
    ),
    (
        """From Pécs to Eger on 5 March, please.|How many people, and at what time?|I am travelling
        with three colleagues, at four o'clock in the afternoon.|First or second class?|Not
        first.|Of course. Is that all?|An hour earlier would be better. Last year we went in
        first class.""",
        "Pécs Eger 2026-03-05 15:00 3 first none",
        """Two fields are wrong: the customer travels with three colleagues, which makes four, and
        first class belongs to last year's trip.

        Set "travellers" to "4" and leave "class" at "second".""",
    ),
]


def dialogue(turns: list[str]) -> list[dict[str, str]]:
    roles = ["assistant", "user"]
    return [{"role": roles[n % 2], "content": turn} for n, turn in enumerate(turns)]


def rendered(state: State) -> str:
    return json.dumps(state, ensure_ascii=False, separators=(",", ":"))


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        drawn = simulated(rng, 1 + done % 3)
        if drawn is None:
            return None
        (*before, last), state = drawn
        answer = {field: [value] for field, value in state.items()}
        context = dialogue(before)
        return instance(NAME, last, [rendered(state)], answer=answer, context=context)

    shown = []
    for turns, values, lesson in TAUGHT:
        *before, last = [GREETING, *" ".join(turns.split()).split("|")]
        state = dict(zip(FIELDS, values.split(), strict=True))
        made = demonstration(last, rendered(state), lesson)
        shown.append(made | {"context": dialogue(before)})
    return document(NAME, SEED, ABOUT, shown, draw, count=COUNT)
