"""Find the misspelled words of a short text.

The sentences are right as they are written here; a seeded hand then slips on some of their words.
A slip that gives another word of the sentences, or one of `REAL`, is taken back.
"""

import re
from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "misspelled_words"
SEED = 20_701
SEPARATOR = ", "
NONE = "none"
INSTANCES = 84
SHORTEST = 6  # letters of a word that gets a slip

# Sentences by subject, with [one|or|other] of several wordings.
SUBJECTS = [
    subject.split(" / ")
    for subject in paragraphs("""
    Our choir rehearses every [Tuesday|Thursday] in the hall behind the [library|bakery]. / The new
    conductor, Mr Oyelaran, has a wonderful sense of rhythm. / Several tenors were absent because
    of a [stubborn|nasty] cough. / Please return borrowed scores before the [summer|winter] concert.
    / The audience applauded so long that we repeated the [final|second] chorus. / Nobody had
    expected the organ to fail in the middle of the [quiet|solemn] passage.

    The caretaker discovered a puddle beneath the [boiler|radiator] on Monday morning. / A plumber
    from Szczecin replaced the valve within [twenty|forty] minutes. / Residents should leave the
    stairs clear of [bicycles|prams] and furniture. / The neighbours on the third floor complained
    about the [constant|nightly] hammering. / Anyone who needs a spare key must sign the
    [green|thick] ledger. / The lift will be out of service until the missing part arrives from
    [Gdansk|Turin].

    Grandmother insists that the dough must rest under a [damp|clean] towel. / Slice the aubergines
    [thinly|evenly] and sprinkle them with coarse salt. / My cousin forgot the [cinnamon|cardamom],
    and nobody noticed. / Knead everything together until the surface feels [smooth|elastic]. / The
    recipe recommends a shallow dish, but ours was unusually deep. / Serve the dumplings
    immediately, with [yoghurt|vinegar] on the side.

    The ferry to Tromsø was delayed by fog for almost [three|seven] hours. / Passengers received a
    voucher for a hot [breakfast|supper]. / Our luggage had been loaded onto the wrong
    [vessel|coach] altogether. / From the upper deck we watched porpoises chase each other. / The
    captain apologised in [four|five] languages and everybody laughed. / A sudden gust carried my
    favourite scarf across the harbour.

    Ms Nakashima teaches chemistry to [beginners|evening classes] in a former brewery. / The
    students measured the temperature of the liquid every [ninety|thirty] seconds. / One group
    accidentally swapped the labels of two [beakers|bottles]. / Safety goggles hang beside the
    entrance and must always be worn. / Their results agreed surprisingly well with the [theory|
    forecast]. / The experiment will be repeated on Wednesday with purer water.

    The council intends to plant [chestnut|maple] trees along the northern avenue. / Shopkeepers
    worry that deliveries will become more [difficult|expensive]. / A questionnaire was posted to
    every household in [Carrickmore|Valparaíso]. / The committee will publish its decision before
    the end of [February|October]. / Cyclists have welcomed the proposal with [cautious|obvious]
    delight. / Councillor Ahluwalia suggested a separate lane for buses.

    After the [storm|flood], volunteers collected branches from the playground. / The lighthouse
    keeper recorded gusts of exceptional strength. / Farmers around Llanelli moved their sheep to
    [higher|safer] pasture. / Electricity returned to the village shortly before midnight. / A
    helicopter searched the coast for a [missing|drifting] yacht. / Insurance claims have
    tripled since the beginning of the [season|decade].

    The museum has acquired a [bronze|marble] statue of a sleeping leopard. / Visitors may
    photograph the exhibits, provided that they avoid flash. / The curator, Dr Mbeki, discovered the
    drawings inside a [hollow|dusty] bench. / Experts still argue about the age of the [parchment|
    tapestry]. / Children especially enjoy the skeleton in the basement. / The guided tour finishes
    in a courtyard full of [lavender|jasmine].

    My brother repairs old typewriters as a [hobby|pastime]. / The hinge squeaked terribly until he
    oiled it with [patience|kindness]. / Customers describe his workshop as a cheerful labyrinth. /
    He rarely throws away a screw, however [rusty|crooked] it may be. / Last autumn he exchanged a
    broken gramophone for a [sturdy|second] bench. / The receipt was written in beautiful,
    old-fashioned handwriting.

    The physiotherapist recommended gentle exercises for the left [shoulder|ankle]. / Patients are
    asked to arrive [fifteen|twenty] minutes before their appointment. / Bring the letter from your
    doctor and a list of your medicines. / The waiting room has been painted a [pleasant|soothing]
    shade of blue. / Swimming strengthens the muscles without straining the joints. / Nurse Achebe
    explained the procedure with remarkable [patience|humour].

    The goalkeeper saved two penalties and was carried [off|around] the pitch. / Heavy rain had
    turned the field into a [swamp|quagmire]. / Our captain, Ximena, twisted her knee during the
    warm-up. / Supporters sang throughout the second half, despite the [score|weather]. / The
    referee allowed the goal after a lengthy discussion. / Next Saturday the juniors travel to a
    tournament in [Ljubljana|Marrakesh].

    The gardener prunes the hedges twice a year, in [March|June] and September. / Beetles have
    damaged the leaves of nearly every [cucumber|rhubarb] plant. / Compost should smell of earth and
    never of [ammonia|vinegar]. / A narrow path leads past the orchard to the beehives. / The
    seedlings need [shelter|warmth] until the frost is over. / Our neighbour exchanges pumpkins for
    freshly laid eggs.

    The office printer refuses to accept [ordinary|recycled] paper. / Everyone must change their
    password by the [eleventh|thirtieth] of the month. / The technician suspects a loose cable
    behind the cupboard. / Minutes of the meeting were sent to all departments on Friday. / Somebody
    left an unfinished [sandwich|crossword] beside the scanner. / The new schedule gives every
    colleague a [longer|proper] lunch break.

    Two detectives questioned the [butler|pianist] about the broken window. / The necklace had
    vanished between dinner and midnight. / A muddy footprint on the [carpet|balcony] puzzled
    everyone. / Inspector Quispe quietly examined the contents of the drawer. / The witness could
    remember neither the colour of the car nor its [driver|number]. / Finally, the gardener
    confessed that he had borrowed the [ladder|lantern].
    """)
]

NEIGHBOURS = {  # letters by what is in easy reach of them on the keyboard
    each[0]: each[1:]
    for each in paragraphs("""
        asz bvn cxv dsf ewr fdg gfh hgj iuo jhk kjl lk mn nbm oip po qw ret sad try uyi vcb wqe xzc
        ytu zx
    """)[0].split()
}
SOUNDS = ["ie ei", "ei ie", "ence ance", "ance ence", "ible able", "able ible", "ff f", "ss s"]
SOUNDS += ["ph f", "ght gth", "ary ery", "ely ly", "ully uly", "cc c", "mm m", "ea ee", "ious ous"]
HANDS = ["swap", "double", "drop", "neighbour", "sound", "sound"]
# Other spellings and other words that a slip would come upon.
REAL = set(
    paragraphs("""
    color achene alost antone bakers bonze bother capet caret carse clams convert cooked corse
    councilor diner diver donner drier drover dumpings dunner exerts favorite finises firmer framers
    gardner giggles guised harbor humor joins laded laves leger linger loafed loner mable meting
    minuets muddle mussing neatly neighbor neighbors nether nighty pained panted patents peasant
    pease piddle pinter pisted posed recept recoded reuses sallow sapped seeping shorty simmer
    sipper skelton sooth sores squealed staining stars state stirs study sumer sumner super taches
    tavel throes throughput trows tuned typewrites wether widow yoghourt yogurt
    """)[0].split()
)


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def wordings(sentence: str) -> str:
    return re.sub(r"[\[\]|]", " ", sentence)


KNOWN = {word.lower() for subject in SUBJECTS for line in subject for word in words(wordings(line))}


def slipped(rng: Random, word: str) -> str:
    """Return `word` with one slip inside it: its first and last letters stay."""
    at = rng.randrange(1, len(word) - 1)
    hand = rng.choice(HANDS)
    if hand == "swap" and at + 2 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if hand == "double":
        return word[:at] + word[at] + word[at:]
    if hand == "drop":
        return word[:at] + word[at + 1 :]
    if hand == "neighbour":
        return word[:at] + rng.choice(NEIGHBOURS[word[at]]) + word[at + 1 :]
    sounds = [pair.split() for pair in SOUNDS if pair.split()[0] in word[1:]]
    if hand == "sound" and sounds:
        old, new = rng.choice(sounds)
        return word[0] + word[1:].replace(old, new, 1)
    return word


def misspelled(rng: Random, word: str) -> str:
    """Return a misspelling of `word` that is no word."""
    while True:
        wrong = slipped(rng, word)
        if wrong not in KNOWN | REAL:
            return wrong


def write(rng: Random, chosen: list[str]) -> tuple[str, list[str]]:
    """Return a text of the chosen sentences and what is misspelled in it."""
    text = " ".join(
        re.sub(r"\[(.*?)\]", lambda found: rng.choice(found[1].split("|")), line) for line in chosen
    ).replace("  ", " ")
    plain = [
        each
        for each in re.findall(r"(?<![\w-])[a-z]+(?![\w-])", text)
        if len(each) >= SHORTEST and words(text).count(each) == 1
    ]
    wrong = []
    for word in rng.sample(plain, rng.choice([0, 1, 1, 2, 2, 2, 3, 3, 4])):
        wrong.append(misspelled(rng, word))
        text = re.sub(rf"\b{word}\b", wrong[-1], text)
    return text, [word for word in words(text) if word in wrong]


ABOUT = {
    "summary": "Find the misspelled words of a short text.",
    "definition": paragraphs("""
        You are given a short English text. Some of its words may be misspelled: letters are
        missing, doubled, swapped or wrong, so that the result is no English word. Find all of them
        and copy them exactly as they stand in the text, that is, with their mistakes, separated by
        a comma and a space, in any order. The text uses British spelling, which is not a mistake,
        and all names of people and places are right. If no word is misspelled, answer: none

        Proofread the English text and list every word that is spelled wrongly. Write each in its
        wrong form, letter by letter as in the text, not corrected, with ", " between them; the
        order is free. Names of persons and places are always correct, and so are British spellings
        such as "neighbour". Do not list right words that are merely rare, and judge only spelling.
        Where there is nothing to report, write the single word none.

        Which words of this text contain a spelling mistake, such as a dropped, doubled, exchanged
        or mistyped letter? Reply with these words in the misspelled form that the text shows, set
        apart by a comma and a space, in whatever order, or with "none" (without quotation marks) if
        every word is right. The spelling to go by is British; treat the names of people and
        places as correct.
    """),
    "answer_format": {"kind": "set", "separator": SEPARATOR},
    "metrics": ["set_f1", "set_exact_match"],
    "categories": ["Spelling Error Detection"],
    "domains": ["Narrative -> Everyday Events"],
    "reasoning": ["Reasoning on Strings"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

TAUGHT = [  # text, output, lesson
    (
        """The baker apologised for the delay, becuase her oven had cooled overnight. Ms Iyer
        bought the last loaf and sevral rolls.""",
        "becuase, sevral",
        """Two letters of "because" have changed places and "several" has lost an e. "Apologised"
        is right in British spelling, and Iyer is a name.""",
    ),
    (
        """A queue had formed outside the theatre long before the rehearsal. Mr Wójcik, the usher,
        counted seventy umbrellas.""",
        NONE,
        """"Queue", "theatre", "rehearsal" and "usher" look odd but are spelled correctly, and
        Wójcik is a name, so there is nothing to list.""",
    ),
    (
        """Our guide beleived that the glacier had shrunk. She showed us a phottograph from her
        childhood, taken at exactly the same spit of rock. The comparison was convinxing.""",
        "beleived, phottograph, convinxing",
        """"Believed" is written with ie, "photograph" with one t, and in "convincing" the key next
        to c was hit. "Spit" is an English word and therefore no spelling mistake.""",
    ),
    (
        """The violinist tuned her instrument in the corridor and practised the dificult passage.
        Behind her, two porters carried a hapsichord past.""",
        "difficult, harpsichord",
        """These are the corrected words, but the words are asked for as they stand in the text.

        Copy them with their mistakes: dificult, hapsichord""",
    ),
    (
        """In Reykjavík we hired a grey jeep and followed the coastline eastwards. The scenrey was
        marvellous, and the puffins seemed quite unafraid.""",
        "Reykjavík, grey, scenrey, marvellous",
        """Only "scenrey" is no word. Reykjavík is a place name, and "grey" and "marvellous" are
        British spellings, which the task counts as right.

        List the one word whose letters are in the wrong order: scenrey""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    used: list[list[str]] = []

    def draw(done: int) -> dict[str, Any] | None:
        subject = SUBJECTS[done % len(SUBJECTS)]
        chosen = sorted(rng.sample(subject, rng.randint(2, 4)), key=subject.index)
        if chosen in used:
            return None
        used.append(chosen)
        text, wrong = write(rng, chosen)
        answer = wrong or [NONE]
        return instance(NAME, text, [SEPARATOR.join(answer)], answer=[answer])

    shown = [demonstration(" ".join(text.split()), *more) for text, *more in TAUGHT]
    return document(NAME, SEED, ABOUT, shown, draw, count=INSTANCES)
