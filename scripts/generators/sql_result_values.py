"""Give the values that an SQL query returns from two small tables.

SQLite runs the query on the very tables shown. They hold what makes such queries hard to read: rows
without a partner, missing values and groups of one; numbers differ, so that every order is fixed.
"""

import re
import sqlite3
from collections.abc import Callable
from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "sql_result_values"
SEED = 20_501
INSTANCES = 120
SEPARATOR = ", "
MOST = 5  # values in an answer

# Table, key, name and trait of the parents; table, name, key of the parent, kind and number of the
# children; then the range of the numbers and the values of the other columns.
SCHEMAS = [
    line.split(" | ")
    for line in """\
authors id name country books title author_id genre pages | 90 620 | \
Adichie,Borges,Calvino,Dinesen,Endo,Farah | Kenya,Chile,Japan | crime,poetry,travel | \
Ash,Iron Lake,Low Tide,Nine Keys,Paper Moon,Salt Road,Two Winters,Wren
depots id city region trucks plate depot_id fuel load | 5 40 | \
Accra,Brno,Cusco,Davao,Esbjerg | north,south,east | diesel,electric,gas | \
AK-11,BR-25,CE-07,DN-90,EL-14,FO-33,GU-48,HY-61
teachers id teacher subject classes code teacher_id weekday pupils | 9 34 | \
Amari,Bianchi,Chandra,Duarte,Eriksen | maths,music,history | Monday,Tuesday,Friday | \
1A,1B,2A,2C,3B,3D,4A,4E
farms farm_id owner village fields field farm_id crop hectares | 2 30 | \
Abebe,Bauer,Correa,Diallo,Egan | Ilha,Norden,Sotto | barley,maize,rye | \
Birch End,Clay Pit,Fox Dell,Long Acre,Mill Side,Old Orchard,Stone Hill,West Gate
bands id band style songs song band_id mood seconds | 120 340 | \
Blue Kettle,Glass Owls,Nomad Six,Paper Tigers,The Tides | jazz,folk,rock | calm,happy,sad | \
Anchor,Bonfire,Cinders,Daybreak,Echo,Harvest,Lanterns,Undertow
ports id port coast ferries ferry port_id operator seats | 60 900 10 | \
Bari,Cebu,Dakar,Gdynia,Piraeus | east,west,north | Baltline,Islander,Meridian | \
Albatross,Cormorant,Dolphin,Gannet,Heron,Orca,Petrel,Tern
shops shop_no town manager orders order_no shop_no status amount | 15 400 5 | \
Agadir,Bergen,Cork,Durban,Faro | Kaya,Lopes,Mbeki | open,paid,returned | \
R201,R202,R207,R211,R215,R218,R223,R230
museums id museum city paintings painting museum_id technique year | 1610 1990 | \
Casa Verde,Hall of Light,Old Mint,Riverside,The Granary | Quito,Turin,Lagos | fresco,oil,tempera | \
Dawn,Fisher,Market,Orchard,Portrait,Ruins,Shepherd,Storm
""".strip().splitlines()
]
WORDS = ["p", "id", "name", "trait", "c", "item", "fk", "kind", "num"]

QUERIES = """
SELECT {item} FROM {c} WHERE {kind} <> '{v}'
SELECT {item} FROM {c} WHERE {num} < {b} AND {kind} IN ('{v}', '{w}')
SELECT {item} FROM {c} WHERE NOT ({num} > {b} OR {kind} = '{v}')
SELECT {item} FROM {c} WHERE {num} BETWEEN {low} AND {b} OR {fk} IS NULL
SELECT {item} FROM {c} WHERE {item} LIKE '%{x}%' AND {num} <> {b}
SELECT {item} FROM {c} WHERE {kind} = '{v}' OR {kind} = '{w}' AND {num} > {b}
SELECT {item} FROM {c} ORDER BY {num} DESC LIMIT 3
SELECT {item} FROM {c} ORDER BY {num} LIMIT 2 OFFSET 1
SELECT {item} FROM {c} ORDER BY {kind}, {num} DESC LIMIT 2
SELECT {item} FROM {c} WHERE {num} > (SELECT AVG({num}) FROM {c})
SELECT {item} FROM {c} WHERE {num} < (SELECT MIN({num}) FROM {c} WHERE {kind} = '{v}')
SELECT {item} FROM {c} AS a WHERE {num} = (SELECT MAX({num}) FROM {c} WHERE {fk} = a.{fk})
SELECT a.{item} FROM {c} AS a JOIN {c} AS b ON a.{fk} = b.{fk} AND a.{num} < b.{num}
SELECT {item} FROM {c} WHERE {fk} IN (SELECT {id} FROM {p} WHERE {trait} <> '{t}')
SELECT {kind} FROM {c} GROUP BY {kind} HAVING COUNT(*) > 2
SELECT {kind} FROM {c} GROUP BY {kind} HAVING MAX({num}) > {b}
SELECT {kind} FROM {c} WHERE {num} > {b} GROUP BY {kind} HAVING COUNT(*) = 1
SELECT SUM({num}) FROM {c} GROUP BY {kind}
SELECT MAX({num}) - MIN({num}) FROM {c} GROUP BY {kind} HAVING COUNT({num}) >= 2
SELECT COUNT({num}) FROM {c} GROUP BY {fk}
SELECT COALESCE({num}, 0) FROM {c} WHERE {kind} = '{v}'
SELECT MIN({num}) FROM {c} WHERE {num} > {low} GROUP BY {fk}
SELECT p.{name} FROM {p} AS p JOIN {c} AS c ON c.{fk} = p.{id} WHERE c.{num} > {b}
SELECT c.{item} FROM {c} AS c JOIN {p} AS p ON p.{id} = c.{fk} WHERE p.{trait} = '{t}'
SELECT p.{name} FROM {p} AS p LEFT JOIN {c} AS c ON c.{fk} = p.{id} WHERE c.{item} IS NULL
SELECT {name} FROM {p} WHERE {id} NOT IN (SELECT {fk} FROM {c} WHERE {fk} IS NOT NULL)
SELECT c.{item} FROM {c} AS c LEFT JOIN {p} AS p ON p.{id} = c.{fk} WHERE p.{trait} IS NULL
SELECT p.{name} FROM {c} AS c LEFT JOIN {p} AS p ON p.{id} = c.{fk} WHERE c.{num} > {b}
SELECT {name} FROM {p} AS p WHERE EXISTS (SELECT 1 FROM {c} WHERE {fk} = p.{id} AND {kind} = '{v}')
SELECT {trait} FROM {p} EXCEPT SELECT {trait} FROM {p} AS p JOIN {c} AS c ON c.{fk} = p.{id} \
WHERE c.{num} > {b}
SELECT {fk} FROM {c} WHERE {kind} = '{v}' INTERSECT SELECT {fk} FROM {c} WHERE {num} > {b}
SELECT p.{name} FROM {p} AS p LEFT JOIN {c} AS c ON c.{fk} = p.{id} GROUP BY p.{id}, p.{name} \
HAVING COUNT(c.{item}) < 2
SELECT p.{trait} FROM {p} AS p JOIN {c} AS c ON c.{fk} = p.{id} GROUP BY p.{trait} \
HAVING SUM(c.{num}) > {b}
SELECT COUNT(DISTINCT c.{kind}) FROM {p} AS p LEFT JOIN {c} AS c ON c.{fk} = p.{id} \
GROUP BY p.{id}
SELECT p.{name} || '/' || c.{kind} FROM {p} AS p JOIN {c} AS c ON c.{fk} = p.{id} \
WHERE c.{num} < {b}
SELECT CASE WHEN {num} >= {b} THEN 'high' WHEN {num} >= {low} THEN 'middle' ELSE 'low' END \
FROM {c} WHERE {kind} <> '{w}'
WITH t AS (SELECT {fk} AS k, COUNT(*) AS n FROM {c} GROUP BY {fk}) SELECT p.{name} FROM {p} AS p \
JOIN t ON t.k = p.{id} WHERE t.n = (SELECT MAX(n) FROM t)
SELECT {item} FROM (SELECT {item}, ROW_NUMBER() OVER (PARTITION BY {kind} ORDER BY {num} DESC) AS r\
 FROM {c} WHERE {num} IS NOT NULL AND {kind} IS NOT NULL) AS ranked WHERE r = 2
""".strip().splitlines()
CLAUSE = re.compile(
    r" (FROM|LEFT JOIN|(?<!LEFT )JOIN|WHERE|GROUP BY|HAVING|ORDER BY|LIMIT|EXCEPT|INTERSECT"
    r"|(?<=\) )SELECT)"
)
LONG = 90  # characters of a query that is always broken into lines

Rows = list[list[Any]]
Table = tuple[str, list[str], Rows]


def shown(cell: Any, quote: str = "") -> str:
    if cell is None:
        return "NULL"
    return f"{quote}{cell}{quote}" if isinstance(cell, str) else str(cell)


def script(name: str, columns: list[str], rows: Rows) -> str:
    whole = [any(isinstance(cell, int) for cell in cells) for cells in zip(*rows, strict=True)]
    types = ["INTEGER" if each else "TEXT" for each in whole]
    typed = ", ".join(map(" ".join, zip(columns, types, strict=True)))
    quoted = (", ".join(shown(cell, "'") for cell in row) for row in rows)
    values = ",\n".join(f"  ({row})" for row in quoted)
    return f"CREATE TABLE {name} ({typed});\nINSERT INTO {name} VALUES\n{values};"


def drawing(name: str, columns: list[str], rows: Rows) -> str:
    lines = [columns, *([shown(cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = [
        " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]
    return "\n".join([f"Table {name}:", *padded])


def broken(query: str) -> str:
    """Return the query with a line for each of its outermost clauses."""

    def clause(match: re.Match[str]) -> str:
        before = query[: match.start()]
        return ("\n" if before.count("(") == before.count(")") else " ") + match[1]

    return CLAUSE.sub(clause, query)


def result(tables: list[Table], query: str) -> list[str]:
    connection = sqlite3.connect(":memory:")
    for table in tables:
        connection.executescript(script(*table))
    return sorted({shown(row[0]) for row in connection.execute(query)})


def written(tables: list[Table], query: str, draw: Callable[..., str]) -> str:
    return "\n\n".join([*(draw(*table) for table in tables), f"Query:\n{query};"])


def ask(rng: Random, query: str, number: int) -> tuple[str, list[str]] | None:
    """Draw the tables and run the query; None unless its values are few and worth asking for."""
    described, numbers, names, traits, kinds, items = SCHEMAS[number % len(SCHEMAS)]
    words = dict(zip(WORDS, described.split(), strict=True))
    parents: Rows = [
        [key, name, rng.choice(traits.split(","))]
        for key, name in enumerate(rng.sample(names.split(","), rng.choice([3, 4, 4])), start=1)
    ]
    chosen = rng.sample(items.split(","), rng.randint(5, 7))
    values = rng.sample(range(*map(int, numbers.split())), len(chosen))
    children: Rows = [
        [item, rng.randint(1, len(parents)), rng.choice(kinds.split(",")), value]
        for item, value in zip(chosen, values, strict=True)
    ]
    low, bound = sorted(rng.sample(values, 2))
    for column in rng.sample([1, 2, 3], rng.choice([1, 2, 2])):
        rng.choice(children)[column] = None
    v, w = rng.sample(kinds.split(","), 2)
    letter = rng.choice([letter for letter in chosen[0].lower() if letter.isalnum()])
    words |= {"v": v, "w": w, "t": rng.choice(parents)[2], "x": letter}
    filled = query.format(**words, b=bound, low=low)
    columns = described.split()
    tables = [(columns[0], columns[1:4], parents), (columns[4], columns[5:], children)]
    answer = result(tables, filled)
    if not 0 < len(answer) <= MOST or answer == ["NULL"]:
        return None
    if "{p}" not in query:
        tables = tables[rng.choice([0, 1, 1]) :]
    shape = broken(filled) if len(filled) > LONG or number % 2 else filled
    return written(tables, shape, script if number % 3 == 0 else drawing), answer


ABOUT = {
    "summary": "Give the values that an SQL query returns from small tables.",
    "definition": paragraphs("""
        You are given one or two small SQL tables, drawn or as the statements that create them, and
        a query that returns one column. Give the different values the query returns when SQLite
        runs it, each once even if several rows have it, separated by a comma and a space, in any
        order. Write text without quotation marks, numbers in digits, and NULL for a missing value.
        There is always at least one value. In SQLite, ORDER BY puts NULL before every other value
        unless DESC turns the order round, aggregate functions skip NULL (COUNT(*) counts rows),
        GROUP BY puts all NULLs into one group, and LIKE ignores case.

        Work out the result of the query at the end, which has a single column, on the tables above
        it, as SQLite would. List every distinct value of that column one time only, with ", "
        between the values and in whatever order; strings go without quotes and a missing value is
        written NULL. The result is never empty. Remember: NULL sorts lowest, a comparison with NULL
        is not true, SUM, MIN, MAX, AVG and COUNT(column) leave NULLs out while COUNT(*) counts all
        rows, NULLs form one group of their own, and LIKE takes capital and small letters as equal.

        Which values does this one-column query return from the tables shown? The database is SQLite
        (NULLs come first in ascending order and last in descending order, fall into one group, and
        are not seen by aggregates other than COUNT(*); LIKE is not case-sensitive). Answer with the
        set of values: no repetitions, separated by a comma and a space, in free order, text
        unquoted, NULL for a null. At least one value comes back.
    """),
    "answer_format": {"kind": "set", "separator": SEPARATOR},
    "categories": ["Question Answering"],
    "domains": ["Code -> Language -> SQL"],
    "reasoning": ["Relational Reasoning", "Logical Reasoning -> Reasoning with Symbols"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

# Tables, each with its columns and then its rows; query, wrong output (or ""), lesson.
TAUGHT = [
    (
        [
            "guides id guide language; 1 Ito Thai; 2 Kunz Malay; 3 Levy Thai",
            "tours tour guide_id length price; Bay 1 short 20; Fort 3 long 55; Caves NULL long 40",
        ],
        (
            "SELECT g.guide FROM guides AS g LEFT JOIN tours AS t ON t.guide_id = g.id "
            "WHERE t.price > 30 OR t.tour IS NULL"
        ),
        "",
        """The left join keeps Kunz, who has no tour, with NULL in the columns of tours, and
        the second condition lets that row pass. Levy's tour costs 55; Ito's costs only 20. The tour
        Caves has no guide, so it joins nobody.""",
    ),
    (
        ["bikes bike colour gears; Arrow red 7; Bolt red NULL; Comet blue 3; Dart NULL 21"],
        "SELECT COUNT(gears) FROM bikes GROUP BY colour",
        "",
        """There are three groups: red, blue and the missing colour. COUNT(gears) skips the NULL
        of Bolt, so each group counts 1, and a value is written only once.""",
    ),
    (
        ["rooms room floor beds; A1 1 2; B4 2 NULL; C3 3 4; D2 2 1; E5 1 3"],
        "SELECT room FROM rooms ORDER BY beds LIMIT 2",
        "",
        """In ascending order NULL comes before all numbers, so B4 is first; the smallest number
        of beds, 1, comes next: D2.""",
    ),
    (
        ["plants plant light height; Aloe sun 30; Fern shade 45; Ivy NULL 60; Moss shade 4"],
        "SELECT plant FROM plants WHERE light <> 'shade'",
        "Aloe, Ivy",
        """The light of Ivy is NULL, and NULL <> 'shade' is unknown rather than true, so WHERE drops
        that row.

        Keep only the rows for which the comparison is true: Aloe""",
    ),
    (
        ["jobs job crew hours; Roof A 12; Door B 3; Wall A 5; Sink C 9; Lamp B 8; Tank C 1"],
        "SELECT crew FROM jobs WHERE hours > 4 GROUP BY crew HAVING COUNT(*) > 1",
        "A, B, C",
        """This counts all jobs of each crew, but WHERE works first: of the jobs longer than 4 hours
        B has only Lamp and C has only Sink.

        Filter the rows before counting the groups: A""",
    ),
]


def table(text: str) -> Table:
    (name, *columns), *rows = (line.split() for line in text.split("; "))
    cells = [
        [None if cell == "NULL" else int(cell) if cell.isdigit() else cell for cell in row]
        for row in rows
    ]
    return name, columns, cells


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        asked = ask(rng, QUERIES[done % len(QUERIES)], done)
        if asked is None:
            return None
        text, answer = asked
        return instance(NAME, text, [SEPARATOR.join(answer)], answer=[answer])

    shown = []
    for number, (texts, query, wrong, lesson) in enumerate(TAUGHT):
        tables = [table(text) for text in texts]
        output = wrong or SEPARATOR.join(result(tables, query))
        text = written(tables, broken(query), [drawing, script][number % 2])
        shown.append(demonstration(text, output, lesson))
    return document(NAME, SEED, ABOUT, shown, draw, count=INSTANCES)
