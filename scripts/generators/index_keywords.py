"""List the index entries of an item in an archive by the rules of the index.

An item is drawn as mentions: who made it, who gave it to the archive, which relatives, places,
ships and firms are named. Each set of rules says which mentions count and in what form, so that the
entries are computed from the same mentions as the text.
"""

from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "index_keywords"
SEED = 20_307
COUNT = 80
SEPARATOR = "; "

TITLES = ["Dr", "Captain", "Professor", "Judge", "Colonel", ""]
GIVEN = ["Amalia", "Bashir", "Cornelia", "Dmitri", "Eluned", "Fumiko", "Gaspar", "Hedda", "Ilias"]
GIVEN += ["Juma", "Katya", "Lorenz", "Mirembe", "Nuno", "Odile", "Pilar", "Ruben", "Sunita"]
FAMILY = ["Adeyemi", "Brandt", "Castellan", "Dragomir", "Eskola", "Fontaine", "Ghosh", "Hartog"]
FAMILY += ["Ivarsson", "Kaminski", "Lindgren", "Moreau", "Nakata", "Orsini", "Petrov", "Quiroga"]
PLACES = ["Altmar", "Brennick", "Corvada", "Dunholm", "Estrela Bay", "Farrowby", "Gorsk"]
PLACES += ["Hallinge", "Isola Rossa", "Kestrel Point", "Lomarra", "Mirova"]
SHIPS = ["Albatross", "Good Intent", "Morning Star", "Perseverance", "Silver Heron"]
FIRMS = ["Hale & Daughters", "Northern Salt Company", "Pereira Brothers", "Three Keys Brewery"]
FIRMS += ["Union Glass Works", "Vogt Printing House"]

# What a sentence mentions, and ways to say it; every mention is a role of the rules below.
SENTENCES = {
    "maker other": [
        "In this letter {maker} asks {other} for news.",
        "Letter in which {maker} thanks {other} for a loan.",
        "The photograph, taken by {maker}, shows {other} at a desk.",
        "Report drawn up by {maker} and signed by {other}.",
        "Notebook of {maker}, with many remarks about {other}.",
        "{maker} made this sketch as a present for {other}.",
    ],
    "kin place": [
        "On the back is a greeting to the maker's cousin {kin}, who lived in {place}.",
        "It was finished in {place}, where {kin}, a relative of the maker's, ran an inn.",
        "The maker's twin, {kin}, is said to have moved to {place}.",
    ],
    "ship place": [
        "A voyage of the {ship} to {place} is described at length.",
        "One corner shows the {ship} lying at anchor off {place}.",
        "It came by way of {place} on board the {ship}.",
    ],
    "firm": [
        "The paper bears the stamp of the firm of {firm}.",
        "There is a bill of the firm of {firm} with it.",
        "A dispute with the firm of {firm} is touched on.",
    ],
    "dead": [
        "The late {dead} is mentioned with respect.",
        "It tells of the funeral of {dead} the winter before.",
        "It mentions a house that had belonged to {dead}, who was dead by then.",
    ],
    "donor": [
        "{donor} gave it to the archive much later.",
        "Long afterwards it was left to the archive by {donor}.",
        "The archive bought it at auction from {donor}.",
    ],
}
# What the rules are about, and for each choice its wordings.
RULES = {
    "form": {
        "inverted": [
            "Persons are entered as Family name, Given name; titles such as Dr are left out.",
            "Enter people without titles, the family name first: Family name, Given name.",
        ],
        "plain": [
            "Persons are entered as Given name Family name, without titles such as Dr.",
            "Enter people by given name and family name, in that order, and drop titles.",
        ],
    },
    "kin": {
        "yes": [
            "A relative named by the given name only gets the family name of the maker.",
            "If only a given name of a relative is told, add the family name of the item's maker.",
        ],
        "no": [
            "Relatives named by a given name alone are not entered.",
            "People of whom only the given name is told do not get an entry.",
        ],
    },
    "dead": {
        "yes": ["Persons who were dead when the item was made are entered like others."],
        "no": [
            "Persons who were already dead when the item was made are not entered.",
            "Do not enter anybody who had died before the item was made.",
        ],
    },
    "donor": {
        "yes": ["Givers and sellers, from whom the archive has the item, are entered too."],
        "no": [
            "Nobody is entered only for having given or sold the item to the archive.",
            "The person from whom the archive has the item is not entered.",
        ],
    },
    "place": {
        "yes": ["Places are entered by their present names: {old} is now {new}."],
        "old": ["Places are entered as in the description, although {old} is now {new}."],
        "no": ["Places are not entered; they have an index of their own."],
    },
    "ship": {
        "yes": ['Ships are entered with "(ship)" after the name.'],
        "no": ["Ships get no entry.", "Do not enter the names of ships."],
    },
    "firm": {
        "yes": ['Firms are entered by name, without "the firm of".'],
        "no": ["Firms and companies are not entered.", "Leave out firms of all kinds."],
    },
}


class Person(NamedTuple):
    """A person, as a text and an index name people."""

    title: str
    given: str
    family: str


def entry(person: Person, form: str) -> str:
    given, family = person.given, person.family
    return f"{family}, {given}" if form == "inverted" else f"{given} {family}"


class Item(NamedTuple):
    """What an item mentions by role, its sentences, and how a place is called now."""

    people: dict[str, Person]
    names: dict[str, str]
    sentences: list[str]
    renamed: tuple[str, str]


def draw_item(rng: Random) -> Item:
    roles = ["maker", "other", "kin", "dead", "donor"]
    given, family = rng.sample(GIVEN, len(roles)), rng.sample(FAMILY, len(roles))
    people = {
        role: Person(rng.choice(TITLES), *each)
        for role, *each in zip(roles, given, family, strict=True)
    }
    people["kin"] = people["kin"]._replace(title="", family=people["maker"].family)
    told = {role: " ".join(filter(None, person)) for role, person in people.items()}
    told["kin"] = people["kin"].given
    extra = rng.sample([key for key in SENTENCES if key != "maker other"], rng.randint(3, 5))
    names, sentences = {}, []
    places = rng.sample(PLACES, 3)
    for key in ["maker other", *extra]:
        own = {"ship": rng.choice(SHIPS), "firm": rng.choice(FIRMS)}
        if "place" in key:
            own["place"] = places.pop()
            names[f"place {len(places)}"] = own["place"]
        names |= {role: own[role] for role in ("ship", "firm") if role in key.split()}
        sentences.append(rng.choice(SENTENCES[key]).format(**told, **own))
    roles = " ".join(["maker other", *extra]).split()
    here = {role: people[role] for role in roles if role in people}
    old = rng.choice([name for role, name in names.items() if role.startswith("place")] or places)
    return Item(here, names, sentences, (old, places[0]))


def entries(item: Item, rules: dict[str, str]) -> list[str]:
    """Return the entries of an item by the choices made in `rules`."""
    found = [
        entry(person, rules["form"])
        for role, person in item.people.items()
        if rules.get(role, "yes") == "yes"
    ]
    old, new = item.renamed
    for role, name in item.names.items():
        kind = role.split()[0]
        if rules[kind] == "no":
            continue
        if kind == "place" and rules[kind] == "yes" and name == old:
            found.append(new)
        else:
            found.append(f"{name} (ship)" if kind == "ship" else name)
    return found


def told(rng: Random, item: Item, rules: dict[str, str]) -> str:
    old, new = item.renamed
    said = [rng.choice(RULES[key][rules[key]]).format(old=old, new=new) for key in rules]
    lines = [f"- {rule}" for rule in rng.sample(said, len(said))]
    return "\n".join(["Rules:", *lines, "", "Description: " + " ".join(item.sentences)])


ABOUT = {
    "summary": "List the index entries of an archive's item by the rules of the index.",
    "definition": paragraphs("""
        You are given the rules of an index and the description of an item in an archive. List the
        index entries that the item gets. Everybody and everything named in the description
        (persons, places, ships, firms) gets an entry unless a rule excludes it, in the form the
        rules ask for.
        Each entry is written exactly as the rules say, with the spelling of the description.
        Separate the entries by a semicolon and a space; their order is free. The archive itself,
        dates and objects are no entries.

        Apply the indexing rules to the described item and write down all its entries, separated by
        "; ", in any order. The maker of the item and every other person, place, ship or firm that
        the description names is entered, except where one of the rules says otherwise; the rules
        also settle how an entry is written. Enter nothing else, such as kinds of things, events or
        the archive.

        Which entries lead to this item in the index? Go through the names in the description one by
        one, decide by the rules whether each is entered, and bring it into the form that the rules
        prescribe; without a rule on a name's form, keep it as it stands. What no rule excludes is
        entered, but only named persons, places, ships and firms. Answer with the list of entries
        with "; " between them; any order will do.
    """),
    "answer_format": {"kind": "set", "separator": SEPARATOR},
    "categories": ["Keyword Tagging"],
    "domains": ["History", "Knowledge Base"],
    "reasoning": ["Deductive Reasoning"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

RULE = {f"{key} {choice}": said[0] for key, of in RULES.items() for choice, said in of.items()}
# Choices of the rules, description, output, lesson.
TAUGHT = [
    (
        ["ship yes", "kin no", "form inverted", "donor no"],
        (
            "Notebook of Captain Tove Rask, with many remarks about Judge Abel Mota. The maker's "
            "twin, Sven, is said to have sailed on the Blue Fin. It was left to the archive by "
            "Ida Wulff."
        ),
        "Rask, Tove; Mota, Abel; Blue Fin (ship)",
        """The two persons lose their titles and are inverted. Sven is named by his given name only
        and Ida Wulff only as the giver, so neither counts; the ship gets its addition.""",
    ),
    (
        ["form plain", "kin yes", "firm no", "place yes"],
        (
            "Sketch by Dr Lucia Banda for Ezra Holm. On the back is a greeting to the maker's "
            "cousin Rui, who lived in Old Sound, and the stamp of the firm of Crane & Co."
        ),
        "Lucia Banda; Ezra Holm; Rui Banda; New Sound",
        """The cousin takes the family name of the maker, Banda. Old Sound is entered under its
        present name, and the firm is left out.""",
    ),
    (
        ["dead no", "place no", "firm yes", "form inverted", "donor yes"],
        (
            "Letter in which Oona Pell thanks Hari Bose for a visit to Tarn. It tells of the "
            "funeral of Colonel Max Roth and bears the stamp of the firm of Dove Mills. Bought "
            "from Jan Zeman."
        ),
        "Pell, Oona; Bose, Hari; Dove Mills; Zeman, Jan",
        """Max Roth was dead when the letter was written, and the place has no entry here. The
        seller counts by the last rule; the firm is entered without "the firm of".""",
    ),
    (
        ["form inverted", "dead yes", "ship no"],
        (
            "Report drawn up by Professor Leda Kahn and signed by Tom Ash. The late Dr Wim Bos is "
            "mentioned. A voyage of the Red Kite to Sule is described."
        ),
        "Kahn, Leda; Ash, Tom; Red Kite; Sule",
        """Ships have no entry by the last rule, and the dead are entered like others, so that Wim
        Bos is missing.

        Drop the ship and add him without title: Kahn, Leda; Ash, Tom; Bos, Wim; Sule.""",
    ),
    (
        ["place old", "kin yes", "form plain"],
        (
            "Photograph, taken by Nia Crowe in Old Sound, of Judge Emil Sand with the maker's "
            "cousin Ada."
        ),
        "Nia Crowe; Judge Emil Sand; Ada; New Sound",
        """Titles are dropped, a relative gets the maker's family name, and by the first rule places
        keep the name that the description uses.

        Write Nia Crowe; Emil Sand; Ada Crowe; Old Sound.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(_: int) -> dict[str, Any]:
        item = draw_item(rng)
        roles = [*item.people, *(role.split()[0] for role in item.names), "form"]
        keys = [key for key in RULES if key in roles or rng.random() < 1 / 4]
        rules = {key: rng.choice(list(RULES[key])) for key in keys}
        answer = entries(item, rules)
        return instance(NAME, told(rng, item, rules), [SEPARATOR.join(answer)], answer=[answer])

    shown = []
    for choices, description, answer, lesson in TAUGHT:
        rules = [RULE[each].format(old="Old Sound", new="New Sound") for each in choices]
        lines = ["Rules:", *(f"- {rule}" for rule in rules), "", f"Description: {description}"]
        shown.append(demonstration("\n".join(lines), answer, lesson))
    return document(NAME, SEED, ABOUT, shown, draw, count=COUNT)
