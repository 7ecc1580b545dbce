"""Say what a reader wants from the desk of a library.

A message is put together from a wish, whose label is known, and from asides that speak of the other
labels as settled; the words of a wish are chosen so that they do not name its label.
"""

from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "support_request_intent"
SEED = 20_302

WISHES = {
    "extend": [
        "I have {t} until tomorrow and would love to give it a second reading first. May I?",
        "Two weeks are too short for {t}. Is it possible to have six?",
        "{t} should be back with you tomorrow, but I am on page forty. What can I do?",
        "Nobody else seems to be waiting for {t}, so could I hold on to it over the holidays?",
        "I am ill in bed and cannot bring {t} on Friday. Can it stay with me one more week?",
        "How often may I put off the date stamped in {t}?",
        "My mother is still reading {t}. Would a fortnight more be possible?",
        "Please move the day on my slip for {t} to the end of the month.",
        "Our reading circle meets only after {t} is due. What can be done about that?",
        "The date for {t} falls into my week abroad; could we make it a later one?",
    ],
    "reserve": [
        "Yesterday {t} was on the table of new arrivals, today it is out. I'd like it next.",
        "Would your van bring {t} over from the main branch? I cannot get there myself.",
        "The shelf where {t} should stand is empty because somebody has it. Can I be next in line?",
        "Please put {t} aside for me as soon as the other reader brings it.",
        "{t} stands in your branch by the river; could it be sent here for me to pick up?",
        "Would you ring me once {t} is back on the shelf, and keep it at the desk until I come?",
        "I see {t} is out until June. I would like to have it after that.",
        "My name should go on the waiting list for {t}, please.",
        "I am coming on Saturday only to fetch {t}. Can you make sure that nobody takes it before?",
        "If {t} is out, I'd be glad to have it whenever it is free.",
    ],
    "missing_return": [
        "You have had {t} since Easter, so why is it among the items I am said to have?",
        "The date for {t} is shown in red. But I put it into the hands of the man at the door.",
        "I dropped {t} into the box by the door last week, and my list still shows it.",
        "Your letter asks me for {t}, but it has stood on your own shelf since Monday: I saw it.",
        "According to the screen I still have {t}. My daughter handed it over on Tuesday.",
        "Could somebody look again? {t} went back over the counter, I even have the slip.",
        "Every day you remind me of {t}, though it left my house a month ago and is with you.",
        "It looks as if nobody scanned {t} when I put it on the trolley.",
        "Please take {t} off my list: your colleague received it from me in person.",
        "I gave back four items, and only three of them are gone from my page. {t} remains there.",
    ],
    "charge": [
        "I was told that pensioners do not owe anything for being late. Is that so?",
        "You took ten euros from my bank instead of one. How do I get back the rest?",
        "Why does my page say that I owe two euros forty? {t} was never late.",
        "Before I come in: can I settle what is open with coins, or only from my bank?",
        "You were closed on the day when {t} was due, so I don't think I should have to pay.",
        "How much does it cost per day to be late with {t}?",
        "The receipt says six euros, my page says four. Which is right?",
        "I am a student. Is the sum for {t} halved for me, as it is for my friend?",
        "I paid for {t} twice by mistake and would like to have one of the two sums back.",
        "Can I pay in two parts what has come together while I was in hospital?",
    ],
    "account": [
        "What must I bring along when I sign up, and is it enough to live in the next town?",
        "My first name is spelt with a K in your files, but it begins with a C.",
        "Since I got married my surname is Zhang. Would you change it in your files?",
        "Your reminders go to an address that I left in spring. The new one is 8 Mill Lane.",
        "The four digits that I type in at the machine no longer work.",
        "My wallet was stolen on the tram, and with it what I need at your gate.",
        "I turn eighteen next week. Do I stay with the children's section, or must I sign up anew?",
        "How can my husband join? We have just moved here.",
        "I do not get your mails any more; perhaps you have me under my old provider.",
        "The gate does not open for me, it says that my year is over.",
    ],
    "suggest": [
        "After a long search I ordered {t} from abroad. It would be good if others found it here.",
        "The author of {t} lives in our town, and yet it is missing from all your branches.",
        "I looked for {t} in every branch and it turns out that you never had it. You should.",
        "There are three volumes of {t} on your shelves, but the fourth came out in May.",
        "{t} has just been published and would please many readers here. Would you get a copy?",
        "Whom do I tell about {t}, which your collection lacks?",
        "Our school would use {t} every year, and no library in the county owns it.",
        "Your Portuguese shelf is rather thin; {t} would do it good.",
        "Have you ever thought of adding {t} to what you offer?",
        "You have {t} on paper only. I would welcome it as an audiobook in the catalogue.",
    ],
    "damage": [
        "{t} fell into the bath. Half of it can still be read.",
        "On moving day {t} ended up in a box that nobody has seen since.",
        "The cat has been at {t}: two pages are in shreds.",
        "I must have left {t} on the ferry, and they have not found it.",
        "When I opened {t} at home, I saw that a map had been cut out. It wasn't me.",
        "My tea went all over {t}. It is dry now, but it does not close any more.",
        "I have looked everywhere in the flat for {t}. I am afraid it is gone for good.",
        "The back of {t} came off in my hands. Should I glue it or leave that to you?",
        "Our boy has drawn a dragon on the first page of {t}. We are very sorry.",
        "The second disc of {t} jumps, and there is a crack in it. I thought you should know.",
    ],
}
LABELS = list(WISHES)
# Things that are settled, each about what another label stands for.
ASIDES = {
    "extend": [
        "You kindly gave me two weeks more for {u}, and I finished it.",
        "The longer time for {u} was a great help.",
    ],
    "reserve": [
        "Thank you for keeping {u} at the desk for me, I have picked it up.",
        "I was next in line for {u} and have it here now, many thanks.",
    ],
    "missing_return": [
        "{u}, which I brought back, has disappeared from my list, as it should.",
        "The mistake with {u} is cleared up, it is no longer shown as lent to me.",
    ],
    "charge": ["The fine for {u} is paid.", "I have paid what I owed for {u}, and got a receipt."],
    "account": ["My new card and PIN work perfectly.", "The change of my address has worked."],
    "suggest": [
        "It was lovely to see that you bought {u}, as I had proposed.",
        "Nice that {u} is in the catalogue now, it was my suggestion.",
    ],
    "damage": [
        "The torn page in {u} has been mended, I see.",
        "I have replaced the copy of {u} that I lost.",
    ],
}
TITLES = ["Salt and Cinders", "The Glass Orchard", "A Short History of Bridges", "Winter Bees"]
TITLES += ["The Lighthouse Atlas", "Bread for Beginners", "Seven Rivers", "The Clockmaker's Niece"]
TITLES += ["Songs of the Steppe", "Night Train to Almaty", "How Cities Breathe", "The Blue Ledger"]
GREETINGS = ["Hello,", "Good morning,", "Dear library,", "Hi there,", "Dear team,", "Good evening,"]
THANKS = [
    "Thank you, {n}",
    "Best wishes, {n}",
    "Regards, {n}",
    "Many thanks in advance! {n}",
    "{n}",
]
NAMES = ["Ines", "Tomasz", "Mrs Achebe", "Leyla", "Henrik", "Mr Sato", "Paulo", "Dana", "Rohan"]


def message(rng: Random, label: str, wish: str) -> str:
    here, *titles = rng.sample(TITLES, 3)
    about = rng.sample([each for each in LABELS if (each, label) != ("account",) * 2], 2)
    asides = [
        rng.choice(ASIDES[each]).format(u=title) for each, title in zip(about, titles, strict=True)
    ]
    parts = [wish.format(t=here), *asides[: rng.randint(1, 2)]]
    rng.shuffle(parts)
    thanks = rng.choice(THANKS).format(n=rng.choice(NAMES))
    return f"{rng.choice(GREETINGS)}\n{' '.join(parts)}\n{thanks}"


ABOUT = {
    "summary": "Say what a reader who writes to a library wants.",
    "definition": paragraphs("""
        You are given a message to a lending library. Say with one label what the writer wants now;
        things that are told as settled do not count. "extend": keep a borrowed item longer.
        "reserve": get an item of the library that is lent out, in another branch or to be kept for
        the writer. "missing_return": an item that was brought back is still shown as borrowed.
        "charge": a question or complaint about money owed or paid. "account": membership, card,
        PIN, personal data. "suggest": the library should acquire something it does not have.
        "damage": a borrowed item is lost or damaged. Answer with the label only.

        Sort the message by the matter that is still open. Labels: extend (more time for something
        borrowed), reserve (have something from the library's stock set aside or sent for),
        missing_return (returned, but the library's records do not show it), charge (fees: how much,
        why, how to pay, pay back), account (joining, card, PIN, name and address, access), suggest
        (the collection should get something new), damage (loss of a borrowed item or harm to it).
        What the writer mentions as done or in order is not the answer. Write one label.

        Which of the seven desks of the library must deal with this message: "extend" for later
        dates of return, "reserve" for items wanted by the writer that the library owns,
        "missing_return" for items given back that are still on the reader's list, "charge" for
        everything about payments, "account" for membership and data, "suggest" for wishes that the
        library buy an item, or "damage" for items that are broken or cannot be found by the
        borrower? Other matters that are mentioned have been dealt with already. Give the name of
        the desk.
    """),
    "answer_format": {"kind": "label", "labels": LABELS},
    "categories": ["Intent Identification"],
    "domains": ["Public Places", "Books"],
    "reasoning": ["Commonsense Reasoning"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

# Message, output, lesson.
TAUGHT = [
    (
        (
            "Hello, the fine for Winter Bees is paid. Now I have come to like the book so much "
            "that I want to read it once more before it goes back. May I? Kaisa"
        ),
        "extend",
        "The fine is settled. What is open is that Kaisa would like to have the book for longer.",
    ),
    (
        (
            "Dear team, my new card works. Stones of Petra was on loan when I looked, and I would "
            "be happy to wait for it. Regards, Musa"
        ),
        "reserve",
        """The card is in order. The library owns the book, another reader has it, and Musa wants it
        afterwards.""",
    ),
    (
        (
            "Good morning, you mended the torn page in Seven Rivers very well. Do you ask the "
            "same ten cents a day for films? Mr Ortiz"
        ),
        "charge",
        """The damage is in the past. The question is what a late film costs.""",
    ),
    (
        (
            "Hi there, thank you for keeping The Blue Ledger for me. Nothing by Ama Boateng is in "
            "your catalogue, which surprises me: her stories belong there. Jun"
        ),
        "reserve",
        """The book that was kept has been received. The open wish is about an author of whom the
        library has nothing.

        Answer "suggest", since the library would have to buy her stories first.""",
    ),
    (
        (
            "Dear library, your machine took How Cities Breathe from me and thanked me for it, "
            "yet you write that you are waiting for it. The fine is paid, by the way. Lotte"
        ),
        "charge",
        """Only the aside is about money. What is wrong is that the book was given back and the
        library does not know.

        Answer "missing_return".""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)
    wishes = [
        (label, wish)
        for turn in zip(*WISHES.values(), strict=True)
        for label, wish in zip(LABELS, turn, strict=True)
    ]

    def draw(done: int) -> dict[str, Any]:
        label, wish = wishes[done]
        return instance(NAME, message(rng, label, wish), [label])

    shown = [demonstration(*each) for each in TAUGHT]
    return document(NAME, SEED, ABOUT, shown, draw, count=len(wishes))
