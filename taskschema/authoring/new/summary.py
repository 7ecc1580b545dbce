"""What became of a draft, and how to go on, in lines for people."""

from collections.abc import Iterator
from typing import Any

from taskschema.authoring.new.request import DraftRequest
from taskschema.authoring.new.rows import TableRows
from taskschema.authoring.new.target import DraftTarget
from taskschema.core.syntax.json_pointers import locate
from taskschema.core.text.printing import quote, several
from taskschema.schema.placeholders import PREFIX, find_placeholders

__all__ = ["report"]

MOST_DISPUTED = 3


def report(
    site: DraftTarget,
    wish: DraftRequest,
    rows: TableRows | None,
    document: dict[str, Any],
    data: bytes,
) -> Iterator[str]:
    """The lines, without their ends.

    Args:
        site: where the file is.
        wish: what was said.
        rows: of the table, if there was one.
        document: the draft.
        data: its bytes.
    """
    count = len(document["instances"])
    yield f"Written: {site.path}, with {several(count, 'instance')}."
    if rows:
        yield from _of_rows(site, wish, rows, document)
    found = dict(find_placeholders(document))
    if found:
        places = locate(data, [(pointer, None) for pointer in found])
        yield f'Fill in what begins with "{PREFIX.strip()}":'
        for pointer, text in found.items():
            yield f"  line {places[pointer, None].line}: {text.removeprefix(PREFIX)}"
    yield f"Then run: taskschema check {site.path}"
    yield f"To read it as others will: taskschema show {site.name}"


def _of_rows(
    site: DraftTarget, wish: DraftRequest, rows: TableRows, document: dict[str, Any]
) -> Iterator[str]:
    if rows.refused:
        told = sum(one.severity == "error" for one in rows.findings)
        where = "as told above" if told >= rows.refused else f"the first {told} are told above"
        yield (
            f"{several(rows.refused, 'row')} left out, {where}. To have them too, mend the "
            f"table, remove {site.path}, and run this again."
        )
    if rows.stripped:
        yield f"White space round the cells of {several(rows.stripped, 'row')} left out."
    if rows.merged:
        yield f"{several(rows.merged, 'row')} merged into others that have the same input."
    if rows.disputed:
        some = ", ".join(map(quote, rows.disputed[:MOST_DISPUTED]))
        more = ", ..." if len(rows.disputed) > MOST_DISPUTED else ""
        what = several(len(rows.disputed), "input")
        yield f"{what} with different outputs, all of which are acceptable now: {some}{more}"
    answer = document.get("answer_format", {"kind": "text"})
    if answer["kind"] == "label" and wish.kind is None and not wish.labels:
        named = ", ".join(answer["labels"])
        yield f"The outputs are taken for labels: {named}. Else give --kind text."
    keys = ("positive_demonstrations", "negative_demonstrations")
    shown = [row["input"] for key in keys for row in document[key]]
    if not any(text.startswith(PREFIX) for text in shown):
        count = several(len(shown), "row")
        yield f"{count} became demonstrations instead; --demonstrations 0 leaves them as instances."
