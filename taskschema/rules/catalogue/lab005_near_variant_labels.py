"""Two labels differ only in case, enclosing punctuation, or the form of a number.

"Yes" and "yes", "true." and "true", "1.0" and "1" mean the same, but a model that answers with one
is marked wrong where the other is expected. Use one of them throughout. `--unsafe-fixes` writes the
more frequent one.

A task may be about case itself, so single letters that differ in case are not reported, and neither
are two variants of similar frequency. Signs count (`-1`, `A+`), and so do labels of punctuation
only. `stray-white-space` reports outputs that differ only in white space at their ends.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from taskschema.core.findings import Applicability, Edit, Severity
from taskschema.core.text.normal_forms import normalise
from taskschema.core.text.printing import quote, several
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns
from taskschema.schema.label_space import LabelSpace

MUCH_RARER = 4  # times; in a task about case, both variants are about as frequent
QUOTATION_MARKS = (
    " \"'`\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
    "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
)
ENDS = " .,;:!\N{IDEOGRAPHIC FULL STOP}\N{DEVANAGARI DANDA}"
BRACKETED = re.compile(r"\(([\w ]+)\)|\[([\w ]+)\]")
FRACTION = re.compile(r"[+-]?[0-9]+\.[0-9]+")


def check(columns: Columns) -> Iterator[Violation]:
    if (space := columns.label_space) is None or not (variants := _variants(space)):
        return
    rows: dict[str, list[tuple[int, int]]] = {rare: [] for rare in variants}
    if not columns.distinct_outputs.isdisjoint(variants):
        for index, outputs in enumerate(columns.outputs):
            others = frozenset(outputs) if len(outputs) > 1 else ()
            for place, text in enumerate(outputs):
                # An output that lists both variants accepts both on purpose.
                if text in variants and variants[text] not in others:
                    rows[text].append((index, place))
    declared = {label: i for i, label in enumerate(columns.answer_format.get("labels", ()))}
    for rare, common in variants.items():
        reportable = declared or rare.strip() != common.strip()
        if reportable and (rows[rare] or not space.counts[rare]):
            message = (
                f"{quote(rare)} ({several(space.counts[rare], 'instance')}) differs from "
                f"{quote(common)} ({space.counts[common]:,}) only in case, marks or the form of a "
                f"number. Use one of them throughout. {space.grounds}"
            )
            declaration = f"/answer_format/labels/{declared[rare]}" if declared else ""
            first = "/instances/{}/output/{}".format(*rows[rare][0]) if rows[rare] else ""
            edits = _edits(columns, rare, common, rows[rare], declaration)
            yield Violation(declaration or first, message.rstrip(), edits=edits)


def _variants(space: LabelSpace) -> dict[str, str]:
    """Map every rare label to its more frequent variant."""
    alike: dict[str, list[str]] = defaultdict(list)
    for label in space.counts:
        alike[_form(label)].append(label)
    return {
        rare: common
        for common, *others in alike.values()
        for rare in others
        if space.counts[rare] * MUCH_RARER <= space.counts[common]
        and not len(rare) == len(common) == 1
    }


def _form(label: str) -> str:
    """Return the form that variants share: one case, no enclosing marks, no trailing zeros."""
    text = normalise(label).strip(QUOTATION_MARKS).rstrip(ENDS).strip(QUOTATION_MARKS)
    if match := BRACKETED.fullmatch(text):
        text = match[1] or match[2]
    if FRACTION.fullmatch(text):
        text = text.rstrip("0").removesuffix(".")
    return text.strip() or label


def _edits(
    columns: Columns, rare: str, common: str, rows: list[tuple[int, int]], declaration: str
) -> tuple[Edit, ...]:
    """Return edits that write the common label; none if instances have alternative outputs."""
    if any(len(columns.outputs[index]) > 1 for index, _ in rows):
        return ()
    edits = [Edit("replace", f"/instances/{index}/output/{place}", common) for index, place in rows]
    if declaration:
        edits += [
            Edit("replace", f"/positive_demonstrations/{index}/output", common)
            for index, row in enumerate(columns.demonstrations["positive_demonstrations"])
            if row["output"] == rare
        ]
        edits.append(Edit("remove", declaration))
    return tuple(edits)


RULE = TaskRule(
    code="LAB005",
    name="near-variant-labels",
    severity=Severity.WARNING,
    since="0.1",
    fix=Applicability.UNSAFE,
    check=check,
    good={
        "answer_format": {"kind": "label"},
        "instances": [
            {"id": f"{number}", "input": f"which {number}?", "output": [label]}
            for number, label in enumerate(["-1", "1", "A", "a", "A+"] * 6)
        ],
    },
    bad={
        "answer_format": {"kind": "label"},
        "instances": [
            {"id": f"{number}", "input": f"which {number}?", "output": [label]}
            for number, label in enumerate(["yes", "no", "yes", "no"] * 6 + ["Yes", "no"])
        ],
    },
)
