"""An export records its options, so that it can be repeated."""

import json
import shlex
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from support.commands import run_command

from taskschema.collection import export_manifest
from taskschema.collection.collection import collect
from taskschema.dataset.filters import Filters
from taskschema.export.changed_options import options_section
from taskschema.export.export import export
from taskschema.export.exporter import EXPORTERS as ALL_EXPORTERS
from taskschema.export.request import ExportRequest
from taskschema.rules.smallest_task import write_task
from taskschema.views.tokenizers import WORDS

USUAL = ("huggingface", "jsonl")
ASKED = [
    "--view natural --seed 4 --set few_shot=0.5 --set variants=3",
    "--view rlvr --set 'verifier=it is `mine`' --set alternatives=true",
    "--track other --split dev --split train",
    "--category 'Question Answering' --category Misc. --language de --license-class commercial",
    "--where 'categories=Misc.' --max-instances 3 --seed 9",
    "--shard-size 1000 --evaluation-split --max-instances 5",
]


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    root = tmp_path / "collection"
    write_task(root / "tasks", "apple", {"categories": ["Question Answering -> Extractive"]})
    evaluated = {"evaluation": {"instances": ["id-3", "id-1"]}}
    rest = {"languages": {"input": ["de-AT"]}, "categories": ["Misc."]}
    write_task(root / "tasks", "cedar", evaluated | rest)
    lists = root / "splits" / "other"
    lists.mkdir(parents=True)
    (lists / "train_tasks.txt").write_text("apple\n")
    (lists / "dev_tasks.txt").write_text("cedar\n")
    return root


def command(*arguments: str | Path) -> None:
    done = run_command("export", *arguments)
    assert done.returncode == 0, done.stderr


def made(out: Path) -> Any:
    return json.loads((out / "manifest.json").read_bytes())["options"]


def options_in_readme(out: Path) -> list[str]:
    """The options in the README, as a person would copy them."""
    _, _, rest = (out / "README.md").read_text("utf-8").partition("with these options:\n\n")
    marks, options, end, *_ = rest.splitlines()
    assert marks == end
    return shlex.split(options)


@pytest.mark.parametrize("kind", USUAL)
@pytest.mark.parametrize("asked", ASKED)
def test_the_options_in_the_readme_repeat_the_export(
    kind: str, asked: str, collection: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    if kind != "huggingface":
        asked = asked.replace("--evaluation-split", "")  # it writes each task to one split
    command(kind, first, "--collection", collection, *shlex.split(asked))
    command(kind, second, "--collection", collection, *options_in_readme(first))
    names = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert names == sorted(p.relative_to(second) for p in second.rglob("*") if p.is_file())
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in names)


def test_several_views_become_configs_and_the_card_repeats_them(
    collection: Path, tmp_path: Path
) -> None:
    import datasets

    first, second = tmp_path / "one", tmp_path / "two"
    asked = "--view rlvr --view messages --view rlvr --set system=false --set rlvr.verifier=mine"
    command("huggingface", first, "--collection", collection, *asked.split())
    command("huggingface", second, "--collection", collection, *options_in_readme(first))
    assert made(first) == made(second)
    assert made(first)["view"] == ["messages", "rlvr"]
    names = datasets.get_dataset_config_names(str(first))
    assert {"default", "tasks", "messages", "rlvr"} == set(names)
    rows = datasets.load_dataset(str(first), "rlvr", split="train", cache_dir=str(tmp_path / "c"))
    assert set(rows["dataset"]) == {"mine"}
    roles = {turn["role"] for row in rows["messages"] for turn in row}
    assert "system" not in roles


@pytest.mark.parametrize("kind", ALL_EXPORTERS.names())
def test_an_export_with_defaults_records_no_options(
    kind: str, collection: Path, tmp_path: Path
) -> None:
    command(kind, tmp_path / "out", "--collection", collection)
    assert made(tmp_path / "out") == {}
    page = tmp_path / "out" / "README.md"
    assert not page.exists() or "with these options" not in page.read_text("utf-8")


def test_options_with_their_default_value_are_not_recorded(
    collection: Path, tmp_path: Path
) -> None:
    options = "--view messages --seed 0 --set demonstrations=0 --set system=true --shard-size 500MB"
    command("jsonl", tmp_path / "out", "--collection", collection, *options.split())
    assert made(tmp_path / "out") == {}


def test_the_manifest_records_parsed_values(collection: Path, tmp_path: Path) -> None:
    options = "--view natural --set variants=2 --where categories=Misc. --max-instances 3 --seed 9"
    command("jsonl", tmp_path / "out", "--collection", collection, *options.split())
    assert made(tmp_path / "out") == {
        "view": "natural",
        "seed": 9,
        "settings": {"variants": 2},
        "filters": {"where": [["categories", "Misc."]], "max_instances": 3},
    }


def test_an_exporter_without_a_readme_records_options_in_the_manifest(
    collection: Path, tmp_path: Path
) -> None:
    command("superni", tmp_path / "out", "--collection", collection, "--set", "bare=true")
    assert made(tmp_path / "out") == {"settings": {"bare": True}}


def test_a_tokenizer_is_recorded_by_digest_not_by_path(collection: Path, tmp_path: Path) -> None:
    library: Any = pytest.importorskip("tokenizers")
    file = tmp_path / "somewhere" / "tokenizer.json"
    file.parent.mkdir()
    library.Tokenizer(library.models.WordLevel({"a": 0}, unk_token="a")).save(str(file))  # noqa: S106
    options = ["--view", "tk_instruct", "--tokenizer", file]
    command("jsonl", tmp_path / "out", "--collection", collection, *options)
    digest = sha256(file.read_bytes()).hexdigest()
    assert made(tmp_path / "out") == {"view": "tk_instruct", "tokenizer": digest}
    page = (tmp_path / "out" / "README.md").read_text("utf-8")
    assert f"The sha256 of the tokenizer's `FILE` is `{digest}`.\n" in page
    assert options_in_readme(tmp_path / "out") == ["--view", "tk_instruct", "--tokenizer", "FILE"]
    assert "somewhere" not in page + (tmp_path / "out" / "manifest.json").read_text("utf-8")


class Letters:
    """A tokenizer without a file."""

    def encode(self, text: str) -> list[int]:
        return list(text.encode())

    def decode(self, tokens: Any) -> str:
        return bytes(tokens).decode(errors="replace")


def test_options_that_only_python_can_give_are_recorded(collection: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    def run(**options: Any) -> Any:
        filters = Filters(max_instances=2, seed=5)
        request = ExportRequest("jsonl", out, views=("tk_instruct",), filters=filters, **options)
        return export(collect([collection]), request).manifest.options

    said = run(tokenizer=Letters())
    assert said["tokenizer"].endswith(".Letters")
    assert said["filters"] == {"max_instances": 2, "seed": 5}
    page = (out / "README.md").read_text("utf-8")
    assert "Letters.\n" in page
    assert "Instances were sampled with the seed 5.\n" in page
    assert "tokenizer" not in run(tokenizer=WORDS)
    assert run(seed=5)["filters"] == {"max_instances": 2}


@pytest.mark.parametrize("text", ["a\nb", "`````", "\udcff", "'; rm -rf ~ #", "<b>", ""])
def test_any_option_value_stays_on_one_line_of_code(
    text: str, collection: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    filters = Filters(categories=("Misc.", text))
    export(collect([collection]), ExportRequest("huggingface", out, filters=filters))
    shown = text.replace("\n", "\\n").replace("\udcff", "\\udcff")
    assert options_in_readme(out) == ["--category", "Misc.", "--category", shown]


def test_a_seed_of_any_size_is_recorded(collection: Path, tmp_path: Path) -> None:
    options = ["--view", "natural", "--seed", str(2**70)]
    command("jsonl", tmp_path / "out", "--collection", collection, *options)
    assert made(tmp_path / "out")["seed"] == str(2**70)
    assert options_in_readme(tmp_path / "out") == options


def test_a_manifest_without_options_is_still_an_export(collection: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command("jsonl", out, "--collection", collection)
    manifest = json.loads((out / "manifest.json").read_bytes())
    del manifest["options"]
    (out / "manifest.json").write_text(json.dumps(manifest))
    assert export_manifest.is_export(out)
    command("jsonl", out, "--collection", collection)
    assert made(out) == {}


def test_no_changed_options_give_no_section() -> None:
    assert options_section({}) == ""
