"""What `plain_rules.py` looks for in every text."""

import re
import unicodedata
from html.entities import html5

from ftfy.badness import is_bad

from plain.head import DEMONSTRATIONS, Findings, Task
from plain.privacy import check_privacy

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
TAG = re.compile(
    r"</?(br|p|div|span|a|b|i|u|em|strong|table|td|tr|li|ul|ol)(\s+[a-z0-9_:-]+\s*=[^<>]*|\s*)/?>",
    re.IGNORECASE | re.ASCII,
)
ENTITY = re.compile(r"&(#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]*;)")
LINK = re.compile(r"https?://")
LEFTOVER = re.compile(
    r"(?<![\w-])TODO( ?\([\w .-]{1,30}\))?:|[Ll]orem [Ii]psum\b|\[[Ii]nsert [^\[\]\n]{1,60}\]"
)
ABOUT_PROGRAMS = re.compile(r"\b(code|program|programming|software)\b", re.IGNORECASE)


def texts_of(task: Task) -> Findings:
    """Pointer and text of every text."""
    for index, row in enumerate(task["instances"]):
        yield f"/instances/{index}/input", row["input"]
        for number, output in enumerate(row["output"]):
            yield f"/instances/{index}/output/{number}", output
    for index, text in enumerate(task["definition"]):
        yield f"/definition/{index}", text
    for key in DEMONSTRATIONS:
        for index, row in enumerate(task.get(key, [])):
            for part in ("input", "output", "explanation", "suggestion"):
                if part in row:
                    yield f"/{key}/{index}/{part}", row[part]


def check_texts(task: Task) -> Findings:
    about = task.get("categories", []) + task.get("domains", []) + task["definition"]
    about_programs = any(ABOUT_PROGRAMS.search(text) for text in about)
    for pointer, text in texts_of(task):
        if "\ufffd" in text:
            yield "TXT001", pointer
        if is_bad(text):
            yield "TXT002", pointer
        if CONTROL.search(text):
            yield "TXT003", pointer
        if not unicodedata.is_normalized("NFC", text):
            yield "TXT007", pointer
        if not about_programs and LEFTOVER.search(text):
            yield "TXT008", pointer
        if pointer.startswith("/instances/"):
            if TAG.search(text):
                yield "TXT004", pointer
            if any(name[0] == "#" or name in html5 for name in ENTITY.findall(text)):
                yield "TXT005", pointer
            if pointer.endswith("/input") and LINK.search(text):
                yield "TXT006", pointer
        for code in check_privacy(text):
            yield code, pointer
