"""Say what would have been if one thing in a mechanism had been different.

Mechanisms are drawn as networks of conditions and simulated twice: as things were, and with one
thing set by hand, which cuts it off from its own causes. As many outcomes change as do not, and the
answer is "yes" as often as "no" in either case.
"""

from collections.abc import Callable
from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "what_would_have_happened"
SEED = 20_306
STORIES = 120
LABELS = ["yes", "no"]

# An opening, whether conditions may be negative, things that are given and things that follow, each
# with a state and its opposite.
SCENES = [
    text.split(" # ")
    for text in paragraphs("""
    On a workbench there are three switches and some devices wired to them. # any # switch A on/off
    | switch B on/off | switch C on/off # the red lamp on/off | the green lamp on/off | the white
    lamp on/off | the buzzer sounding/silent

    A greenhouse is run by a simple control unit. # any # the sky clear/cloudy | the rain barrel
    full/empty | the timer running/stopped | the roof window open/closed # the pump running/idle |
    the sprinkler on/off | the blind down/up | the fan on/off | the heater on/off

    In a small signal box, relays connect the tracks with the signals. # any # track one
    occupied/free | track two occupied/free | the side gate open/closed # the main signal red/green
    | the barrier down/up | the bell ringing/silent | the platform display lit/dark

    Children have built rows of dominoes that run into each other. # positive # row A down/standing
    | row B down/standing | row C down/standing # row D down/standing | row E down/standing | row F
    down/standing | row G down/standing

    A publisher prepares a catalogue, and delays are passed on. # positive # the text late/on time |
    the set of photos late/on time | the paper delivery late/on time # the layout late/on time | the
    printing late/on time | the mailing late/on time | the book launch late/on time

    A museum protects its treasure room with an alarm system. # any # the window sensor
    triggered/quiet | the door sensor triggered/quiet | the night mode active/inactive # the siren
    sounding/silent | the shutter down/up | the floodlight on/off | the corridor door
    locked/unlocked

    A mountain village depends on its valley for bread. # positive # the harvest good/poor | the
    pass road open/blocked | the cable car running/stopped # the mill busy/idle | the flour store
    full/empty | the bakery open/closed | the school canteen open/closed

    For a play, the stage effects are linked with each other. # any # the curtain open/closed | the
    orchestra playing/silent | the trapdoor locked/unlocked # the fog machine on/off | the paper
    moon lit/dark | the turntable turning/still | the wind machine on/off

    A web shop runs on several services. # any # the database up/down | the cache warm/cold | the
    spare server up/down # the login page available/unavailable | the search available/unavailable |
    the warning banner shown/hidden | the nightly report complete/incomplete

    On an island, ecologists have found how some species depend on each other. # any # the spring
    wet/dry | the meadow mown/unmown | the owl box occupied/vacant # the beetle population high/low
    | the vole population high/low | the berry crop large/small | the fox den occupied/vacant
""")
]

# Rules: whether only for scenes with negative conditions, the test, and wordings. {s} is the thing,
# {1} and {0} its states; {a} and {b} are the conditions, {c} and {d} their opposites.
Test = Callable[[bool, bool], bool]
GATES: list[tuple[bool, Test, list[str]]] = [
    (
        False,
        lambda a, b: a and b,
        [
            "{s} is {1} if {a} and {b}; otherwise it is {0}.",
            "{s} is {0} unless {a} and {b}, in which case it is {1}.",
        ],
    ),
    (
        False,
        lambda a, b: a or b,
        [
            "{s} is {1} if {a} or {b} or both; otherwise it is {0}.",
            "{s} is {0} as long as {c} and {d}; in every other case it is {1}.",
        ],
    ),
    (
        False,
        lambda a, _b=False: a,
        ["{s} is {1} whenever {a}, and {0} otherwise.", "{s} is {1} if {a}; if {c}, it is {0}."],
    ),
    (
        True,
        lambda a, b: a != b,
        ["{s} is {1} if exactly one of two things is true, and {0} if not: {a}; {b}."],
    ),
]
Thing = tuple[str, str, str]
States = dict[int, bool]


class Rule(NamedTuple):
    """How a thing follows from others: their numbers, the states that count, and what they do."""

    causes: list[int]
    wanted: list[bool]
    test: Test
    text: str


class Mechanism(NamedTuple):
    """An opening, all things in causal order (those that are given first), rules by thing."""

    opening: str
    things: list[Thing]
    rules: dict[int, Rule]


def thing(text: str) -> Thing:
    """Take a thing and its states apart: the first state is the last word before the stroke."""
    before, _, false = text.strip().partition("/")
    name, _, true = before.rpartition(" ")
    return name, true, false


def state(named: Thing, value: bool, verb: str) -> str:  # noqa: FBT001  (it is one of two states)
    return f"{named[0]} {verb} {named[1] if value else named[2]}"


def mechanism(rng: Random, scene: list[str], size: int) -> Mechanism:
    opening, signs, given, derived = scene
    things = [thing(each) for each in given.split("|")]
    start = len(things)
    names = derived.split("|")
    things += [thing(names[n]) for n in sorted(rng.sample(range(len(names)), size))]
    rules = {}
    for n in range(start, len(things)):
        harsh, test, texts = rng.choice(GATES)
        while harsh and signs != "any":
            harsh, test, texts = rng.choice(GATES)
        causes = rng.sample(range(n), 2)
        if n > start and not {*causes} & {*range(start, n)}:
            causes[0] = rng.randrange(start, n)
        causes = causes[: 1 if "{b}" not in texts[0] else 2]
        wanted = [signs != "any" or rng.random() < 2 / 3 for _ in causes]
        words = {"s": things[n][0][0].upper() + things[n][0][1:], "1": things[n][1]}
        pairs = list(zip(causes, wanted, strict=True))
        words |= zip("ab", (state(things[c], w, "is") for c, w in pairs), strict=False)
        words |= zip("cd", (state(things[c], not w, "is") for c, w in pairs), strict=False)
        text = rng.choice(texts).replace("{0}", things[n][2]).replace("{1}", things[n][1])
        rules[n] = Rule(causes, wanted, test, text.format(**words))
    return Mechanism(opening, things, rules)


def simulate(made: Mechanism, given: States, forced: States) -> States:
    """Return the state of everything, when some things are forced."""
    states = given | forced
    for n, rule in made.rules.items():
        met = [states[c] == w for c, w in zip(rule.causes, rule.wanted, strict=True)]
        states[n] = forced.get(n, rule.test(*met))
    return states


class Question(NamedTuple):
    """What is supposed (a thing and its state), and of which thing which state is asked."""

    supposed: tuple[int, bool]
    asked: tuple[int, bool]


def told(rng: Random, made: Mechanism, given: States, question: Question) -> str:
    rules = [rule.text for rule in made.rules.values()]
    listed = ["\n".join(f"- {each}" for each in rules), " ".join(rules)][rng.randrange(2)]
    facts = [state(made.things[n], value, "was") for n, value in given.items()]
    (n, value), (asked, wanted) = question
    if n in given:
        text = rng.choice(["Suppose {} had been {} instead.", "Imagine that {} had been {}."])
    else:
        text = rng.choice(
            [
                "Suppose somebody had stepped in and made sure that {} was {}.",
                "Imagine that an intervention from outside had caused {} to be {}.",
            ]
        )
    supposed = text.format(*made.things[n][:1], made.things[n][1 if value else 2])
    name, *states = made.things[asked]
    asks = f"Would {name} have been {states[0 if wanted else 1]}?"
    was = f"What was the case: {', '.join(facts[:-1])} and {facts[-1]}."
    return "\n".join([f"{made.opening} How it works:", listed, "", was, f"{supposed} {asks}"])


def story(rng: Random, scene: list[str], size: int, kind: int) -> str | None:
    """Draw a story; bit 0 of its kind says that the answer is no, bit 1 that nothing changes."""
    made = mechanism(rng, scene, size)
    start = len(made.things) - size
    given = {n: rng.random() < 1 / 2 for n in range(start)}
    actual = simulate(made, given, {})
    changed = rng.randrange(len(made.things) - 1)
    imagined = simulate(made, given, {changed: not actual[changed]})
    asked = rng.choice([n for n in made.rules if n != changed])
    touched = {changed}
    for n, rule in made.rules.items():
        touched |= {n} if touched & {*rule.causes} else set()
    if (imagined[asked] == actual[asked]) != bool(kind & 2):
        return None
    if asked not in touched and rng.random() < 3 / 4:  # seldom about what cannot change
        return None
    question = Question((changed, not actual[changed]), (asked, imagined[asked] ^ (kind & 1 > 0)))
    return told(rng, made, given, question)


ABOUT = {
    "summary": "Say whether something would have been so if one thing had been different.",
    "definition": paragraphs("""
        You are given a mechanism, in which each rule says how the state of one thing follows from
        the states of others; then what was the case; and then a supposition that one thing had been
        different, with a question. Everything that is not supposed to be different and that no rule
        governs stays as it was. If the thing that is supposed to be different has a rule of its
        own, ignore that rule: the thing is set from outside, which changes what depends on it, but
        not its causes. Work out all states again and answer the question with "yes" or "no".

        Answer a question about what would have happened. Take the states given, change only the
        thing named in the supposition, and apply the rules to everything that depends on it, step
        by step. A thing changed by an intervention keeps the state it is put in whatever its own
        rule says, and the things it depends on are not affected. The answer is "yes" if the thing
        asked about would then have been in the state asked about, otherwise "no", even if that is
        the state it was in anyway.

        How would things have stood if one of them had been otherwise? The text describes how the
        parts of a mechanism depend on each other, how the parts without a rule really were, and
        what is imagined to be different. Rules work in one direction, from causes to effects: what
        is imagined overrides the rule of the changed part, leaves the parts before it untouched and
        is passed on to those after it. Write "yes" or "no" in answer to the final question.
    """),
    "answer_format": {"kind": "label", "labels": LABELS},
    "categories": ["Cause Effect Classification"],
    "domains": ["Commonsense -> Concepts and Relations -> Physical Commonsense", "Logic"],
    "reasoning": ["Counterfactual Reasoning", "Causal Reasoning"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
    "metrics": ["exact_match"],
}

# Number of the scene, seed, kind of story (see `story`), wrong label, lesson.
TAUGHT = [
    text.split(" # ", 4)
    for text in paragraphs("""
    1 # 1 # 0 # - # With the roof window open and the barrel full, the pump runs. So of the two
    things that count for the heater only one is true, the full barrel, and the heater is on.

    3 # 2 # 2 # - # No rule mentions row A, so nothing changes: row C is down and takes row D with
    it, and rows C and D together bring down row F. It would have been down, as it was anyway.

    5 # 3 # 1 # - # The shutter is set from outside: the night mode remains inactive, but the
    floodlight needs the shutter down and goes off. Neither of the two things that count for the
    corridor door is then true, so it would have been unlocked.

    4 # 4 # 2 # no # "No" would be right if the question were whether anything changes. The late
    text alone makes the printing late and, with it, the mailing and the book launch. # Answer what
    is asked, whether the launch would have been late: "yes".

    8 # 5 # 1 # yes # The login page and the search stay unavailable, since the spare server is
    down, but that is not the end: the rule for the warning banner also looks at the database. #
    With the database down, exactly one of its two things is true, so the banner would have been
    shown and not hidden: "no".
""")
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        scene = SCENES[done // 4 % len(SCENES)]
        text = story(rng, scene, 2 + done // 40, done % 4)
        return text and instance(NAME, text, [LABELS[done % 2]])

    shown = []
    for *numbers, wrong, lesson in TAUGHT:
        scene, seed, kind = map(int, numbers)
        own = Random(seed)
        while not (text := story(own, SCENES[scene], 3, kind)):
            pass
        output = LABELS[kind % 2] if wrong == "-" else wrong
        shown.append(demonstration(text, output, lesson.replace(" # ", "\n\n")))
    return document(NAME, SEED, ABOUT, shown, draw, count=STORIES)
