"""Say whether house rules and what is known of a person settle a question about that person.

All cases that rules and facts allow are listed; a question is settled if it has the same answer in
all of them. There are as many settled instances as open ones for every question and size.
"""

from itertools import product
from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "answerable_from_rules"
SEED = 20_305
QUESTIONS = 70
LABELS = ["settled", "open"]
NAMES = ["Aaliyah", "Benedikt", "Chiara", "Duc", "Eszter", "Folake", "Gustavo", "Haruka", "Ismail"]
NAMES += ["Jelena", "Kwabena", "Lucía", "Marek", "Niloufar", "Ouma", "Pedro", "Reza", "Sunniva"]

# Places: a title, what may hold of a person (with its opposite and the question; of a permission
# they go without saying), and the rules, each with its formula, in which <= stands for "if".
PLACES = """
Rules of the library in Marsh Lane
m: is a member|is not a member|Is {n} a member?
f: has an unpaid fine|has no unpaid fine|Does {n} have an unpaid fine?
u: is under 16|is 16 or older|Is {n} under 16?
b: may borrow books
r: may reserve the study room
p: may use the printer
Only members may borrow books. # b <= m
Members who have no unpaid fine may borrow books. # (m and not f) <= b
Nobody with an unpaid fine may reserve the study room. # f <= (not r)
People who are 16 or older may use the printer. # (not u) <= p
Everyone who may borrow books may also use the printer. # b <= p
The study room may be reserved by members only. # r <= m
Visitors under 16 may not reserve the study room. # u <= (not r)

Rules of the allotment gardens by the canal
t: rents a plot|does not rent a plot|Does {n} rent a plot?
d: has paid the deposit|has not paid the deposit|Has {n} paid the deposit?
k: has a key to the gate|has no key to the gate|Does {n} have a key to the gate?
c: took part in the spring workday|did not take part in the spring workday|Did {n} take part in \
the spring workday?
w: may use the water tank
h: may keep hens
Nobody has a key to the gate without having paid the deposit. # k <= d
Everyone who rents a plot and has paid the deposit has a key to the gate. # (t and d) <= k
Only people with a key to the gate may use the water tank. # w <= k
Whoever did not take part in the spring workday may not keep hens. # (not c) <= (not h)
Those who rent a plot and took part in the spring workday may keep hens. # (t and c) <= h
Hens may be kept only by people who rent a plot. # h <= t
All who took part in the spring workday may use the water tank. # c <= w
People with a key to the gate who rent a plot may use the water tank. # (k and t) <= w

House rules of the student residence Birkhaus
y: is in the first year|is not in the first year|Is {n} in the first year?
q: lives on the quiet floor|does not live on the quiet floor|Does {n} live on the quiet floor?
s: has a single room|does not have a single room|Does {n} have a single room?
g: may have guests overnight
v: may play an instrument in the room
b: may use the music cellar
Residents in the first year do not get single rooms. # y <= (not s)
On the quiet floor, all rooms are single rooms. # q <= s
Only residents with a single room may have guests overnight. # g <= s
Nobody who lives on the quiet floor may play an instrument in the room. # q <= (not v)
Those who may not play an instrument in their room may use the music cellar. # (not v) <= b
Residents with a single room that is not on the quiet floor may have guests overnight. \
# (s and not q) <= g
The music cellar is only for residents who are in the first year or live on the quiet floor. \
# b <= (y or q)
Whoever may have guests overnight may also use the music cellar. # g <= b

Travel rules of the firm Okafor & Lind
l: is away for more than one day|is away for one day at most|Is {n} away for more than one day?
a: has the approval of the manager|does not have the approval of the manager|Does {n} have the \
approval of the manager?
i: travels abroad|does not travel abroad|Does {n} travel abroad?
f: may go by plane
h: may book a hotel room
m: may claim the meal allowance
A hotel room may be booked only by staff who are away for more than one day. # h <= l
Nobody travels abroad without the approval of the manager. # i <= a
Those who travel abroad may go by plane. # i <= f
Without the approval of the manager, nobody may go by plane. # f <= a
Staff who are away for one day at most may not claim the meal allowance. # (not l) <= (not m)
Everyone who may book a hotel room may also claim the meal allowance. # h <= m
With the approval of the manager, staff who are away for more than one day may book a hotel room. \
# (a and l) <= h
The meal allowance may be claimed by all who travel abroad for more than one day. # (i and l) <= m

Rules of the Tamarind music school
p: has paid the fees|has not paid the fees|Has {n} paid the fees?
o: plays in the orchestra|does not play in the orchestra|Does {n} play in the orchestra?
e: has passed the first exam|has not passed the first exam|Has {n} passed the first exam?
l: may take an instrument home
c: may play in the summer concert
r: may book a practice room
Nobody plays in the orchestra without having passed the first exam. # o <= e
Only pupils who have paid the fees may take an instrument home. # l <= p
All pupils who play in the orchestra may play in the summer concert. # o <= c
Pupils who have passed the first exam and have paid the fees may book a practice room. \
# (e and p) <= r
Whoever does not play in the orchestra may not take an instrument home. # (not o) <= (not l)
The summer concert is reserved for pupils who have passed the first exam or play in the \
orchestra. # c <= (e or o)
Pupils who may take an instrument home may not book a practice room. # l <= (not r)
Members of the orchestra who have paid the fees may take an instrument home. # (o and p) <= l

Rules of the swimming pool in Kestrel Park
u: is under 12|is 12 or older|Is {n} under 12?
a: is with an adult|is not with an adult|Is {n} with an adult?
b: has the swimming badge|does not have the swimming badge|Does {n} have the swimming badge?
d: may swim in the deep pool
j: may jump from the tower
s: may use the water slide
Only swimmers with the swimming badge may swim in the deep pool. # d <= b
Children under 12 who are not with an adult may not swim in the deep pool. \
# (u and not a) <= (not d)
Nobody may jump from the tower who may not swim in the deep pool. # j <= d
Swimmers who are 12 or older and have the swimming badge may jump from the tower. \
# (not u and b) <= j
The water slide may be used by all who are with an adult. # a <= s
The water slide is closed to children under 12 who do not have the swimming badge. \
# (u and not b) <= (not s)
Everyone who has the swimming badge may use the water slide. # b <= s

Rules of the camp site on Lake Soria
t: sleeps in a tent|does not sleep in a tent|Does {n} sleep in a tent?
k: has brought a dog|has not brought a dog|Has {n} brought a dog?
p: has a pitch by the lake|has no pitch by the lake|Does {n} have a pitch by the lake?
f: may light a fire
c: may park a car beside the pitch
b: may hire a boat
Pitches by the lake are given only to guests who sleep in a tent. # p <= t
Guests who have brought a dog do not get a pitch by the lake. # k <= (not p)
Nobody with a pitch by the lake may light a fire. # p <= (not f)
Guests who sleep in a tent and have no pitch by the lake may light a fire. \
# (t and not p) <= f
Only guests who do not sleep in a tent may park a car beside the pitch. # c <= (not t)
Everyone with a pitch by the lake may hire a boat. # p <= b
Boats may not be hired by guests who have brought a dog. # k <= (not b)
Guests who may not light a fire may park a car beside the pitch. # (not f) <= c
"""


class Case(NamedTuple):
    """Rules in force (words and formula), facts about a person, and what is asked."""

    rules: list[tuple[str, str]]
    facts: dict[str, bool]
    asked: str


class Place(NamedTuple):
    """A place: what may hold of a person there, its opposite and the question; and the rules."""

    title: str
    clauses: dict[str, list[str]]
    rules: list[tuple[str, str]]


def place(block: str) -> Place:
    title, *lines = block.splitlines()
    clauses = {}
    for key, said in (line.split(": ") for line in lines if line[1] == ":"):
        true, *more = said.split("|")
        negated = true.replace("may ", "may not ", 1)
        clauses[key] = [true, *(more or [negated, f"May {{n}} {true[4:]}?"])]
    rules = [tuple(line.split(" # ")) for line in lines if " # " in line]
    return Place(title, clauses, rules)


def about(formula: str) -> set[str]:
    """Return the letters of what a formula speaks of."""
    return {word for word in formula.replace("(", " ").replace(")", " ").split() if len(word) == 1}


def answers(keys: list[str], case: Case) -> list[bool]:
    """Return the answers to what is asked in all cases that rules and facts allow."""
    found = []
    for values in product([True, False], repeat=len(keys)):
        world = dict(zip(keys, values, strict=True))
        if case.facts.items() <= world.items() and all(
            eval(formula, {}, world)  # noqa: S307  (our own words)
            for _, formula in case.rules
        ):
            found.append(world[case.asked])
    return found


def label(keys: list[str], case: Case) -> str:
    return LABELS[len(set(answers(keys, case))) - 1]


def worth_asking(keys: list[str], case: Case) -> bool:
    """Tell whether rules and facts agree, all facts matter, and rules alone are no help."""
    touched = set().union(*(about(formula) for _, formula in case.rules))
    free = answers(keys, case._replace(facts={}))
    near = any(
        case.asked in about(formula) and about(formula) & {*case.facts} for _, formula in case.rules
    )
    agree = bool(answers(keys, case))
    return agree and near and touched >= {*case.facts, case.asked} and len(set(free)) > 1


def told(where: Place, case: Case, who: str, style: int) -> str:
    """Return the rules, numbered or as one paragraph, then the facts and the question."""
    rules = [f"{n}. " * style + rule for n, (rule, _) in enumerate(case.rules, start=1)]
    listed = rules if style else [" ".join(rules)]
    said = [where.clauses[key][0 if value else 1] for key, value in case.facts.items()]
    facts = " and ".join([", ".join(said[:-1]), said[-1]] if said[1:] else said)
    question = where.clauses[case.asked][2].format(n=who)
    return "\n".join([where.title, *listed, "", f"{who} {facts}.", "", f"Question: {question}"])


ABOUT = {
    "summary": "Say whether house rules settle a question about a person.",
    "definition": paragraphs("""
        You are given the rules of a place, some facts about a person, and a question that can be
        answered with yes or no. The rules are always kept. Read them to the letter: "only A may do
        it" does not mean that all A may, a permission for some does not forbid it to others, and
        what is not said may be either way. Do not answer the question itself. Write "settled" if
        rules and facts together force one answer, be it yes or no, and "open" if both answers agree
        with them.

        Decide whether the question can be answered from the rules and the facts about the person.
        Suppose that nobody ever breaks a rule, and add nothing to the rules: what they do not
        forbid is not thereby allowed, what they do not allow is not thereby forbidden, and
        conditions may be combined and read backwards as logic permits. Say "settled" if the answer
        must be yes or must be no, and "open" if yes and no are both possible.

        Is the question at the end settled by the text? It is if every situation in which the facts
        are true and all rules are obeyed gives the same answer (yes in all, or no in all); then the
        label is "settled". If the text leaves room for either answer, the label is "open". Take
        only the literal meaning of the rules, use no knowledge of such places, and treat all that
        is not told about the person as unknown.
    """),
    "answer_format": {"kind": "label", "labels": LABELS},
    "categories": ["Answerability Classification"],
    "domains": ["Law", "Logic -> Propositional Logic"],
    "reasoning": ["Deductive Reasoning", "Logical Reasoning"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
    "metrics": ["exact_match"],
}

# Number of the place, of its rules, facts (capitals hold, small letters do not), what is asked,
# wrong label, lesson.
TAUGHT = [
    text.split(" # ", 5)
    for text in paragraphs("""
    0 # 014 # M # p # - # A member without a fine may borrow and so use the printer, but nothing is
    said of fines. With a fine, the rules neither grant the printer nor forbid it.

    5 # 0234 # b # j # - # Without the badge there is no deep pool by rule 1, and without the deep
    pool no tower by rule 2. The answer is a certain no, and that settles the question too.

    6 # 0473 # T # f # - # Someone in a tent may not park there (rule 2). By rule 3 all who may not
    light a fire may park there, so this guest must be allowed to light one: yes in every case.

    1 # 102 # K # t # settled # This reads rule 1 backwards: all who rent a plot and have paid get a
    key, but it is not said that nobody else does. # The key proves the deposit (rule 2), not the
    plot; with and without a plot all rules are kept, so answer "open".

    2 # 0264 # G # y # open # No single rule connects overnight guests with the first year, but two
    rules do so together. # Guests require a single room (rule 2), which nobody in the first year
    has (rule 1): the answer must be no, so write "settled".
""")
]


def build() -> dict[str, Any]:
    rng = Random(SEED)
    places = [place(block) for block in PLACES.strip().split("\n\n")]

    shape: tuple[Place, str, int, int]

    def draw(done: int) -> dict[str, Any] | None:
        nonlocal shape
        if done % 2 == 0:  # the open instance that follows has the same shape as this settled one
            where = places[done // 2 % len(places)]
            shape = where, rng.choice([*where.clauses]), rng.randint(1, 3), rng.randint(4, 6)
        where, asked, known, size = shape
        keys = list(where.clauses)
        facts = rng.sample([key for key in keys if key != asked], known)
        rules = rng.sample(where.rules, size)
        case = Case(rules, {key: rng.random() < 1 / 2 for key in facts}, asked)
        if not worth_asking(keys, case) or label(keys, case) != LABELS[done % 2]:
            return None
        text = told(where, case, rng.choice(NAMES), rng.randrange(2))
        return instance(NAME, text, [LABELS[done % 2]])

    shown = []
    for number, listed, facts, asked, wrong, lesson in TAUGHT:
        where = places[int(number)]
        known = {key.lower(): key.isupper() for key in facts}
        case = Case([where.rules[int(each)] for each in listed], known, asked)
        output = label([*where.clauses], case) if wrong == "-" else wrong
        text = told(where, case, "Tomoko", 1)
        shown.append(demonstration(text, output, lesson.replace(" # ", "\n\n")))
    return document(NAME, SEED, ABOUT, shown, draw, count=QUESTIONS)
