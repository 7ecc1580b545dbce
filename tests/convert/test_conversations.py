"""Rows of conversations are written as they were read, turn by turn."""

import json
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support import foreign

from taskschema.convert.format import FORMATS as ALL_FORMATS
from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.pieces import ConversionSource, Document, Problem, Sample
from taskschema.convert.shared.rows.tasks_from_rows import GENERIC_DEFINITION

FORMATS: dict[str, Format] = ALL_FORMATS.load_all()
NAMES = ("messages", "prompt_completion", "sharegpt", "tulu")
OTHERS = ("alpaca", "flan", "inspect", "self_instruct")
CASES = [case for case in foreign.CASES if case.parent.name in (*NAMES, *OTHERS)]
OPTIONS = (
    ConvertOptions(merge=False),
    ConvertOptions(merge=False, group="instruction"),
    ConvertOptions(merge=False, bare=True),
)

TEXTS = st.sampled_from(("", " ", "a", GENERIC_DEFINITION, "a\n\nb", "\n\n")) | st.text(max_size=3)
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

SPEAKERS = {
    "system": "system",
    "user": "human",
    "assistant": "gpt",
    "tool": "observation",
    "developer": "user",
    "function": "function_call",
}
"""A speaker of ShareGPT for each role of messages."""


def row_of(name: str, turns: list[Document], cut: int) -> Document:
    """The row of a format that holds the turns; a completion starts at the cut."""
    if name == "prompt_completion":
        at = min(cut, len(turns) - 1)
        return {"prompt": turns[:at], "completion": turns[at:]}
    if name == "sharegpt":
        return {
            "id": f"row-{cut}",
            "conversations": [
                {"from": SPEAKERS[turn["role"]], "value": turn["content"]}
                | {key: value for key, value in turn.items() if key not in ("role", "content")}
                for turn in turns
            ],
        }
    return {"messages": turns} | ({"id": f"row-{cut}", "source": "b"} if name == "tulu" else {})


def read(name: str, path: Path, options: ConvertOptions) -> list[Document]:
    reader = FORMATS[name].read
    assert reader
    pieces = list(reader(ConversionSource(path=path, label=path, name="rows"), options))
    problems = [piece for piece in pieces if isinstance(piece, Problem) and piece.refuses]
    assert problems == []
    return [piece for piece in pieces if isinstance(piece, dict)]


def write(name: str, tasks: list[Document], path: Path, options: ConvertOptions) -> list[Document]:
    writer = FORMATS[name].write
    assert writer
    chunks = list(writer(tasks, options))
    assert not any(isinstance(chunk, Problem) for chunk in chunks)
    path.write_bytes(b"".join(chunk.data for chunk in chunks))
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def normalized(row: Document) -> str:
    """The row without the column `taskschema`, and with texts instead of single parts."""
    whole = {key: value for key, value in row.items() if key != "taskschema"}
    for turns in whole.values():
        for turn in turns if isinstance(turns, list) else ():
            for key in {"content", "value"} & turn.keys():
                if isinstance(turn[key], list) and len(turn[key]) == 1:
                    turn[key] = turn[key][0]["text"]
    return json.dumps(whole, sort_keys=True)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("options", OPTIONS, ids=("usual", "per-instruction", "bare"))
@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.tuples(MESSAGES, st.integers(0, 4)), min_size=1, max_size=3))
def test_turns_are_written_as_they_were_read(
    name: str,
    rows: list[tuple[list[Document], int]],
    options: ConvertOptions,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    # Grouping by instruction puts a row without one with rows that have the generic one.
    common = any(GENERIC_DEFINITION in json.dumps(row[0]) for row, _ in rows)
    assume(options.group == "collection" or not common)
    folder = tmp_path_factory.mktemp("chat")
    source, again = folder / "rows.jsonl", folder / "again.jsonl"
    expected = [row_of(name, *row) | {"topic": "x"} for row in rows]
    source.write_text("".join(json.dumps(row) + "\n" for row in expected), encoding="utf-8")
    tasks = read(name, source, options)
    found = write(name, tasks, again, options)
    assert sorted(map(normalized, found)) == sorted(map(normalized, expected))
    if not options.bare:
        assert read(name, again, options) == tasks


@pytest.mark.parametrize("case", CASES, ids=foreign.case_id)
def test_written_rows_read_back_as_the_same_tasks(case: Path, tmp_path: Path) -> None:
    name, source = case.parent.name, foreign.source_of(case)
    assert isinstance(source, Path)
    reader = FORMATS[name].read
    assert reader
    pieces = reader(ConversionSource(path=source, label=source, name="rows"), ConvertOptions())
    tasks = [piece for piece in pieces if isinstance(piece, dict)]
    write(name, tasks, tmp_path / "again.jsonl", ConvertOptions())
    assert read(name, tmp_path / "again.jsonl", ConvertOptions()) == tasks


@pytest.mark.parametrize("name", NAMES)
def test_details_of_turns_are_dropped_if_the_turns_changed(name: str, tmp_path: Path) -> None:
    turns = [
        {"role": "user", "content": "Sow.", "weight": 0},
        {"role": "assistant", "content": "Done.", "weight": 1},
    ]
    source = tmp_path / "rows.jsonl"
    source.write_text(json.dumps(row_of(name, turns, 1)), encoding="utf-8")
    (task,) = read(name, source, ConvertOptions())
    task["instances"][0]["context"] = [{"role": "user", "content": "Wait."}]
    (row,) = write(name, [task], tmp_path / "bare.jsonl", ConvertOptions(bare=True))
    assert "Wait." in json.dumps(row)
    assert "weight" not in json.dumps(row)
    write(name, [task], tmp_path / "again.jsonl", ConvertOptions())
    assert read(name, tmp_path / "again.jsonl", ConvertOptions()) == [task]


@pytest.mark.parametrize("detail", [{"content": 5}, {"role": "nobody"}, {"content": "b"}, None])
def test_impossible_details_of_turns_are_not_written(
    detail: Document | None, tmp_path: Path
) -> None:
    row = {"id": "1", "input": "a", "output": ["b"]}
    extras = {"messages": {"messages": [detail, {"weight": 1}]}}
    task = {"name": "say", "definition": [""], "instances": [row | {"extras": extras}]}
    written = write("messages", [task], tmp_path / "bare.jsonl", ConvertOptions(bare=True))
    turns = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]
    assert written == [{"messages": turns}]


def test_a_text_completion_becomes_a_list_after_other_turns(tmp_path: Path) -> None:
    source = tmp_path / "rows.jsonl"
    source.write_text('{"prompt": "a", "completion": "b"}', encoding="utf-8")
    (task,) = read("prompt_completion", source, ConvertOptions())
    task["instances"][0]["context"] = [{"role": "user", "content": "c"}]
    written = write("prompt_completion", [task], tmp_path / "bare.jsonl", ConvertOptions(bare=True))
    assert written == [
        {
            "prompt": [{"role": "user", "content": "c"}, {"role": "user", "content": "a"}],
            "completion": [{"role": "assistant", "content": "b"}],
        }
    ]


CHAT: Document = {"messages": [{"role": "user", "content": "a"}]}
PAIRED: Document = {"chosen": [], "rejected": []}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (CHAT, ["messages"]),
        (CHAT | {"id": "a"}, ["messages"]),
        (CHAT | {"id": "a", "source": "b"}, ["tulu"]),
        (CHAT | {"id": "a", "dataset": "b"}, ["tulu"]),
        (CHAT | {"label": True}, []),
        (CHAT | {"id": "a", "input": "a", "target": "b"}, []),
        ({"conversations": [{"from": "human", "value": "a"}]}, ["sharegpt"]),
        ({"prompt": "a", "completion": "b"}, ["prompt_completion"]),
        ({"prompt": "a", "completion": "b", "label": False}, []),
    ],
)
def test_chat_formats_are_distinguished(row: Document, expected: list[str]) -> None:
    def detected(row: Document) -> list[str]:
        sample = Sample(path=Path("rows.jsonl"), suffix=".jsonl", rows=(row,))
        sniffs = {name: FORMATS[name].sniff for name in NAMES}
        return [name for name, sniff in sniffs.items() if sniff and sniff(sample)]

    assert detected(row) == expected
    assert detected(row | PAIRED) == []
