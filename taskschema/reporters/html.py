"""One page for people, complete in itself: no script, and nothing loaded from elsewhere."""

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from string import Template

from taskschema.findings import Report
from taskschema.reporters import Reporter
from taskschema.reporters._page import by_file, by_rule, overview, words
from taskschema.reporters._page.markup import Markup, element, joined
from taskschema.reporters._page.selection import Selection, select

FOLDER = files("taskschema.reporters._page")


def render(report: Report) -> str:
    """The verdict, counts and plots, then the findings by rule and again by file.

    Counts are those of the tallies, whatever is shown; the same report gives the same bytes.
    """
    selection = select(report)
    folder = words.common_folder(selection.by_file)
    style = FOLDER.joinpath("page.css").read_text(encoding="utf-8")
    page = Template(FOLDER.joinpath("page.html").read_text(encoding="utf-8"))
    return page.substitute(
        # The policy allows this style sheet by its digest, and no other style or script at all.
        digest=b64encode(sha256(style.encode()).digest()).decode(),
        style=style,
        title=joined("taskschema check: ", overview.headline(selection)),
        header=overview.verdict(report, selection, folder),
        contents=_contents(selection),
        content=joined(
            overview.overview(selection, folder),
            by_rule.section(selection, folder),
            by_file.section(selection, folder),
            by="\n",
        ),
    )


def _contents(selection: Selection) -> Markup:
    """Links to the sections, and the choice to see errors only; it needs no script."""
    if not selection.by_rule:
        return Markup()
    links = (("overview", "Overview"), ("rules", "By rule"), ("files", "By file"))
    choice = element(
        "label",
        element("input", type="checkbox", id="errors-only"),
        " errors only",
    )
    return element(
        "nav",
        *(element("a", word, href=f"#{name}") for name, word in links),
        choice,
        aria_label="Contents",
    )


REPORTER = Reporter(render)
