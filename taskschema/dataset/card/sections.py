"""The sections of a card that count and explain; each ends with a line break or is empty."""

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
ONE_ROW = {
    "default": "one row per instance; `output` lists every acceptable answer",
    "tasks": "one row per task, with its demonstrations and their explanations",
    ATTACHMENTS: "one row per file that tasks bring along; to read pictures, install Pillow",
}
ANOTHER = "the same tasks in another form"
LOADING = """from datasets import load_dataset

PATH = "this/dataset"  # or its folder

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
    """What the dataset is, a picture of it, and its configs with their rows."""
    amount = f"{several(contents.tasks, 'task')} with {several(contents.instances, 'instance')}"
    listing = (
        (f"`{name}`", ONE_ROW.get(name, ANOTHER), f"`{split}`", f"{count_rows(files):,}")
        for name, splits in configs.items()
        for split, files in splits.items()
    )
    picture = f"![The composition of the dataset]({plot})\n\n" if plot else ""
    return (
        f"# {title}\n\n{amount}, written by taskschema in schema version {NEWEST}.\n"
        "A task is an instruction, demonstrations of it with explanations, and instances.\n\n"
        f"{picture}## What is in it\n\n"
        f"{_table(('config', 'what it has', 'split', '>rows'), listing)}"
    )


def count(contents: DatasetSummary) -> str:
    """Tasks and instances by main category, then languages and origin."""
    categories = (
        (inline(name) if name else "(none)", f"{tasks:,}", f"{instances:,}")
        for name, tasks, instances in contents.categories.rows()
    )
    spoken = (
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
        f"\nLanguages: {', '.join(spoken) or 'none is stated'}.\n"
        f"\nOrigin: {', '.join(made)}.\n"
    )


def license_terms(contents: DatasetSummary) -> str:
    """The licences as the tasks state them, and what they allow."""
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
        "Each task has its own; a task with several counts with each of them.\n\n"
        f"{_table(('licence', 'class', '>tasks', '>instances'), listing)}"
        f"\nBy the strictest licence of a task and its sources: {', '.join(classes)}. The column\n"
        "`license_class` says it of every row, so that rows can be chosen by it.\n"
    )


def load(configs: DataFiles) -> str:
    """How each config and split is loaded."""
    calls = (
        f"{_variable(name, split)} = load_dataset(PATH, "
        f'{"" if name == "default" else _quoted(name)}split="{split}")\n'
        for name, splits in configs.items()
        for split in splits
    )
    code = f"{LOADING}{''.join(calls)}"
    return f"## How to load it\n\n{fence(code, 'python')}\n"


def warn(contents: DatasetSummary) -> str:
    """The canary strings, exactly as the tasks have them."""
    if not contents.canaries:
        return ""
    return (
        "## Canaries\n\n"
        "Do not train on texts that hold one of these strings where you mean to evaluate on this\n"
        "dataset. Every row of a task that has one carries it in the column `canary`.\n\n"
        f"{fence(chr(10).join(contents.canaries))}\n{more('canaries', 'canary', contents.canaries)}"
    )


def limit(contents: DatasetSummary, configs: DataFiles) -> str:
    """What not to expect."""
    unsaid = {name: tasks for name, tasks, _ in contents.licenses.rows()}.get(UNSTATED, 0)
    about_licenses = (
        f"- {several(unsaid, 'task')} of {contents.tasks:,} state no licence: ask before you use"
        " them.\n"
        if unsaid
        else ""
    )
    about_files = (
        "Attachments that are but an address in a task are not here as files."
        if ATTACHMENTS in configs
        else "Attachments are named, but their files are not here."
    )
    return (
        "## Limits\n\n"
        "- Licences are as contributors stated them, and their classes are no legal advice.\n"
        f"{about_licenses}"
        "- Answers are as the tasks have them: `output` lists what is known to be right, and\n"
        "  another answer may be right as well.\n"
        f"- {about_files}\n"
        "- Texts may name people or offend; they were not filtered for this export.\n"
    )


def more(what: str, column: str, listing: Listing[Any]) -> str:
    """A line that says where the rest is, if a listing has no room for all."""
    if not listing.is_cut:
        return ""
    return f"\nOnly {MOST:,} {what} are listed; `{column}` of the config `tasks` has them all.\n"


def _quoted(config: str) -> str:
    return f'"{config}", '


def _variable(config: str, split: str) -> str:
    name = "instances" if config == "default" else config
    name = name if split == "train" else f"{name}_{split}"
    return "".join(mark if mark.isalnum() else "_" for mark in name)


def _table(heads: Sequence[str], listing: Iterable[Sequence[str]]) -> str:
    """A table; the columns whose head begins with `>` are aligned to the right."""
    names = (head.removeprefix(">") for head in heads)
    rules = ("---:" if head.startswith(">") else "---" for head in heads)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in _lines(names, rules, listing))


def _lines(
    names: Iterable[str], rules: Iterable[str], listing: Iterable[Sequence[str]]
) -> Iterator[Iterable[str]]:
    yield names
    yield rules
    yield from listing
