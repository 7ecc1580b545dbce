"""Choose, from four SQL queries, the one that answers a question about a table.

Every query is run by SQLite on the very table shown; a question is kept only if no wrong query
returns what the right one returns. The wrong queries make the slips people make: `>=` for `>`,
`= NULL`, a missing `WHERE`, `SUM` for `AVG`, one row too many.
"""

import sqlite3
from difflib import SequenceMatcher
from random import Random
from typing import Any, NamedTuple

from authoring import demonstration, document, instance, paragraphs

NAME = "sql_query_choice"
SEED = 20_101

# Table, key, group, number, and in words its rows and measure; then values for the columns.
TABLES = [
    (
        "book|title|shelf|pages|books|page count",
        "Ash,Iron Lake,Low Tide,Nine Keys,Paper Moon,Salt Road,The Ferry,Two Winters",
        "A,B,C",
        range(90, 620),
    ),
    (
        "runner|name|club|minutes|runners|time in minutes",
        "Abeni,Bruno,Chloe,Dmitri,Esra,Farid,Greta,Hana",
        "Harbour,Hill,Valley",
        range(31, 58),
    ),
    (
        "item|label|kind|stock|items|stock count",
        "hinge,ladder,lamp,primer,rake,sander,trowel,valve",
        "garden,paint,tools",
        range(40),
    ),
    (
        "flight|code|airport|delay|flights|delay",
        "KX11,KX25,LM07,LM90,QV14,QV33,TZ48,TZ61",
        "Accra,Lima,Oslo",
        range(95),
    ),
    (
        "staff|name|team|salary|employees|salary",
        "Ada,Boris,Carla,Deniz,Emil,Fay,Goran,Hilda",
        "design,sales,support",
        range(2100, 5400, 25),
    ),
]
WORDS = ["t", "k", "g", "n", "rows", "m"]


class Form(NamedTuple):
    """Wordings of one question, and its queries; the first answers it."""

    questions: list[str]
    queries: list[str]


# Questions, each in two wordings, and their queries, of which the first is right.
FORMS = [
    Form(
        [line.removeprefix("? ") for line in block.splitlines() if line.startswith("? ")],
        [line for line in block.splitlines() if not line.startswith("? ")],
    )
    for block in """\
? How many {rows} with {g} '{v}' have a {m} above {b}?
? Count the {rows} whose {g} is '{v}' and whose {m} is more than {b}.
SELECT COUNT(*) FROM {t} WHERE {g} = '{v}' AND {n} > {b}
SELECT COUNT(*) FROM {t} WHERE {g} = '{v}' AND {n} >= {b}
SELECT COUNT(*) FROM {t} WHERE {g} = '{v}' OR {n} > {b}
SELECT COUNT(*) FROM {t} WHERE {n} > {b}
SELECT SUM({n} > {b}) FROM {t} GROUP BY {g}
SELECT COUNT({n} > {b}) FROM {t} WHERE {g} = '{v}'

? Which of the {rows} with {g} '{v}' has the highest {m}?
? Among the {rows} whose {g} is '{v}', find the one with the greatest {m}.
SELECT {k} FROM {t} WHERE {g} = '{v}' ORDER BY {n} DESC LIMIT 1
SELECT {k} FROM {t} WHERE {g} = '{v}' ORDER BY {n} LIMIT 1
SELECT {k} FROM {t} ORDER BY {n} DESC LIMIT 1
SELECT {k} FROM {t} WHERE {n} = (SELECT MAX({n}) FROM {t}) AND {g} = '{v}'
SELECT MAX({n}) FROM {t} WHERE {g} = '{v}'
SELECT MAX({k}) FROM {t} WHERE {g} = '{v}'

? Which values of {g} have an average {m} above {b}?
? For which {g} is the mean {m} of its {rows} greater than {b}?
SELECT {g} FROM {t} GROUP BY {g} HAVING AVG({n}) > {b}
SELECT {g} FROM {t} WHERE {n} > {b} GROUP BY {g}
SELECT {g} FROM {t} GROUP BY {g} HAVING SUM({n}) > {b}
SELECT {g} FROM {t} GROUP BY {g} HAVING MIN({n}) > {b}
SELECT {g} FROM {t} GROUP BY {g} HAVING MAX({n}) > {b}
SELECT {g} FROM {t} WHERE AVG({n}) > {b} GROUP BY {g}

? List the {rows} whose {m} is not recorded.
? Which {rows} have no known {m}?
SELECT {k} FROM {t} WHERE {n} IS NULL
SELECT {k} FROM {t} WHERE {n} = NULL
SELECT {k} FROM {t} WHERE {n} IS NOT NULL
SELECT {k} FROM {t} WHERE {g} = '{v}' AND {n} IS NULL
SELECT {k} FROM {t} WHERE {n} = 0
SELECT {k} FROM {t} WHERE NOT {n} > 0
SELECT {k} FROM {t} WHERE {n} <> 0

? Give each {g} with its total {m}, the largest total first.
? Rank the values of {g} by total {m}, from highest to lowest, and show the totals.
SELECT {g}, SUM({n}) FROM {t} GROUP BY {g} ORDER BY SUM({n}) DESC
SELECT {g}, SUM({n}) FROM {t} GROUP BY {g} ORDER BY SUM({n})
SELECT {g}, SUM({n}) FROM {t} GROUP BY {g} ORDER BY {g}
SELECT {g}, COUNT({n}) FROM {t} GROUP BY {g} ORDER BY SUM({n}) DESC
SELECT {g}, SUM({n}) FROM {t} GROUP BY {g} ORDER BY {g} DESC
SELECT {g}, COUNT({n}) FROM {t} GROUP BY {g} ORDER BY {g}
SELECT {g}, COUNT({n}) FROM {t} GROUP BY {g} ORDER BY COUNT({n}) DESC

? Which of the {rows} has the second-highest {m}?
? Find the one of the {rows} that comes second if the highest {m} comes first.
SELECT {k} FROM {t} ORDER BY {n} DESC LIMIT 1 OFFSET 1
SELECT {k} FROM {t} ORDER BY {n} DESC LIMIT 1 OFFSET 2
SELECT {k} FROM {t} ORDER BY {n} DESC LIMIT 2
SELECT {k} FROM {t} WHERE {n} IS NOT NULL ORDER BY {n} LIMIT 1 OFFSET 1
SELECT {k} FROM {t} WHERE {n} < (SELECT MAX({n}) FROM {t})
SELECT {k} FROM {t} ORDER BY {k} DESC LIMIT 1 OFFSET 1

? For each {g}, name the one of its {rows} with the highest {m}.
? Which {rows} have the highest {m} within their own {g}?
SELECT {k} FROM {t} AS a WHERE {n} = (SELECT MAX({n}) FROM {t} WHERE {g} = a.{g})
SELECT {k} FROM {t} AS a WHERE {n} = (SELECT MAX({n}) FROM {t})
SELECT {k} FROM {t} AS a WHERE {n} = (SELECT MIN({n}) FROM {t} WHERE {g} = a.{g})
SELECT MAX({k}) FROM {t} GROUP BY {g}
SELECT MAX({n}) FROM {t} GROUP BY {g}
SELECT {k} FROM {t} GROUP BY {k}, {g} HAVING {n} = MAX({n})

? Which {rows} are above the average {m} of the whole table?
? List all {rows} whose {m} is greater than the overall average.
SELECT {k} FROM {t} WHERE {n} > (SELECT AVG({n}) FROM {t})
SELECT {k} FROM {t} WHERE {n} > AVG({n})
SELECT {k} FROM {t} AS a WHERE {n} > (SELECT AVG({n}) FROM {t} WHERE {g} = a.{g})
SELECT {k} FROM {t} WHERE {n} > (SELECT AVG({n}) FROM {t} WHERE {g} = '{v}')
SELECT {k} FROM {t} AS a WHERE {n} < (SELECT AVG({n}) FROM {t} WHERE {g} = a.{g})
SELECT {k} FROM {t} AS a WHERE {n} > (SELECT MIN({n}) FROM {t} WHERE {g} = a.{g})
SELECT {k} FROM {t} GROUP BY {k} HAVING {n} > AVG({n})

? In how many different values of {g} is there a row with a {m} below {b}?
? How many distinct values of {g} occur among the {rows} with a {m} under {b}?
SELECT COUNT(DISTINCT {g}) FROM {t} WHERE {n} < {b}
SELECT COUNT({g}) FROM {t} WHERE {n} < {b}
SELECT COUNT(DISTINCT {g}) FROM {t}
SELECT DISTINCT {g} FROM {t} WHERE {n} < {b}
SELECT COUNT(*) FROM {t} GROUP BY {g} HAVING MIN({n}) < {b}
SELECT COUNT(*) FROM {t} GROUP BY {g} HAVING AVG({n}) < {b}
SELECT COUNT({g}) FROM {t} GROUP BY {g} HAVING MIN({n}) < {b}
""".strip().split("\n\n")
]


class Question(NamedTuple):
    """What is shown, the queries as their form has them (the first is right), and as shown."""

    text: str
    queries: list[str]
    shuffled: list[str]


def result(connection: sqlite3.Connection, query: str) -> list[Any] | None:
    """Return the rows of `query`, in order only where an order was asked for; None if it fails."""
    try:
        rows = connection.execute(query).fetchall()
    except sqlite3.OperationalError:
        return None
    return rows if "ORDER BY" in query else sorted(rows, key=repr)


def central(queries: list[str]) -> str:
    """Return the query that is most like the others: which should rarely be the right one."""
    likeness = {q: sum(SequenceMatcher(None, q, o).ratio() for o in queries) for q in queries}
    return max(likeness, key=lambda query: likeness[query])


def ask(rng: Random, form: Form, slip: int) -> Question | None:
    """Draw a table and put one question about it; the wrong query number `slip` is on offer."""
    described, keys, groups, numbers = rng.choice(TABLES)
    words = dict(zip(WORDS, described.split("|"), strict=True))
    size = rng.randint(5, 8)
    rows: list[list[Any]] = [
        [key, rng.choice(groups.split(",")), number]
        for key, number in zip(
            rng.sample(keys.split(","), size), rng.sample(numbers, size), strict=True
        )
    ]
    bound = rng.choice(rows)[2]
    for row in rng.sample(rows, rng.choice([0, 0, 1]) if "IS NULL" not in form.queries[0] else 2):
        row[2] = None
    values = {**words, "v": rng.choice(rows)[1], "b": bound}

    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE {t} ({k} TEXT, {g} TEXT, {n} INTEGER)".format(**values))
    insert = "INSERT INTO {t} VALUES (?, ?, ?)".format(**values)  # noqa: S608  (our own words)
    connection.executemany(insert, rows)
    others = [query for query in form.queries[1:] if query != form.queries[slip]]
    offered = [form.queries[0], form.queries[slip], *rng.sample(others, 2)]
    queries = [query.format(**values) for query in offered]
    right, *wrong = [result(connection, query) for query in queries]
    if not right or right in wrong:
        return None

    shuffled = rng.sample(queries, len(queries))
    lines = [
        f"Table {words['t']}",
        " | ".join(words[column] for column in "kgn"),
        *(" | ".join("NULL" if cell is None else str(cell) for cell in row) for row in rows),
        "",
        f"Question: {rng.choice(form.questions).format(**values)}",
        "",
        "Queries:",
        *shuffled,
    ]
    return Question("\n".join(lines), queries, shuffled)


ABOUT = {
    "summary": "Choose the SQL query that answers a question about a small table.",
    "definition": paragraphs("""
        You are given a small SQL table, a question about it and four queries, one per line. Exactly
        one of the queries returns what the question asks for when it is run on this table in
        SQLite. Answer with that query, copied exactly as it stands, and nothing else.

        Read the table, the question and the four SQL queries below them (one query per line).
        Decide which single query gives the correct answer to the question when SQLite runs it on
        the table, and write out that query unchanged, without any comment.

        Which one of the four listed queries correctly answers the question about the table shown?
        The database is SQLite. Your answer is the text of that query, character for character.
    """),
    "answer_format": {"kind": "choices"},
    "categories": ["Text to Code"],
    "domains": ["Code -> Language -> SQL"],
    "reasoning": ["Relational Reasoning", "Logical Reasoning -> Reasoning with Symbols"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

# Form, its wrong query that is on offer for certain, which of the two is the output (0 the right
# one), and what the demonstration teaches.
TAUGHT = [
    (
        (0, 1, 0),
        """Two conditions must hold at once, so they are joined by AND, and the bound itself does
        not count, so the comparison is > and not >=. The other queries also count other rows.""",
    ),
    (
        (3, 1, 0),
        """A missing value is stored as NULL, and a comparison with NULL is never true, so only
        IS NULL finds such rows and = NULL returns nothing.""",
    ),
    (
        (6, 1, 0),
        """The maximum is wanted for each group, so the inner query refers back to the row of the
        outer one. Without that link the maximum would be that of the whole table.""",
    ),
    (
        (7, 1, 1),
        """An aggregate such as AVG cannot stand in a WHERE clause, because WHERE looks at one
        row at a time: SQLite stops with 'misuse of aggregate'.

        Compute the average in a subquery over the whole table and compare each row with it:
        choose the query whose subquery is SELECT AVG with no condition of its own.""",
    ),
    (
        (2, 1, 1),
        """WHERE throws rows away before they are grouped, so this query lists every group that
        has one row above the bound, whatever its average.

        A condition on a group's average belongs after the grouping: choose the query with HAVING
        AVG.""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def asked(form: Form, slip: int) -> Question:
        while (question := ask(rng, form, slip)) is None:
            pass
        return question

    def draw(done: int) -> dict[str, Any] | None:
        form = FORMS[done % len(FORMS)]
        question = asked(form, rng.randrange(1, len(form.queries)))
        right = question.queries[0]
        if (central(question.queries) == right) != (done % 4 == 0):
            return None
        answer = [{"text": query, "score": int(query == right)} for query in question.shuffled]
        return instance(NAME, question.text, [right], answer=answer)

    shown = []
    for (form, slip, output), lesson in TAUGHT:
        question = asked(FORMS[form], slip)
        shown.append(demonstration(question.text, question.queries[output], lesson))
    return document(NAME, SEED, ABOUT, shown, draw, count=72)
