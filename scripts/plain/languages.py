"""What `plain_rules.py` looks for in the languages of a task, with the tables of names."""

# ruff: noqa: PLR2004 - the thresholds and their reasons stand in the rules themselves

import re
import unicodedata
from collections import Counter

import langcodes

from plain.metadata import Findings, Task, vocabulary
from taskschema.core.text.writing_systems import LANGUAGES, SEVERAL, WORDS
from taskschema.schema.languages import GENERIC_WORDS, OTHER_NAMES

NAMES = vocabulary("languages")["languages"]
TAGS = {name: tag for tag, several in NAMES.items() for name in several}
SCRIPTS = {tag: set(scripts.split()) for scripts, tags in LANGUAGES.items() for tag in tags.split()}
CODES = {word: code for code, word in WORDS.items()}
ON_PURPOSE = re.compile(
    r"translitera|romani[sz]|romaji|pinyin|hinglish|\bscripts?\b|alphabet|phone[tm]ic|\bipa\b"
    r"|(latin|roman|english) (letter|character)|pronunciation|code.?(mix|switch)|encod|encrypt"
    r"|cipher",
    re.IGNORECASE,
)
AT_ONCE = re.compile(
    r"multi.?lingual|bilingual|\blanguages\b|\b(several|different|various|many|any|other|another"
    r"|same|following|source|target|which|what|two|these|those) languages?\b"
)
COMMON = {"a", "and", "in", "is", "of", "or", "that", "the", "to", "you", "your"}


def check_languages(task: Task) -> Findings:
    yield from check_tags(task)
    yield from check_names(task)
    yield from check_script(task)
    yield from check_named(task)


def is_tag(text: str) -> bool:
    return text in NAMES or ("_" not in text and langcodes.tag_is_valid(text))


def check_tags(task: Task) -> Findings:
    for key, tags in task.get("languages", {}).items():
        for index, tag in enumerate(tags):
            if not is_tag(tag):
                yield "LAN001", f"/languages/{key}/{index}"
            elif tag not in NAMES and langcodes.standardize_tag(tag) != tag:
                yield "LAN002", f"/languages/{key}/{index}"


def check_names(task: Task) -> Findings:
    kept = task.get("extras", {}).get("v2")
    kept = kept if isinstance(kept, dict) else {}
    for key, tags in task.get("languages", {}).items():
        older = {"instruction": "Instruction_language"}.get(key, f"{key.title()}_language")
        names = task.get("language_names", {}).get(key) or kept.get(older)
        usual = [NAMES.get(tag, [tag])[0] for tag in tags]
        if not isinstance(names, list) or len(names) != len(tags) or usual == names:
            continue
        for index, (name, tag) in enumerate(zip(names, tags, strict=True)):
            unknown = isinstance(name, str) and name not in TAGS and "multi" not in name.lower()
            if tag == "und" and unknown:
                yield "LAN005", f"/languages/{key}/{index}"


def scripts_of(tag: str) -> set[str]:
    language, *others = tag.split("-")
    for subtag in others:
        if len(subtag) == 4 and subtag.isalpha():
            code = subtag.capitalize()
            return set(SEVERAL.get(code, code).split()) & set(WORDS)
        if len(subtag) == 1:
            break
    return SCRIPTS.get(language.lower(), set())


def check_script(task: Task) -> Findings:
    if any(ON_PURPOSE.search(text) for text in task["definition"]):
        return
    form = task.get("answer_format", {"kind": "text"})
    inputs = [row["input"] for row in task["instances"]]
    outputs = [row["output"][0] for row in task["instances"] if row["output"]]
    for key, texts in (("input", inputs), ("output", outputs)):
        tags = task.get("languages", {}).get(key, [])
        if not tags or not all(scripts_of(tag) for tag in tags):
            continue
        expected = set().union(*[scripts_of(tag) for tag in tags])
        sample = [text for text in texts[:: -(-len(texts) // 200) or 1] if text]
        counts: Counter[str] = Counter()
        for text in sample:
            for mark in text if len(text) <= 200 else text[:100] + text[-100:]:
                if mark.isalpha():
                    name = unicodedata.name(mark, "").split(" ")
                    word = name[1] if name[0] in ("FULLWIDTH", "HALFWIDTH") else name[0]
                    counts[CODES.get(word, "")] += 1
        del counts[""]
        few = key == "output" and len(set(sample)) < len(sample) / 2
        labels = key == "output" and form["kind"] in ("label", "choices")
        beside = key == "input" and any(
            "context" in row or "attachments" in row for row in task["instances"]
        )
        if few or labels or beside or counts.total() < max(300, 10 * len(sample)):
            continue
        limit = 0.05 if "Latn" in expected else 0.01
        if sum(counts[code] for code in expected) <= limit * counts.total():
            yield "LAN003", f"/languages/{key}"


def words_for(language: str) -> set[str]:
    names = NAMES.get(language, [])
    words = {word for name in names for word in re.findall(r"[^\W\d_]+", name.lower())}
    return words - GENERIC_WORDS | set(OTHER_NAMES.get(language, "").split())


def check_named(task: Task) -> Findings:
    languages = task.get("languages", {})
    form = task.get("answer_format", {"kind": "text"})
    keys = ("input",) if form["kind"] == "label" else ("input", "output")
    wanted = {
        (langcodes.standardize_tag(tag) if tag not in NAMES and is_tag(tag) else tag).split("-")[0]
        for key in keys
        for tag in languages.get(key, [])
    } - {"en", "mis", "mul", "und", "zxx"}
    text = " ".join(task["definition"]).casefold()
    words = set(re.findall(r"\w+", text))
    instruction = languages.get("instruction")
    if instruction:
        is_english = any(tag.split("-")[0] == "en" for tag in instruction)
    else:
        is_english = len(words & COMMON) >= 2
    identifies = "Language Identification" in task.get("categories", [])
    if not is_english or identifies or AT_ONCE.search(text):
        return
    for language in sorted(wanted):
        usual = words_for(language)
        other = any(not word.isascii() and word in text for word in usual)
        if usual and not words & usual and not other:
            yield "LAN004", "/definition"
            return
