"""A read-only column view of one task, each column made when it is first asked for.

Rules and exporters read columns, not objects: a list of all inputs costs one pass in C, and what
several of them need is computed once.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from taskschema.profiles import PROFILES, Profile
from taskschema.text import loose_keys, normalise

__all__ = ["Columns"]

Row = dict[str, Any]


class Columns:
    """The columns of a task in the newest version, in the order of the file.

    Attributes:
        task: the document, as `migrate.upgrade` gives it. Do not change it.
        raw: the bytes of the file, in whichever version it is.
        path: the file.
        root: the folder that nothing of the task may leave.
        profile: the thresholds to judge by.
    """

    def __init__(
        self,
        task: Row,
        *,
        raw: bytes = b"",
        path: Path = Path(),
        root: Path = Path(),
        profile: Profile = PROFILES["default"],
    ) -> None:
        self.task = task
        self.raw = raw
        self.path = path
        self.root = root
        self.profile = profile

    @property
    def name(self) -> str:
        """The identity of the task."""
        name: str = self.task["name"]
        return name

    @property
    def definition(self) -> list[str]:
        """The instruction, then its paraphrases; at least one."""
        definition: list[str] = self.task["definition"]
        return definition

    @property
    def instances(self) -> list[Row]:
        """The rows as they stand."""
        instances: list[Row] = self.task["instances"]
        return instances

    @property
    def demonstrations(self) -> dict[str, list[Row]]:
        """Positive and negative demonstrations, by the key that holds them."""
        keys = ("positive_demonstrations", "negative_demonstrations")
        return {key: self.task.get(key, []) for key in keys}

    @property
    def answer_format(self) -> Row:
        """The answer format; that of a text where the task does not say."""
        answer_format: Row = self.task.get("answer_format", {"kind": "text"})
        return answer_format

    @cached_property
    def ids(self) -> list[str]:
        """The id of every instance."""
        return [row["id"] for row in self.instances]

    @cached_property
    def inputs(self) -> list[str]:
        """The input of every instance."""
        return [row["input"] for row in self.instances]

    @cached_property
    def stripped_inputs(self) -> list[str]:
        """Every input without white space round it: the very same string where there is none."""
        return list(map(str.strip, self.inputs))

    @cached_property
    def outputs(self) -> list[list[str]]:
        """The alternatives of every instance."""
        return [row["output"] for row in self.instances]

    @cached_property
    def distinct_outputs(self) -> frozenset[str]:
        """Every string that is an output of some instance."""
        return frozenset().union(*self.outputs)

    @cached_property
    def plain(self) -> bool:
        """Whether no instance has anything but its id, its input and its output."""
        return sum(map(len, self.instances)) == 3 * len(self.instances)

    @cached_property
    def _by_loose_key(self) -> tuple[list[bytes], set[bytes]]:
        keys = loose_keys(self.inputs)
        return keys, set(keys)

    @cached_property
    def normalised_groups(self) -> list[list[int]]:
        """Indices of instances that share a normalised input (and context), two or more a group."""
        keys, distinct = self._by_loose_key
        if len(distinct) == len(keys):
            return []
        loose: dict[bytes, list[int]] = defaultdict(list)
        for index, key in enumerate(keys):
            loose[key].append(index)
        groups = []
        for candidates in loose.values():
            if len(candidates) > 1:
                exact: dict[Any, list[int]] = defaultdict(list)
                for index in candidates:
                    exact[_question(self.instances[index])].append(index)
                groups += [group for group in exact.values() if len(group) > 1]
        return groups

    def instances_like(self, row: Row) -> list[int]:
        """Indices of the instances that ask what a row asks: normalised input, context and all."""
        keys, distinct = self._by_loose_key
        (wanted,) = loose_keys([row["input"]])
        if wanted not in distinct:
            return []
        question = _question(row)
        candidates = (index for index, key in enumerate(keys) if key == wanted)
        return [index for index in candidates if _question(self.instances[index]) == question]

    def texts(self, holding: str) -> Iterator[tuple[str, str]]:
        """Pointer and text of whatever holds a character: definition, demonstrations, instances."""
        for index, text in enumerate(self.definition):
            if holding in text:
                yield f"/definition/{index}", text
        for key, rows in self.demonstrations.items():
            for index, row in enumerate(rows):
                for part in ("input", "output", "explanation", "suggestion"):
                    if holding in row.get(part, ""):
                        yield f"/{key}/{index}/{part}", row[part]
        for index, text in enumerate(self.inputs):
            if holding in text:
                yield f"/instances/{index}/input", text
        if any(holding in text for text in self.distinct_outputs):
            for index, outputs in enumerate(self.outputs):
                for place, text in enumerate(outputs):
                    if holding in text:
                        yield f"/instances/{index}/output/{place}", text


def _question(row: Row) -> tuple[str, ...]:
    """What tells two questions apart; most rows have no context and no attachments."""
    about = [repr(row[key]) for key in ("context", "attachments") if key in row]
    return (normalise(row["input"]), *about)
