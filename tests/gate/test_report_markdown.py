"""The Markdown report, checked with two parsers; one is GitHub's own."""

import json
import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from importlib.metadata import PackageNotFoundError

import pytest
from support import reports
from support.checkout import ROOT
from support.reports import every_report, finding, rendered

from taskschema.core.findings import Report, Severity
from taskschema.core.text.printing import printable
from taskschema.gate.reports.shared import rules
from taskschema.rules.registry import all_rules

HOME = "https://tasks.example/docs/rules.md"


class Outline(HTMLParser):
    """The elements, the text and the code of a document."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: Counter[str] = Counter()
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.code = [""]
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen[tag] += 1
        self.attributes += attrs
        if tag == "code":
            self.code.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "code" in self.open:
            self.code[-1] += data
        else:
            self.text += data


def by_markdown_it(text: str) -> str:
    from markdown_it import MarkdownIt  # noqa: PLC0415

    html: str = MarkdownIt("commonmark").enable("table").render(text)
    return html


def by_github(text: str) -> str:
    """GitHub's own parser with its extensions."""
    cmark = pytest.importorskip("cmarkgfm")
    options = pytest.importorskip("cmarkgfm.cmark").Options.CMARK_OPT_UNSAFE
    html: str = cmark.github_flavored_markdown_to_html(text, options)
    return html


every_parser = pytest.mark.parametrize("parsed", [by_markdown_it, by_github])


@every_report
@every_parser
def test_markdown_renders_no_markup_of_a_file(
    report: Callable[[], Report], parsed: Callable[[str], str]
) -> None:
    outline = Outline(parsed(rendered("markdown", report())))
    assert outline.open == []
    parts = {"h3", "table", "thead", "tbody", "tr", "th", "td", "p", "code"}
    assert set(outline.seen) <= parts | {"details", "summary", "ul", "li"}
    assert {name for name, _ in outline.attributes} <= {"align", "style"}
    rows = len(report().counts)
    assert (outline.seen["th"], outline.seen["td"]) == (5 * bool(rows), 5 * rows)


@every_parser
def test_text_of_a_file_does_not_change_markdown_around_it(parsed: Callable[[str], str]) -> None:
    tame = [f"tame{row}" for row in range(len(reports.HOSTILE))]
    texts = [rendered("markdown", reports.hostile(given)) for given in (tame, reports.HOSTILE)]
    expected, got = [Counter(Outline(parsed(text)).text.split()) for text in texts]
    assert got == expected


@every_parser
@pytest.mark.parametrize("text", reports.HOSTILE)
def test_markdown_shows_text_of_a_file(text: str, parsed: Callable[[str], str]) -> None:
    outline = Outline(parsed(rendered("markdown", reports.hostile([text]))))
    shown = printable(text)
    for whole in (f"tasks/{shown}.json", f"/{shown}: {shown}"):
        cut = whole if len(whole) <= 300 else f"{whole[:300]}..."
        assert cut in outline.code


def test_markdown_stays_below_the_size_limit() -> None:
    worst = [finding(path=f"{'🙂' * 200}{row}", message="🙂" * 900) for row in range(500)]
    many = [finding(path=f"{row}") for row in range(2_000)]
    for report in (reports.capped(), Report.of(500, worst), Report.of(2_000, many)):
        text = rendered("markdown", report)
        assert len(text.encode()) < 65_536
        [rest] = re.findall(r"^([\d,]+) findings not listed here", text, re.MULTILINE)
        listed = len(re.findall(r"^- line ", text, re.MULTILINE))
        assert int(rest.replace(",", "")) + listed == sum(report.tallies.values())


def test_markdown_lists_errors_first_and_folds_long_lists() -> None:
    warnings = [finding(path="a", line=line, severity=Severity.WARNING) for line in range(1, 20)]
    text = rendered("markdown", Report.of(2, [*warnings, finding(path="a"), finding(path="b")]))
    assert text.index("<details>") < text.index("<code>a</code>") < text.index("</details>")
    assert text.index("</details>") < text.index("<p><code>b</code>: 1 error, 0 warnings</p>")
    assert "- line 3, error `INS005`" in text.partition("</details>")[0]
    assert "- and 10 more\n" in text


def test_links_point_to_headings_of_the_documentation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_distribution", lambda: {"Rules": HOME})
    headings = re.findall(r"^## (.*)$", (ROOT / "docs/rules.md").read_text(), re.MULTILINE)
    anchors = {heading.lower().replace(" ", "-") for heading in headings}
    report = Report.of(1, [finding(code=rule.code) for rule in all_rules()])
    texts = {name: rendered(name, report) for name in ("markdown", "rdjson", "sarif")}
    for text in texts.values():
        assert {*re.findall(rf"{re.escape(HOME)}#([\w-]+)", text)} == anchors
    assert json.loads(texts["sarif"])["runs"][0]["tool"]["driver"]["informationUri"] == HOME
    outline = Outline(by_markdown_it(texts["markdown"]))
    assert outline.seen["a"] == len(all_rules())


def test_a_checkout_that_is_not_installed_has_no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def metadata(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(rules, "metadata", metadata)
    declared = vars(rules)["_distribution"].__wrapped__  # without what is remembered
    monkeypatch.setattr(rules, "_distribution", declared)
    for name in ("markdown", "rdjson", "sarif"):
        assert "#ins005" not in rendered(name, reports.ordinary())
    assert rules.version() == "0.0.0"
