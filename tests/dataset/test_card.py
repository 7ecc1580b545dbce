"""The card describes a dataset, and escapes every text of a task."""

import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from markdown_it import MarkdownIt
from support.checkout import ROOT

from taskschema.collection.collection import collect
from taskschema.collection.export_manifest import WrittenFile
from taskschema.core.text.markdown import fence, inline, link
from taskschema.core.text.printing import printable
from taskschema.dataset.bar_chart import BAR, LONGEST, TEXT, ChartSection, draw
from taskschema.dataset.card import card
from taskschema.dataset.card.hub import (
    TASK_CATEGORIES,
    license_identifier,
    size_category,
    task_categories,
)
from taskschema.dataset.data_files import data_files
from taskschema.dataset.summary import LONGEST_CITATION, MOST, DatasetSummary
from taskschema.export.export import export
from taskschema.export.request import ExportRequest
from taskschema.rules.smallest_task import smallest_task
from taskschema.schema.columns import Columns
from taskschema.schema.vocabulary import terms

DIGEST = "0123456789abcdef" * 4
FILES = [
    WrittenFile("default/test-00000-of-00001.parquet", 7, DIGEST),
    WrittenFile("default/train-00000-of-00002.parquet", 1_000, DIGEST),
    WrittenFile("default/train-00001-of-00002.parquet", 234, DIGEST),
    WrittenFile("tasks/train-00000-of-00001.parquet", 3, DIGEST),
    WrittenFile("README.md", None, DIGEST),
]
HEADINGS = [
    *("A collection of instruction tasks", "Contents", "Tasks by category", "Licences"),
    *("How to load it", "Credits", "Canaries", "Limits"),
]
HOSTILE = [
    *("---", "***", "===", "# heading", "- item", "+ item", "1. item", "2) item", "> quotation"),
    *("a | b | c", "a \\| b", "|", "`code", "``` fence", "~~~", "~~gone~~", "*bold* __bold__"),
    *("<script>alert(1)</script>", "<!-- comment", "]]>", "<a@b.example>", "<https://x.example>"),
    *("[text](javascript:alert(1))", "![picture](https://x.example/a.png)", "[reference]: /x"),
    *("&lt;b&gt; &copy; &#60;", "\\(x\\) $$x$$", "{{ template }} {% raw %}", "\u202etxt.exe"),
    *("line\n---\nline", "line\r\n# line", "line\u2028- line", "\x1b[31mred", "end\\"),
    *("'quoted' \"quoted\"", "\ufffe \U000e0041", "a" * 150, "文字" * 40),
]
MARKDOWN = MarkdownIt("gfm-like", {"html": True, "linkify": False})


def contents(*overlays: dict[str, Any]) -> DatasetSummary:
    made = DatasetSummary()
    for number, overlay in enumerate(overlays):
        columns = Columns(smallest_task(f"task_{number}", overlay))
        made.add(columns, len(columns.instances))
    return made


def made(*overlays: dict[str, Any]) -> str:
    return card(contents(*overlays), data_files(FILES), DIGEST, "composition.svg")


def front(text: str) -> dict[str, Any]:
    # The Hub ends the front matter at the first line of three hyphens.
    head = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    assert head is not None
    found: dict[str, Any] = yaml.safe_load(head[1])
    return found


def body(text: str) -> str:
    return text.split("\n---\n", 1)[1]


def kinds(text: str) -> set[str]:
    """The types of all tokens in a Markdown text."""
    tokens = MARKDOWN.parse(text)
    return {token.type for outer in tokens for token in (outer, *(outer.children or ()))}


def texts(text: str) -> list[str]:
    """The visible text of each block."""
    return [
        "".join(part.content for part in token.children or ())
        for token in MARKDOWN.parse(text)
        if token.type == "inline"
    ]


def everywhere(text: str) -> dict[str, Any]:
    """A task with one text in every field."""
    return {
        "categories": [text],
        "languages": {"instruction": [text], "input": [text], "output": ["en"]},
        "contributors": [{"name": text, "github": text}],
        "sources": [{"name": text, "url": text, "license": text, "citation": text}],
        "licenses": [{"text": text, "spdx": text}],
        "canary": text,
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_of_tasks_are_never_markup(text: str) -> None:
    found = made(everywhere(text))
    harmless = front(made(everywhere("harmless")))
    assert front(found) == harmless
    tokens = MARKDOWN.parse(body(found))
    headings = [after.content for token, after in pairs(tokens) if token.type == "heading_open"]
    assert headings == HEADINGS
    allowed = kinds(body(made(everywhere("harmless"))))
    assert kinds(body(found)) <= allowed | {"text_special", "entity"}
    shown = printable(" ".join(text.split()))
    assert sum(shown in part for part in texts(body(found))) >= 3


def pairs(tokens: list[Any]) -> Iterable[tuple[Any, Any]]:
    return pairwise(tokens)


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_stay_inside_cells_links_and_fences(text: str) -> None:
    shown = printable(" ".join(text.split()))
    row = f"| a | b |\n| --- | --- |\n| {inline(text)} | x |\n"
    assert texts(row) == ["a", "b", shown, "x"]
    assert texts(link(text, "https://x.example/")) == [shown]
    (block,) = MARKDOWN.parse(fence(f"{text}\nnext"))
    assert block.type == "fence"
    assert block.content.endswith("\nnext\n")


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x.example", "x"),
        *("https://", "https://[", "http:x", "", "\nhttps://", "vbscript:x"),
    ],
)
def test_only_web_urls_become_links(url: str) -> None:
    assert "link_open" not in kinds(link("a", url))


def test_a_link_keeps_its_url() -> None:
    for url in ("https://x.example/a_(b)?c=d&copy;=1#e", "http://x.example/%20[1]"):
        tokens = MARKDOWN.parse(link("a", url))[1].children
        assert tokens is not None
        assert str(tokens[0].attrs["href"]).replace("%5B", "[").replace("%5D", "]") == url
    bad = "https://x.example/> <b>\"'`|\n\\"
    assert "html_inline" not in kinds(link("a", bad))


def test_the_front_matter_uses_terms_of_the_hub() -> None:
    found = front(
        made(
            {
                "categories": ["Translation", "Summarization"],
                "languages": {
                    "instruction": ["en"],
                    "input": ["zh-Hant", "und"],
                    "output": ["yue"],
                },
                "licenses": [
                    {"text": "x", "spdx": "GPL-3.0-or-later"},
                    {"text": "ODbL 1.0"},
                    {"text": "house rules"},
                ],
            },
            {"licenses": [], "categories": ["Sentiment Analysis"]},
        )
    )
    assert found["language"] == ["en", "yue", "zh"]
    assert found["language_details"] == ["zh-Hant"]
    assert found["license"] == ["gpl-3.0", "odbl", "other", "unknown"]
    assert re.fullmatch("[a-z.-]+", found["license_name"])
    assert found["size_categories"] == ["n<1K"]
    assert found["task_categories"] == ["text-classification", "text-generation", "translation"]
    default, tasks = found["configs"]
    assert default["config_name"] == "default"
    assert default["default"] is True
    assert default["version"] == tasks["version"] == "0.0.1193046"
    assert default["data_files"] == [
        {"split": "test", "path": "default/test-*.parquet"},
        {"split": "train", "path": "default/train-*.parquet"},
    ]


def test_terms_are_translated_to_those_of_the_hub() -> None:
    ours = [name for names in TASK_CATEGORIES.values() for name in names]
    assert len(ours) == len(set(ours))
    assert set(ours) <= set(terms("categories"))
    assert task_categories([]) == ["text-generation"]
    assert [size_category(size) for size in (0, 999, 1_000, 10**6, 2 * 10**9)] == [
        *("n<1K", "n<1K", "1K<n<10K", "1M<n<10M", "1B<n<10B")
    ]
    assert license_identifier("CC BY-NC-SA 4.0") == "cc-by-nc-sa-4.0"
    assert license_identifier("PDDL-1.0") == "pddl"
    assert license_identifier("GPL") == "gpl"
    assert license_identifier("MIT OR Apache-2.0") == "other"
    assert license_identifier("Unknown") == license_identifier("") == "unknown"


def test_the_body_has_counts_credits_and_loading_code() -> None:
    bibtex = "@misc{s,\n  title = {S | `s` ```}\n}"
    found = made(
        {
            "categories": ["Translation"],
            "contributors": [{"name": "Ada", "orcid": "0000-0002-1825-0097", "github": "ada"}],
            "sources": [
                {"name": "s", "url": "https://x.example/s", "license": "MIT", "citation": bibtex},
                {"name": "t", "citation": "T. Author, *T*, 2001."},
            ],
            "canary": "canary GUID 1",
            "provenance": {"method": "converted"},
        },
        {"contributors": [{"name": "Ada", "orcid": "0000-0002-1825-0097", "github": "ada"}]},
        {"licenses": []},
    )
    assert "\n3 tasks with 78 instances, written by taskschema in schema version 3.\n" in found
    assert "\n![Composition of the dataset](composition.svg)\n" in found
    assert "| `default` | one row per instance;" in found
    assert "| `train` | 1,234 |\n" in found
    assert "\n| Translation | 1 | 26 |\n" in found
    assert "\n| (none) | 2 | 52 |\n" in found
    assert "\n| CC0-1.0 | commercial | 2 | 52 |\n" in found
    assert "\n| (none stated) | unspecified | 1 | 26 |\n" in found
    assert "52 instances commercial, 26 instances unspecified" in found
    assert '\ninstances_test = load_dataset(PATH, split="test")\n' in found
    assert '\ninstances = load_dataset(PATH, split="train")\n' in found
    assert '\ntasks = load_dataset(PATH, "tasks", split="train")\n' in found
    person = "[Ada](<https://orcid.org/0000-0002-1825-0097>) ([ada](<https://github.com/ada>))"
    assert f"\nContributors: {person}.\n" in found
    assert "\n- [s](<https://x.example/s>), MIT\n- t\n" in found
    assert "\n- T. Author, \\*T\\*, 2001.\n" in found
    assert f"\n````bibtex\n{bibtex}\n````\n" in found
    assert "\n```\ncanary GUID 1\n```\n" in found
    assert "- 1 task of 3 state no licence" in found


def test_only_complete_bibtex_entries_with_distinct_keys_are_merged() -> None:
    whole = [
        *("@misc{a, title = {A}}", '@string{l = "L"}\n@misc{b, title = l}\n@misc{c, year = 1}'),
        *("@misc{d, title = {{D}: \\'{e} \\{d\\}}}", "@article {e,\n\n title = {a\n\n@b}}"),
    ]
    others = [
        *("@misc{f, title = {F}", "@misc{g, title = {G}}}", "@misc{h, note = {\\}}", "@comment{i"),
        *("@misc{k, note = {" + "x" * LONGEST_CITATION + "}}", "@misc{, title = {L}}", "@ home"),
        *("@misc{A, title = {another}}", "@inproceedings{c, title = {another}}"),
        "@misc{m, title = {M}} @misc{m, title = {N}}",
    ]
    sources = [{"name": f"s{n}", "citation": text} for n, text in enumerate([*whole, *others])]
    found = made({"sources": sources})
    assert "\n```bibtex\n" + "\n\n".join(whole) + "\n```\n" in found
    assert all(f"- {inline(text)[:60]}" in found for text in others)


def test_the_card_states_whether_attached_files_are_included() -> None:
    with_files = [*FILES, WrittenFile("attachments/train-00000-of-00001.parquet", 2, DIGEST)]
    found = card(contents({}), data_files(with_files), DIGEST)
    line = "one row per attached file; install Pillow to read images"
    assert f"| `attachments` | {line} | `train` | 2 |\n" in found
    assert "their files are not included" not in found
    assert "their files are not included" in made({})


def test_a_blank_category_counts_as_none() -> None:
    found = made({"categories": ["\t"]}, {"categories": []}, {"categories": ["Mathematics "]})
    assert "\n| (none) | 2 | 52 |\n" in found
    assert "\n| Mathematics | 1 | 26 |\n" in found


def test_the_summary_stays_small() -> None:
    people = [{"name": f"person {number}"} for number in range(3 * MOST)]
    gathered = contents(
        {
            "contributors": people,
            "sources": [{"name": "s", "citation": "x" * 10**6}],
            "licenses": [{"text": f"licence {number}"} for number in range(3 * MOST)],
        }
    )
    assert len(gathered.contributors) == MOST
    assert len(gathered.licenses.rows()) == MOST + 1
    assert len(next(iter(gathered.sources)).citation) <= LONGEST_CITATION + 3
    found = card(gathered, data_files(FILES), DIGEST)
    assert "Only 1,000 contributors are listed; column `contributors` of config `tasks`" in found


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - what was drawn here


@pytest.mark.parametrize("text", HOSTILE)
def test_a_chart_escapes_texts_of_tasks(text: str) -> None:
    svg = draw(text, [ChartSection(text, [(text, 3), ("", 0)])])
    root = parsed(svg)
    assert {element.tag.rpartition("}")[2] for element in root.iter()} == {
        *("svg", "title", "desc", "text", "rect", "path")
    }
    assert root[0].text == printable(text)
    labels = [element.text or "" for element in root if element.get("text-anchor")]
    assert len(labels[0]) <= LONGEST


def test_bars_are_proportional_to_instances() -> None:
    bars = [(f"category {number}", 1_000 - number) for number in range(30)]
    root = parsed(draw("x", [ChartSection("s", bars)]))
    widths = [int(element.attrib["width"]) for element in root if element.tag.endswith("rect")]
    assert len(widths) == 20
    sizes = [element.text for element in root if element.tag.endswith("text")][2::2]
    assert sum(int((size or "").replace(",", "")) for size in sizes) == sum(n for _, n in bars)
    assert max(widths) == widths[-1] == 380
    assert widths == sorted(widths[:-1], reverse=True) + widths[-1:]


@pytest.mark.parametrize("page", ["#ffffff", "#0d1117", "#0b0f19"])
def test_chart_colours_contrast_on_light_and_dark_pages(page: str) -> None:
    assert contrast(TEXT, page) >= 4
    assert contrast(BAR, page) >= 3


def contrast(one: str, two: str) -> float:
    """The contrast ratio of WCAG 2."""
    lighter, darker = sorted((luminance(one), luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_an_export_has_a_card_and_a_chart(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    root = ROOT / "tasks"
    manifest = export(collect([root]), ExportRequest("huggingface", tmp_path / "out")).manifest
    assert {"README.md", "composition.svg", "croissant.json"} <= {
        file.path for file in manifest.files
    }
    text = (tmp_path / "out" / "README.md").read_text()
    assert front(text)["license"] == ["cc0-1.0"]
    assert f"{manifest.tasks} tasks with {manifest.instances:,} instances" in text
    parsed((tmp_path / "out" / "composition.svg").read_text())
