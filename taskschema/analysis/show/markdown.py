"""Renders a page as Markdown, for the body of a pull request.

All text from the task is code, inline or in a block, so that no markup, link or mention in it takes
effect.
"""

from collections.abc import Iterator, Sequence

from taskschema.analysis.show.page import LabeledText, PageSection, TaskPage
from taskschema.core.text.markdown import code, fence
from taskschema.core.text.wrapping import wrap

__all__ = ["render"]

LARGEST = 64_000
"""Bytes; GitHub allows 65,536 characters."""
MOST = 1_500  # characters of a text
LONGEST = 400  # characters of a fact
WIDTH = 96  # columns of a block
TOO_LONG = "\nThe rest does not fit here; run `taskschema show` to see it.\n"


def render(page: TaskPage, findings: str = "") -> str:
    """Return a heading, the findings, a table of facts, and the sections that fit.

    Args:
        page: the page; long texts are cut.
        findings: a line with the result of `check`.
    """
    parts = [f"### {code(page.title)}\n"]
    parts += [f"\n{findings}\n"] if findings else []
    parts.append("".join(_table(page.facts)))
    room = LARGEST - sum(map(_size, parts))
    for section in page.shortened(MOST).sections:
        part = "".join(_section(section))
        if (room := room - _size(part)) < 0:
            parts.append(TOO_LONG)
            break
        parts.append(part)
    return "".join(parts)


def _size(text: str) -> int:
    return len(text.encode(errors="replace"))


def _table(facts: Sequence[LabeledText]) -> Iterator[str]:
    if facts:
        yield "\n| | |\n| --- | --- |\n"
        for label, text in facts:
            cells = (cell.replace("|", r"\|") for cell in (_name(label), code(text, LONGEST)))
            yield f"| {' | '.join(cells)} |\n"


def _section(section: PageSection) -> Iterator[str]:
    count = f" ({len(section.entries)})" if section.folded else ""
    is_folded = section.folded and section.entries
    title = f"{section.title}{count}"
    yield f"\n<details>\n<summary>{title}</summary>\n" if is_folded else f"\n#### {title}\n"
    if section.note:
        yield f"\n{section.note}\n"
    yield from _table(section.facts)
    for entry in section.entries:
        yield f"\n**{code(entry.title)}**\n"
        for label, text in entry.texts:
            yield f"\n{_name(label)}:\n\n" if label else "\n"
            # Code blocks are not wrapped by the reader's browser.
            yield f"{fence(chr(10).join(wrap(text, WIDTH)), 'text')}\n"
    if is_folded:
        yield "\n</details>\n"


def _name(label: str) -> str:
    """Return one of our labels as plain text, and any other label as code."""
    return label if label.replace(" ", "").isalpha() and label.isascii() else code(label)
