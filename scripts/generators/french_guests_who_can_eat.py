"""Find which guests of a French dinner can eat what is on the menu.

Each ingredient is tagged with what it contains and each diet with what it forbids; the answer is
the set of guests for whom nothing (or, if the question asks so, something) is forbidden.
"""

from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "french_guests_who_can_eat"
SEED = 20_109
SEPARATOR = ", "

# What ingredients contain, as far as a diet may forbid it.
INGREDIENTS = {
    "viande": "poulet, bœuf haché, agneau",
    "viande porc": "jambon, lardons",
    "poisson": "saumon, thon, cabillaud",
    "crustacés": "crevettes, crabe",
    "œuf": "œufs",
    "lait": "beurre, crème, mozzarella, yaourt, lait, feta, gruyère",
    "gluten": "farine de blé, pâtes de blé, pain, semoule de blé",
    "noix": "noix, amandes, noisettes",
    "miel": "miel",
}
CONTAINS = {
    name: set(tags.split()) for tags, names in INGREDIENTS.items() for name in names.split(", ")
}
DISHES = [
    "salade grecque: concombre, tomates, feta, oignons, huile d'olive",
    "poulet au citron: poulet, citron, pommes de terre, huile d'olive",
    "quiche aux poireaux: farine de blé, beurre, œufs, crème, poireaux, lardons",
    "curry de crevettes: crevettes, lait de coco, riz, oignons",
    "taboulé: semoule de blé, tomates, concombre, citron, huile d'olive",
    "gratin de courgettes: courgettes, crème, gruyère, oignons",
    "soupe de lentilles: lentilles, carottes, oignons, huile d'olive",
    "saumon en papillote: saumon, citron, courgettes, huile d'olive",
    "lasagnes: pâtes de blé, bœuf haché, tomates, mozzarella, lait",
    "salade niçoise: salade, thon, œufs, tomates, haricots verts, huile d'olive",
    "ratatouille: aubergines, courgettes, poivrons, tomates, huile d'olive",
    "omelette aux champignons: œufs, champignons, beurre",
    "tarte aux pommes: farine de blé, beurre, pommes, sucre",
    "poires rôties: poires, amandes, miel",
    "fondant au chocolat: chocolat noir, beurre, œufs, sucre, farine de blé",
    "houmous: pois chiches, citron, huile d'olive, pain",
    "salade d'endives: endives, noix, pommes, vinaigre, huile d'olive",
    "riz cantonais: riz, jambon, œufs, petits pois",
    "tajine d'agneau: agneau, carottes, pois chiches, oignons, miel",
    "coupe de fruits: yaourt, noisettes, miel, poires",
    "salade de riz: riz, thon, maïs, poivrons, vinaigre",
    "gratin de cabillaud: cabillaud, pommes de terre, crème",
    "verrines au crabe: crabe, concombre, yaourt, citron",
]
SWAPS = [  # what is left out, what takes its place, and that with its article
    ("beurre", "huile d'olive", "de l'huile d'olive"),
    ("crème", "lait de coco", "du lait de coco"),
    ("miel", "sucre", "du sucre"),
    ("lardons", "champignons", "des champignons"),
    ("bœuf haché", "lentilles", "des lentilles"),
    ("jambon", "crevettes", "des crevettes"),
    ("thon", "jambon", "du jambon"),
    ("pain", "carottes", "des carottes"),
    ("huile d'olive", "yaourt", "du yaourt"),
    ("noix", "feta", "de la feta"),
    ("yaourt", "lait de coco", "du lait de coco"),
    ("oignons", "amandes", "des amandes"),
]
DIETS = [
    ("viande poisson crustacés", "{} ne mange ni viande, ni poisson, ni crustacés"),
    ("viande poisson crustacés œuf lait miel", "{} ne mange rien qui vienne d'un animal"),
    ("gluten", "{} ne supporte pas le gluten"),
    ("lait", "{} évite tous les produits laitiers"),
    ("œuf", "{} a une allergie aux œufs"),
    ("noix", "{} a une allergie aux fruits à coque"),
    ("crustacés", "{} ne peut pas manger de crustacés"),
    ("poisson", "{} ne mange pas de poisson"),
    ("porc", "{} ne mange pas de porc"),
    ("lait noix", "{} ne tolère ni les produits laitiers ni les fruits à coque"),
    ("gluten œuf", "{} doit éviter le gluten et les œufs"),
    ("", "{} mange de tout"),
]
GUESTS = ["Agathe", "Bilal", "Camille", "Diane", "Élise", "Fatou", "Gaspard", "Hugo", "Inès"]
GUESTS += ["Jules", "Karim", "Louise", "Maxime", "Noémie", "Oscar", "Pauline", "Rachid", "Sarah"]

QUESTIONS = {
    "one": "Qui peut manger ce plat ?",
    "not": "Qui ne peut pas manger ce plat ?",
    "both": "Qui peut manger les deux plats ?",
    "some": "Qui peut manger au moins un des deux plats ?",
}
Diet = tuple[str, str]


class Dish(NamedTuple):
    """A dish as the menu describes it, and everything a diet may forbid that is in it."""

    text: str
    contains: set[str]


def dish(described: str, *, swapped: bool) -> Dish:
    name, _, listed = described.partition(": ")
    ingredients = listed.split(", ")
    text = f"{name} ({listed})"
    swaps = [s for s in SWAPS if s[0] in ingredients and s[1] not in ingredients]
    if swapped and swaps:
        old, new, new_with_article = swaps[0]
        text += f", aujourd'hui sans {old}, mais avec {new_with_article}"
        ingredients = [*ingredients, new]
        ingredients.remove(old)
    return Dish(text, set().union(*(CONTAINS.get(name, set()) for name in ingredients)))


def ask(dishes: list[Dish], guests: dict[str, Diet], question: str) -> tuple[str, list[str]]:
    """Return the input and the names that answer it, in the order of the guests."""
    menu = "\n".join(f"- {each.text}" for each in dishes)
    diets = ". ".join(diet[1].format(name) for name, diet in guests.items())
    answer = []
    for name, (forbidden, _) in guests.items():
        fine = [not each.contains & set(forbidden.split()) for each in dishes]
        said = {"one": all(fine), "both": all(fine), "some": any(fine), "not": not any(fine)}
        if said[question]:
            answer.append(name)
    return f"Menu :\n{menu}\nInvités : {diets}.\n{QUESTIONS[question]}", answer


ABOUT = {
    "summary": "Name the guests of a French dinner who can eat what is on the menu.",
    "definition": paragraphs("""
        You are given, in French, a menu of one or two dishes with all their ingredients, what each
        guest eats or avoids, and a question about who can eat. Go by the ingredients as listed and
        by what is replaced today. Shellfish ("crustacés") is neither meat nor fish; honey comes
        from an animal; butter, cream, cheese and yoghurt are dairy products, coconut milk is not;
        "fruits à coque" are walnuts, almonds and hazelnuts; wheat contains gluten, and so does
        bread. Answer with the names of the guests the question asks for, separated by a comma and a
        space, in any order.

        Read the French menu, the eating habits of the guests and the question, and list the guests
        who answer it. Only the ingredients in brackets count, after the change made today if there
        is one. Take "crustacés" for a group beside meat and fish, honey for an animal product,
        coconut milk for no dairy product, wheat and bread for sources of gluten, and walnuts,
        almonds and hazelnuts for "fruits à coque". Write the first names only, with ", " between
        them; their order is free.

        Which guests does the question at the end of the French text ask for? Compare each guest's
        diet with the ingredients, including any replacement ("sans ..., mais avec ..."). Remember
        that shellfish is not fish, that honey and dairy products come from animals and coconut milk
        does not, that bread and wheat contain gluten, and that tree nuts ("fruits à coque") include
        almonds. Give the names separated by ", " in whatever order.
    """),
    "answer_format": {"kind": "set", "separator": SEPARATOR},
    "categories": ["Question Answering"],
    "domains": ["Nutrition"],
    "reasoning": ["Deductive Reasoning", "Relational Reasoning"],
    "languages": {"instruction": ["en"], "input": ["fr"], "output": ["fr"]},
}

# Dishes, whether one ingredient is replaced, guests with the number of their diet, question,
# wrong output (or ""), lesson.
TAUGHT: list[tuple[list[str], bool, dict[str, int], str, str, str]] = [
    (
        ["gratin de poireaux: poireaux, crème, œufs"],
        True,
        {"Inès": 3, "Karim": 4, "Louise": 2},
        "one",
        "",
        """Coconut milk replaces the cream, so nothing from milk is left and Inès can eat it. The
        eggs exclude Karim; there is no gluten, so Louise can eat it too.""",
    ),
    (
        ["soupe de crabe: crabe, tomates, carottes", "tarte fine: farine de blé, beurre, poires"],
        False,
        {"Oscar": 7, "Sarah": 6, "Hugo": 5, "Diane": 2},
        "both",
        "",
        """Both dishes must suit a guest. Crab is shellfish: it stops Sarah but not Oscar, who
        only avoids fish. The flour stops Diane. Hugo's nuts occur nowhere.""",
    ),
    (
        ["pain perdu: pain, œufs, lait, sucre"],
        False,
        {"Fatou": 10, "Jules": 8, "Camille": 1, "Rachid": 9},
        "not",
        "",
        """The question is who can NOT eat it. Fatou avoids gluten and eggs, Camille all that
        comes from animals, Rachid dairy products; only pork is a problem for Jules.""",
    ),
    (
        ["poires au miel: poires, miel, citron"],
        False,
        {"Agathe": 1, "Bilal": 0, "Pauline": 6},
        "one",
        "Agathe, Bilal, Pauline",
        """The dish looks purely vegetable, but honey comes from an animal, and Agathe eats
        nothing that does.

        Leave Agathe out: Bilal, Pauline.""",
    ),
    (
        ["omelette: œufs, feta, beurre", "salade verte: salade, noix, vinaigre"],
        False,
        {"Maxime": 5, "Noémie": 4, "Gaspard": 8},
        "some",
        "Gaspard",
        """These are the guests who can eat both dishes. The question asks for at least one of
        them: Maxime can eat the omelette, Noémie the salad.

        Include everybody who can eat one dish or the other: Maxime, Noémie, Gaspard.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        question = list(QUESTIONS)[done % len(QUESTIONS)]
        described = rng.sample(DISHES, 2 if question in {"both", "some"} else 1)
        dishes = [dish(each, swapped=rng.random() < 1 / 2) for each in described]
        size = rng.randint(4, 6)
        guests = dict(zip(rng.sample(GUESTS, size), rng.sample(DIETS, size), strict=True))
        text, answer = ask(dishes, guests, question)
        if not 0 < len(answer) < size:
            return None
        return instance(NAME, text, [SEPARATOR.join(answer)], answer=[answer])

    shown = []
    for described, swapped, diets, question, wrong, lesson in TAUGHT:
        guests = {name: DIETS[number] for name, number in diets.items()}
        text, answer = ask([dish(each, swapped=swapped) for each in described], guests, question)
        shown.append(demonstration(text, wrong or SEPARATOR.join(answer), lesson))
    return document(NAME, SEED, ABOUT, shown, draw)
