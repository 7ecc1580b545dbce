"""A report as one page for people, complete in itself: no script, and nothing from elsewhere.

Each module makes one section, or what the sections are made of; `page.html` and `page.css` hold
what is the same in every page.
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
    """The verdict, counts and plots, then the findings by rule and again by file.

    Counts are those of the tallies, whatever is shown; the same report gives the same bytes.
    """
    selection = select(report)
    folder = phrases.common_folder(selection.by_file)
    style = _read("page.css")
    return Template(_read("page.html")).substitute(
        # The policy allows this style sheet by its digest, and no other style or script at all.
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
    """Links to the sections, and the choice to see errors only; it needs no script."""
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
