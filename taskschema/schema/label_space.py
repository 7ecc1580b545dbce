"""Detects the closed set of labels of a task: declared, or inferred from its outputs.

Older tasks do not declare labels. Their outputs are treated as labels only if they are short, few,
and each shared by many instances. A task with open questions, of which some are answered "yes" or
"no", is not a label task.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log
from types import MappingProxyType
from typing import Any

from taskschema.core.text.printing import several

__all__ = ["LabelSpace", "label_space"]

MOST_LABELS = 50  # tagging tasks have more than 40 labels; open questions soon have more answers
INSTANCES_PER_LABEL = 50  # at most one distinct output per 50 instances
LONGEST_LABEL = 50  # characters; a longer text is an answer
SINGLE = 0.99  # share of instances with a single output
RECURRING = 5  # instances with an output, from which it recurs; misspelled labels do not
COVERED = 0.98  # share of instances with a recurring output


@dataclass(frozen=True, slots=True)
class LabelSpace:
    """The labels of a task with their frequencies."""

    counts: Mapping[str, int]
    """Number of instances by label, most frequent first; includes declared but unused labels."""
    grounds: str = ""
    """Why the outputs are treated as labels, as a sentence; empty if labels are declared."""

    @property
    def used(self) -> dict[str, int]:
        """The labels with instances, most frequent first."""
        return {label: count for label, count in self.counts.items() if count}

    @property
    def balance(self) -> float:
        """The normalised entropy of the used labels: 1 for equal shares, 0 for a single label."""
        counts = list(self.used.values())
        if len(counts) < 2:  # noqa: PLR2004 - one label is not distributed
            return 0.0
        shares = [count / sum(counts) for count in counts]
        return -sum(share * log(share) for share in shares) / log(len(shares))


def label_space(
    answer_format: Mapping[str, Any],
    outputs: Sequence[Sequence[str]],
    distinct: Collection[str],
) -> LabelSpace | None:
    """Return the labels of a task; None if it is not a label task.

    Args:
        answer_format: the answer format of the task; of kind `text` if it declares none.
        outputs: the alternatives of every instance.
        distinct: the distinct strings in `outputs`.
    """
    match answer_format["kind"]:
        case "label":
            counts = Counter(chain.from_iterable(outputs))
            labels = answer_format.get("labels", counts)
            return LabelSpace(_ordered({label: counts[label] for label in labels}))
        case "text" if _look_like_labels(outputs, distinct):
            counts = Counter(chain.from_iterable(outputs))
            recurring = sum(count for count in counts.values() if count >= RECURRING)
            if recurring < COVERED * len(outputs):
                return None
            shared = several(len(counts), "output")
            grounds = f"{len(outputs):,} instances share {shared}, which are treated as labels."
            return LabelSpace(_ordered(counts), grounds)
        case _:
            return None


def _look_like_labels(outputs: Sequence[Sequence[str]], distinct: Collection[str]) -> bool:
    """Return whether outputs are few, short and single, before anything is counted."""
    return (
        1 < len(distinct) <= MOST_LABELS
        and len(distinct) * INSTANCES_PER_LABEL <= len(outputs)
        and all(len(text) <= LONGEST_LABEL and "\n" not in text for text in distinct)
        and list(map(len, outputs)).count(1) >= SINGLE * len(outputs)
    )


def _ordered(counts: Mapping[str, int]) -> Mapping[str, int]:
    """Return the counts, most frequent first; equal counts keep their order."""
    return MappingProxyType(dict(sorted(counts.items(), key=lambda entry: -entry[1])))
