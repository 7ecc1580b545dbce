"""Turn a message that books a restaurant table into a record of five fields.

Each message is put together from a record that is drawn first; dates are computed with `datetime`
from the day on which the message was received, and guests and times from what the message adds up,
takes back or moves.
"""

import json
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "table_booking_fields"
SEED = 20_110

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September"]
MONTHS += ["October", "November", "December"]
NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
NUMBERS += ["eleven", "twelve"]
EVENING = 17

NAMES = ["Farah Idrissi", "Tom Becker", "Mrs Okafor", "Lucía Herrero", "J. Nakamura", "Petra Novak"]
NAMES += ["Mr van Dijk", "Aylin Demir", "Sean O'Leary", "Priya Raman", "Lindqvist", "Abena Ofori"]
NAMES += ["Nguyen Van Minh", "Prof. Rossi", "Dilnoza", "Tamar Beridze", "K. Haddad"]

SEATS = {
    "inside": [
        "We would like to sit indoors, please.",
        "A table beside the fireplace in the dining room would be lovely.",
        "Not on the terrace, please: it is too windy for us.",
    ],
    "outside": [
        "If possible, a table in the garden.",
        "Please put us on the terrace.",
        "We would rather eat in the open air if you have the room.",
    ],
    "any": ["", "We don't mind where we sit.", "Indoors or out, both are fine with us."],
}
ASIDES = [
    "",
    "We last ate with you on 3 January and loved it.",
    "You can reach me on 555 0142.",
    "A colleague, Mr Boyle, recommended you.",
    "It is my mother's 70th birthday.",
    "Do you also have vegetarian dishes?",
    "Last time we were ten, and you were very kind to us.",
    "One of us cannot eat nuts.",
    "Your website still shows the menu of 2 December.",
]
LETTERS = [
    (
        "Hello, I'd like to book a table {date} at {time} for {guests}. {seat} {aside} The name "
        "is {name}."
    ),
    (
        "Hi, do you have a table for {guests} {date}? We would arrive at {time}. {aside} {seat} "
        "Please put it under {name}."
    ),
    (
        "Good morning. {aside} Could you keep us a table {date}? It is for {guests}, and {time} "
        "would be perfect. {seat} Thanks, {name}"
    ),
    (
        "We would like to come {date} at {time}: a table for {guests}, in the name of {name}. "
        "{seat} {aside}"
    ),
    (
        "Dear team, is a table still free {date} at {time}? I need one for {guests}. {aside} "
        "{seat} Kind regards, {name}"
    ),
    (
        "This is a booking in the name of {name}: a table for {guests} {date} at {time}, please. "
        "{seat} {aside}"
    ),
]
CHANGES = [  # what is added to the message, how many guests more, how many minutes later
    ("", 0, 0),
    ("", 0, 0),
    ("PS: One more friend is joining us after all, so please add a seat.", 1, 0),
    ("PS: One of us has just cancelled, so we are one fewer than I wrote.", -1, 0),
    ("PS: On second thoughts, half an hour later would suit us better.", 0, 30),
    ("PS: Sorry, please make that an hour earlier.", 0, -60),
]


def spoken_date(rng: Random, received: date) -> tuple[str, date]:
    ahead = rng.randint(3, 30)
    day = received + timedelta(days=ahead)
    coming = received + timedelta(days=rng.randint(1, 7))
    return rng.choice(
        [
            ("tomorrow", received + timedelta(days=1)),
            ("the day after tomorrow", received + timedelta(days=2)),
            ("exactly one week from today", received + timedelta(days=7)),
            (f"in {NUMBERS[ahead % 8 + 3]} days", received + timedelta(days=ahead % 8 + 3)),
            (f"on the first {DAYS[coming.weekday()]} after today", coming),
            (f"on {day.day} {MONTHS[day.month - 1]}", day),
            (f"on {DAYS[day.weekday()]}, {MONTHS[day.month - 1]} {day.day}", day),
        ]
    )


def spoken_time(rng: Random, at: time) -> str:
    hour = at.hour % 12 or 12
    part = "evening" if at.hour >= EVENING else "afternoon"
    words = {
        0: f"{NUMBERS[hour]} o'clock",
        15: f"a quarter past {NUMBERS[hour]}",
        30: f"half past {NUMBERS[hour]}",
        45: f"a quarter to {NUMBERS[hour % 12 + 1]}",
    }
    return rng.choice(
        [
            f"{at:%H:%M}",
            f"{hour}:{at:%M} pm",
            f"{hour}.{at:%M} pm",
            f"{words[at.minute]} in the {part}",
        ]
    )


def spoken_guests(rng: Random) -> tuple[str, int]:
    a, b = rng.randint(2, 6), rng.randint(2, 4)
    return rng.choice(
        [
            (f"{NUMBERS[a]} adults and {NUMBERS[b]} children", a + b),
            (f"a party of {NUMBERS[a + b]}", a + b),
            (f"{a + b} people ({NUMBERS[b]} of them children)", a + b),
            (f"the {NUMBERS[a]} of us plus my parents", a + 2),
            (f"my partner, our {NUMBERS[b]} children and me", b + 2),
            (f"me and {NUMBERS[a]} colleagues", a + 1),
            ("my two sisters and me", 3),
        ]
    )


def rendered(record: dict[str, str]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def write(rng: Random, number: int) -> tuple[str, dict[str, str]]:
    received = date(2025, 1, 10) + timedelta(days=rng.randrange(700))
    day_text, day = spoken_date(rng, received)
    at = time(rng.choice([13, 18, 19, 20, 21]), rng.choice([0, 15, 30, 45]))
    guests_text, guests = spoken_guests(rng)
    seating = rng.choice(list(SEATS))
    name = rng.choice(NAMES)
    change, more, later = CHANGES[number // len(LETTERS) % len(CHANGES)]
    moved = datetime.combine(day, at) + timedelta(minutes=later)

    text = LETTERS[number % len(LETTERS)].format(
        date=day_text,
        time=spoken_time(rng, at),
        guests=guests_text,
        seat=rng.choice(SEATS[seating]),
        aside=rng.choice(ASIDES),
        name=name,
    )
    head = f"Received on {DAYS[received.weekday()]}, {received.day} "
    head += f"{MONTHS[received.month - 1]} {received.year}:"
    record = {
        "name": name,
        "date": day.isoformat(),
        "time": f"{moved:%H:%M}",
        "guests": str(guests + more),
        "seating": seating,
    }
    lines = [head, " ".join(text.split()), change]
    return "\n".join(filter(None, lines)), record


ABOUT = {
    "summary": "Extract name, date, time, guests and seating from a restaurant booking.",
    "definition": paragraphs("""
        You are given a message that books a table in a restaurant, with the day on which it was
        received. Extract a JSON object on one line, without spaces outside the values, with these
        five keys in this order, all values being strings: "name" (the name of the booking exactly
        as written), "date" (of the meal, YYYY-MM-DD; without a year, the next such day is meant),
        "time" (24-hour HH:MM), "guests" (how many people will eat, in digits, counting children and
        the writer), "seating" ("inside", "outside", or "any" if no preference is stated). Changes
        in a postscript replace what was said before.

        Read the booking message and fill in the record {"name":...,"date":...,"time":...,
        "guests":...,"seating":...} as compact JSON with string values. Take the name as it stands;
        work out the date of the visit from the day of receipt and write it as YYYY-MM-DD; give the
        final time as HH:MM on the 24-hour clock; count everybody who will sit at the table; choose
        seating from inside, outside and any (no wish expressed). A PS changes what the message says
        above.

        Convert the message to the restaurant into one line of JSON without blanks between keys and
        values, keys "name", "date", "time", "guests", "seating", in that order, every value a
        string. Format: date (the first such day after the day of receipt) like 2025-03-09, time
        like 19:30, guests as a number in digits after all additions and cancellations, seating one
        of inside / outside / any, name unchanged. Use "any" where the guests have no preference.
    """),
    "answer_format": {
        "kind": "fields",
        "fields": {
            "name": {"type": "text"},
            "date": {"type": "text"},
            "time": {"type": "text"},
            "guests": {"type": "number"},
            "seating": {"type": "label", "labels": list(SEATS)},
        },
    },
    "categories": ["Information Extraction"],
    "domains": ["Public Places -> Restaurants"],
    "reasoning": ["Temporal Reasoning", "Quantitative Reasoning"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

# Message, day of receipt and days until the meal, the other fields, wrong values, lesson.
TAUGHT = [
    (
        (
            "Received on Thursday, 30 January 2025:\nHello, could we have a table the day after "
            "tomorrow at a quarter to eight in the evening? It is for two adults and three "
            "children, and we would love to sit in the garden. The name is Ruiz."
        ),
        (date(2025, 1, 30), 2),
        {"name": "Ruiz", "time": "19:45", "guests": "5", "seating": "outside"},
        {},
        """Two days after 30 January is 1 February. A quarter to eight in the evening is 19:45,
        adults and children are counted together, and the garden is outside.""",
    ),
    (
        (
            "Received on Monday, 2 June 2025:\nPlease book a table under Hanna Vogel on the "
            "first Monday after today at 1:15 pm for the four of us plus my parents. We last "
            "came on 3 May."
        ),
        (date(2025, 6, 2), 7),
        {"name": "Hanna Vogel", "time": "13:15", "guests": "6", "seating": "any"},
        {},
        """The message was received on a Monday, so the first Monday after that day is a week
        later. Four and two parents are six. No place is asked for; 3 May is about an earlier
        visit.""",
    ),
    (
        (
            "Received on Friday, 14 November 2025:\nA table by the fireplace tomorrow at 20:00 "
            "for me and three colleagues, please. Regards, Dr Osei\nPS: One of us is ill, so "
            "there will be one fewer, and half an hour later would be better."
        ),
        (date(2025, 11, 14), 1),
        {"name": "Dr Osei", "time": "20:30", "guests": "3", "seating": "inside"},
        {},
        """The writer and three colleagues are four, less one is three; 20:00 moves to 20:30. The
        fireplace is inside, and the name keeps its title as written.""",
    ),
    (
        (
            "Received on Wednesday, 9 April 2025:\nHi, Bogdan Ilic here. A table on 12 April at "
            "half past six in the evening for my wife, our two children and me? Inside or "
            "outside is all the same to us."
        ),
        (date(2025, 4, 9), 3),
        {"name": "Bogdan Ilic", "time": "18:30", "guests": "4", "seating": "any"},
        {"guests": "3", "seating": "inside"},
        """Two fields are wrong: "my wife, our two children and me" are four people, because the
        writer eats too, and a guest to whom it is all the same has no preference.

        Set "guests" to "4" and "seating" to "any".""",
    ),
    (
        (
            "Received on Sunday, 31 August 2025:\nCould you keep a table in five days, at 8.15 "
            "pm, for a party of seven? On the terrace if the weather allows. Thanks, Maeve Dunne"
        ),
        (date(2025, 8, 31), 5),
        {"name": "Maeve Dunne", "time": "20:15", "guests": "7", "seating": "outside"},
        {"time": "8:15", "date": "2025-09-04"},
        """"8.15 pm" is 20:15 on the 24-hour clock, and five days after 31 August is 5 September:
        this record counts 31 August as the first of the five days.

        Count from the day after receipt and add twelve hours: "2025-09-05" and "20:15".""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any]:
        text, record = write(rng, done)
        answer = {field: [value] for field, value in record.items()}
        return instance(NAME, text, [rendered(record)], answer=answer)

    shown = []
    for text, (received, ahead), fields, wrong, lesson in TAUGHT:
        day = (received + timedelta(days=ahead)).isoformat()
        record = {"name": fields["name"], "date": day} | fields | wrong
        shown.append(demonstration(text, rendered(record), lesson))
    return document(NAME, SEED, ABOUT, shown, draw, count=72)
