"""Text for a terminal: a headline for each changed task, a line for each difference."""

from collections.abc import Iterator

from taskschema.analysis.diff.differences import Difference, TaskDifference, UnpairedTask
from taskschema.analysis.diff.format import DiffFormat
from taskschema.analysis.diff.shared.lines import capped, headline, sections, summary
from taskschema.core.text.printing import printable, several


def render(difference: Difference, most: int) -> str:
    """Return unpaired tasks, changed tasks and totals, with at most that many rows per list."""
    return "".join(f"{line}\n" for line in _lines(difference, most))


def _lines(difference: Difference, most: int) -> Iterator[str]:
    yield from (f"- {_unpaired(task)}" for task in difference.removed)
    yield from (f"+ {_unpaired(task)}" for task in difference.added)
    for task in difference.changed:
        yield from _task(task, most)
    for file in difference.unreadable:
        (first, *_) = file.findings
        place = f"{printable(file.path)}:{first.line}:{first.column}"
        side = printable(file.side)
        yield f"? {place}: unreadable ({side}): {first.code} {first.message}"
    yield summary(difference)


def _unpaired(task: UnpairedTask) -> str:
    return f"{printable(task.name)} ({printable(task.path)}): {several(task.instances, 'instance')}"


def _task(task: TaskDifference, most: int) -> Iterator[str]:
    title = f"~ {printable(task.name)} ({printable(task.path)})"
    yield f"{title}: {changes}" if (changes := headline(task)) else title
    yield from (f"  ! {printable(caution.message)}" for caution in task.cautions)
    for section in sections(task):
        yield from (f"  {line}" for line in capped(section, most))


FORMAT = DiffFormat(render)
