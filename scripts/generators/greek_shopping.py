# ruff: noqa: RUF001  (Greek letters look like Latin ones, and its question mark like a semicolon)
"""Solve short Greek stories about shopping: totals, change, discounts, offers, shared costs.

Amounts are computed in whole cents; numerals, articles and pronouns agree by table with the gender
of what is bought and of who buys it.
"""

from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "greek_shopping"
SEED = 20_515
SIZE = 99
EURO, KILO = 100, 1000  # cents, grams

PEOPLE = {"f": ["Ελένη", "Μαρία", "Κατερίνα", "Σοφία", "Δέσποινα", "Ζωή", "Ειρήνη", "Άννα"]}
PEOPLE |= {"m": ["Νίκος", "Γιώργος", "Δημήτρης", "Κώστας", "Πέτρος", "Στέλιος", "Αντώνης"]}
THE = {"m": "ο", "f": "η"}
THEM = {"m": "του", "f": "της"}
EACH = {"m": "τον καθένα", "f": "την καθεμία", "n": "το καθένα"}
ONE = {"m": "έναν", "f": "μία", "n": "ένα"}
NUMERALS = {
    "m": {2: "δύο", 3: "τρεις", 4: "τέσσερις", 5: "πέντε", 6: "έξι"},
    "f": {2: "δύο", 3: "τρεις", 4: "τέσσερις", 5: "πέντε", 6: "έξι"},
    "n": {2: "δύο", 3: "τρία", 4: "τέσσερα", 5: "πέντε", 6: "έξι", 8: "οκτώ", 10: "δέκα"},
}
ONE_OF_THREE = {
    "m": "στους τρεις {} ο ένας είναι δωρεάν",
    "f": "στις τρεις {} η μία είναι δωρεάν",
    "n": "στα τρία {} το ένα είναι δωρεάν",
}
WEIGHTS = {"300 γραμμάρια": 300, "μισό κιλό": 500, "700 γραμμάρια": 700, "ένα κιλό": 1000}
WEIGHTS |= {"ενάμισι κιλό": 1500, "δύο κιλά": 2000, "δυόμισι κιλά": 2500, "τρία κιλά": 3000}
# Goods by weight in the plural, with their article, and the cents that a kilo costs.
BY_WEIGHT = [
    ("οι", "ντομάτες", 120, 260),
    ("οι", "πατάτες", 70, 140),
    ("τα", "μήλα", 130, 240),
    ("τα", "πορτοκάλια", 80, 160),
    ("τα", "κεράσια", 380, 650),
    ("τα", "σταφύλια", 180, 320),
    ("τα", "κολοκυθάκια", 130, 280),
    ("οι", "ελιές", 450, 900),
    ("τα", "αχλάδια", 160, 290),
    ("τα", "καρότα", 80, 140),
    ("τα", "ροδάκινα", 150, 280),
]
# Shops, "in" and "from" them; goods by the piece with their gender, in the accusative singular and
# plural, and what one costs in cents.
SHOPS = {
    ("στη λαϊκή", "από τη λαϊκή"): [],
    ("στο σούπερ μάρκετ", "από το σούπερ μάρκετ"): [
        ("n", "γιαούρτι", "γιαούρτια", 90, 180),
        ("f", "σοκολάτα", "σοκολάτες", 110, 290),
        ("n", "πακέτο μακαρόνια", "πακέτα μακαρόνια", 80, 170),
        ("f", "οδοντόκρεμα", "οδοντόκρεμες", 190, 380),
        ("m", "χυμό", "χυμούς", 120, 260),
    ],
    ("στο χαρτοπωλείο", "από το χαρτοπωλείο"): [
        ("n", "τετράδιο", "τετράδια", 90, 240),
        ("n", "μολύβι", "μολύβια", 40, 120),
        ("m", "φάκελο", "φακέλους", 60, 190),
        ("f", "γόμα", "γόμες", 50, 130),
        ("m", "μαρκαδόρο", "μαρκαδόρους", 110, 270),
    ],
    ("στον φούρνο", "από τον φούρνο"): [
        ("n", "κουλούρι", "κουλούρια", 50, 90),
        ("f", "τυρόπιτα", "τυρόπιτες", 180, 290),
        ("f", "φρατζόλα", "φρατζόλες", 110, 190),
        ("n", "κρουασάν", "κρουασάν", 130, 240),
        ("m", "καφέ", "καφέδες", 150, 280),
        ("f", "σπανακόπιτα", "σπανακόπιτες", 190, 290),
    ],
}
OPENINGS = [
    "{Who} πήγε {into} και αγόρασε {what}.",
    "Το Σάββατο το πρωί {who} αγόρασε {out} {what}.",
    "Γυρίζοντας από τη δουλειά, {who} πέρασε {out} και πήρε {what}.",
    "{Who} βγήκε για ψώνια και πήρε {out} {what}.",
]
SPANS = {5: "από τη Δευτέρα έως και την Παρασκευή", 7: "σε μία εβδομάδα", 10: "σε δέκα μέρες"}

Asked = tuple[str, int] | None
Bought = tuple[str, int]


def money(cents: int) -> str:
    """Write an amount as in a story: 3 ευρώ, 2,40 ευρώ, 80 λεπτά."""
    if cents < EURO:
        return f"{cents} λεπτά"
    euros, rest = divmod(cents, EURO)
    return f"{euros},{rest:02} ευρώ" if rest else f"{euros} ευρώ"


def by_weight(rng: Random, goods: tuple[str, str, int, int]) -> Bought:
    _, name, low, high = goods
    weight, cents = rng.choice(list(WEIGHTS)), rng.randrange(low, high, 10)
    return f"{weight} {name} προς {money(cents)} το κιλό", WEIGHTS[weight] * cents // KILO


def pieces(rng: Random, goods: tuple[str, str, str, int, int], count: int = 0) -> Bought:
    gender, _, many, low, high = goods
    count, cents = count or rng.choice(list(NUMERALS[gender])), rng.randrange(low, high, 5)
    text = f"{NUMERALS[gender][count]} {many} προς {money(cents)} {EACH[gender]}"
    return text, count * cents


def basket(rng: Random, size: int, shop: tuple[str, str]) -> tuple[str, int]:
    """Draw what is bought in a shop; return it as a list, and its cents."""
    if SHOPS[shop]:
        drawn = [pieces(rng, goods) for goods in rng.sample(SHOPS[shop], size)]
    else:
        drawn = [by_weight(rng, goods) for goods in rng.sample(BY_WEIGHT, size)]
    *first, last = [text for text, _ in drawn]
    return f"{', '.join(first)} και {last}", sum(cents for _, cents in drawn)


def buyer(rng: Random) -> tuple[str, str, str]:
    """Draw who buys; return the name with its article, as it opens a sentence, and the gender."""
    gender = rng.choice("mf")
    name = rng.choice(PEOPLE[gender])
    return f"{THE[gender]} {name}", f"{THE[gender].upper()} {name}", gender


def story(rng: Random, size: int, *, market: bool = True) -> tuple[str, int]:
    """Return the opening of a story, and the sum in cents."""
    into, out = shop = rng.choice(list(SHOPS)[0 if market else 1 :])
    what, total = basket(rng, size, shop)
    who, opening, _ = buyer(rng)
    text = rng.choice(OPENINGS)
    return text.format(who=who, Who=opening, into=into, out=out, what=what), total


def total_of(rng: Random) -> Asked:
    text, total = story(rng, 3)
    asked = ["Πόσα πλήρωσε συνολικά;", "Πόσο κόστισαν όλα μαζί;", "Πόσα χρήματα ξόδεψε;"]
    return f"{text} {rng.choice(asked)}", total


def change(rng: Random) -> Asked:
    text, total = story(rng, rng.choice([2, 3]))
    note = next(note for note in (10, 20, 50, 100, 200) if note * EURO > total)
    return f"{text} Έδωσε ένα χαρτονόμισμα των {note} ευρώ. Πόσα ρέστα πήρε;", note * EURO - total


def discount(rng: Random) -> Asked:
    text, total = story(rng, 2, market=False)
    rate = rng.choice([rate for rate in (10, 15, 20, 25) if total * rate % 100 == 0])
    text += f" Το κατάστημα έκανε έκπτωση {rate}% στο σύνολο. Πόσα πλήρωσε τελικά;"
    return text, total - total * rate // 100


def offer(rng: Random) -> Asked:
    shop = rng.choice(list(SHOPS)[1:])
    goods, other = rng.sample(SHOPS[shop], 2)
    (text, cents), (more, more_cents) = pieces(rng, goods, rng.choice([3, 6])), pieces(rng, other)
    text = f"{buyer(rng)[1]} αγόρασε {shop[1]} {text} και {more}. Εκείνη τη μέρα υπήρχε προσφορά: "
    text += f"{ONE_OF_THREE[goods[0]].format(goods[2])}. Πόσα πλήρωσε συνολικά;"
    return text, cents * 2 // 3 + more_cents


def shared(rng: Random) -> Asked:
    shop = rng.choice(list(SHOPS))
    what, total = basket(rng, 2, shop)
    if total % 2:
        return None
    text = f"Ο {rng.choice(PEOPLE['m'])} και η {rng.choice(PEOPLE['f'])} αγόρασαν {shop[1]} {what} "
    return text + "και μοιράστηκαν τα έξοδα στη μέση. Πόσα πλήρωσε ο καθένας;", total // 2


def cheaper(rng: Random) -> Asked:
    article, goods, low, high = rng.choice(BY_WEIGHT)
    weight = rng.choice([each for each in WEIGHTS if WEIGHTS[each] > KILO])
    a, b = rng.sample(range(low, high, 10), 2)
    text = f"Στη λαϊκή {article} {goods} κοστίζουν {money(a)} το κιλό και στο μανάβικο {money(b)}. "
    text += f"{buyer(rng)[1]} χρειάζεται {weight}. "
    text += "Πόσα χρήματα θα γλιτώσει αν διαλέξει τη χαμηλότερη τιμή;"
    return text, abs(a - b) * WEIGHTS[weight] // KILO


def short_of(rng: Random) -> Asked:
    what, total = basket(rng, 2, shop := rng.choice(list(SHOPS)))
    purse = rng.choice([5, 8, 10, 15])
    if not 0 < total - purse * EURO < 10 * EURO:
        return None
    _, opening, gender = buyer(rng)
    text = f"{opening} θέλει να αγοράσει {shop[1]} {what}, αλλά έχει μαζί {THEM[gender]} μόνο "
    return f"{text}{purse} ευρώ. Πόσα χρήματα {THEM[gender]} λείπουν;", total - purse * EURO


def every_day(rng: Random) -> Asked:
    shop = list(SHOPS)[-1]
    days, span = rng.choice(list(SPANS.items()))
    drawn, total = [], 0
    for gender, one, _, low, high in rng.sample(SHOPS[shop], 2):
        cents = rng.randrange(low, high, 5)
        drawn.append(f"{ONE[gender]} {one} προς {money(cents)}")
        total += cents
    text = f"{buyer(rng)[1]} παίρνει κάθε πρωί {shop[1]} {' και '.join(drawn)}."
    return f"{text} Πόσα ξοδεύει συνολικά {span};", days * total


def delivery(rng: Random) -> Asked:
    shop = list(SHOPS)[rng.choice([1, 2])]
    what, total = basket(rng, 3, shop)
    cost, limit = rng.choice([250, 290, 350, 400]), rng.choice([15, 20, 25])
    if total == limit * EURO:
        return None
    text = f"{buyer(rng)[1]} παρήγγειλε από ένα ηλεκτρονικό κατάστημα {what}. Τα μεταφορικά είναι "
    text += f"{money(cost)}, αλλά δεν χρεώνονται για αγορές άνω των {limit} ευρώ. "
    return text + "Πόσα πλήρωσε συνολικά;", total + cost * (total < limit * EURO)


FORMS = [total_of, change, discount, offer, shared, cheaper, short_of, every_day, delivery]


def answered(cents: int) -> str:
    return f"{cents // EURO},{cents % EURO:02} ευρώ"


ABOUT = {
    "summary": "Solve short Greek stories about shopping and give the amount in euros.",
    "definition": paragraphs("""
        You are given a short story in Greek about shopping that ends with a question about an
        amount of money. Prices are in euros (ευρώ) and cents (λεπτά). Work out the amount and
        answer with it in euros only, always with a decimal comma and two decimals, then a space and
        ευρώ: 7,50 ευρώ, 12,00 ευρώ, 0,85 ευρώ. Write nothing else.

        Read the Greek story and compute what its last sentence asks for: a total, the change, a
        share, a saving or what is missing. Give the result as a number of euros with exactly two
        digits after a comma, followed by one space and the word ευρώ (for example 3,05 ευρώ), even
        if it is a whole number or less than one euro; no calculation and no further words.

        The text is a word problem in Greek about buying things. One amount of money answers the
        question at its end. Reply with that amount alone in the form N,NN ευρώ, that is euros, a
        comma, two digits for the cents, a blank and ευρώ, as in 20,00 ευρώ or 0,40 ευρώ. Mind
        weights, discounts, offers and delivery costs.
    """),
    "metrics": ["exact_match"],
    "categories": ["Mathematics"],
    "domains": ["Narrative -> Everyday Events"],
    "reasoning": ["Mathematics -> Arithmetic", "Quantitative Reasoning", "Multihop Reasoning"],
    "languages": {"instruction": ["en"], "input": ["el"], "output": ["el"]},
}

# Story, output, lesson.
TAUGHT = [
    (
        """Ο Θανάσης αγόρασε ενάμισι κιλό φασόλια προς 3,40 ευρώ το κιλό και δύο λεμόνια προς 25
        λεπτά το καθένα. Έδωσε ένα χαρτονόμισμα των 10 ευρώ. Πόσα ρέστα πήρε;""",
        "4,40 ευρώ",
        """One and a half kilos (ενάμισι κιλό) cost 1.5 x 3.40 = 5.10, two lemons 0.50, together
        5.60. The change (ρέστα) from 10 euros is 4.40.""",
    ),
    (
        """Σε ένα βιβλιοπωλείο όλα πωλούνται με έκπτωση 20%. Η Φωτεινή παίρνει τρεις χάρτες προς 6
        ευρώ τον καθένα και ένα ημερολόγιο προς 12 ευρώ. Πόσα πληρώνει τελικά;""",
        "24,00 ευρώ",
        """Three maps are 18 euros, with the calendar 30. A discount (έκπτωση) of 20% takes off 6
        euros. A whole number has two zeros after the comma as well.""",
    ),
    (
        """Στο περίπτερο υπάρχει προσφορά: στις τρεις τσίχλες η μία είναι δωρεάν. Μία τσίχλα
        κοστίζει 45 λεπτά. Η Χαρά παίρνει τρεις. Πόσα πληρώνει;""",
        "0,90 ευρώ",
        """One in three is free (δωρεάν), so two are paid, 90 cents. An amount below one euro is
        given in euros too, with 0 before the comma.""",
    ),
    (
        """Ο Μάριος και η Λίνα αγόρασαν τέσσερα εισιτήρια προς 7,50 ευρώ το καθένα και μοιράστηκαν
        τα έξοδα στη μέση. Πόσα πλήρωσε ο καθένας;""",
        "30,00 ευρώ",
        """This is the price of the four tickets together, while the question asks what each of the
        two (ο καθένας) paid.

        Halve the total of 30 euros: 15,00 ευρώ.""",
    ),
    (
        """Η Βάσω θέλει δυόμισι κιλά μανταρίνια προς 1,20 ευρώ το κιλό, αλλά έχει μόνο 2 ευρώ. Πόσα
        χρήματα της λείπουν;""",
        "0,40 ευρώ",
        """This answer takes δυόμισι κιλά for two kilos. The word means two and a half, so the
        mandarins cost 3 euros.

        Subtract the 2 euros from 3: 1,00 ευρώ.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        asked = FORMS[done % len(FORMS)](rng)
        return asked and instance(NAME, asked[0], [answered(asked[1])])

    shown = [demonstration(" ".join(text.split()), *rest) for text, *rest in TAUGHT]
    return document(NAME, SEED, ABOUT, shown, draw, count=SIZE)
