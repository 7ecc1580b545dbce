"""Two labels differ only in case, in marks round them, or in the form of a number.

"Yes" and "yes", "true." and "true", "1.0" and "1" mean one thing; a model that says the one is
marked wrong where the other stands. Write one of them throughout; the fix writes the more frequent
one. A task may be about case itself: single letters that differ in case are left alone, and so are
labels of which the rarer is not much rarer. Signs are no such marks ("-1", "A+"), nor is anything
stripped from a label that is nothing but marks. Outputs that differ only in white space at their
ends are another rule's business.
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

MUCH_RARER = 4  # times; where a task is about case, both variants are about as frequent
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
                # Beside the common one it is an alternative on purpose.
                if text in variants and variants[text] not in others:
                    rows[text].append((index, place))
    declared = {label: i for i, label in enumerate(columns.answer_format.get("labels", ()))}
    for rare, common in variants.items():
        in_place = declared or rare.strip() != common.strip()
        if in_place and (rows[rare] or not space.counts[rare]):
            message = (
                f"{quote(rare)} ({several(space.counts[rare], 'instance')}) differs from "
                f"{quote(common)} ({space.counts[common]:,}) only in case, marks or the form of a "
                f"number. Write one of them throughout. {space.grounds}"
            )
            holder = f"/answer_format/labels/{declared[rare]}" if declared else ""
            first = "/instances/{}/output/{}".format(*rows[rare][0]) if rows[rare] else ""
            edits = _edits(columns, rare, common, rows[rare], holder)
            yield Violation(holder or first, message.rstrip(), edits=edits)


def _variants(space: LabelSpace) -> dict[str, str]:
    """The more frequent variant of every label that has one."""
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
    """What variants of a label share: one case, no marks round it, no zeros after the point."""
    text = normalise(label).strip(QUOTATION_MARKS).rstrip(ENDS).strip(QUOTATION_MARKS)
    if match := BRACKETED.fullmatch(text):
        text = match[1] or match[2]
    if FRACTION.fullmatch(text):
        text = text.rstrip("0").removesuffix(".")
    return text.strip() or label


def _edits(
    columns: Columns, rare: str, common: str, rows: list[tuple[int, int]], holder: str
) -> tuple[Edit, ...]:
    """What writes the common label for the rare one; nothing where instances have alternatives."""
    if any(len(columns.outputs[index]) > 1 for index, _ in rows):
        return ()
    edits = [Edit("replace", f"/instances/{index}/output/{place}", common) for index, place in rows]
    if holder:
        edits += [
            Edit("replace", f"/positive_demonstrations/{index}/output", common)
            for index, row in enumerate(columns.demonstrations["positive_demonstrations"])
            if row["output"] == rare
        ]
        edits.append(Edit("remove", holder))
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
