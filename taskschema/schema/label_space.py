"""Whether a task chooses from labels, and on what grounds: declared, or seen in its outputs.

Most older tasks have no word for it. Their outputs are taken for labels only where little else
fits: short texts, few of them, each shared by many instances. A task that asks open questions, of
which some happen to be answered "yes" or "no", is no label task.
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

MOST_LABELS = 50  # tagging tasks have more than forty labels, an open question soon has more
INSTANCES_PER_LABEL = 50  # that is, at most one distinct output for every fifty instances
LONGEST_LABEL = 50  # characters; a sentence is an answer rather than a label
SINGLE = 0.99  # of the instances have one output; a choice has no alternatives
RECURRING = 5  # instances make an output recur; a label misspelt once or twice does not
COVERED = 0.98  # of the instances have an output that recurs


@dataclass(frozen=True, slots=True)
class LabelSpace:
    """The labels of a task and how often each is an output."""

    counts: Mapping[str, int]
    """Instances by label, the most frequent first; of a declared list, also labels without any."""
    grounds: str = ""
    """Why the outputs are taken for labels, as a sentence; empty where the task declares it."""

    @property
    def used(self) -> dict[str, int]:
        """The labels that some instance has, the most frequent first."""
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
    """The labels of a task; None where it does not choose from labels, as far as one can see.

    Args:
        answer_format: of the task; a text where the task does not say.
        outputs: the alternatives of every instance.
        distinct: every string in `outputs`, once.
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
            grounds = f"{len(outputs):,} instances share {shared}, so these are taken for labels."
            return LabelSpace(_ordered(counts), grounds)
        case _:
            return None


def _look_like_labels(outputs: Sequence[Sequence[str]], distinct: Collection[str]) -> bool:
    """Whether outputs are few, short, and one to an instance; nothing is counted yet."""
    return (
        1 < len(distinct) <= MOST_LABELS
        and len(distinct) * INSTANCES_PER_LABEL <= len(outputs)
        and all(len(text) <= LONGEST_LABEL and "\n" not in text for text in distinct)
        and list(map(len, outputs)).count(1) >= SINGLE * len(outputs)
    )


def _ordered(counts: Mapping[str, int]) -> Mapping[str, int]:
    """The most frequent first, equals in the order in which they came."""
    return MappingProxyType(dict(sorted(counts.items(), key=lambda entry: -entry[1])))
