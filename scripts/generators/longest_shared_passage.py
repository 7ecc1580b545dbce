"""Find the longest run of words that two short texts share.

Two writers word the same matter: each takes the first of its sentences and some of the others, in
an order of their own, and chooses their own words here and there. The longest run is found by
comparing all places of one text with all places of the other, and there must be only one.
"""

import re
from collections import Counter
from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "longest_shared_passage"
SEED = 20_702
INSTANCES = 84
FEWEST, MOST = 4, 20  # words of an answer
APART = 14  # words of two texts that earlier ones do not have
LEAD = 1  # words it has more than the runner-up

# Matters, with the sentences about each; [one|or|other] is worded differently by each writer.
MATTERS = [
    matter.split(" / ")
    for matter in paragraphs("""
    The [swimming pool|public baths|indoor pool] on Canal Street will close for [repairs|cleaning|
    maintenance] from Monday to Thursday. / Season tickets will be [extended|prolonged] by four days
    [without any charge|at no cost|automatically]. / During the [works|closure], the small pool in
    Redfield is open [to everyone|to all|for families] until nine in the evening. / Towels left in
    the [lockers|changing rooms|cabins] will be kept at the [front desk|entrance|till] for a month.
    / We are sorry for the trouble and [look forward to|are counting on|hope for] your visit in the
    new year.

    A [brown|grey|spotted] dog with a torn ear was [seen|found|noticed] near the old mill on Sunday
    afternoon. / It wears a [red|blue|leather] collar without a name and [answers|listens|reacts] to
    a soft whistle. / [Whoever|Anyone who] misses the animal should call Mrs Haddad at the farm
    [beside|behind|opposite] the chapel. / The dog is [friendly|gentle|calm] with children but
    afraid of [bicycles|motorbikes|umbrellas] and loud voices. / Until the owner [comes|appears|is
    found], it sleeps in our barn and eats [more than|as much as] two grown men.

    The [committee|board|council] decided last night to plant forty [lime|apple|walnut] trees along
    the river. / Each tree will carry the name of a child who was born in the [village|town|parish]
    this year. / The [money|sum] comes from the sale of the old fire engine and from [two|three|
    many] private gifts. / [Neighbours|Residents|Families] who want to help should bring a spade and
    strong boots on the first Saturday of November. / Hot soup will be [served|waiting|offered] in
    the fire station as soon as the last [hole|tree|sapling] has been filled in.

    Our night train left the capital with a delay of [almost|nearly|over] two hours because a
    [wagon|carriage|locomotive] had to be replaced. / The attendant, Mr Kowalczyk, gave every
    [passenger|traveller|guest] a bottle of water and a [kind|friendly|patient] word. / Near the
    border we stood for a long time between two dark [fields|forests|hills], and nobody knew why. /
    A [student|nurse|farmer] in our compartment shared her bread and [told|read] us stories about
    her grandfather. / When the sun came up over the plain, all the [children|babies|others] were
    still asleep.

    The museum of clocks [reopens|opens again] on the last day of [March|April|May] with a new wing
    on the garden side. / Its [treasure|pride|heart] is a water clock that a monk built [nine|six]
    hundred years ago from clay and bronze. / Visitors can [wind|repair|touch] some of the smaller
    clocks under the eyes of a [patient|trained|retired] clockmaker. / Admission is free for pupils
    and for all who were born on the [first|last] day of February or [arrive|come] before
    noon. / The [café|shop|terrace] on the roof looks out over the harbour and the three bridges.

    To keep [bread|a loaf] fresh for longer, wrap it in a [linen|cotton|clean] cloth and put it in a
    clay pot with a lid. / Never [store|leave|keep] it in the fridge, where it [dries|hardens|goes
    stale] within a day or two. / A piece of [apple|celery|potato] in the pot gives back a little of
    the moisture that is lost. / Bread that is already hard can be [soaked|dipped] in milk, fried in
    butter and [eaten|served] with honey. / Wipe out the pot with [vinegar|hot water] once a week so
    that no [mould|smell] can settle in it.

    The hikers reached the hut [shortly|just] before the storm and found the door [locked|barred|
    frozen shut] from the inside. / They [shouted|knocked|called] until the warden, a tall man in a
    woollen cap, let them in without a word. / In the kitchen there was a stove, a table for ten and
    a [shelf|box|pile] of old magazines. / One of them had [hurt|twisted|bruised] his knee, so they
    stayed for two nights and [played|talked about] chess. / On the third [day|morning], the path to
    the valley was white and the sky as clear as glass.

    From the [autumn|spring|new term] on, pupils in the sixth year will learn to [mend|repair|fix]
    bicycles as part of their science lessons. / The [idea|plan|proposal] came from a retired
    mechanic who still opens his workshop twice a week. / Every class receives [eight|six|ten] old
    bicycles that were left behind at the railway station. / Bicycles that run again are
    [given|handed over|lent] to families who cannot [afford|buy] one of their own. / The
    headteacher, Ms Bondarenko, expects [oily|black|dirty] fingers and better marks in physics.

    Please [water|look after] the tomatoes on the balcony every evening, but never while the sun is
    [shining|still] on them. / The cat gets one tin in the morning and [a handful of|a few] biscuits
    before you [go to bed|lock up|leave]. / If the [tap|pipe|shower] in the bathroom drips, turn the
    small wheel under the sink to the left. / Letters go into the [blue|wooden|upper] drawer, and
    parcels can stay with the [dentist|tailor|couple] on the ground floor. / The spare key hangs
    behind the picture of the [lighthouse|volcano|camel] in the hall.

    The bakery on the corner was sold to a [young|married] couple from Izmir who [met|trained] in a
    hotel kitchen. / They have kept the [old|brick|wood-fired] oven and the recipe for the dark rye
    bread with caraway. / New on the shelf are rings of [soft|warm|golden] bread with sesame, which
    are [gone|sold out] by ten o'clock. / The [walls|windows|counters] have been painted in the
    green of the trams that used to stop in front of it. / On [rainy|cold|quiet] days, a pot of tea
    for all customers stands [beside|next to] the till.

    Scientists on the island have counted [fewer|more] puffins this summer than in any year since
    the [survey|count|project] began. / They believe that the small fish on which the birds [live|
    feed|depend] have moved to [colder|deeper|other] water. / Volunteers spent [nine|eleven|many]
    nights in tents on the cliff and listened for the calls of the young. / A camera in one of the
    burrows shows how the parents [take turns|share the work] from dusk until dawn. / The [full|
    final|complete] report will be read to the fishermen before it is [printed|published].

    The film tells the story of two [sisters|brothers|cousins] who inherit a cinema in a town
    without young people. / They show [silent|old|foreign] films on Fridays, and at first only the
    pharmacist and his [mother|dog|wife] come. / The best scene is a power cut in which the whole
    audience [sings|hums|whispers] the music of the last reel. / Critics [praised|admired|liked] the
    light, the faces and the courage to let nothing happen for minutes on end. / It is [worth
    seeing|well made], although the ending [arrives|comes] ten minutes too late.

    [Members|Readers|Users] may borrow up to six tools at a time from the library of things in the
    old post office. / Drills and ladders must be [returned|brought back] within three days, all
    other items within [two|three] weeks. / Anyone who [breaks|damages|loses] something tells us so,
    and we decide together [what it costs|how to replace it|what to do]. / A short
    [course|lesson|lecture] on safe sawing takes place whenever five people have put down their
    names. / We are always looking for [people|helpers|volunteers] who can sharpen knives or
    [sew|darn|mend clothes].

    The wedding took place in a [garden|courtyard|barn] full of lanterns, and the band arrived on
    the back of a [tractor|lorry|fire engine]. / My [uncle|father|cousin Radu] gave a speech in
    three languages, one of which he had learned for the day. / The cake was so [tall|heavy|wide]
    that four men had to carry it through the door of the kitchen. / After midnight it began to
    [rain| drizzle|thunder], but nobody wanted to stop dancing. / The [couple|guests|musicians] left
    on bicycles at sunrise, with tin cans [rattling|clattering|jumping] behind them.
    """)
]


def wording(rng: Random, matter: list[str]) -> str:
    """Return what one writer makes of the matter."""
    chosen = [matter[0], *rng.sample(matter[1:], rng.randint(2, 3))]
    return " ".join(
        re.sub(r"\[(.*?)\]", lambda found: rng.choice(found[1].split("|")).strip(), sentence)
        for sentence in chosen
    )


def shared(first: list[str], second: list[str]) -> dict[str, int]:
    """Return the runs of words in both that cannot be made longer, and how many words they have."""
    lengths: dict[tuple[int, int], int] = {}
    for i, word in enumerate(first):
        for j, other in enumerate(second):
            if word == other:
                lengths[i, j] = lengths.get((i - 1, j - 1), 0) + 1
    return {
        " ".join(first[i - length + 1 : i + 1]): length
        for (i, j), length in lengths.items()
        if (i + 1, j + 1) not in lengths
    }


def longest(first: str, second: str) -> str | None:
    """Return the longest run of words in both, or None if two are about equally long."""
    runs = sorted(shared(first.split(), second.split()).items(), key=lambda run: -run[1])
    (answer, length), (_, next_length) = runs[:2]
    return answer if FEWEST <= length <= MOST and length - next_length >= LEAD else None


def shown_as(first: str, second: str) -> str:
    return f"Text 1: {first}\n\nText 2: {second}"


ABOUT = {
    "summary": "Find the longest run of words that two short texts share.",
    "definition": paragraphs("""
        You are given two short texts about the same matter. Find the longest passage of
        consecutive whole words that occurs in both of them, longest being that with the most words.
        A word is everything between two spaces, with the punctuation that is attached to it, and
        must be the same in both texts in every character: "door", "door," and "Door" are three
        different words. A passage may run on from one sentence into the next. Answer with the
        passage exactly as it stands in the texts; there is always exactly one that is longest.

        Compare Text 1 with Text 2 and copy the longest sequence of words that stands, without
        interruption, in both. Count words, not letters. Texts are split into words at the spaces
        only, so a comma or full stop belongs to the word before it, and two words agree only if
        they agree in capital letters and punctuation as well. Full stops do not end a sequence.
        Give nothing but that sequence, unchanged and without quotation marks around it; no other is
        as long.

        Which run of neighbouring words do the two texts have in common that is longer, in number
        of words, than every other such run? Words are separated by spaces; punctuation marks count
        as part of the word they touch, and upper and lower case are different, so that "works,"
        does not match "works". The run can cross the border between sentences. Write it out word by
        word as the texts have it, and add nothing. There is a single right answer.
    """),
    "answer_format": {"kind": "text"},
    "metrics": ["exact_match", "rouge_l"],
    "categories": ["Overlap Extraction"],
    "domains": ["News", "Narrative -> Everyday Events"],
    "reasoning": ["Reasoning on Strings"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

# Text 1, text 2, wrong output (or ""), lesson.
TAUGHT = [
    (
        """The old bridge will be painted in June. Walkers should use the ferry, which runs every
        ten minutes until dusk.""",
        """In July the old bridge will be repaired. Cyclists should use the ferry, which runs every
        ten minutes in summer.""",
        "",
        """From "should" to "minutes" nine words are the same and in the same order; before them
        stand "Walkers" and "Cyclists", after them "until" and "in". The other shared run, "old
        bridge will be", has four words.""",
    ),
    (
        """Our neighbour sells honey from her own bees. She bottles it in the cellar. It is dark
        and tastes of chestnut.""",
        """It is dark and tastes of lime. My sister buys honey from her own bees. She bottles it in
        the kitchen and labels each jar by hand.""",
        "",
        """The run crosses a full stop: "honey from her own bees." and the sentence after it agree
        up to "the". That makes ten words, against six in "It is dark and tastes of".""",
    ),
    (
        """The concert begins at eight, and the doors open at seven. Coats must be left in the
        hall.""",
        """The concert begins at eight and ends before eleven. From then on the doors open at
        seven. Coats must be left in the foyer.""",
        "",
        """In the first text "eight," carries a comma, so "The concert begins at" is a run of only
        four words. "the doors open at seven. Coats must be left in the" has eleven.""",
    ),
    (
        """The lake froze in the last week of January, and the whole village came out to skate.
        Lamps hung in the willows.""",
        """In the last week of January the lake froze, and the whole village came out to dance.
        Lamps hung in the willows.""",
        "Lamps hung in the willows.",
        """This sentence is in both texts, but it has only five words; sentences are not what is
        compared.

        Longer is the run of seven words that ends where the texts go on with "skate" and "dance":
        and the whole village came out to""",
    ),
    (
        """Bring warm clothes, a cup and a torch. We meet at the gate behind the stables and walk
        for an hour.""",
        """We meet at the gate behind the stables, where the horses sleep. Bring warm clothes, a cup
        and good shoes.""",
        "We meet at the gate behind the stables",
        """In the second text a comma is attached to "stables,", so that word does not agree with
        "stables" in the first, and the run ends one word earlier.

        Stop before it: We meet at the gate behind the""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)
    answers: list[str] = []
    used: list[Counter[str]] = []

    def draw(done: int) -> dict[str, Any] | None:
        first, second = (wording(rng, MATTERS[done % len(MATTERS)]) for _ in range(2))
        answer = longest(first, second)
        if answer is None or (first.startswith(answer) and answer.endswith(".")):
            return None  # one look at the beginning finds it
        if answer in answers:
            return None
        words = Counter(f"{first} {second}".split())
        if any((words - other).total() < APART for other in used):
            return None
        used.append(words)
        answers.append(answer)
        return instance(NAME, shown_as(first, second), [answer])

    shown = []
    for one, two, wrong, lesson in TAUGHT:
        first, second = " ".join(one.split()), " ".join(two.split())
        answer = longest(first, second)
        if answer is None:
            raise ValueError(f"no single longest run: {first}")
        shown.append(demonstration(shown_as(first, second), wrong or answer, lesson))
    return document(NAME, SEED, ABOUT, shown, draw, count=INSTANCES)
