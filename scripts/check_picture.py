"""Draw the terminal pictures of the README from the output of a real `taskschema check`.

    python scripts/check_picture.py [--check]

It writes `docs/check-light.svg` and `docs/check-dark.svg`. With --check it writes nothing, names
the stale files and exits with 1 if there are any. The same package gives the same bytes.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from taskschema.core.package import FOLDER
from taskschema.rules.smallest_task import write_task

__all__ = ["PICTURES", "main", "picture"]

ROOT = Path(__file__).resolve().parents[1]
COMMAND = ("check", "tasks")

# The task has one error of each kind; its other rows are clean.
REVIEWS = (
    ("A warm, funny film.", "positive"),
    ("Two hours that I want back.", "negative"),
    ("The jokes are older than the cast.", "negative"),
    ("I left before the end.", "negtive"),
    ("Every scene surprises. ", "positive"),
    ("A warm, funny film.", "positive"),
)
TASK = {
    "definition": ["Is this film review positive or negative? Answer with one word."],
    "answer_format": {"kind": "label", "labels": ["positive", "negative"]},
    "positive_demonstrations": [
        {"input": "A delight.", "output": "positive", "explanation": "Delight is praise."},
        {"input": "Dull.", "output": "negative", "explanation": "Dull is a complaint."},
    ],
    "negative_demonstrations": [
        {"input": "A delight.", "output": "good", "explanation": "The word must be a label."}
    ],
    "instances": [
        {"id": f"review-{number}", "input": text, "output": [label]}
        for number, (text, label) in enumerate(REVIEWS, 1)
    ],
}

COLUMNS = 100
HANGING = 4  # spaces before the rest of a line that is wrapped
# Lengths in pixels. A character is 0.6 em wide in the usual fonts; `textLength` holds it to that.
SIZE, LINE, MARGIN, BAR = 13, 19, 18, 34
ADVANCE = 7.8
FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
ESCAPE = re.compile(r"\x1b\[([\d;]*)m")
WORDS = re.compile(r"\S+(?: \S+)*")
BUTTONS = ("#ff5f57", "#febc2e", "#28c840")


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one picture; each text colour has a contrast of 4.5:1 or more."""

    page: str
    bar: str
    edge: str
    text: str
    shades: dict[str, str]
    """By the parameters of an escape sequence."""


THEMES = {
    "light": Theme(
        page="#ffffff",
        bar="#f0f2f5",
        edge="#d0d7de",
        text="#1f2328",
        shades={"1": "#1f2328", "1;31": "#c4222b", "1;33": "#875200"},
    ),
    "dark": Theme(
        page="#0d1117",
        bar="#161b22",
        edge="#3d444d",
        text="#d7dde4",
        shades={"1": "#ffffff", "1;31": "#ff7b72", "1;33": "#e3b341"},
    ),
}
PICTURES = {f"docs/check-{name}.svg": theme for name, theme in THEMES.items()}


class Run(NamedTuple):
    """Characters with the same colour; the style is empty for plain text."""

    style: str
    text: str


def picture(target: Path) -> str:
    """Return the SVG of one of `PICTURES`, named by its path in `docs`."""
    theme = PICTURES[f"docs/{target.name}"]
    rows = [row for line in terminal_output() for row in wrapped(line)]
    width = round(2 * MARGIN + COLUMNS * ADVANCE)
    height = BAR + 2 * MARGIN + LINE * (len(rows) - 1) + SIZE
    return "".join(f"{line}\n" for line in _svg(rows, theme, width, height))


@cache
def terminal_output() -> tuple[list[Run], ...]:
    """Run `taskschema check` on the faulty task; return the prompt and the lines that it prints."""
    with TemporaryDirectory() as folder:
        write_task(Path(folder) / COMMAND[-1], "film_review", TASK)
        done = subprocess.run(
            [sys.executable, "-m", "taskschema", *COMMAND, "--no-cache"],
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(FOLDER.parent), "FORCE_COLOR": "1"},
        )
    if done.returncode != 1 or done.stderr:
        raise RuntimeError(f"taskschema check exited with {done.returncode}: {done.stderr.strip()}")
    prompt = [Run("1", "$ "), Run("1", " ".join(("taskschema", *COMMAND)))]
    return (prompt, *(_runs(line) for line in done.stdout.splitlines()))


def _runs(line: str) -> list[Run]:
    """Split a line at its escape sequences."""
    first, *rest = ESCAPE.split(line)
    pairs = zip(("", *rest[::2]), (first, *rest[1::2]), strict=True)
    return [Run("" if style == "0" else style, text) for style, text in pairs if text]


def wrapped(line: list[Run]) -> Iterator[list[Run]]:
    """Yield the rows of a line: each fits the window and ends at a space."""
    letters = [(run.style, letter) for run in line for letter in run.text]
    while len(letters) > COLUMNS:
        spaces = (at for at in range(COLUMNS, HANGING, -1) if letters[at][1] == " ")
        end = next(spaces, COLUMNS)
        yield _joined(letters[:end])
        rest = letters[end + 1 :] if letters[end][1] == " " else letters[end:]
        letters = [("", " ")] * HANGING + rest
    yield _joined(letters)


def _joined(letters: list[tuple[str, str]]) -> list[Run]:
    runs: list[Run] = []
    for style, letter in letters:
        if runs and runs[-1].style == style:
            runs[-1] = Run(style, runs[-1].text + letter)
        else:
            runs.append(Run(style, letter))
    return runs


def _svg(rows: list[list[Run]], theme: Theme, width: int, height: int) -> Iterator[str]:
    middle = BAR // 2
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" role="img" aria-labelledby="title">'
    )
    yield f'<title id="title">Output of {" ".join(("taskschema", *COMMAND))} in a terminal</title>'
    yield (
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8"'
        f' fill="{theme.page}" stroke="{theme.edge}"/>'
    )
    yield f'<path d="M1 {BAR}V8.5A7.5 7.5 0 0 1 8.5 1H{width - 8.5}a7.5 7.5 0 0 1 7.5 7.5V{BAR}z"'
    yield f' fill="{theme.bar}"/>'
    yield f'<path d="M1 {BAR}.5H{width - 1}" stroke="{theme.edge}"/>'
    for place, color in enumerate(BUTTONS):
        yield f'<circle cx="{MARGIN + 2 + 18 * place}" cy="{middle}" r="5.5" fill="{color}"/>'
    yield f'<g font-family="{FONT}" font-size="{SIZE}" fill="{theme.text}">'
    for number, row in enumerate(rows):
        column = 0
        y = BAR + MARGIN + SIZE - 2 + LINE * number
        for run in row:
            # Browsers collapse spaces, so text after several spaces is placed by its column.
            for part in WORDS.finditer(run.text):
                yield _text(part[0], run.style, theme, column + part.start(), y)
            column += len(run.text)
    yield "</g>"
    yield "</svg>"


def _text(text: str, style: str, theme: Theme, column: int, y: int) -> str:
    x, length = MARGIN + ADVANCE * column, ADVANCE * len(text)
    paint = f' fill="{theme.shades[style]}" font-weight="bold"' if style else ""
    return (
        f'<text x="{x:.1f}" y="{y}" textLength="{length:.1f}" lengthAdjust="spacingAndGlyphs"'
        f"{paint}>{escape(text, quote=False)}</text>"
    )


def main() -> int:
    """Write or compare the pictures; return 1 if --check finds a stale one."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing, name the stale files")
    check: bool = parser.parse_args().check
    stale = 0
    for name in PICTURES:
        target = ROOT / name
        content = picture(target).encode()
        if target.is_file() and target.read_bytes() == content:
            continue
        stale += 1
        print(f"{'stale' if check else 'wrote'}: {name}")
        if not check:
            target.write_bytes(content)
    return int(check and stale > 0)


if __name__ == "__main__":
    sys.exit(main())
