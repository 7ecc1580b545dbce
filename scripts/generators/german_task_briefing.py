"""List who does what by when, from the minutes of a German meeting.

The minutes are written from a plan: for each task somebody, two people or nobody, and a deadline
that `datetime` resolves where the text names it relative to the meeting, to the event that is being
prepared or to the deadline mentioned before.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "german_task_briefing"
SEED = 20_405
COUNT = 80
SEPARATOR = "; "
DAYS = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]
MONTHS = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September"]
MONTHS += ["Oktober", "November", "Dezember"]
NUMBERS = ["null", "einen", "zwei", "drei", "vier", "fünf", "sechs", "sieben"]
PEOPLE = "Aylin Jonas Miriam Tarek Svenja Emeka Linh Paweł Greta Rosa Dario Ulrike Ivan Chiara"

# Topic, what takes place, the same after "vor"; then the tasks: heading, object, infinitive,
# infinitive with "zu", participle.
THEMES = """
Stadtteilfest | Das Fest | dem Fest
Getränke, Wasser und Säfte, bestellen, zu bestellen, bestellt
Behörde, die Genehmigung für die Sperrung, beantragen, zu beantragen, beantragt
Musik, eine Band, engagieren, zu engagieren, engagiert
Werbung, die Plakate, entwerfen, zu entwerfen, entworfen
Wetterschutz, zwei große Zelte, ausleihen, auszuleihen, ausgeliehen
Helferliste, die Schichten für den Abbau, einteilen, einzuteilen, eingeteilt

Umzug des Büros | Der Umzug | dem Umzug
Spedition, drei Angebote für den Transport, vergleichen, zu vergleichen, verglichen
Schlüssel, die neuen Schlüssel, abholen, abzuholen, abgeholt
Internet, den Anschluss für das neue Büro, anmelden, anzumelden, angemeldet
Altpapier, die alten Akten, vernichten, zu vernichten, vernichtet
Kundschaft, alle Kunden über die neue Adresse, informieren, zu informieren, informiert
Kartons, die Umzugskisten, beschriften, zu beschriften, beschriftet

Theaterabend der Schule | Die Aufführung | der Aufführung
Kostüme, die Gewänder, nähen, zu nähen, genäht
Licht, die Scheinwerfer, prüfen, zu prüfen, geprüft
Programmheft, das Heft für das Publikum, gestalten, zu gestalten, gestaltet
Eintrittskarten, den Vorverkauf, organisieren, zu organisieren, organisiert
Presse, die Lokalzeitung, einladen, einzuladen, eingeladen
Bühnenbild, die Kulissen, bemalen, zu bemalen, bemalt

Neue Website des Vereins | Die Freischaltung | der Freischaltung
Texte, alle Beiträge, Korrektur lesen, Korrektur zu lesen, Korrektur gelesen
Fotos, Bilder vom Training, auswählen, auszuwählen, ausgewählt
Datenschutz, die rechtlichen Hinweise, aktualisieren, zu aktualisieren, aktualisiert
Test, alle Formulare, ausprobieren, auszuprobieren, ausprobiert
Kosten, die Rechnung der Agentur, bezahlen, zu bezahlen, bezahlt
Logo, drei Entwürfe für das neue Zeichen, vorlegen, vorzulegen, vorgelegt

Eröffnung der Bücherei | Die Eröffnung | der Eröffnung
Regale, die Metallregale, aufbauen, aufzubauen, aufgebaut
Katalog, alle Bücher im Computer, erfassen, zu erfassen, erfasst
Lesung, eine Autorin für den ersten Abend, gewinnen, zu gewinnen, gewonnen
Ausweise, die Leserkarten, drucken, zu drucken, gedruckt
Spielecke, Teppich und Sitzkissen, kaufen, zu kaufen, gekauft
Öffnungszeiten, ein Schild für die Tür, anfertigen, anzufertigen, angefertigt

Klassenfahrt nach Bremen | Die Abreise | der Abreise
Unterkunft, die Zimmer in der Jugendherberge, reservieren, zu reservieren, reserviert
Bahn, die Gruppenfahrkarten, besorgen, zu besorgen, besorgt
Elternbrief, die Familien schriftlich, benachrichtigen, zu benachrichtigen, benachrichtigt
Kasse, die Anzahlungen, einsammeln, einzusammeln, eingesammelt
Besichtigung, eine Führung durch das Rathaus, buchen, zu buchen, gebucht
Notfälle, die Liste der Allergien, zusammenstellen, zusammenzustellen, zusammengestellt
"""
HEADS = [
    "Protokoll der Sitzung vom {meeting}\nThema: {topic}. {event} ist am {day}.",
    "Rundmail vom {meeting}\nBeschlüsse von heute zum Thema „{topic}“. {event} ist am {day}.",
    "Notizen aus der Besprechung am {meeting}\n{topic}: {event} bleibt am {day}.",
]
GIVEN = [  # person, deadline, object, infinitive, infinitive with "zu"
    "{p} wird {by} {o} {i}.",
    "{p} übernimmt es, {by} {o} {z}.",
    "{p} hat zugesagt, {o} {z}, und zwar {by}.",
    "Es wurde beschlossen, dass {p} {by} {o} {i} soll.",
    "Auf die Bitte, {o} {z}, meldete sich {p}; erledigt sein soll das {by}.",
]
PASSED = [  # somebody else first
    "Eigentlich wollte {x} {o} {i}; weil {x} verreist ist, macht das nun {p}, und zwar {by}.",
    "{x} gibt die Aufgabe, {o} {z}, an {p} ab; sie soll {by} erledigt sein.",
    "Zuerst war {x} im Gespräch, um {o} {z}; am Ende sagte {p} zu, dies {by} zu tun.",
]
SHARED = ["{p} und {x} wollen gemeinsam {by} {o} {i}.", "{by!c} müssen {p} und {x} {o} {i}."]
MOVED = [
    "{p} soll {o} {i}, nicht {old}, wie zuerst geplant, sondern {by}.",
    "{p} wollte {old} {o} {i}; vereinbart wurde jedoch, das {by} zu tun.",
]
NOTHING = [
    "{x} hat {o} bereits {v}; dieser Punkt ist erledigt.",
    "Der Vorschlag von {x}, {o} {z}, wird nicht weiterverfolgt.",
    "Wer {o} {i} wird, bleibt vorerst offen; {x} hat keine Zeit.",
    "{x} fragte, ob jemand {o} {i} kann; das wird erst beim nächsten Treffen entschieden.",
]


def long(day: date) -> str:
    return f"{DAYS[day.weekday()]}, dem {short(day)}"


def short(day: date) -> str:
    return f"{day.day}. {MONTHS[day.month - 1]}"


def deadline(
    rng: Random, meeting: date, event: date, before: str, last: date | None
) -> tuple[str, date]:
    """Return a deadline in words and as a date; `last` is the one mentioned right before."""
    if last and last + timedelta(days=7) < event and rng.randrange(2):
        gap = rng.randint(2, 6)
        after = last + timedelta(days=gap)
        name = DAYS[after.weekday()]
        return rng.choice(
            [
                (f"bis zum {name} darauf", after),
                (f"bis {NUMBERS[gap]} Tage nach diesem Termin", after),
                (f"bis zum darauffolgenden {name}", after),
                ("bis zum Tag nach diesem Termin", last + timedelta(days=1)),
            ]
        )
    day = meeting + timedelta(days=rng.randint(4, 24))
    week = rng.randint(1, 3)
    number = rng.randint(2, 7)
    monday = meeting - timedelta(days=meeting.weekday())
    weekday = rng.randrange(5)
    return rng.choice(
        [
            (f"bis zum {short(day)}", day),
            (f"bis {DAYS[day.weekday()]}, den {short(day)}", day),
            ("bis morgen", meeting + timedelta(days=1)),
            ("bis übermorgen", meeting + timedelta(days=2)),
            (
                f"bis heute in {['einer Woche', 'zwei Wochen', 'drei Wochen'][week - 1]}",
                meeting + timedelta(days=7 * week),
            ),
            (f"bis {DAYS[weekday]} nächster Woche", monday + timedelta(days=7 + weekday)),
            (f"bis {DAYS[weekday]} übernächster Woche", monday + timedelta(days=14 + weekday)),
            (f"bis {NUMBERS[number]} Tage vor {before}", event - timedelta(days=number)),
            (f"bis zum Tag vor {before}", event - timedelta(days=1)),
            (f"bis eine Woche vor {before}", event - timedelta(days=7)),
            (f"bis zwei Wochen vor {before}", event - timedelta(days=14)),
        ]
    )


def write(rng: Random, number: int) -> tuple[str, list[str]]:
    """Return the minutes and the entries of the list."""
    themes = THEMES.strip().split("\n\n")
    head, *listed = themes[number % len(themes)].split("\n")
    topic, event_name, before = head.split(" | ")
    size = rng.randint(4, 6)
    jobs = [dict(zip("hoizv", each.split(", "), strict=True)) for each in rng.sample(listed, size)]
    meeting = date(2025, 1, 13) + timedelta(days=7 * rng.randrange(90) + rng.randrange(5))
    event = meeting + timedelta(days=rng.randint(30, 60))
    people = rng.sample(PEOPLE.split(), 6)

    kinds = [GIVEN, NOTHING, *rng.sample([GIVEN, GIVEN, PASSED, SHARED, MOVED, NOTHING], size - 2)]
    rng.shuffle(kinds)
    order = rng.sample(range(size), size)
    sentences, entries = [], []
    last = None
    for kind, spot in zip(kinds, order, strict=True):
        job, (p, x) = jobs[spot], rng.sample(people, 2)
        by, day = deadline(rng, meeting, event, before, last if kind is not MOVED else None)
        old = by
        while old == by:
            old, _ = deadline(rng, meeting, event, before, None)
        words = job | {"p": p, "x": x, "by": by, "old": old}
        sentence = rng.choice(kind).replace("{by!c}", by[0].upper() + by[1:]).format(**words)
        sentences.append(sentence)
        last = None if kind is NOTHING else day
        if kind is not NOTHING:
            doers = [p, x] if kind is SHARED else [p]
            entries += [f"{'ABCDEF'[spot]}: {doer}, {day.isoformat()}" for doer in doers]
    opening = rng.choice(HEADS).format(
        meeting=f"{long(meeting)} {meeting.year}", topic=topic, event=event_name, day=long(event)
    )
    headings = [f"{'ABCDEF'[spot]} {job['h']}" for spot, job in enumerate(jobs)]
    text = f"{opening}\nAufgaben: {', '.join(headings)}\n{' '.join(sentences)}"
    return text, sorted(entries)


ABOUT = {
    "summary": "List who does which task by when, from German minutes.",
    "definition": paragraphs("""
        Du erhältst die Notizen einer Besprechung mit einer Liste von Aufgaben (Buchstabe und
        Stichwort). Schreibe auf, wer welche Aufgabe bis wann erledigt, in der Form
        „B: Aylin, 2025-03-14“, also Buchstabe, Doppelpunkt, Vorname, Komma und Datum (JJJJ-MM-TT).
        Teilen sich zwei Personen eine Aufgabe, bekommt jede einen eigenen Eintrag. Trenne die
        Einträge mit „; “, die Reihenfolge ist frei. Es gilt, was am Ende vereinbart wurde;
        Aufgaben, die erledigt sind, entfallen oder noch niemandem zugeteilt sind, fehlen in der
        Liste. „Heute“ ist der Tag der Besprechung, eine Woche beginnt am Montag, „Donnerstag
        darauf“ ist der erste Donnerstag nach dem zuletzt genannten Termin, und „dieser Termin“ ist
        ebenfalls der zuletzt genannte. Ein Tag ohne Jahr ist der nächste nach der Besprechung.

        Lies das Protokoll und stelle eine Liste der offenen, verteilten Aufgaben zusammen. Jeder
        Eintrag besteht aus dem Buchstaben der Aufgabe, einem Doppelpunkt, dem Vornamen, einem Komma
        und der Frist als Jahr-Monat-Tag, zum Beispiel „C: Jonas, 2025-04-02“; zwischen den
        Einträgen steht ein Semikolon mit Leerzeichen, die Ordnung ist gleichgültig. Bei zwei
        Zuständigen schreibst du zwei Einträge. Wird jemand ersetzt oder eine Frist verschoben,
        zählt nur der letzte Stand. Lass weg, was schon getan, gestrichen oder nicht vergeben ist.
        Rechne Fristen in Kalenderdaten um: „heute“ und „morgen“ vom Tag der Besprechung aus,
        „nächste Woche“ ab dem folgenden Montag, „darauf“, „darauffolgend“ und „nach diesem Termin“
        vom unmittelbar davor genannten Termin aus; ohne Jahr gilt der nächste solche Tag.

        Wer macht was bis wann? Entnimm dem Text alle Zuständigkeiten, die nach der Besprechung
        gelten, und gib sie als „A: Vorname, JJJJ-MM-TT“ aus, mit „; “ verbunden, in beliebiger
        Reihenfolge. Der Buchstabe stammt aus der Aufgabenliste. Ein Eintrag nennt genau eine
        Person; arbeiten zwei zusammen, sind es zwei Einträge. Nicht aufzuführen sind Aufgaben, die
        bereits fertig sind, auf die man verzichtet oder für die noch niemand feststeht. Relative
        Fristen beziehen sich auf den Besprechungstag, auf das genannte Ereignis oder (bei „darauf“,
        „darauffolgend“, „nach diesem Termin“) auf die Frist, die zuletzt genannt wurde; Wochen
        laufen von Montag bis Sonntag; fehlt das Jahr, ist der nächste solche Tag gemeint.
    """),
    "answer_format": {"kind": "set", "separator": SEPARATOR},
    "categories": ["Entity Generation", "Information Extraction"],
    "domains": ["Management"],
    "reasoning": ["Temporal Reasoning", "Relational Reasoning"],
    "languages": {"instruction": ["de"], "input": ["de"], "output": ["de"]},
}

# The minutes, the entries, what the demonstration teaches.
TAUGHT = """
Notizen aus der Besprechung am Montag, dem 3. März 2025
Hoffest: Das Fest ist am Samstag, dem 5. April.
Aufgaben: A Grill, B Kuchen, C Strom
Yasmin wird bis Freitag nächster Woche zwei Grills mieten. Holger übernimmt es, bis zum Dienstag \
darauf das Verlängerungskabel zu prüfen. Wer die Torten backen wird, bleibt vorerst offen.
A: Yasmin, 2025-03-14; C: Holger, 2025-03-18
Die nächste Woche beginnt am 10. März, ihr Freitag ist der 14. Der erste Dienstag nach dem 14. \
März ist der 18. Für B steht niemand fest, also fehlt B.

Protokoll der Sitzung vom Donnerstag, dem 12. Juni 2025
Thema: Renovierung des Jugendraums. Die Wiedereröffnung ist am Montag, dem 14. Juli.
Aufgaben: A Farbe, B Vorhänge, C Sofa
Eigentlich wollte Nils Wandfarbe kaufen; weil Nils verreist ist, macht das nun Olena, und zwar \
bis übermorgen. Kim und Nils wollen gemeinsam bis eine Woche vor der Wiedereröffnung die Gardinen \
nähen. Kim hat die alte Couch bereits verkauft; dieser Punkt ist erledigt.
A: Olena, 2025-06-14; B: Kim, 2025-07-07; B: Nils, 2025-07-07
Olena ersetzt Nils; übermorgen ist der 14. Juni. Zwei Personen ergeben zwei Einträge, sieben Tage \
vor dem 14. Juli. C ist bereits erledigt und fehlt.

Rundmail vom Dienstag, dem 30. September 2025
Beschlüsse von heute zum Thema „Herbstlauf“. Der Lauf ist am Sonntag, dem 2. November.
Aufgaben: A Startnummern, B Strecke, C Sanitäter
Es wurde beschlossen, dass Fatih bis heute in zwei Wochen die Nummern drucken soll. Bea soll den \
Weg markieren, nicht bis zum 20. Oktober, wie zuerst geplant, sondern bis drei Tage vor dem Lauf. \
Der Vorschlag von Fatih, einen Rettungswagen zu bestellen, wird nicht weiterverfolgt.
A: Fatih, 2025-10-14; B: Bea, 2025-10-30
Zwei Wochen nach dem 30. September ist der 14. Oktober. Für B gilt der verschobene Termin, drei \
Tage vor dem 2. November. C entfällt.

Protokoll der Sitzung vom Mittwoch, dem 7. Mai 2025
Thema: Tag der offenen Tür. Der Tag ist am Samstag, dem 14. Juni.
Aufgaben: A Rundgang, B Begrüßung
Hanna hat zugesagt, die Führungen zu planen, und zwar bis zum 16. Mai. Zuerst war Hanna im \
Gespräch, um eine Rede zu schreiben; am Ende sagte Marek zu, dies bis zum Mittwoch darauf zu tun.
A: Hanna, 2025-05-16; B: Marek, 2025-05-14
Der Mittwoch wurde vom Tag der Besprechung aus gezählt. „Darauf“ bezieht sich auf den zuletzt \
genannten Termin, den 16. Mai.
* Der erste Mittwoch nach dem 16. Mai ist der 21.: A: Hanna, 2025-05-16; B: Marek, 2025-05-21

Notizen aus der Besprechung am Freitag, dem 16. Januar 2026
Winterkonzert: Das Konzert bleibt am Freitag, dem 20. Februar.
Aufgaben: A Noten, B Saal
Lotte gibt die Aufgabe, die Noten zu kopieren, an Samir ab; sie soll bis morgen erledigt sein. \
Samir und Ines wollen gemeinsam bis zum Tag vor dem Konzert die Stühle aufstellen.
A: Lotte, 2026-01-17; B: Samir, 2026-02-19
Lotte hat A abgegeben und ist nicht mehr zuständig. Bei B fehlt Ines, die mit Samir zusammen \
aufstellt.
* Samir übernimmt A, und B braucht zwei Einträge: A: Samir, 2026-01-17; B: Samir, 2026-02-19; B: \
Ines, 2026-02-19
""".strip().split("\n\n")


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any]:
        text, entries = write(rng, done)
        return instance(NAME, text, [SEPARATOR.join(entries)], answer=[entries])

    shown = []
    for block in TAUGHT:
        head, topic, jobs, minutes, output, *lesson = block.split("\n")
        text = f"{head}\n{topic}\n{jobs}\n{minutes}"
        shown.append(demonstration(text, output, "\n".join(lesson).replace("* ", "\n\n")))
    return document(NAME, SEED, ABOUT, shown, draw, count=COUNT)
