"""Put events in the order in which they happened, from clues about their times.

True clues about a timeline are collected until a solver that tries every order, and knows only the
clues, is left with a single one; then the clues that are not needed are thrown out.
"""

from functools import cache, reduce
from itertools import islice, pairwise, permutations
from operator import and_
from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "event_order"
SEED = 20_302
PUZZLES = 100

# Scenes: the unit of time, what happens, and short names of the events as clues have them.
SCENES = [
    text.split(" # ")
    for text in paragraphs("""
    clock # All of this happened on one Saturday in a block of flats. # the lift breakdown|the
    parcel delivery|the birthday party|the visit of the plumber|the fire drill|the power cut

    clock # A train guard kept a log of one day on the line. # the signal failure|the change of
    driver|the ticket inspection|the medical stop|the coupling of two carriages|the stop at the
    border

    clock # Talking about the opening day of the museum, the staff remember these events. # the
    mayor's speech|the guided tour|the concert of the choir|the press conference|the coffee
    break|the unveiling of the statue

    date June # The village of Elmo held all these events in one June. # the book fair|the bicycle
    race|the flower market|the school play|the chess tournament|the open-air cinema

    date September # In one September, these works were carried out on the old bridge. # the closing
    of the bridge|the inspection by divers|the delivery of the steel|the painting of the
    railings|the replacement of the lamps|the load test

    date October # The amateur football club of Port Amala had a full October. # the away match|the
    training camp|the election of the board|the charity run|the friendly match|the mending of the
    pitch

    year # A local historian has put together the story of the harbour. # the great storm|the
    building of the lighthouse|the arrival of the first steamship|the strike of the dockers|the
    founding of the school|the opening of the railway

    year # These are the milestones in the life of the inventor Ilse Markovan. # the grant of her
    first patent|her journey to Brazil|the founding of her company|her wedding|the fire in her
    workshop|her lecture in Vienna
""")
]
# Times that an event may have, and words for being at one.
TIMES = {"clock": range(480, 1080, 15), "date": range(1, 31), "year": range(1861, 1912)}
PREPOSITIONS = {"clock": "at", "date": "on", "year": "in"}

# Clues on one time ({t}, {u}), on two ({d} apart, {e} is longer, {s} shorter), on the order only.
CLUES = """
at: {A} took place {at}.|{At}, {a} took place.
late: {A} came after {t}.|It was later than {t} when {a} took place.
early: {A} came before {u}.|{A} took place earlier than {u}.
within: {A} fell between {t} and {u}.|It was after {t} but before {u} when {a} took place.
before: {A} came before {b}.|{B} was later than {a}.|By the time of {b}, {a} was already past.
exact: {A} came {d} before {b}.|{B} took place exactly {d} after {a}.
gap: {A} came more than {s} before {b}.|More than {s} passed from {a} to {b}.
near: {A} and {b} were less than {e} apart.|Less than {e} lay between {a} and {b}.
next: Of the listed events, {b} was the very next after {a}.|{A} was followed directly by {b}.
beside: No other listed event came between {a} and {b}.|{A} and {b} are neighbours in the order.
apart: Exactly one listed event came between {a} and {b}.
between: {A} came at some point between {b} and {c}, whichever of these two was first.
outside: Either both {b} and {c} came before {a}, or both came after it.
inner: {A} was neither the first nor the last of the events.
"""
KINDS = dict(line.split(": ", 1) for line in CLUES.strip().splitlines())
AT = {"at", "late", "early", "within"}
TIMED = {"before", "exact", "gap", "near"}


class Clue(NamedTuple):
    """A clue in words, its bounds (x, y, c) for x - y <= c (y = -1: for x <= c), its events."""

    kind: str
    text: str
    bounds: list[tuple[int, int, int]]
    events: list[int]


# The scale of time, the names of the events, and their times.
Story = tuple[str, list[str], list[int]]


def moment(scale: str, time: int) -> str:
    unit, *month = scale.split()
    if unit == "clock":
        return f"{time // 60}:{time % 60:02d}"
    return f"{time} {month[0]}" if month else str(time)


def span(scale: str, distance: int) -> str:
    if scale == "clock":
        parts = zip(divmod(distance, 60), ["hour", "minute"], strict=True)
    else:
        parts = iter([(distance, "day" if scale.startswith("date") else "year")])
    return " and ".join(f"{n} {word}{'s' * (n > 1)}" for n, word in parts if n)


def clue(rng: Random, story: Story, kind: str, events: list[int], wording: int) -> Clue | None:
    """Return a true clue of a kind about some of the events, or None if there is none."""
    scale, names, times = story
    a, b, c = events if "{c}" in KINDS[kind] else [*events[:2], events[0]]
    if kind in TIMED and times[a] > times[b]:
        a, b = b, a
    unit = scale.split()[0]
    steps = [TIMES[unit].step * rng.randint(1, 6) for _ in range(4)]
    distance = abs(times[a] - times[b])
    shorter, longer = distance - steps[0], distance + steps[1]
    lower, upper = times[a] - steps[2], times[a] + steps[3]
    dated = unit == "date" and kind in AT - {"at"}
    if (kind == "gap" and shorter <= 0) or (dated and not 0 < lower < upper < len(TIMES[unit])):
        return None
    bounds = {
        "at": [(a, -1, times[a]), (-1, a, -times[a])],
        "late": [(-1, a, -lower - 1)],
        "early": [(a, -1, upper - 1)],
        "within": [(a, -1, upper - 1), (-1, a, -lower - 1)],
        "before": [(a, b, -1)],
        "exact": [(a, b, -distance), (b, a, distance)],
        "gap": [(a, b, -shorter - 1)],
        "near": [(a, b, longer - 1), (b, a, longer - 1)],
    }.get(kind, [])
    words = {"d": span(scale, distance), "s": span(scale, shorter), "e": span(scale, longer)}
    words |= dict(zip("abc", (names[event] for event in (a, b, c)), strict=True))
    words |= {"t": moment(scale, lower), "u": moment(scale, upper)}
    words |= {"at": f"{PREPOSITIONS[unit]} {moment(scale, times[a])}"}
    words |= {key.upper(): text[:1].upper() + text[1:] for key, text in words.items()}
    words |= {"At": words.pop("AT")}
    wordings = KINDS[kind].split("|")
    text = wordings[wording % len(wordings)].format(**words)
    return Clue(kind, text, bounds, [a, b, c])


def ordered(kind: str, a: int, b: int, c: int, last: int) -> bool:
    """Tell whether a clue's events may have these places, counted from 0, in the order."""
    if kind in {"before", "exact", "gap"}:
        return a < b
    if kind in {"beside", "apart"}:
        return abs(a - b) == (1 if kind == "beside" else 2)
    if kind in {"between", "outside"}:
        return (min(b, c) < a < max(b, c)) == (kind == "between")
    return {"next": b == a + 1, "inner": 0 < a < last}.get(kind, True)


@cache
def fitting(size: int, kind: str, a: int, b: int, c: int) -> int:
    """Return a number whose bit n tells whether order n may hold with such a clue on events."""
    orders = enumerate(permutations(range(size)))
    return sum(ordered(kind, *map(each.index, (a, b, c)), size - 1) << n for n, each in orders)


def possible(order: tuple[int, ...], bounds: list[tuple[int, int, int]]) -> bool:
    """Tell whether times exist in this strict order that keep all bounds (Bellman and Ford)."""
    rules = bounds + [(a, b, -1) for b, a in pairwise(order[::-1])]
    best = [0] * (len(order) + 1)
    for _ in range(len(best) + 1):
        changed = False
        for x, y, c in rules:
            if best[x] > best[y] + c:
                best[x], changed = best[y] + c, True
        if not changed:
            return True
    return False


def orders(size: int, clues: list[Clue]) -> list[str]:
    """Return all orders that fit the clues; two are enough to know that there is not just one."""
    bounds = [bound for clue in clues for bound in clue.bounds]
    fits = reduce(and_, [fitting(size, each.kind, *each.events) for each in clues], -1)
    numbered = enumerate(permutations(range(size)))
    good = (order for n, order in numbered if fits >> n & 1 and possible(order, bounds))
    return [" ".join("ABCDEF"[event] for event in order) for order in islice(good, 2)]


def puzzle(rng: Random, story: Story) -> list[Clue] | None:
    """Return clues of which none can be spared, or None if a try came to nothing."""
    size, times = len(story[1]), story[2]
    ranks = sorted(range(size), key=times.__getitem__)
    clues: list[Clue] = []
    while not clues or len(orders(size, clues)) > 1:
        kind = rng.choice(list(KINDS))
        made = clue(rng, story, kind, rng.sample(range(size), 3), rng.randrange(6))
        if made is None or made.text in [each.text for each in clues]:
            continue
        if ordered(kind, *map(ranks.index, made.events), size - 1):
            clues.append(made)
    for each in list(clues):
        rest = [other for other in clues if other is not each]
        clues = rest if len(orders(size, rest)) == 1 else clues
    kinds = [each.kind for each in clues]
    varied = max(map(kinds.count, kinds)) < len(kinds) / 2 + 1
    return clues if varied and {*kinds} & AT and {*kinds} & TIMED else None


def told(opening: str, names: list[str], clues: list[Clue]) -> str:
    lines = [f"{letter}: {name}" for letter, name in zip("ABCDEF", names, strict=False)]
    return "\n".join([opening, *lines, "Clues:", *(f"- {each.text}" for each in clues)])


ABOUT = {
    "summary": "Put events in order with the help of clues about their times.",
    "definition": paragraphs("""
        You are given a list of events, each with a letter, and clues about when they happened.
        Treat every event as a single moment (where clues speak of days or years, as a single day or
        year); no two events share the same one. "Between", "before" and "after" exclude the times
        or events named. The clues allow exactly one order of the events. Answer with the letters of
        all events from the earliest to the latest, in capitals, separated by single spaces, such as
        C A B D.

        Find the order in time of the lettered events from the clues. No two events happened at the
        same time, or on the same day or in the same year if that is how time is told here, and none
        has a duration. A bound in a clue is strict: "before 10:00" is not 10:00 itself, "less than
        2 days" is not 2 days. Only one order agrees with all clues. Write its letters, first event
        first, as capitals with one space between them (for four events, for instance, B D A C).

        In which order did these events take place? Combine the clues, which give times, distances
        in time and places in the order of the listed events; together they settle it. Count each
        event as one point in time that no other event shares, and read "before", "after", "between"
        and "less/more than" as leaving out the limits themselves. Your answer is the event letters
        alone, from earliest to latest, in upper case and with single spaces: for instance D B C A.
    """),
    "answer_format": {"kind": "text"},
    "categories": ["Sentence Ordering"],
    "domains": ["Narrative -> Everyday Events", "History"],
    "reasoning": ["Temporal Reasoning", "Deductive Reasoning"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
    "metrics": ["exact_match"],
}

# Scale, opening, events with their times, clues (kind and letters), wrong output, lesson.
TAUGHT = [
    text.split(" # ", 5)
    for text in paragraphs("""
    clock # The diary of a radio reporter for one day. # the interview 555|the rehearsal 840|the
    storm 1005|the lunch 855 # at C|exact DC|at B|next BD|beside AB # - # The lunch was 2 hours and
    30 minutes before 16:45, so at 14:15, soon after the rehearsal at 14:00. The interview is a
    neighbour of the rehearsal; the place after it is taken by the lunch, so it came just before: A
    B D C.

    date June # A sailing club held these events in one June. # the regatta 21|the auction 4|the
    lantern walk 17|the picnic 9 # exact DA|at C|exact BD|at B # - # Start from the auction on 4
    June: 5 days later, on 9 June, came the picnic, and 12 days after that, on 21 June, the regatta.
    The lantern walk on 17 June lies between the last two.

    year # These are dates in the life of a painter. # her first exhibition 1870|her wedding
    1881|her journey to Naples 1866|the unveiling of her mural 1890|her election to the academy 1877
    # at A|exact AB|between EAB|before CA|before AD|apart DE # - # Naples came first, then the
    exhibition of 1870, and the election to the academy lies between that and the wedding of 1881.
    The mural is two places from the election: in front of it that would be before the exhibition,
    so it follows the wedding.

    clock # A family talks about one day of their holiday. # the swim 780|the dinner 1110|the bus
    tour 690|the market visit 735 # exact CA|at D|before AB|at A|gap CB # D A C B # This adds 1 hour
    and 30 minutes to the time of the swim, as if the bus tour had followed it. The tour came that
    much before 13:00, so at 11:30, ahead of the market visit. # Subtract instead of adding and put
    the tour first: C D A B.

    year # The chronicle of a small town names these events. # the opening of the bakery 1885|the
    building of the iron bridge 1883|the founding of the school 1890|the fire in the paper mill 1880
    # at D|exact DA|beside AC|at B|apart BC # D B C A # The school is a neighbour of the bakery
    here, but it directly follows the bridge, while one event has to come between those two. # Of
    the two places beside the bakery (1885), take the one after it, so that the bakery lies between
    bridge and school: D B A C.
""")
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        scale, opening, listed = SCENES[done % len(SCENES)]
        size = 4 + done // len(SCENES) % 3
        names = rng.sample(listed.split("|"), size)
        story = (scale, names, rng.sample(TIMES[scale.split()[0]], size))
        if (clues := puzzle(rng, story)) is None:
            return None
        rng.shuffle(clues)
        return instance(NAME, told(opening, names, clues), orders(size, clues))

    shown = []
    for scale, opening, events, listed, wrong, lesson in TAUGHT:
        clued = [each.split(" ") for each in listed.split("|")]
        names, times = zip(*(each.rsplit(" ", 1) for each in events.split("|")), strict=True)
        story = (scale, list(names), [int(time) for time in times])
        pairs = [(kind, [*map("ABCDEF".index, at), 0, 0][:3]) for kind, at in clued]
        clues = [clue(rng, story, kind, numbers, 0) for kind, numbers in pairs]
        (right,) = orders(len(names), clues)
        text = told(opening, story[1], clues)
        shown.append(demonstration(text, wrong.replace("-", right), lesson.replace(" # ", "\n\n")))
    return document(NAME, SEED, ABOUT, shown, draw, count=PUZZLES)
