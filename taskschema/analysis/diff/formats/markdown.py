"""Markdown for a comment on a pull request: a table of changed tasks, then their details.

Text from tasks is always code, so that no markup, mention or link in it takes effect. A comment
that is too long for a host is cut between two tasks, with a note.
"""

from collections.abc import Iterator, Sequence

from taskschema.analysis.diff.differences import (
    Difference,
    LabelChange,
    TaskDifference,
    UnpairedTask,
    Unreadable,
)
from taskschema.analysis.diff.format import DiffFormat
from taskschema.analysis.diff.shared.lines import DiffSection, capped, headline, sections, summary
from taskschema.analysis.diff.word_diff import shortened
from taskschema.core.text.markdown import code_span, table_cell
from taskschema.core.text.printing import printable

MOST_UNITS = 65_000  # UTF-16 code units; hosts allow 65,536 characters
TABLE_SHARE = 20_000  # units for the table, so that details of the first tasks fit
OPEN = 3  # longest list that is not folded


def render(difference: Difference, most: int) -> str:
    """Return GitHub-flavored Markdown below the length limit of comments."""
    blocks = [f"### Tasks in {_code(difference.head)} against {_code(difference.base)}\n"]
    blocks.append(f"{summary(difference)}\n")
    rows = list(_overview(difference))
    if rows:
        table = _fitting(rows, TABLE_SHARE, "| | ... and {} more | | |\n")
        blocks.append("| | task | instances | what |\n| --- | --- | --- | --- |\n" + "".join(table))
    details = [block for task in difference.changed if (block := _details(task, most))]
    room = MOST_UNITS - sum(map(_units, blocks))
    blocks += _fitting(details, room, "Details of {} more tasks: run `taskschema diff`.\n")
    return "\n".join(blocks)


def _fitting(blocks: Sequence[str], room: int, rest: str) -> Iterator[str]:
    """Yield the blocks that fit, and a note with the number of the others."""
    room -= _units(rest) + 20
    for index, block in enumerate(blocks):
        room -= _units(block) + 1
        if room < 0:
            yield rest.format(f"{len(blocks) - index:,}")
            return
        yield block


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _overview(difference: Difference) -> Iterator[str]:
    for sign, what, tasks in (
        ("-", "removed", difference.removed),
        ("+", "added", difference.added),
    ):
        yield from (_line(sign, task, what) for task in tasks)
    for task in difference.changed:
        counts = {task.instances.before: None, task.instances.after: None}
        instances = " → ".join(f"{count:,}" for count in counts)
        yield _row("~", _cell(task.name), instances, headline(task, _cell) or "changed")
    for file in difference.unreadable:
        yield _row("?", _cell(file.path), "", _unreadable(file))


def _line(sign: str, task: UnpairedTask, what: str) -> str:
    return _row(sign, _cell(task.name), f"{task.instances:,}", what)


def _unreadable(file: Unreadable) -> str:
    (first, *_) = file.findings
    return f"unreadable ({_cell(file.side)}): {_cell(f'{first.code} {first.message}')}"


def _details(task: TaskDifference, most: int) -> str:
    """Return a heading, the cautions and all lists of differences; nothing if there are none."""
    blocks = [f"#### {_code(task.name)}\n"]
    if task.cautions:
        blocks.append("".join(f"- ⚠️ {caution.message}\n" for caution in task.cautions))
    for section in sections(task):
        if section.title == "labels" and task.labels:
            blocks.append(_labels(task.labels.labels, most))
        elif section.total:
            blocks.append(_folded(section, most))
    return "\n".join(blocks) if len(blocks) > 1 else ""


def _folded(section: DiffSection, most: int) -> str:
    """Return the lines of a section in a code block, folded if there are many."""
    lines = "".join(f"{_safe(line)}\n" for line in capped(section, most))
    block = f"```diff\n{lines}```\n"
    if section.total <= OPEN:
        return block
    title = f"{section.total:,} {section.title}"
    return f"<details><summary>{title}</summary>\n\n{block}\n</details>\n"


def _safe(line: str) -> str:
    """Return a line for a `diff` code block, which it cannot end; `!` marks a change."""
    return f"!{line[1:]}" if line.startswith("~") else line


def _labels(labels: Sequence[LabelChange], most: int) -> str:
    totals = [sum(each.before for each in labels), sum(each.after for each in labels)]
    lines = [
        _row(_cell(f'"{shortened(each.text)}"'), *_shares((each.before, each.after), totals))
        for each in labels[:most]
    ]
    if len(labels) > most:
        lines.append(_row(f"... and {len(labels) - most:,} more", "", ""))
    return "| label | before | after |\n| --- | --- | --- |\n" + "".join(lines)


def _shares(counts: Sequence[int], totals: Sequence[int]) -> Iterator[str]:
    for count, total in zip(counts, totals, strict=True):
        yield f"{count:,} ({count / max(total, 1):.0%})"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"


def _cell(text: str) -> str:
    """Return a text as code in a cell of a table."""
    return table_cell(_code(text))


def _code(text: str) -> str:
    """Return a text as code, in full and without white space around it."""
    return code_span(printable(text).strip() or " ")


FORMAT = DiffFormat(render)
