"""Test an installed taskschema: run it with the interpreter of its environment.

    env/bin/python -I scripts/smoke.py
    env/bin/python -I scripts/smoke.py --datasets

Each step runs the command in a new folder and checks its output; the first that fails ends the
run with its message and exit code 1. `--datasets` also exports for `datasets` and loads the result,
which needs the extra `hf`. The script needs no file of the checkout.
"""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROWS = 30
TASK = {
    "schema_version": 3,
    "name": "next_number",
    "definition": ["Write the whole number that follows the given one."],
    "licenses": [{"text": "CC0 1.0", "spdx": "CC0-1.0"}],
    "provenance": {"method": "programmatic"},
    "positive_demonstrations": [
        {"input": "number 101", "output": "102", "explanation": "102 follows 101."},
        {"input": "number 205", "output": "206", "explanation": "206 follows 205."},
    ],
    "negative_demonstrations": [
        {"input": "number 301", "output": "300", "explanation": "300 precedes 301."}
    ],
    "instances": [
        {"id": f"row-{number}", "input": f"number {number}", "output": [f"{number + 1}"]}
        for number in range(ROWS)
    ],
}


def main(arguments: list[str]) -> None:
    if set(arguments) - {"--datasets"}:
        sys.exit(f"usage: {Path(__file__).name} [--datasets]")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        is_installed(folder)
        checks(folder)
        exports_and_converts(folder)
        has_its_files(folder)
        if arguments:
            loads(folder)
    print(f"taskschema {version('taskschema')} works on Python {sys.version.split()[0]}.")


def is_installed(folder: Path) -> None:
    spec = find_spec("taskschema")
    origin = str(spec and spec.origin)
    inside = Path(origin).is_relative_to(sys.prefix)
    expect("the package is in the environment", actual=inside, expected=True, detail=origin)
    shown = taskschema("--version", folder=folder).strip()
    expect("--version", shown, f"taskschema {version('taskschema')}")


def checks(folder: Path) -> None:
    (folder / "tasks").mkdir()
    path = folder / "tasks" / "next_number.json"
    path.write_text(json.dumps(TASK), encoding="utf-8")
    taskschema("fmt", "tasks", folder=folder)
    report = json.loads(taskschema("check", "tasks", "--format", "json", folder=folder))
    expect("check of a task", (report["files"], report["findings"]), (1, []))
    (folder / "broken.json").write_text("{", encoding="utf-8")
    arguments = ("check", "broken.json", "--format", "json")
    report = json.loads(taskschema(*arguments, folder=folder, code=1))
    expect("check of a broken file", report["counts"], {"FIL005": 1})


def exports_and_converts(folder: Path) -> None:
    taskschema("export", "jsonl", "out", "--collection", "tasks", folder=folder)
    lines = [
        json.loads(line)
        for path in sorted((folder / "out").rglob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    expect("export jsonl", len(lines), ROWS)
    task = "tasks/next_number.json"
    taskschema("convert", task, "older/", "--to", "superni", folder=folder)
    taskschema("convert", "older/", "newer/", "--from", "superni", folder=folder)
    (path,) = (folder / "newer").rglob("next_number.json")
    converted = json.loads(path.read_bytes())
    (conversion,) = converted["provenance"].pop("conversions")
    expect("convert to superni and back", (converted, conversion["format"]), (TASK, "superni"))


def has_its_files(folder: Path) -> None:
    schema = json.loads(taskschema("schema", "3", folder=folder))
    expect("schema", set(schema["required"]) <= set(TASK), expected=True)
    taskschema("init", "collection", folder=folder)
    workflow = folder / "collection" / ".github" / "workflows" / "check.yml"
    expect("init", actual=workflow.is_file(), expected=True)
    taskschema("check", "collection", folder=folder)
    page = taskschema("check", "tasks", "--format", "html", folder=folder)
    expect("the report as a page", actual="<style" in page and "</html>" in page, expected=True)


def loads(folder: Path) -> None:
    taskschema("export", "huggingface", "hub", "--collection", "tasks", folder=folder)
    os.environ |= {"HF_HUB_OFFLINE": "1", "HF_HOME": str(folder / "home")}
    import datasets

    datasets.disable_progress_bars()
    rows = datasets.load_dataset(str(folder / "hub"), split="train")
    inputs = [row["input"] for row in TASK["instances"]]
    expect("export huggingface", sorted(rows["input"]), sorted(inputs))


def taskschema(*arguments: str, folder: Path, code: int = 0) -> str:
    """Run the command of this environment, and return its output."""
    command = shutil.which("taskschema", path=sysconfig.get_path("scripts"))
    if command is None:
        sys.exit("The environment has no command taskschema.")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [command, *arguments],
        cwd=folder,
        env=environment | {"TASKSCHEMA_CACHE": str(folder / "cache")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != code:
        called = f"taskschema {' '.join(arguments)}"
        sys.exit(f"{called}: exit code {done.returncode}, not {code}.\n{done.stdout}{done.stderr}")
    return done.stdout


def expect(step: str, actual: Any, expected: Any, detail: str = "") -> None:
    if actual != expected:
        sys.exit(f"{step}: {actual!r:.2000}, not {expected!r:.2000}. {detail}".rstrip())
    print(f"ok: {step}")


if __name__ == "__main__":
    main(sys.argv[1:])
