"""Say whether the words of a Swedish noun phrase agree.

Nouns and adjectives are tables of their forms. A sentence is put together with the right forms; a
wrong one differs from it in a form that no reading of the sentence allows.
"""

from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "swedish_adjective_agreement"
SEED = 20_404
COUNT = 120
LABELS = ["correct", "wrong"]

# Singular, definite singular, plural, definite plural: common nouns, then neuter ones.
NOUNS = {
    "thing": (
        """bil bilen bilar bilarna, bok boken böcker böckerna, stol stolen stolar stolarna,
        klänning klänningen klänningar klänningarna, cykel cykeln cyklar cyklarna,
        väska väskan väskor väskorna, lampa lampan lampor lamporna, matta mattan mattor mattorna,
        soffa soffan soffor sofforna, gitarr gitarren gitarrer gitarrerna""",
        """bord bordet bord borden, skåp skåpet skåp skåpen, tält tältet tält tälten,
        glas glaset glas glasen, paket paketet paket paketen, piano pianot pianon pianona,
        paraply paraplyet paraplyer paraplyerna, skrivbord skrivbordet skrivbord skrivborden""",
    ),
    "animal": (
        """hund hunden hundar hundarna, katt katten katter katterna, häst hästen hästar hästarna,
        flicka flickan flickor flickorna, pojke pojken pojkar pojkarna,
        granne grannen grannar grannarna""",
        """barn barnet barn barnen, får fåret får fåren, lejon lejonet lejon lejonen,
        marsvin marsvinet marsvin marsvinen, syskon syskonet syskon syskonen""",
    ),
    "place": (
        """gata gatan gator gatorna, park parken parker parkerna, skola skolan skolor skolorna,
        restaurang restaurangen restauranger restaurangerna, kyrka kyrkan kyrkor kyrkorna,
        byggnad byggnaden byggnader byggnaderna, station stationen stationer stationerna""",
        """hus huset hus husen, kontor kontoret kontor kontoren, hotell hotellet hotell hotellen,
        torg torget torg torgen, bibliotek biblioteket bibliotek biblioteken,
        slott slottet slott slotten, torn tornet torn tornen""",
    ),
}
# With a common noun, with a neuter one, definite singular, plural.
ADJECTIVES = {
    "thing": """ny nytt nya nya, gammal gammalt gamla gamla, dyr dyrt dyra dyra, röd rött röda röda,
        billig billigt billiga billiga, ful fult fula fula, vit vitt vita vita, fin fint fina fina,
        grön grönt gröna gröna, brun brunt bruna bruna, tung tungt tunga tunga,
        trasig trasigt trasiga trasiga, liten litet lilla små,
        smutsig smutsigt smutsiga smutsiga""",
    "animal": """glad glatt glada glada, trött trött trötta trötta, pigg piggt pigga pigga,
        hungrig hungrigt hungriga hungriga, snäll snällt snälla snälla, liten litet lilla små,
        nyfiken nyfiket nyfikna nyfikna, ung ungt unga unga, vacker vackert vackra vackra""",
    "place": """stor stort stora stora, liten litet lilla små, modern modernt moderna moderna,
        tom tomt tomma tomma, ljus ljust ljusa ljusa, mörk mörkt mörka mörka, ny nytt nya nya,
        vacker vackert vackra vackra, berömd berömt berömda berömda,
        gammal gammalt gamla gamla, trevlig trevligt trevliga trevliga""",
}
CLASHES = ["vit röd grön brun", "ny gammal", "dyr billig", "ful fin", "trött pigg", "ljus mörk"]
COMMON, NEUTER, WEAK, PLURAL = range(4)
# Before the adjective, with common, neuter and plural nouns; whether the noun is definite.
DETERMINERS = [
    ("en", "ett", "två", False),
    ("en", "ett", "många", False),
    ("en", "ett", "tre", False),
    ("den", "det", "de", True),
    ("den här", "det här", "de här", True),
    ("denna", "detta", "dessa", False),
    ("min", "mitt", "mina", False),
    ("vår", "vårt", "våra", False),
    ("hennes", "hennes", "hennes", False),
    ("Karims", "Karims", "Karims", False),
]
OWNING = ["min", "vår", "hennes", "Karims"]
ATTRIBUTE = """
Har du sett {}? / Amina berättade om {}. / På bilden ser man {}. / Igår fotograferade Johan {}.
Vi pratade länge om {}. / Elsa drömmer om {}. / Ingen tänkte på {}. / Varför ritar du {}?
Till slut hittade de {}. / I går kväll såg vi {} på tv. / Jag vet inget om {}. / Alla tittade på {}.
"""
PREDICATE = """
{} är {}. / {} är inte särskilt {}. / Igår var {} ganska {}. / {} verkar {}. / Är {} verkligen {}?
Varför är {} så {}? / Jag tycker att {} är {}. / Nu har {} blivit {}. / Hon säger att {} var {}.
"""
BESIDE = ["", " bredvid {}", " framför {}", " mittemot {}"]


class Noun(NamedTuple):
    """The four forms of a noun and its gender."""

    forms: list[str]
    gender: int


def table(text: str) -> list[list[str]]:
    return [words.split() for words in text.split(",")]


def lines(text: str) -> list[str]:
    return text.strip().replace("\n", " / ").split(" / ")


def draw_noun(rng: Random, group: str, gender: int) -> Noun:
    return Noun(rng.choice(table(NOUNS[group][gender])), gender)


def wrong_forms(adjective: list[str], right: str) -> list[str]:
    return [form for form in dict.fromkeys(adjective) if form != right]


def attribute(rng: Random, group: str, gender: int, *, wrong: bool) -> str:
    """Return a noun phrase."""
    *determiners, definite = rng.choice(DETERMINERS)
    noun = draw_noun(rng, group, gender)
    adjectives = rng.sample(table(ADJECTIVES[group]), rng.choice([1, 1, 2]))
    names = {adjective[COMMON] for adjective in adjectives}
    if "liten" in names or any(names <= set(clash.split()) for clash in CLASHES):
        adjectives = adjectives[:1]
    plural = rng.choice([False, False, True])
    strong = determiners[COMMON] == "en"
    slot = PLURAL if plural else gender if strong else WEAK
    determiner = determiners[2 if plural else gender]
    forms = [adjective[slot] for adjective in adjectives]
    name = noun.forms[2 * plural + definite]
    if wrong:
        kind = rng.choice(["adjective", "adjective", "gender", "noun"])
        if kind == "gender" and not plural and determiners[0] != determiners[1]:
            determiner = determiners[1 - gender]
            forms = [adjective[1 - gender if strong else WEAK] for adjective in adjectives]
        elif kind == "noun" and (determiners[COMMON] in OWNING or (strong and not plural)):
            name = noun.forms[2 * plural + 1]
        else:
            spot = rng.randrange(len(forms))
            # After "hennes" many a neuter noun may be singular or plural, and so "lilla" or "små".
            strong_forms = adjectives[spot][: WEAK if determiners[0] == determiners[2] else None]
            forms[spot] = rng.choice(wrong_forms(strong_forms, forms[spot]))
    return f"{determiner} {' och '.join(forms)} {name}"


def predicate(rng: Random, group: str, gender: int, *, wrong: bool) -> tuple[str, str]:
    """Return a definite noun, perhaps with another beside it, and the adjective it gets."""
    noun, other = draw_noun(rng, group, gender), draw_noun(rng, group, 1 - gender)
    plural = rng.choice([False, False, True])
    adjective = rng.choice(table(ADJECTIVES[group]))
    subject = noun.forms[2 * plural + 1]
    subject += rng.choice(BESIDE).format(other.forms[1 + 2 * rng.choice([False, not plural])])
    form = adjective[PLURAL if plural else gender]
    if wrong:
        options = wrong_forms(adjective, form)
        # With a plural subject a neuter adjective is sometimes heard, so it is not used there.
        form = rng.choice([each for each in options if not plural or each != adjective[NEUTER]])
    return subject, form


def write(rng: Random, number: int, *, wrong: bool) -> str:
    group, gender = list(NOUNS)[number % 3], number // 3 % 2
    if number // 6 % 3 == 0:
        text = rng.choice(lines(PREDICATE)).format(*predicate(rng, group, gender, wrong=wrong))
    else:
        text = rng.choice(lines(ATTRIBUTE)).format(attribute(rng, group, gender, wrong=wrong))
    return text[0].upper() + text[1:]


ABOUT = {
    "summary": "Say whether the noun phrases of a Swedish sentence agree.",
    "definition": paragraphs("""
        You are given a Swedish sentence. Answer "correct" if articles, possessives, adjectives and
        nouns agree in gender (common or neuter), number and definiteness, as standard written
        Swedish asks, and "wrong" if one of these words has the wrong form. This holds for
        adjectives before a noun and for those that follow a verb such as "är", which agree with the
        subject. A wrong sentence has a mistake in one place only; there are no other kinds of
        mistakes, and meaning does not matter.

        Judge the agreement in the Swedish sentence below. Look at gender, number and definiteness
        of the noun, at the words before it (article, "den här", "denna", possessive, genitive) and
        at each adjective, also one that is linked to its subject by a verb. If all forms fit
        together in standard written Swedish, reply "correct"; if one of the adjectives, articles or
        nouns does not, reply "wrong". Nothing else in the sentence is ever wrong.

        Does every adjective of this Swedish sentence, and every article or possessive with it, have
        the form that its noun requires, and does the noun have the definite or indefinite form that
        the words before it require? Write "correct" if so and "wrong" if not, by the norm of
        written Swedish. Common or neuter gender, singular or plural, definite or indefinite are
        what to check; style and content are not judged.
    """),
    "answer_format": {"kind": "label", "labels": LABELS},
    "categories": ["Grammar Error Detection"],
    "domains": ["Linguistics"],
    "reasoning": ["Grammatical Reasoning"],
    "languages": {"instruction": ["en"], "input": ["sv"], "output": ["en"]},
}

# The sentence, the answer given, and what the demonstration teaches.
TAUGHT = """
Grannarna köpte ett stort och vackert träd.
correct
"Träd" is neuter, singular and indefinite here, and so are "ett", "stort" and "vackert".

Koppen på det höga bordet är blått.
wrong
The adjective after "är" belongs to the subject "koppen", which has common gender: it has to be
"blå". The neuter "bordet" stands nearer, but it is only part of the place.

Har ni träffat min nya läraren?
wrong
After a possessive the adjective is definite ("nya") but the noun is not: "min nya lärare".

Vi läste de långa breven om igen.
correct
"De" goes with a plural, the adjective has its definite form "långa" and the noun its definite
plural "breven".

Barnet lekte med sina små bilar.
wrong
"Små" looks irregular, but it is the plural of "liten" and goes with "sina" and the plural "bilar".
* Answer "correct": possessive, adjective and noun are all plural.

Hon äger en litet båt.
correct
"Båt" has common gender, as "en" shows, while "litet" is the form for neuter nouns. The three forms
do not agree.
* Answer "wrong": the phrase should be "en liten båt".
""".strip().split("\n\n")


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any]:
        wrong = bool(done % 2)
        return instance(NAME, write(rng, done // 2, wrong=wrong), [LABELS[wrong]])

    shown = []
    for block in TAUGHT:
        text, output, *lesson = block.split("\n")
        shown.append(demonstration(text, output, "\n".join(lesson).replace("* ", "\n\n")))
    return document(NAME, SEED, ABOUT, shown, draw, count=COUNT)
