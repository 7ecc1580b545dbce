"""Fuse an Italian preposition with the definite article that the next word asks for.

Each sentence has a gap and one of several phrases after it. Gender and number are marked on the
phrase; whether the article is il, lo, l', i, gli, la or le is worked out from the beginning of the
word that follows the gap, be it the noun or an adjective before it.
"""

import re
from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "italian_articulated_preposition"
SEED = 20_301
PER_FRAME = 3

STEMS = {"di": "de", "a": "a", "da": "da", "in": "ne", "su": "su"}
# Beginnings that take lo and gli: s and a consonant, z, gn, pn, ps, x, y, and i before a vowel.
IMPURE = re.compile(r"s[bcdfghjklmnpqrtvz]|z|gn|pn|ps|x|y|i[aeou]", re.IGNORECASE)
VOWEL = re.compile(r"[aeiouàèéìòùh]", re.IGNORECASE)
FOREIGN = {"chef", "chalet"}  # spoken with the sound of "sci", so lo
GODS = "dei"  # the gods: gli dei, against the rule

# Preposition, sentence, phrases with the gender and number of their noun.
FRAMES = paragraphs("""
    in | Ho dimenticato gli occhiali ___ {}. | ms cassetto del comodino; ms zaino di mio
    fratello; fp tasche della giacca; fs auto rossa di Chiara; ms spogliatoio della palestra; fs
    altra borsa

    su | Le chiavi di casa sono ___ {}. | ms tavolo della cucina; ms scaffale in alto; fs
    scrivania di papà; ms unico sgabello libero; ms armadietto bianco

    da | Il prossimo treno per Roma parte ___ {}. | ms binario quattro; fs stazione centrale; ms
    ultimo binario; ms stesso marciapiede; fs altra stazione

    di | Ieri sera abbiamo parlato a lungo ___ {}. | mp esami di giugno; fs ultima riunione; mp
    problemi del quartiere; ms sciopero di venerdì; fp elezioni comunali; ms zio di Davide

    a | La professoressa non ha ancora risposto ___ {}. | fp domande più difficili; ms studente
    straniero; mp alunni della prima fila; ms nuovo alunno; fs lunga email dei genitori; fs
    ultima email del preside

    a | La mostra resta aperta fino ___ {}. | fp otto di sera; fs una di notte; ms undici
    gennaio; ms quindici marzo; fs fine del mese; ms otto dicembre

    in | La chiesa fu costruita ___ {}. | ms Cinquecento; ms Ottocento; mp anni Venti del secolo
    scorso; fs seconda metà del Seicento; mp primi anni del Duecento; ms undicesimo secolo

    in | Dopo la scuola i bambini giocano ___ {}. | ms cortile; mp giardini pubblici; ms spazio
    verde dietro il municipio; fs piazzetta vicino al bar; ms ampio parco comunale

    di | Mia cugina studia da anni la storia ___ {}. | mp Stati Uniti; ms Impero romano; mp
    Etruschi; fp isole greche; ms Giappone; mp antichi Egizi; ms sport moderno

    a | Vorrei un gelato ___ {}, per favore. | ms pistacchio; fs amarena; fs fragola; ms
    zabaione; ms yogurt; ms cioccolato fondente; fs arancia

    da | Martedì devo accompagnare mio figlio ___ {}. | ms nostro dentista; ms oculista; mp
    nonni; mp zii; fs nuova pediatra; ms psicologo della scuola; fs ortopedica

    da | Il vaso è caduto ___ {} e si è rotto. | ms davanzale; fs finestra del bagno; ms
    scaffale più alto; ms armadio; fp mani della cameriera; ms vecchio scaffale

    di | Il prezzo ___ {} è aumentato ancora. | ms olio d'oliva; ms zucchero; fs benzina; ms
    pane; fs energia elettrica; fp uova; fp arance

    a | Sciando, Paolo si è fatto male ___ {}. | fs mano destra; ms ginocchio sinistro; fs anca;
    fp dita della mano; ms gomito; fp ginocchia; ms osso sacro

    su | Marta ha scritto un articolo ___ {}. | mp problemi del traffico; ms programma spaziale
    europeo; fs crisi economica del 1929; mp gnomi delle fiabe nordiche; mp scienziati
    dimenticati del Novecento; ms inquinamento dei mari; fp api selvatiche; mp ultimi imperatori
    romani

    a | Con un po' di fatica siamo saliti in cima ___ {}. | fs collina; ms campanile; ms
    scoglio; fs antica torre; ms vulcano spento

    a | La farmacia si trova di fronte ___ {}. | ms stadio; ms ospedale; fs edicola; mp giardini
    pubblici; ms zoo; ms hotel Miramare; ms nuovo stadio

    in | Questa volta hai messo troppo sale ___ {}. | fs zuppa; mp spinaci; mp gnocchi; ms sugo;
    fs acqua della pasta; fp melanzane; ms impasto del pane; fs insalata

    da | La nonna ha tolto le macchie ___ {}. | fs tovaglia; mp pantaloni di lino; ms
    asciugamano; mp stivali di cuoio; fp scarpe da ginnastica; mp altri pantaloni

    di | Il documentario racconta la vita ___ {}. | mp gufi; mp squali bianchi; fp aquile; mp
    orsi polari; ms lupo; mp uccelli migratori; fp zebre; fp scimmie; ms stambecco

    a | Ci vediamo domani mattina davanti ___ {}. | ms ingresso del teatro; mp scalini della
    chiesa; fs entrata della metropolitana; ms studio dell'avvocato; ms vecchio studio
    fotografico; fs biblioteca

    a | Prima di decidere, Luca ha chiesto un consiglio ___ {}. | ms zio Alberto; fs zia Rosa;
    mp amici più cari; ms allenatore; ms suo allenatore; fs sua insegnante; ms anziano vicino;
    fp sue amiche

    da | Lentamente la barca si è allontanata ___ {}. | fs isola; mp scogli; fs riva; ms porto;
    fp coste sarde; ms yacht ormeggiato

    di | Il significato ___ {} non è ancora chiaro. | ms enigma; fp iscrizioni etrusche; ms
    simbolo; ms strano simbolo; mp strani disegni sulla roccia; fs ultima frase; mp ideogrammi

    di | I risultati ___ {} saranno pubblicati domani. | fp analisi cliniche; ms sondaggio; mp
    esperimenti; ms ultimo sondaggio; fs gara di nuoto; ms spoglio elettorale; mp Europei di
    nuoto

    in | Quest'estate andremo in vacanza ___ {}. | mp Paesi Bassi; mp Stati Uniti; fp Marche; fp
    isole Eolie; ms Salento; fs Spagna del sud

    a | La giuria ha dato il primo premio ___ {}. | ms scultore cileno; ms giovane scultore
    cileno; fs attrice polacca; fs giovane attrice polacca; mp studenti del liceo artistico; ms
    chef giapponese; ms architetto iraniano

    da | Questo formaggio viene ___ {}. | ms Abruzzo; ms Trentino; mp Pirenei; fs Svizzera; fs
    Umbria; fp Asturie; ms Appennino tosco-emiliano

    di | Il romanzo narra le avventure ___ {}. | ms psichiatra viennese; ms uomo invisibile; mp
    Argonauti; fs eroina senza nome; mp dei greci; ms zar e della sua corte; mp gnomi del bosco

    a | Dopo tre mesi non riesco ancora ad abituarmi ___ {}. | fs umidità; ms smog; mp orari di
    questo ufficio; ms clima del Nord; fp abitudini del posto; ms xilofono del vicino; ms stress
    della città

    da | Stamattina è arrivato un pacco ___ {}. | ms Yemen; mp Emirati Arabi Uniti; fs Ungheria;
    ms Sudan; fp Filippine; ms Ecuador; ms Perù; fs Islanda

    di | Il tetto ___ {} va riparato prima dell'inverno. | ms stabile; ms edificio; fs scuola;
    ms chalet abbandonato; ms vecchio edificio; fs antica villa; fs vecchia officina

    su | Il gatto si è addormentato ___ {}. | mp asciugamani puliti; fs poltrona; ms zerbino; ms
    divano; fs erba del prato; mp miei appunti; ms zaino di Sara

    su | In caso di bisogno puoi contare ___ {}. | ms aiuto di tutti; fs nostra amicizia; ms
    sostegno dei colleghi; mp zii di Torino; mp vicini; fp amiche di sempre; mp esperti del
    comune

    in | Le istruzioni si trovano ___ {}. | ms allegato; fp ultime pagine del manuale; ms schema
    a pagina sette; mp allegati; fs scatola; ms opuscolo giallo; ms scomparto laterale

    su | La prima neve è caduta ___ {}. | fp Alpi; mp alberi del viale; ms tetto della stalla;
    mp Appennini; fs autostrada del Brennero; mp sentieri di montagna; mp zoccoli dei cavalli
""")
BRACKETS = "{} ({})"


def article(kind: str, phrase: str) -> str:
    """Return the definite article before `phrase`, whose noun has gender and number `kind`."""
    word = phrase.split(maxsplit=1)[0]
    vowel = VOWEL.match(word) and not IMPURE.match(word)
    impure = IMPURE.match(word) or word in FOREIGN
    if kind == "fp":
        return "le"
    if kind == "mp":
        return "gli" if vowel or impure or word == GODS else "i"
    if vowel:
        return "l'"
    if kind == "fs":
        return "la"
    return "lo" if impure else "il"


def fused(preposition: str, kind: str, phrase: str) -> str:
    """Return preposition and article in one word: de + il is del, de + lo is dello."""
    form = article(kind, phrase)
    stem = STEMS[preposition]
    if form in {"i", "gli"}:
        return stem + form
    return f"{stem}l" if form == "il" else f"{stem}l{form}"


def fill(preposition: str, sentence: str, chosen: str) -> tuple[str, str]:
    """Return the input and its answer for a sentence and one phrase after its gap."""
    kind, _, phrase = chosen.partition(" ")
    text = BRACKETS.format(sentence.format(phrase), preposition)
    return text, fused(preposition, kind, phrase)


ABOUT = {
    "summary": "Fill the gap with an Italian preposition fused with the definite article.",
    "definition": paragraphs("""
        You are given an Italian sentence with a gap (___) and, in brackets after it, a simple
        preposition: di, a, da, in or su. What is missing in the gap is this preposition fused with
        the definite article that belongs to the noun after the gap (an articulated preposition such
        as "del" or "nella"). Choose the form by the gender and number of the noun and by the first
        letters of the word that follows the gap, which may be an adjective. Answer with the missing
        word alone, in lower case; an elided form ends in an apostrophe, as in "dell'".

        Complete the Italian sentence: put the preposition in brackets together with the definite
        article (il, lo, l', la, i, gli, le) into the one word that fits the gap. The noun decides
        on gender and number, the beginning of the next word on il or lo, i or gli, and on elision.
        Write only that one word, without capitals, and with its apostrophe if it is elided.

        Which "preposizione articolata" stands at ___ ? It is made of the simple preposition named
        at the end of the input and the definite article required by the noun phrase that follows.
        Mind the gender and number of the noun, and whether the very next word begins with a vowel,
        with s and a consonant, z, gn, ps and the like, or with another consonant. The answer is the
        fused form and nothing else, in small letters, with the apostrophe where the article loses
        its vowel.
    """),
    "answer_format": {"kind": "text"},
    "metrics": ["exact_match"],
    "categories": ["Preposition Prediction", "Fill in The Blank"],
    "domains": ["Linguistics"],
    "reasoning": ["Grammatical Reasoning"],
    "languages": {"instruction": ["en"], "input": ["it"], "output": ["it"]},
}

# Preposition, sentence, phrase, wrong output (or ""), lesson.
TAUGHT = [
    (
        "in",
        "Abbiamo trovato un riccio ___ {}.",
        "ms orto della zia",
        "",
        """"Orto" is masculine singular and begins with a vowel, so its article is the elided l';
        in + l' gives "nell'".""",
    ),
    (
        "di",
        "Non conosco il nome ___ {}.",
        "ms nuovo studente",
        "",
        """"Studente" alone would take lo, but the word after the gap is "nuovo", which begins with
        a plain consonant. The article is il, and di + il gives "del".""",
    ),
    (
        "su",
        "Il ladro è fuggito saltando ___ {}.",
        "mp alberi vicini",
        "",
        """"Alberi" is masculine plural and begins with a vowel: gli. The plural is never elided, so
        su + gli gives "sugli".""",
    ),
    (
        "a",
        "Hai già dato da mangiare ___ {}?",
        "fp oche",
        "",
        """"Oche" is feminine plural. Its article is le before any letter, vowels included, and
        a + le gives "alle".""",
    ),
    (
        "da",
        "Il rumore arriva ___ {}.",
        "fs radio accesa in cucina",
        "dal",
        """"Radio" ends in -o but is feminine (la radio), so il cannot be its article.

        Fuse da with la: "dalla".""",
    ),
    (
        "di",
        "La porta ___ {} era chiusa a chiave.",
        "ms sgabuzzino",
        "del",
        """"Sgabuzzino" is masculine singular, but it begins with s and a consonant, which asks for
        lo instead of il.

        Fuse di with lo: "dello".""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)
    pairs = []
    for frame in FRAMES:
        preposition, sentence, phrases = frame.split(" | ")
        chosen = rng.sample(phrases.split("; "), PER_FRAME)
        pairs += [(preposition, sentence, each) for each in chosen]
    rng.shuffle(pairs)

    def draw(done: int) -> dict[str, Any]:
        text, answer = fill(*pairs[done])
        return instance(NAME, text, [answer])

    shown = []
    for preposition, sentence, phrase, wrong, lesson in TAUGHT:
        text, answer = fill(preposition, sentence, phrase)
        shown.append(demonstration(text, wrong or answer, lesson))
    return document(NAME, SEED, ABOUT, shown, draw, count=len(pairs))
