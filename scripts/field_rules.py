"""Finds the fields that each rule reports by running the rules, for the page of the fields.

Each rule runs on its own bad example. If it reports a text, that text
is then put into every other text field, to see whether the rule reports it there too.
"""

import copy
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from taskschema.rules.collection_context import CollectionContext
from taskschema.rules.registry import rules_of
from taskschema.rules.rule import CollectionRule, Rule, TaskRule
from taskschema.rules.smallest_task import smallest_task
from taskschema.rules.task_digest import digest
from taskschema.schema.columns import Columns
from taskschema.schema.docs import field_of

__all__ = ["rules_by_field"]

Row = dict[str, Any]


def rules_by_field() -> dict[str, list[Rule]]:
    """By the path of a field, the rules on tasks and collections that speak there, by code."""
    found: dict[str, dict[str, Rule]] = defaultdict(dict)
    for rule in rules_of(TaskRule):
        for pointer in _pointers(rule):
            found[field_of(pointer)][rule.code] = rule
    for together in rules_of(CollectionRule):
        for pointer in _pointers_together(together):
            found[field_of(pointer)][together.code] = together
    return {path: [rules[code] for code in sorted(rules)] for path, rules in found.items() if path}


def _pointers(rule: TaskRule) -> Iterator[str]:
    bad = _task("smallest", rule.bad)
    spoken = _spoken(rule, bad)
    yield from spoken
    yield from _spoken(rule, _swapped(bad))
    texts = {value for pointer in spoken if isinstance(value := _at(bad, pointer), str)}
    for text in sorted(texts):
        for pointer in _texts():
            tried = _task("smallest", {})
            if not _put(tried, pointer, text):
                continue
            yield from (one for one in _spoken(rule, tried) if one == pointer)


def _swapped(task: Row) -> Row:
    """The task with its positive demonstrations as negative ones, and the other way round."""
    keys = ("positive_demonstrations", "negative_demonstrations")
    other = {
        key: task[kind] for key, kind in zip(keys, reversed(keys), strict=True) if kind in task
    }
    return {key: value for key, value in task.items() if key not in keys} | other


def _texts() -> tuple[str, ...]:
    """Where a task has texts that are free: one pointer for each field."""
    rows = ("positive_demonstrations", "negative_demonstrations")
    parts = ("input", "output", "explanation", "suggestion")
    terms = ("categories", "domains", "reasoning")
    languages = ("instruction", "input", "output")
    return (
        *(f"/{key}/0" for key in terms),
        *(f"/languages/{key}/0" for key in languages),
        *("/summary", "/description", "/definition/0"),
        *("/instances/0/input", "/instances/0/output/0"),
        *("/instances/0/context/0/content",),
        *(f"/{row}/0/{part}" for row in rows for part in parts),
    )


def _spoken(rule: TaskRule, task: Row) -> list[str]:
    raw = json.dumps(task, ensure_ascii=False).encode("utf-8", "surrogatepass")
    columns = Columns(task, raw=raw, path=Path("smallest.json"))
    return [violation.pointer for violation in rule.check(columns)]


def _pointers_together(rule: CollectionRule) -> Iterator[str]:
    entries = tuple(
        digest(Columns(_task(Path(stem).name, overlay), path=Path(f"{stem}.json")))
        for stem, overlay in rule.bad.items()
        if not isinstance(overlay, str)
    )
    for _, violation in rule.check(CollectionContext(tasks=entries)):
        if violation.pointer.startswith("/"):
            yield violation.pointer


def _task(name: str, overlay: Mapping[str, Any]) -> Row:
    """A task without a fault, and what is laid over it, which may be changed."""
    return copy.deepcopy(smallest_task(name, overlay))


def _at(task: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        try:
            task = task[int(key)] if isinstance(task, list) else task[key]
        except (IndexError, KeyError, TypeError, ValueError):
            return None
    return task


def _put(task: Row, pointer: str, text: str) -> bool:
    """Whether the text was not there before; what is missing on the way is made."""
    *way, last = pointer.split("/")[1:]
    node: Any = task
    for part, following in pairwise([*way, last]):
        inner: Any = [] if following.isdigit() else {}
        if isinstance(node, list):
            if not node:
                node.append(inner)
            node = node[0]
        else:
            node = node.setdefault(part, inner)
    if isinstance(node, list):
        node[:1] = [text]
        return True
    before = node.get(last)
    node[last] = text
    return bool(before != text)
