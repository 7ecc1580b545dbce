"""A comment for a pull request: a table of the tasks that differ, then each of them.

What contributors wrote stands in code only, where no markup, mention or link works; a comment that
would be too long for a host is cut between two tasks, and says so.
"""

from collections.abc import Iterator, Sequence

from taskschema.analysis.diff.differences import (
    Difference,
    Label,
    Summary,
    TaskDifference,
    Unreadable,
)
from taskschema.analysis.diff.format import DiffFormat
from taskschema.analysis.diff.shared.lines import DiffSection, about, capped, sections, summary
from taskschema.analysis.diff.wording import shortened
from taskschema.core.text.markdown import code_span, table_cell
from taskschema.core.text.printing import printable

MOST_UNITS = 65_000  # UTF-16 code units; hosts take 65,536 characters
TABLE_SHARE = 20_000  # of these; so that details of the first tasks fit too
OPEN = 3  # rows of a list up to which it is not folded


def render(difference: Difference, most: int) -> str:
    """Markdown as GitHub reads it, below the length that it takes."""
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
    """The blocks that fit, each with a line break after it, and how many there are more."""
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
        yield _row("~", _cell(task.name), instances, about(task, _cell) or "changed")
    for fault in difference.unreadable:
        yield _row("?", _cell(fault.path), "", _unreadable(fault))


def _line(sign: str, task: Summary, what: str) -> str:
    return _row(sign, _cell(task.name), f"{task.instances:,}", what)


def _unreadable(fault: Unreadable) -> str:
    (first, *_) = fault.findings
    return f"cannot be read in {_cell(fault.side)}: {_cell(f'{first.code} {first.message}')}"


def _details(task: TaskDifference, most: int) -> str:
    """A heading, the cautions and every list of differences; nothing where there is none."""
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
    """The lines of a section in a block of code, folded away where they are many."""
    lines = "".join(f"{_safe(line)}\n" for line in capped(section, most))
    block = f"```diff\n{lines}```\n"
    if section.total <= OPEN:
        return block
    title = f"{section.total:,} {section.title}"
    return f"<details><summary>{title}</summary>\n\n{block}\n</details>\n"


def _safe(line: str) -> str:
    """A line for a block of code, which none can end; in its colours, `!` is a change."""
    return f"!{line[1:]}" if line.startswith("~") else line


def _labels(labels: Sequence[Label], most: int) -> str:
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
