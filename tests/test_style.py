"""Messages, docstrings, comments and documents use plain technical English."""

import re
from collections.abc import Iterator

import pytest
from support.checkout import ROOT

# Each phrase, as a pattern of words, with what to write instead. A phrase is listed only if no
# plain sentence about this project needs it.
INSTEAD = {
    "mend(?:s|ed|ing)?": "fix, fixed",
    "the cure": "how to fix it",
    "tells? of": "report, list, print, warn",
    "told of": "gets, is reported",
    "is told": "gets, receives",
    "of one's own": "own, separate, or nothing",
    "what is left": "the rest, remaining",
    "what is to be": "name the thing",
    "what is said": "text, message",
    "whoever": "the user who, or name the caller",
    "those who": "users, contributors, or name the group",
    "as (?:it stands|they stand)": "unchanged",
    "stands? in(?! for)": "is in, are in",
    "(?:lies?|stands?) beside": "is next to",
    "taken for": "treated as",
    "looked at": "checked, scanned, validated",
    "likewise": "also, or nothing",
    "anew": "again",
}
# A phrase may go on in the next line of a paragraph, a comment or a message in several strings.
GAP = r"""(?:\s|\#|["']\s*[rf]?["'])+"""
PATTERNS = {
    re.compile(rf"\b{phrase.replace(' ', GAP)}\b", re.IGNORECASE): words
    for phrase, words in INSTEAD.items()
}
TEMPLATE = ROOT / "taskschema" / "authoring" / "collection_template"


def documents() -> Iterator[str]:
    """The paths of all prose but that of tasks, scripts and tests."""
    paths = {ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")}
    paths |= set((ROOT / "taskschema").rglob("*.py"))
    paths |= {path for path in TEMPLATE.rglob("*") if path.is_file()}
    for path in sorted(paths):
        if TEMPLATE / "tasks" not in path.parents and path.suffix != ".pyc":
            yield path.relative_to(ROOT).as_posix()


def riddles(text: str) -> Iterator[tuple[int, str, str]]:
    """The line, the phrase and the words to use instead, of each phrase in a text."""
    for pattern, words in PATTERNS.items():
        for match in pattern.finditer(text):
            phrase = " ".join(re.sub(GAP, " ", match[0]).split())
            yield text.count("\n", 0, match.start()) + 1, phrase, words


def test_prose_has_no_phrase_with_a_plainer_word() -> None:
    found = [
        f"{name}:{line}: {phrase!r}. Write: {words}."
        for name in documents()
        for line, phrase, words in sorted(riddles((ROOT / name).read_text(encoding="utf-8")))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "Mended 1 finding.",
        "it names what is\nleft",
        "# it reads what is\n    # left",
        'f"one finding, and what is "\n    f"left of it"',
        "Whoever reads it",
    ],
)
def test_phrase_is_found_in_any_case_and_across_lines(text: str) -> None:
    assert len(list(riddles(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "We recommend to amend the commit.",
        "Models are told to choose a label.",
        "A placeholder stands in for the text.",
        "The column beside it is left empty.",
    ],
)
def test_plain_sentence_has_no_finding(text: str) -> None:
    assert not list(riddles(text))
