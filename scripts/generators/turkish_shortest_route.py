# ruff: noqa: RUF001  (Turkish has a dotless i)
"""Find the shortest route between two places on a road map described in Turkish.

All routes without repetition are enumerated; a map is kept only if one of them is strictly the
shortest and is not the direct road. Case endings of the place names follow vowel harmony.
"""

from itertools import pairwise
from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "turkish_shortest_route"
SEED = 20_105

PLACES = ["Akkaya", "Balıklı", "Çamlık", "Demirci", "Derekent", "Elmalık", "Göktepe", "Ilıcak"]
PLACES += ["Kavaklı", "Pınarcık", "Selimköy", "Taşköy", "Üçağaç", "Yeşilyurt"]


class Map(NamedTuple):
    """Roads with their lengths in km, which of them are closed, and the journey asked for."""

    roads: dict[tuple[str, str], int]
    closed: tuple[str, str] | None
    start: str
    end: str
    via: str | None


def ending(place: str, case: str) -> str:
    """Return the place in the dative ("to") or ablative ("from") case."""
    vowel = next(letter for letter in reversed(place.lower()) if letter in "aeıioöuü")
    a = "a" if vowel in "aıou" else "e"
    if case == "to":
        return f"{place}'{'y' if place[-1] in 'aeıioöuü' else ''}{a}"
    return f"{place}'{'t' if place[-1] in 'fstkçşhp' else 'd'}{a}n"


def routes(plan: Map) -> list[tuple[int, list[str]]]:
    """Return every route that visits no place twice, with its length, the shortest first."""
    lengths = {road: km for road, km in plan.roads.items() if road != plan.closed}
    lengths |= {(end, start): km for (start, end), km in lengths.items()}
    paths, found = [[plan.start]], []
    while paths:
        path = paths.pop()
        if path[-1] == plan.end:
            if plan.via is None or plan.via in path:
                found.append((sum(lengths[step] for step in pairwise(path)), path))
            continue
        ends = [end for start, end in lengths if start == path[-1] and end not in path]
        paths.extend([*path, end] for end in ends)
    return sorted(found)


def tell(plan: Map, style: int) -> str:
    patterns = ["{} - {}: {} km", "{} ile {} arası {} km.", "{} ile {} arasındaki yol {} km."]
    lines = [patterns[style].format(*road, km) for road, km in plan.roads.items()]
    if plan.closed:
        lines.append("{} ile {} arasındaki yol kapalı.".format(*plan.closed))
    through = f" {plan.via} üzerinden geçmek şartıyla" if plan.via else ""
    journey = f"{ending(plan.start, 'from')} {ending(plan.end, 'to')}"
    lines.append(f"{journey}{through} en kısa yol hangisidir?")
    return "\n".join(lines) if style == 0 else " ".join(lines)


def answer(route: tuple[int, list[str]]) -> str:
    return f"{' - '.join(route[1])}, {route[0]} km"


def draw_map(rng: Random, size: int, *, closed: bool, via: bool) -> Map | None:
    places = rng.sample(PLACES, size)
    pairs = [(a, b) for i, a in enumerate(places) for b in places[i + 1 :]]
    count = min(len(pairs), size + rng.randint(1, 3))
    roads = {road: rng.randint(4, 60) for road in rng.sample(pairs, count)}
    start, end, middle = rng.sample(places, 3)
    plan = Map(roads, None, start, end, middle if via else None)
    found = routes(plan)
    if closed and found:
        # Close a road of the shortest route, so that the closure matters.
        steps = list(map(set, pairwise(found[0][1])))
        closable = [road for road in roads if set(road) in steps]
        plan = plan._replace(closed=rng.choice(closable))
        found = routes(plan)
    if len(found) < 2 or found[0][0] == found[1][0] or len(found[0][1]) < 3:  # noqa: PLR2004
        return None
    return plan


ABOUT = {
    "summary": "Find the shortest route on a road map described in Turkish.",
    "definition": paragraphs("""
        You are given a list of roads between places, with their lengths, and a question in Turkish.
        Roads can be used in both directions; a road that is said to be closed ("kapalı") cannot be
        used. If the question names a place to pass through ("üzerinden geçmek şartıyla"), the route
        must contain it. Visit no place twice. Answer with the places of the shortest route in
        order, from start to end, joined by " - ", then a comma and the total length, for example
        "Akkaya - Taşköy - Demirci, 34 km".

        Read the Turkish description of a road map and find the shortest route that the last
        sentence asks for, without visiting a place twice. All roads are two-way, closed roads
        ("kapalı") are out, and a place required by "üzerinden geçmek şartıyla" must be on the
        route. Write the route as "A - B - C, N km": all places in order of travel, then the sum of
        the road lengths.

        Which route is the shortest? The map and the question are in Turkish. Use open roads only,
        in either direction; pass through the required place if there is one; no place may occur
        twice. Give every place from start to end, separated by " - ", followed by a comma, a space
        and the whole distance in km.
    """),
    "metrics": ["exact_match"],
    "categories": ["Question Answering"],
    "domains": ["Geography"],
    "reasoning": ["Planning", "Multihop Reasoning", "Mathematics -> Arithmetic"],
    "languages": {"instruction": ["en"], "input": ["tr"], "output": ["tr"]},
}

# Roads, journey (from, to, closed road or "", place to pass or ""), what the map teaches. Where
# that is a mistake, the output is the shortest route that leaves the place to pass aside or, where
# there is no such place, the second-shortest route.
TAUGHT = [
    (
        "Akkaya Demirci 40, Akkaya Taşköy 15, Taşköy Demirci 19, Taşköy Balıklı 6",
        ("Akkaya", "Demirci", "", ""),
        """The direct road is 40 km, but the way over Taşköy is only 15 + 19 = 34 km. Fewer roads
        do not make a shorter route.""",
    ),
    (
        "Çamlık Ilıcak 12, Ilıcak Elmalık 9, Çamlık Kavaklı 14, Kavaklı Elmalık 11",
        ("Çamlık", "Elmalık", "Ilıcak Elmalık", ""),
        """Over Ilıcak it would be 21 km, but the road to Elmalık is closed ("kapalı"), so the
        route over Kavaklı with 14 + 11 = 25 km remains.""",
    ),
    (
        (
            "Derekent Göktepe 8, Göktepe Üçağaç 10, Derekent Selimköy 17, Göktepe Selimköy 5, "
            "Selimköy Üçağaç 20"
        ),
        ("Derekent", "Üçağaç", "", "Selimköy"),
        """Selimköy is required. From there the way over Göktepe (5 + 10) is shorter than the
        direct road to Üçağaç (20), so the total is 17 + 5 + 10 = 32 km.""",
    ),
    (
        "Pınarcık Yeşilyurt 7, Yeşilyurt Taşköy 30, Pınarcık Akkaya 12, Akkaya Taşköy 16",
        ("Pınarcık", "Taşköy", "", ""),
        """The route begins with the nearest place, but what counts is the whole length, and the
        road from Yeşilyurt onwards is long.

        Compare the sums: Pınarcık - Akkaya - Taşköy is only 12 + 16 = 28 km.""",
    ),
    (
        "Demirci Kavaklı 9, Kavaklı Ilıcak 13, Demirci Balıklı 14, Balıklı Ilıcak 15",
        ("Demirci", "Ilıcak", "", "Balıklı"),
        """This is the shortest route of the whole map, but the question requires passing through
        Balıklı ("Balıklı üzerinden geçmek şartıyla").

        Take the shortest of the routes that contain Balıklı: Demirci - Balıklı - Ilıcak, 29 km.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        size = 4 + done % 3
        plan = draw_map(rng, size, closed=done % 5 in (1, 4), via=done % 5 in (2, 4))
        if plan is None:
            return None
        return instance(NAME, tell(plan, rng.randrange(3)), [answer(routes(plan)[0])])

    shown = []
    for number, (described, (start, end, closed, via), lesson) in enumerate(TAUGHT):
        roads = {(a, b): int(km) for a, b, km in (road.split() for road in described.split(", "))}
        first, _, second = closed.partition(" ")
        plan = Map(roads, (first, second) if closed else None, start, end, via or None)
        route = routes(plan)[0]
        if "\n\n" in lesson:
            route = routes(plan._replace(via=None))[0 if via else 1]
        shown.append(demonstration(tell(plan, number % 3), answer(route), lesson))
    return document(NAME, SEED, ABOUT, shown, draw)
