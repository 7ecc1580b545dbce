"""What `plain_rules.py` looks for in definition, demonstrations and labels."""

# ruff: noqa: PLR0912, PLR2004, SIM102 - the thresholds and their reasons stand in the rules themselves

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import get_close_matches
from math import log
from typing import Any

Task = dict[str, Any]
Findings = Iterator[tuple[str, str]]

DEMONSTRATIONS = ("positive_demonstrations", "negative_demonstrations")
MARKS = " .,;:!?\"'`()[]{}‘’“”«»।、。「」！，？"  # noqa: RUF001 - the marks of other scripts
QUOTATION_MARKS = " \"'`‘’“”"  # noqa: RUF001 - likewise
# Thai, Lao, Tibetan, Burmese, Khmer, kana and Chinese characters.
UNSPACED = re.compile(
    "[\u0e01-\u0fff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
NUMBER = re.compile(r"[-+\u2212]?\d[\d.,/]*%?")
OPENING = re.compile(r"[\w ]{0,20}[\[{(<:=#$+|*\"]")


def normalise(text: str) -> str:
    return " ".join(text.split()).lower()


def check_definition(task: Task) -> Findings:
    seen = set()
    for index, text in enumerate(task["definition"]):
        place = f"/definition/{index}"
        if not text.strip():
            yield "DEF001", place
        elif normalise(text) in seen:
            yield "DEF003", place
        else:
            if text != text.strip():
                yield "DEF002", place
            if is_too_short(text.strip()[:200]):
                yield "DEF004", place
        seen.add(normalise(text))
    labels = task.get("answer_format", {}).get("labels", [])
    short = all(label.strip().isdecimal() or len(label.strip()) == 1 for label in labels)
    if not 1 < len(labels) <= 20 or (short and len(labels) > 2):
        return
    definition = plain(" \n ".join(task["definition"]))
    used = {text for row in task["instances"] for text in row["output"]}
    if definition and not all(names(definition, label) for label in labels if label in used):
        rows = task["instances"][:20]
        listed = [row for row in rows if sum(names(question(row), text) for text in labels) > 1]
        if 2 * len(listed) <= len(rows):
            yield "DEF005", "/definition"


def is_too_short(text: str) -> bool:
    unspaced = len(UNSPACED.findall(text))
    words = UNSPACED.sub(" ", text).split()
    words = [word for word in words if any(mark.isalnum() for mark in word)]
    if unspaced:
        return unspaced + len(words) < 5
    return len(words) < 3 and sum(len(word) for word in words) < 20


def question(row: Task) -> str:
    turns = [turn["content"] for turn in row.get("context", [])]
    asked = [*turns[:1], *turns[1:][-1:], row["input"]]
    return plain(" \n ".join(t if len(t) <= 4000 else t[:2000] + " " + t[-2000:] for t in asked))


def plain(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", normalise(text)).strip()


def names(text: str, label: str) -> bool:
    """Whether a text has a label as a word."""
    label = plain(label)
    if not label or not (label.isascii() or label[0].islower()):
        return label in text
    before = r"(?<!\w)" if label[0].isalnum() else ""
    after = r"(?!\w)" if label[-1].isalnum() and len(label) < 4 else ""
    flags = re.ASCII if label.isascii() else re.UNICODE
    return re.search(before + re.escape(label) + after, text, flags) is not None


def check_demonstrations(task: Task) -> Findings:
    explained: dict[str, tuple[str, str]] = {}
    right: dict[tuple[str, ...], set[str]] = defaultdict(set)
    no_blanks = bool(task["instances"]) and all(row["input"].strip() for row in task["instances"])
    for key, fewest in zip(DEMONSTRATIONS, (2, 1), strict=True):
        rows = task.get(key, [])
        positive = key == DEMONSTRATIONS[0]
        if len(rows) < fewest:
            yield "DEM001", f"/{key}"
        seen: set[tuple[str, ...]] = set()
        inputs: set[tuple[str, ...]] = set()
        for index, row in enumerate(rows):
            place = f"/{key}/{index}"
            other = (repr(row.get("context")), repr(row.get("attachments")))
            asked = (normalise(row["input"]), *other)
            exactly = (row["input"].strip(), *other)
            explanation, output = row["explanation"], row["output"]
            if not any(mark.isalnum() for mark in explanation):
                yield "DEM003", f"{place}/explanation"
            elif explanation != explanation.strip():
                yield "DEM010", f"{place}/explanation"
            answered = (normalise(row["input"]), output)
            said = normalise(explanation).strip(MARKS)
            if said and said == normalise(output).strip(MARKS):
                yield "DEM005", f"{place}/explanation"
            elif len(normalise(explanation)) >= 20:
                if explained.get(normalise(explanation), answered) != answered:
                    yield "DEM004", f"{place}/explanation"
            if len(normalise(explanation)) >= 20:
                explained.setdefault(normalise(explanation), answered)
            if (*asked, output) in seen or (positive and exactly in inputs and has_labels(task)):
                yield "DEM006", f"{place}/input"
            seen.add((*asked, output))
            inputs.add(exactly)
            if positive:
                right[asked].add(output)
                if not output.strip():
                    yield "DEM009", f"{place}/output"
            elif output in right[asked]:
                yield "DEM007", f"{place}/output"
            bare = not row["input"].strip() and not row.get("context")
            if no_blanks and bare and not row.get("attachments"):
                yield "DEM009", f"{place}/input"
            for part in ("input", "output", "suggestion") if positive else ("input", "suggestion"):
                text = row.get(part, "")
                if text.strip() and text != text.strip():
                    yield "DEM010", f"{place}/{part}"
    for index in shaped_otherwise(task):
        yield "DEM008", f"/positive_demonstrations/{index}/output"


def has_labels(task: Task) -> bool:
    kind = task.get("answer_format", {}).get("kind", "text")
    if kind != "text":
        return bool(kind == "label")
    outputs = [row["output"] for row in task["instances"]]
    if len(outputs) < 50 or any(len(several) > 1 for several in outputs):
        return False
    return len({text for several in outputs for text in several}) <= 15


def shaped_otherwise(task: Task) -> Iterator[int]:
    """The positive demonstrations whose outputs are shaped unlike those of the instances."""
    outputs = [text for row in task["instances"] for text in row["output"]]
    form, count = task.get("answer_format", {"kind": "text"}), len(task["instances"])
    if "labels" in form or count < 20 or not outputs:
        return
    counts = Counter(text.strip() for text in outputs)
    labels = sorted(label for label in counts if label)
    few = len(set(outputs)) <= 15
    numbers = all(NUMBER.fullmatch(text) for text in counts)
    opening = OPENING.match(outputs[0].lstrip())
    begin = opening[0] if opening else ""
    begins = bool(begin) and all(text.lstrip().startswith(begin) for text in outputs)
    definition = normalise(" \n ".join(task["definition"]))[:10_000]
    for index, row in enumerate(task.get(DEMONSTRATIONS[0], [])):
        output = row["output"].strip()
        word = re.compile(rf"(?<!\w){re.escape(normalise(output))}(?!\w)")
        if not output:
            continue
        if few and form["kind"] in ("text", "label"):
            if len(labels) < 2 or len(max(labels, key=len)) > 20 or count < 3 * len(labels):
                continue
            parts = re.split("[,;|/]", output)
            if output in labels or all(part.strip() in labels for part in parts):
                continue
            near = {normalise(label).strip(MARKS) for label in labels} - {""}
            sure = count >= 50 and min(counts.values()) >= 3
            taken = normalise(output) in normalise(row["input"]) or word.search(definition)
            if normalise(output).strip(MARKS) in near or (sure and not taken):
                yield index
        elif not few and count >= 50 and not word.search(definition):
            if numbers and re.search(r"[^\W\d_]", output):
                yield index
            if begins and not output.startswith(begin):
                yield index


def labels_of(task: Task) -> dict[str, int] | None:
    """The labels that a task chooses from, declared or seen in its outputs, and their counts."""
    form = task.get("answer_format", {"kind": "text"})
    outputs = [row["output"] for row in task["instances"]]
    counts = Counter(text for several in outputs for text in several)
    if form["kind"] == "label":
        return {label: counts[label] for label in form.get("labels", counts)}
    single = sum(len(several) == 1 for several in outputs)
    recurring = sum(count for count in counts.values() if count >= 5)
    short = all(len(text) <= 50 and "\n" not in text for text in counts)
    alike = 1 < len(counts) <= 50 and 50 * len(counts) <= len(outputs) and short
    if form["kind"] == "text" and alike:
        if single >= 0.99 * len(outputs) and recurring >= 0.98 * len(outputs):
            return dict(counts)
    return None


def misspelt_labels(labels: list[str], outputs: list[list[str]]) -> dict[str, int]:
    """Outputs of three instances or more that are nearly a label which none has."""
    counts = Counter(text for several in outputs for text in several)
    unused = {
        normalise(label).replace("_", " "): label
        for label in labels
        if label.strip() and label not in counts
    }
    undeclared = sorted(set(counts) - set(labels))
    found = {}
    for text in undeclared if len(undeclared) <= 10 else []:
        near = get_close_matches(normalise(text).replace("_", " "), unused, n=3, cutoff=0.75)
        if counts[text] >= 3 and near:
            found[text] = labels.index(unused[near[0]])
    return found


def check_labels(task: Task) -> Findings:
    outputs = [row["output"] for row in task["instances"]]
    form = task.get("answer_format", {})
    if len(outputs) >= 5:
        common = [text for text in outputs[0] if text.strip()]
        if any(all(text in several for several in outputs) for text in common):
            yield "LAB001", "/instances"
    lists = {"/answer_format": form.get("labels", [])}
    for name, field in form.get("fields", {}).items():
        lists[f"/answer_format/fields/{name}"] = field.get("labels", [])
    repeated = set()
    for place, labels in lists.items():
        seen: set[str] = set()
        for index, label in enumerate(labels):
            if label in seen or not label.strip():
                repeated.add(f"{place}/labels/{index}")
                yield "LAB006", f"{place}/labels/{index}"
            seen.add(label)
    if "labels" in form:
        labels = form["labels"]
        known = set(labels)
        misspelt = misspelt_labels(labels, outputs)
        for index in misspelt.values():
            repeated.add(f"/answer_format/labels/{index}")
            yield "LAB002", f"/answer_format/labels/{index}"
        known |= set(misspelt)
        for index, several in enumerate(outputs):
            for number, text in enumerate(several):
                if text not in known:
                    yield "LAB002", f"/instances/{index}/output/{number}"
        for index, row in enumerate(task.get(DEMONSTRATIONS[0], [])):
            if row["output"] not in known and row["output"].strip():
                yield "LAB002", f"/positive_demonstrations/{index}/output"
        used = {text for several in outputs for text in several}
        for index, label in enumerate(labels):
            place = f"/answer_format/labels/{index}"
            if label not in used and place not in repeated and len(outputs) >= 10 * len(labels):
                yield "LAB004", place
    counts = labels_of(task)
    if counts is None:
        return
    total = sum(counts.values())
    shares = [count / total for count in counts.values() if count]
    if len(shares) > 1 and len(outputs) >= 26:
        balance = -sum(share * log(share) for share in shares) / log(len(shares))
        if max(counts.values()) > 0.5 * len(outputs) and balance <= 0.5:
            yield "LAB003", "/instances"
    yield from check_variants(counts, outputs, form.get("labels", []))


def check_variants(counts: dict[str, int], outputs: list[list[str]], declared: Any) -> Findings:
    alike = defaultdict(list)
    for label in sorted(counts, key=lambda label: -counts[label]):
        alike[form_of(label)].append(label)
    for common, *others in alike.values():
        for rare in others:
            if counts[rare] * 4 > counts[common] or len(rare) == len(common) == 1:
                continue
            alone = any(rare in several and common not in several for several in outputs)
            spelled = bool(declared) or rare.strip() != common.strip()
            if spelled and (alone or not counts[rare]):
                yield "LAB005", "/answer_format/labels" if declared else "/instances"


def form_of(label: str) -> str:
    text = normalise(label).strip(QUOTATION_MARKS).rstrip(" .,;:!。।").strip(QUOTATION_MARKS)
    text = re.sub(r"^(?:\(([\w ]+)\)|\[([\w ]+)\])$", r"\1\2", text)
    if re.fullmatch(r"[+-]?[0-9]+\.[0-9]+", text):
        text = text.rstrip("0").removesuffix(".")
    return text.strip() or label
