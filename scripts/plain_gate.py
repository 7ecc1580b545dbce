"""The plain gate: the checks of Super-NaturalInstructions' own test, in plain Python.

    python scripts/plain_gate.py FOLDER [--linear | --numpy]

It is the yardstick of `scripts/bench.py`: every speed figure of `taskschema check` is a ratio to
it. It stands for what anyone would write in an afternoon: `json.load`, one process, plain loops,
sets and dicts where they come to mind. It must NOT be tuned, neither up nor down; mend it only
where it is wrong. It has none of our text rules, gives no lines and no columns, and leaves out
what is not in the task file itself (the hand-kept index, the split files). Unlike the original it
does not stop at the first fault: it counts them all, by kind.

The original flattens a task's outputs with `sum(outputs, [])`, which copies the list once for every
instance and takes more than half of its time; so does this gate. `--linear` mends that one line,
for whoever wants to know what is left. The original then counts them with `numpy.unique`, which
sorts copies that are all as wide as the longest; `--numpy` does that too, for whoever wants to
know what the original takes.
"""

import argparse
import json
import math
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Any

VOCABULARY = Path(__file__).parent.parent / "schemas" / "vocabulary"
TERMS = {"Categories": "categories", "Domains": "domains", "Reasoning": "reasoning"}
LANGUAGES = ["Input_language", "Output_language", "Instruction_language"]
LISTS = ["Contributors", "Source", "URL", "Definition", *TERMS, *LANGUAGES]
REQUIRED = [*LISTS, "Positive Examples", "Negative Examples", "Instances"]
MIN_INSTANCES, MAX_INSTANCES = 26, 6500
MIN_EXAMPLES = {"Positive Examples": 2, "Negative Examples": 1}
FEW_LABELS = 15
MIN_BALANCE = 0.8


def load_vocabulary() -> dict[str, set[str]]:
    allowed = {}
    for key, stem in TERMS.items():
        with (VOCABULARY / f"{stem}.json").open(encoding="utf-8") as file:
            allowed[key] = set(json.load(file)["terms"])
    with (VOCABULARY / "languages.json").open(encoding="utf-8") as file:
        languages = json.load(file)["languages"]
    for key in LANGUAGES:
        allowed[key] = {name for names in languages.values() for name in names}
    return allowed


def check_head(task: dict[str, Any], allowed: dict[str, set[str]]) -> list[str]:
    faults = [f"missing key: {key}" for key in REQUIRED if key not in task]
    for key in LISTS:
        values = task.get(key, [])
        if not isinstance(values, list):
            faults.append(f"wrong type: {key} is not a list")
            continue
        for value in values:
            if not isinstance(value, str):
                faults.append(f"wrong type: {key} has an item that is not a string")
            elif key in allowed and value not in allowed[key]:
                faults.append(f"unknown term: {key}: {value}")
    return faults


def check_examples(examples: list[Any], key: str, inputs: set[str]) -> list[str]:
    faults = []
    if len(examples) < MIN_EXAMPLES[key]:
        faults.append(f"too few examples: {len(examples)} in {key}")
    for number, example in enumerate(examples):
        if not isinstance(example, dict) or not all(
            isinstance(example.get(field), str) for field in ("input", "output", "explanation")
        ):
            faults.append(f"wrong type: {key} {number} lacks a string")
        elif key == "Positive Examples" and example["input"] in inputs:
            faults.append(f"example among the instances: {key} {number}")
    return faults


def count_each(outputs: list[str], *, with_numpy: bool) -> list[int]:
    if not with_numpy:
        return list(Counter(outputs).values())
    import numpy as np  # noqa: PLC0415 - the plain gate does without

    return [int(count) for count in np.unique(outputs, return_counts=True)[1]]


def check_balance(counts: list[int]) -> list[str]:
    if len(counts) <= 1:
        return ["fewer than two outputs: nothing to learn"]
    if len(counts) >= FEW_LABELS:
        return []
    shares = [count / sum(counts) for count in counts]
    balance = -sum(share * math.log(share) for share in shares) / math.log(len(shares))
    return [] if balance > MIN_BALANCE else [f"unbalanced outputs: {balance:.3f}"]


def check_instance(
    instance: Any, ids: set[str], inputs: set[str], outputs: list[list[str]]
) -> list[str]:
    if not isinstance(instance, dict):
        return ["wrong type: an instance is not an object"]
    ident, text, answers = instance.get("id"), instance.get("input"), instance.get("output")
    if not isinstance(ident, str) or not isinstance(text, str) or not isinstance(answers, list):
        return [f"wrong type: id, input or output of {ident}"]
    if not all(isinstance(answer, str) for answer in answers):
        return [f"wrong type: an output of {ident} is not a string"]
    faults = []
    if ident in ids:
        faults.append(f"duplicate id: {ident}")
    if text in inputs:
        faults.append(f"duplicate input: {ident}")
    if not text:
        faults.append(f"empty input: {ident}")
    if not answers or "" in answers:
        faults.append(f"empty output: {ident}")
    if "http://" in text or "https://" in text:
        faults.append(f"URL in input (a warning): {ident}")
    ids.add(ident)
    inputs.add(text)
    outputs.append(answers)
    return faults


def check_file(
    path: Path, allowed: dict[str, set[str]], *, linear: bool, with_numpy: bool
) -> list[str]:
    faults = [] if path.name == path.name.lower() else ["file name: not lower-case"]
    try:
        with path.open(encoding="utf-8") as file:
            task = json.load(file)
    except ValueError as error:
        return [*faults, f"not JSON: {error}"]
    if not isinstance(task, dict):
        return [*faults, "wrong type: the file does not hold an object"]
    faults += check_head(task, allowed)
    for key in ["Positive Examples", "Negative Examples", "Instances"]:
        if not isinstance(task.get(key, []), list):
            return [*faults, f"wrong type: {key} is not a list"]
    instances = task.get("Instances", [])
    if not MIN_INSTANCES <= len(instances) <= MAX_INSTANCES:
        faults.append(f"number of instances: {len(instances)}")
    ids: set[str] = set()
    inputs: set[str] = set()
    outputs: list[list[str]] = []
    for instance in instances:
        faults += check_instance(instance, ids, inputs, outputs)
    for key in MIN_EXAMPLES:
        faults += check_examples(task.get(key, []), key, inputs)
    # The slow way is the original's; see above.
    flat = list(chain(*outputs)) if linear else sum(outputs, [])  # noqa: RUF017
    return faults + check_balance(count_each(flat, with_numpy=with_numpy))


def main() -> None:
    parser = argparse.ArgumentParser(description="Super-NaturalInstructions' checks, plainly.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--linear", action="store_true", help="flatten outputs in linear time")
    parser.add_argument("--numpy", action="store_true", help="count outputs as the original does")
    options = parser.parse_args()
    allowed = load_vocabulary()
    paths = sorted(options.folder.glob("*.json"))
    faults = [
        fault
        for path in paths
        for fault in check_file(path, allowed, linear=options.linear, with_numpy=options.numpy)
    ]
    for kind, count in Counter(fault.split(":")[0] for fault in faults).most_common():
        print(f"{count:7} {kind}")
    print(f"{len(faults):7} faults in {len(paths)} files")


if __name__ == "__main__":
    main()
