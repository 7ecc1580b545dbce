"""Tell the part of speech of a marked Spanish word that has another one in other sentences.

Every marked word occurs under two labels or more, so its form does not tell the answer; in some
sentences the same form stands twice, in two functions, and only one of the two is marked.
"""

from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "spanish_part_of_speech"
SEED = 20_305

SENTENCES = {
    "noun": """
        Nadie vino a la cata porque el *vino* era malo.
        Ese *cuento* me daba miedo de niña.
        Le hicieron un *traje* a medida para la boda.
        El *río* baja crecido desde las últimas lluvias.
        Mi hermano toca el *bajo* en un grupo de cumbia.
        Metió la invitación en un *sobre* azul.
        La *cerca* del corral necesita una mano de pintura.
        Pasamos toda la *mañana* en el mercado.
        La *tarde* estaba nublada y fría.
        El *si* de esa flauta suena desafinado.
        Todos los trabajadores tienen *derecho* a descansar.
        La fábula trata del *bien* y del mal.
        El *fuerte* domina la bahía desde la colina.
        La radio es un *medio* de comunicación muy antiguo.
    """,
    "verb": """
        Por las mañanas *bajo* las escaleras despacio.
        Guarda en la nevera lo que *sobre* de la cena.
        Cierra la puerta para que no *entre* el perro.
        El autobús *para* delante del hospital.
        Mi vecino nunca *para* de hablar.
        Ayer *vino* mi primo con una botella de vino.
        Mi tía *nada* mil metros todos los días.
        Te *traje* un recuerdo de Quito.
        Ya no *cuento* con su ayuda para la mudanza.
        Casi siempre *como* en la cafetería de la esquina.
        *Como* fruta y pan todas las mañanas.
        Me *río* cada vez que veo esa foto.
        Si la casa *fuera* más barata, la compraríamos.
        Dígale a la señora que *entre*, por favor.
    """,
    "adjective": """
        Mi tío es *bajo*, pero mi tía es muy alta.
        Elegimos el hotel con el precio más *bajo*.
        El muro es tan *alto* que no se ve el jardín.
        Tomó un café *fuerte* y se puso a trabajar.
        Hoy sopla un viento *fuerte* en la costa.
        Levantó el brazo *derecho* para hacer una pregunta.
        Ese tren es el más *rápido* del país.
        Pintaron la cocina de un verde *claro*.
        A veces se siente *solo* en una ciudad tan grande.
        Su *mejor* amiga vive en Cuenca.
        Este es el *peor* invierno que recuerdo.
        El profesor dio un ejemplo muy *claro*.
        Un corredor *rápido* llega a la meta en una hora.
        Es un edificio *alto*, de veinte pisos.
    """,
    "adverb": """
        Habla *bajo*, que el niño duerme.
        No cantes tan *alto*: ya es medianoche.
        Anoche llovió *fuerte* en toda la isla.
        Siga *derecho* hasta la plaza y luego gire a la izquierda.
        Mi abuelo camina muy *rápido* para su edad.
        La ministra habló *claro* ante la prensa.
        Quedan *solo* dos entradas para el concierto.
        Hoy he dormido muy *bien*.
        Te llamo *mañana* por la tarde.
        Llegamos *tarde* al teatro aquella noche.
        La panadería queda muy *cerca* de aquí.
        Estaba *medio* dormida cuando sonó el teléfono.
        Primero cenamos y *luego* vimos una película.
        El ejercicio no es *nada* difícil.
        Desde este balcón se oye *mejor* la música.
        Hoy juega *peor* que de costumbre.
        Los niños están *fuera*, en el patio.
    """,
    "preposition": """
        El gato se escondió *bajo* la mesa.
        Trabajan *bajo* la dirección de una arquitecta chilena.
        De madrugada había diez grados *bajo* cero.
        Dejé las llaves *sobre* la mesa de la entrada.
        Escribió un libro *sobre* las aves de los Andes.
        Las gaviotas volaban *sobre* el puerto.
        La farmacia está *entre* el banco y la iglesia.
        Repartieron el premio *entre* los tres finalistas.
        No veo ninguna diferencia *entre* las dos copias.
        Compré este libro *para* mi sobrina.
        Necesito un martillo *para* colgar el cuadro.
        El taxi que para ahí es *para* nosotros.
        Caminaba *bajo* la lluvia sin paraguas.
        Salimos *entre* las ocho y las nueve.
    """,
    "pronoun": """
        La carta llegó ayer, pero todavía no *la* he abierto.
        *La* conocí en la universidad de Lima.
        Los vecinos dicen que *los* despertó la tormenta.
        ¿Las entradas? *Las* tiene Pablo.
        Compré las naranjas y *las* puse en la cesta.
        *Lo* noté por lo extraño de su mirada.
        La película *que* vimos anoche era muy larga.
        El tren *que* sale a las ocho es el más rápido.
        Los alumnos *que* habían estudiado creían que iban a aprobar.
        No hay *nada* en la nevera.
        Al final no me dijo *nada* de su viaje.
        Las llaves *que* perdiste estaban en el coche.
        A mis padres *los* espera Julia a la salida de los cines.
        El premio *lo* ganó una escritora de Medellín.
    """,
    "article": """
        No encuentro *la* llave, aunque la dejé aquí.
        Llamé a *la* vecina y la invité a cenar.
        Trajo *los* libros y los puso en la mesa.
        *Las* flores se secan si nadie las riega.
        Nadie las ha visto desde que cerraron *las* tiendas.
        Los vimos salir de *los* vestuarios.
        La saludé desde *la* ventana.
        *Lo* difícil es empezar.
        Prefiero *lo* salado, pero el médico me lo prohíbe.
        Se lo conté todo, menos *lo* peor.
        A *los* gatos de mi tía no los deja salir nadie.
        *La* sopa está muy caliente; no la pruebes todavía.
        Lava *las* manzanas y córtalas en trozos.
        Me los regalaron *los* compañeros de la oficina.
    """,
    "conjunction": """
        Creo *que* la reunión es el jueves.
        Me avisó de *que* el autobús que esperaba no venía.
        Es posible *que* llueva esta noche.
        Estaba tan cansada *que* se durmió en el sofá.
        Dudo *que* el paquete llegue a tiempo.
        Espero *que* te guste el regalo que elegí.
        Los vecinos prometieron *que* pagarían la reparación.
        *Como* no había pan, desayunamos fruta.
        *Como* llegues tarde otra vez, me voy sin ti.
        *Como* hacía frío, cerramos las ventanas.
        No contesta nadie, *luego* no están en casa.
        Las luces están apagadas, *luego* ya se han ido.
        Avísame *si* vas a llegar tarde.
        *Si* tienes hambre, pide algo de comer.
    """,
}

ABOUT = {
    "summary": "Name the part of speech of the marked word in a Spanish sentence.",
    "definition": paragraphs("""
        You are given a Spanish sentence in which one word is marked with asterisks. Decide which
        part of speech the word has in this sentence, not in general, and answer with one of: noun,
        verb, adjective, adverb, preposition, pronoun, article, conjunction. Object pronouns and
        relative pronouns are pronouns; "lo" before an adjective that stands for a thing ("lo
        bueno") is an article; words that introduce a clause without standing for anything in it are
        conjunctions. If the same form occurs twice, only the marked one counts.

        What is the word between the asterisks in the Spanish sentence: noun, verb, adjective,
        adverb, preposition, pronoun, article or conjunction? Write the one English label that fits
        its use here. Take the neuter "lo" with an adjective ("lo bueno") as an article, a relative
        "que" with an antecedent as a pronoun, a "que" that only joins a clause to what stands
        before it as a conjunction, and an unchanging word that modifies a verb or an adjective as
        an adverb. Other occurrences of the form do not matter.

        Tag the marked Spanish word (*word*) with its part of speech in the given context. The
        labels are, in lower case: noun, verb, adjective, adverb, preposition, pronoun, article,
        conjunction. Many of the words could be something else in another sentence, or are something
        else in the same sentence outside the asterisks, so go by syntax: what does the word modify,
        replace, govern or connect? Clitic objects and relatives count as pronouns, and the "lo" of
        "lo bueno" counts as an article. Answer with the label only.
    """),
    "answer_format": {"kind": "label", "labels": list(SENTENCES)},
    "metrics": ["exact_match"],
    "categories": ["Pos Tagging"],
    "domains": ["Linguistics"],
    "reasoning": ["Grammatical Reasoning"],
    "languages": {"instruction": ["en"], "input": ["es"], "output": ["en"]},
}

# Sentence, output, lesson.
TAUGHT = [
    (
        "Ramiro bajó del tren y vio el *traje* que yo le traje.",
        "noun",
        """The marked "traje" has the article "el" and means a suit: a noun. Only the second "traje"
        is a form of the verb "traer".""",
    ),
    (
        "La cena que preparaste estaba tan rica *que* repetimos todos.",
        "conjunction",
        """This "que" stands for nothing in its clause; it joins the result to "tan rica". The first
        "que", which stands for "la cena", would be a pronoun.""",
    ),
    (
        "La puerta estaba *medio* abierta.",
        "adverb",
        """"Medio" modifies the adjective "abierta" and does not agree with "puerta", so it is an
        adverb.""",
    ),
    (
        "A la abuela *la* llaman todos los domingos.",
        "pronoun",
        """The marked "la" is the object of "llaman" and takes up "la abuela". No noun follows it,
        so it is no article.""",
    ),
    (
        "No quiero que *sobre* nada en la olla.",
        "preposition",
        """"Sobre" is a preposition in most sentences, but here it governs no noun phrase: it is the
        subjunctive of "sobrar", and "nada" is its subject.

        The marked word is a verb.""",
    ),
    (
        "El tren llega *tarde* casi todos los viernes.",
        "noun",
        """"Tarde" is a noun where it names a part of the day. Here it says when the train comes,
        without an article, and modifies "llega".

        The marked word is an adverb.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)
    lines = [
        (line.strip(), label)
        for label, text in SENTENCES.items()
        for line in text.strip().splitlines()
    ]
    rng.shuffle(lines)

    def draw(done: int) -> dict[str, Any]:
        text, label = lines[done]
        return instance(NAME, text, [label])

    shown = [demonstration(*each) for each in TAUGHT]
    return document(NAME, SEED, ABOUT, shown, draw, count=len(lines))
