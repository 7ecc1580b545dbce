"""Answer German questions about dates: so many days later, the last Friday of a month, and so on.

The answers are computed with `datetime` and `calendar`.
"""

from calendar import monthcalendar
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "german_date_arithmetic"
SEED = 20_103

DAYS = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]
MONTHS = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September"]
MONTHS += ["Oktober", "November", "Dezember"]
ORDINALS = ["ersten", "zweiten", "dritten", "vierten"]


def plain(day: date) -> str:
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def full(day: date) -> str:
    return f"{DAYS[day.weekday()]}, {plain(day)}"


def dative(day: date) -> str:
    return f"{DAYS[day.weekday()]}, dem {plain(day)}"


def later(start: date, days: int) -> date:
    return start + timedelta(days=days)


def workdays_later(start: date, count: int) -> date:
    day = start
    while count:
        day = later(day, 1)
        count -= day.weekday() < DAYS.index("Samstag")
    return day


def months_later(start: date, count: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return date(year, month + 1, start.day)


def weekday_after(start: date, weekday: int) -> date:
    return later(start, (weekday - start.weekday() - 1) % 7 + 1)


def nth_weekday(year: int, month: int, weekday: int, which: int) -> date:
    days = [week[weekday] for week in monthcalendar(year, month) if week[weekday]]
    return date(year, month, days[which])


Asked = tuple[str, date]


def in_days(rng: Random, day: date) -> Asked:
    n = rng.choice([9, 17, 25, 40, 60, 75, 100, 150])
    return (
        f"Heute ist {DAYS[day.weekday()]}, der {plain(day)}. Welches Datum haben wir in {n} Tagen?",
        later(day, n),
    )


def workdays(rng: Random, day: date) -> Asked:
    n = rng.randint(3, 14)
    return (
        (
            f"Ein Paket wird am {dative(day)}, aufgegeben. Es kommt am {n}. Werktag nach der "
            "Aufgabe an. Werktage sind hier Montag bis Freitag; Feiertage gibt es keine. Wann "
            "kommt es an?"
        ),
        workdays_later(day, n),
    )


def library(rng: Random, day: date) -> Asked:
    n = rng.randint(2, 9)
    name = rng.choice(["Leonie", "Herr Öztürk", "Frau Krause", "Jonas"])
    return (
        (
            f"{name} leiht am {plain(day)} in der Bibliothek ein Buch aus und muss es genau {n} "
            "Wochen später zurückgeben. An welchem Tag ist das?"
        ),
        later(day, 7 * n),
    )


def months(rng: Random, day: date) -> Asked:
    n = rng.randint(2, 17)
    day = day.replace(day=min(day.day, 28))
    return (
        (
            f"Ein Zähler wird am {plain(day)} eingebaut und genau {n} Monate später abgelesen, "
            "also am selben Tag des Monats. An welchem Tag ist das?"
        ),
        months_later(day, n),
    )


def last_weekday(rng: Random, day: date) -> Asked:
    weekday = rng.randrange(7)
    return (
        (
            f"Der Stammtisch trifft sich immer am letzten {DAYS[weekday]} des Monats. Wann "
            f"trifft er sich im {MONTHS[day.month - 1]} {day.year}?"
        ),
        nth_weekday(day.year, day.month, weekday, -1),
    )


def which_weekday(rng: Random, day: date) -> Asked:
    weekday, which = rng.randrange(7), rng.randrange(4)
    return (
        (
            f"Die Mülltonnen werden jeden {ORDINALS[which]} {DAYS[weekday]} im Monat geleert. "
            f"Wann ist das im {MONTHS[day.month - 1]} {day.year}?"
        ),
        nth_weekday(day.year, day.month, weekday, which),
    )


def before(rng: Random, day: date) -> Asked:
    n = rng.choice([10, 18, 30, 45, 66, 90, 120])
    return (
        (
            f"Das Konzert findet am {dative(day)}, statt. Der Vorverkauf begann {n} Tage vorher. "
            "An welchem Tag war das?"
        ),
        later(day, -n),
    )


def riddle(rng: Random, day: date) -> Asked:
    words = [("vorgestern", -2), ("gestern", -1), ("morgen", 1), ("übermorgen", 2)]
    (known, offset), (wanted, target) = rng.sample(words, 2)
    verb = "war" if offset < 0 else "ist"
    asked = "war" if target < 0 else "ist"
    return (
        f"{known.capitalize()} {verb} der {plain(day)}. Welcher Tag {asked} {wanted}?",
        later(day, target - offset),
    )


def day_of_year(rng: Random, day: date) -> Asked:
    n = rng.randint(35, 364)
    return (
        (
            f"Welches Datum ist der {n}. Tag des Jahres {day.year}, wenn der 1. Januar als erster "
            "Tag zählt?"
        ),
        later(date(day.year, 1, 1), n - 1),
    )


def every(rng: Random, day: date) -> Asked:
    n, k = rng.choice([3, 4, 5, 8, 9, 10, 12]), rng.randint(4, 11)
    return (
        (
            f"Eine Pflanze wird zum ersten Mal am {plain(day)} gegossen und danach alle {n} "
            f"Tage. An welchem Tag wird sie zum {k}. Mal gegossen?"
        ),
        later(day, n * (k - 1)),
    )


def first_after(rng: Random, day: date) -> Asked:
    weekday = rng.randrange(7)
    return (
        (
            f"Die Frist endet am ersten {DAYS[weekday]} nach {dative(day)}. Welches Datum ist das? "
            "Fällt der Ausgangstag selbst auf diesen Wochentag, zählt er nicht."
        ),
        weekday_after(day, weekday),
    )


FORMS: list[Callable[[Random, date], Asked]] = [
    in_days,
    workdays,
    library,
    months,
    last_weekday,
    which_weekday,
    before,
    riddle,
    day_of_year,
    every,
    first_after,
]

ABOUT = {
    "summary": "Work out a date from a German question.",
    "definition": paragraphs("""
        You are given a question in German about a date. Work out the date (Gregorian calendar) and
        answer in German in exactly this form: the weekday, a comma, the day as a number with a full
        stop, the name of the month, the year; for example "Mittwoch, 5. März 2025".

        Answer the German question with the full date it asks for, in German. Write weekday, comma,
        day number with a full stop, month name and four-digit year, as in "Samstag, 31. Mai 2025",
        and nothing more.

        The input asks, in German, which day something falls on. Calculate that day and give it with
        its weekday in the form "Montag, 1. Dezember 2025": no article, no leading zero, the month
        in letters.
    """),
    "metrics": ["exact_match"],
    "categories": ["Question Answering"],
    "domains": ["Narrative -> Everyday Events"],
    "reasoning": ["Temporal Reasoning", "Mathematics -> Arithmetic"],
    "languages": {"instruction": ["en"], "input": ["de"], "output": ["de"]},
}

# Question, right answer, wrong answer (or None), what the demonstration teaches.
TAUGHT: list[tuple[str, date, date | None, str]] = [
    (
        "Heute ist Mittwoch, der 19. Februar 2025. Welches Datum haben wir in 20 Tagen?",
        later(date(2025, 2, 19), 20),
        None,
        """February 2025 has 28 days, so 9 of the 20 days lead to 28 February and the other 11 to
        11 March. 20 days are two weeks and six days, so the weekday is the one before Mittwoch.""",
    ),
    (
        (
            "Ein Paket wird am Donnerstag, dem 3. Juli 2025, aufgegeben. Es kommt am 4. Werktag "
            "nach der Aufgabe an. Werktage sind hier Montag bis Freitag; Feiertage gibt es "
            "keine. Wann kommt es an?"
        ),
        workdays_later(date(2025, 7, 3), 4),
        None,
        """The day of posting does not count. Friday is the first working day, Saturday and
        Sunday are skipped, and Monday, Tuesday and Wednesday are the second, third and fourth.""",
    ),
    (
        "Der Chor probt immer am letzten Montag des Monats. Wann probt er im August 2026?",
        nth_weekday(2026, 8, 0, -1),
        None,
        """1 August 2026 is a Saturday, so the Mondays are the 3rd, 10th, 17th, 24th and 31st. A
        month can have five Mondays; the last one is wanted, not the fourth.""",
    ),
    (
        (
            "Eine Heizung wird zum ersten Mal am 2. Mai 2025 geprüft und danach alle 10 Tage. An "
            "welchem Tag wird sie zum 6. Mal geprüft?"
        ),
        later(date(2025, 5, 2), 10 * 5),
        later(date(2025, 5, 2), 10 * 6),
        """This adds six intervals of ten days, but the first check is on 2 May itself, so only
        five intervals lie between the first check and the sixth.

        Add 50 days instead of 60: Samstag, 21. Juni 2025.""",
    ),
    (
        (
            "Das Turnier findet am Sonntag, dem 10. März 2024, statt. Die Anmeldung begann 15 Tage "
            "vorher. An welchem Tag war das?"
        ),
        later(date(2024, 3, 10), -15),
        later(date(2024, 3, 10), -16),
        """2024 is a leap year: going back ten days from 10 March leads to 29 February, not to 28
        February. This answer is one day too early.

        Count 29 February as a day of its own: Samstag, 24. Februar 2024.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any]:
        day = later(date(2021, 1, 1), rng.randrange(8 * 365))
        text, answer = FORMS[done % len(FORMS)](rng, day)
        return instance(NAME, text, [full(answer)])

    shown = [demonstration(text, full(bad or good), lesson) for text, good, bad, lesson in TAUGHT]
    return document(NAME, SEED, ABOUT, shown, draw)
