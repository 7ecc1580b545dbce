"""The request for an export: what to write, where, and with which options."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from pathlib import Path
from typing import Any

from taskschema.dataset.filters import Filters
from taskschema.views.view import Tokenizer

__all__ = ["ExportRequest"]


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What a user asks of one export; `plan_export` validates it."""

    kind: str
    """The name of an exporter."""
    out: Path
    """A folder that does not exist, is empty, or holds an earlier export, which is replaced."""
    _: KW_ONLY
    views: tuple[str, ...] = ()
    """Names of views; without any, the default of the exporter."""
    seed: int = 0
    """The seed of every random choice of a view."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Settings of the views and the exporter, by name; `VIEW.NAME` sets one view of several."""
    tokenizer: Tokenizer | None = None
    """For views that count or cut tokens; None counts words between white space."""
    track: str | None = None
    """The folder of split lists; None takes `default` if it exists."""
    splits: tuple[str, ...] = ()
    """The splits to write; without any, all."""
    evaluation_split: bool = False
    """Whether to write the evaluation instances of tasks as a split of their own."""
    filters: Filters = field(default_factory=Filters)
    """Which tasks to write, and at most how many instances of each."""
    shard_size: int = 500_000_000
    """The approximate size of a data file in bytes; a larger table gets several files."""
