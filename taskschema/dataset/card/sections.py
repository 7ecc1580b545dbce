"""The sections of a card with counts and explanations; each ends with a line break or is empty."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from taskschema.core.text.markdown import fence, inline
from taskschema.core.text.printing import several
from taskschema.dataset.data_files import DataFiles, count_rows
from taskschema.dataset.summary import MOST, UNSTATED, DatasetSummary, Listing
from taskschema.schema import languages
from taskschema.schema.licenses import class_of
from taskschema.schema.versions import NEWEST

__all__ = ["count", "introduce", "license_terms", "limit", "load", "warn"]

ATTACHMENTS = "attachments"
ROWS = {
    "default": "one row per instance; `output` lists every acceptable answer",
    "tasks": "one row per task, with its demonstrations and their explanations",
    ATTACHMENTS: "one row per attached file; install Pillow to read images",
}
VIEW_ROWS = "the records of this view"
LOADING = """from datasets import load_dataset

PATH = "this/dataset"  # or a local folder

"""
METHODS = {
    "human": "written by people",
    "programmatic": "computed by a program",
    "converted": "converted from a dataset",
    "generated": "written by a model",
    "mixed": "made in several ways",
    UNSTATED: "of unstated origin",
}


def introduce(title: str, contents: DatasetSummary, configs: DataFiles, plot: str) -> str:
    """Return the title, a chart, and the configs with their rows."""
    amount = f"{several(contents.tasks, 'task')} with {several(contents.instances, 'instance')}"
    listing = (
        (f"`{name}`", ROWS.get(name, VIEW_ROWS), f"`{split}`", f"{count_rows(files):,}")
        for name, splits in configs.items()
        for split, files in splits.items()
    )
    chart = f"![Composition of the dataset]({plot})\n\n" if plot else ""
    return (
        f"# {title}\n\n{amount}, written by taskschema in schema version {NEWEST}.\n"
        "A task is an instruction, demonstrations with explanations, and instances.\n\n"
        f"{chart}## Contents\n\n"
        f"{_table(('config', 'content', 'split', '>rows'), listing)}"
    )


def count(contents: DatasetSummary) -> str:
    """Return tasks and instances by main category, then languages and origin."""
    categories = (
        (inline(name) if name else "(none)", f"{tasks:,}", f"{instances:,}")
        for name, tasks, instances in contents.categories.rows()
    )
    tags = (
        f"{inline(languages.name_of(tag) or tag)} (`{tag}`, {several(tasks, 'task')})"
        for tag, tasks, _ in contents.languages.rows()
        if tag not in ("und", "zxx")
    )
    made = (
        f"{several(instances, 'instance')} of {several(tasks, 'task')} {METHODS[method]}"
        for method, tasks, instances in contents.methods.rows()
    )
    return (
        "## Tasks by category\n\n"
        f"{_table(('main category', '>tasks', '>instances'), categories)}"
        f"\nLanguages: {', '.join(tags) or 'none stated'}.\n"
        f"\nOrigin: {', '.join(made)}.\n"
    )


def license_terms(contents: DatasetSummary) -> str:
    """Return the licences as the tasks state them, and their classes."""
    listing = (
        (inline(name) if name else "(none stated)", class_of(name), f"{tasks:,}", f"{instances:,}")
        for name, tasks, instances in contents.licenses.rows()
    )
    classes = (
        f"{several(instances, 'instance')} {inline(name)}"
        for name, _, instances in contents.license_classes.rows()
    )
    return (
        "## Licences\n\n"
        "Each task has its own licences; a task with several counts in several rows.\n\n"
        f"{_table(('licence', 'class', '>tasks', '>instances'), listing)}"
        f"\nBy the strictest licence of a task and its sources: {', '.join(classes)}. Filter rows\n"
        "by the column `license_class`.\n"
    )


def load(configs: DataFiles) -> str:
    """Return code that loads each config and split."""
    calls = (
        f"{_variable(name, split)} = load_dataset(PATH, "
        f'{"" if name == "default" else _quoted(name)}split="{split}")\n'
        for name, splits in configs.items()
        for split in splits
    )
    code = f"{LOADING}{''.join(calls)}"
    return f"## How to load it\n\n{fence(code, 'python')}\n"


def warn(contents: DatasetSummary) -> str:
    """Return the canary strings, unchanged."""
    if not contents.canaries:
        return ""
    return (
        "## Canaries\n\n"
        "If you evaluate on this dataset, do not train on texts that contain one of these\n"
        "strings. Rows of a task with a canary have it in the column `canary`.\n\n"
        f"{fence(chr(10).join(contents.canaries))}\n{more('canaries', 'canary', contents.canaries)}"
    )


def limit(contents: DatasetSummary, configs: DataFiles) -> str:
    """Return the limits of the dataset."""
    unstated = {name: tasks for name, tasks, _ in contents.licenses.rows()}.get(UNSTATED, 0)
    about_licenses = (
        f"- {several(unstated, 'task')} of {contents.tasks:,} state no licence. Ask before you use"
        " them.\n"
        if unstated
        else ""
    )
    about_files = (
        "Attachments with only a URL are not included as files."
        if ATTACHMENTS in configs
        else "Attachments are listed, but their files are not included."
    )
    return (
        "## Limits\n\n"
        "- Licences are as contributors stated them, and their classes are not legal advice.\n"
        f"{about_licenses}"
        "- `output` lists the answers known to be correct; other answers may be correct too.\n"
        f"- {about_files}\n"
        "- Texts may name people or be offensive; this export did not filter them.\n"
    )


def more(what: str, column: str, listing: Listing[Any]) -> str:
    """Return a line that says where to find the entries that a cut list lacks."""
    if not listing.is_cut:
        return ""
    return f"\nOnly {MOST:,} {what} are listed; column `{column}` of config `tasks` has all.\n"


def _quoted(config: str) -> str:
    return f'"{config}", '


def _variable(config: str, split: str) -> str:
    name = "instances" if config == "default" else config
    name = name if split == "train" else f"{name}_{split}"
    return "".join(mark if mark.isalnum() else "_" for mark in name)


def _table(heads: Sequence[str], listing: Iterable[Sequence[str]]) -> str:
    """Return a table; a heading with a leading `>` aligns its column to the right."""
    names = (head.removeprefix(">") for head in heads)
    rules = ("---:" if head.startswith(">") else "---" for head in heads)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in _lines(names, rules, listing))


def _lines(
    names: Iterable[str], rules: Iterable[str], listing: Iterable[Sequence[str]]
) -> Iterator[Iterable[str]]:
    yield names
    yield rules
    yield from listing
