"""Translate an Esperanto sentence with free word order into English.

Phrases carry their English beside their Esperanto; "(big|large)" stands for alternatives.
"""

import re
from functools import partial
from itertools import product
from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "esperanto_to_english"
SEED = 20_401
COUNT = 120
MOST = 24  # alternatives of one answer

# Stem, English singular, plural; who can do what depends on the group.
NOUNS = {
    "person": """knab,boy,boys knabin,girl,girls vir,man,men virin,woman,women reĝ,king,kings
        reĝin,queen,queens princ,prince,princes princin,princess,princesses onkl,uncle,uncles
        onklin,aunt,aunts nep,grandson,grandsons nepin,granddaughter,granddaughters
        kantist,singer,singers instruist,teacher,teachers
        kantistin,(singer|female~singer|woman~singer),(singers|female~singers|women~singers)""",
    "animal": """hund,dog,dogs kat,cat,cats ĉeval,horse,horses bovin,cow,cows kokin,hen,hens
        bird,bird,birds leonin,lioness,lionesses birdet,~bird,~birds hundet,~dog,~dogs""",
    "thing": """libr,book,books flor,flower,flowers leter,letter,letters ĉapel,hat,hats
        ŝlosil,key,keys pom,apple,apples bild,(picture|image),(pictures|images) kuk,cake,cakes
        seĝ,chair,chairs lamp,lamp,lamps
        libret,(booklet|small~book|little~book),(booklets|small~books|little~books)
        floret,~flower,~flowers seĝet,~chair,~chairs""",
    "door": "pord,door,doors fenestr,window,windows pordet,~door,~doors fenestret,~window,~windows",
    "place": """kuirej,kitchen,kitchens lernej,school,schools preĝej,church,churches
        bakej,bakery,bakeries vendej,(shop|store),(shops|stores) ĝarden,garden,gardens
        dom,house,houses ĉambret,~room,~rooms urb,(city|town),(cities|towns) urbet,~town,~towns
        domet,(small~house|little~house|cottage),(small~houses|little~houses|cottages)""",
    "top": """tabl,table,tables lit,bed,beds tablet,~table,~tables sof,(sofa|couch),(sofas|couches)
        tegment,roof,roofs""",
}
ALIVE = "jun,young maljun,old malriĉ,poor malgaj,(sad|gloomy) fort,strong malfort,weak feliĉ,happy"
ALIVE += " malfeliĉ,unhappy malsat,hungry malgrand,(small|little)"
DEAD = "nov,new malnov,old pez,heavy malpez,light pur,clean malpur,dirty ruĝ,red blu,blue"
DEAD += " malbel,ugly grand,(big|large) blank,white malgrand,(small|little)"
PLACES = "nov,new malnov,old trankvil,(quiet|calm|peaceful) malpur,dirty pur,clean"
ADJECTIVES = {"person": ALIVE, "animal": ALIVE + " nigr,black grand,(big|large)", "thing": DEAD}
ADJECTIVES |= {"door": DEAD + " larĝ,(wide|broad) mallarĝ,narrow", "place": PLACES, "top": DEAD}
# Stem, English base and past; groups of subjects and of objects.
VERBS = """
vid,see,saw,person animal,person animal thing / aŭd,hear,heard,person animal,person animal
am,love,loved,person,person animal thing / malam,hate,hated,person animal,person animal
sekv,follow,followed,person animal,person animal / trov,find,found,person animal,animal thing
perd,lose,lost,person,thing / lav,wash,washed,person,animal door
pentr,paint,painted,person,animal thing door / aĉet,buy,bought,person,animal thing
forges,forget,forgot,person,person thing / kaŝ,hide,hid,person animal,thing
malferm,open,opened,person,door / ferm,(close:shut),(closed:shut),person,door
"""
TRANSITIVE = [verb.replace(":", "|").split(",") for verb in re.split(" / |\n", VERBS.strip())]
INTRANSITIVE = ["dorm,sleep,slept", "danc,dance,danced", "ridet,smile,smiled"]
INTRANSITIVE += ["labor,work,worked", "lud,play,played", "plor,(cry|weep),(cried|wept)"]
MOVES = ["kur,run,ran,place,en,in,into", "salt,jump,jumped,top,sur,on,onto"]
GIVING = [("don", "give", "gave"), ("montr", "show", "showed"), ("send", "send", "sent")]
WHEN = {"as": [("nun", "now"), ("ĉiutage", "every day")], "is": [("hieraŭ", "yesterday")]}
WHEN["os"] = [("morgaŭ", "tomorrow")]


class Phrase(NamedTuple):
    """A noun phrase: Esperanto subject and object form, English, and what agrees with it."""

    subject: str
    object: str
    english: str
    plural: bool
    owner: str


def phrase(rng: Random, groups: str, described: float = 0.5, article: str = "") -> Phrase:
    """Draw a noun phrase; `article` is an Esperanto stem and the English word, or drawn."""
    group = rng.choice(groups.split())
    drawn = rng.choice(NOUNS[group].split()).replace(",~", ",(small|little) ").replace("~", " ")
    stem, one, many = drawn.split(",")
    plural = not rng.randrange(5 if group in ("place", "top") else 3)
    ending = "oj" if plural else "o"
    words = [stem + ending]
    english = many if plural else one
    if rng.random() < described and "little" not in one:
        eo, en = rng.choice(ADJECTIVES[group].split()).split(",")
        words.insert(rng.choice([0, 0, 1]), eo + ending.replace("o", "a"))
        english = f"{en} {english}"
    if article:
        possessive, owner = article.split()
        words.insert(0, possessive + ending.replace("o", "a"))
        english = f"{owner} {english}"
    elif rng.randrange(3):
        words.insert(0, "la")
        english = f"the {english}"
    elif not plural:
        english = f"a~ {english}"
    accusative = [word if word == "la" else word + "n" for word in words]
    owner = "their" if plural else "her" if stem.endswith("in") else "his"
    return Phrase(" ".join(words), " ".join(accusative), english, plural, owner)


def verb(tense: str, base: str, past: str, doer: Phrase, mood: str = "") -> tuple[str, str]:
    """Return the English auxiliary, if any, and the main verb; `mood` is "", "not" or "ask"."""
    if tense == "os":
        return ("will" + " not" * (mood == "not"), base)
    if mood:
        auxiliary = "did" if tense == "is" else "do" if doer.plural else "does"
        return (auxiliary + " not" * (mood == "not"), base)
    if tense == "is":
        return ("", past)
    return ("", base if doer.plural else re.sub(r"(\w+)", lambda found: third(found[1]), base))


def third(base: str) -> str:
    if re.search(r"(s|sh|ch|go)$", base):
        return base + "es"
    return base[:-1] + "ies" if re.search(r"[^aeiou]y$", base) else base + "s"


def expanded(english: str) -> list[str]:
    parts = re.split(r"\(([^)]*)\)", english)
    options = [part.split("|") if number % 2 else [part] for number, part in enumerate(parts)]
    found = []
    for choice in product(*options):
        text = " ".join("".join(choice).split())
        text = re.sub(r"a~ (?=[aeiou])", "an ", text).replace("a~", "a")
        found.append(text[0].upper() + text[1:])
    return found


def shuffled(rng: Random, parts: list[str]) -> str:
    return " ".join(rng.sample(parts, len(parts)))


def framed(rng: Random, tense: str, eo: str, en: str) -> tuple[str, str]:
    if rng.choice([True, False]):
        return eo, en
    adverb, english = rng.choice(WHEN[tense])
    return rng.choice([f"{adverb} {eo}", f"{eo} {adverb}"]), f"{en} {english}"


def act(rng: Random, tense: str, mood: str = "") -> tuple[str, str]:
    """Subject, verb and object in any order; "si-" points to the subject, "li-" to others."""
    stem, base, past, doers, things = rng.choice(TRANSITIVE[5 if mood == "own" else 0 :])
    doer, whose = phrase(rng, doers), ""
    if mood == "own":
        doer, things, mood = phrase(rng, "person"), things.replace("person", ""), ""
        whose = rng.choice(["li his", "ŝi her", "ili their", *[f"si {doer.owner}"] * 3])
    thing = phrase(rng, things, article=whose)
    auxiliary, main = verb(tense, base, past, doer, mood)
    said = "ne " * (mood == "not") + stem + tense
    if mood == "ask":
        eo = f"ĉu {shuffled(rng, [doer.subject, said, thing.object])}?"
        return eo, f"{auxiliary} {doer.english} {main} {thing.english}?"
    eo = shuffled(rng, [doer.subject, said, thing.object])
    return framed(rng, tense, eo, f"{doer.english} {auxiliary} {main} {thing.english}")


def move(rng: Random, tense: str) -> tuple[str, str]:
    """The accusative after a preposition shows where to; without it the place is where."""
    stem, base, past, group, preposition, at, into = rng.choice(MOVES).split(",")
    doer, place = phrase(rng, "person animal"), phrase(rng, group, 0.3)
    main = verb(tense, base, past, doer)
    form, english = rng.choice([(place.subject, at), (place.object, into)])
    eo = shuffled(rng, [doer.subject, stem + tense, f"{preposition} {form}"])
    return eo, f"{doer.english} {' '.join(main)} {english} {place.english}"


def give(rng: Random, tense: str) -> tuple[str, str]:
    stem, base, past = rng.choice(GIVING)
    doer, thing, taker = phrase(rng, "person"), phrase(rng, "thing"), phrase(rng, "person", 0.3)
    main = " ".join(verb(tense, base, past, doer))
    eo = shuffled(rng, [doer.subject, stem + tense, thing.object, f"al {taker.subject}"])
    two = f"{thing.english} to {taker.english}", f"{taker.english} {thing.english}"
    return eo, "\n".join(f"{doer.english} {main} {objects}" for objects in two)


def be(rng: Random, tense: str) -> tuple[str, str]:
    group = rng.choice(["person", "animal", "thing", "place"])
    what = phrase(rng, group, 0.3)
    stem, english = rng.choice(ADJECTIVES[group].split()).split(",")
    if english in what.english:
        stem, english = ("mallaŭt", "quiet")
    form = stem + ("aj" if what.plural else "a")
    is_ = {"as": ["is", "are"], "is": ["was", "were"], "os": ["will be"] * 2}[tense][what.plural]
    eo = rng.choice(["{0} est{1} {2}", "{2} est{1} {0}"]).format(what.subject, tense, form)
    return eo, f"{what.english} {is_} {english}"


def relate(rng: Random, tense: str) -> tuple[str, str]:
    stem, base, past, _, _ = rng.choice(TRANSITIVE[:5])
    head, other = phrase(rng, "person", 0.3), phrase(rng, "person animal", 0.3)
    told, told_base, told_past = rng.choice(INTRANSITIVE).split(",")
    kiu = "kiuj" if head.plural else "kiu"
    end = " ".join(verb(tense, told_base, told_past, head))
    if rng.choice([True, False]):
        clause = f"{kiu} {shuffled(rng, [stem + tense, other.object])}"
        inner = f"(who|that) {' '.join(verb(tense, base, past, head))} {other.english}"
    else:
        clause = f"{kiu}n {shuffled(rng, [stem + tense, other.subject])}"
        does = " ".join(verb(tense, base, past, other))
        inner = f"(whom|who|that|) {other.english} {does}"
    return f"{head.subject}, {clause}, {told}{tense}", f"{head.english} {inner} {end}"


negate, ask, own = (partial(act, mood=mood) for mood in ["not", "ask", "own"])
MAKERS = [act, move, give, relate, own, ask, be, act, move, negate, relate, own]


def write(rng: Random, number: int) -> tuple[str, list[str]] | None:
    tense = ["as", "is", "os"][number // len(MAKERS) % 3]
    eo, english = MAKERS[number % len(MAKERS)](rng, tense)
    found = [text for line in english.split("\n") for text in expanded(line)]
    for word in ["now", "every day", "yesterday", "tomorrow"]:  # may as well stand first
        ends = [text.removesuffix(f" {word}") for text in found if text.endswith(f" {word}")]
        found += [f"{word.capitalize()} {text[0].lower()}{text[1:]}" for text in ends]
    stems = [re.sub(r"(in|et)?[oa]j?n?$", "", word) for word in re.findall(r"\w{5,}", eo)]
    loose = re.search(r"\b\w+o(j?n?)( \w+a\1)+ \w+o\1\b", eo)  # which noun is the adjective of?
    if loose or len(found) > MOST or len(set(stems)) < len(stems):
        return None
    mark = "" if eo.endswith("?") else "."
    return f"{eo[0].upper()}{eo[1:]}{mark}", [text + mark for text in found]


ABOUT = {
    "summary": "Translate an Esperanto sentence with free word order into English.",
    "definition": paragraphs("""
        Translate the Esperanto sentence into English. Word order is free: -n marks the object. Use
        plain tenses: simple present for -as, simple past for -is, "will" for -os. "La" is "the";
        without "la" or a possessive write "a" or "an" in the singular, no article in the plural.
        After "en" and "sur", -n means movement (into, onto), no -n place (in, on). Mal- makes the
        opposite, -in- a female, -ej- a place, -et- something small. "Sia" belongs to the subject
        ("her" after -in-, "their" after a plural, else "his"); "lia", "ŝia", "ilia" are his, her,
        their. Write one sentence in normal English order, a word of time first or last, with its
        final mark, without commas and contractions.

        Give the English of an Esperanto sentence: one sentence in usual order (time words at either
        end) with full stop or question mark, without commas or short forms like "doesn't". The word
        in -n (-jn) is the object, wherever it stands. -as becomes simple present, -is simple past,
        -os "will". A noun with neither "la" (the) nor a possessive takes "a" or "an" if singular,
        nothing if plural. "En" and "sur" before -n are "into" and "onto", otherwise "in" and "on".
        Affixes: mal- opposite, -in- female, -ej- place, -et- small. "Sia" refers to the subject:
        "their" if plural, "her" if it has -in-, else "his"; "lia" is "his", "ŝia" "her", "ilia"
        "their".

        What does the Esperanto sentence say in English? Answer with a single English sentence in
        usual order, times at the beginning or end. Rules: -n = object, anywhere; -as present, -is
        past, -os future with "will", never progressive; "la" = the, no "la" and no possessive =
        a/an (plural: no article); "en", "sur" plus -n = into, onto, plus plain noun = in, on; mal-
        contrary, -in- female, -ej- place, -et- little. Turn "sia" into the possessive of the
        subject (several: their, noun in -in-: her, else his); "lia", "ŝia", "ilia" are his, her,
        their. Keep the final mark; no commas, no contracted verbs.
    """),
    "answer_format": {"kind": "text"},
    "metrics": ["exact_match", "rouge_l"],
    "categories": ["Translation"],
    "domains": ["Linguistics"],
    "reasoning": ["Grammatical Reasoning"],
    "languages": {"instruction": ["en"], "input": ["eo"], "output": ["en"]},
}

TAUGHT = """
Ĉu la filoj kuros en la lernejon? => Will the sons run into the school?
"Ĉu" opens a yes-or-no question and -os is the future. "Lernejo" is the place (-ej-) for learning,
and its -n after "en" shows movement: "into", not "in".

La knabo, kiun amas la patrino, ne kantas. => The boy whom the mother loves does not sing.
"Kiun" has -n, so the boy is the one who is loved and "la patrino" loves him. The commas around the
clause are Esperanto punctuation and are dropped.

Siajn ĉapelojn vendas la maljuna frato. => The old brother sells his hats.
"Siajn ĉapelojn" is a plural object put in front; "sia" refers to the subject, the brother.
"Maljuna" is the opposite of young.

La leonon sekvis la infano. => The lion followed the child.
This follows the order of the words. The lion has -n and is the object; the child, without -n, is
the one who follows.
* Start with the word without -n: The child followed the lion.

Malmultaj birdoj flugas sur la tegmenton. => Few birds are flying on the roof.
-as is to be a simple present, not a progressive, and "tegmenton" with -n is the goal of the flight,
not the place where it happens.
* Use the plain tense and "onto": Few birds fly onto the roof.
""".strip().split("\n\n")


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        drawn = write(rng, done)
        return drawn and instance(NAME, *drawn)

    shown = []
    for block in TAUGHT:
        text, output, *lesson = re.split(" => |\n", block)
        shown.append(demonstration(text, output, "\n".join(lesson).replace("* ", "\n\n")))
    return document(NAME, SEED, ABOUT, shown, draw, count=COUNT)
