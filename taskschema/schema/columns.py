"""A read-only column view of one task, each column made when it is first asked for.

Rules and exporters read columns, not objects: a list of all inputs costs one pass in C, and what
several of them need is computed once.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from taskschema.core.syntax.json_pointers import tokens
from taskschema.core.text.normal_forms import loose_beginnings, loose_endings, normalise
from taskschema.core.text.search import Screen, Texts
from taskschema.schema.label_space import LabelSpace, label_space
from taskschema.schema.plain_rows import PlainRows, is_plain
from taskschema.schema.profiles import PROFILES, Profile

__all__ = ["Columns", "question_key"]

Row = dict[str, Any]


class Columns:
    """The columns of a task in the newest version, in the order of the file.

    Attributes:
        task: the document, as `migrate.upgrade` gives it. Do not change it.
        raw: the bytes of the file, in whichever version it is.
        path: the file.
        root: the folder that nothing of the task may leave.
        profile: the thresholds to judge by.
        split: which split of a dataset the task belongs to.
    """

    def __init__(
        self,
        task: Row,
        *,
        raw: bytes = b"",
        path: Path = Path(),
        root: Path = Path(),
        profile: Profile = PROFILES["default"],
        split: str = "train",
    ) -> None:
        self.task = task
        self.raw = raw
        self.path = path
        self.root = root
        self.profile = profile
        self.split = split

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
    def instances(self) -> Sequence[Row]:
        """The rows as they stand."""
        instances: Sequence[Row] = self.task["instances"]
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

    @property
    def was_first_version(self) -> bool:
        """Whether the file is in version 1, which has no word for licences, sources and the like.

        Told by what an upgrade keeps aside, such as the title that every such file has.
        """
        kept = self.task.get("extras", {}).get("v2")
        return isinstance(kept, dict) and "v1" in kept

    @cached_property
    def ids(self) -> list[str]:
        """The id of every instance."""
        rows = self.instances
        return rows.ids if isinstance(rows, PlainRows) else [row["id"] for row in rows]

    @cached_property
    def inputs(self) -> list[str]:
        """The input of every instance."""
        rows = self.instances
        return rows.inputs if isinstance(rows, PlainRows) else [row["input"] for row in rows]

    @cached_property
    def stripped_inputs(self) -> list[str]:
        """Every input without white space round it: the very same string where there is none."""
        return list(map(str.strip, self.inputs))

    @cached_property
    def outputs(self) -> list[list[str]]:
        """The alternatives of every instance."""
        rows = self.instances
        return rows.outputs if isinstance(rows, PlainRows) else [row["output"] for row in rows]

    @cached_property
    def distinct_outputs(self) -> frozenset[str]:
        """Every string that is an output of some instance."""
        return frozenset(chain.from_iterable(self.outputs))

    @cached_property
    def label_space(self) -> LabelSpace | None:
        """The labels that the task chooses from, declared or inferred; None for any other task."""
        return label_space(self.answer_format, self.outputs, self.distinct_outputs)

    def text_at(self, pointer: str) -> str:
        """The text that a pointer into the newest version leads to."""
        value: Any = self.task
        for token in tokens(pointer):
            value = value[token if isinstance(value, dict) else int(token)]
        return str(value)

    @cached_property
    def plain(self) -> bool:
        """Whether no instance has a context, an answer or the like."""
        return is_plain(self.instances)

    @cached_property
    def _endings(self) -> tuple[list[bytes], frozenset[bytes]]:
        endings = loose_endings(self.inputs)
        return endings, frozenset(endings)

    @cached_property
    def _by_ending(self) -> dict[bytes, list[int]]:
        indices: dict[bytes, list[int]] = defaultdict(list)
        for index, ending in enumerate(self._endings[0]):
            indices[ending].append(index)
        return indices

    @cached_property
    def normalised_groups(self) -> list[list[int]]:
        """Indices of instances that share a normalised input (and context), two or more a group."""
        endings, distinct = self._endings
        if len(distinct) == len(endings):
            return []
        groups = []
        for alike in _repeated(range(len(endings)), endings):
            # Many inputs of one form end alike, and few of those begin alike.
            for closer in _repeated(alike, loose_beginnings([self.inputs[at] for at in alike])):
                groups += _repeated(closer, [question_key(self.instances[at]) for at in closer])
        return groups

    def instances_like(self, row: Row) -> list[int]:
        """Indices of the instances that ask what a row asks: normalised input, context and all."""
        (wanted,) = loose_endings([row["input"]])
        if wanted not in self._endings[1]:
            return []
        if wanted not in self._by_question:
            alike = self._by_question[wanted] = defaultdict(list)
            for index in self._by_ending[wanted]:
                alike[question_key(self.instances[index])].append(index)
        return self._by_question[wanted].get(question_key(row), [])

    @cached_property
    def _by_question(self) -> dict[bytes, dict[tuple[str, ...], list[int]]]:
        """What the instances of one ending ask, for the endings that were asked for."""
        return {}

    @cached_property
    def texts(self) -> Texts:
        """Every input, output, definition, and text of a demonstration, to search fast."""
        return Texts(self.inputs, self.outputs, list(self._head_texts()))

    @cached_property
    def is_ascii(self) -> bool:
        """Whether none of the texts holds a character beyond ASCII."""
        return self.texts.buffer.isascii()

    def may_hold(self, *screens: Screen) -> bool:
        """Whether at least one of the screens stands in the buffer of the texts.

        False is sure: no text holds any of them. True says that it is worth looking.
        """
        return self.texts.hold(*screens)

    def found(
        self,
        pattern: re.Pattern[str],
        screens: Sequence[Screen],
        *,
        everywhere: bool = False,
    ) -> Iterator[tuple[str, "re.Match[str]"]]:
        r"""Pointer and first match of every text that a pattern is found in.

        Args:
            pattern: searched in each text by itself.
            screens: at least one of them stands in the JSON of a text wherever `pattern` is found
                in it; there a line break is `\n`, a quotation mark `\"`, a backslash `\\`. Bytes
                are fastest, a pattern on bytes is some thirty times slower.
            everywhere: look at definitions and demonstrations too, not only at instances.
        """
        for pointer, match in self.texts.found(pattern, screens):
            if everywhere or pointer.startswith("/instances/"):
                yield pointer, match

    def may_change(self, pointer: str) -> bool:
        """Whether a text can be changed by itself: no answer and no list of labels repeats it."""
        key, *path = tokens(pointer)
        if key == "definition":
            return True
        row = self.task[key][int(path[0])]
        if path[1] != "output":
            return True
        return "answer" not in row and self.text_at(pointer) not in self.answer_format.get(
            "labels", ()
        )

    def _head_texts(self) -> Iterator[tuple[str, str]]:
        """Pointer and text of the definition and of the demonstrations."""
        for index, text in enumerate(self.definition):
            yield f"/definition/{index}", text
        for key, rows in self.demonstrations.items():
            for index, row in enumerate(rows):
                for part in ("input", "output", "explanation", "suggestion"):
                    if part in row:
                        yield f"/{key}/{index}/{part}", row[part]


def _repeated(indices: Sequence[int], keys: Sequence[Hashable]) -> list[list[int]]:
    """The indices whose keys are equal, two or more a group, in the order of their first."""
    groups: dict[Hashable, list[int]] = {
        key: [] for key, count in Counter(keys).items() if count > 1
    }
    if groups:
        for index, key in zip(indices, keys, strict=True):
            if key in groups:
                groups[key].append(index)
    return list(groups.values())


def question_key(row: Row) -> tuple[str, ...]:
    """What tells two questions apart; most rows have no context and no attachments."""
    about = [repr(row[key]) for key in ("context", "attachments") if key in row]
    return (normalise(row["input"]), *about)
