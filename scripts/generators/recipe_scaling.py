"""Scale a recipe: how much of an ingredient for other servings, another amount, what is missing.

All amounts are exact fractions; the answer is a mixed number in lowest terms with its unit.
"""

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "recipe_scaling"
SEED = 20_108
FINEST = 12  # no answer needs a smaller part of a unit than this

Amount = tuple[Fraction, str]


class Recipe(NamedTuple):
    """A dish, for how many people it is, and its ingredients with amount and unit."""

    dish: str
    servings: int
    parts: dict[str, Amount]


def recipe(text: str) -> Recipe:
    """Read "dish 4: 1 1/2 cup flour, 2 tablespoon oil"."""
    head, _, listed = text.partition(": ")
    dish, _, servings = head.rpartition(" ")
    parts = {}
    for part in listed.split(", "):
        words = part.split()
        size = 2 if "/" in words[1] else 1
        amount = sum((Fraction(word) for word in words[:size]), Fraction())
        parts[" ".join(words[size + 1 :])] = (amount, words[size])
    return Recipe(dish, int(servings), parts)


RECIPES = [
    recipe(text)
    for text in [
        "pancakes 4: 1 1/2 cup flour, 1 1/4 cup milk, 2 tablespoon sugar, 1/2 teaspoon salt",
        (
            "lentil soup 6: 2 1/4 cup red lentils, 3 tablespoon olive oil, 7 1/2 cup stock, "
            "1 1/2 teaspoon cumin"
        ),
        "granola 8: 4 cup oats, 2/3 cup honey, 1/2 cup almonds, 3/4 teaspoon cinnamon",
        "rice pudding 5: 3/4 cup rice, 3 1/3 cup milk, 1/4 cup sugar, 1/8 teaspoon nutmeg",
        (
            "hummus 3: 1 1/2 cup chickpeas, 1/4 cup tahini, 2 tablespoon lemon juice, "
            "3/4 teaspoon salt"
        ),
        (
            "cornbread 9: 1 cup cornmeal, 1 1/3 cup flour, 2 1/2 teaspoon baking powder, "
            "1 1/8 cup buttermilk"
        ),
        (
            "tomato sauce 4: 2 2/3 cup tomatoes, 1 1/2 tablespoon butter, 1/3 cup basil, "
            "1/4 teaspoon pepper"
        ),
        (
            "berry crumble 6: 4 1/2 cup berries, 3/4 cup oats, 1/3 cup brown sugar, "
            "5 tablespoon butter"
        ),
    ]
]


def mixed(amount: Fraction) -> str:
    whole, rest = divmod(amount, 1)
    return " ".join([str(whole)] * (whole > 0) + [str(rest)] * (rest > 0))


def said(amount: Fraction, unit: str) -> str:
    return f"{mixed(amount)} {unit}{'s' if amount > 1 else ''}"


def shown_recipe(made: Recipe) -> str:
    listed = ", ".join(f"{said(*amount)} of {name}" for name, amount in made.parts.items())
    return f"Recipe for {made.dish}, serves {made.servings}: {listed}."


Question = tuple[str, Fraction, str]  # the question, the amount that answers it, the unit


def more_people(rng: Random, made: Recipe) -> Question:
    people = rng.choice([n for n in range(2, 21) if n != made.servings])
    name, (amount, unit) = rng.choice(list(made.parts.items()))
    text = rng.choice(
        [
            "What amount of {} do you need to serve {} people?",
            "What amount of {} does it take if the recipe is scaled to {} servings?",
        ]
    )
    return text.format(name, people), amount * people / made.servings, unit


def other_amount(rng: Random, made: Recipe) -> Question:
    (given, (base, given_unit)), (name, (amount, unit)) = rng.sample(list(made.parts.items()), 2)
    have = base * rng.choice([Fraction(1, 3), Fraction(1, 2), Fraction(4, 3), Fraction(5, 2)])
    text = rng.choice(
        [
            "You have only {} of {} and want to use it all. What amount of {} goes with it?",
            "A cook uses {} of {} and keeps the proportions. What amount of {} is needed?",
        ]
    )
    if have > base:
        text = text.replace("only ", "")
    return text.format(said(have, given_unit), given, name), amount * have / base, unit


def still_missing(rng: Random, made: Recipe) -> Question:
    batches = rng.choice([Fraction(3, 2), Fraction(2), Fraction(5, 2), Fraction(3)])
    name, (amount, unit) = rng.choice(list(made.parts.items()))
    have = amount * rng.choice([Fraction(1, 4), Fraction(1, 2), Fraction(2, 3), Fraction(1)])
    text = (
        f"You make {mixed(batches)} times the recipe and have {said(have, unit)} of {name} at "
        f"home. What amount of {name} do you still have to buy?"
    )
    return text, amount * batches - have, unit


def per_person(rng: Random, made: Recipe) -> Question:
    name, (amount, unit) = rng.choice(list(made.parts.items()))
    guests = rng.randint(2, made.servings - 1)
    text = (
        f"The dish is shared equally among {made.servings} people, and {guests} of them have eaten "
        f"their share. What amount of {name} is in what they have eaten?"
    )
    return text, amount * guests / made.servings, unit


def in_spoons(rng: Random, made: Recipe) -> Question:
    people = rng.choice([n for n in range(2, 13) if n != made.servings])
    spoons = {"cup": (16, "tablespoon"), "tablespoon": (3, "teaspoon")}
    name, (amount, unit) = rng.choice([item for item in made.parts.items() if item[1][1] in spoons])
    size, small = spoons[unit]
    text = (
        f"1 {unit} is {size} {small}s. How many {small}s of {name} are needed for {people} people?"
    )
    return text, amount * size * people / made.servings, small


FORMS: list[Callable[[Random, Recipe], Question]] = [
    more_people,
    other_amount,
    still_missing,
    per_person,
    in_spoons,
]

ABOUT = {
    "summary": "Scale an amount in a recipe exactly.",
    "definition": paragraphs("""
        You are given a recipe with its ingredients and a question about an amount. Scale in exact
        proportion and answer with the amount and its unit, nothing else. Write the amount as a
        whole number, a fraction or a mixed number in lowest terms (2, 3/4, 2 1/4 or 9/4), never as
        a decimal. Use the unit of the ingredient in the recipe unless the question asks for another
        one; the unit is singular up to and including 1 (3/4 cup, 1 cup) and plural above (1 1/2
        cups).

        Work out the amount that the question about the recipe asks for, without rounding. The
        answer consists of a number and a unit, for example "1/2 teaspoon" or "2 2/3 cups": a
        fraction or mixed number in lowest terms, then the unit in which the recipe measures that
        ingredient (or the one that the question demands), plural only if the amount is more than 1.

        Read the recipe and answer the question by exact calculation. Give a whole number, fraction
        or mixed number in lowest terms, followed by the unit that the recipe or the question uses
        for it, as in "1 cup", "5/6 cup" or "3 1/8 cups"; write the unit in the plural for amounts
        above 1 and add no other words.
    """),
    "metrics": ["exact_match"],
    "categories": ["Mathematics"],
    "domains": ["Food"],
    "reasoning": ["Mathematics -> Arithmetic", "Quantitative Reasoning"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

# Recipe, question, factors of the recipe's amount, ingredient, wrong output (or ""), lesson.
TAUGHT = [
    (
        "porridge 2: 3/4 cup oats, 2 cup milk, 1/4 teaspoon salt",
        "What amount of oats do you need to serve 5 people?",
        ("oats", Fraction(5, 2), Fraction()),
        "",
        """5 people are 5/2 times as many as 2, and 3/4 * 5/2 = 15/8, which is 1 7/8. The amount
        is above 1, so the unit is plural.""",
    ),
    (
        "bean stew 4: 2 1/2 cup beans, 1 1/3 cup stock, 2 teaspoon paprika",
        (
            "You have only 1 1/4 cups of beans and want to use it all. What amount of stock goes "
            "with it?"
        ),
        ("stock", Fraction(1, 2), Fraction()),
        "",
        """1 1/4 is half of 2 1/2, so everything is halved: half of 4/3 is 2/3. How many people
        it serves does not matter here.""",
    ),
    (
        "pesto 4: 2 cup basil, 1/3 cup pine nuts, 1/2 cup olive oil",
        (
            "You make 2 1/2 times the recipe and have 1/2 cup of pine nuts at home. What amount "
            "of pine nuts do you still have to buy?"
        ),
        ("pine nuts", Fraction(5, 2), Fraction(1, 2)),
        "",
        """2 1/2 times 1/3 is 5/6. What is at home is taken away at the end: 5/6 - 1/2 = 1/3.""",
    ),
    (
        "mashed potatoes 6: 4 cup potatoes, 2/3 cup milk, 3 tablespoon butter",
        "What amount of butter does it take if the recipe is scaled to 8 servings?",
        ("butter", Fraction(4, 3), Fraction()),
        "5 tablespoons",
        """This adds 2 tablespoons because there are 2 servings more. A recipe is scaled by a
        factor and not by a difference.

        Multiply by 8/6: 3 * 4/3 = 4, so the answer is 4 tablespoons.""",
    ),
    (
        "fruit salad 4: 3 cup melon, 1/2 cup grapes, 1 1/2 tablespoon honey",
        "What amount of honey do you need to serve 6 people?",
        ("honey", Fraction(3, 2), Fraction()),
        "2.25 tablespoons",
        """The value is right, but the answer has to be a fraction or mixed number, not a
        decimal.

        Write 1 1/2 * 3/2 = 9/4 as a mixed number: 2 1/4 tablespoons.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        made = RECIPES[done % len(RECIPES)]
        question, amount, unit = FORMS[(done + done // len(RECIPES)) % len(FORMS)](rng, made)
        if amount <= 0 or amount.denominator > FINEST:
            return None
        outputs = [said(amount, unit)]
        if amount > 1 and amount.denominator > 1:
            outputs.append(f"{amount} {unit}s")
        return instance(NAME, f"{shown_recipe(made)}\n{question}", outputs)

    shown = []
    for text, question, (name, factor, less), wrong, lesson in TAUGHT:
        made = recipe(text)
        amount, unit = made.parts[name]
        answer = wrong or said(amount * factor - less, unit)
        shown.append(demonstration(f"{shown_recipe(made)}\n{question}", answer, lesson))
    return document(NAME, SEED, ABOUT, shown, draw)
