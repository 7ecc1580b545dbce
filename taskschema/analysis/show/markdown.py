"""A sheet as Markdown, for the body of a pull request.

What stands in the task is code, on a line or in a block, so that it can be no markup, make no
links and mention nobody.
"""

from collections.abc import Iterator, Sequence

from taskschema.analysis.show import Sheet, SheetPassage, SheetSection
from taskschema.core.text.markdown import code, fence
from taskschema.core.text.wrapping import wrap

__all__ = ["render"]

LARGEST = 64_000
"""Bytes; GitHub takes 65,536 characters."""
MOST = 1_500  # characters of a text
LONGEST = 400  # characters of a fact
WIDTH = 96  # columns of a block
LEFT_OUT = "\nThe rest has no room here; `taskschema show` has all.\n"


def render(sheet: Sheet, checked: str = "") -> str:
    """A headline, what `check` says, a table of what is there, then the texts while there is room.

    Args:
        sheet: whose texts are cut where they are long.
        checked: a line on what the check found.
    """
    head = [f"### {code(sheet.title)}\n"]
    head += [f"\n{checked}\n"] if checked else []
    head.append("".join(_table(sheet.facts)))
    room = LARGEST - sum(map(_size, head))
    for section in sheet.shortened(MOST).sections:
        part = "".join(_section(section))
        if (room := room - _size(part)) < 0:
            head.append(LEFT_OUT)
            break
        head.append(part)
    return "".join(head)


def _size(text: str) -> int:
    return len(text.encode(errors="replace"))


def _table(facts: Sequence[SheetPassage]) -> Iterator[str]:
    if facts:
        yield "\n| | |\n| --- | --- |\n"
        for label, text in facts:
            cells = (cell.replace("|", r"\|") for cell in (_name(label), code(text, LONGEST)))
            yield f"| {' | '.join(cells)} |\n"


def _section(section: SheetSection) -> Iterator[str]:
    count = f" ({len(section.entries)})" if section.folded else ""
    is_folded = section.folded and section.entries
    title = f"{section.title}{count}"
    yield f"\n<details>\n<summary>{title}</summary>\n" if is_folded else f"\n#### {title}\n"
    if section.note:
        yield f"\n{section.note}\n"
    yield from _table(section.facts)
    for entry in section.entries:
        yield f"\n**{code(entry.title)}**\n"
        for label, text in entry.passages:
            yield f"\n{_name(label)}:\n\n" if label else "\n"
            # Blocks of code are not wrapped where they are shown.
            yield f"{fence(chr(10).join(wrap(text, WIDTH)), 'text')}\n"
    if is_folded:
        yield "\n</details>\n"


def _name(label: str) -> str:
    """A label as it is where it is one of our words, else as code."""
    return label if label.replace(" ", "").isalpha() and label.isascii() else code(label)
