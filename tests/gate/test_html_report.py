"""The page of `check --format html`: what it counts and shows, and that nothing gets out of it."""

import re
import shutil
import subprocess
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.costs import PATIENCE
from typer.testing import CliRunner

from taskschema import check
from taskschema.cli.app import app
from taskschema.core.findings import Applicability, Finding, Fix, Report, Severity, Tally
from taskschema.gate.reports.page import page
from taskschema.gate.reports.page.selection import level
from taskschema.rules.registry import all_rules
from taskschema.rules.rule import Rule
from taskschema.rules.smallest_task import smallest_task
from taskschema.schema import canonical

EMPTY = ("input", "meta", "wbr")
RULES = {rule.code: rule for rule in all_rules()}


class Page(HTMLParser):
    """A page read strictly: every element that opens closes, in order."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        assert len(attrs) == len(dict(attrs)), f"an attribute of {tag} is said twice"
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data}")

    def all(self, name: str) -> list[str]:
        """Every value of an attribute."""
        return [attrs[name] or "" for _, attrs in self.tags if name in attrs]

    def structure(self) -> list[tuple[str, tuple[str, ...]]]:
        """Elements with the names of their attributes, but for how characters are shown."""
        return [
            (tag, tuple(attrs))
            for tag, attrs in self.tags
            if tag != "wbr" and attrs.get("class") != "hidden-character"
        ]

    @property
    def text(self) -> str:
        return "".join(self.texts)


def finding(code: str = "INS007", path: str = "tasks/a.json", **more: Any) -> Finding:
    values: dict[str, Any] = {
        "code": code,
        "name": RULES[code].name,
        "severity": RULES[code].severity,
        "path": path,
        "pointer": "/instances/3/output/0",
        "line": 12,
        "column": 40,
        "message": "starts or ends with white space. Remove it.",
    }
    return Finding(**values | more)


def spoiled(text: str) -> Report:
    """A report with one finding that says a text wherever a task has a say."""
    said = finding(
        path=f"tasks/{text}.json", pointer=f"/{text}", message=text, instance=text, excerpt=text
    )
    return Report.of(1, [said, finding(path="tasks/z.json", code="INS005")])


def of_many(codes: int, files: int, each: int) -> Report:
    """A report of the size that a bad day gives, with long lines and messages."""
    long = finding(
        message="It is said at length, in as many words as a rule may take. " * 3,
        excerpt='    {"id": "task1518-7a45ae99ee9e405a99f60fcee22a9838", "input": "' + "<&>" * 60,
        caret=60,
    )
    return Report.of(
        files,
        (
            replace(long, code=code, path=f"tasks/task{number:05}_name.json", line=line)
            for code in list(RULES)[:codes]
            for number in range(files)
            for line in range(1, each + 1)
        ),
    )


MIXED = Report.of(
    43,
    [
        finding(fix=Fix(Applicability.SAFE), excerpt='  "output": [" x"],', caret=13),
        finding(line=13),
        finding("INS005", "tasks/b.json", message="is blank. Write the answer.", instance="id-3"),
        finding("INS003", "tasks/b.json", fix=Fix(Applicability.UNSAFE)),
        finding("FIL005", "tasks/c_d.json", pointer="", line=1, column=1),
    ],
)
CLEAN = Report.of(43, [])
CAPPED = Report.of(
    2,
    MIXED.findings,
    {
        Tally("tasks/a.json", "INS007", Severity.WARNING): 3108,
        Tally("tasks/b.json", "INS005", Severity.ERROR): 1,
        Tally("tasks/b.json", "INS003", Severity.WARNING): 1,
        Tally("tasks/c_d.json", "FIL005", Severity.ERROR): 1,
        Tally("tasks/e.json", "INS009", Severity.WARNING): 1200,
    },
)
HOSTILE = (
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    "</title></style></pre><style>*{display:none}</style>",
    "<img src=http://evil.test/x.png onerror=alert(1)>",
    "<!-- ]]> <![CDATA[ -->",
    "&lt;b&gt; &amp; &#60;",
    "$title ${style} $$",
    "javascript:alert(1)",
    "a\x00b\x07c\x1b[31md\x7f\x9b",
    "\u202egnp.exe\u2066\u200b\ufeff",
    "line\r\nline\u2028line",
    "\ud800",
    "{braces} %s \\",
)


@pytest.mark.parametrize(
    "report",
    [
        *(CLEAN, MIXED, CAPPED, of_many(1, 30, 30), of_many(30, 30, 3)),
        *map(spoiled, HOSTILE),
    ],
)
def test_a_page_is_well_formed_and_complete_in_itself(report: Report) -> None:
    source = page(report)
    source.encode()
    read = Page(source)
    ids = read.all("id")
    assert len(set(ids)) == len(ids)
    targets = read.all("href") + [f"#{name}" for name in read.all("aria-labelledby")]
    targets += [f"#{name}" for name in read.all("aria-describedby")]
    assert {target.removeprefix("#") for target in targets} <= set(ids)
    assert all(target.startswith("#") for target in targets)
    loading = {"script", "link", "img", "iframe", "object", "embed", "base", "form", "image", "use"}
    assert not loading & {tag for tag, _ in read.tags}
    assert not {"src", "style", "srcset"} & {name for _, attrs in read.tags for name in attrs}
    assert not any(name.startswith("on") for _, attrs in read.tags for name in attrs)


@pytest.mark.parametrize("report", [CLEAN, MIXED])
def test_the_policy_allows_this_style_sheet_and_nothing_else(report: Report) -> None:
    source = page(report)
    (style,) = re.findall(r"<style>(.*?)</style>", source, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert {"http-equiv": "Content-Security-Policy", "content": policy} in [
        attrs for _, attrs in Page(source).tags
    ]
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_task_says_is_text_and_is_seen(text: str) -> None:
    read = Page(page(spoiled(text)))
    assert read.structure() == Page(page(spoiled("harmless"))).structure()
    seen = "".join(mark if mark.isprintable() else f"U+{ord(mark):04X}" for mark in text)
    # File, place, instance, message and excerpt with the rule, file and message with the file.
    assert read.text.count(seen) >= 7
    assert all(mark.isprintable() or mark == "\n" for mark in read.text)


@given(st.text(alphabet=st.characters(exclude_categories=()), min_size=1, max_size=60))
def test_no_text_changes_the_page_around_it(text: str) -> None:
    texts = [finding(message=text, excerpt=text), finding(message="harmless", excerpt="h")]
    said, harmless = (Page(page(Report.of(1, [each]))) for each in texts)
    assert said.structure() == harmless.structure()


@pytest.mark.parametrize(
    ("report", "verdict", "headline"),
    [
        (CLEAN, "Passed", "No findings"),
        (MIXED, "Failed", "2 errors and 3 warnings"),
        (Report.of(1, [finding()]), "Warnings only", "1 warning"),
        (Report.of(1, [finding("INS005")]), "Failed", "1 error"),
        (CAPPED, "Failed", "2 errors and 4,309 warnings"),
    ],
)
def test_the_verdict_comes_first(report: Report, verdict: str, headline: str) -> None:
    source = page(report)
    assert f">{verdict}</p><h1>{headline}</h1>" in source
    assert f"<title>taskschema check: {headline[0].lower()}{headline[1:]}</title>" in source
    assert f"<dt>files checked</dt><dd>{report.files}</dd>" in source


def test_counts_are_exact_whatever_is_shown() -> None:
    source = page(CAPPED)
    text = Page(source).text
    assert "… and 3,106 more here." in text
    assert "… and 1 more file with 1,200 warnings." in text
    assert "Not shown: 3,106 of INS007." in text
    assert "Not shown: 1,200 of INS009." in text
    assert "4,306 more are counted only." in text
    assert '<td class="number">3,108</td>' in source


def test_real_findings_are_counted_as_the_report_counts_them(corpus: Path) -> None:
    report = check(corpus)
    source = page(report)
    text = Page(source).text
    errors, warnings = report.count(Severity.ERROR), report.count(Severity.WARNING)
    assert f"{errors:,} errors and {warnings:,} warnings" in text
    assert f"files checked{report.files:,}" in text
    for code, count in report.counts.items():
        (row,) = re.findall(rf'<tr><th scope="row"><a href="#{code}".*?</tr>', source)
        _, *cells = Page(row.replace("<td", "\t<td")).text.split("\t")
        assert sum(int(cell.replace(",", "")) for cell in cells[:2]) == count


@pytest.mark.parametrize(
    ("codes", "files", "each"), [(1, 1, 100_000), (1, 50_000, 2), (40, 2_500, 1), (20, 50, 100)]
)
def test_a_hundred_thousand_findings_still_make_a_small_page(
    codes: int, files: int, each: int
) -> None:
    source = page(of_many(codes, files, each))
    assert len(source.encode()) < 5_000_000
    assert source.count('<li id="') <= 3_000
    assert f"{codes * files * each:,}" in source


def test_everything_is_shown_where_there_is_room() -> None:
    report = of_many(3, 10, 20)
    source = page(report)
    assert source.count('<li id="') == len(report.findings)
    main = re.findall(r"<main>.*</main>", source, re.DOTALL)[0]
    assert not re.search("… and|counted only", main)


@given(st.lists(st.integers(0, 100), max_size=20), st.integers(1, 500))
def test_the_level_is_the_highest_that_fits(sizes: list[int], room: int) -> None:
    found = level(sizes, room)
    assert sum(min(size, found) for size in sizes) <= max(room, len(sizes))
    assert found == 1 or found <= max(sizes)
    higher = sum(min(size, found + 1) for size in sizes)
    assert higher > room or found >= max(sizes, default=0)


def test_the_same_findings_make_the_same_page() -> None:
    again = Report.of(43, reversed(MIXED.findings), dict(reversed(MIXED.tallies.items())))
    assert page(again) == page(MIXED)


def test_findings_with_errors_come_first() -> None:
    source = page(MIXED)
    places = [source.index(f'id="{code}"') for code in ("FIL005", "INS005", "INS007", "INS003")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("excerpt", "caret", "marked"),
    [
        ('  "output": [" x"],', 13, '" x"'),
        ('  "output": [" x"],', 2, '"output"'),
        (r'"a\"b", "c"', 0, r'"a\"b"'),
        ('"is cut off', 0, '"is cut off'),
        ("  12,", 2, "12"),
        ("{", 0, "{"),
        ("", 0, None),
        ("short", 99, " "),
        ("x" * 500 + '"deep", ' + "y" * 500, 500, '"deep"'),
    ],
)
def test_an_excerpt_marks_what_stands_at_the_place(
    excerpt: str, caret: int, marked: str | None
) -> None:
    source = page(Report.of(1, [finding(excerpt=excerpt, caret=caret)]))
    found = re.findall(r'<pre class="excerpt">.*?<mark>(.*?)</mark>.*?</pre>', source)
    assert found == ([] if marked is None else [marked])
    assert all(len(line) < 400 for line in re.findall(r'class="excerpt">(.*?)</pre>', source))


def test_a_place_and_its_fix_are_told() -> None:
    text = Page(page(MIXED)).text
    assert "line 12, column 40/instances/3/output/0safe fix" in text
    assert "instance id-3" in text
    assert "unsafe fix" in text
    assert "Paths are below tasks/" in text


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_a_rule_says_why_and_how_to_mend_it(rule: Rule) -> None:
    source = page(Report.of(1, [finding(rule.code)]))
    read = Page(source)
    documentation = __import__(
        f"taskschema.rules.catalogue.{rule.code.lower()}_{rule.name.replace('-', '_')}",
        fromlist=["RULE"],
    ).__doc__
    for paragraph in documentation.strip().split("\n\n"):
        assert " ".join(paragraph.split()) in read.text
    assert rule.code in read.all("id")


def test_a_rule_of_another_release_is_shown_without_documentation() -> None:
    stranger = replace(finding(), code="INS999", name="of-tomorrow")
    read = Page(page(Report.of(1, [stranger])))
    assert "INS999" in read.all("id")
    assert stranger.message in read.text


def test_plots_are_told_in_words_too() -> None:
    read = Page(page(MIXED))
    drawings = [attrs for tag, attrs in read.tags if tag == "svg"]
    assert all(attrs.get("role") == "img" or "aria-hidden" in attrs for attrs in drawings)
    named = [attrs for attrs in drawings if attrs.get("role") == "img"]
    assert [attrs["aria-labelledby"] for attrs in named] == [
        "findings-by-rule-title",
        "errors-and-warnings-by-file-title",
    ]
    assert "INS007 stray-white-space: 2 warnings" in read.text
    assert "b.json: 1 error and 1 warning" in read.text


def test_headings_and_tables_tell_what_they_head() -> None:
    read = Page(page(MIXED))
    levels = [int(tag[1]) for tag, _ in read.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(attrs.get("scope") in ("col", "row") for tag, attrs in read.tags if tag == "th")
    assert sum(tag == "html" and attrs.get("lang") == "en" for tag, attrs in read.tags) == 1


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(scheme: str) -> None:
    light, dark = re.findall(r":root \{(.*?)\}", page(CLEAN), re.DOTALL)[:2]
    colours = dict(re.findall(r"--(\S+): (#\w{6});", light if scheme == "light" else dark))
    on_paper = [(name, "paper") for name in ("ink", "quiet", "link", "error", "warning")]
    on_raised = [(name, "raised") for name in ("ink", "quiet")]
    badges = [(name, f"{name}-soft") for name in ("error", "warning", "passed")]
    for text, ground in [*on_paper, *on_raised, *badges, ("ink", "mark")]:
        dim, bright = sorted((luminance(colours[text]), luminance(colours[ground])))
        assert (bright + 0.05) / (dim + 0.05) >= 4.5, f"{text} on {ground}"


def test_the_command_line_writes_it(tmp_path: Path) -> None:
    task = smallest_task("task", {"categories": ["<i>"]})
    (tmp_path / "task.json").write_bytes(canonical.dumps(task, 3))
    result = CliRunner().invoke(app, ["check", str(tmp_path), "--format", "html"])
    assert result.exit_code == 0
    assert Page(result.stdout).text.count("TAX001") >= 3
    assert result.stdout.endswith("</html>\n")


def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        pytest.skip("there is no chromium; `apt-get install chromium` brings it")
    return found


@contextmanager
def served(source: str) -> Iterator[tuple[int, list[str]]]:
    """A proxy that answers every request with one page, and remembers what was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(source.encode())

        do_CONNECT = do_GET  # noqa: N815 - what the base class calls

        def log_message(self, *_arguments: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_address[1], asked
        finally:
            server.shutdown()


def browse(source: str, folder: Path) -> tuple[str, list[str], list[str]]:
    """The document as the browser holds it, what it asked of hosts named .test, and its console."""
    with served(source) as (port, asked):
        done = subprocess.run(
            [
                *(chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
                *(f"--user-data-dir={folder}", f"--proxy-server=http://127.0.0.1:{port}"),
                *("--proxy-bypass-list=<-loopback>", "--enable-logging=stderr", "--v=0"),
                *("--dump-dom", "http://report.test/"),
            ],
            capture_output=True,
            encoding="utf-8",
            check=True,
            timeout=PATIENCE,
        )
    # A browser asks hosts of its maker for things of its own.
    of_page = [url for url in asked if re.search(r"\.test\b", url)]
    return done.stdout, of_page, re.findall(r".*CONSOLE.*", done.stderr)


@pytest.mark.matrix
@pytest.mark.parametrize("name", ["mixed", "capped", "hostile"])
def test_a_browser_shows_the_page_as_it_was_meant(name: str, tmp_path: Path) -> None:
    everything = Report.of(
        9, [each for text in HOSTILE for each in spoiled(text).findings if text != "\ud800"]
    )
    source = page({"mixed": MIXED, "capped": CAPPED, "hostile": everything}[name])
    document, asked, console = browse(source, tmp_path)
    assert console == []
    assert asked == ["http://report.test/"]
    meant, shown = Page(source), Page(document)
    assert shown.tags == meant.tags
    assert " ".join(shown.text.split()) == " ".join(meant.text.split())


@pytest.mark.matrix
def test_the_browser_would_have_told(tmp_path: Path) -> None:
    source = "<img src='http://other.test/x.png'><script>console.error('heard')</script>"
    _, asked, console = browse(source, tmp_path)
    assert "http://other.test/x.png" in asked
    assert "heard" in "".join(console)
