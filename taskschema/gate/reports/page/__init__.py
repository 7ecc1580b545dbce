"""The HTML report: one self-contained page without scripts and external resources.

Each module makes one section or a part of sections. `page.html` and `page.css` are the template and
the style sheet.
"""

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from string import Template

from taskschema.core.findings import Report
from taskschema.gate.reports.page import by_file, by_rule, overview, phrases
from taskschema.gate.reports.page.markup import Markup, element, joined
from taskschema.gate.reports.page.selection import MOST_HERE, ShownFindings, select

__all__ = ["MOST_HERE", "page"]


def page(report: Report) -> str:
    """Return the page: result, counts and plots, then the findings by rule and by file.

    Counts include findings that are not shown. The same report gives the same bytes.
    """
    selection = select(report)
    folder = phrases.common_folder(selection.by_file)
    style = _read("page.css")
    return Template(_read("page.html")).substitute(
        # The content security policy allows this style sheet by its digest and nothing else.
        digest=b64encode(sha256(style.encode()).digest()).decode(),
        style=style,
        title=joined("taskschema check: ", overview.headline(selection)),
        header=overview.result_header(report, selection, folder),
        contents=_contents(selection),
        content=joined(
            overview.overview(selection, folder),
            by_rule.section(selection, folder),
            by_file.section(selection, folder),
            by="\n",
        ),
    )


def _read(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def _contents(selection: ShownFindings) -> Markup:
    """Return links to the sections and the checkbox for errors only, which needs no script."""
    if not selection.by_rule:
        return Markup()
    links = (("overview", "Overview"), ("rules", "By rule"), ("files", "By file"))
    choice = element("input", type="checkbox", id="errors-only")
    return element(
        "nav",
        *(element("a", word, href=f"#{name}") for name, word in links),
        element("label", choice, " errors only"),
        aria_label="Contents",
    )
