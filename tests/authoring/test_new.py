"""`taskschema new`: drafts from options or a table, with placeholders that `check` reports."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from taskschema.cli.app import app
from taskschema.cli.shared import prompts
from taskschema.convert.shared.rows import tasks_from_rows
from taskschema.schema import versions
from taskschema.schema.placeholders import PREFIX
from taskschema.schema.vocabulary import AnswerKind

FILMS = ("a fine cast", "a dull plot", "two hours lost", "light and quick", "no script")
TEXTS = [f"Scene {number}: {FILMS[number % 5]}." for number in range(60)]
ROWS = [(text, ("good", "bad")[index % 2]) for index, text in enumerate(TEXTS)]
COMPLETE = (
    *("--summary", "Say whether a line on a film praises it."),
    *("--definition", "You are given a line on a film. Answer good if it praises, else bad."),
    *("--category", "sentiment analysis", "--language", "English", "--license", "cc0 1.0"),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    (tmp_path / "gitconfig").write_text("[user]\nname = Ada\n", encoding="utf-8")
    (tmp_path / "tasks").mkdir()
    return tmp_path


def new(*arguments: str, answers: str | None = None) -> Result:
    return CliRunner().invoke(app, ["new", *arguments], input=answers)


def refused(*arguments: str) -> str:
    result = new(*arguments)
    assert result.exit_code == 2 or isinstance(result.exception, Exception)
    assert not list(Path().glob("tasks/*.json"))
    return f"{result.output}{result.exception}"


def table(
    name: str,
    rows: Any,
    header: tuple[str, ...] = ("text", "label"),
    delimiter: str = ",",
    encoding: str = "utf-8",
) -> str:
    with Path(name).open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerows([header, *rows] if header else rows)
    return name


def written(name: str = "mood") -> dict[str, Any]:
    task: dict[str, Any] = json.loads(Path(f"tasks/{name}.json").read_text(encoding="utf-8"))
    assert versions.fits(task, 3)
    return task


def codes(name: str = "mood") -> dict[str, int]:
    arguments = ["check", f"tasks/{name}.json", "--format", "json", "--no-cache"]
    counts: dict[str, int] = json.loads(CliRunner().invoke(app, arguments).stdout)["counts"]
    return counts


def filled(name: str = "mood") -> None:
    """Replace every placeholder by different words."""
    path = Path(f"tasks/{name}.json")
    parts = re.split(rf'{PREFIX}(?:[^"\\]|\\.)*', path.read_text(encoding="utf-8"))
    filling = [f"Words number {number} say enough." for number in range(len(parts) - 1)]
    pairs = zip(parts, [*filling, ""], strict=True)
    path.write_text("".join(part + words for part, words in pairs), encoding="utf-8")


def test_a_table_becomes_a_task_that_passes_when_placeholders_are_filled_in() -> None:
    result = new("mood", "--from", table("rows.csv", ROWS), *COMPLETE)
    assert result.exit_code == 0, result.output
    task = written()
    assert len(task["instances"]) == 57
    assert task["answer_format"] == {"kind": "label", "labels": ["bad", "good"]}
    assert task["categories"] == ["Sentiment Analysis"]
    assert task["languages"] == {key: ["en"] for key in ("instruction", "input", "output")}
    assert task["licenses"] == [{"text": "cc0 1.0", "spdx": "CC0-1.0"}]
    assert task["contributors"] == [{"name": "Ada"}]
    shown = {row["output"] for row in task["positive_demonstrations"]}
    assert shown == {"good", "bad"}
    assert task["negative_demonstrations"][0]["output"] == "bad"
    assert codes() == {"TXT009": 3}
    lines = Path("tasks/mood.json").read_text(encoding="utf-8").splitlines()
    listed = [int(number) for number in re.findall(r"^  line (\d+): ", result.stdout, re.MULTILINE)]
    assert listed == [index for index, line in enumerate(lines, 1) if PREFIX in line]
    assert "taskschema check tasks/mood.json" in result.stdout
    filled()
    assert codes() == {}


def test_without_options_everything_is_a_placeholder() -> None:
    assert new("mood", "--contributor", "").exit_code == 0
    task = written()
    assert "contributors" not in task
    assert codes()["TXT009"] == 18
    assert set(codes()) == {"TXT009", "INS008"}
    assert (
        "has 1 instance; the profile requires at least" in CliRunner().invoke(app, ["check"]).output
    )


@pytest.mark.parametrize("kind", ["text", "label", "set", "fields", "choices"])
def test_every_answer_format_can_be_drafted(kind: AnswerKind) -> None:
    more = {"label": ("--label", "x", "--label", "y"), "fields": ("--field", "city")}
    assert new("mood", "--kind", kind, *more.get(kind, ())).exit_code == 0
    assert written().get("answer_format", {"kind": "text"})["kind"] == kind
    assert "ANS001" not in codes()


def test_the_file_goes_to_the_folder_of_the_settings_and_names_the_schema(folder: Path) -> None:
    (folder / "data/one").mkdir(parents=True)
    (folder / "data/two").mkdir()
    (folder / "schemas").mkdir()
    (folder / "schemas/task.v3.schema.json").write_text("{}", encoding="utf-8")
    settings = 'tasks = ["data/one", "data/two"]\nprofile = "superni"\n'
    (folder / "taskschema.toml").write_text(settings, encoding="utf-8")
    assert new("mood").exit_code == 0
    task = json.loads(Path("data/one/mood.json").read_text(encoding="utf-8"))
    assert task["$schema"] == "../../schemas/task.v3.schema.json"
    assert new("other", "--collection", "data/two").exit_code == 0
    assert Path("data/two/other.json").exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("My Task.json", "Use my_task"),
        ("tasks/mood.json", "Use mood"),
        ("mood.json", "Give the name of the task: mood"),
        ("con", "Use task_con"),
        ("", "Choose another"),
        ("a" * 121, "at most 120"),
        ("日本", "Choose another"),
    ],
)
def test_an_invalid_name_is_refused_with_a_valid_one(name: str, words: str) -> None:
    assert words in refused(name)


def test_a_taken_name_is_refused_and_nothing_overwritten() -> None:
    assert new("mood").exit_code == 0
    path = Path("tasks/mood.json")
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            '"name": "mood",', '"name": "mood",\n  "aliases": ["older", "older_2"],'
        ),
        encoding="utf-8",
    )
    before = path.read_bytes()
    assert "such as mood_2" in str(new("mood").exception)
    assert "is an earlier name of the task in tasks/mood.json" in str(new("older").exception)
    assert "such as older_3" in str(new("older").exception)
    Path("tasks/link.json").symlink_to("nowhere")
    assert "link_2" in str(new("link").exception)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--category", "sentiment analisys"), "Did you mean `Sentiment Analysis`?"),
        (("--category", "xyzzy"), "`taskschema explain categories` lists all."),
        (("--domain", "Moveis"), "Did you mean"),
        (("--language", "Englsh"), "Did you mean English (en)?"),
        (("--output-language", "qqqq!"), "Give a tag such as en"),
        (("--license", "CC BY 4"), "Did you mean CC-BY-4.0?"),
        (("--license", "mine"), "CC-BY-4.0, Unknown"),
        (("--kind", "lable"), "is not one of text, label"),
        (("--kind", "fields"), "Name each with --field"),
        (("--kind", "text", "--label", "x"), "Omit it"),
        (("--label", "x", "--label", "x"), "given twice"),
        (("--method", "magic"), "is not one of human"),
        (("--input-column", "x"), "Name one with --from"),
        (("--config", "{}}"), "is not JSON"),
        (("--source-url", "https://example.org"), "Add --source"),
        (("--collection", "nowhere"), "is not a folder"),
        (("--summary", "\udc80"), "is not UTF-8"),
        (("--from", "nowhere.csv"), "does not exist"),
    ],
)
def test_a_wrong_option_is_refused_with_a_fix(arguments: tuple[str, ...], words: str) -> None:
    assert words in refused("mood", *arguments)


def test_unclear_columns_are_listed_with_likely_options() -> None:
    source = table("rows.csv", [("p", "h", "l")] * 5, ("premise", "hypothesis", "verdict"))
    said = refused("mood", "--from", source)
    assert '  hypothesis  "h"' in said
    assert "--input-column premise --output-column verdict" in said


def test_of_many_skipped_rows_the_number_of_listed_ones_is_printed() -> None:
    rows = [(text, label if n % 2 else "") for n, (text, label) in enumerate(ROWS)]
    result = new("mood", "--from", table("rows.csv", rows, ("text", "label")))
    assert "Skipped 30 rows, the first 10 are listed above." in result.stdout


def test_the_first_column_is_proposed_for_the_input_unless_another_is_much_longer() -> None:
    rows = [("bank", "banks", "bankings")] * 5
    source = table("rows.csv", rows, ("singular", "plural", "another"))
    assert "--input-column singular --output-column" in refused("mood", "--from", source)
    rows = [("1", "A long text that is to be judged", "good")] * 5
    source = table("others.csv", rows, ("number", "review", "verdict"))
    assert "--input-column review --output-column verdict" in refused("mood", "--from", source)


def test_two_columns_can_be_the_input() -> None:
    rows = [(text, "It is good.", label) for text, label in ROWS]
    source = table("rows.csv", rows, ("premise", "hypothesis", "label"))
    columns = ("--input-column", "premise", "--input-column", "hypothesis")
    assert new("mood", "--from", source, *columns).exit_code == 0
    row = written()["instances"][-1]
    assert row["input"] == f"premise: {TEXTS[-1]}\nhypothesis: It is good."
    assert "extras" not in row


def test_two_columns_can_be_acceptable_outputs() -> None:
    rows = [(text, f"a {n}", f" b {n}" if n % 2 else "") for n, (text, _) in enumerate(ROWS)]
    source = table("rows.csv", rows, ("text", "one", "other"))
    columns = ("--output-column", "one", "--output-column", "other", "--demonstrations", "0")
    assert new("mood", "--from", source, *columns).exit_code == 0
    instances = written()["instances"]
    assert [row["output"] for row in instances[:2]] == [["a 0"], ["a 1", "b 1"]]
    assert not any("extras" in row for row in instances)


def test_two_columns_can_be_the_fields_of_an_output() -> None:
    rows = [(text, f"a {n}", f"b {n}") for n, (text, _) in enumerate(ROWS)]
    source = table("rows.csv", rows, ("text", "one", "other"))
    columns = ("--output-column", "one", "--output-column", "other", "--demonstrations", "0")
    named = (*columns, "--kind", "fields", "--field", "two")
    assert "--field: fields have the names" in refused("other", "--from", source, *named)
    assert new("mood", "--from", source, *columns, "--kind", "fields").exit_code == 0
    task = written()
    assert [*task["answer_format"]["fields"]] == ["one", "other"]
    assert task["instances"][1]["output"] == ['{"one":"a 1","other":"b 1"}']


def test_a_second_output_column_must_exist() -> None:
    rows = [(text, "a", "b") for text, _ in ROWS]
    source = table("rows.csv", rows, ("text", "one", "other"))
    columns = ("--output-column", "one", "--output-column", "othr")
    assert "Did you mean `other`?" in refused("mood", "--from", source, *columns)


def test_a_second_input_column_must_exist() -> None:
    rows = [(text, "It is good.", label) for text, label in ROWS]
    source = table("rows.csv", rows, ("premise", "hypothesis", "label"))
    columns = ("--input-column", "premise", "--input-column", "hypotesis")
    assert "Did you mean `hypothesis`?" in refused("mood", "--from", source, *columns)
    columns = ("--input-column", "premise", "--input-column", "premise")
    assert "two options name the same column" in refused("mood", "--from", source, *columns)


def test_white_space_around_cells_is_stripped() -> None:
    rows = [(f" {text}", f"{label} " if n % 3 else label) for n, (text, label) in enumerate(ROWS)]
    result = new("mood", "--from", table("rows.csv", rows))
    assert "Stripped white space around the cells of 60 rows." in result.stdout
    assert written()["answer_format"]["labels"] == ["bad", "good"]
    assert "INS007" not in codes()


def test_a_large_table_stays_one_task(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks_from_rows, "PART_ROWS", 20)
    assert new("mood", "--from", table("rows.csv", ROWS)).exit_code == 0
    assert len(written()["instances"]) == 57


def test_the_rows_of_several_tasks_are_refused() -> None:
    rows = [(text, label, ("one", "two")[n % 2]) for n, (text, label) in enumerate(ROWS)]
    source = table("rows.csv", rows, ("text", "label", "which"))
    more = ("--config", '{"task_column": "which"}')
    assert "holds the rows of 2 tasks" in refused("mood", "--from", source, *more)


def test_a_file_without_a_header_can_be_read() -> None:
    source = table("rows.csv", [(f"{text} {text}", label) for text, label in ROWS], ())
    said = refused("mood", "--from", source)
    assert "--input-column 'column 1' --output-column 'column 2'" in said
    more = ("--config", '{"header": false}', "--input-column", "column 1")
    assert new("mood", "--from", source, *more, "--output-column", "column 2").exit_code == 0
    assert len(written()["instances"]) == 57


@pytest.mark.parametrize(
    ("encoding", "named"), [("windows-1252", "windows-1252"), ("utf-16", "utf-16")]
)
def test_another_encoding_is_reported_and_can_be_given(encoding: str, named: str) -> None:
    rows = [(f"{text} café", label) for text, label in ROWS]
    source = table("rows.csv", rows, encoding=encoding)
    assert f"--encoding {named}" in refused("mood", "--from", source)
    assert "utf-8, windows-1252" in refused("mood", "--from", source, "--encoding", "klingon")
    assert new("mood", "--from", source, "--encoding", named).exit_code == 0
    assert written()["instances"][-1]["input"].endswith(" café")


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8-sig"), (",", "utf-8")])
def test_delimiters_marks_and_line_breaks_are_read(delimiter: str, encoding: str) -> None:
    rows = [(f'{text}\nA "second"; line, too', label) for text, label in ROWS]
    source = table("rows.csv", rows, delimiter=delimiter, encoding=encoding)
    assert new("mood", "--from", source).exit_code == 0
    assert written()["instances"][-1]["input"].endswith('\nA "second"; line, too')


def test_rows_without_an_answer_are_reported_and_skipped() -> None:
    rows = [(text, "" if index in (3, 7) else label) for index, (text, label) in enumerate(ROWS)]
    result = new("mood", "--from", table("rows.csv", rows))
    assert result.exit_code == 1
    assert "rows.csv:5:1: error CNV003" in result.stderr
    assert "Skipped 2 rows" in result.stdout
    assert len(written()["instances"]) == 55


def test_nothing_is_written_for_a_table_without_rows() -> None:
    assert "the table has no usable row" in refused("mood", "--from", table("rows.csv", []))
    Path("rows.csv").write_text("", encoding="utf-8")
    assert "is empty" in refused("mood", "--from", "rows.csv")


def test_repeated_rows_are_merged_and_contradictions_reported() -> None:
    rows = [(number, *row) for number, row in enumerate([*ROWS, *ROWS[5:9], (TEXTS[20], "bad")])]
    source = table("rows.csv", rows, ("nr", "text", "label"))
    result = new("mood", "--from", source)
    assert "Merged 5 rows" in result.stdout
    assert f'1 input with different outputs, all of which are now acceptable: "{TEXTS[20]}"' in (
        result.stdout
    )
    task = written()
    assert len(task["instances"]) == 57
    assert task["answer_format"]["labels"] == ["bad", "good"]
    assert ["good", "bad"] in [row["output"] for row in task["instances"]]


def test_ids_are_kept_or_derived_from_the_input() -> None:
    rows = [(f"row-{index}" if index % 2 else "", *row) for index, row in enumerate(ROWS)]
    source = table("rows.csv", rows, ("id", "text", "label"))
    assert new("mood", "--from", source, "--demonstrations", "0").exit_code == 0
    ids = [row["id"] for row in written()["instances"]]
    assert ids[1] == "row-1"
    assert re.fullmatch(r"mood-[0-9a-f]{12}", ids[0])
    assert new("again", "--from", "rows.csv", "--demonstrations", "0").exit_code == 0
    assert [row["id"] for row in written("again")["instances"]][2] == ids[2].replace(
        "mood", "again"
    )


@pytest.mark.parametrize("separator", ["|", ""])
def test_a_cell_can_hold_several_outputs(separator: str) -> None:
    rows = [
        (f"Twice {n}?", f"{2 * n} | {2 * n}.0" if separator else f'["{2 * n}", "{2 * n}.0"]')
        for n in range(60)
    ]
    source = table("rows.csv", rows, ("question", "answer"))
    more = ("--output-separator", separator) if separator else ()
    assert new("mood", "--from", source, *more).exit_code == 0
    assert written()["instances"][-1]["output"] == ["118", "118.0"]


def test_sets_and_fields_get_structured_answers() -> None:
    source = table("rows.csv", [(f"q{n}", f"a{n}, b") for n in range(40)], ("question", "answer"))
    assert new("mood", "--from", source, "--kind", "set").exit_code == 0
    assert written()["instances"][-1]["answer"] == [["a39", "b"]]
    rows = [(f"q{n}", json.dumps({"city": f"c{n}", "year": n})) for n in range(40)]
    source = table("rows.csv", rows, ("question", "answer"))
    assert new("parts", "--from", source, "--kind", "fields").exit_code == 0
    task = written("parts")
    assert task["answer_format"]["fields"] == {"city": {"type": "text"}, "year": {"type": "number"}}
    assert task["instances"][-1]["answer"] == {"city": ["c39"], "year": ["39"]}
    assert not {"ANS001", "ANS003"} & codes("parts").keys()


@pytest.mark.parametrize("form", ["jsonl", "json", "tsv", "parquet", "datasets"])
def test_other_table_formats_are_read(form: str) -> None:
    rows = [{"text": text, "label": label} for text, label in ROWS]
    if form == "tsv":
        source = table("rows.tsv", ROWS, delimiter="\t")
    elif form in ("json", "jsonl"):
        source = f"rows.{form}"
        whole = json.dumps(rows) if form == "json" else "\n".join(map(json.dumps, rows))
        Path(source).write_text(whole, encoding="utf-8")
    else:
        datasets = pytest.importorskip("datasets")
        found = datasets.Dataset.from_list(rows)
        source = "saved" if form == "datasets" else "rows.parquet"
        (found.save_to_disk if form == "datasets" else found.to_parquet)(source)
    result = new("mood", "--from", source)
    assert result.exit_code == 0, result.output
    assert len(written()["instances"]) == 57
    assert written()["instances"][-1]["input"] == TEXTS[-1]


def test_a_source_that_is_not_a_table_is_refused_with_a_fix() -> None:
    assert new("mood").exit_code == 0
    assert "is a task already" in str(new("copy", "--from", "tasks/mood.json").exception)
    Path("book.xlsx").write_bytes(b"PK\x03\x04rest")
    assert "Save it as CSV" in str(new("copy", "--from", "book.xlsx").exception)


def test_an_instruction_that_all_rows_share_is_the_definition() -> None:
    rows = [("Name the double.", f"{n}", f"{2 * n}") for n in range(40)]
    source = table("rows.csv", rows, ("instruction", "input", "output"))
    assert new("mood", "--from", source).exit_code == 0
    assert written()["definition"] == ["Name the double."]


def test_different_instructions_become_part_of_the_inputs() -> None:
    rows = [(("Double it.", "Halve it.")[n % 2], f"{n}", f"a{n}") for n in range(40)]
    source = table("rows.csv", rows, ("what", "input", "output"))
    assert new("mood", "--from", source, "--instruction-column", "what").exit_code == 0
    assert written()["definition"][0].startswith(PREFIX)
    assert written()["instances"][-1]["input"] == "Halve it.\n\n39"


def test_an_aborted_interview_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prompts, "is_terminal", lambda: True)
    assert new("mood", answers="A summary.\n").exit_code == 1
    assert not list(Path("tasks").iterdir())


def test_few_rows_all_stay_instances() -> None:
    assert new("mood", "--from", table("rows.csv", ROWS[:28])).exit_code == 0
    task = written()
    assert len(task["instances"]) == 28
    assert task["positive_demonstrations"][0]["input"].startswith(PREFIX)


def test_on_a_terminal_questions_repeat_until_answers_are_valid(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(prompts, "is_terminal", lambda: True)
    source = table("rows.csv", ROWS, ("review", "mood"))
    answers = [
        *("revew", "review", "mood", "Say whether a film is praised.", ""),
        *("sentiment analisys", "sentiment analysis", "", "english", "en"),
        *("lable", "", "", "cc by 4", "CC-BY-4.0", "Nia"),
    ]
    result = new("mood", "--from", source, answers="\n".join([*answers, ""]))
    assert result.exit_code == 0, result.output
    for word in ("Did you mean review?", "Did you mean `Sentiment", "Did you mean label?"):
        assert word in result.output
    task = written()
    assert task["contributors"] == [{"name": "Nia"}]
    assert task["answer_format"]["kind"] == "label"
    assert codes() == {"TXT009": 4}
    assert new("quiet", "--yes", "--from", source, "--input-column", "review").exit_code == 2
