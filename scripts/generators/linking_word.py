"""Choose the word that links two clauses about a place with rules and a log.

Each rule says what happens in one case and what happens otherwise. Which case a day was is computed
from the figure in the log, and the linking word from the case, from what was done, and from which
clause comes first; clauses that no rule links are linked by their times.
"""

from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "linking_word"
SEED = 20_705
INSTANCES = 112
LABELS = ["because", "although", "so", "but", "if", "unless", "before", "after"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

# A place; its rules: the case, the other case, the figure as the log has it with figures of the
# case and of the other case, what is done in the case and otherwise, each in present and past; and
# what else happened.
PLACES = [
    place.split(" / ")
    for place in paragraphs("""
    the island ferry / the wind is above 50 km/h | the wind is at 50 km/h or less | the wind blew at
    {} km/h | 62 58 71 | 31 44 50 | the ferry is held back in port | the ferry was held back in port
    | the ferry puts to sea | the ferry put to sea / more than 20 cars are waiting | no more than 20
    cars are waiting | {} cars were waiting | 23 27 34 | 9 16 20 | the crew opens the second deck |
    the crew opened the second deck | the crew locks the second deck | the crew locked the second
    deck / the cook delivered fresh rolls / a gull stole the mate's cap / the engineer oiled the
    winch / a school class took a photograph

    the open-air pool / the water is warmer than 22 °C | the water is at 22 °C or less | the water
    measured {} °C | 23 25 27 | 17 20 22 | the attendant switches off the heating | the attendant
    switched off the heating | the attendant turns on the heating | the attendant turned on the
    heating / fewer than 10 guests are left | at least 10 guests are left | {} guests were left | 3
    6 9 | 10 14 21 | the kiosk closes early | the kiosk closed early | the kiosk bakes another tray
    of pastries | the kiosk baked another tray of pastries / a boy lost his goggles / the swimming
    club arrived / somebody repaired the shower / two ducks landed on the lawn

    the cheese cellar / the humidity is below 80 per cent | the humidity is 80 per cent or more |
    the humidity was {} per cent | 68 74 79 | 80 85 91 | the apprentice sprinkles the floor | the
    apprentice sprinkled the floor | the apprentice airs the vault | the apprentice aired the vault
    / a wheel weighs less than 6 kg | a wheel weighs 6 kg or more | the new wheel weighed {} kg | 4
    5 | 6 7 9 | the wheel goes to the market stall | the wheel went to the market stall | the wheel
    goes to the export shelf | the wheel went to the export shelf / the inspector signed the
    guest book / the cat caught a mouse / a lamp burned out / the brine barrels were delivered

    the mountain hut / there is more than 30 cm of new snow | there is at most 30 cm of new snow |
    there was {} cm of new snow | 35 42 60 | 5 18 30 | the warden closes the northern trail | the
    warden closed the northern trail | the warden opens the northern trail | the warden opened the
    northern trail / the tank holds less than 100 litres | the tank holds 100 litres or more | the
    tank held {} litres | 40 75 95 | 100 130 210 | the showers are shut off | the showers were shut
    off | the showers are turned on | the showers were turned on / a hiker tuned the old guitar /
    the helicopter brought potatoes / two climbers set out for the summit / the dog found a glove

    the village library / a book is more than 14 days late | a book is at most 14 days late | the
    atlas was {} days late | 15 19 33 | 2 8 14 | the reader pays a fee | the reader paid a fee | the
    reader gets off with a smile | the reader got off with a smile / more than 12 children have come
    | no more than 12 children have come | {} children had come | 13 16 22 | 5 9 12 | the reading
    moves to the big hall | the reading moved to the big hall | the reading takes place in the attic
    | the reading took place in the attic / a box of comics was donated / the poet called from the
    station / the stove was lit / the caretaker oiled the door

    the bakery / the dough has risen for less than 90 minutes | the dough has risen for 90
    minutes or more | the dough had risen for {} minutes | 40 75 | 90 110 140 | the baker puts
    the dough back on the shelf | the baker put the dough back on the shelf | the baker shapes
    the loaves | the baker shaped the loaves / the oven is hotter than 250 °C | the oven is at
    250 °C or less | the oven was at {} °C | 260 275 290 | 210 235 250 | the flatbreads go in |
    the flatbreads went in | the biscuits go in | the biscuits went in / the miller delivered
    rye / the power company read the meter / a child dropped a tray / the radio played an old
    waltz

    the botanical garden / the soil is drier than 15 per cent | the soil is at 15 per cent or wetter
    | the sensor in the soil showed {} per cent | 7 10 13 | 15 22 30 | the sprinkler starts | the
    sprinkler started | the sprinkler is disconnected | the sprinkler was disconnected / the glass
    house is warmer than 35 °C | the glass house is at 35 °C or less | the glass house reached {} °C
    | 36 38 41 | 24 29 35 | the roof windows are opened | the roof windows were opened | the roof
    windows are bolted | the roof windows were bolted / a beekeeper checked the hives / the cactus
    bloomed / a guide lost her whistle / the lawn was mown

    the small theatre / fewer than 30 tickets are sold | at least 30 tickets are sold | {} tickets
    were sold | 12 21 28 | 30 45 66 | the play is moved to the studio | the play was moved to the
    studio | the play is given on the main stage | the play was given on the main stage / an actor
    is more than 20 minutes late | an actor is at most 20 minutes late | the leading actor was {}
    minutes late | 25 32 40 | 4 11 20 | the understudy puts on the costume | the understudy put on
    the costume | the understudy goes home | the understudy went home / the prompter spilled her tea
    / the critics found their seats / a spotlight was replaced / flowers were left at the stage door
    """)
]


class Rule(NamedTuple):
    """A rule: its two cases, figures for them, and what is done in them, then and in general."""

    case: str
    other_case: str
    measured: str
    figures: str
    other_figures: str
    does: str
    did: str
    does_else: str
    did_else: str


class Report(NamedTuple):
    """What the log says on a rule, and whether it was kept."""

    measured: str
    done: str
    kept: bool


def report(rng: Random, rule: Rule) -> Report:
    is_case, kept = rng.random() < 1 / 2, rng.random() < 1 / 2
    figure = rng.choice((rule.figures if is_case else rule.other_figures).split())
    done = rule.did if is_case == kept else rule.did_else
    return Report(rule.measured.format(figure), done, kept)


def sentence(
    rng: Random, label: str, rules: list[Rule], reports: list[Report], log: list[str]
) -> str:
    """Return a sentence with a gap into which `label` fits, or "" if there is none of that kind."""
    if label in {"if", "unless"}:
        rule = rng.choice(rules)
        in_case = rng.random() < 1 / 2
        fits = in_case == (label == "if")
        first = rule.does if fits else rule.does_else
        return f"{first} ___ {rule.case if in_case else rule.other_case}"
    if label in {"before", "after"}:
        states = [each.measured for each in reports]
        first, second = sorted(rng.sample([x for x in log if x not in states], 2), key=log.index)
        return f"{first} ___ {second}" if label == "before" else f"{second} ___ {first}"
    fitting = [each for each in reports if each.kept == (label in {"because", "so"})]
    if not fitting:
        return ""
    chosen = rng.choice(fitting)
    parts = [chosen.done, chosen.measured]
    return " ___ ".join(parts if label in {"because", "although"} else parts[::-1])


def capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def write(rng: Random, label: str, place: list[str]) -> str | None:
    name, *parts = place
    rules = [Rule(*each.split(" | ")) for each in rng.sample(parts[:2], 2)]
    reports = [report(rng, rule) for rule in rules]
    log = [reports[0].measured, reports[0].done]
    for new in [*rng.sample(parts[2:], rng.randint(2, 3)), reports[1].done]:
        log.insert(rng.randint(0, len(log)), new)
    log.insert(rng.randint(0, log.index(reports[1].done)), reports[1].measured)
    if log.index(reports[0].measured) > log.index(reports[0].done):
        return None
    gap = sentence(rng, label, rules, reports, log)
    start = 15 if "theatre" in name else 7
    minutes = sorted(rng.sample(range(start * 60, (start + 8) * 60, 5), len(log)))
    return gap and "\n".join(
        [
            f"Rules of {name}:",
            *(f"- If {r.case}, {r.does}; otherwise, {r.does_else}." for r in rules),
            f"Log of {rng.choice(DAYS)}:",
            *(f"{m // 60:02}:{m % 60:02} {capital(x)}." for m, x in zip(minutes, log, strict=True)),
            f"Sentence: {capital(gap)}.",
        ]
    )


ABOUT = {
    "summary": "Choose the linking word that fits two clauses, given rules and a log.",
    "definition": paragraphs("""
        You are given the rules of a place, the log of one day there, and a sentence with a gap
        (___) between its two clauses. Answer with the one word that fits the gap: because,
        although, so, but, if, unless, before or after. Sentences in the present tense are about
        what the rules say in general: "if" when by the rules the first clause is what happens in
        the case that the second names, "unless" when the first clause is what happens in every case
        but that one. Sentences in the past tense are about the day. When a rule links their
        clauses, one being the figure that decides its case and the other what was done: with the
        figure in the second clause, "because" if what was done is what the rule demands for that
        figure and "although" if it is not; with the figure in the first clause, "so" if it is and
        "but" if it is not. When no rule links the two clauses: "before" or "after", according to
        the times in the log.

        Fill the gap between two clauses with one of eight linking words, going by the rules and the
        log above them. (1) Present tense, a general statement: choose if where the rules make the
        first clause happen in the case given by the second, and unless where they make it happen in
        all other cases. (2) Past tense, and a rule decides by the figure in one clause whether the
        action in the other is to be done: "action ___ figure" takes because where the action
        follows the rule and although where it breaks it; "figure ___ action" takes so where the
        action follows the rule and but where it breaks it. (3) Past tense, and no rule connects the
        clauses: before or after, by the times of the log. Answer with the word alone, in small
        letters.

        Which of because, although, so, but, if, unless, before, after belongs in the place of ___?
        For a sentence in the present tense, compare it with the rule: it is "if" when the second
        clause states the case in which the first one happens, "unless" when it states the case in
        which the first one does not happen. For a sentence in the past tense, look whether one of
        the rules links a measured or counted figure with what was done. If so and the action is as
        the rule wants it, write "because" (action first) or "so" (figure first); if the action is
        against the rule, write "although" (action first) or "but" (figure first). If no rule links
        the clauses, write "before" or "after", whichever agrees with the log. Give just the word,
        in lower case.
    """),
    "answer_format": {"kind": "label", "labels": LABELS},
    "categories": ["Discourse Connective Identification"],
    "domains": ["Narrative -> Everyday Events"],
    "reasoning": ["Causal Reasoning", "Logical Reasoning"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

# Rules, log, sentence, output, lesson.
TAUGHT = paragraphs("""
    Rules of the ice rink: / - If the ice is thinner than 12 cm, the rink stays shut; otherwise, the
    rink opens at nine. / Log of Friday: / 07:40 The ice measured 10 cm. / 08:15 A plumber thawed
    the pipes. / 09:00 The rink opened at nine. / Sentence: The rink opened at nine ___ the ice
    measured 10 cm. // although // 10 cm is thinner than 12 cm, so the rule demands a closed rink.
    It opened all the same, and the figure is in the second clause: although.

    Rules of the print shop: / - If an order has more than 500 pages, the large press is used;
    otherwise, the copier is used. / Log of Monday: / 10:05 The order had 640 pages. / 10:20 The
    large press was used. / 11:30 The window was cleaned. / Sentence: The copier is used ___ an
    order has more than 500 pages. // unless // The sentence is in the present tense and about the
    rule. The copier is for all orders but those of more than 500 pages: unless. What happened on
    Monday does not matter.

    Rules of the kennel: / - If a dog weighs less than 10 kg, it sleeps in the hall; otherwise, it
    sleeps in the barn. / Log of Sunday: / 08:10 The vet called. / 09:35 The new dog weighed 14 kg.
    / 09:50 The fence was painted. / 10:30 The new dog was given a bed in the barn. / Sentence: The
    fence was painted ___ the vet called. // after // No rule links fence and vet, so the times
    decide: the fence was painted at 09:50, later than the call at 08:10.

    Rules of the tram depot: / - If it is colder than 3 °C, the points are heated; otherwise, the
    heaters are cut off. / Log of Tuesday: / 05:30 It was 1 °C. / 05:45 The points were heated. /
    06:20 A driver found an umbrella. / Sentence: It was 1 °C ___ the points were heated. // before
    // The times are right, but a rule links the temperature with the heating, and "before" is only
    for clauses that no rule links. // 1 °C is colder than 3 °C and the points were heated as the
    rule demands; the figure comes first, so the word is: so

    Rules of the orchard: / - If a crate holds more than 15 kg, two people carry it away; otherwise,
    one person carries it away. / Log of Thursday: / 13:10 The first crate held 15 kg. / 13:25 One
    person carried the first crate away. / 14:00 The ladder broke. / Sentence: One person carried
    the first crate away ___ the first crate held 15 kg. // although // 15 kg is not more than 15
    kg, so the rule gives the crate to one person, and that is what happened: nothing was done
    against the rule. // The action follows the rule and stands before the figure: because
""")


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        label = LABELS[done % len(LABELS)]
        text = write(rng, label, PLACES[done // len(LABELS) % len(PLACES)])
        return instance(NAME, text, [label]) if text else None

    shown = []
    for taught in TAUGHT:
        lines, output, *lesson = taught.split(" // ")
        shown.append(demonstration(lines.replace(" / ", "\n"), output, "\n\n".join(lesson)))
    return document(NAME, SEED, ABOUT, shown, draw, count=INSTANCES)
