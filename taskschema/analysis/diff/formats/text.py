"""A headline for each task that differs and a line for each difference, for people."""

from collections.abc import Iterator

from taskschema.analysis.diff.differences import Difference, Summary, TaskDifference
from taskschema.analysis.diff.format import DiffFormat
from taskschema.analysis.diff.shared.lines import about, capped, sections, summary
from taskschema.core.text.printing import printable, several


def render(difference: Difference, most: int) -> str:
    """The tasks that one side lacks, those that differ, and the sums; at most so many rows each."""
    return "".join(f"{line}\n" for line in _lines(difference, most))


def _lines(difference: Difference, most: int) -> Iterator[str]:
    yield from (f"- {_lone(task)}" for task in difference.removed)
    yield from (f"+ {_lone(task)}" for task in difference.added)
    for task in difference.changed:
        yield from _task(task, most)
    for fault in difference.unreadable:
        (first, *_) = fault.findings
        place = f"{printable(fault.path)}:{first.line}:{first.column}"
        side = printable(fault.side)
        yield f"? {place}: cannot be read in {side}: {first.code} {first.message}"
    yield summary(difference)


def _lone(task: Summary) -> str:
    return f"{printable(task.name)} ({printable(task.path)}): {several(task.instances, 'instance')}"


def _task(task: TaskDifference, most: int) -> Iterator[str]:
    headline = f"~ {printable(task.name)} ({printable(task.path)})"
    yield f"{headline}: {said}" if (said := about(task)) else headline
    yield from (f"  ! {printable(caution.message)}" for caution in task.cautions)
    for section in sections(task):
        yield from (f"  {line}" for line in capped(section, most))


FORMAT = DiffFormat(render)
