"""Answers that are sets: their separator, and the strings that they are written as."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, count

from taskschema.convert.pieces import Document
from taskschema.convert.shared.rows.json_difference import difference
from taskschema.convert.shared.rows.row_fields import other_fields
from taskschema.schema.answer_text import render

__all__ = [
    "definition_of",
    "distinct_sets",
    "separator_of",
    "set_difference",
    "set_format",
    "with_output",
]

SEPARATORS = ("; ", " | ", " / ", "\n")


def separator_of(sets: Collection[Sequence[str]]) -> str:
    """Return the first separator that splits every joined set into its members again."""
    different = {tuple(members) for members in sets}
    return next(
        separator
        for separator in chain(SEPARATORS, _longer())
        if all(_splits(members, separator) for members in different)
    )


def set_format(sets: Collection[Sequence[str]]) -> Document:
    """Return the answer format of these sets."""
    return {"kind": "set", "separator": separator_of(sets)}


def definition_of(text: str, answer_format: Document) -> str:
    """Fill `{separator}` in a definition with the separator of the sets."""
    separator = f'"{answer_format["separator"]}"'.replace("\n", "line break")
    return text.format(separator=separator)


def distinct_sets(sets: Iterable[Sequence[str]]) -> list[list[str]]:
    """Return the sets without repetitions, in whatever order their members are."""
    found: dict[tuple[str, ...], list[str]] = {}
    for members in sets:
        found.setdefault(tuple(sorted(members)), list(members))
    return list(found.values())


def with_output(instance: Document, answer_format: Document) -> Document:
    """Return an instance with the `output` of its set; other instances are unchanged."""
    if answer_format.get("kind") != "set" or "output" in instance or "answer" not in instance:
        return instance
    return instance | {"output": render(answer_format, instance["answer"])}


def set_difference(instance: Document, made: Document, answer_format: Document) -> Document:
    """Return what an instance has and `made`, the instance that a reader makes, lacks.

    The `output` of a set is rendered only after the difference is applied.
    """
    if answer_format["kind"] != "set":
        return difference(instance, made)
    carried = difference(other_fields(instance, ("output",)), made)
    answer = carried.get("answer", made.get("answer"))
    output = {"output": instance["output"]}
    return carried | difference(output, {"output": render(answer_format, answer)})


def _splits(members: Sequence[str], separator: str) -> bool:
    return not members or separator.join(members).split(separator) == list(members)


def _longer() -> Iterator[str]:
    return (f" {'|' * size} " for size in count(2))
