"""Make French sentences negative with the negation that is named.

A sentence is kept in slots, of which "ne" and its partner need the places: subject, pronouns before
the verb, finite verb, what stays right behind the partner (participle, infinitive), object, rest.
Elision (ne, n') and the article after a negation (de, d') are worked out.
"""

import re
from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "french_negation"
SEED = 20_304

VOWELS = "aàâeéèêiîoôuyh"  # every h below is mute
CLOSED = ("l'", "m'", "t'", "s'", "d'", "n'", "j'", "c'", "qu'")
ARTICLE = re.compile(r"^(?:un |une |des |du |de la |de l')")

# Slots: subject / pronouns / verb / participle or infinitive / object / rest. A + marks an object
# with an article that turns into "de". What the partner of "ne" replaces is in angle brackets.
SIMPLE = """
    Le train pour Lille / / part / / / à l'heure.
    Mes parents / / habitent / / / à Marseille.
    Notre voisine / / aime / / le café / très fort.
    Ce restaurant / / accepte / / les chiens / .
    Les enfants / / ont / / +une tablette / dans leur chambre.
    Samira / / a / acheté / +du pain / ce matin.
    Mon frère / / a / / +des amis / au Canada.
    Nous / / avons / pris / +un taxi / pour rentrer.
    Il / y / a / / +de l'eau / dans le vase.
    Ils / / mangent / / +de la viande / le midi.
    Le directeur / / a / signé / le contrat / .
    Elle / s' / est / levée / / tôt dimanche.
    Je / / comprends / / cette question / .
    Je / l' / ai / vu / / à la gare.
    Tu / lui / as / parlé / / de nos projets.
    Les touristes / / peuvent / visiter / la tour / en hiver.
    Cette solution / / est / / / facile à mettre en place.
    C' / / est / / / une bonne idée.
    C' / / est / / / un film pour enfants.
    Mon oncle / / est / / / un cuisinier patient.
    Vous / / devez / ouvrir / la fenêtre / .
    On / / entend / / / la mer depuis la terrasse.
    Je / / veux / vendre / ma voiture / .
    Léa / en / a / besoin / / pour son travail.
    L'hôtel / / offre / / +un petit-déjeuner / le lundi.
    Elles / se / sont / rencontrées / / à Dakar.
    Le musée / / ouvre / / / avant dix heures.
    Il / / faut / arroser / ces plantes / tous les jours.
    La boulangerie / / vend / / +des sandwichs / chauds.
    Nous / nous / souvenons / / / de cette soirée.
    Je / les / attends / / / devant le cinéma.
    Hugo / / a / mis / +du sucre / dans son thé.
    Ce médicament / / contient / / +de l'alcool / .
    Ma tante / y / va / / / en train.
    Les élèves / / ont / compris / la consigne / .
    Ton idée / me / semble / / / réaliste.
    J' / / écoute / / / la radio au bureau.
"""
STILL = """
    Amélie / / travaille / <encore> / / à la mairie.
    Il / / pleut / <encore> / / sur la côte.
    Mes grands-parents / / ont / <encore> / +une voiture / .
    Nous / / habitons / <encore> / / au troisième étage.
    Il / y / a / <encore> / +du lait / dans le frigo.
    J' / / ai / <encore> / +des questions / sur ce projet.
    Je / le / vois / <encore> / / au marché.
    Le magasin / / vend / <encore> / +des disques / .
    Vous / / avez / <encore> / +un rendez-vous / cette semaine.
    Elle / / est / <encore> / / fâchée contre lui.
    Yanis / / apprend / <encore> / / le violon.
    Ils / se / parlent / <encore> / / après leur dispute.
    On / / trouve / <encore> / +de la neige / en bas.
    Tu / y / penses / <encore> / / le soir.
    L'usine / / emploie / <encore> / +des apprentis / .
    Je / / peux / <encore> / courir dix kilomètres / .
    C' / / est / <encore> / / un secret.
    Les voisins / / élèvent / <encore> / +des poules / .
    Notre équipe / / a / / +une réunion / le mercredi.
    Ma nièce / / porte / / +des lunettes / .
    Cette vieille horloge / / indique / / l'heure exacte / .
    Je / lui / fais / / / confiance pour les comptes.
    La commune / / organise / / +un marché / en août.
"""
OFTEN = """
    Mon père / / prend / <souvent> / / l'avion.
    Nous / / mangeons / <parfois> / +du poisson / .
    Ils / / arrivent / <toujours> / / en retard.
    Je / / bois / <souvent> / +de l'eau gazeuse / .
    Elle / / a / <souvent> / +des nouvelles / de Mehdi.
    Tu / m' / écoutes / <toujours> / / quand je parle.
    Le chat / / a / <parfois> dormi / / sur mon lit.
    J' / / ai / <souvent> regretté / ce choix / .
    Il / y / a / <parfois> / +des embouteillages / ici.
    On / s' / ennuie / <souvent> / / avec Farid.
    Les Morel / / ont / <toujours> eu / +un jardin / .
    Vous / vous / levez / <toujours> / / avant six heures.
    Ce bus / / est / <souvent> / / vide.
    Ma sœur / / a / <souvent> voyagé / / seule.
    Je / lui / ai / <parfois> prêté / +de l'argent / .
    Ces garçons / / portent / <toujours> / +un manteau / .
    L'équipe / / a / <souvent> gagné / / à l'extérieur.
    Inès / en / parle / <souvent> / / à table.
    Ces deux frères / se / disputent / / / pendant les vacances.
    On / / met / / +de l'ail / dans cette sauce.
    Tu / / réponds / / / à mes messages.
    J' / / ai / mangé / +des huîtres / .
"""
SOMETHING = """
    Je / / vois / <quelque chose> / / au fond du lac.
    Nous / / avons / <quelque chose> entendu / / cette nuit.
    Il / m' / a / <quelque chose> offert / / pour mon anniversaire.
    Elle / / veut / <quelque chose> manger / / avant le match.
    Tu / / as / <quelque chose> oublié / / dans le train.
    Les invités / / ont / <quelque chose> apporté / / pour le dessert.
    On / / entend / <quelque chose> / / derrière la porte.
    J' / / attends / <quelque chose> / / de cette réunion.
    Ils / / peuvent / <quelque chose> faire / / pour nous.
    Le médecin / lui / a / <quelque chose> prescrit / / contre la fièvre.
    Vous / / cherchez / <quelque chose> / / sur cette étagère.
    Malik / / sait / <quelque chose> / / sur cette affaire.
    Ma fille / / a / <quelque chose> appris / / à l'école.
    Il / y / a / <quelque chose> / / dans la boîte.
    <Quelque chose> / / a / changé / / dans cette ville.
    <Quelque chose> / m' / inquiète / / / dans sa réponse.
    <Quelque chose> / / est / tombé / / du balcon.
    <Quelque chose> / / manque / / / sur la liste.
    <Quelque chose> / te / plaît / / / dans ce quartier.
"""
SOMEONE = """
    Je / / connais / / <quelqu'un> / à Bruxelles.
    Nous / / avons / vu / <quelqu'un> / dans le jardin.
    Elle / / attend / / <quelqu'un> / ce soir.
    Ils / / ont / invité / <quelqu'un> / pour le réveillon.
    Tu / / as / interrogé / <quelqu'un> / sur les horaires.
    Il / y / a / / <quelqu'un> / dans la salle d'attente.
    On / / peut / appeler / <quelqu'un> / la nuit.
    J' / / ai / rencontré / <quelqu'un> / à la piscine.
    Le gardien / / a / laissé entrer / <quelqu'un> / après minuit.
    La police / / soupçonne / / <quelqu'un> / dans l'immeuble.
    Vous / / devez / réveiller / <quelqu'un> / demain matin.
    Awa / en / a / parlé / à <quelqu'un> / .
    Mon cousin / s' / est / disputé / avec <quelqu'un> / hier.
    Je / / compte / / sur <quelqu'un> / pour le déménagement.
    <Quelqu'un> / / a / téléphoné / / pendant ton absence.
    <Quelqu'un> / / habite / / / dans cette maison.
    <Quelqu'un> / m' / attend / / / à l'aéroport.
    <Quelqu'un> / / est / venu / / chercher le colis.
    <Quelqu'un> / / peut / répondre / / à cette question.
    <Quelqu'un> / s' / est / plaint / / du bruit.
"""
PARTNERS = {"pas": SIMPLE, "plus": STILL, "jamais": OFTEN, "rien": SOMETHING, "personne": SOMEONE}
# "quelque chose" stands behind the participle or infinitive, "rien" before it.
LATE = "quelque chose"


def joined(words: list[str]) -> str:
    """Join the words that are there into a sentence."""
    text = ""
    for word in filter(None, words):
        tight = not text or text.lower().endswith(CLOSED) or word == "."
        text += word if tight else f" {word}"
    return text[0].upper() + text[1:]


def affirmative(slots: list[str]) -> str:
    subject, pronouns, verb, middle, thing, rest = slots
    if middle.startswith(f"<{LATE}> "):
        middle = f"{middle.removeprefix(f'<{LATE}> ')} {LATE}"
    words = [subject, pronouns, verb, middle, thing, rest]
    return joined([re.sub(r"[<>]|^\+", "", word) for word in words])


def negative(slots: list[str], partner: str) -> str:
    subject, pronouns, verb, middle, thing, rest = slots
    replaced = [part for part in (subject, middle, thing) if "<" in part]
    subject, middle, thing = (re.sub("<.*>", partner, part) for part in (subject, middle, thing))
    if not replaced:
        middle = f"{partner} {middle}".strip()
    if thing.startswith("+"):
        noun = ARTICLE.sub("", thing[1:])
        thing = f"d'{noun}" if noun[0] in VOWELS else f"de {noun}"
    ne = "n'" if (pronouns or verb)[0] in VOWELS else "ne"
    subject = {"J'": "Je", "C'": "Ce"}.get(subject, subject)
    return joined([subject, ne, pronouns, verb, middle, thing, rest])


def write(line: str, partner: str) -> tuple[str, str]:
    """Return the input and its answer for the slots of one line."""
    slots = [slot.strip() for slot in line.split("/")]
    text = f"Phrase : {affirmative(slots)}\nNégation : ne ... {partner}"
    return text, negative(slots, partner)


ABOUT = {
    "summary": "Make a French sentence negative with the negation that is named.",
    "definition": paragraphs("""
        You are given an affirmative French sentence ("Phrase") and a negation ("Négation"): ne ...
        pas, plus, jamais, rien or personne. Rewrite the sentence with this negation, in the written
        standard, with "ne" before the verb and its pronouns ("n'" before a vowel or mute h). "plus"
        takes the place of "encore", "jamais" that of "souvent", "parfois" or "toujours", if the
        sentence has such a word; "rien" takes the place of "quelque chose" and "personne" that of
        "quelqu'un", also as the subject. After pas, plus and jamais, an indefinite or partitive
        article of the direct object or after "il y a" (un, une, des, du, de la, de l') becomes de
        or d'; after être, articles stay. Change nothing else. Answer with the whole sentence and
        its full stop, using straight apostrophes.

        Negate the French sentence with the named pair and output the complete new sentence. Place
        ne or n' in front of pronouns and conjugated verb, and the second word where French wants
        it: pas, plus, jamais and rien before a participle or infinitive, personne after it. Drop
        the word that the negation replaces: encore (plus); souvent, parfois, toujours (jamais);
        quelque chose (rien); quelqu'un (personne). If quelque chose or quelqu'un is the subject,
        Rien or Personne becomes the subject. With pas, plus and jamais, turn un, une, des, du, de
        la, de l' before a direct object or after il y a into de (d' before a vowel), but not after
        être. All other words, the capital at the start and the full stop stay as they are; write '
        for apostrophes.

        What is the negative of the "Phrase" if the "Négation" below it is used? Write one sentence
        in correct written French that keeps everything but what the negation touches: ne/n' is
        added; "je" and "ce" appear in full where their elision is lost; encore gives way to plus,
        souvent/parfois/toujours to jamais, quelque chose to rien, quelqu'un to personne; the
        articles un, une, des, du, de la, de l' of a direct object (and after il y a) become de/d'
        after pas, plus and jamais (never after the verb être). End with a full stop and use the
        plain apostrophe (').
    """),
    "answer_format": {"kind": "text"},
    "metrics": ["exact_match"],
    "categories": ["Sentence Perturbation"],
    "domains": ["Linguistics"],
    "reasoning": ["Grammatical Reasoning"],
    "languages": {"instruction": ["en"], "input": ["fr"], "output": ["fr"]},
}

# Slots, partner of "ne", wrong output (or ""), lesson.
TAUGHT = [
    (
        "J' / / ai / commandé / +une pizza / pour ce soir.",
        "pas",
        "",
        """"Ne" loses its vowel before "ai", and "je" gets its own back. "Pas" stands before the
        participle, and the article of the direct object "une pizza" becomes "de".""",
    ),
    (
        "Il / y / a / <encore> / +des oranges / sur l'arbre.",
        "plus",
        "",
        """"Plus" replaces "encore". "N'" stands before the pronoun "y", and "des" becomes "d'"
        because "oranges" begins with a vowel.""",
    ),
    (
        "Paul / / a / <quelque chose> cassé / / dans la cuisine.",
        "rien",
        "",
        """"Rien" replaces "quelque chose", but does not stay behind the participle: it moves
        between "a" and "cassé".""",
    ),
    (
        "<Quelqu'un> / nous / a / aidés / / à porter les valises.",
        "personne",
        "",
        """"Quelqu'un" is the subject, so "Personne" becomes the subject, and "ne" stays before the
        pronoun "nous".""",
    ),
    (
        "C' / / est / / / une blague.",
        "pas",
        "Ce n'est pas de blague.",
        """The article was changed as if it belonged to a direct object, but after the verb être it
        stays.

        Keep "une": Ce n'est pas une blague.""",
    ),
    (
        "Nous / / avons / reconnu / <quelqu'un> / sur la photo.",
        "personne",
        "Nous n'avons personne reconnu sur la photo.",
        """"Personne" was put before the participle like "rien"; it belongs behind it, where
        "quelqu'un" stood.

        Put "personne" after "reconnu": Nous n'avons reconnu personne sur la photo.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)
    lines = [(ln, partner) for partner, text in PARTNERS.items() for ln in text.strip().split("\n")]
    rng.shuffle(lines)

    def draw(done: int) -> dict[str, Any]:
        text, answer = write(*lines[done])
        return instance(NAME, text, [answer])

    shown = []
    for line, partner, wrong, lesson in TAUGHT:
        text, answer = write(line, partner)
        shown.append(demonstration(text, wrong or answer, lesson))
    return document(NAME, SEED, ABOUT, shown, draw, count=len(lines))
