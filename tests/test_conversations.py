"""What rows of conversations say is written again as it was read, turn by turn."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from taskschema import plugins
from taskschema.formats import Document, Format, Options, Problem, Source
from taskschema.formats._loose import GENERIC

FORMATS: dict[str, Format] = plugins.load_all("taskschema.formats", "FORMAT")
OPTIONS = (
    Options(merge=False),
    Options(merge=False, group="instruction"),
    Options(merge=False, bare=True),
)

TEXTS = st.sampled_from(("", " ", "a", GENERIC, "a\n\nb", "\n\n")) | st.text(max_size=3)
FILLED = TEXTS.filter(str.strip)
CALLS = st.just([{"type": "function", "function": {"name": "f", "arguments": "{}"}}])


def parts(texts: st.SearchStrategy[str]) -> st.SearchStrategy[list[Document]]:
    part = texts.map(lambda text: {"type": "text", "text": text})
    return st.lists(part, min_size=1, max_size=3)


def turns(roles: tuple[str, ...], texts: st.SearchStrategy[str]) -> st.SearchStrategy[Document]:
    return st.fixed_dictionaries(
        {"role": st.sampled_from(roles), "content": texts | parts(texts)},
        optional={"name": TEXTS, "weight": st.sampled_from((0, 1))},
    )


def calls() -> st.SearchStrategy[Document]:
    return st.fixed_dictionaries(
        {"role": st.just("assistant"), "content": st.sampled_from((None, "", "a"))},
        optional={"tool_calls": CALLS},
    )


ROLES = ("system", "user", "assistant", "tool", "developer", "function")
MESSAGES = st.tuples(
    st.lists(turns(ROLES, TEXTS) | calls(), max_size=4), turns(("assistant",), FILLED)
).map(lambda both: [*both[0], both[1]])


def read(name: str, path: Path, options: Options) -> list[Document]:
    reader = FORMATS[name].read
    assert reader
    pieces = list(reader(Source(path=path, label=path, name="rows"), options))
    problems = [piece for piece in pieces if isinstance(piece, Problem) and piece.refuses]
    assert problems == []
    return [piece for piece in pieces if isinstance(piece, dict)]


def write(name: str, tasks: list[Document], path: Path, options: Options) -> list[Document]:
    writer = FORMATS[name].write
    assert writer
    chunks = list(writer(tasks, options))
    assert not any(isinstance(chunk, Problem) for chunk in chunks)
    path.write_bytes(b"".join(chunk.data for chunk in chunks))
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def plain(turn: Document) -> Document:
    """The turn without what only spells it otherwise."""
    content: Any = turn.get("content")
    if isinstance(content, list) and len(content) == 1:
        content = content[0]["text"]
    return turn | {"content": content}


def spelt(row: list[Document]) -> str:
    return json.dumps(row, sort_keys=True)


@pytest.mark.parametrize("options", OPTIONS, ids=("usual", "per-instruction", "bare"))
@settings(max_examples=150, deadline=None)
@given(rows=st.lists(MESSAGES, min_size=1, max_size=3))
def test_turns_are_written_as_they_were_read(
    rows: list[list[Document]], options: Options, tmp_path_factory: pytest.TempPathFactory
) -> None:
    # Tasks by instruction take a row without one for a row that says the common one.
    assume(options.group == "collection" or not any(row[0]["content"] == GENERIC for row in rows))
    folder = tmp_path_factory.mktemp("chat")
    source = folder / "rows.jsonl"
    source.write_text(
        "".join(json.dumps({"messages": row, "topic": "x"}) + "\n" for row in rows),
        encoding="utf-8",
    )
    tasks = read("messages", source, options)
    again = write("messages", tasks, folder / "again.jsonl", options)
    assert all(row["topic"] == "x" for row in again)
    expected = [[plain(turn) for turn in row] for row in rows]
    found = [[plain(turn) for turn in row["messages"]] for row in again]
    assert sorted(map(spelt, found)) == sorted(map(spelt, expected))
    if not options.bare:
        assert read("messages", folder / "again.jsonl", options) == tasks
