"""Summary of a created draft for the terminal: what was written, and the next steps."""

from collections.abc import Iterator

from taskschema.authoring.new.draft import CreatedDraft
from taskschema.authoring.new.table import TableRows
from taskschema.core.syntax.json_pointers import locate
from taskschema.core.text.printing import quote, several
from taskschema.schema.placeholders import BEGINNING, gaps

__all__ = ["summary_lines"]

MOST_DISPUTED = 3


def summary_lines(draft: CreatedDraft) -> Iterator[str]:
    """Yield the lines of the summary, without line breaks."""
    instances = several(len(draft.document["instances"]), "instance")
    yield f"Written: {draft.target.path}, with {instances}."
    if draft.rows:
        yield from _row_lines(draft, draft.rows)
    found = dict(gaps(draft.document))
    if found:
        places = locate(draft.data, [(pointer, None) for pointer in found])
        yield f'Fill in every text that starts with "{BEGINNING.strip()}":'
        for pointer, text in found.items():
            yield f"  line {places[pointer, None].line}: {text.removeprefix(BEGINNING)}"
    yield f"Check it: taskschema check {draft.target.path}"
    yield f"Show it: taskschema show {draft.target.name}"


def _row_lines(draft: CreatedDraft, rows: TableRows) -> Iterator[str]:
    if rows.refused:
        listed = sum(one.severity == "error" for one in rows.findings)
        where = "see above" if listed >= rows.refused else f"the first {listed} are listed above"
        yield (
            f"Skipped {several(rows.refused, 'row')}, {where}. To include them, fix the table, "
            f"remove {draft.target.path} and run this command again."
        )
    if rows.stripped:
        yield f"Stripped white space around the cells of {several(rows.stripped, 'row')}."
    if rows.merged:
        yield f"Merged {several(rows.merged, 'row')} into others with the same input."
    if rows.disputed:
        some = ", ".join(map(quote, rows.disputed[:MOST_DISPUTED]))
        more = ", ..." if len(rows.disputed) > MOST_DISPUTED else ""
        inputs = several(len(rows.disputed), "input")
        yield f"{inputs} with different outputs, all of which are now acceptable: {some}{more}"
    request = draft.request
    answer_format = draft.document.get("answer_format", {"kind": "text"})
    if answer_format["kind"] == "label" and request.kind is None and not request.labels:
        labels = ", ".join(answer_format["labels"])
        yield f"Outputs are treated as labels: {labels}. Use --kind text if they are not."
    keys = ("positive_demonstrations", "negative_demonstrations")
    inputs_shown = [row["input"] for key in keys for row in draft.document[key]]
    if not any(text.startswith(BEGINNING) for text in inputs_shown):
        count = several(len(inputs_shown), "row")
        yield f"{count} became demonstrations; --demonstrations 0 keeps all rows as instances."
