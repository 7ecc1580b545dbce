"""Read times as Dutch says them, add and take away durations, and write the time in digits.

A time is a number of minutes after midnight; its words go by the nearest hour or half hour, and the
half hour is named after the hour to come ("half vijf" is 4:30).
"""

import re
from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "dutch_clock_times"
SEED = 20_303
SIZE = 104
ODD = 1 / 3  # how many of the times that are no multiple of five minutes are kept
HOUR, DAY = 60, 24 * 60
MOST = 10  # the most minutes that are said before or after an hour or half hour, but for a quarter

NUMBERS = ["", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"]
NUMBERS += ["elf", "twaalf"]
# Part of the day: first and last minute that are drawn, and its words.
PARTS = {
    "nacht": (0, 5 * HOUR, "'s nachts"),
    "ochtend": (6 * HOUR, 11 * HOUR + 55, "'s ochtends"),
    "werktijd": (8 * HOUR + 30, 11 * HOUR + 55, "'s ochtends"),
    "middag": (12 * HOUR, 17 * HOUR + 50, "'s middags"),
    "avond": (18 * HOUR, 23 * HOUR + 55, "'s avonds"),
}
SHORT = {
    "vijf minuten": 5,
    "acht minuten": 8,
    "tien minuten": 10,
    "twaalf minuten": 12,
    "een kwartier": 15,
    "twintig minuten": 20,
    "vijfentwintig minuten": 25,
}
MEDIUM = {
    "veertig minuten": 40,
    "drie kwartier": 45,
    "vijftig minuten": 50,
    "een uur en vijf minuten": 65,
    "vijf kwartier": 75,
}
LONG = {
    "een uur en tien minuten": 70,
    "een uur en vijfentwintig minuten": 85,
    "anderhalf uur": 90,
    "een uur en drie kwartier": 105,
    "twee uur en twintig minuten": 140,
    "tweeënhalf uur": 150,
}
DURATIONS = {"short": SHORT, "medium": MEDIUM, "long": LONG}
# Parts of the day ("exact": at any minute), what is added to the time or taken from it, text. Of
# words in square brackets, each round through the scenes takes the next.
SCENES = paragraphs("""
    ochtend | now | De [bakker op de hoek/kapper/bloemist/viskraam] gaat om {t} open. Hoe laat
    is dat?

    ochtend | now | Op [werkdagen/maandag/vrije dagen/schooldagen] gaat mijn wekker om {t} af.
    Wat staat er dan op de wekker?

    avond exact | now | De nachttrein naar [Wenen/Praag/Berlijn/Zürich] vertrekt om {t}. Welke
    tijd staat er op het bord?

    nacht exact | now | Onze [dochter/zoon/kleindochter/kleinzoon] is om {t} geboren. Hoe
    schrijf je die tijd in cijfers?

    middag | now | Op zaterdag sluit de [apotheek/fietsenmaker/kaaswinkel/stomerij] om {t}. Hoe
    laat is dat?

    nacht avond exact | now | Om {t} ging ineens [het brandalarm/de rookmelder/de sirene/het
    autoalarm] af. Welke tijd was dat?

    middag avond | +long | De [film/wedstrijd/lezing/modeshow] begint om {t} en duurt {long}.
    Hoe laat is die afgelopen?

    middag exact | +long | Om {t} zet [Sanne/Mehmet/Joke/Ruben] een stoofpot op het vuur, die
    {long} moet sudderen. Hoe laat is hij klaar?

    ochtend middag avond exact | +long | De trein naar
    [Groningen/Maastricht/Middelburg/Leeuwarden] vertrekt om {t} en doet er {long} over. Hoe
    laat komt hij aan?

    werktijd | +medium | Het examen [wiskunde/Frans/natuurkunde/geschiedenis] begint om {t} en
    de leerlingen krijgen {medium} de tijd. Hoe laat moeten ze stoppen?

    ochtend middag | +short | De veerboot naar [Texel/Vlieland/Terschelling/Ameland] zou om {t}
    vertrekken, maar heeft {short} vertraging. Hoe laat vertrekt hij nu?

    nacht avond exact | +long | Om {t} viel in [ons dorp/onze straat/de hele wijk/de flat] de
    stroom uit en pas {long} later was er weer licht. Hoe laat was dat?

    avond | -medium | Het concert [in de kerk/van het jeugdorkest/in de schouwburg/van de
    fanfare] begint om {t}. De deuren gaan {medium} eerder open. Hoe laat gaan ze open?

    ochtend middag nacht | -long | Ik moet om {t} [op Schiphol/in Brussel/in Keulen/in
    Eindhoven] zijn en de reis duurt {long}. Hoe laat moet ik uiterlijk vertrekken?

    middag | -medium | De [taart/quiche/cake/appeltaart] moet {medium} bakken en om {t} uit de
    oven komen. Hoe laat moet hij de oven in?

    werktijd middag | -medium | De vergadering [van de ouderraad/van het bestuur/met de
    gemeente/over het zomerfeest] was om {t} afgelopen en had {medium} geduurd. Hoe laat was ze
    begonnen?

    werktijd middag | -short | [Fatima/Noor/Eva/Julia] heeft om {t} een afspraak bij de tandarts
    en wil er {short} van tevoren zijn. Hoe laat wil ze er zijn?

    ochtend middag avond exact | -short | Toen het precies {t} was, keek
    [Joris/Hanna/Youssef/Tess] op de klok in de hal, die {short} achterloopt. Welke tijd wees
    die klok aan?

    ochtend middag avond exact | +short | De [stationsklok/kerkklok/klok in de keuken/klok boven
    de bar] loopt {short} voor. Welke tijd wijst die klok aan als het in werkelijkheid {t} is?

    werktijd middag | +medium +short | De [les/workshop/training/rondleiding] begon om {t}, zou
    {medium} duren en liep {short} uit. Hoe laat was die afgelopen?

    ochtend middag exact | +medium +short | Om {t} vertrekt [Milan/Bas/Emre/Floris] van huis.
    Hij fietst {short} naar het station en zit daarna {medium} in de trein. Hij hoeft niet te
    wachten. Hoe laat stapt hij uit?

    ochtend middag avond exact | +medium +short | De bus van {t} naar [Zwolle/Breda/Assen/Venlo]
    vertrok {short} te laat, en de rit duurde {medium}. Hoe laat kwam de bus aan?

    avond | +long | De [voorstelling/musical/opera/circusshow] begint om {t} en duurt {long},
    inclusief een pauze van {short}. Hoe laat is die afgelopen?

    ochtend middag nacht | -medium -short | Ons vliegtuig naar [Lissabon/Oslo/Istanbul/Athene]
    vertrekt om {t}. We willen {medium} eerder op de luchthaven zijn en de rit erheen duurt
    {short}. Hoe laat moeten we van huis?

    ochtend | -medium -short | [Lotte/Anouk/Maud/Samira] moet om {t} op haar werk zijn. Eerst
    loopt ze {short} naar de halte, daarna zit ze {medium} in de bus. Hoe laat moet ze uiterlijk
    van huis gaan?

    middag avond exact | +medium -short | Amira kwam om {t} op [het feest/de receptie/de
    reünie/de barbecue] aan, Bram {medium} later dan Amira en Chaya {short} eerder dan Bram. Hoe
    laat kwam Chaya aan?
""")


def spoken(minutes: int) -> str | None:
    """Return the words for a time of the day, or None if they would be clumsy."""
    hour, rest = divmod(minutes, HOUR)
    part = next(words for first, last, words in PARTS.values() if first <= minutes <= last)
    now, coming = NUMBERS[(hour - 1) % 12 + 1], NUMBERS[hour % 12 + 1]
    fixed = {
        0: f"{now} uur",
        15: f"kwart over {now}",
        30: f"half {coming}",
        45: f"kwart voor {coming}",
    }
    if rest in fixed:
        return f"{fixed[rest]} {part}"
    for anchor, words in ((0, now), (30, f"half {coming}"), (60, coming)):
        if abs(rest - anchor) <= MOST:
            side = "over" if rest > anchor else "voor"
            count = NUMBERS[abs(rest - anchor)].replace("één", "één minuut")
            return f"{count} {side} {words} {part}"
    return None


def digits(minutes: int) -> str:
    hour, rest = divmod(minutes % DAY, HOUR)
    return f"{hour:02}:{rest:02}"


ABOUT = {
    "summary": "Work out a clock time from a short Dutch text and write it as HH:MM.",
    "definition": paragraphs("""
        You are given a short Dutch text that names a time in words and asks for a time: the one
        that is named, or one that follows from it and from the durations in the text. Answer with
        that time alone on the 24-hour clock, HH:MM, both parts with two digits. "'s nachts" stands
        for times from 00:00 to 05:59, "'s ochtends" from 06:00 to 11:59, "'s middags" from 12:00 to
        17:59 and "'s avonds" from 18:00 to 23:59. A result may fall on the day before or after;
        give its clock time only.

        Read the Dutch text and answer the question at its end with a time in digits, such as 09:05
        or 23:40 (24-hour clock, two digits, a colon, two digits, nothing else). Add or subtract the
        durations as the text requires. The words for the part of the day cover: 's nachts
        00:00-05:59, 's ochtends 06:00-11:59, 's middags 12:00-17:59, 's avonds 18:00-23:59.
        Midnight is 00:00, and the count goes on from there if a time passes it.

        What time does the Dutch question ask for? Turn the spoken time into the 24-hour form HH:MM
        and, where the text speaks of a duration, a delay or a clock that is wrong, calculate with
        it. The night ('s nachts) begins at 00:00, the morning ('s ochtends) at 06:00, the afternoon
        ('s middags) at 12:00 and the evening ('s avonds) at 18:00. Output the time only, hours and
        minutes with leading zeros, no word and no date, also if it belongs to another day.
    """),
    "answer_format": {"kind": "text"},
    "metrics": ["exact_match"],
    "categories": ["Number Conversion", "Question Answering"],
    "domains": ["Narrative -> Everyday Events", "Mathematics"],
    "reasoning": ["Temporal Reasoning", "Mathematics -> Arithmetic"],
    "languages": {"instruction": ["en"], "input": ["nl"], "output": ["zxx"]},
}

# Text, output, lesson.
TAUGHT = [
    (
        "De bibliotheek sluit op vrijdag om tien over half vijf 's middags. Hoe laat is dat?",
        "16:40",
        """"Half vijf" is half an hour before five, 4:30; ten minutes past that is 4:40, and in the
        afternoon 16:40.""",
    ),
    (
        (
            "Het dorpsfeest begon om kwart voor elf 's avonds en was na anderhalf uur al "
            "afgelopen. Hoe laat was dat?"
        ),
        "00:15",
        """"Kwart voor elf" in the evening is 22:45. "Anderhalf uur" is 90 minutes; adding them
        passes midnight and ends at 00:15.""",
    ),
    (
        (
            "De soep moet vijf kwartier trekken en om vijf voor half zeven 's avonds op tafel "
            "staan. Hoe laat moet ze op het vuur?"
        ),
        "17:10",
        """"Vijf voor half zeven" in the evening is 18:25. "Vijf kwartier" is five quarters of an
        hour, 75 minutes, which are taken away: 17:10.""",
    ),
    (
        "Het vuurwerk begint om half één 's nachts. Hoe laat is dat?",
        "01:30",
        """This reads "half één" as half past one. In Dutch the half hour leads up to the hour that
        is named: half an hour before one at night.

        Answer 00:30.""",
    ),
    (
        (
            "De quiz begint om acht uur 's avonds en duurt tweeënhalf uur, inclusief een pauze "
            "van twintig minuten. Hoe laat is de quiz afgelopen?"
        ),
        "22:50",
        """The break was added, but "inclusief" says that it is already part of the two and a half
        hours, so only these count.

        Add 150 minutes to 20:00: 22:30.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        turn, scene = divmod(done, len(SCENES))
        parts, steps, text = SCENES[scene].split(" | ")
        suited, exact, _ = parts.partition(" exact")
        first, last, _ = PARTS[rng.choice(suited.split())]
        minutes = rng.randint(first, last)
        words = spoken(minutes)
        if words is None or (minutes % 5 and not (exact and rng.random() < ODD)):
            return None
        chosen = {size: rng.choice(list(each)) for size, each in DURATIONS.items()}
        text = re.sub(r"\[(.*?)\]", lambda found: found[1].split("/")[turn], text)
        text = text.format(t=words, **chosen)
        for step in steps.split(" ") if steps != "now" else []:
            length = DURATIONS[step[1:]][chosen[step[1:]]]
            minutes += length if step[0] == "+" else -length
        return instance(NAME, text, [digits(minutes)])

    shown = [demonstration(*each) for each in TAUGHT]
    return document(NAME, SEED, ABOUT, shown, draw, count=SIZE)
