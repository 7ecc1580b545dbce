"""Find who worked where, and with whom, from short careers told in Italian.

A career is a list of posts, each a company with its first and last year. The text is written from
the careers, some of it relative to another person, and the question is answered from them.
"""

from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "italian_former_colleagues"
SEED = 20_306
SIZE = 90
SEPARATOR = ", "
TODAY = 2025

WOMEN = ["Giulia", "Chiara", "Amina", "Elif", "Priya", "Noemi", "Marta", "Lucia", "Wen", "Ines"]
MEN = ["Marco", "Davide", "Youssef", "Kofi", "Matteo", "Andrei", "Luca", "Sergio", "Ivan", "Paolo"]
FIRMS = ["Lumina", "Tessera", "Brezza", "Sestante", "Cobalto", "Fiordaliso", "Maestrale", "Nimbus"]
FIRMS += ["Zefiro", "Ginestra", "Belvedere", "Quadrifoglio"]
LATER = {0: "nello stesso anno di", 1: "un anno dopo", 2: "due anni dopo", 3: "tre anni dopo"}
SCENES = [
    "{0}, {1} e {2} sono tre aziende di Torino che producono biciclette elettriche.",
    "A Bologna ci sono tre case editrici di libri per ragazzi: {0}, {1} e {2}.",
    "{0}, {1} e {2} sono tre studi di architettura di Palermo.",
    "Nel porto di Genova lavorano tre cantieri navali: {0}, {1} e {2}.",
    "Tre società di Milano sviluppano videogiochi: {0}, {1} e {2}.",
    "{0}, {1} e {2} sono tre laboratori di ceramica vicino a Faenza.",
    "A Bari tre agenzie di viaggi si fanno concorrenza: {0}, {1} e {2}.",
    "{0}, {1} e {2} sono tre emittenti radiofoniche della Sardegna.",
]
# Wordings by the number of posts, whether the last one goes on, and whether there is a pause. The
# years and firms of the posts are numbered; {o} is the ending of a participle.
WORDINGS = {
    "one": [
        "{x} ha lavorato per {f1} dal {a1} al {b1}.",
        "Tra il {a1} e il {b1} {x} ha lavorato per {f1}.",
        "{x} è entrat{o} in {f1} nel {a1} e se n'è andat{o} nel {b1}.",
        "{x} ha cominciato a lavorare per {f1} nel {a1} ed è andat{o} in pensione nel {b1}.",
    ],
    "one still": [
        "Dal {a1} {x} lavora per {f1}.",
        "{x} è entrat{o} in {f1} nel {a1} e ci lavora ancora oggi.",
        "{x} lavora per {f1} dal {a1} e non ha mai lavorato altrove.",
    ],
    "two": [
        "{x} ha lavorato per {f1} dal {a1} al {b1}, poi per {f2} fino al {b2}.",
        "{x} è stat{o} in {f1} dal {a1} al {b1} e subito dopo in {f2}, fino al {b2}.",
        "{x}, entrat{o} in {f1} nel {a1}, nel {a2} è passat{o} a {f2} e nel {b2} se n'è andat{o}.",
    ],
    "two still": [
        "{x} è entrat{o} in {f1} nel {a1}; nel {b1} è passat{o} a {f2}, dove lavora ancora oggi.",
        "Oggi {x} lavora per {f2}, dove è arrivat{o} nel {a2} da {f1}; in {f1} era dal {a1}.",
    ],
    "two pause": [
        "{x} ha lavorato per {f1} dal {a1} al {b1} e, dopo una pausa, per {f2} dal {a2} al {b2}.",
        "{x} ha lavorato per {f2} dal {a2} al {b2}; prima, dal {a1} al {b1}, era in {f1}.",
        "Prima {x} ha lavorato per {f1} ({a1}-{b1}), più tardi per {f2} ({a2}-{b2}).",
    ],
    "relative": [
        "{x} è entrat{o} in {f1} {later} {y} e ci è rimast{o} fino al {b1}.",
        "{x} ha cominciato a lavorare per {f1} {later} {y} e se n'è andat{o} nel {b1}.",
    ],
}
QUESTIONS = {
    "with": [
        "Chi ha lavorato nella stessa azienda di {x} e nello stesso periodo?",
        "Quali persone sono state colleghe di {x}?",
        "Con chi ha lavorato {x} nella stessa azienda?",
    ],
    "in": ["Chi lavorava per {f} nel {year}?", "Quali persone lavoravano per {f} nel {year}?"],
    "both": [
        "Chi ha lavorato sia per {f} sia per {g}?",
        "Quali persone hanno lavorato nel corso degli anni tanto per {f} quanto per {g}?",
    ],
    "after": [
        "Chi ha cominciato a lavorare per {f} dopo {x}?",
        "Chi è entrato in {f} più tardi di {x}?",
    ],
    "gone": ["Chi aveva già lasciato {f} quando ci è arrivat{o} {x}?"],
}
KINDS = ["with", "in", "with", "both", "with", "after", "with", "gone"]


class Post(NamedTuple):
    """A job, from the first year to the last, both included."""

    firm: str
    first: int
    last: int


Careers = dict[str, list[Post]]


def ending(name: str) -> str:
    return "a" if name in WOMEN else "o"


def career(rng: Random, firms: list[str]) -> list[Post]:
    first = rng.randint(2003, 2016)
    last = first + rng.randint(2, 7)
    firm, other = rng.sample(firms, 2)
    if rng.random() < 1 / 2:
        return [Post(firm, first, TODAY if rng.random() < 1 / 3 else last)]
    start = min(last + rng.choice([0, 0, 2, 3]), TODAY - 3)
    if start < last:
        return [Post(firm, first, last)]
    end = min(start + rng.randint(2, 6), TODAY - 1)
    if start == last and rng.random() < 1 / 3:
        end = TODAY
    return [Post(firm, first, last), Post(other, start, end)]


def told(rng: Random, name: str, careers: Careers, fixed: list[str]) -> tuple[str, bool]:
    """Return a sentence on a career, and whether it relies on that of somebody in `fixed`."""
    posts = careers[name]
    kind = "one" if len(posts) == 1 else "two"
    words: dict[str, Any] = {"x": name, "o": ending(name)}
    if posts[-1].last == TODAY:
        kind += " still"
    elif kind == "two" and posts[1].first > posts[0].last:
        kind += " pause"
    elif kind == "one":
        for other in fixed:
            firsts = [post.first for post in careers[other] if post.firm == posts[0].firm]
            if firsts and posts[0].first - firsts[0] in LATER:
                kind = "relative"
                words |= {"y": other, "later": LATER[posts[0].first - firsts[0]]}
    for number, post in enumerate(posts, 1):
        words |= {f"f{number}": post.firm, f"a{number}": post.first, f"b{number}": post.last}
    return rng.choice(WORDINGS[kind]).format(**words), kind == "relative"


def found(careers: Careers, kind: str, who: str, *, firm: str, other: str, year: int) -> list[str]:
    """Return the names that a question asks for."""
    own = {post.firm: post for post in careers[who]}
    names = []
    for name, posts in careers.items():
        at = {post.firm: post for post in posts}
        common = [(at[f], own[f]) for f in at if f in own and name != who]
        here = at.get(firm)
        arrived = own[firm].first if firm in own else TODAY
        said = {
            "with": any(a.first <= b.last and b.first <= a.last for a, b in common),
            "in": here is not None and here.first <= year <= here.last,
            "both": here is not None and other in at,
            "after": here is not None and here.first > arrived,
            "gone": here is not None and here.last < arrived,
        }
        if said[kind]:
            names.append(name)
    return names


ABOUT = {
    "summary": "Find colleagues and former staff in short Italian accounts of careers.",
    "definition": paragraphs("""
        You are given an Italian text on the careers of several people in three firms, as of the
        year 2025, and a question. Answer with the first names of all the people that the question
        asks for, separated by a comma and a space, in any order. A person works for a firm in every
        year from the first to the last one given, both included; who still works there today works
        there up to 2025; who goes from one firm straight to the next ("poi", "subito dopo", "è
        passato a", "è arrivato da") begins there in the year of leaving; "un anno dopo Marco" and
        the like count from the year in which that person came to the same firm. Two people are
        colleagues if at least one year in which they work for the same firm is common to both.
        "Dopo", "più tardi" and "già lasciato" refer to years: a later first year, or a last year
        before the other's arrival.

        Read in Italian who worked for which of three companies and when, and list everybody who
        fits the question at the end: first names, ", " between them, order free. Count periods in
        whole years with both ends ("dal 2010 al 2013" covers four years); "oggi" is 2025; a direct
        move puts the end of one job and the start of the next into the same year; a start "un anno
        dopo" somebody is counted from that person's start in the same company. People were
        colleagues if their years in the same company overlap by one year or more. Somebody came
        later than another if the first year is greater, and had already left when another came if
        the last year is smaller than the year of that arrival.

        Which people does the Italian question ask for? Work out for everyone the years spent in
        each firm, then compare; a year given relative to a person ("due anni dopo Chiara") is
        counted from that person's first year in the firm in question. First and last year belong to
        a period; jobs that go on reach to the present year, 2025; without a pause the next job
        begins in the year in which the former one ends. Sharing a year in the same firm makes two
        people colleagues; being later or already gone is decided by different years only. Write the
        names with a comma and a space between them, in whatever order, and nothing else.
    """),
    "answer_format": {"kind": "set", "separator": SEPARATOR},
    "categories": ["Entity Relation Classification", "Question Answering"],
    "domains": ["Professions"],
    "reasoning": ["Relational Reasoning", "Temporal Reasoning"],
    "languages": {"instruction": ["en"], "input": ["it"], "output": ["it"]},
}

# Text, output, lesson.
TAUGHT = [
    (
        """Siamo nel 2025. Argento, Corallo e Mistral sono tre officine di Verona. Bruno ha
        lavorato per Argento dal 2008 al 2012, poi per Mistral fino al 2016. Dal 2012 Sofia
        lavora per Argento. Nadia ha lavorato per Mistral dal 2017 al 2020. Omar è entrato in
        Mistral due anni dopo Bruno e ci è rimasto fino al 2019. Quali persone sono state
        colleghe di Bruno?""",
        "Sofia, Omar",
        """Bruno is at Argento 2008-2012 and at Mistral 2012-2016. Sofia comes to Argento in
        2012, a year that both share; Omar is at Mistral from 2014. Nadia begins there a year too
        late.""",
    ),
    (
        """Siamo nel 2025. Tre vivai di Pistoia si chiamano Argento, Corallo e Mistral. Nadia è
        entrata in Corallo nel 2011; nel 2015 è passata ad Argento, dove lavora ancora oggi. Tra
        il 2009 e il 2013 Omar ha lavorato per Argento. Sofia lavora per Argento dal 2018 e non
        ha mai lavorato altrove. Bruno ha lavorato per Argento dal 2010 al 2015. Chi aveva già
        lasciato Argento quando ci è arrivata Nadia?""",
        "Omar",
        """Nadia comes to Argento in 2015. Omar's last year there is 2013; Bruno's is 2015
        itself, which is not earlier, and Sofia came later and never left.""",
    ),
    (
        """Siamo nel 2025. Argento, Corallo e Mistral sono tre birrifici del Friuli. Sofia ha
        lavorato per Corallo dal 2006 al 2010 e, dopo una pausa, per Mistral dal 2013 al 2018.
        Bruno è entrato in Mistral un anno dopo Sofia e ci è rimasto fino al 2021. Dal 2014 Nadia
        lavora per Corallo. Omar ha cominciato a lavorare per Mistral nel 2010 ed è andato in
        pensione nel 2014. Chi lavorava per Mistral nel 2014?""",
        "Sofia, Bruno, Omar",
        """Sofia is at Mistral 2013-2018, Bruno from 2014 and Omar until 2014, and first and last
        years count. Nadia works in 2014 too, but for Corallo.""",
    ),
    (
        """Siamo nel 2025. Nel porto di Ancona ci sono tre cantieri: Argento, Corallo e Mistral.
        Omar ha lavorato per Corallo dal 2004 al 2009, poi per Argento fino al 2013. Nadia ha
        lavorato per Argento dal 2005 al 2008. Bruno è entrato in Argento nel 2011 e se n'è
        andato nel 2017. Dal 2010 Sofia lavora per Corallo. Con chi ha lavorato Omar nella stessa
        azienda?""",
        "Nadia, Bruno, Sofia",
        """All three worked for a firm in which Omar was once, but Nadia left Argento before he
        came there in 2009, and Sofia came to Corallo after he had left.

        Keep only who shares years with Omar: Bruno.""",
    ),
    (
        """Siamo nel 2025. Argento, Corallo e Mistral sono tre falegnamerie di Trento. Bruno ha
        lavorato per Mistral dal 2012 al 2016. Nadia è entrata in Mistral nello stesso anno di
        Bruno e ci è rimasta fino al 2014. Sofia ha lavorato per Mistral dal 2013 al 2015. Tra il
        2007 e il 2011 Omar ha lavorato per Mistral. Chi ha cominciato a lavorare per Mistral
        dopo Bruno?""",
        "Sofia, Nadia",
        """Nadia is named after Bruno in the text, but came to Mistral in the same year as he,
        which is not later.

        Leave Nadia out: Sofia.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        kind, size = KINDS[done % len(KINDS)], rng.randint(4, 6)
        firms = rng.sample(FIRMS, 3)
        names = rng.sample([*rng.sample(WOMEN, 3), *rng.sample(MEN, 3)], size)
        careers = {name: career(rng, firms) for name in names}
        who, year = rng.choice(names), rng.randint(2008, 2022)
        firm, other = rng.sample(firms, 2)
        if kind in {"after", "gone"}:
            firm = rng.choice(careers[who]).firm
        answer = found(careers, kind, who, firm=firm, other=other, year=year)
        staff = [n for n in names if n != who and firm in {post.firm for post in careers[n]}]
        if not 0 < len(answer) < size - 1 or (kind != "with" and len(answer) >= len(staff)):
            return None
        if len(answer) == 1 and rng.random() < 1 / 2:
            return None
        fixed: list[str] = []
        lines = []
        for name in names:
            line, leaning = told(rng, name, careers, fixed)
            lines.append(line)
            fixed += [] if leaning else [name]
        question = rng.choice(QUESTIONS[kind])
        question = question.format(x=who, f=firm, g=other, year=year, o=ending(who))
        head = f"Siamo nel {TODAY}. " + rng.choice(SCENES).format(*firms)
        text = " ".join([head, *lines, question])
        return instance(NAME, text, [SEPARATOR.join(answer)], answer=[answer])

    shown = []
    for text, output, lesson in TAUGHT:
        shown.append(demonstration(paragraphs(text)[0], output, lesson))
    return document(NAME, SEED, ABOUT, shown, draw, count=SIZE)
