"""An instance as a model will see it: the record of a view, and what of the task it is made of.

What of the task stands in a record is found out by asking the view again, with a mark before each
definition and each part of a demonstration: marks count as no words, so that what is drawn and cut
stays the same.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from taskschema.analysis.show import Sheet, SheetEntry, SheetPassage, SheetSection
from taskschema.core.plugin_settings import parse_setting, validate_settings
from taskschema.core.text.normal_forms import normalise
from taskschema.core.text.printing import several
from taskschema.schema.columns import Columns
from taskschema.views.shared.conversations import questions
from taskschema.views.view import Record, Task, ViewOptions, view_of

__all__ = ["options_of", "seen"]

OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{OPEN}([a-z]+)([0-9]+){CLOSE}")
KINDS = {"positive_demonstrations": "positive", "negative_demonstrations": "negative"}
NAMES = ("task", "id")
SHORT = 60  # characters of a value that takes a line
ASKING = {"few_shot": "few_shot=1", "demonstrations": "demonstrations=2", "positive": "positive=2"}
"""Settings that ask for demonstrations, with a value that gets some; the first of a view counts."""


def options_of(name: str, seed: int, given: Mapping[str, str]) -> ViewOptions:
    """The options of a view, with every setting of its type.

    Raises:
        ConfigError: there is no such view or setting, or a value does not fit.
    """
    known = view_of(name, "--view: ").settings
    read = {
        key: parse_setting(value, known[key]) if key in known else value
        for key, value in given.items()
    }
    settings = validate_settings(read, known, f"view `{name}`", "--set: ")
    return ViewOptions(seed=seed, settings=settings)


def seen(columns: Columns, index: int, name: str, options: ViewOptions) -> Sheet:
    """The records that a view makes of one instance, laid out to be read."""
    view, task = view_of(name), columns.task
    row = columns.instances[index]
    records = list(view.records(task, [index], options))
    about = [
        SheetPassage("view", f"{name}: {view.title}"),
        SheetPassage("instance", f"{index}  {row['id']}"),
    ]
    asked = [f"{key}={_line(value)}" for key, value in options.settings.items()]
    asked += [f"seed {options.seed}"] if options.seed else []
    if asked:
        about.append(SheetPassage("asked for", ", ".join(asked)))
    marked = list(view.records(_marked(task, row), [index], options))
    about += _made_of(task, row, _strings(marked))
    if not any(kind in KINDS.values() for kind, _ in MARK.findall(" ".join(_strings(marked)))):
        about.append(_hint(task, [how for key, how in ASKING.items() if key in view.settings]))
    several_ = len(records) > 1
    sections = [
        _section(record, f"Record {number} of {len(records)}" if several_ else "Record")
        for number, record in enumerate(records, start=1)
    ]
    return Sheet(columns.name, about, sections)


def _marked(task: Task, instance: Record) -> Task:
    """The task with a mark before each text that could stand in a record."""
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


def _made_of(task: Task, row: Record, texts: Sequence[str]) -> Iterator[SheetPassage]:
    """What the definition and the demonstrations contribute."""
    found: dict[str, set[int]] = {}
    for kind, number in MARK.findall(" ".join(texts)):
        found.setdefault(kind, set()).add(int(number))
    told = [task["definition"][number] for number in sorted(found.get("definition", ()))]
    which = _numbers(found.get("definition", set()))
    if told:
        words = several(sum(len(text.split()) for text in told), "word")
        yield SheetPassage("definition", f"number {which} of {len(task['definition'])}, {words}")
    elif isinstance(row.get("extras", {}).get("instruction"), str):
        yield SheetPassage("definition", "none: the instance has an instruction of its own")
    else:
        yield SheetPassage("definition", "none of it")
    parts = [
        f"{kind} number {_numbers(found[kind])} of {len(task[key])}"
        for key, kind in KINDS.items()
        if kind in found
    ]
    why = "with explanations" if "explanation" in found else "without explanations"
    if parts:
        yield SheetPassage("demonstrations", f"{'; '.join(parts)}; {why}")


def _hint(task: Task, asking: Sequence[str]) -> SheetPassage:
    there = sum(len(task.get(key, ())) for key in KINDS)
    how = f"; --set {asking[0]} asks for some" if asking and there else ""
    return SheetPassage("demonstrations", f"none of {there}{how}")


def _numbers(numbers: set[int]) -> str:
    return " and ".join(map(str, sorted(numbers)))


def _section(record: Record, title: str) -> SheetSection:
    facts = [SheetPassage(key, _line(value)) for key, value in record.items() if _is_short(value)]
    entries = [
        SheetEntry(key, [*_parts(value)]) for key, value in record.items() if not _is_short(value)
    ]
    texts = [*_strings([value for key, value in record.items() if key not in NAMES])]
    words = sum(len(text.split()) for text in texts)
    length = f"{several(words, 'word')}, {several(sum(map(len, texts)), 'character')} in all"
    return SheetSection(
        title=title, facts=[*facts, SheetPassage("length", length)], entries=entries
    )


def _is_short(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= SHORT and "\n" not in value
    return not isinstance(value, (list, dict)) or not value


def _line(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _parts(value: Any) -> Iterator[SheetPassage]:
    """A value in passages: a turn by its role, a part by its key or number."""
    if isinstance(value, dict):
        yield from (SheetPassage(key, _line(part)) for key, part in value.items())
    elif isinstance(value, list):
        for number, part in enumerate(value):
            is_turn = isinstance(part, dict) and set(part) == {"role", "content"}
            yield (
                SheetPassage(part["role"], part["content"])
                if is_turn
                else SheetPassage(str(number), _line(part))
            )
    else:
        yield SheetPassage("", _line(value))


def _strings(value: Any) -> list[str]:
    """Every text in a value, in order."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [text for part in value for text in _strings(part)] if isinstance(value, list) else []
