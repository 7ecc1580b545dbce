"""Fill the blank of a Spanish sentence with the right form of the verb in brackets.

The forms are built by the rules of Spanish conjugation: regular endings, stem changes, spelling
changes (tocar, toqué), and a short list of irregular stems.
"""

from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "spanish_verb_blank"
SEED = 20_106


class Verb(NamedTuple):
    """What cannot be seen from the infinitive, and what may follow the verb in a sentence."""

    rest: str
    change: str = ""  # of the stem where it is stressed, as in "e>ie"
    first: str = ""  # first person of the present
    past: str = ""  # irregular stem of the preterite
    future: str = ""  # irregular stem of the future


VERBS = {
    "caminar": Verb("por la playa"),
    "comprar": Verb("pan en la esquina"),
    "preparar": Verb("la comida"),
    "aprender": Verb("una canción nueva"),
    "vender": Verb("flores en el mercado"),
    "abrir": Verb("las ventanas"),
    "compartir": Verb("el almuerzo"),
    "buscar": Verb("las llaves"),
    "tocar": Verb("la guitarra"),
    "llegar": Verb("a tiempo"),
    "pagar": Verb("la cuenta"),
    "organizar": Verb("una fiesta"),
    "cruzar": Verb("el río en barca"),
    "recoger": Verb("los platos", first="recojo"),
    "pensar": Verb("en las vacaciones", "e>ie"),
    "cerrar": Verb("la puerta con llave", "e>ie"),
    "empezar": Verb("a trabajar temprano", "e>ie"),
    "perder": Verb("la paciencia", "e>ie"),
    "contar": Verb("historias divertidas", "o>ue"),
    "volver": Verb("a casa en metro", "o>ue"),
    "jugar": Verb("al ajedrez", "u>ue"),
    "pedir": Verb("un café con leche", "e>i"),
    "repetir": Verb("la pregunta", "e>i"),
    "dormir": Verb("en una tienda de campaña", "o>ue"),
    "preferir": Verb("viajar en tren", "e>ie"),
    "conducir": Verb("con cuidado", first="conduzco", past="conduj"),
    "hacer": Verb("una tarta de manzana", first="hago", past="hic", future="har"),
    "poner": Verb("la mesa", first="pongo", past="pus", future="pondr"),
    "salir": Verb("del trabajo a las seis", first="salgo", future="saldr"),
    "tener": Verb("mucha suerte", "e>ie", first="tengo", past="tuv", future="tendr"),
    "venir": Verb("a clase en bicicleta", "e>ie", first="vengo", past="vin", future="vendr"),
}

# Grammatical persons 0 to 5, from "yo" to "ellos".
SUBJECTS = [
    ["yo"],
    ["tú"],
    ["mi vecina", "usted", "la gente", "nadie", "Lucía", "cada alumno"],
    ["nosotros", "Carlos y yo", "mis primos y yo", "nosotras"],
    ["vosotros", "vosotras"],
    ["los niños", "ustedes", "Marta y su hermano", "mis abuelos", "ellas"],
]
ENDINGS = {
    "presente": {
        "a": "o as a amos áis an",
        "e": "o es e emos éis en",
        "i": "o es e imos ís en",
    },
    "pretérito indefinido": {
        "a": "é aste ó amos asteis aron",
        "e": "í iste ió imos isteis ieron",
        "i": "í iste ió imos isteis ieron",
    },
    "pretérito imperfecto": {
        "a": "aba abas aba ábamos abais aban",
        "e": "ía ías ía íamos íais ían",
        "i": "ía ías ía íamos íais ían",
    },
    "presente de subjuntivo": {
        "a": "e es e emos éis en",
        "e": "a as a amos áis an",
        "i": "a as a amos áis an",
    },
}
FUTURE = "é ás á emos éis án"
CONDITIONAL = "ía ías ía íamos íais ían"
STRONG = "e iste o imos isteis ieron"
STRESSED = {0, 1, 2, 5}
THIRD = {2, 5}

# Sentences by tense; {s} is the subject, {v} the blank, {r} the rest.
SENTENCES = {
    "presente": ["Todos los días {s} {v} {r}.", "Normalmente {s} {v} {r}."],
    "pretérito indefinido": ["Ayer {s} {v} {r}.", "El sábado pasado {s} {v} {r}."],
    "pretérito imperfecto": ["Hace años {s} {v} {r}.", "En aquella época {s} {v} {r}."],
    "futuro simple": ["Mañana {s} {v} {r}.", "El próximo sábado {s} {v} {r}."],
    "condicional simple": ["En ese caso, {s} {v} {r}.", "En una situación así, {s} {v} {r}."],
    "presente de subjuntivo": ["Es posible que {s} {v} {r}.", "Lola no cree que {s} {v} {r}."],
}
SPELLING = [("c", "qu"), ("g", "gu"), ("z", "c")]  # before e, so that the sound stays


def changed(stem: str, change: str) -> str:
    """Apply a change such as "e>ie" to the last such vowel of the stem."""
    if not change:
        return stem
    old, _, new = change.partition(">")
    head, _, tail = stem.rpartition(old)
    return f"{head}{new}{tail}"


def spelled(stem: str, ending: str) -> str:
    """Join the stem of an -ar verb to an ending, keeping the sound of its last consonant."""
    for old, new in SPELLING:
        if ending[0] in "eé" and stem.endswith(old):
            return stem.removesuffix(old) + new + ending
    return stem + ending


def weak(change: str) -> str:
    """Return the change of an -ir verb where the stem is not stressed: dormir, durmió."""
    return {"o>ue": "o>u"}.get(change, "e>i" if change else "")


def conjugate(infinitive: str, tense: str, person: int) -> str:
    verb, stem, vowel = VERBS[infinitive], infinitive[:-2], infinitive[-2]
    if tense == "futuro simple":
        return (verb.future or infinitive) + FUTURE.split()[person]
    if tense == "condicional simple":
        return (verb.future or infinitive) + CONDITIONAL.split()[person]
    ending = ENDINGS[tense][vowel].split()[person]

    if tense == "presente":
        if person == 0 and verb.first:
            return verb.first
        return (changed(stem, verb.change) if person in STRESSED else stem) + ending
    if tense == "pretérito indefinido":
        if verb.past:
            form = verb.past + STRONG.split()[person]
            return form.replace("jieron", "jeron").replace("hico", "hizo")
        if vowel == "i" and person in THIRD:
            stem = changed(stem, weak(verb.change))
        return spelled(stem, ending) if vowel == "a" else stem + ending
    if tense == "presente de subjuntivo":
        if verb.first:
            stem = verb.first.removesuffix("o")
        elif person in STRESSED:
            stem = changed(stem, verb.change)
        elif vowel == "i":
            stem = changed(stem, weak(verb.change))
        return spelled(stem, ending) if vowel == "a" else stem + ending
    return stem + ending


def sentence(template: str, subject: str, infinitive: str, tense: str) -> str:
    text = template.format(s=subject, v="____", r=VERBS[infinitive].rest)
    return f"{text} ({infinitive}, {tense})"


ABOUT = {
    "summary": "Fill in the conjugated verb of a Spanish sentence.",
    "definition": paragraphs("""
        You are given a Spanish sentence with a blank (____), followed in brackets by the infinitive
        of a verb and the name of a tense or mood. Write the form of that verb, in that tense or
        mood, that agrees with the subject of the sentence. Answer with this one word in lower case,
        with its accents, and not with the whole sentence.

        Complete the Spanish sentence: put the verb in brackets into the tense or mood named after
        it and into the person and number of the subject. Give only the missing word, in lower case
        and correctly accented.

        Which single Spanish word belongs in the blank ____? It is a form of the verb in brackets;
        the tense or mood is stated there and the subject stands in the sentence. Reply with that
        word alone, lower-case, accents included.
    """),
    "metrics": ["exact_match"],
    "categories": ["Fill in The Blank"],
    "domains": ["Linguistics"],
    "reasoning": ["Grammatical Reasoning"],
    "languages": {"instruction": ["en"], "input": ["es"], "output": ["es"]},
}

# Sentence template, subject, its person, verb, tense, wrong output (or ""), lesson.
TAUGHT = [
    (
        "Anoche {s} {v} {r}.",
        "yo",
        0,
        "buscar",
        "pretérito indefinido",
        "",
        """The ending of the first person is -é, and before e the c of "buscar" is written qu so
        that its sound stays: "busqué", not "buscé".""",
    ),
    (
        "Todos los veranos {s} {v} {r}.",
        "Ana y yo",
        3,
        "volver",
        "presente",
        "",
        """"Ana y yo" means "we". In this person the stress is on the ending, so the stem does
        not change from o to ue: "volvemos".""",
    ),
    (
        "El domingo pasado {s} {v} {r}.",
        "tus amigos",
        5,
        "hacer",
        "pretérito indefinido",
        "",
        """"hacer" has the irregular preterite stem "hic-", and the third person plural of such
        stems ends in -ieron without an accent.""",
    ),
    (
        "Dudo que {s} {v} {r}.",
        "tu hermana",
        2,
        "dormir",
        "presente de subjuntivo",
        "duerme",
        """The person and the stem are right, but "duerme" is the indicative; the mood asked for
        is the subjunctive, in which verbs in -ir take endings with a.

        Change the ending: "duerma".""",
    ),
    (
        "La semana pasada {s} {v} {r}.",
        "la gente",
        2,
        "pedir",
        "pretérito indefinido",
        "pidieron",
        """"la gente" means many people but is grammatically singular, so the verb cannot be
        plural.

        Use the third person singular, with the same change of the stem: "pidió".""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)
    verbs = rng.sample(list(VERBS), len(VERBS))
    tenses = list(SENTENCES)

    def draw(done: int) -> dict[str, Any] | None:
        infinitive, tense = verbs[done % len(verbs)], tenses[done % len(tenses)]
        person = rng.randrange(len(SUBJECTS))
        template = rng.choice(SENTENCES[tense])
        text = sentence(template, rng.choice(SUBJECTS[person]), infinitive, tense)
        return instance(NAME, text, [conjugate(infinitive, tense, person)])

    shown = [
        demonstration(
            sentence(template, subject, infinitive, tense),
            wrong or conjugate(infinitive, tense, person),
            lesson,
        )
        for template, subject, person, infinitive, tense, wrong, lesson in TAUGHT
    ]
    return document(NAME, SEED, ABOUT, shown, draw)
