"""Page of an instance as a model sees it: the records of a view, and their parts of the task.

To find those parts, the view runs a second time on a task with a marker before each definition and
each part of a demonstration. Markers do not count as words, so draws and cuts stay the same.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from taskschema.analysis.show.page import LabeledText, PageEntry, PageSection, TaskPage
from taskschema.core.plugin_settings import fitting, meant
from taskschema.core.text.normal_forms import normalise
from taskschema.core.text.printing import several
from taskschema.schema.columns import Columns
from taskschema.views.shared.conversations import questions
from taskschema.views.view import Record, Task, ViewOptions, view_of

__all__ = ["view_options", "view_page"]

OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{OPEN}([a-z]+)([0-9]+){CLOSE}")
KINDS = {"positive_demonstrations": "positive", "negative_demonstrations": "negative"}
NAMES = ("task", "id")
SHORT = 60  # characters of a value that is shown on one line
DEMONSTRATION_SETTINGS = {
    "few_shot": "few_shot=1",
    "demonstrations": "demonstrations=2",
    "positive": "positive=2",
}
"""Settings of views that request demonstrations, with an example value each."""


def view_options(name: str, seed: int, given: Mapping[str, str]) -> ViewOptions:
    """Return the options of a view, with each setting converted to its type.

    Raises:
        ConfigError: the view or a setting does not exist, or a value is invalid.
    """
    known = view_of(name, "--view: ").settings
    read = {
        key: meant(value, known[key]) if key in known else value for key, value in given.items()
    }
    settings = fitting(read, known, f"view `{name}`", "--set: ")
    return ViewOptions(seed=seed, settings=settings)


def view_page(columns: Columns, index: int, name: str, options: ViewOptions) -> TaskPage:
    """Return the page of the records that a view makes of one instance."""
    view, task = view_of(name), columns.task
    row = columns.instances[index]
    records = list(view.records(task, [index], options))
    about = [
        LabeledText("view", f"{name}: {view.title}"),
        LabeledText("instance", f"{index}  {row['id']}"),
    ]
    settings = [f"{key}={_line(value)}" for key, value in options.settings.items()]
    settings += [f"seed {options.seed}"] if options.seed else []
    if settings:
        about.append(LabeledText("settings", ", ".join(settings)))
    marked = list(view.records(_marked(task, row), [index], options))
    about += _made_of(task, row, _strings(marked))
    if not any(kind in KINDS.values() for kind, _ in MARK.findall(" ".join(_strings(marked)))):
        known = [one for key, one in DEMONSTRATION_SETTINGS.items() if key in view.settings]
        about.append(_no_demonstrations(task, known))
    has_several = len(records) > 1
    sections = [
        _section(record, f"Record {number} of {len(records)}" if has_several else "Record")
        for number, record in enumerate(records, start=1)
    ]
    return TaskPage(columns.name, about, sections)


def _marked(task: Task, instance: Record) -> Task:
    """Return the task with a marker before each text that a record may contain."""
    own = questions(task, instance)
    marked = {**task, "definition": [*_each("definition", task["definition"])]}
    for key, kind in KINDS.items():
        marked[key] = [
            row if normalise(row["input"]) in own else _marked_row(row, kind, number)
            for number, row in enumerate(task.get(key, ()))
        ]
    return marked


def _each(kind: str, texts: Sequence[str]) -> Iterator[str]:
    for number, text in enumerate(texts):
        yield f"{OPEN}{kind}{number}{CLOSE}{text}"


def _marked_row(row: Record, kind: str, number: int) -> Record:
    kinds = {"input": kind, "output": kind, "explanation": "explanation"}
    marks = {
        key: f"{OPEN}{word}{number}{CLOSE}{row[key]}"
        for key, word in kinds.items()
        if row.get(key, "").strip()
    }
    return {**row, **marks}


def _made_of(task: Task, row: Record, texts: Sequence[str]) -> Iterator[LabeledText]:
    """Yield the definitions and demonstrations that the records contain."""
    found: dict[str, set[int]] = {}
    for kind, number in MARK.findall(" ".join(texts)):
        found.setdefault(kind, set()).add(int(number))
    used = [task["definition"][number] for number in sorted(found.get("definition", ()))]
    which = _numbers(found.get("definition", set()))
    if used:
        words = several(sum(len(text.split()) for text in used), "word")
        yield LabeledText("definition", f"number {which} of {len(task['definition'])}, {words}")
    elif isinstance(row.get("extras", {}).get("instruction"), str):
        yield LabeledText("definition", "none: the instance has its own instruction")
    else:
        yield LabeledText("definition", "none")
    parts = [
        f"{kind} number {_numbers(found[kind])} of {len(task[key])}"
        for key, kind in KINDS.items()
        if kind in found
    ]
    explained = "with explanations" if "explanation" in found else "without explanations"
    if parts:
        yield LabeledText("demonstrations", f"{'; '.join(parts)}; {explained}")


def _no_demonstrations(task: Task, settings: Sequence[str]) -> LabeledText:
    total = sum(len(task.get(key, ())) for key in KINDS)
    hint = f"; use --set {settings[0]} to add some" if settings and total else ""
    return LabeledText("demonstrations", f"none of {total}{hint}")


def _numbers(numbers: set[int]) -> str:
    return " and ".join(map(str, sorted(numbers)))


def _section(record: Record, title: str) -> PageSection:
    facts = [LabeledText(key, _line(value)) for key, value in record.items() if _is_short(value)]
    entries = [
        PageEntry(key, [*_parts(value)]) for key, value in record.items() if not _is_short(value)
    ]
    texts = [*_strings([value for key, value in record.items() if key not in NAMES])]
    words = sum(len(text.split()) for text in texts)
    length = f"{several(words, 'word')}, {several(sum(map(len, texts)), 'character')} in total"
    return PageSection(title=title, facts=[*facts, LabeledText("length", length)], entries=entries)


def _is_short(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= SHORT and "\n" not in value
    return not isinstance(value, (list, dict)) or not value


def _line(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _parts(value: Any) -> Iterator[LabeledText]:
    """Yield the parts of a value: turns by role, other parts by key or number."""
    if isinstance(value, dict):
        yield from (LabeledText(key, _line(part)) for key, part in value.items())
    elif isinstance(value, list):
        for number, part in enumerate(value):
            is_turn = isinstance(part, dict) and set(part) == {"role", "content"}
            yield (
                LabeledText(part["role"], part["content"])
                if is_turn
                else LabeledText(str(number), _line(part))
            )
    else:
        yield LabeledText("", _line(value))


def _strings(value: Any) -> list[str]:
    """Return all texts in a value, in order."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [text for part in value for text in _strings(part)] if isinstance(value, list) else []
