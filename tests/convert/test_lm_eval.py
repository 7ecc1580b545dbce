"""Evaluation harness tasks: round trips, and comparisons with the harness itself."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from support import foreign
from test_matrix import environment

from taskschema.convert.convert import convert
from taskschema.convert.format import ConvertOptions
from taskschema.convert.pieces import Document
from taskschema.convert.request import ConvertRequest

RELEASE = "lm_eval==0.4.13"
SHOWN = """
import json, sys
from lm_eval.tasks import TaskManager
names = sys.argv[1:]
tasks = TaskManager(include_path=".").load(names)["tasks"]
for name in names:
    task = tasks[name]
    for doc in task.eval_docs:
        choices = task.doc_to_choice(doc) if task.config.doc_to_choice else None
        about = task.resolve_field(doc, task.config.description) or ""
        row = [about, task.doc_to_text(doc), task.doc_to_target(doc), choices]
        print("ROW", json.dumps([name, *row]))
"""
HEAD = {"schema_version": 3, "definition": ["Answer, and mind {{ braces }} and {# marks #}."]}
FIRST = {"input": "Snow", "output": "cold", "explanation": "It melts."}
SECOND = {"input": "Fire", "output": "hot", "explanation": ""}
TURN = {"role": "user", "content": "Think of winter."}
LABEL = {"kind": "label", "labels": ["hot", "cold"]}
BEST = [{"text": "hot", "score": 0.5}, {"text": "cold", "score": 1}]
EVEN = [{"text": "hot", "score": 1}, {"text": "cold", "score": 1}]
SHOTS = {"positive_demonstrations": [FIRST, SECOND, FIRST]}
ONE: Document = {"id": "1", "input": "Ice", "output": ["cold"]}
TWO: Document = {"id": "2", "input": "Tea", "output": ["hot", "cold"]}
TASKS: dict[str, Document] = {
    "texts": {"instances": [ONE | {"context": [TURN]}, TWO]} | SHOTS,
    "single": {"instances": [ONE]},
    "lines": {"instances": [ONE | {"output": ["cold\n\nice"]}]},
    "labels": {"answer_format": LABEL, "instances": [ONE]} | SHOTS,
    "labels_several": {"answer_format": LABEL, "instances": [ONE, TWO]} | SHOTS,
    "choices": {"answer_format": {"kind": "choices"}, "instances": [ONE | {"answer": BEST}]}
    | SHOTS,
    "choices_several": {
        "answer_format": {"kind": "choices"},
        "instances": [ONE | {"answer": BEST}, TWO | {"answer": EVEN}],
    },
    "sets": {
        "answer_format": {"kind": "set", "separator": ", "},
        "instances": [ONE | {"answer": [["cold"]]}],
    },
}


def run(folder: Path, *arguments: str | Path) -> str:
    offline = {
        "HF_HUB_OFFLINE": "1",
        "HF_DATASETS_OFFLINE": "1",
        "HF_HOME": str(folder.parent / "cache"),
    }
    done = subprocess.run(
        [environment(RELEASE), *arguments],
        cwd=folder,
        env=os.environ | offline,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.matrix
def test_the_harness_runs_written_tasks(tmp_path: Path) -> None:
    tasks, out = tmp_path / "tasks", tmp_path / "out"
    tasks.mkdir()
    for name, task in TASKS.items():
        text = json.dumps(HEAD | {"name": name} | task)
        (tasks / f"{name}.json").write_text(text, encoding="utf-8")
    convert(
        ConvertRequest(str(tasks), f"{out}/", source_format="taskschema", target_format="lm_eval")
    )
    line = ["-m", "lm_eval", "run", "--model", "dummy", "--include_path", ".", "--log_samples"]
    run(out, *line, "--tasks", ",".join(TASKS), "--output_path", tmp_path / "results")
    (found,) = (tmp_path / "results").rglob("results_*.json")
    results = json.loads(found.read_text(encoding="utf-8"))["results"]
    assert results.keys() == TASKS.keys()
    prompts: dict[str, Any] = {}
    for path in (tmp_path / "results").rglob("samples_*.jsonl"):
        name = path.name.removeprefix("samples_").rpartition("_")[0]
        first = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
        prompts[name] = [arguments["arg_0"] for arguments in first["arguments"].values()]
    before = f"Definition: {HEAD['definition'][0]}\n\n"
    shots = "Input: Snow\nOutput: cold\n\nInput: Fire\nOutput: hot\n\n"
    question = "Input: Ice\nOutput:"
    turn = "user: Think of winter.\n"
    assert prompts == {
        "texts": [before + shots + turn + question],
        "single": [before + question],
        "lines": [before + question],
        "labels": [before + shots + question] * 2,
        "labels_several": [before + shots + question] * 2,
        "choices": [before + shots + question] * 2,
        "choices_several": [before + question] * 2,
        "sets": [before + question],
    }


@pytest.mark.matrix
def test_tasks_are_read_as_the_harness_reads_them(tmp_path: Path) -> None:
    source = foreign.source_of(foreign.FOREIGN / "lm_eval" / "usual")
    convert(ConvertRequest(str(source), f"{tmp_path}/tasks/", source_format="lm_eval"))
    names = ["birds", "nests", "songs"]
    ours = []
    for name in names:
        task = json.loads((tmp_path / "tasks" / f"{name}.json").read_text(encoding="utf-8"))
        ours += [(name, row["input"], row["output"]) for row in task["instances"]]
    theirs = []
    work = tmp_path / "work"
    shutil.copytree(source, work)
    for line in run(work, "-c", SHOWN, *names).splitlines():
        if not line.startswith("ROW "):
            continue
        name, about, text, target, choices = json.loads(line.removeprefix("ROW "))
        listed = target if isinstance(target, list) else [target]
        outputs = [choices[one] if isinstance(one, int) else one for one in listed]
        theirs.append((name, (about if name == "nests" else "") + text, outputs))
    assert theirs == ours


def tasks_in(folder: Path) -> dict[str, Document]:
    """Return the tasks of a folder, without their provenance."""
    found = {
        path.name: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.json"))
    }
    return {
        name: {key: task[key] for key in task if key != "provenance"}
        for name, task in found.items()
    }


@pytest.mark.parametrize("key", ["doc_to_text", "doc_to_target", "doc_to_choice", "description"])
def test_a_template_that_exceeds_its_limits_ends_its_task(key: str, tmp_path: Path) -> None:
    loops = "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}"
    fields = {"task": "loops", "dataset_path": "json", "dataset_kwargs": {"data_files": "a.jsonl"}}
    fields |= {"doc_to_text": "{{a}}", "doc_to_target": "{{a}}", "description": "Say it."}
    source = tmp_path / "source"
    source.mkdir()
    Path(source, "loops.yaml").write_text(json.dumps(fields | {key: loops}), "utf-8")
    Path(source, "a.jsonl").write_text('{"a": "1"}\n' * 50, "utf-8")
    conversion = convert(ConvertRequest(str(source), str(tmp_path / "tasks")))
    assert conversion.refused <= 4
    assert any("the following rows are skipped" in found.message for found in conversion.findings)


@pytest.mark.parametrize("bare", [False, True])
@pytest.mark.parametrize("case", ["usual", "given", "carried"])
def test_read_tasks_survive_a_round_trip(case: str, *, bare: bool, tmp_path: Path) -> None:
    folder = foreign.FOREIGN / "lm_eval" / case
    foreign.convert(folder, foreign.source_of(folder), tmp_path / "tasks")
    out = str(tmp_path / "out")
    options = ConvertOptions(bare=bare)
    convert(
        ConvertRequest(
            str(tmp_path / "tasks"),
            out,
            source_format="taskschema",
            target_format="lm_eval",
            options=options,
        )
    )
    convert(ConvertRequest(out, f"{tmp_path}/back/", source_format="lm_eval"))
    before, after = tasks_in(tmp_path / "tasks"), tasks_in(tmp_path / "back")
    assert after.keys() == before.keys()
    if not bare:
        assert after == before
    for name, task in before.items():
        for key in ("definition", "answer_format", "canary"):
            assert after[name].get(key) == task.get(key)
        for row, again in zip(task["instances"], after[name]["instances"], strict=True):
            assert (again["input"], again["output"]) == (row["input"], row["output"])


@pytest.mark.parametrize("name", TASKS)
def test_a_bare_task_keeps_definition_and_rows(name: str, tmp_path: Path) -> None:
    source = tmp_path / "task.json"
    task = HEAD | {"name": name} | TASKS[name]
    source.write_text(json.dumps(task), encoding="utf-8")
    options = ConvertOptions(bare=True)
    convert(
        ConvertRequest(str(source), f"{tmp_path}/out/", target_format="lm_eval", options=options)
    )
    convert(ConvertRequest(f"{tmp_path}/out", f"{tmp_path}/back/", source_format="lm_eval"))
    (again,) = tasks_in(tmp_path / "back").values()
    assert again["definition"] == task["definition"]
    for row, other in zip(task["instances"], again["instances"], strict=True):
        assert (other["input"], other["output"]) == (row["input"], row["output"])
