"""Exports read back equal by their consumers, and options are validated first."""

import json
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from support import strategies
from support.commands import run_command

from taskschema.collection.collection import collect
from taskschema.collection.reading import read
from taskschema.convert.format import FORMATS as ALL_FORMATS
from taskschema.convert.format import ConvertOptions as FormatOptions
from taskschema.convert.format import Format
from taskschema.convert.pieces import ConversionSource, Problem
from taskschema.core.errors import ConfigError
from taskschema.export.export import export
from taskschema.export.exporter import EXPORTERS as ALL_EXPORTERS
from taskschema.export.exporter import Exporter, WrittenExport
from taskschema.export.plan import ExportPlan
from taskschema.export.request import ExportRequest
from taskschema.rules.smallest_task import smallest_task, write_task
from taskschema.schema import canonical
from taskschema.schema.columns import Columns
from taskschema.views import view as views
from taskschema.views.view import VIEWS as ALL_VIEWS

VIEWS: dict[str, views.View] = ALL_VIEWS.load_all()
EXPORTERS: dict[str, Exporter] = ALL_EXPORTERS.load_all()
FORMATS = ("lm_eval", "superni")
ANSWERS: dict[str, tuple[dict[str, Any], Any, list[str]]] = {
    "set": ({"kind": "set", "separator": "; "}, [["x", "y"], ["z"]], ["x; y", "z"]),
    "fields": (
        {"kind": "fields", "fields": {"a": {"type": "text"}}},
        {"a": ["1", "2"]},
        ['{"a":"1"}'],
    ),
    "choices": (
        {"kind": "choices"},
        [{"text": "x", "score": 1}, {"text": "y", "score": 0.5}],
        ["x"],
    ),
}
SPLITS = {
    "default/train": "set\nearlier_name\n",
    "default/test": "fields\nnot_there\n",
    "other/test": "label\n",
}


def overlay(kind: str) -> dict[str, Any]:
    answer_format, answer, output = ANSWERS[kind]
    row = {"id": "one", "input": "where? \u2028 | \U0001f600", "output": output, "answer": answer}
    return {"answer_format": answer_format, "instances": [row]}


@pytest.fixture
def tasks(tmp_path: Path) -> Path:
    folder = tmp_path / "from"
    (folder / "tasks").mkdir(parents=True)
    several = {kind: overlay(kind) for kind in ANSWERS} | {
        "text": {
            "aliases": ["earlier_name"],
            "canary": "canary GUID 0",
            "instances": [
                {
                    "id": "a",
                    "input": "x",
                    "output": ["y", "z"],
                    "context": [
                        {"role": "user", "content": "Hello."},
                        {"role": "assistant", "content": "Yes?"},
                    ],
                    "attachments": ["map"],
                }
            ],
            "attachments": {"map": {"media_type": "image/png", "path": "files/map.png"}},
        },
        "label": {"answer_format": {"kind": "label"}},
    }
    for stem, keys in several.items():
        raw = canonical.dumps(smallest_task(stem, {}) | keys, 3)
        (folder / "tasks" / f"{stem}.json").write_bytes(raw)
    (folder / "tasks" / "files").mkdir()
    (folder / "tasks" / "files" / "map.png").write_bytes(b"\x89PNG")
    return folder


@pytest.fixture
def listed(tasks: Path) -> Path:
    for name, text in SPLITS.items():
        path = tasks / "splits" / f"{name}_tasks.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tasks


def run(kind: str, tasks: Path, out: Path, **options: Any) -> Any:
    result = export(collect([tasks]), ExportRequest(kind, out, **options))
    assert result.findings == ()
    return result.manifest


def command(*arguments: str | Path) -> CompletedProcess[str]:
    return run_command("export", *arguments)


def documents(folder: Path) -> list[dict[str, Any]]:
    return [read(path, folder).upgraded() for path in sorted(folder.glob("tasks/*.json"), key=str)]


def records(view: str, tasks: list[dict[str, Any]], **options: Any) -> list[dict[str, Any]]:
    chosen = views.ViewOptions(**options)
    return [
        record
        for task in tasks
        for record in VIEWS[view].records(task, range(len(task["instances"])), chosen)
    ]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def named(tasks: Path, *names: str) -> list[dict[str, Any]]:
    return [task for task in documents(tasks) if task["name"] in names]


@pytest.mark.parametrize("view", VIEWS)
def test_jsonl_records_of_any_view_read_back_equal(view: str, tasks: Path, tmp_path: Path) -> None:
    manifest = run("jsonl", tasks, tmp_path / "out", views=(view,))
    made = lines(tmp_path / "out" / "train.jsonl")
    assert made == records(view, documents(tasks))
    assert [(file.path, file.rows) for file in manifest.files] == [
        ("train.jsonl", len(made)),
        ("README.md", None),
    ]
    assert manifest.tasks == 5


def test_each_split_has_a_file(listed: Path, tmp_path: Path) -> None:
    run("jsonl", listed, tmp_path / "out", views=("alpaca",))
    expected = {"train": ("set", "text"), "test": ("fields",)}
    assert sorted(path.stem for path in (tmp_path / "out").glob("*.jsonl")) == sorted(expected)
    for split, names in expected.items():
        made = lines(tmp_path / "out" / f"{split}.jsonl")
        assert made == records("alpaca", named(listed, *names))


def test_the_readme_lists_licences_and_canaries(tasks: Path, tmp_path: Path) -> None:
    run("jsonl", tasks, tmp_path / "out", settings={"demonstrations": 2}, seed=4)
    page = (tmp_path / "out" / "README.md").read_text("utf-8")
    assert "view `messages`, seed 4, `demonstrations` 2, `system` true." in page
    row = next(line for line in page.splitlines() if line.startswith("| text "))
    assert row.endswith("| canary GUID 0 |")
    assert "canary" not in (tmp_path / "out" / "train.jsonl").read_text("utf-8")


def test_the_readme_escapes_texts_of_tasks(tmp_path: Path) -> None:
    loud = "![x](http://e/x.png) [a](javascript:b) `c` | <d>\n# e\u202e"
    keys = {"licenses": [{"text": loud}], "sources": [{"name": loud}], "canary": loud}
    write_task(tmp_path / "tasks", "loud", keys)
    run("jsonl", tmp_path / "tasks", tmp_path / "out")
    page = (tmp_path / "out" / "README.md").read_text("utf-8")
    (row,) = [line for line in page.splitlines() if line.startswith("| loud ")]
    shown = r"\!\[x\](http://e/x.png) \[a\](javascript:b) \`c\` \| &lt;d&gt; \# e&#92;u202e"
    assert row == f"| loud | train | 26 | {shown} | {shown} | {shown} |"


def in_llama_factory(folder: Path, name: str) -> list[tuple[str, list[str]]]:
    """System message and turns, as the converters of LLaMA-Factory read both layouts."""
    info = json.loads((folder / "dataset_info.json").read_bytes())[name]
    columns, tags = info["columns"], info.get("tags", {})
    made = []
    for row in lines(folder / info["file_name"]):
        if info["formatting"] == "alpaca":
            query = [row[columns["prompt"]], row[columns["query"]]]
            made.append(("", ["\n".join(filter(None, query)), row[columns["response"]]]))
            continue
        turns = row[columns["messages"]]
        system = ""
        if turns[0][tags["role_tag"]] == tags["system_tag"]:
            system = turns.pop(0)[tags["content_tag"]]
        odd, even = ("user_tag", "observation_tag"), ("assistant_tag", "function_tag")
        for index, turn in enumerate(turns):
            assert turn[tags["role_tag"]] in [tags[tag] for tag in (odd, even)[index % 2]]
        made.append((system, [turn[tags["content_tag"]] for turn in turns]))
    return made


def one_text(instance: dict[str, Any]) -> str:
    """The earlier turns and the input, as an Alpaca row has them."""
    turns = [
        f"{turn['role'].capitalize()}: {turn['content']}" for turn in instance.get("context", [])
    ]
    return "\n".join([*turns, f"User: {instance['input']}"]) if turns else instance["input"]


def test_llama_factory_reads_both_layouts(listed: Path, tmp_path: Path) -> None:
    run("llama_factory", listed, tmp_path / "alpaca")
    run("llama_factory", listed, tmp_path / "chat", views=("messages",))
    for split, names in (("train", ("set", "text")), ("test", ("fields",))):
        tasks = named(listed, *names)
        asked = [(task, instance) for task in tasks for instance in task["instances"]]
        assert in_llama_factory(tmp_path / "alpaca", f"tasks_{split}") == [
            ("", [f"{task['definition'][0]}\n{one_text(instance)}", instance["output"][0]])
            for task, instance in asked
        ]
        assert in_llama_factory(tmp_path / "chat", f"tasks_{split}") == [
            (
                task["definition"][0],
                [
                    *(turn["content"] for turn in instance.get("context", [])),
                    instance["input"],
                    instance["output"][0],
                ],
            )
            for task, instance in asked
        ]


@pytest.mark.parametrize("view", ["alpaca", "messages"])
def test_axolotl_finds_the_records(view: str, listed: Path, tmp_path: Path) -> None:
    run("axolotl", listed, tmp_path / "out", views=(view,))
    snippet = yaml.safe_load((tmp_path / "out" / "datasets.yaml").read_bytes())
    # A split without a list is neither trained on nor evaluated.
    assert sorted(snippet) == ["datasets", "test_datasets"]
    for key, names in (("datasets", ("set", "text")), ("test_datasets", ("fields",))):
        (entry,) = snippet[key]
        assert lines(tmp_path / "out" / entry["path"]) == records(view, named(listed, *names))
        assert entry["split"] == "train"
        assert entry["type"] == ("alpaca" if view == "alpaca" else "chat_template")
        assert (entry.get("field_messages") == "messages") == (view == "messages")


def read_back(kind: str, folder: Path) -> Iterator[Any]:
    format_: Format = ALL_FORMATS.load(kind)
    assert format_.read
    source = ConversionSource(path=folder, label=folder, name="exported")
    yield from format_.read(source, FormatOptions())


@pytest.mark.parametrize("kind", FORMATS)
def test_tasks_in_other_formats_read_back_equal(kind: str, tasks: Path, tmp_path: Path) -> None:
    manifest = run(kind, tasks, tmp_path / "out")
    pieces = list(read_back(kind, tmp_path / "out"))
    found = [piece for piece in pieces if isinstance(piece, dict)]
    assert sorted(found, key=lambda task: str(task["name"])) == documents(tasks)
    assert manifest.tasks == 5
    assert [piece for piece in pieces if isinstance(piece, Problem) and piece.refuses] == []


@pytest.mark.parametrize("kind", FORMATS)
def test_real_tasks_in_other_formats_read_back_equal(
    kind: str, corpus: Path, tmp_path: Path
) -> None:
    run(kind, corpus, tmp_path / "out")
    found = [piece for piece in read_back(kind, tmp_path / "out") if isinstance(piece, dict)]
    paths = sorted(corpus.glob("*.json"))
    assert sorted(found, key=lambda task: str(task["name"])) == [
        read(path, corpus).upgraded() for path in paths
    ]


def test_tk_instruct_finds_its_lists_and_every_listed_task(listed: Path, tmp_path: Path) -> None:
    run("superni", listed, tmp_path / "out")
    expected = {
        "default": {"train": ["set", "text"], "dev": [], "test": ["fields"]},
        "other": {"train": [], "dev": [], "test": ["label"]},
    }
    for track, splits in expected.items():
        for split, names in splits.items():
            path = tmp_path / "out" / "splits" / track / f"{split}_tasks.txt"
            assert path.read_text().split() == names
            assert all((tmp_path / "out" / "tasks" / f"{name}.json").is_file() for name in names)
    assert (tmp_path / "out" / "tasks" / "files" / "map.png").read_bytes() == b"\x89PNG"


def test_without_lists_all_tasks_are_in_train(tasks: Path, tmp_path: Path) -> None:
    run("superni", tasks, tmp_path / "out")
    folder = tmp_path / "out" / "splits" / "default"
    assert (folder / "train_tasks.txt").read_text() == "choices\nfields\nlabel\nset\ntext\n"
    assert (folder / "dev_tasks.txt").read_text() == (folder / "test_tasks.txt").read_text() == ""


def test_a_bare_export_carries_no_extra_fields(tasks: Path, tmp_path: Path) -> None:
    run("superni", tasks, tmp_path / "out", settings={"bare": True})
    assert "taskschema" not in json.loads((tmp_path / "out" / "tasks" / "set.json").read_bytes())


@pytest.mark.parametrize("kind", ALL_EXPORTERS.names())
@settings(max_examples=15, deadline=None)
@given(task=strategies.v3_documents())
def test_unusual_tasks_are_written_deterministically(
    kind: str, task: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folders = [tmp_path_factory.mktemp("out") for _ in range(2)]
    task = task | {"name": "odd"}
    exporter = EXPORTERS[kind]

    def written(folder: Path) -> WrittenExport:
        plan = ExportPlan(request=ExportRequest(kind, folder), exporter=exporter)
        return exporter.write(iter([exporter.prepare(Columns(task), plan)]), folder, plan)

    once, again = map(written, folders)
    assert once == again


def test_a_task_that_a_format_refuses_is_reported_and_skipped(tasks: Path, tmp_path: Path) -> None:
    empty = canonical.dumps(smallest_task("empty", {}) | {"instances": []}, 3)
    (tasks / "tasks" / "empty.json").write_bytes(empty)
    result = command("lm_eval", tmp_path / "out", "--collection", tasks)
    assert result.returncode == 1
    assert "of 5 tasks written" in result.stdout
    assert f"{tasks / 'tasks' / 'empty.json'}:1:1: error CNV009" in result.stderr
    assert "has no instances" in result.stderr
    assert "Skipped 1 file with errors." in result.stderr
    assert not (tmp_path / "out" / "empty.yaml").exists()


def is_named(piece: Any, name: str) -> bool:
    return isinstance(piece, dict) and piece["name"] == name


def test_lm_eval_shows_no_demonstration_with_the_input_of_an_instance(
    tasks: Path, tmp_path: Path
) -> None:
    task = smallest_task("leaky", {})
    question = task["instances"][0]["input"]
    row = {"output": "x", "explanation": "so"}
    demonstrations = [row | {"input": f" {question.upper()}"}, row | {"input": "Another?"}]
    raw = canonical.dumps(task | {"positive_demonstrations": demonstrations}, 3)
    (tasks / "tasks" / "leaky.json").write_bytes(raw)
    result = command("lm_eval", tmp_path / "out", "--collection", tasks)
    assert result.returncode == 0
    written = yaml.safe_load((tmp_path / "out" / "leaky.yaml").read_text("utf-8"))
    assert [each["input"] for each in written["fewshot_config"]["samples"]] == ["Another?"]
    assert written["num_fewshot"] == 1
    (read,) = [one for one in read_back("lm_eval", tmp_path / "out") if is_named(one, "leaky")]
    assert [each["input"] for each in read["positive_demonstrations"]] == [
        each["input"] for each in demonstrations
    ]


@pytest.mark.parametrize("kind", FORMATS)
def test_two_tasks_with_one_name_are_not_mixed(kind: str, tasks: Path, tmp_path: Path) -> None:
    (tasks / "tasks" / "more").mkdir()
    (tasks / "tasks" / "more" / "set.json").write_bytes((tasks / "tasks/set.json").read_bytes())
    result = command(kind, tmp_path / "out", "--collection", tasks)
    assert result.returncode == 1
    assert "an earlier task has the same name, `set`" in result.stderr
    assert "of 5 tasks written" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("jsonl --view mesages", "--view: there is no view `mesages`. Did you mean `messages`?"),
        ("jsonl --set demonstration=2", "has no setting `demonstration`. Did you mean `demonst"),
        ("jsonl --set demonstrations=two", '`demonstrations` is "two", not a whole number'),
        ("jsonl --set demonstrations=-1", "`demonstrations` is -1, not a whole number of at least"),
        ("jsonl --set demonstrations=true", "`demonstrations` is true, not a whole number"),
        (f"jsonl --set demonstrations={10**30}", "`demonstrations` has more than 64 bits."),
        ("jsonl --view natural --set few_shot=half", '`few_shot` is "half", not a number from 0'),
        (
            "jsonl --view natural --set few_shot=true",
            "`few_shot` is true, not a number from 0 to 1",
        ),
        ("jsonl --view natural --set few_shot=NaN", "`few_shot` is NaN, not a number from 0 to 1"),
        ("jsonl --view natural --set few_shot=-1", "`few_shot` is -1, not a number from 0 to 1"),
        ("jsonl --view natural --set few_shot=2", "`few_shot` is 2, not a number from 0 to 1."),
        ("jsonl --set system=1", "`system` is 1, not true or false. Correct it."),
        ("jsonl --set system", "'system' is not NAME=VALUE."),
        ("jsonl --set system=true --set system=false", "'system' is given twice."),
        ("jsonl --view alpaca --set system=true", "view `alpaca` of export jsonl has no setting"),
        ("llama_factory --view rlvr", "does not accept `rlvr`. Use `alpaca` or `messages`."),
        ("superni --view alpaca", "--view: export superni writes whole tasks. Remove the option."),
        ("jsonl --view alpaca --view rlvr", "--view: export jsonl writes one view. Select one of"),
        (
            "huggingface --view alpaca --view rlvr --set alpaca.system=true",
            "export huggingface has no setting `alpaca.system`.",
        ),
        ("superni --seed 3", "--seed: export superni draws nothing at random. Remove the option."),
        (
            "jsonl --evaluation-split",
            "export jsonl writes each task to one split. Remove the option,",
        ),
        ("superni --set bar=true", "export superni has no setting `bar`. Did you mean `bare`?"),
    ],
)
def test_a_wrong_option_is_refused_before_anything_is_written(
    arguments: str, message: str, tasks: Path, tmp_path: Path
) -> None:
    kind, *options = arguments.split()
    result = command(kind, tmp_path / "out", "--collection", tasks, *options)
    assert result.returncode == 2
    # Usage errors are in a box with wrapped lines.
    shown = " ".join(result.stderr.replace("│", " ").split())
    assert message in shown
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "out").exists()


def test_an_integer_is_accepted_for_a_float(tasks: Path, tmp_path: Path) -> None:
    options = ["--view", "natural", "--set", "few_shot=1"]
    result = command("jsonl", tmp_path / "out", "--collection", tasks, *options)
    assert (result.returncode, result.stderr) == (0, "")
    assert "`few_shot` 1," in (tmp_path / "out" / "README.md").read_text("utf-8")


def test_settings_of_the_command_reach_the_view(tasks: Path, tmp_path: Path) -> None:
    options = [
        "--view",
        "rlvr",
        "--seed",
        "7",
        "--set",
        "verifier=re_search",
        "--set",
        "demonstrations=1",
    ]
    result = command("jsonl", tmp_path / "out", "--collection", tasks, *options)
    assert result.returncode == 0, result.stderr
    chosen = {"verifier": "re_search", "demonstrations": 1}
    made = records("rlvr", documents(tasks), seed=7, settings=chosen)
    assert lines(tmp_path / "out" / "train.jsonl") == made


@pytest.mark.parametrize("kind", ["jsonl", "superni"])
@pytest.mark.parametrize("name", ["a b", "..", "-x", "a\nb", "\udcff"])
def test_a_split_name_that_is_not_a_safe_file_name_is_refused(
    name: str, kind: str, tasks: Path, tmp_path: Path
) -> None:
    (tasks / "splits" / "default").mkdir(parents=True)
    (tasks / "splits" / "default" / f"{name}_tasks.txt").write_text("set\n")
    with pytest.raises(ConfigError, match=r"cannot be the name of a split"):
        run(kind, tasks, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_setting_that_is_not_utf8_is_refused(tasks: Path, tmp_path: Path) -> None:
    options = {"views": ("rlvr",), "settings": {"verifier": "\udcff"}}
    with pytest.raises(ConfigError, match="`verifier` is not UTF-8"):
        run("jsonl", tasks, tmp_path / "out", **options)


@pytest.mark.parametrize(
    "path", ["hostile.json", "label.json", "text.json", "splits/default/train_tasks.txt"]
)
def test_an_attachment_never_becomes_a_task_or_a_list(
    path: str, tasks: Path, tmp_path: Path
) -> None:
    attachments = {"map": {"media_type": "text/plain", "path": path}}
    raw = canonical.dumps(smallest_task("hostile", {"attachments": attachments}), 3)
    (tasks / "tasks" / "hostile.json").write_bytes(raw)
    (tasks / "tasks" / path).parent.mkdir(parents=True, exist_ok=True)
    if not (tasks / "tasks" / path).exists():
        (tasks / "tasks" / path).write_text("choices")
    result = command("superni", tmp_path / "out", "--collection", tasks)
    assert result.returncode == 1
    assert "would be written twice. Rename one of the two." in result.stderr
    listed = (tmp_path / "out/splits/default/train_tasks.txt").read_text().split()
    for name in listed:
        document = json.loads((tmp_path / "out" / "tasks" / f"{name}.json").read_bytes())
        assert document["Definition"]
    assert len(listed) == (5 if path in ("label.json", "text.json") else 6)


def test_an_attachment_outside_the_collection_is_reported_and_not_written(
    tasks: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("secret")
    attachments = {"map": {"media_type": "text/plain", "path": "../../secret"}}
    raw = canonical.dumps(smallest_task("hostile", {"attachments": attachments}), 3)
    (tasks / "tasks" / "hostile.json").write_bytes(raw)
    result = command("superni", tmp_path / "out", "--collection", tasks)
    assert result.returncode == 1
    assert "attachment `map`" in result.stderr
    assert not list((tmp_path / "out").rglob("secret"))


def test_a_tokenizer_is_accepted_only_by_views_that_count_tokens(
    tasks: Path, tmp_path: Path
) -> None:
    library: Any = pytest.importorskip("tokenizers")
    tokenizer = library.Tokenizer(library.models.WordLevel({"a": 0}, unk_token="a"))  # noqa: S106
    tokenizer.pre_tokenizer = library.pre_tokenizers.Split("", "isolated")
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    options = ["--view", "tk_instruct", "--tokenizer", tmp_path / "tokenizer.json"]
    done = command("jsonl", tmp_path / "out", "--collection", tasks, *options)
    assert done.returncode == 0, done.stderr
    done = command("superni", tmp_path / "none", "--collection", tasks, *options[2:])
    assert "export superni counts no tokens" in done.stderr
    done = command("jsonl", tmp_path / "none", "--collection", tasks, *options[2:])
    assert "view `messages` counts no tokens" in done.stderr
    done = command("jsonl", tmp_path / "none", "--collection", tasks, *options[:3], "nowhere.json")
    assert "nowhere.json: no such file" in done.stderr
