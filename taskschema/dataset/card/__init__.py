"""The card of an exported dataset, `README.md`: metadata for programs, then text for people."""

from taskschema.dataset.card.credits import credit
from taskschema.dataset.card.front_matter import describe, version
from taskschema.dataset.card.sections import count, introduce, license_terms, limit, load, warn
from taskschema.dataset.data_files import DataFiles
from taskschema.dataset.summary import DatasetSummary

__all__ = ["TITLE", "card", "version"]

TITLE = "A collection of instruction tasks"


def card(
    contents: DatasetSummary,
    files: DataFiles,
    digest: str,
    plot: str = "",
    note: str = "",
) -> str:
    """Return YAML front matter and Markdown, in which the texts of tasks are escaped.

    Args:
        contents: the counts and credits of the tasks.
        files: the data files by config and split; the config `default` is the default.
        digest: the hexadecimal digest of all data; a new one makes `datasets` read them again.
        plot: the path of a chart of the composition, relative to the card; empty for none.
        note: Markdown to append to the introduction.
    """
    import yaml  # noqa: PLC0415 - only exports need it

    front = describe(TITLE, contents, files, digest)
    head = yaml.safe_dump(front, sort_keys=False, allow_unicode=True)
    sections = (
        introduce(TITLE, contents, files, plot) + note,
        count(contents),
        license_terms(contents),
        load(files),
        credit(contents),
        warn(contents),
        limit(contents, files),
    )
    return f"---\n{head}---\n\n" + "\n".join(filter(None, sections))
