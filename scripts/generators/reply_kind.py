"""Say what the last line of a dialogue does with a proposal: accept it, refuse it, and so on.

A proposal has a day and a time, and the first speaker asks something else as well, in the same
breath. What the reply does follows from these: "Friday at six, then" accepts one proposal and
changes another, and "Yes, behind the sofa" answers the other question.
"""

from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "reply_kind"
SEED = 20_303
COUNT = 84

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
TIMES = ["nine", "ten", "eleven", "four", "half past four", "five", "half past six", "seven"]
CITIES = ["Bergen", "Cairo", "Leeds", "Nagoya", "Pune", "Tallinn", "Toledo", "Valencia"]
NAMES = ["Abena", "Bjarne", "Chiara", "Dilan", "Eszter", "Farid", "Gwen", "Hamza", "Ioana", "Jiho"]
NAMES += ["Keiko", "Luis", "Mirjam", "Ngozi", "Oleg", "Priya"]
BRING = ["a cake", "my brother", "the big umbrella", "two chairs", "my old boots", "some music"]

PROPOSALS = [
    "Shall we go swimming on {day} at {time}?",
    "Could you help me to paint the kitchen on {day}, starting at {time}?",
    "Come and eat with us on {day} at {time}!",
    "I could drive you to the furniture shop on {day} at {time}, if you like.",
    "I need somebody to hold the ladder on {day} at {time}, and I thought of you.",
    "How about a walk round the lake on {day}? I would pick you up at {time}.",
    "Would you look after the twins on {day} from {time} on?",
    "Let's clear out the cellar together on {day} at {time}.",
    "What would you say to a game of chess on {day} at {time}?",
]
# What else is asked, and answers to that.
ASIDES = [
    ("Did you find your keys?", ["Yes, behind the sofa.", "No, I had new ones made."]),
    ("How was {city}?", ["Wet, but I would go again.", "I have been worse places on a {day}."]),
    ("Who is feeding your cat these days?", ["My sister, as she always does.", "I do it myself."]),
    ("Where will you be on {other}?", ["On {other} I'll be in {city}.", "At my sister's."]),
    (
        "When does your brother arrive?",
        ["He arrives on {other} at {late}.", "By train on {other}, he says."],
    ),
    (
        "Have you sold the old car yet?",
        ["Not yet, people only want to look.", "Yes, to a man from {city}."],
    ),
    ("Is your mother well again?", ["Yes, she was in the garden on {other}.", "No, not quite."]),
]
REPLIES = {
    "accept": [
        "{Day} at {time}, then; I'll bring {bring}.",
        "Why would I say no to that?",
        "{Time} suits me, I have nothing else to do on {day}.",
        "I have just crossed out everything else on {day}.",
        "No need to ask, I have been waiting for this.",
        "My only plan for {day} was to be bored, so you have saved me.",
        "You don't have to ask me twice.",
        "Do I look like someone who would refuse?",
        "You'll find me at your door on {day}, with {bring}.",
        "I would not miss it, not even for {city}.",
        "To that I say yes, and I'll bring {bring}.",
        "Not a bad idea at all; I'll tell my sister not to wait for me on {day}.",
    ],
    "refuse": [
        "On {day} I'll be in {city}.",
        "I would have loved to, had I not promised the day to my sister.",
        "You will have to do without me.",
        "By then I'll be on the train to {city}.",
        "Why would I do that on my only free day?",
        "Yes, if I had not broken my arm last week.",
        "I'm on duty on {day} from eight to eight.",
        "It is kind of you to think of me, but I must rest my back all week.",
        "Do I look like someone with a free {day}?",
        "My sister is getting married on {day}, of all days.",
        "Not after what happened the last time, thank you.",
        "I have sworn to spend {day} in bed, and I keep my word.",
    ],
    "alternative": [
        "{Other} at {late}, then; I'll bring {bring}.",
        "Why not on {other}?",
        "{Late} would suit me, I have something else to do before.",
        "{Other} is what I would say yes to.",
        "On {day} I'll be in {city}; you could have me on {other}, though.",
        "Let's make it {other}, and I'll bring {bring}.",
        "Would {other} do just as well?",
        "You would have to do without me on {day}, but not on {other}.",
        "Could my brother come in my place?",
        "Not at {time}, but from {late} on I'm yours.",
        "I would rather do that on {other}.",
        "What if we left it until {other}?",
    ],
    "ask": [
        "Who else is going to be there?",
        "Did you say {day} or {other}?",
        "How long is it going to take?",
        "You have not told me yet how long it will take.",
        "Before I say yes or no: who else knows about it?",
        "Would I be allowed to bring {bring}?",
        "How do I get home after that?",
        "Tell me first what I would have to bring.",
        "I would like to know why you thought of me.",
        "Is that {time} sharp, or more or less?",
        "Is my sister invited as well?",
        "What should I wear for that?",
    ],
    "postpone": [
        "I'll tell you tonight, when I have spoken to my sister.",
        "Let me sleep on it.",
        "I won't know about {day} before tomorrow.",
        "Would it be all right if I told you tomorrow?",
        "Ask me again when I'm back from {city}.",
        "My brother may need me on {day}; I'll ring you once he has made up his mind.",
        "It is too early to say yes or no, I have not seen my timetable yet.",
        "Can that wait until I have looked at my calendar at home?",
        "I have to see first how my back is doing, you'll hear from me.",
        "As soon as I know who is on duty on {day}, so will you.",
        "Give me the evening to think about it.",
        "Not so fast, I'll give it some thought on the train.",
    ],
}
LABELS = [*REPLIES, "other"]


def dialogue(rng: Random, label: str, number: int) -> str:
    day, first, other = rng.sample(DAYS, 3)
    at, late = sorted(rng.sample(range(len(TIMES)), 2))
    words = {"day": day, "time": TIMES[at], "other": other, "late": TIMES[late]}
    words |= {"bring": rng.choice(BRING), "city": rng.choice(CITIES)}
    words |= {key.capitalize(): value.capitalize() for key, value in words.items()}
    proposal = rng.choice(PROPOSALS)
    aside, answers = ASIDES[(number * 3 + LABELS.index(label)) % len(ASIDES)]
    replies = REPLIES.get(label, answers)
    a, b = rng.sample(NAMES, 2)
    moved = rng.random() < 1 / 3
    said = [proposal.format(**words | {"day": first if moved else day}), aside.format(**words)]
    if rng.random() < 1 / 2:
        said = [said[1], f"And another thing: {said[0][0].lower()}{said[0][1:]}"]
        said[1] = said[1].replace(": i ", ": I ")
    lines = [f"{a}: {' '.join(said)}"]
    if moved:
        lines.append(f"{b}: " + rng.choice(["This {}?", "{}, did you say?"]).format(first))
        mended = rng.choice(["Sorry, {} is what I meant.", "No, {}, my mistake."])
        lines.append(f"{a}: {mended.format(day)}")
    reply = replies[number % len(replies)].format(**words)
    return "\n".join([*lines, f"{b}: {reply}"])


ABOUT = {
    "summary": "Say what the last line of a dialogue does with the proposal that was made.",
    "definition": paragraphs("""
        You are given a short dialogue in which the first speaker makes a proposal (an invitation, a
        request or an offer) and also asks a question about something else. Say what the last line
        does, with one of six labels. "accept": it agrees to the proposal as it stands, with its
        latest day and time. "refuse": it declines, openly or by naming an obstacle, and proposes
        nothing else. "alternative": it proposes another day, time or person. "ask": it asks for
        information about the proposal before deciding. "postpone": it puts off the decision.
        "other": it answers only the other question. Questions that expect no answer count as what
        they mean.

        Classify the last line of the dialogue by its effect on what the first speaker proposes.
        Write accept if the proposal (as last corrected) is taken up unchanged; refuse if it is
        turned down, also indirectly, without another suggestion; alternative if a different day,
        time or person is suggested; ask if the speaker first wants to know something about the
        proposal; postpone if the speaker will decide later; other if the line is not about the
        proposal, but answers the second question of the first speaker. Go by the meaning, not by
        the form: a rhetorical question can accept or refuse.

        What kind of reply is the last line? The first speaker says two things, a proposal and a
        question on another matter. Choose "other" if the reply answers that question. Otherwise it
        is about the proposal: "accept" (yes to the proposal in its last version), "refuse" (no, or
        a reason that makes it impossible, and no suggestion), "alternative" (something in the
        proposal, such as day, hour or person, is to be changed), "ask" (a detail of the proposal is
        to be told first) or "postpone" (the answer will come later). Answer with the label alone.
    """),
    "answer_format": {"kind": "label", "labels": LABELS},
    "categories": ["Dialogue Act Recognition"],
    "domains": ["Dialogue"],
    "reasoning": ["Reasoning on Social Interactions"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

# Dialogue, output, lesson.
TAUGHT = [
    (
        (
            "Nils: Could you water my plants on Monday at eight? And have you heard from Uncle "
            "Ravi?\nSanna: Yes, he rang me from the airport."
        ),
        "other",
        """The "yes" answers the question about the uncle; nothing is said about the plants.""",
    ),
    (
        (
            "Tariq: Let's rehearse on Sunday at three. How is the new flat?\nMei: "
            "Sunday?\nTariq: Sorry, Saturday is what I meant.\nMei: Sunday at three was fine "
            "with me, to be honest."
        ),
        "alternative",
        """The proposal in its last version is for Saturday. Sunday is now another day, which Mei
        suggests instead.""",
    ),
    (
        (
            "Olga: What are you reading? And another thing: come to the quiz on Thursday at "
            "seven!\nBen: When have I ever missed a quiz?"
        ),
        "accept",
        """The question expects no answer: Ben has never missed one, which means that he will come
        this time too. The book is not spoken of.""",
    ),
    (
        (
            "Zola: Shall we go skating on Tuesday at six? Did the parcel come?\nIvan: From "
            "Monday to Friday I'm at sea."
        ),
        "other",
        """The line is not about the parcel. Tuesday lies between Monday and Friday, so it names an
        obstacle to the proposal and suggests nothing else.

        Answer "refuse": somebody who is at sea cannot go skating.""",
    ),
    (
        (
            "Hugo: Would you drive me to the station on Friday at five? Is it still "
            "snowing?\nAnouk: Is it all right if you hear from me tonight, when I know who has "
            "the car?"
        ),
        "ask",
        """It has the form of a question, but asks nothing about the drive: Anouk only says that she
        will decide tonight.

        Answer "postpone", as the decision is put off.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any]:
        label = LABELS[done % len(LABELS)]
        return instance(NAME, dialogue(rng, label, done // len(LABELS)), [label])

    shown = [demonstration(*each) for each in TAUGHT]
    return document(NAME, SEED, ABOUT, shown, draw, count=COUNT)
