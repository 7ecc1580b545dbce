"""Say whom a pronoun or a description refers to, in a story that settles it by logic.

A world says who has which of several roles and how the persons rank by height, age or speed. Clues
that hold in a drawn world are told until the reference is the same in all worlds they leave; then
those that are not needed are dropped.
"""

from collections.abc import Callable
from itertools import permutations
from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "who_is_meant"
SEED = 20_706
INSTANCES = 96
NUMBERS = {3: "three", 4: "four"}
LEAST_CLUES = {3: 2, 4: 3}
WOMEN = "Amina, Birgit, Chiara, Devika, Eluned, Fatou, Greta, Hana, Ioana, Jacinta, Keiko, Leila"
MEN = "Anton, Bashir, Caleb, Diego, Emeka, Farid, Goran, Haruto, Ivo, Jorge, Kwame, Laszlo, Minh"
RANKS = ["taller shorter tallest shortest", "older younger oldest youngest"]
RANKS += ["faster slower fastest slowest"]

# What brings the persons together; their rank; what {x} and {y} do together; what one of them does
# then; what only one of them has or can; what is done by that one; roles: name, verb, verb denied.
SCENES = [
    scene.split(" / ")
    for scene in paragraphs("""
    make music together / 0 / shared a taxi to the station / forgot a suitcase / had a key to the
    rehearsal hall / that evening one of them unlocked the hall, but * left the lights on / the
    cellist, plays the cello, does not play the cello / the violinist, plays the violin, does not
    play the violin / the flautist, plays the flute, does not play the flute / the pianist, plays
    the piano, does not play the piano

    share a flat / 1 / cooked a pot of soup / dropped a plate / was allowed to use the
    cellar / on Sunday one of them went down into the cellar, where * found an old sledge / the
    owner of the parrot, owns the parrot, does not own the parrot / the owner of the cat, owns the
    cat, does not own the cat / the owner of the tortoise, owns the tortoise, does not own the
    tortoise / the owner of the rabbit, owns the rabbit, does not own the rabbit

    went on a journey together / 1 / bought tickets for everybody / lost an umbrella / could read
    the letter that had been left at the inn / in the end one of them read it out, and * had to
    laugh / the Turkish speaker, speaks Turkish, does not speak Turkish / the Portuguese speaker,
    speaks Portuguese, does not speak Portuguese / the Hindi speaker, speaks Hindi, does not speak
    Hindi / the Swahili speaker, speaks Swahili, does not speak Swahili

    belong to the same running club / 2 / ran home through the park / stopped to feed the ducks /
    had remembered to bring money / after training one of them bought water for all, but * got the
    wrong change / the runner in red, wears red, does not wear red / the runner in green, wears
    green, does not wear green / the runner in white, wears white, does not wear white / the runner
    in black, wears black, does not wear black

    live in the same street / 0 / carried a wardrobe up the stairs / whistled a march / knew
    how to stop the leak in the attic / at midnight one of them stopped it, although * was half
    asleep / the plumber, works as a plumber, is not a plumber / the tailor, works as a tailor, is
    not a tailor / the dentist, works as a dentist, is not a dentist / the florist, works as a
    florist, is not a florist

    are guests of a small hotel / 1 / had breakfast on the terrace / wrote a postcard / could see
    the harbour from the window / before sunrise one of them watched the harbour from the window,
    and * counted nine boats / the guest in the blue room, has the blue room, does not have the blue
    room / the guest in the corner room, has the corner room, does not have the corner room / the
    guest in the tower room, has the tower room, does not have the tower room / the guest in the
    attic room, has the attic room, does not have the attic room

    study at the same university / 1 / prepared a talk in the library / lost a scarf / was
    permitted to use the microscope / on Friday one of them used it, and * forgot to put the cover
    back / the biologist, studies biology, does not study biology / the historian, studies history,
    does not study history / the linguist, studies linguistics, does not study linguistics / the
    economist, studies economics, does not study economics

    helped an aunt to move house / 2 / raced each other to the bakery / tripped over a crate / could
    take the big mirror along / at noon one of them took it to the new house, where * hung it up at
    once / the driver of the van, drives a van, does not drive a van / the owner of the scooter,
    rides a scooter, does not ride a scooter / the owner of the tandem, rides a tandem, does not
    ride a tandem / the owner of the sports car, drives a sports car, does not drive a sports car
    """)
]


class World(NamedTuple):
    """Who has the roles, in their order, and the persons from the top of the rank down."""

    holders: tuple[str, ...]
    ranked: tuple[str, ...]

    def above(self, first: str, second: str) -> bool:
        """Return whether the first ranks higher."""
        return self.ranked.index(first) < self.ranked.index(second)


Clue = tuple[str, Callable[[World], bool]]


def capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def clues(names: list[str], roles: list[list[str]], rank: list[str]) -> list[Clue]:
    """Return all clues there can be, true or not."""
    more, less, most, least = rank
    found: list[Clue] = []
    for a, b in permutations(names, 2):
        found.append((f"{a} is {more} than {b}", lambda w, a=a, b=b: w.above(a, b)))
        found.append((f"{b} is {less} than {a}", lambda w, a=a, b=b: w.above(a, b)))
    for i, (role, does, does_not) in enumerate(roles):
        the = capital(role)
        for a in names:
            found += [
                (f"{a} {does_not}", lambda w, i=i, a=a: w.holders[i] != a),
                (f"{the} is {more} than {a}", lambda w, i=i, a=a: w.above(w.holders[i], a)),
                (f"{the} is {less} than {a}", lambda w, i=i, a=a: w.above(a, w.holders[i])),
            ]
        for a, b in permutations(names, 2):
            text = f"Either {a} or {b} {does}"
            found.append((text, lambda w, i=i, a=a, b=b: w.holders[i] in {a, b}))
        found += [
            (f"{the} is the {most} of them", lambda w, i=i: w.holders[i] == w.ranked[0]),
            (f"{the} is the {least} of them", lambda w, i=i: w.holders[i] == w.ranked[-1]),
            (f"{the} is not the {most} of them", lambda w, i=i: w.holders[i] != w.ranked[0]),
        ]
        for j in range(len(roles)):
            text = f"{the} is {more} than {roles[j][0]}"
            found.append((text, lambda w, i=i, j=j: w.above(w.holders[i], w.holders[j])))
    return found


Ending = tuple[str, str, Callable[[World], str]]


def ending(rng: Random, kind: int, scene: list[str], names: list[str], pronoun: str) -> Ending:
    """Return the end of the story, the expression in question, and whom it means in a world.

    That is nobody ("") in a world in which the end makes no sense.
    """
    _, rank, together, then, only, deed, *roles = scene
    more, less, most, least = RANKS[int(rank)].split()
    number = rng.randrange(len(names))
    role, a = roles[number].split(", ")[0], rng.choice(names)
    up = rng.random() < 1 / 2
    if kind == 0:
        told = f"Only {role} {only}; {deed.replace('*', pronoun)}."
        return told, pronoun, lambda w: w.holders[number]
    if kind == 1:
        expression = f"the {more if up else less} of the two"
        told = f"{a} and {role} {together}, and {expression} {then}."

        def better(w: World) -> str:
            b = w.holders[number]
            return "" if a == b else a if w.above(a, b) == up else b

        return told, expression, better
    if kind == 2:  # noqa: PLR2004
        expression = f"the {most if up else least} of the {NUMBERS[len(names)]}"
        told = f"Later, {expression} {then}."
        return told, expression, lambda w: w.ranked[0 if up else -1]
    expression = "the remaining one"
    pair = [a, rng.choice([name for name in names if name != a])][: len(names) - 2]
    told = f"{', '.join(pair)} and {role} {together}; {expression} {then}."

    def left(w: World) -> str:
        rest = [name for name in names if name not in pair and name != w.holders[number]]
        return rest[0] if len(rest) == 1 else ""

    return told, expression, left


def ask(rng: Random, number: int) -> tuple[str, str] | None:
    """Return a story with its question and the answer; None if the clues came out too few."""
    scene = SCENES[number % len(SCENES)]
    women = rng.random() < 1 / 2
    size = rng.choice([3, 4])
    names = rng.sample((WOMEN if women else MEN).split(", "), size)
    roles = [role.split(", ") for role in scene[6 : 6 + size]]
    told, expression, meant = ending(
        rng, number // len(SCENES) % 4, scene, names, "she" if women else "he"
    )
    orders = list(permutations(names))
    worlds = [world for h in orders for r in orders if meant(world := World(h, r))]
    truth = rng.choice(worlds)
    holding = [clue for clue in clues(names, roles, RANKS[int(scene[1])].split()) if clue[1](truth)]
    rng.shuffle(holding)

    def settled(given: list[Clue]) -> bool:
        return len({meant(w) for w in worlds if all(holds(w) for _, holds in given)}) == 1

    given: list[Clue] = []
    while not settled(given):
        given.append(holding.pop())
    for clue in given[:]:
        if settled(others := [each for each in given if each != clue]):
            given = others
    if len(given) < LEAST_CLUES[size]:
        return None
    several = capital(NUMBERS[size])
    people, alphabetical, parts = (
        f"{', '.join(each[:-1])} and {each[-1]}"
        for each in (names, sorted(names), [role for role, *_ in roles])
    )
    intro = rng.choice(
        [
            f"{people} {scene[0]}. In some order, they are {parts}.",
            f"{several} people {scene[0]}: {parts}. Their names, from A to Z, are {alphabetical}.",
            f"{people} {scene[0]}, and they are {parts}, though not necessarily in this order.",
            f"{capital(parts)} {scene[0]}. In alphabetical order, they are {alphabetical}.",
        ]
    )
    text = f"{intro} {'. '.join(clue for clue, _ in given)}. {capital(told)}"
    return f'{text}\n\nWho is meant by "{expression}"?', meant(truth)


ABOUT = {
    "summary": "Say whom a pronoun or a description in a short story refers to.",
    "definition": paragraphs("""
        You are given a short story about three or four persons, and a question about an expression
        in its last sentence: a pronoun or a description such as "the taller of the two". Work out
        from the story whom the expression refers to, and answer with that person's name only. The
        persons named are all there are; each has exactly one of the roles listed, and no two have
        the same role, height, age or speed; the order in which names and roles are listed says
        nothing. The two persons in one sentence ("Ada and the cellist") are different persons. Not
        everything about everybody can be found out, but the person meant can.

        Read the story and find out who is meant by the expression that the question quotes from the
        end of it. Every person of the story is named at its beginning and has one role, different
        for each, not in the order of the names; nobody is equally tall, old or fast as another;
        persons joined by "and" are never the same person. Only facts of the story count, not what
        names suggest. Reply with a single first name.

        To which person does the pronoun or description quoted in the question refer? The story
        gives facts about who has which role and who is taller, older or faster than whom, and
        together they leave just one possibility. Take it that the named persons and the listed
        roles belong together one to one, in an order that is not told, that there are no ties, and
        that where two or more persons do something together they are different people. Give the
        name of the person, nothing else.
    """),
    "answer_format": {"kind": "text"},
    "metrics": ["exact_match"],
    "categories": ["Coreference Resolution"],
    "domains": ["Story"],
    "reasoning": ["Deductive Reasoning", "Relational Reasoning"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

# Story, expression, output, lesson.
TAUGHT = paragraphs("""
    Nadia, Oluchi and Petra sail together. In some order, they are the skipper, the cook and the
    navigator. Nadia is not the cook. The cook is taller than Oluchi. Only the cook had a dry match;
    at dusk one of them lit the lamp with it, and she burned her thumb. | she | Petra | Nobody but
    the cook could light the lamp, so "she" is the cook. That is not Nadia, and not Oluchi either,
    because nobody is taller than herself; Petra is left.

    Three people work on a farm: the shepherd, the beekeeper and the mechanic. Their names, from
    A to Z, are Rafael, Sipho and Tariq. Either Rafael or Sipho is the shepherd. The
    shepherd is the youngest of them. Sipho is older than Tariq. Tariq and the shepherd mended the
    fence, and the older of the two hit his own thumb. | the older of the two | Tariq | Sipho is
    older than Tariq, hence not the youngest and not the shepherd. So the two are Tariq and Rafael,
    and as the shepherd Rafael is the youngest: the older one is Tariq.

    Noa, Ling, Ewa and Mara run a market stall. In some order, they are the painter, the potter, the
    weaver and the smith. Ewa is slower than Noa. The weaver is faster than Noa. Ling, Ewa and the
    weaver shared a tent; the remaining one slept in the van. | the remaining one | Noa | The weaver
    is neither Ling nor Ewa, who shared the tent with her, and not Noa, who is slower than she is.
    So Mara is the weaver and the third in the tent, and Noa remains.

    Bruno, Dario and Elio share a workshop. In some order, they are the joiner, the glazier and the
    printer. Bruno is taller than Dario. Elio is shorter than Dario. The glazier is not the tallest
    of them. Dario is not the glazier. Bruno and the glazier hung a lamp, and the shorter of the two
    held the ladder. | the shorter of the two | Dario | Dario is shorter than Bruno, but he is not
    one of the two: the story says that he is not the glazier. | The glazier is neither Bruno, the
    tallest, nor Dario, so the two are Bruno and Elio, and the shorter of them is: Elio

    The guide, the medic and the photographer crossed a glacier. In alphabetical order, they are
    Sanna, Thandi and Ursula. Ursula is older than the guide. The guide is older than the medic.
    Thandi is the youngest of them. Only the guide knew the path; in the fog one of them led the
    others down, and she never let go of the rope. | she | Thandi | Thandi is the name mentioned
    last, but she cannot be the guide: the guide is older than the medic, and Thandi is older than
    nobody. | "She" is the guide, who is not Ursula and not Thandi: Sanna
""")


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        found = ask(rng, done)
        return found and instance(NAME, found[0], [found[1]])

    shown = []
    for taught in TAUGHT:
        story, expression, output, *lesson = taught.split(" | ")
        text = f'{story}\n\nWho is meant by "{expression}"?'
        shown.append(demonstration(text, output, "\n\n".join(lesson)))
    return document(NAME, SEED, ABOUT, shown, draw, count=INSTANCES)
