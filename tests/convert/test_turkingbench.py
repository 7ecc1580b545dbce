"""TurkingBench: forms in ordinary, odd and hostile pages, and tasks that keep their page."""

from pathlib import Path

import pytest
from support.costs import cheaper_than
from support.foreign import FOREIGN

from taskschema.convert.format import ConvertOptions
from taskschema.convert.formats.turkingbench import FORMAT
from taskschema.convert.formats.turkingbench.html_form import form_of, visible_text
from taskschema.convert.pieces import ConversionSource, Document, Problem

HOSTILE = (
    *("<", "<!--", "<a ", '<a b="', "</", "<![CDATA[", "&#", "<!", "<a =  ", "<select><option>"),
    *("<a b=", "<script>", "<title>", "${", "<input name='a' type=radio value=b>", "<p>"),
)


def read(path: Path) -> list[Document]:
    assert FORMAT.read
    pieces = list(
        FORMAT.read(ConversionSource(path=path, label=path, name=path.stem), ConvertOptions())
    )
    assert not [piece for piece in pieces if isinstance(piece, Problem) and piece.refuses]
    return [piece for piece in pieces if isinstance(piece, dict)]


def written(tasks: list[Document], folder: Path, **options: bool) -> Path:
    assert FORMAT.write
    for chunk in FORMAT.write(tasks, ConvertOptions(**options)):  # type: ignore[arg-type]
        assert not isinstance(chunk, Problem)
        path = folder / chunk.path
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.write(chunk.data)
    return folder


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_page_is_read_in_one_pass(piece: str) -> None:
    with cheaper_than(yardsticks=1_000):
        form_of(piece * 100_000)


def test_many_columns_and_lines_are_read_in_one_pass(tmp_path: Path) -> None:
    names = [f"c{number}" for number in range(30_000)]
    lines = "".join(f"<p>${{{name}}}</p>" for name in names)
    (tmp_path / "template.html").write_text(f"{lines}<input name=a>", encoding="utf-8")
    rows = [[*names, "Answer.a"], ["x"] * len(names) + ["y"]]
    batch = "".join(",".join(row) + "\n" for row in rows)
    (tmp_path / "batch.csv").write_text(batch, encoding="utf-8")
    with cheaper_than(yardsticks=300):
        (task,) = read(tmp_path)
    assert task["instances"][0]["input"] == "\n".join("x" * len(names))


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("a<br>b", ["a", "b"]),
        ("a <b>bold</b>\n word", ["a bold", "word"]),
        ("1 < 2 &lt; 3", ["1 < 2 < 3"]),
        ("a<!-- b -->c", ["ac"]),
        ("a<!-- b", ["a"]),
        ('a<p title="x > y">b', ["a", "b"]),
        ('a<p title="x', ['a<p title="x']),
        ("<p it's>b's</p>c", ["b's", "c"]),
        ("<script>a</SCRIPT>b<style>c", ["b"]),
        ("<head>a<p>b</p></head>c", ["c"]),
        ("</>a<?b?>c", ["ac"]),
        ("<select><option>a</select>b", ["b"]),
    ],
)
def test_visible_lines_of_a_page(page: str, lines: list[str]) -> None:
    assert form_of(page).lines == lines


@pytest.mark.parametrize(
    ("page", "fields"),
    [
        ("<input name=a>", {"a": ("text", [])}),
        ('<INPUT NAME="a" TYPE="Radio" value="x">' * 2, {"a": ("radio", ["x"])}),
        ("<input name=a type=checkbox>", {"a": ("checkbox", ["on"])}),
        ("<input type=submit name=a><input>", {}),
        ("<select name=s><option>b c<option value=d>e<option value=''>f</select>", {"s": None}),
        ("<option value=a>b</option>", {}),
        ("<input name=a x='" + "y" * 5_000 + "'>", {}),
    ],
)
def test_the_fields_of_a_form(page: str, fields: dict[str, tuple[str, list[str]] | None]) -> None:
    expected = {name: found or ("select", ["b c", "d"]) for name, found in fields.items()}
    found = form_of(page).fields
    assert {name: (field.kind, list(field.values)) for name, field in found.items()} == expected


def test_visible_text_of_a_value() -> None:
    assert visible_text("a  b &amp; c") == "a  b & c"
    assert visible_text("a<br>b &amp; c") == "a\nb & c"
    assert visible_text('<b>a</b> <img src="x/a.png">') == "a"
    film = '<param value="true"><param value="x/a.mp4?b&amp;c"><embed src="x/a.mp4?b&amp;c">'
    assert visible_text(f"<object>{film}</object>") == "x/a.mp4?b&c"


def test_a_task_keeps_its_own_page_and_rows(tmp_path: Path) -> None:
    source = FOREIGN / "turkingbench" / "usual" / "source"
    tasks = read(source)
    named = {task["name"]: task for task in tasks}
    assert {task["name"]: task for task in read(written(tasks, tmp_path / "kept"))} == named
    bare = written(tasks, tmp_path / "bare", bare=True)
    for task, folder in zip(tasks, ("Leaf Shapes", "bird_songs"), strict=True):
        page = (bare / task["name"] / "template.html").read_text(encoding="utf-8")
        assert page == (source / folder / "template.html").read_text(encoding="utf-8")
    assert {task["name"]: task for task in read(bare)} == named


def test_rows_are_not_merged_if_merging_is_off() -> None:
    assert FORMAT.read
    path = FOREIGN / "turkingbench" / "usual" / "source" / "bird_songs"
    source = ConversionSource(path=path, label=path, name="birds")
    tasks = [
        piece
        for piece in FORMAT.read(source, ConvertOptions(merge=False))
        if isinstance(piece, dict)
    ]
    assert [len(task["instances"]) for task in tasks] == [4]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    assert FORMAT.read
    (tmp_path / "secret.html").write_text("<p>secret</p>", encoding="utf-8")
    folder = tmp_path / "task"
    folder.mkdir()
    (folder / "template.html").symlink_to(tmp_path / "secret.html")
    (folder / "batch.csv").write_text("a,Answer.b\nc,d\n", encoding="utf-8")
    pieces = list(
        FORMAT.read(ConversionSource(path=folder, label=folder, name="task"), ConvertOptions())
    )
    assert not [piece for piece in pieces if isinstance(piece, dict)]
    assert all("is a link out of the folder" in piece.message for piece in pieces)


def test_a_folder_without_a_batch_is_reported(tmp_path: Path) -> None:
    assert FORMAT.read
    pieces = list(
        FORMAT.read(ConversionSource(path=tmp_path, label=tmp_path, name="a"), ConvertOptions())
    )
    assert [piece.rule for piece in pieces if isinstance(piece, Problem)] == ["wrong-shape"]


def test_shuffled_rows_make_one_instance_and_a_missing_row_is_reported(tmp_path: Path) -> None:
    assert FORMAT.read
    instance = {"id": "a", "input": "Which leaf?", "output": ["oak", "elm"], "source_id": "17"}
    task = {"schema_version": 3, "name": "leaves", "definition": ["Say."], "instances": [instance]}
    batch = written([task], tmp_path) / "leaves" / "batch.csv"
    columns, first, second = batch.read_text(encoding="utf-8").splitlines()
    batch.write_text(f"{columns}\n{second}\n{first}", encoding="utf-8")
    assert read(tmp_path) == [task]
    batch.write_text(f"{columns}\n{second}", encoding="utf-8")
    pieces = list(
        FORMAT.read(ConversionSource(path=tmp_path, label=tmp_path, name="task"), ConvertOptions())
    )
    (problems,) = (piece for piece in pieces if isinstance(piece, Problem))
    assert (problems.rule, problems.refuses) == ("assumed", False)
    assert "the row is missing" in problems.message


def test_task_fields_without_a_name_are_reported(tmp_path: Path) -> None:
    assert FORMAT.read
    head = '<script type="application/json" id="taskschema">{"absent": ["name"]}</script>'
    (tmp_path / "template.html").write_text(f"<p>Say ${{a}}.</p>\n{head}\n", encoding="utf-8")
    (tmp_path / "batch.csv").write_text("a,Answer.b\nc,d\n", encoding="utf-8")
    pieces = list(
        FORMAT.read(ConversionSource(path=tmp_path, label=tmp_path, name="task"), ConvertOptions())
    )
    assert not [piece for piece in pieces if isinstance(piece, dict)]
    assert "wrong-shape" in [piece.rule for piece in pieces if isinstance(piece, Problem)]
