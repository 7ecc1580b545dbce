"""Give the value of one cell of a small spreadsheet with formulas.

A sheet is data and formulas, some of which are copied down a column, so that relative references
move and absolute ones stay. All cells are computed with fractions; a sheet is kept only
if what is asked for has at most two decimals without rounding.
"""

import re
from fractions import Fraction
from random import Random
from typing import Any

from authoring import demonstration, document, instance, paragraphs

NAME = "spreadsheet_cell_value"
SEED = 20_504
INSTANCES = 100
# What a formula is made of: a text, a range, a cell, a name or a number, a comparison.
PART = re.compile(
    r'"(?P<text>[^"]*)"|(?P<first>[A-Z]\d+):(?P<last>[A-Z]\d+)|(?P<cell>[A-Z]\d+)'
    r"|(?P<number>\d+(?:\.\d+)?)|(?P<sign><=|>=|<>|=)"
)
NUMBER = re.compile(r"-?\d+(\.\d+)?")

Sheet = dict[str, str]


class Text(str):
    """A text that & joins with what stands beside it; in Python & binds as it does in sheets."""

    __slots__ = ()

    def __and__(self, other: Any) -> "Text":
        return Text(self + shown(other))

    def __rand__(self, other: Any) -> "Text":
        return Text(shown(other) + self)


def shown(value: Any) -> str:
    """Return a value as the answer has it: a number without trailing zeros."""
    if not isinstance(value, Fraction):
        return str(value)
    return f"{float(value):.6f}".rstrip("0").rstrip(".")


def parsed(text: str) -> Any:
    return Fraction(text) if NUMBER.fullmatch(text) else Text(text)


def matches(value: Any, criterion: Any) -> bool:
    """Return whether a cell meets the criterion of COUNTIF or SUMIF."""
    sign = re.match("<=|>=|<>|<|>|", shown(criterion))[0]  # type: ignore[index]
    bound = parsed(shown(criterion).removeprefix(sign))
    if isinstance(bound, Text) != isinstance(value, Text):
        return sign == "<>"
    less, more = value < bound, value > bound
    same = not less and not more
    return {"": same, "<>": not same, "<": less, ">": more, "<=": not more, ">=": not less}[sign]


def rounded(value: Fraction, places: Fraction) -> Fraction:
    scale = 10 ** int(places)
    whole = int(abs(value) * scale + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, scale)


FUNCTIONS: dict[str, Any] = {
    "number": Fraction,
    "text": Text,
    "IF": lambda test, then, other: then if test else other,
    "ROUND": rounded,
    "SUM": sum,
    "MIN": min,
    "MAX": max,
    "AVERAGE": lambda cells: sum(cells) / Fraction(len(cells)),
    "COUNTIF": lambda cells, test: Fraction(sum(matches(cell, test) for cell in cells)),
    "SUMIF": lambda cells, test, added: sum(
        number for cell, number in zip(cells, added, strict=True) if matches(cell, test)
    ),
}


def block(first: str, last: str) -> list[str]:
    columns = [chr(code) for code in range(ord(first[0]), ord(last[0]) + 1)]
    return [f"{c}{row}" for row in range(int(first[1:]), int(last[1:]) + 1) for c in columns]


def evaluate(sheet: Sheet, cell: str) -> Any:
    """Return the value of a cell: its formula is put into Python and evaluated."""

    def python(part: re.Match[str]) -> str:
        kind, text = part.lastgroup or "", repr(part[part.lastgroup or 0])
        if kind == "last":
            return (
                f"[{', '.join(f'cell({each!r})' for each in block(part['first'], part['last']))}]"
            )
        if kind == "sign":
            return {"=": "==", "<>": "!="}.get(part["sign"], part["sign"])
        return f"{kind}({text})"

    if not sheet[cell].startswith("="):
        return parsed(sheet[cell])
    code = PART.sub(python, sheet[cell][1:].replace("$", ""))
    return eval(code, FUNCTIONS | {"cell": lambda name: evaluate(sheet, name)})  # noqa: S307


def moved(formula: str, rows: int) -> str:
    """Return the formula as it stands after it is copied `rows` rows down."""
    return re.sub(r"(?<=[A-Z])\d+", lambda row: str(int(row[0]) + rows), formula)


# Three lines each: headings | parameters with their values; columns (words, a range of numbers, or
# formulas to choose from, where => comes before that of row 3); formulas at the end. {n} is the
# last row of the data, {p} and {q} are the rows of the parameters.
SCENES = """
Item;Price;Pieces;Cost;Size | Discount:0.05,0.1,0.25;Limit:60,100,150
lamp,desk,chair,rug,clock,shelf;8-60;1-9;=B2*C2 / =ROUND(B2*C2*(1-$B${p}),1);=IF(D2>=$B${q},\
"big","small") / =IF(C2>4,"big",IF(D2>$B${q},"middle","small"))
Sum:=SUM(D2:D{n});Big:=COUNTIF(E2:E{n},"big");To pay:=ROUND(SUM(D2:D{n})*(1-B{p}),0)
Name;Test 1;Test 2;Mark;Result | Pass mark:50,55,60;Penalty:5,8
Amina,Bruno,Chen,Divya,Eero,Fatima,Goran;20-99;20-99;=ROUND(AVERAGE(B2:C2),0) / \
=ROUND((B2+2*C2)/3,0) / =MAX(B2:C2)-$B${q};=IF(D2>=$B${p},"pass","fail")
Passed:=COUNTIF(E2:E{n},"pass");Spread:=MAX(D2:D{n})-MIN(D2:D{n})
Month;In;Out;Balance;Sign | Start:100,250,400;Target:300,500
January,February,March,April,May,June;100-900;100-900;=B{p}+B2-C2=>=D2+B3-C3;\
=IF(D2<0,"minus","plus") / =IF(B2<C2,"down","up")&IF(D2>$B${q},"!","")
Lowest:=MIN(D2:D{n});Months in plus:=COUNTIF(D2:D{n},">=0");Saved:=SUM(B2:B{n})-SUM(C2:C{n})
Worker;Hours;Rate;Pay;Label | Full week:36,38,40;Factor:1.5,1.25,2
Ivo,Jaya,Kofi,Lena,Marek,Noor;28-52;12-26;=IF(B2>$B${p},$B${p}*C2+(B2-$B${p})*C2*$B${q},B2*C2) / \
=B2*C2+IF(B2>=$B${p},100,0);=A2&": "&D2 / =IF(D2>AVERAGE(D$2:D${n}),"above","below")
Wages:=SUM(D2:D{n});Overtime:=COUNTIF(B2:B{n},">"&B{p});Best:=MAX(D2:D{n})-MIN(D2:D{n})
Part;Stock;Minimum;Order;Code | Reserve:5,10;Box:6,8,12
bolt,cable,fuse,gear,hinge,valve;0-40;10-30;=IF(B2<C2,2*C2-B2,0) / =MAX(C2+$B${p}-B2,0);\
=A2&"-"&D2 / =IF(D2=0,"full",B2&"/"&C2)
Boxes:=ROUND(SUM(D2:D{n})/B{q}+0.49,0);Orders:=COUNTIF(D2:D{n},">0")
Seller;Region;Sales;Bonus;Number | High:0.1,0.15,0.2;Low:0.05,0.08
Olu,Pilar,Quang,Rosa,Sven,Tariq,Uma;north,south,west;200-990;=ROUND(C2*IF(B2="north",$B${p},$B${q})\
,0) / =IF(C2>500,(C2-500)*$B${p},$B${q}*10);=COUNTIF(B$2:B2,B2) / =B2&COUNTIF(B$2:B2,B2)
North:=SUMIF(B2:B{n},"north",C2:C{n});Not west:=COUNTIF(B2:B{n},"<>west");Bonuses:=SUM(D2:D{n})
Day;Morning;Evening;Change;Trend | Shift:1,2;Step:2,3
Monday,Tuesday,Wednesday,Thursday,Friday,Saturday;-9-12;-9-15;=C2-B2 / =(B2+C2)/2-$B${p};\
=IF(D2>$B${q},"warmer",IF(D2<0,"colder","same")) / =COUNTIF(D$2:D${n},"<"&D2)
Frost:=COUNTIF(B2:C{n},"<0");Range:=MAX(B2:C{n})-MIN(B2:C{n});Colder:=COUNTIF(D2:D{n},"<"&B{p})
Option;Online;Paper;Votes;Rank | Weight:2,1.5;Needed:60,80
tram,park,pool,library,market,bridge;10-90;5-60;=B2+C2 / =B2+C2*$B${p};\
=COUNTIF(D$2:D${n},">"&D2)+1 / =A2&" "&ROUND(100*D2/SUM(D$2:D${n}),0)&"%"
Through:=COUNTIF(D2:D{n},">="&B{q});Lead:=MAX(D2:D{n})-AVERAGE(D2:D{n});Votes:=SUM(D2:D{n})
""".strip().splitlines()


def written(sheet: Sheet, copied: list[str], asked: str) -> str:
    rows = sorted({int(cell[1:]) for cell in sheet})
    columns = sorted({cell[0] for cell in sheet})
    lines = [" | ".join(["", *columns]).strip()]
    hidden = {cell for line in copied for cell in block(*(line.split()[1].split(":") * 2)[:2])}
    for row in rows:
        cells = [f"{column}{row}" for column in columns]
        cells = ["(copy)" if cell in hidden else sheet.get(cell, "") for cell in cells]
        while not cells[-1]:
            cells.pop()
        lines.append(" | ".join([str(row), *cells]))
    lines += [f"The formula in {cells.replace(' ', ' is copied to ')}." for cells in copied]
    return "\n".join([*lines, f"What is the value of {asked}?"])


def draw_sheet(rng: Random, number: int) -> tuple[Sheet, list[str]]:
    """Return a sheet, and what is copied: a cell and the range that it is copied to."""
    first_line, *lines = SCENES[3 * number : 3 * number + 3]
    heads, parameters, columns, ends = (
        line.split(";") for line in [*first_line.split(" | "), *lines]
    )
    n = rng.randint(5, 7)
    where = {"n": n, "p": n + 1, "q": n + 2}
    sheet = {f"{letter}1": head for letter, head in zip("ABCDE", heads, strict=True)}
    copied = []
    for letter, column in zip("ABCDE", columns, strict=True):
        numbers = re.fullmatch(r"(-?\d+)-(\d+)", column)
        if column.startswith("="):
            first, _, then = rng.choice(column.split(" / ")).strip().format(**where).partition("=>")
            start = 3 if then else 2
            sheet[f"{letter}2"] = first
            for row in range(start, n + 1):
                sheet[f"{letter}{row}"] = moved(then or first, row - start)
            copied.append(f"{letter}{start} {letter}{start + 1}:{letter}{n}")
        else:
            words = column.split(",")
            ordered = sorted(rng.sample(range(len(words)), n - 1)) if letter == "A" else []
            for row in range(2, n + 1):
                word = words[ordered[row - 2]] if ordered else rng.choice(words)
                drawn = numbers and str(rng.randint(*map(int, numbers.groups())))
                sheet[f"{letter}{row}"] = drawn or word
    for row, end in enumerate([*parameters, rng.choice(ends)], start=n + 1):
        label, _, value = end.partition(":")
        drawn = value if value[0] == "=" else rng.choice(value.split(","))
        sheet |= {f"A{row}": label, f"B{row}": drawn.format(**where)}
    return sheet, copied


ABOUT = {
    "summary": "Give the value of one cell of a spreadsheet with formulas.",
    "definition": paragraphs("""
        You are given a spreadsheet: a line of column letters, then a line for each row, with its
        number and its cells between " | ". A cell that begins with = holds a formula. "(copy)"
        stands for the formula that is copied there as said below: references move along, except
        for the parts after a dollar sign. & joins texts; ROUND(x,d) rounds to d decimals, halves
        away from zero; IF(test,a,b) is a if the test is true and otherwise b;
        COUNTIF(range,criterion) counts the cells that meet a criterion such as ">3" or equal a
        text; SUMIF(range,criterion,sums) adds the cells of sums whose partners in range meet it.
        Give the value of the cell asked for: text without quotation marks, or a number in digits
        with a decimal point if needed, not rounded further, with no zeros at the end of decimals.

        Compute the cell that the question names. The sheet has lettered columns and numbered rows,
        with " | " between cells; formulas start with =. Cells marked "(copy)" take over the formula
        named under the sheet, with row numbers shifted unless a $ fixes them. The functions are
        those of common spreadsheets: SUM, AVERAGE, MIN, MAX, IF(condition,then,else), ROUND (0.5
        goes away from zero), COUNTIF(cells,condition), SUMIF(cells,condition,cells to add), and &
        for joining. Answer with the value alone: a text as it is, without quotes, or a plain
        number in full, such as 12, 0.5 or -3.25.

        What does the spreadsheet show in the cell asked about? Each row is a line with " | "
        between the cells; "(copy)" is the formula that was copied down into the cell, where
        references change with the row unless a $ holds them. IF chooses between two values,
        COUNTIF counts cells that fulfil a condition, SUMIF adds the cells that correspond to them,
        ROUND takes halves away from zero, & puts texts together. Write only the value: numbers
        with a point, no superfluous zeros, no unit, no further rounding; texts without quotation
        marks.
    """),
    "metrics": ["exact_match"],
    "categories": ["Program Execution"],
    "domains": ["Computer Science"],
    "reasoning": ["Mathematics -> Arithmetic", "Multihop Reasoning"],
    "languages": {"instruction": ["en"], "input": ["en"], "output": ["en"]},
}

# Rows, the cell asked for and what is copied, wrong output (or ""), lesson.
TAUGHT: list[tuple[str, str, str, str]] = [
    (
        "Fruit;Kilos;Price;Cost\nfig;3;4;=B2*C2+$B$5\nplum;5;2;\npear;2;6;=B4*C4+$B$5\nFee;1.5",
        "D4, D2 D3:D4",
        "",
        """D4 is two rows below D2, so the formula there is =B4*C4+$B$5: the relative references
        move down by two rows, the fee stays in B5. 2 * 6 + 1.5 = 13.5.""",
    ),
    (
        "Town;Visits;Seen\nOslo;2;=COUNTIF(A$2:A2,A2)\nLima;1;\nOslo;4;=COUNTIF(A$2:A4,A4)",
        "C4, C2 C3:C4",
        "",
        """The range begins at the fixed row 2 and ends in the row of the formula. In C4 it is
        A2:A4, which holds Oslo twice.""",
    ),
    (
        'Room;Beds;Key\nblue;2;=A2&"-"&B2*10\ngreen;3;=A3&"-"&B3*10',
        "C3, C2 C3",
        "",
        """In row 3 the formula is =A3&"-"&B3*10. The product is computed before & joins the parts,
        so the text is green, a hyphen and 30.""",
    ),
    (
        "Shop;Sales;Share\nA;30;=B2/SUM(B$2:B$4)\nB;50;=B3/SUM(B$2:B$4)\nC;20;",
        "C3, C2 C3:C4",
        "0.7143",
        """This divides by B3:B4 only, as if the range had moved with the formula; the dollar signs
        keep it at B2:B4.

        Divide 50 by the sum of all three shops, 100: the value is 0.5.""",
    ),
    (
        'Team;Goals;Level\nX;4;=IF(B2>4,"high","low")\nY;9;\nSum;=SUM(B2:B3)',
        "C2, C2 C3",
        '"high"',
        """The test B2>4 is false, because B2 is exactly 4; and the answer is to be written without
        quotation marks.

        Take the last argument of IF and leave out the quotation marks: low""",
    ),
]


def build() -> dict[str, Any]:
    rng = Random(SEED)

    def draw(done: int) -> dict[str, Any] | None:
        sheet, copied = draw_sheet(rng, done % (len(SCENES) // 3))
        end = max(sheet, key=lambda cell: (int(cell[1:]), cell))
        asked = rng.choice([end, rng.choice([c for c in sheet if c[0] in "DE" and int(c[1:]) > 2])])  # noqa: PLR2004
        value = evaluate(sheet, asked)
        if isinstance(value, Fraction) and (value * 100).denominator > 1:
            return None
        return instance(NAME, written(sheet, copied, asked), [shown(value)])

    demonstrations = []
    for rows, told, wrong, lesson in TAUGHT:
        asked, _, copied = told.partition(", ")
        cells = [row.split(";") for row in rows.split("\n")]
        sheet = {f"{'ABCDE'[c]}{r}": v for r, row in enumerate(cells, 1) for c, v in enumerate(row)}
        answer = wrong or shown(evaluate(sheet, asked))
        demonstrations.append(demonstration(written(sheet, [copied], asked), answer, lesson))
    return document(NAME, SEED, ABOUT, demonstrations, draw, count=INSTANCES)
