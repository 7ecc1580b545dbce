"""The card of an exported dataset: what a hub and `load_dataset` read, and what people read."""

from collections.abc import Mapping
from typing import Any

from taskschema.dataset.card.credits import credit
from taskschema.dataset.card.front_matter import describe, version
from taskschema.dataset.card.recipe import recipe
from taskschema.dataset.card.sections import count, introduce, license_terms, limit, load, warn
from taskschema.dataset.configs import Arrangement
from taskschema.dataset.summary import DatasetSummary

__all__ = ["TITLE", "card", "version"]

TITLE = "A collection of instruction tasks"
EMPTY: Mapping[str, Any] = {}


def card(
    contents: DatasetSummary,
    configs: Arrangement,
    digest: str,
    plot: str = "",
    made: Mapping[str, Any] = EMPTY,
) -> str:
    """A `README.md`: YAML front matter, then Markdown in which no task's text is markup.

    Args:
        contents: the counts and credits of the tasks.
        configs: the files of each split of each config; the one named `default` is the default.
        digest: of all the data, in hexadecimal digits; a new one makes readers load anew.
        plot: the path of a picture of the composition, relative to the card, if there is one.
        made: what the export is made with, as its manifest has it.
    """
    import yaml  # noqa: PLC0415 - only exports need it

    front = describe(TITLE, contents, configs, digest)
    head = yaml.safe_dump(front, sort_keys=False, allow_unicode=True)
    sections = (
        introduce(TITLE, contents, configs, plot) + recipe(made),
        count(contents),
        license_terms(contents),
        load(configs),
        credit(contents),
        warn(contents),
        limit(contents, configs),
    )
    return f"---\n{head}---\n\n" + "\n".join(filter(None, sections))
