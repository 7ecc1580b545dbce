"""Turn an invoice or order in prose into a record of five fields.

Each message is put together from a record that is drawn first: its lines, a discount and a tax make
the total, which is kept only if it comes out in whole cents without rounding.
"""

import json
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "invoice_fields"
SEED = 20_505
INSTANCES = 100

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September"]
MONTHS += ["October", "November", "December"]
NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
COMPANIES = ["Alder & Finch", "Bosphorus Textiles", "Casa Linda", "Dhow Trading", "Eko Studio"]
COMPANIES += ["Fjord Optics", "Ganga Papers", "Hanoi Ceramics", "Izumi Tools", "Kente House"]
PEOPLE = ["Amara Nwosu", "Bjarne Holt", "Carmen Rueda", "Daichi Mori", "Elif Aksoy", "Farid Haddad"]
PEOPLE += ["Gita Pillai", "Hana Kral", "Ines Duarte", "Joseph Mwangi"]
GOODS = [  # one, several, least and greatest price of one
    ("desk lamp", "desk lamps", 18, 60),
    ("box of envelopes", "boxes of envelopes", 4, 12),
    ("office chair", "office chairs", 80, 240),
    ("roll of linen", "rolls of linen", 35, 90),
    ("set of chisels", "sets of chisels", 24, 70),
    ("ceramic bowl", "ceramic bowls", 6, 25),
    ("notebook", "notebooks", 2, 9),
    ("printer cartridge", "printer cartridges", 15, 45),
    ("wall clock", "wall clocks", 12, 55),
    ("crate of oranges", "crates of oranges", 10, 30),
    ("bag of coffee beans", "bags of coffee beans", 8, 22),
    ("pair of work gloves", "pairs of work gloves", 5, 15),
]
CURRENCIES = {  # code: how an amount may be written
    "EUR": ["€{}", "{} euros", "EUR {}"],
    "GBP": ["£{}", "{} pounds sterling", "GBP {}"],
    "USD": ["US${}", "{} US dollars", "USD {}"],
    "JPY": ["{} yen", "JPY {}"],
    "INR": ["₹{}", "{} Indian rupees", "INR {}"],
    "CHF": ["{} Swiss francs", "CHF {}"],
    "CAD": ["{} Canadian dollars", "CAD {}"],
    "BRL": ["R${}", "{} Brazilian reais", "BRL {}"],
}
DEAR = {"JPY": 100, "INR": 50}  # how many times greater the prices are
TAXES = [0, 0, 5, 10, 20]
DISCOUNTS = [0, 0, 5, 10, 20]

LETTERS = [  # {no} {date} {lines} {less} {tax} {seller} {buyer} {aside} {due}
    """Dear {buyer},
thank you for your order. This is invoice {no}, issued on {date}. It covers {lines}. {less} {tax} \
{due} {aside}
Kind regards, {seller}""",
    """INVOICE {no}
{seller}, for the attention of {buyer}
{date}

We have supplied {lines}. {aside} {less} {tax} {due}""",
    """Hello {buyer}, we sent your goods today, {date}: {lines}. {less} {tax} The number of this \
invoice is {no}; please quote it when you pay. {aside} {due}
{seller}""",
    """From: {seller}
To: {buyer}
Subject: Invoice {no}

{aside} On {date} we invoice you for {lines}. {tax} {less} {due}""",
    """Date of invoice: {date}. Customer: {buyer}. {due}
You received {lines}. {less} {tax}
{aside} Our reference for this invoice: {no}.
{seller}, accounts""",
    """Hi {buyer},
here comes the bill you asked for. What we delivered: {lines}. {tax} {less}
It bears the number {no} and is dated {date}. {due} {aside}
Best wishes from {seller}""",
]
LESS = [
    "As agreed, we take {d} % off the goods.",
    "As a regular customer you get a discount of {d} per cent on the goods.",
    "The prices of all goods are reduced by {d} %.",
]
NO_LESS = ["", "", "Our spring discount of 10 % ended last week and no longer applies."]
TAX = [
    "Sales tax of {t} % is added to everything, after any discount.",
    "All of this is subject to {t} % tax, reckoned on the amount after any discount.",
    "To the sum, less any discount, we add {t} per cent tax.",
]
NO_TAX = ["No tax is charged.", "All prices include tax.", "No tax is due on this invoice."]
ASIDES = [
    "Your last invoice, no. {other}, was paid in full.",
    "This replaces our offer {other} of last month.",
    "Your parcel has the tracking code {other}.",
    "Please give us a ring if anything is missing.",
    "It was a pleasure to work with you.",
    "",
]


def number(rng: Random) -> str:
    return rng.choice(
        ["{y}-{n:04}", "INV-{n}", "{a}{n}/{y}", "{n}", "{a}-{n:05}", "R{y}{n}"]
    ).format(y=rng.randint(24, 27), n=rng.randint(100, 9800), a=rng.choice(["K", "MB", "T", "XA"]))


def spoken_date(rng: Random, day: date) -> str:
    month = MONTHS[day.month - 1]
    forms = [f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}"]
    return rng.choice([*forms, f"{day.day:02} {month[:3]} {day.year}", f"{day:%Y/%m/%d}"])


def plain(amount: Fraction) -> str:
    """Return an amount with a point and two decimals, or none if it is whole."""
    return str(amount) if amount.denominator == 1 else f"{float(amount):.2f}"


def write(rng: Random, done: int) -> tuple[str, dict[str, str]] | None:
    """Return a message and its record; None if the total is not in whole cents."""
    code = list(CURRENCIES)[done % len(CURRENCIES)]
    style = rng.choice(CURRENCIES[code])

    def money(amount: Fraction) -> str:
        return style.format(plain(amount))

    goods, parts = Fraction(), []
    for one, several, least, most in rng.sample(GOODS, rng.randint(1, 3)):
        count = rng.randint(1, 9)
        price = Fraction(rng.randint(2 * least, 2 * most), 2) * DEAR.get(code, 1)
        goods += count * price
        what = f"{NUMBERS[count]} {several}" if rng.random() < 1 / 2 else f"{count} {several}"
        how = rng.choice(["at {} each", "({} apiece)", "for {} each"]).format(money(price))
        all_of = rng.choice(["for {} altogether", "({} in all)"]).format(money(count * price))
        if count == 1:
            what, how = f"one {one}", rng.choice(["at {}", "for {}"]).format(money(price))
        parts.append(f"{what} {how if rng.random() < 3 / 4 or count == 1 else all_of}")
    lines = " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
    discount, tax = rng.choice(DISCOUNTS), rng.choice(TAXES)
    freight = Fraction(rng.choice([0, 0, 6, 9, 15])) * DEAR.get(code, 1)
    total = (goods * (100 - discount) / 100 + freight) * (100 + tax) / 100
    if (total * (1 if code == "JPY" else 100)).denominator > 1:
        return None

    less = rng.choice(LESS).format(d=discount) if discount else rng.choice(NO_LESS)
    if freight:
        less += f" Delivery, on which there is never a discount, costs {money(freight)}."
    day = date(2024, 1, 8) + timedelta(days=rng.randrange(1000))
    later = spoken_date(rng, day + timedelta(days=rng.choice([14, 21, 30])))
    due = rng.choice(["", f"Payment is due by {later}.", f"Please transfer the amount by {later}."])
    no = number(rng)
    text = LETTERS[done % len(LETTERS)].format(
        no=no,
        date=spoken_date(rng, day),
        lines=lines,
        less=less,
        tax=rng.choice(TAX).format(t=tax) if tax else rng.choice(NO_TAX),
        seller=rng.choice(COMPANIES),
        buyer=(buyer := rng.choice(PEOPLE)),
        aside=rng.choice(ASIDES).format(other=number(rng)),
        due=due,
    )
    record = {"number": no, "date": day.isoformat(), "customer": buyer, "currency": code}
    tidy = "\n".join(" ".join(line.split()) for line in text.splitlines())
    return tidy, record | {"total": f"{float(total):.2f}"}


def rendered(record: dict[str, str]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


ABOUT = {
    "summary": "Extract number, date, customer, currency and total from an invoice in prose.",
    "definition": paragraphs("""
        You are given an invoice written as a message. Extract a JSON object on one line, without
        spaces outside the values, with these five keys in this order, all values being strings:
        "number" (of this invoice, exactly as written), "date" (of the invoice, not of the payment,
        as YYYY-MM-DD), "customer" (the name of the person who is to pay), "currency" (the
        three-letter ISO 4217 code), "total" (the amount to be paid, with a point and two decimals
        and no thousands separator, such as 1250.00). For the total add up the goods, take off the
        discount if there is one, add the cost of delivery if there is one, and then add the tax
        that is still to be added, which falls on delivery too.

        Read the invoice and fill in {"number":...,"date":...,"customer":...,"currency":...,
        "total":...} as compact JSON with string values. Copy the number of this invoice unchanged,
        write the day of the invoice like 2025-03-09 (a written date such as 2025/03/09 means the
        same day), copy the customer's name, and give the currency by its ISO 4217 code, such as
        EUR. The total is what must be paid: goods minus discount, plus delivery, plus tax on both
        unless no tax is added, always with two decimals after a point (98.50) and no other mark.

        Convert the message into one line of JSON without blanks between keys and values; keys
        "number", "date", "customer", "currency", "total", in that order, every value a string.
        Number: this invoice's own, as it stands. Date: the invoice date, YYYY-MM-DD. Customer: the
        person billed. Currency: ISO code of three capital letters. Total: the final amount, digits
        with a decimal point and exactly two decimals. A discount reduces the goods only; delivery
        is added after it; a tax percentage is then added to the whole, unless the prices include
        tax or none is charged.
    """),
    "answer_format": {
        "kind": "fields",
        "fields": {
            "number": {"type": "text"},
            "date": {"type": "text"},
            "customer": {"type": "text"},
            "currency": {"type": "label", "labels": list(CURRENCIES)},
            "total": {"type": "number"},
        },
    },
    "categories": ["Information Extraction"],
    "domains": ["Accounting"],
    "reasoning": ["Mathematics -> Arithmetic", "Quantitative Reasoning"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

# Message, values of the record, wrong values, lesson.
TAUGHT: list[tuple[str, list[str], dict[str, str], str]] = [
    (
        (
            "Dear Leila Amrani,\nthis is invoice B-118 of 3 June 2025 for four mirrors "
            "at €25 each and one frame at €40.50. We take 10 % off the goods. No tax is charged. "
            "Your last invoice, B-097, is settled.\nOrtiz Glass"
        ),
        ["B-118", "2025-06-03", "Leila Amrani", "EUR", "126.45"],
        {},
        """The goods cost 4 * 25 + 40.50 = 140.50, and nine tenths of that are 126.45. B-097 is an
        earlier invoice.""",
    ),
    (
        (
            "INVOICE 7713\nTanaka Bikes, for Owen Price\n2026/02/01\nWe supplied 2 saddles (£30 "
            "apiece). Delivery costs £5. To the sum we add 20 per cent tax. Payment is due by 15 "
            "February 2026."
        ),
        ["7713", "2026-02-01", "Owen Price", "GBP", "78.00"],
        {},
        """The saddles and the delivery make 65, and a fifth of that, 13, is added as tax: 78. The
        date of the invoice is 1 February; the 15th is only the last day for paying.""",
    ),
    (
        (
            "Hello Mei Tan, today, March 9, 2025, we sent you three fans for 84 Swiss francs "
            "altogether. All prices include tax. This bill has the number K5/25.\nAlp Air"
        ),
        ["K5/25", "2025-03-09", "Mei Tan", "CHF", "84.00"],
        {},
        """84 is the price of all three fans and contains the tax already, so it is the total,
        written with two decimals. Swiss francs have the code CHF.""",
    ),
    (
        (
            "To: Samir Aziz\nInvoice X-20, 5 May 2025: two tents at US$100 each. We take 10 % off "
            "the goods. Delivery costs US$20. We add 5 % tax to everything.\nNomad Gear"
        ),
        ["X-20", "2025-05-05", "Samir Aziz", "USD", "210.00"],
        {"total": "207.90"},
        """The discount was taken off the delivery as well: 220 * 0.9 * 1.05 = 207.90. It applies
        to the goods only.

        Reduce 200 to 180, add 20 for the delivery and then 5 % tax: "210.00".""",
    ),
    (
        (
            "Rosa Lund, on 30 Nov 2025 we invoice you for one stove at 480 Canadian dollars under "
            "no. R2581. No tax is charged. Please pay by 14 Dec 2025.\nNorth Hearth"
        ),
        ["R2581", "2025-11-30", "Rosa Lund", "CAD", "480.00"],
        {"date": "2025-12-14", "currency": "USD"},
        """14 December is the last day for paying, not the date of the invoice, and the dollars are
        Canadian, not American.

        Set "date" to "2025-11-30" and "currency" to "CAD".""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        written = write(rng, done)
        if written is None:
            return None
        text, record = written
        answer = {field: [value] for field, value in record.items()}
        return instance(NAME, text, [rendered(record)], answer=answer)

    shown = []
    for text, values, wrong, lesson in TAUGHT:
        keys = ["number", "date", "customer", "currency", "total"]
        record = dict(zip(keys, values, strict=True)) | wrong
        shown.append(demonstration(text, rendered(record), lesson))
    return document(NAME, SEED, ABOUT, shown, draw, count=INSTANCES)
