"""Rules on languages, terms, licences, sources and people, beyond their good and bad examples."""

# ruff: noqa: RUF001 - languages are checked with texts in other scripts

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from taskschema import check
from taskschema.core.findings import Edit
from taskschema.core.syntax.json_pointers import tokens
from taskschema.rules.registry import rules_of
from taskschema.rules.rule import TaskRule
from taskschema.rules.smallest_task import smallest_task, write_task
from taskschema.schema import languages, published_files
from taskschema.schema.columns import Columns

FAMILIES = ("LAN", "TAX", "LIC", "SRC", "PRO", "CON")
ENGLISH = "Someone asked what the weather in the mountains would be like on day {}."
RUSSIAN = "Кто-то спросил, какая погода будет в горах в день номер {}."
HINDI = "किसी ने पूछा कि पहाड़ों में दिन {} को मौसम कैसा रहेगा।"
JAPANESE = "山の天気は{}日目にどうなるかと誰かが尋ねました。"
CHINESE = "有人问第{}天山里的天气会怎么样，要不要带雨伞。"
ARABIC = "سأل أحدهم كيف سيكون الطقس في الجبال في اليوم رقم {}."
NAMED = "Answer the question, in Russian, Hindi, Japanese, Chinese, Arabic, Serbian or Greek."


def rows(text: str, output: str = "") -> list[dict[str, Any]]:
    numbers = range(26)
    return [
        {"id": f"{n}", "input": text.format(n), "output": [(output or "yes {}").format(n)]}
        for n in numbers
    ]


def found(folder: Path, overlay: dict[str, Any]) -> list[tuple[str, str]]:
    """Return code and pointer of every finding of these rules."""
    write_task(folder, "task", overlay)
    return [
        (finding.code, finding.pointer)
        for finding in check(folder).findings
        if finding.code[:3] in FAMILIES
    ]


@pytest.mark.parametrize(
    ("tag", "text", "fits"),
    [
        ("ru", ENGLISH, False),
        ("ru-Cyrl", ENGLISH, False),
        ("ru-Latn", ENGLISH, True),
        ("ru", RUSSIAN, True),
        ("ru", f"{ENGLISH} привет", True),
        ("en", RUSSIAN, False),
        ("en", CHINESE, False),
        ("en", ENGLISH, True),
        ("en", f"Question: {RUSSIAN}", True),
        ("hi", HINDI, True),
        ("hi", ARABIC, False),
        ("ja", JAPANESE, True),
        ("zh-Hant", CHINESE, True),
        ("zh", ENGLISH, False),
        ("ar", ARABIC, True),
        ("el", RUSSIAN, False),
        ("sr", RUSSIAN, True),  # written in two scripts
        ("sr", ENGLISH, True),
        ("und", RUSSIAN, True),
        ("mul", RUSSIAN, True),
        ("x-private", RUSSIAN, True),
        ("ru", "x = {} + y", True),  # too few letters
    ],
)
def test_inputs_in_the_script_of_their_language(
    tag: str, text: str, *, fits: bool, tmp_path: Path
) -> None:
    task = {"definition": [NAMED], "languages": {"input": [tag]}, "instances": rows(text)}
    codes = [code for code, _ in found(tmp_path, task) if code != "LAN002"]
    assert codes == ([] if fits else ["LAN003"])


@pytest.mark.parametrize(
    ("overlay", "fits"),
    [
        ({"instances": rows("number {}", ENGLISH)}, False),
        ({"instances": rows("number {}", RUSSIAN)}, True),
        ({"instances": rows("number {}", "a positive review of a book")}, True),
        ({"definition": ["Transliterate the Russian text."]}, True),
        ({"languages": {"input": ["en"], "output": ["en", "ru"]}}, True),
        (
            {
                "answer_format": {"kind": "label", "labels": [ENGLISH, "other"]},
                "positive_demonstrations": None,
            },
            True,
        ),
    ],
)
def test_outputs_in_the_script_of_their_language(
    overlay: dict[str, Any], *, fits: bool, tmp_path: Path
) -> None:
    task = {
        "definition": [NAMED],
        "languages": {"input": ["en"], "output": ["ru"]},
        "instances": rows("number {}", ENGLISH),
        **overlay,
    }
    expected = [] if fits else [("LAN003", "/languages/output/0")]
    assert found(tmp_path, task) == expected


@pytest.mark.parametrize(
    ("tag", "canonical"),
    [
        ("eng", "en"),
        ("EN", "en"),
        ("en-Latn", "en"),
        ("zh-hans", "zh-Hans"),
        ("iw", "he"),
        ("zh-yue", "yue"),
        ("zh-min-nan", "nan"),
        ("tgl", "tl"),
        ("TL-ph", "tl-PH"),
        ("sh-latn", "sh-Latn"),
        ("i-klingon", "tlh"),
        ("en-uk", "en-GB"),
    ],
)
def test_canonical_tags(tag: str, canonical: str) -> None:
    assert languages.is_tag(tag)
    assert languages.canonical_tag(tag) == canonical
    assert languages.canonical_tag(canonical) == canonical


def test_tags_in_the_language_table_are_canonical() -> None:
    document = json.loads(published_files.read("vocabulary/languages.json"))
    tags = document["languages"]
    assert all(languages.is_tag(tag) and languages.canonical_tag(tag) == tag for tag in tags)


@pytest.mark.parametrize(
    ("definition", "overlay", "named"),
    [
        ("Translate the sentence to English.", {}, False),
        ("You are given a sentence in hindi, which you translate.", {}, True),
        ("You are given a sentence in हिन्दी, which you translate.", {}, True),
        ("Translate the sentence from any language.", {}, True),
        ("Übersetze den Satz ins Deutsche.", {}, True),
        ("Translate the sentence.", {"languages": {"instruction": ["de"], "input": ["hi"]}}, True),
        ("Say which it is.", {"categories": ["Language Identification"]}, True),
        ("Sum up the text in Farsi.", {"languages": {"input": ["en"], "output": ["fa"]}}, True),
        ("Sum up the text in Chinese.", {"languages": {"input": ["yue", "zh-Hans"]}}, True),
        ("Sum up the text in Greek.", {"languages": {"input": ["el"], "output": ["zxx"]}}, True),
        ("Sum up the text in Greek.", {"languages": {"input": ["el"], "output": ["de"]}}, False),
        ("Sum up the text in Creole.", {"languages": {"input": ["ht"]}}, True),
        ("Sum up the text in Twi.", {"languages": {"input": ["ak"]}}, True),
        ("Sum up the text in Māori.", {"languages": {"input": ["mi"]}}, True),
        ("Sum up the text in Bahasa Melayu.", {"languages": {"input": ["zlm"]}}, True),
        ("Sum up the text in Oshindonga.", {"languages": {"input": ["ng"]}}, True),
        ("Sum up the text of it.", {"languages": {"input": ["nb"]}}, False),
        ("Sum up the Norwegian text.", {"languages": {"input": ["nb"]}}, True),
        ("Sum up the text.", {"languages": {"input": ["en-GB", "und", "mul"]}}, True),
    ],
)
def test_definitions_must_name_the_language(
    definition: str, overlay: dict[str, Any], *, named: bool, tmp_path: Path
) -> None:
    task = {
        "definition": [definition],
        "languages": {"instruction": ["en"], "input": ["hi"]},
        **overlay,
    }
    if "languages" not in overlay and definition.startswith("Ü"):
        task["languages"] = {"input": ["hi"]}
    hits = [hit for hit in found(tmp_path, task) if hit[0] == "LAN004"]
    assert hits == ([] if named else [("LAN004", "/definition")])


@pytest.mark.parametrize(
    ("kind", "term", "code", "corrected"),
    [
        ("domains", "Maths", "TAX001", None),
        ("domains", "reviews->movies", "TAX001", "Reviews -> Movies"),
        ("domains", "Sport", "TAX001", "Sports"),
        ("domains", "Misc.", "TAX001", None),  # although it is a category
        ("domains", "Twiter", "TAX001", None),
        ("domains", "Food -> Restaurants", "TAX001", None),
        ("domains", "", "TAX001", None),
        ("domains", " -> ", "TAX001", None),
        ("domains", "python", "TAX002", "Code -> Language -> Python"),
        ("domains", "Image Caption", "TAX002", "Captions -> Image Captions"),
        ("domains", "Code -> Python", "TAX002", None),
        ("domains", "Stories", "TAX002", None),
        ("domains", "Restaurants", "TAX002", None),
        ("domains", "Concepts and Relations", "TAX002", None),
        ("reasoning", "Arithmetic", "TAX002", "Mathematics -> Arithmetic"),
        ("reasoning", "News", "TAX003", None),
        ("categories", "causal reasoning", "TAX003", None),
        ("categories", "Reasoning -> Causal Reasoning", "TAX003", None),
        ("categories", "Ethics Classification", None, None),
        ("categories", "Mathematics", None, None),
        ("domains", "Movies", None, None),
    ],
)
def test_terms(
    kind: str, term: str, code: str | None, corrected: str | None, tmp_path: Path
) -> None:
    task = smallest_task("task", {kind: ["Mathematics", term] if term != "Mathematics" else [term]})
    assert found(tmp_path, task) == ([(code, f"/{kind}/1")] if code else [])
    if corrected:
        assert edited(task)[kind] == ["Mathematics", corrected]


def test_a_corrected_term_is_not_listed_twice(tmp_path: Path) -> None:
    domains = ["Twitter", "Python", "Social Media -> Twitter", "python", "Code", "Code"]
    task = smallest_task("task", {"domains": domains})
    assert [code for code, _ in found(tmp_path, task)] == ["TAX002"] * 3 + ["TAX004"]
    fixed = edited(task)
    assert fixed["domains"] == ["Code -> Language -> Python", "Social Media -> Twitter", "Code"]
    assert found(tmp_path, fixed) == []


def test_many_unknown_terms_do_not_take_long() -> None:
    task = smallest_task("task", {"domains": [f"term {n}" for n in range(20_000)]})
    columns = Columns(task)
    hits = [hit for rule in rules_of(TaskRule) for hit in rule.check(columns)]
    assert len(hits) == 20_000


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"text": "Apache 2.0"}, ["LIC002"]),
        ({"text": "Apache 2.0", "spdx": "Apache-2.0"}, []),
        ({"text": "Apache 2.0", "spdx": "apache-2.0"}, []),
        ({"text": "Apache 2.0", "spdx": "Apache 2.0"}, ["LIC002"]),
        ({"text": "Apache 2.0", "spdx": "Apache-2"}, ["LIC002"]),
        ({"text": "Apache 2.0", "spdx": "MIT"}, ["LIC002"]),
        ({"text": "Apache 2.0", "spdx": "MIT OR Apache-2.0"}, []),
        ({"text": "CC BY 3.0", "spdx": "CC-BY-3.0-US"}, []),
        ({"text": "CC BY 3.0", "spdx": "CC-BY-NC-3.0"}, ["LIC002"]),
        ({"text": "GPL 3.0", "spdx": "GPL-3.0-or-later"}, []),
        ({"text": "our own terms", "spdx": "LicenseRef-ours"}, []),
        ({"text": "Unknown"}, []),
        ({"text": "CC BY"}, []),
        ({"text": "our own terms, version 1.0"}, []),
        ({"text": "CC BY 5.0"}, []),
        ({"text": "Apahce 2.0"}, ["LIC002"]),
        ({"text": "CC BY-NC-SA4.0"}, ["LIC002"]),
        ({"text": ""}, ["LIC001"]),
        ({"text": "", "spdx": "MIT"}, []),
    ],
)
def test_licences_and_their_spdx_identifiers(
    entry: dict[str, str], expected: list[str], tmp_path: Path
) -> None:
    task = smallest_task("task", {"licenses": [entry]})
    assert [code for code, _ in found(tmp_path, task)] == expected
    if entry == {"text": "Apache 2.0"}:
        assert found(tmp_path, edited(task)) == []


@pytest.mark.parametrize(
    ("own", "theirs", "expected"),
    [
        ("MIT", "CC-BY-NC-4.0", ["LIC003"]),
        ("MIT", "Microsoft Research Data License Agreement", ["LIC003"]),
        ("CC BY-NC 4.0", "MSR-LA", ["LIC003"]),
        ("CC BY-NC 4.0", "MIT", []),
        ("CC BY-NC 4.0", "CC BY-NC-SA 4.0", []),
        ("MIT", "Unknown", []),
        ("MIT", "house rules", []),
        ("Unknown", "CC BY-NC 4.0", []),
    ],
)
def test_a_licence_compared_with_that_of_a_source(
    own: str, theirs: str, expected: list[str], tmp_path: Path
) -> None:
    task = smallest_task("task", {"licenses": [{"text": own}]})
    task["sources"] = [{"name": "a", "license": theirs}]
    task = edited(task)  # with its SPDX identifier, if it has one
    assert [code for code, _ in found(tmp_path, task)] == expected


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "HTTP://Example.org:8080/a?b=c#d",
        "https://example.org/recognition-(bc2gm)",
        "https://web.archive.org/web/2020/https://example.org/a",
        "https://example.org/?to=https://example.com",
        "ftp://ftp.example.org/a.zip",
        "https://[::1]/a",
        "https://example.org/データ",
        "https://пример.рф/",
        "doi:10.1000/182",
        "arXiv:1706.09254",
        "s3://bucket/a",
    ],
)
def test_valid_urls(url: str, tmp_path: Path) -> None:
    assert found(tmp_path, {"sources": [{"name": "a", "url": url}]}) == []


@pytest.mark.parametrize(
    ("url", "corrected"),
    [
        ("http//example.org/a", "http://example.org/a"),
        ("htps://example.org", "https://example.org"),
        ("https:/example.org", "https://example.org"),
        (" https://example.org/a\n", "https://example.org/a"),
        ("https://example.org/a b", None),
        ("https://a.org; https://b.org", None),
        ("https://a.orghttps://b.org", None),
        ("https://a.org,https://b.org", None),
        ("example.org/a", None),
        ("www.example.org", None),
        ("https://huggingface/a", None),
        ("https://", None),
        ("N/A", None),
        ("[a](https://a.org)", None),
        ("https://example.org/" + "a" * 5000, None),
        ("h" + "t" * 100_000, None),
    ],
)
def test_malformed_urls(url: str, corrected: str | None, tmp_path: Path) -> None:
    task = smallest_task("task", {"sources": [{"name": "a", "url": url}]})
    assert found(tmp_path, task) == [("SRC002", "/sources/0/url")]
    if corrected:
        fixed = edited(task)
        assert fixed["sources"][0]["url"] == corrected
        assert found(tmp_path, fixed) == []


@pytest.mark.parametrize(
    ("overlay", "expected"),
    [
        ({"provenance": None}, [("SRC001", "/sources")]),
        ({"provenance": None, "sources": [{"name": ""}]}, [("SRC001", "/sources")]),
        ({"provenance": None, "sources": [{"name": "a"}]}, []),
        ({"provenance": {"method": "converted", "from": "promptsource"}}, []),
        ({"provenance": {"method": "converted"}, "sources": [{"name": "a"}]}, []),
        ({"sources": [{"name": "a", "url": ""}]}, [("SRC001", "/sources/0/url")]),
        ({"sources": [{"name": "a", "url": "", "citation": "A (2020)"}]}, []),
        ({"sources": [{"name": "self-authored", "url": " "}]}, []),
        ({"provenance": {"method": "generated"}}, [("PRO001", "/provenance")]),
        ({"provenance": {"method": "generated", "generator": "a model"}}, []),
        ({"provenance": {"method": "programmatic"}}, []),
        ({"contributors": [{"name": " ", "github": "ada"}]}, [("CON001", "/contributors/0/name")]),
    ],
)
def test_sources_and_provenance(
    overlay: dict[str, Any], expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    assert found(tmp_path, overlay) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("squad", "https://a.org/squad"), ("SQuAD", "http://www.a.org/squad/"), True),
        (("wikitables", "https://a.org"), ("wikitabels", "https://a.org"), True),
        (("squad", "https://a.org"), ("squad", "https://a.org"), True),
        (("squad", ""), ("SQuAD", ""), True),
        (("squad", "https://a.org"), ("squad", "https://b.org"), False),
        (("mnli", "https://a.org"), ("qnli", "https://a.org"), False),
        (("wsc", "https://a.org"), ("enhanced_wsc", "https://a.org"), False),
        (
            ("news_commentary_2019", "https://a.org"),
            ("news_commentary_2020", "https://a.org"),
            False,
        ),
    ],
)
def test_two_spellings_of_one_source(
    one: tuple[str, str], other: tuple[str, str], *, same: bool, tmp_path: Path
) -> None:
    sources = [{"name": n, "url": u} if u else {"name": n} for n, u in (one, other)]
    expected = [("SRC003", "/sources/1/name")] if same else []
    assert found(tmp_path, {"sources": sources}) == expected


def test_version_1_is_not_checked_for_keys_that_it_lacks(tmp_path: Path) -> None:
    shown = {"input": "shown", "output": "shown", "reason": "it is", "suggestion": "-"}
    task = {
        "Title": "A task",
        "Prompt": "Do it.",
        "Definition": "Do it.",
        "Things to Avoid": "-",
        "Emphasis & Caution": "-",
        "Examples": {"Positive Examples": [shown], "Negative Examples": [shown]},
        "Instances": [{"input": "a", "output": ["b"]}],
    }
    (tmp_path / "task.json").write_text(json.dumps(task, indent=4, ensure_ascii=False))
    assert not [code for code in check(tmp_path).counts if code[:3] in FAMILIES]


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("Englsh", "`English` (`en`)"),
        ("english", "`English` (`en`)"),
        ("en", "`English` (`en`)"),
        ("SELFIES", "Write a name"),
        ("", "Write a name"),
        ("English", None),
        ("Punjabi", None),
        ("Modern Greek (1453-)", None),
        ("Undetermined", None),
        ("Multiple languages", None),
    ],
)
def test_names_of_languages_in_version_2(name: str, suggestion: str | None, tmp_path: Path) -> None:
    task = {
        "Definition": ["Answer it in one of the words."],
        "Input_language": ["English", name],
        "Positive Examples": [],
        "Negative Examples": [],
        "Instances": rows(ENGLISH),
    }
    (tmp_path / "task.json").write_text(json.dumps(task, indent=4, ensure_ascii=False))
    hits = [hit for hit in check(tmp_path).findings if hit.code == "LAN005"]
    assert [hit.pointer for hit in hits] == (["/Input_language/1"] if suggestion else [])
    assert all(str(suggestion) in hit.message for hit in hits)


def test_extras_written_by_other_tools_are_ignored(tmp_path: Path) -> None:
    for kept in (None, "x", {"Input_language": "x"}, {"Input_language": [{}, None]}):
        overlay = {"languages": {"input": ["und", "und"]}, "extras": {"v2": kept}}
        assert "LAN005" not in [code for code, _ in found(tmp_path, overlay)]


def test_findings_in_version_2_point_to_its_own_keys(tmp_path: Path) -> None:
    task = {
        "Contributors": [""],
        "Source": ["squad"],
        "URL": [""],
        "Categories": ["Dialogue"],
        "Definition": ["Answer it in one of the words."],
        "Input_language": ["Hindi"],
        "Domains": ["Twitter"],
        "Positive Examples": [],
        "Negative Examples": [],
        "Instances": rows(ENGLISH),
    }
    (tmp_path / "task.json").write_text(json.dumps(task, indent=4, ensure_ascii=False))
    pointers = {
        finding.code: finding.pointer
        for finding in check(tmp_path).findings
        if finding.code[:3] in FAMILIES
    }
    assert pointers == {
        "CON001": "/Contributors/0",
        "LAN003": "/Input_language/0",
        "LAN004": "/Definition",
        "LIC001": "/Instance License",
        "SRC001": "/URL/0",
        "TAX002": "/Domains/0",
        "TAX003": "/Categories/0",
    }


def test_findings_in_the_corpus(corpus: Path) -> None:
    counts = {code: n for code, n in check(corpus).counts.items() if code[:3] in FAMILIES}
    assert counts == {"SRC002": 1, "TAX002": 1}


@pytest.mark.parametrize(
    "rule", [rule for rule in rules_of(TaskRule) if rule.code[:3] in FAMILIES and rule.fix]
)
def test_a_fix_removes_its_finding(rule: TaskRule, tmp_path: Path) -> None:
    fixed = edited(smallest_task("task", rule.bad), rule)
    assert rule.code not in [code for code, _ in found(tmp_path, fixed)]
    assert edited(fixed, rule) == fixed


def edited(task: dict[str, Any], rule: TaskRule | None = None) -> dict[str, Any]:
    """Apply the edits of all these rules, or of one."""
    rules = [rule] if rule else [r for r in rules_of(TaskRule) if r.code[:3] in FAMILIES]
    columns = Columns(task)
    edits = dict.fromkeys(  # each edit once, since two rules may propose the same one
        edit for each in rules for hit in each.check(columns) for edit in hit.edits
    )
    task = deepcopy(task)
    # From the end, so that removals do not shift the pointers of the other edits.
    for edit in sorted(
        edits,
        key=lambda edit: (edit.action != "remove", len(edit.pointer), edit.pointer),
        reverse=True,
    ):
        apply(task, edit)
    return task


def apply(task: dict[str, Any], edit: Edit) -> None:
    *above, last = tokens(edit.pointer)
    holder: Any = task
    for token in above:
        holder = holder[int(token)] if isinstance(holder, list) else holder[token]
    key = int(last) if isinstance(holder, list) else last
    if edit.action == "remove":
        del holder[key]
    else:
        holder[key] = edit.value
