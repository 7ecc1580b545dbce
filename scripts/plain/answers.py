"""What `plain_rules.py` looks for in structured answers, metrics and the evaluation subset."""

import json
import re
from typing import Any

from plain.metadata import Findings, Task, vocabulary

METRICS = vocabulary("metrics")["metrics"]
BESIDE_DIGITS = re.compile(r"[\s.,'_+/%$€£¥₹−’٫٬-]|(?<=[0-9])[eE](?=[-+0-9])")  # noqa: RUF001


def check_evaluation(task: Task) -> Findings:
    ids = {row["id"] for row in task["instances"]}
    seen = set()
    for index, ident in enumerate(task.get("evaluation", {}).get("instances", [])):
        if ident not in ids:
            yield "EVA001", f"/evaluation/instances/{index}"
        if ident in seen:
            yield "EVA002", f"/evaluation/instances/{index}"
        seen.add(ident)


def rendered(form: Task, answer: Any) -> list[str] | None:
    if form["kind"] == "set":
        return [form["separator"].join(members) for members in answer]
    if form["kind"] == "fields":
        if set(answer) != set(form["fields"]):
            return None
        first = {name: answer[name][0] for name in form["fields"]}
        return [json.dumps(first, ensure_ascii=False, separators=(",", ":"))]
    best = max(choice["score"] for choice in answer)
    return [choice["text"] for choice in answer if choice["score"] == best]


def check_answers(task: Task) -> Findings:
    form = task.get("answer_format", {"kind": "text"})
    if form["kind"] in ("text", "label"):
        return
    for key in ("instances", "positive_demonstrations", "negative_demonstrations"):
        for index, row in enumerate(task.get(key, [])):
            if "answer" not in row:
                continue
            place, answer, output = f"/{key}/{index}/answer", row["answer"], row["output"]
            wanted = rendered(form, answer)
            if wanted is None or (output not in wanted if key != "instances" else output != wanted):
                yield "ANS001", place
            if form["kind"] == "set":
                yield from check_members(answer, form["separator"], place)
            elif form["kind"] == "fields" and key != "negative_demonstrations":
                yield from check_fields(answer, form["fields"], place)
            elif form["kind"] == "choices":
                seen = set()
                for number, choice in enumerate(answer):
                    if choice["text"] in seen:
                        yield "ANS004", f"{place}/{number}"
                    seen.add(choice["text"])
                scores = {choice["score"] for choice in answer}
                if key == "instances" and len(seen) == len(answer) and len(scores) == 1:
                    yield "ANS004", place


def check_members(answer: list[list[str]], separator: str, place: str) -> Findings:
    for number, members in enumerate(answer):
        blank = [member for member in members if not member.strip()]
        if len(members) > 1 and blank:
            yield from [("ANS002", f"{place}/{number}")] * len(blank)
        elif members and separator.join(members).split(separator) != members:
            yield "ANS002", f"{place}/{number}"
        else:
            yield from [("ANS002", f"{place}/{number}")] * (len(members) - len(set(members)))


def check_fields(answer: dict[str, list[str]], fields: Task, place: str) -> Findings:
    for name, values in answer.items():
        field = fields.get(name, {})
        if field.get("type") == "label" and "labels" in field:
            for value in values:
                if value.strip() and value not in field["labels"]:
                    yield "ANS003", f"{place}/{name}"
        elif field.get("type") == "number":
            shown = values[0].strip()
            if shown and not BESIDE_DIGITS.sub("", shown).isnumeric():
                yield "ANS003", f"{place}/{name}"


def check_metrics(task: Task) -> Findings:
    form = task.get("answer_format", {"kind": "text"})
    seen = set()
    for index, name in enumerate(task.get("metrics", [])):
        if name in seen:
            yield "MET002", f"/metrics/{index}"
        elif form["kind"] not in METRICS[name]["kinds"]:
            yield "MET001", f"/metrics/{index}"
        seen.add(name)
    for name, field in form.get("fields", {}).items():
        kind = "text" if field["type"] == "number" else field["type"]
        if "metric" in field and kind not in METRICS[field["metric"]]["kinds"]:
            yield "MET001", f"/answer_format/fields/{name}/metric"
