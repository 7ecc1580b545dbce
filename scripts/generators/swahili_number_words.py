"""Read numbers written as words in short Swahili texts and answer in digits.

Numbers are spelled by the rules of Swahili counting ("elfu" thousand, "mia" hundred, "na" before
the last part), so the digits are known; texts with two numbers ask for one of them, their sum or
their difference.
"""

from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "swahili_number_words"
SEED = 20_104

UNITS = ["", "moja", "mbili", "tatu", "nne", "tano", "sita", "saba", "nane", "tisa"]
TENS = ["", "kumi", "ishirini", "thelathini", "arobaini", "hamsini", "sitini", "sabini"]
TENS += ["themanini", "tisini"]

# What stands before {a} and {b} belongs to a class whose numerals take no prefix. Each text comes
# with the range of its numbers and, if it has two, with what it asks for.
ONE = [
    ("Bei ya baiskeli hii ni shilingi {a}. Ni shilingi ngapi?", range(500, 10_000)),
    ("Duka liliuza ndizi {a} wiki iliyopita. Ni ndizi ngapi?", range(11, 3000)),
    ("Shule hii ilijengwa mwaka wa {a}. Ni mwaka gani?", range(1850, 2020)),
    ("Umbali kutoka hapa hadi pwani ni kilomita {a}. Ni kilomita ngapi?", range(11, 1000)),
    ("Kitabu hiki kina kurasa {a}. Ni kurasa ngapi?", range(30, 1200)),
    ("Mkulima alivuna kilo {a} za mahindi. Ni kilo ngapi?", range(21, 4000)),
    ("Kiwanda hutengeneza chupa {a} kwa siku. Ni chupa ngapi?", range(500, 10_000)),
    ("Kuna nyumba {a} katika kijiji hiki. Ni nyumba ngapi?", range(11, 900)),
    ("Mlima huu una urefu wa mita {a}. Ni mita ngapi?", range(1001, 5900)),
    ("Mpiga picha alipiga picha {a} kwenye harusi. Ni picha ngapi?", range(101, 2000)),
    ("Shule ilinunua kalamu {a} mwezi uliopita. Ni kalamu ngapi?", range(40, 1500)),
]
TWO = [
    (
        "Juma ana shilingi {a}. Asha ana shilingi {b}. Kwa jumla wana shilingi ngapi?",
        range(11, 10_000),
        "sum",
    ),
    (
        "Jana tuliuza tiketi {a}. Leo tumeuza tiketi {b}. Leo tumeuza tiketi ngapi?",
        range(11, 1000),
        "second",
    ),
    (
        (
            "Shamba la kwanza lilitoa kilo {a} za kahawa. Shamba la pili lilitoa kilo {b}. "
            "Shamba la kwanza lilitoa kilo ngapi?"
        ),
        range(101, 5000),
        "first",
    ),
    (
        "Tulikuwa na chupa {a}. Chupa {b} zimevunjika. Zimebaki chupa ngapi?",
        range(11, 700),
        "difference",
    ),
    (
        (
            "Ofisi ya posta ilipokea barua {a} jana na barua {b} leo. Kwa jumla ilipokea barua "
            "ngapi?"
        ),
        range(21, 3000),
        "sum",
    ),
    (
        (
            "Mwaka jana kampuni iliuza baiskeli {a}. Mwaka huu imeuza baiskeli {b}. Imeuza "
            "baiskeli ngapi kwa miaka miwili?"
        ),
        range(101, 5000),
        "sum",
    ),
]


def words(number: int) -> str:
    """Spell a number from 1 to 9,999; "na" joins the last part to the rest."""
    thousands, rest = divmod(number, 1000)
    hundreds, rest = divmod(rest, 100)
    tens, units = divmod(rest, 10)
    parts = [f"elfu {UNITS[thousands]}"] * (thousands > 0)
    parts += [f"mia {UNITS[hundreds]}"] * (hundreds > 0)
    parts += [TENS[tens]] * (tens > 0) + [UNITS[units]] * (units > 0)
    last = len(parts) - 1
    if last > 0 and (tens or units):
        parts[last] = f"na {parts[last]}"
    return " ".join(parts)


def number(rng: Random, numbers: range) -> int:
    """Draw a number; every third one is round, so that hundreds, tens or units are missing."""
    drawn = rng.choice(numbers)
    rounded = drawn // 10 * 10 if rng.random() < 1 / 2 else drawn // 100 * 100 + drawn % 10
    return rounded if rounded in numbers and rng.random() < 1 / 3 else drawn


def ask(template: str, wanted: str, a: int, b: int) -> tuple[str, int]:
    answers = {"first": a, "second": b, "sum": a + b, "difference": a - b}
    return template.format(a=words(a), b=words(b)), answers[wanted]


ABOUT = {
    "summary": "Turn Swahili number words into digits.",
    "definition": paragraphs("""
        You are given a short text in Swahili in which every number is written in words. It ends
        with a question. Answer the question with a number in digits only: no unit, no thousands
        separator, no words.

        Read the Swahili text, work out the numbers that it spells out, and give the number that the
        last sentence asks for. Write plain digits, such as 1964, and nothing else.

        The input is Swahili and its numbers are spelled out. Which number answers the question at
        its end? Reply in digits, without spaces, commas or units.
    """),
    "metrics": ["exact_match"],
    "categories": ["Number Conversion"],
    "domains": ["Mathematics"],
    "reasoning": ["Reasoning on Numbers", "Mathematics -> Arithmetic"],
    "languages": {"instruction": ["en"], "input": ["sw"], "output": ["zxx"]},
}

# Text, what it asks for, the numbers, a wrong answer (or 0), what the demonstration teaches.
TAUGHT = [
    (
        "Bei ya meza hii ni shilingi {a}. Ni shilingi ngapi?",
        "first",
        (4370, 1),
        0,
        """"elfu nne" is 4000, "mia tatu" is 300 and "sabini" is 70: the multiplier follows the
        words for thousand and hundred.""",
    ),
    (
        (
            "Basi la kwanza lilisafiri kilomita {a}. Basi la pili lilisafiri kilomita {b}. Basi la "
            "pili lilisafiri kilomita ngapi?"
        ),
        "second",
        (615, 508),
        0,
        """"la pili" is the second bus. "mia tano na nane" is 500 and 8; no word for tens stands
        between them, so there is a zero.""",
    ),
    (
        "Tulikuwa na tiketi {a}. Tumeuza tiketi {b}. Zimebaki tiketi ngapi?",
        "difference",
        (92, 35),
        0,
        """"Zimebaki" asks what is left, so the tickets sold are taken away: "tisini na mbili" is
        92, "thelathini na tano" is 35, and 92 - 35 = 57.""",
    ),
    (
        "Maktaba hii ina ramani {a}. Ni ramani ngapi?",
        "first",
        (2018, 1),
        2108,
        """"kumi na nane" is 18: the words of a number from 11 to 19 belong together, and they
        follow "elfu mbili" directly. This answer puts the 1 in the place of the hundreds.

        Add the parts: 2000 + 18 = 2018.""",
    ),
    (
        "Duka lina chupa {a} za maji. Ni chupa ngapi?",
        "first",
        (640, 1),
        604,
        """"arobaini" is forty; this answer takes it for "nne", four, which it does not resemble.

        Read "mia sita" as 600 and "arobaini" as 40: 640.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        if done % 5 in (1, 3):
            template, numbers, wanted = TWO[(done * 2 // 5) % len(TWO)]
            a, b = number(rng, numbers), number(rng, numbers)
            if a <= b and wanted == "difference":
                return None
            text, answer = ask(template, wanted, a, b)
        else:
            template, numbers = ONE[done % len(ONE)]
            text, answer = ask(template, "first", number(rng, numbers), 1)
        return instance(NAME, text, [str(answer)])

    shown = []
    for template, wanted, (a, b), wrong, lesson in TAUGHT:
        text, answer = ask(template, wanted, a, b)
        shown.append(demonstration(text, str(wrong or answer), lesson))
    return document(NAME, SEED, ABOUT, shown, draw, count=60)
