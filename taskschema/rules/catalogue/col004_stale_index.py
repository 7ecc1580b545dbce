"""The task listing lacks a task, or lists one that does not exist.

Contributors and readers find tasks by the listing, `README.md` in the folder of tasks. Run
`taskschema index` to rewrite it. `taskschema index --check` reports every other difference too.

A README counts as a listing if it names at least three tasks and at least half of all tasks, in
backticks, links or the first cells of a table. A task counts as listed if the text mentions it
anywhere. A line counts as listing a task that does not exist only if most lines of the same form
list existing tasks. The rule does not run if only part of the collection is checked.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from taskschema.core.findings import Severity
from taskschema.core.text.printing import several
from taskschema.rules.collection_context import CollectionContext
from taskschema.rules.rule import CollectionRule, Violation
from taskschema.rules.shared.enumerations import first_few, in_backticks
from taskschema.rules.shared.split_lines import owners

HALF, LEAST = 0.5, 3
WORD = re.compile(r"[A-Za-z0-9]+(?:[._-]+[A-Za-z0-9]+)*")
# The characters before the first name on a line that lists a task, and the name.
ENTRY = re.compile(r"(\s{0,8}(?:[-*+|]|\d{1,5}[.)])?\s{0,8}\[?`?)([A-Za-z0-9][\w.-]{0,200})")
RULER = re.compile(r"\s*\|?\s*:?-{2,}")
NUMBER = re.compile(r"\d+")
LINE_BREAK = re.compile(r"\r\n|\r|\n")  # as editors count lines


def check(context: CollectionContext) -> Iterator[tuple[str, Violation]]:
    if not context.index or not context.complete:
        return
    names = {entry.name for entry in context.tasks}
    mentioned = {_stem(word) for word in WORD.findall(context.index_text)}
    lines = LINE_BREAK.split(context.index_text)
    known = {*owners(context), *context.unread}
    listed = {name for block in _blocks(lines) for _, _, name in block} & known
    if len(listed) < max(LEAST, HALF * len(names)):
        return
    if missing := sorted(
        entry.name for entry in context.tasks if mentioned.isdisjoint((entry.name, *entry.aliases))
    ):
        tasks = several(len(missing), "task")
        shown = first_few(in_backticks(missing))
        message = f"the task listing lacks {tasks}: {shown}. Run `taskschema index`."
        yield context.index, Violation("line:1", message)
    for block in _blocks(lines):
        for line, name in _stale(block, known):
            message = f"task `{name}` does not exist. Run `taskschema index`, or correct the name."
            yield context.index, Violation(f"line:{line}", message)


Listed = tuple[int, str, str]
"""A line number, the characters before the first name on the line, and the name."""


def _blocks(lines: list[str]) -> Iterator[list[Listed]]:
    """Yield the lines that start with a name, grouped by paragraph, list or table."""
    numbered = list(enumerate(lines, start=1))
    for is_blank, group in groupby(numbered, key=lambda pair: not pair[1].strip()):
        if is_blank:
            continue
        block = []
        rows = list(group)
        for index, (number, line) in enumerate(rows):
            is_head = index + 1 < len(rows) and RULER.match(rows[index + 1][1])
            if not is_head and (match := ENTRY.match(line)) and not RULER.match(line):
                block.append((number, NUMBER.sub("1", match[1]), _stem(match[2])))
        yield block


def _stale(block: list[Listed], known: set[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines that name an unknown task where most lines of their form name tasks."""
    for form in dict.fromkeys(form for _, form, _ in block):
        same = [(line, name) for line, other, name in block if other == form]
        unknown = [(line, name) for line, name in same if name not in known]
        if form.strip() and len(unknown) * 2 < len(same):
            yield from unknown


def _stem(word: str) -> str:
    return word.removesuffix(".json")


LISTING = "# Tasks\n\n| name |\n| --- |\n| `one` |\n| `two` |\n| `three` |\n"

RULE = CollectionRule(
    code="COL004",
    name="stale-index",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={"one": {}, "two": {}, "three": {}, "README.md": f"{LISTING}\nRun `make listing`.\n"},
    bad={"one": {}, "two": {}, "three": {}, "four": {}, "README.md": LISTING},
)
