"""A lazy, read-only column view of one task.

Rules and exporters read columns instead of objects. A column such as the list of all inputs takes
one pass in C, is computed on first use, and is shared by all rules.
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
from taskschema.schema.label_space import LabelSpace, label_space
from taskschema.schema.plain_rows import PlainRows, is_plain
from taskschema.schema.profiles import PROFILES, Profile
from taskschema.schema.text_search import Screen, Texts

__all__ = ["Columns", "question_key"]

Row = dict[str, Any]


class Columns:
    """The columns of a task in the newest version, in the order of the file.

    Attributes:
        task: the document, as returned by `migrate.upgrade`. Do not modify it.
        raw: the bytes of the file, in its own version.
        path: the path of the file.
        root: the folder that attachment paths must not leave.
        profile: the thresholds of the collection.
        split: the dataset split of the task.
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
        """The name of the task."""
        name: str = self.task["name"]
        return name

    @property
    def definition(self) -> list[str]:
        """The instruction, then its paraphrases; at least one."""
        definition: list[str] = self.task["definition"]
        return definition

    @property
    def instances(self) -> Sequence[Row]:
        """The rows of the task, as in the document."""
        instances: Sequence[Row] = self.task["instances"]
        return instances

    @property
    def demonstrations(self) -> dict[str, list[Row]]:
        """Positive and negative demonstrations, by their key in the document."""
        keys = ("positive_demonstrations", "negative_demonstrations")
        return {key: self.task.get(key, []) for key in keys}

    @property
    def answer_format(self) -> Row:
        """The answer format; of kind `text` if the task declares none."""
        answer_format: Row = self.task.get("answer_format", {"kind": "text"})
        return answer_format

    @property
    def was_first_version(self) -> bool:
        """Whether the file is in version 1, which has no fields for licences, sources and so on.

        It is recognized by data that an upgrade keeps, such as the title that all such files have.
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
        """Every input without surrounding white space; the same object if it has none."""
        return list(map(str.strip, self.inputs))

    @cached_property
    def outputs(self) -> list[list[str]]:
        """The alternatives of every instance."""
        rows = self.instances
        return rows.outputs if isinstance(rows, PlainRows) else [row["output"] for row in rows]

    @cached_property
    def distinct_outputs(self) -> frozenset[str]:
        """All distinct output strings."""
        return frozenset(chain.from_iterable(self.outputs))

    @cached_property
    def label_space(self) -> LabelSpace | None:
        """The labels of a classification task, declared or inferred; None for other tasks."""
        return label_space(self.answer_format, self.outputs, self.distinct_outputs)

    def text_at(self, pointer: str) -> str:
        """Return the text at a pointer into the newest version."""
        value: Any = self.task
        for token in tokens(pointer):
            value = value[token if isinstance(value, dict) else int(token)]
        return str(value)

    @cached_property
    def plain(self) -> bool:
        """Whether instances have only `id`, `input` and `output`."""
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
        """Indices of instances with equal normalised input and context, two or more per group."""
        endings, distinct = self._endings
        if len(distinct) == len(endings):
            return []
        groups = []
        for alike in _repeated(range(len(endings)), endings):
            # Inputs made from a template often have the same ending, but few the same start too.
            for closer in _repeated(alike, loose_beginnings([self.inputs[at] for at in alike])):
                groups += _repeated(closer, [question_key(self.instances[at]) for at in closer])
        return groups

    def instances_like(self, row: Row) -> list[int]:
        """Return the indices of instances with the normalised input, context and so on of a row."""
        (ending,) = loose_endings([row["input"]])
        if ending not in self._endings[1]:
            return []
        if ending not in self._by_question:
            alike = self._by_question[ending] = defaultdict(list)
            for index in self._by_ending[ending]:
                alike[question_key(self.instances[index])].append(index)
        return self._by_question[ending].get(question_key(row), [])

    @cached_property
    def _by_question(self) -> dict[bytes, dict[tuple[str, ...], list[int]]]:
        """Indices by question key, for each ending that was looked up."""
        return {}

    @cached_property
    def texts(self) -> Texts:
        """All inputs, outputs, definitions and texts of demonstrations, for fast search."""
        return Texts(self.inputs, self.outputs, list(self._head_texts()))

    @cached_property
    def is_ascii(self) -> bool:
        """Whether all texts are ASCII."""
        return self.texts.buffer.isascii()

    def may_hold(self, *screens: Screen) -> bool:
        """Return whether at least one of the screens has a hit in the buffer of the texts.

        False is certain: no text contains any of them. True means that a search is worthwhile.
        """
        return self.texts.hold(*screens)

    def found(
        self,
        pattern: re.Pattern[str],
        screens: Sequence[Screen],
        *,
        everywhere: bool = False,
    ) -> Iterator[tuple[str, "re.Match[str]"]]:
        r"""Yield the pointer and the first match of every text that matches a pattern.

        Args:
            pattern: searched in each text separately.
            screens: the JSON of every text that `pattern` matches contains at least one of them;
                in JSON, a line break is `\n`, a quotation mark `\"`, a backslash `\\`. Bytes are
                fastest; a pattern on bytes is about thirty times slower.
            everywhere: also search definitions and demonstrations, not only instances.
        """
        for pointer, match in self.texts.found(pattern, screens):
            if everywhere or pointer.startswith("/instances/"):
                yield pointer, match

    def may_change(self, pointer: str) -> bool:
        """Return whether a text can be changed alone: no `answer` and no label list repeats it."""
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
        """Yield pointer and text of the definitions and the demonstrations."""
        for index, text in enumerate(self.definition):
            yield f"/definition/{index}", text
        for key, rows in self.demonstrations.items():
            for index, row in enumerate(rows):
                for part in ("input", "output", "explanation", "suggestion"):
                    if part in row:
                        yield f"/{key}/{index}/{part}", row[part]


def _repeated(indices: Sequence[int], keys: Sequence[Hashable]) -> list[list[int]]:
    """Group the indices with equal keys, two or more per group, in order of their first index."""
    groups: dict[Hashable, list[int]] = {
        key: [] for key, count in Counter(keys).items() if count > 1
    }
    if groups:
        for index, key in zip(indices, keys, strict=True):
            if key in groups:
                groups[key].append(index)
    return list(groups.values())


def question_key(row: Row) -> tuple[str, ...]:
    """Return the identity of a row's question: normalised input, context and attachments."""
    about = [repr(row[key]) for key in ("context", "attachments") if key in row]
    return (normalise(row["input"]), *about)
