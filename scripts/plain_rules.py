"""The plain rules: what `taskschema check` looks for in one task, in plain Python.

    python scripts/plain_rules.py FOLDER [--list] [--compare REPORT.json]

It is the second yardstick of `scripts/bench.py`, and a second opinion on the rules: it counts by
the same codes, written anew from what `docs/rules.md` says of each. It stands for what anyone would
write in an afternoon: `json.load`, `jsonschema`, one process, a loop over the instances, `re` and
`ftfy` on each text, sets and dicts where they come to mind. It must NOT be tuned, neither up nor
down; mend it only where it is wrong. It reads versions 2 and 3, has no rules on the collection or
on attachments, no messages, and gives the line of a row rather than that of a text in it.

Nothing is taken from taskschema but tables: the vocabularies and schemas, the patterns and lists of
the rules on privacy, so that both look for the same, and the names of languages and scripts. The
other parts of the script are in the folder `plain`.
"""

# ruff: noqa: PLR0912, PLR2004 - the thresholds and their reasons stand in the rules themselves

import argparse
import json
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from plain.answers import check_answers, check_evaluation, check_metrics
from plain.head import (
    DEMONSTRATIONS,
    Findings,
    Task,
    check_definition,
    check_demonstrations,
    check_labels,
    labels_of,
    normalise,
)
from plain.languages import TAGS, check_languages
from plain.layout import canonical
from plain.metadata import check_metadata
from plain.texts import check_texts

SCHEMAS = Path(__file__).parent.parent / "schemas"
SHAPES = {
    version: json.loads((SCHEMAS / f"task.v{version}.schema.json").read_text(encoding="utf-8"))
    for version in (2, 3)
}
OLD_KEYS = SHAPES[2]["properties"]
NAMES = {
    "Definition": "definition",
    "Positive Examples": "positive_demonstrations",
    "Negative Examples": "negative_demonstrations",
    "Instances": "instances",
    "Categories": "categories",
    "Domains": "domains",
    "Reasoning": "reasoning",
}
LANGUAGES = {
    "Instruction_language": "instruction",
    "Input_language": "input",
    "Output_language": "output",
}
SCHEMA_CODES = {
    **dict.fromkeys(("required",), "SCH001"),
    **dict.fromkeys(("additionalProperties", "not"), "SCH002"),
    **dict.fromkeys(("minItems", "minProperties"), "SCH005"),
    "type": "SCH003",
}

CONTROL_IN_ID = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
MARKS = re.compile(r"[\s.,;:!?\"'`‘’“”„…¿¡、。，：；？！،؛؟।]")  # noqa: RUF001 - the marks of other scripts
APOSTROPHES = re.compile("['`’]")  # noqa: RUF001 - the same
NUMBER = re.compile(r"[0-9]+(?:[.,:][0-9]+)*")


def asked(row: Task) -> tuple[str, ...]:
    """What makes two rows the same question."""
    return (normalise(row["input"]), repr(row.get("context")), repr(row.get("attachments")))


def as_newest(document: Task, name: str) -> Task:
    """The parts of a version 2 document under the names of version 3."""
    task = {new: document[old] for old, new in NAMES.items() if old in document}
    task["name"] = name
    task["extras"] = {"v2": {key: document[key] for key in document if key == "v1"}}
    task["contributors"] = [{"name": text} for text in document.get("Contributors", [])]
    task["sources"] = [{"name": text} for text in document.get("Source", [])]
    if len(document.get("URL", [])) == len(task["sources"]):
        for source, url in zip(task["sources"], document.get("URL", []), strict=True):
            source["url"] = url
    task["licenses"] = [{"text": text} for text in document.get("Instance License", [])]
    task["languages"] = {
        new: [TAGS.get(name, "und") for name in document[old]]
        for old, new in LANGUAGES.items()
        if old in document
    }
    task["language_names"] = {
        new: document[old] for old, new in LANGUAGES.items() if old in document
    }
    return task


def check_rows(task: Task) -> Findings:
    """What the instances and demonstrations show, each question normalised once."""
    questions: dict[tuple[str, ...], list[Task]] = {}
    yield from check_instances(task, questions)
    yield from check_leaks(task, questions)


def check_instances(task: Task, questions: dict[tuple[str, ...], list[Task]]) -> Findings:
    instances = task["instances"]
    if len(instances) < 26:
        yield "INS008", "/instances"
    all_blank = not any(row["input"].strip() for row in instances)
    ids: set[str] = set()
    exact: set[tuple[str, ...]] = set()
    for index, row in enumerate(instances):
        place = f"/instances/{index}"
        ident, text, outputs = row["id"], row["input"], row["output"]
        if ident in ids:
            yield "INS001", f"{place}/id"
        ids.add(ident)
        if not ident.strip() or CONTROL_IN_ID.search(ident) or ident != ident.strip():
            yield "INS010", f"{place}/id"
        question = asked(row)
        same = questions.setdefault(question, [])
        if (text, *question) in exact:
            yield "INS002", f"{place}/input"
        elif same:
            yield "INS003", f"{place}/input"
        exact.add((text, *question))
        if same and set(outputs) != set(same[0]["output"]):
            yield "INS004", f"{place}/output"
        same.append(row)
        if not text.strip():
            if not all_blank:
                yield "INS006", f"{place}/input"
        elif text != text.strip():
            yield "INS007", f"{place}/input"
        seen: set[str] = set()
        for number, output in enumerate(outputs):
            if not output.strip():
                yield "INS005", f"{place}/output/{number}"
            elif output != output.strip():
                yield "INS007", f"{place}/output/{number}"
            if output in seen:
                yield "INS009", f"{place}/output/{number}"
            seen.add(output)


def letters(text: str) -> str:
    """The text without case, white space and punctuation."""
    return MARKS.sub("", text.lower())


def words(row: Task) -> tuple[Any, ...]:
    text = normalise(row["input"])
    return (
        re.findall(r"\w+", APOSTROPHES.sub("", text)),
        NUMBER.findall(text),
        row.get("context"),
        row.get("attachments"),
    )


def check_leaks(task: Task, questions: dict[tuple[str, ...], list[Task]]) -> Findings:
    long: dict[str, list[tuple[str, Task]]] = {}
    for key in DEMONSTRATIONS:
        for index, row in enumerate(task.get(key, [])):
            place = f"/{key}/{index}"
            same = questions.get(asked(row), [])
            if same:
                yield "LEA001", f"{place}/input"
            if key == "negative_demonstrations" and any(row["output"] in r["output"] for r in same):
                yield "DEM002", f"{place}/output"
            if not same and len(row["input"]) >= 50:
                long.setdefault(letters(row["input"]), []).append((place, row))
    if not long:
        return
    found = set()
    labels = labels_of(task)
    for instance in task["instances"]:
        for place, row in long.get(letters(instance["input"]), []):
            differs = labels is not None and row["output"] not in instance["output"]
            if place.startswith("/positive") and differs:
                continue
            about_as_long = abs(len(row["input"]) - len(instance["input"])) <= 3
            if about_as_long and words(row) == words(instance):
                found.add(place)
    for place in found:
        yield "LEA002", f"{place}/input"


def check_keys(document: Task) -> Findings:
    """The keys of a version 2 document that its schema does not know."""
    yield from (("SCH006", f"/{key}") for key in document if key not in OLD_KEYS)
    for name in ("Positive Examples", "Negative Examples", "Instances"):
        known = SHAPES[2]["$defs"]["Instance" if name == "Instances" else "Demonstration"]
        for index, row in enumerate(document[name]):
            foreign = [key for key in row if key not in known["properties"]]
            yield from (("SCH006", f"/{name}/{index}/{key}") for key in foreign)


def check_file(path: Path) -> Findings:
    repeated: list[str] = []

    def unrepeated(pairs: list[tuple[str, Any]]) -> Task:
        for key, count in Counter(key for key, _ in pairs).items():
            if count > 1:
                repeated.extend([key] * (count - 1))
        return dict(pairs)

    def refused(name: str) -> None:
        raise ValueError(f"{name} is no JSON")

    try:
        text = path.read_bytes().decode()
        document = json.loads(text, object_pairs_hook=unrepeated, parse_constant=refused)
    except UnicodeDecodeError:
        yield "FIL003", ""
        return
    except ValueError:
        yield "FIL005", ""
        return
    if repeated:
        yield from [("FIL006", "")] * len(repeated)
        return
    if not isinstance(document, dict) or not document.keys() & {*OLD_KEYS, *SHAPES[3]["required"]}:
        yield "VER001", ""
        return
    version = 2 if {"Definition", "Instances", "Positive Examples"} <= document.keys() else 3
    errors = list(Draft202012Validator(SHAPES[version]).iter_errors(document))
    if errors:
        for error in errors:
            yield SCHEMA_CODES.get(str(error.validator), "SCH004"), error.json_path
        return
    if version == 2:
        yield from check_keys(document)
    if text != canonical(document, version, SHAPES[version]):
        yield "FIL012", ""
    task = as_newest(document, path.stem) if version == 2 else document
    if task["name"] != path.stem:
        yield "NAM001", "/name"
    unfilled = [pointer for pointer, text in parts(task) if text.startswith("TODO: fill in ")]
    yield from (("TXT009", pointer) for pointer in unfilled)
    for check in (
        *(check_metadata, check_languages, check_answers, check_metrics, check_evaluation),
        *(check_definition, check_demonstrations, check_labels, check_rows, check_texts),
    ):
        # What is wrong with a gap is that it is one.
        yield from (found for found in check(task) if found[1] not in unfilled)


def parts(value: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Pointer and text of every text that is read."""
    if isinstance(value, str):
        yield pointer, value
        return
    if not isinstance(value, (dict, list)):
        return
    for key, part in value.items() if isinstance(value, dict) else enumerate(value):
        if key != "extras":
            yield from parts(part, f"{pointer}/{key}")


def place(text: str, findings: list[tuple[str, str]]) -> Iterator[tuple[int, int]]:
    """Line and column of the row that each finding is in, or of the key."""
    breaks = [match.start() for match in re.finditer("\n", text)]
    ids = [match.start() for match in re.finditer(r'"id":', text)]
    older = {new: old for old, new in NAMES.items()}
    for _, pointer in findings:
        key, _, rest = pointer[1:].partition("/")
        at = 0
        if key == "instances" and rest and int(rest.split("/")[0]) < len(ids):
            at = ids[int(rest.split("/")[0])]
        elif key:
            at = max(text.find(f'"{key}"'), text.find(f'"{older.get(key, key)}"'), 0)
        line = bisect_left(breaks, at)
        yield line + 1, at - (breaks[line - 1] if line else -1)


def main() -> None:
    parser = argparse.ArgumentParser(description="What taskschema checks in one task, plainly.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list", action="store_true", help="say where each finding is")
    parser.add_argument("--compare", type=Path, help="a report of `taskschema check` in JSON")
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    paths = sorted(options.folder.glob("*.json"))
    for path in paths:
        findings = list(check_file(path))
        counts.update(code for code, _ in findings)
        if not findings:
            continue
        places = place(path.read_text(encoding="utf-8", errors="replace"), findings)
        for (code, pointer), (line, column) in zip(findings, places, strict=True):
            if options.list:
                print(f"{path}:{line}:{column}: {code} {pointer}")
    theirs: dict[str, int] = {}
    if options.compare:
        theirs = json.loads(options.compare.read_text(encoding="utf-8"))["counts"]
    for code in sorted(counts.keys() | theirs.keys()):
        differs = options.compare and counts[code] != theirs.get(code, 0)
        print(f"{counts[code]:7} {code}" + (f", not {theirs.get(code, 0)}" if differs else ""))
    print(f"{counts.total():7} findings in {len(paths)} files")


if __name__ == "__main__":
    main()
