"""HTML forms: their named fields, and the lines of text that readers see.

The page is split into tags in one pass, and only single tags of ordinary length are given to the
parser of the standard library, which is very slow on large pages that are malformed on purpose.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

__all__ = ["Form", "FormField", "form_of", "visible_text"]

LONGEST_TAG = 4_000  # characters; the attributes of a longer tag are ignored
END = re.compile(r""">|=\s*(["'])""")
NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
RAW = {name: re.compile(f"</{name}", re.IGNORECASE | re.ASCII) for name in ("script", "style")}
INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "button", "cite", "code", "data", "dfn", "em", "font"),
        *("i", "img", "input", "kbd", "label", "mark", "q", "s", "samp", "small", "span"),
        *("strong", "sub", "sup", "time", "u", "var", "wbr"),
    )
)
UNSEEN = frozenset({"head", "title", "template"})
SHOWN = ("src", "href", "alt", "data", "value")  # attributes with a visible effect


@dataclass(slots=True)
class FormField:
    """A named field of a form."""

    kind: str
    """`textarea`, `select`, or the type of the input."""
    values: dict[str, None] = field(default_factory=dict)
    """The values on offer, of all inputs with this name."""


@dataclass(slots=True)
class Form:
    """The fields and texts of a page."""

    fields: dict[str, FormField] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    """The visible text, with white space collapsed and without blank lines."""
    elsewhere: str = ""
    """Scripts and attributes, which may contain placeholders."""


class _Tag(HTMLParser):
    """The attributes of one tag."""

    def __init__(self, raw: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        if len(raw) <= LONGEST_TAG:
            self.feed(raw)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        for key, value in attrs:
            self.values.setdefault(key, value or "")


def _attributes(raw: str) -> dict[str, str]:
    try:
        return _Tag(raw).values
    except AssertionError:  # raised by the parser for some malformed tags
        return {}


def _tokens(page: str) -> Iterator[tuple[str, str]]:
    """Yield name and source of each text (name ''), tag, and script (name with `#`)."""
    at = 0
    while (start := page.find("<", at)) >= 0:
        yield "", page[at:start]
        if page.startswith("<!--", start):
            end = page.find("-->", start + 4)
            at = end + 3 if end >= 0 else len(page)
            continue
        found = NAME.match(page, start)
        if not found and not page.startswith(("<!", "<?", "</"), start):
            yield "", "<"
            at = start + 1
            continue
        end = _end_of_tag(page, start)
        if end < 0:
            at = start
            break
        raw, at = page[start:end], end
        if not found:
            continue
        name = found[1].lower()
        yield ("/" if raw[1] == "/" else "") + name, raw
        if name in RAW and raw[1] != "/":
            closing = RAW[name].search(page, at)
            close = closing.start() if closing else len(page)
            yield "#" + name, page[at:close]
            at = close
    yield "", page[at:]


def _end_of_tag(page: str, at: int) -> int:
    """Return the offset after a tag, ignoring `>` in quotes; -1 if the tag is never closed."""
    while found := END.search(page, at):
        if not found[1]:
            return found.end()
        at = page.find(found[1], found.end()) + 1
        if not at:
            break
    return -1


def form_of(page: str) -> Form:
    """Return the form of a page; a malformed page raises nothing."""
    reading = _PageParser()
    for name, raw in _tokens(page):
        reading.handle(name, raw)
    reading.form.lines = _lines("".join(reading.pieces))
    reading.form.elsewhere = "\n".join(reading.seen)
    return reading.form


class _PageParser:
    """A parser that is given the tokens of a page one by one."""

    def __init__(self) -> None:
        self.form = Form()
        self.pieces: list[str] = []
        self.seen: list[str] = []
        self.select: FormField | None = None
        self.is_choosing = False
        self.option: list[str] = []
        self.unseen = ""

    def handle(self, name: str, raw: str) -> None:
        """Process the next text, tag or script."""
        if self.unseen:
            self.unseen = "" if name == f"/{self.unseen}" else self.unseen
        elif not name:
            # The text of an option is a value of its field, not a text of the page.
            (self.option if self.is_choosing else self.pieces).append(raw)
        elif name.startswith("#"):
            self.seen += [raw] if name == "#script" else []
        elif name.startswith("/"):
            self._end(name[1:])
        else:
            self._start(name, _attributes(raw))

    def _end(self, name: str) -> None:
        if name in ("option", "select"):
            self._choose()
        if name == "select":
            self.select, self.is_choosing = None, False
        self.pieces.append("" if name in INLINE else "\n")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.unseen = name if name in UNSEEN else ""
        if attributes.get("type", "").lower() != "hidden":
            self.seen += [attributes[key] for key in SHOWN if key in attributes]
        if name in ("input", "textarea", "select"):
            found = _add(self.form, name, attributes)
            if name == "select":
                self.select, self.is_choosing, self.option = found, True, []
        elif name == "option":
            self._choose()
            if self.select and "value" in attributes:
                _offer(self.select, attributes["value"])
            self.option = [] if "value" in attributes else [""]
        self.pieces.append("" if name in INLINE else "\n")

    def _choose(self) -> None:
        """Add the text of an option without a value to the values of its field."""
        if self.select and self.option[:1] == [""]:
            _offer(self.select, " ".join(unescape("".join(self.option)).split()))
        self.option = []


def _add(form: Form, tag: str, attributes: dict[str, str]) -> FormField | None:
    """Add a field that has a name to the form and return it."""
    kind = attributes.get("type", "text").lower() if tag == "input" else tag
    name = attributes.get("name", "")
    if not name or kind in ("submit", "button", "reset", "image"):
        return None
    found = form.fields.setdefault(name, FormField(kind))
    if kind in ("radio", "checkbox"):
        _offer(found, attributes.get("value", "on"))
    return found


def _offer(field_: FormField, value: str) -> None:
    if value.strip():
        field_.values[value] = None


def _lines(text: str) -> list[str]:
    lines = (" ".join(unescape(line).split()) for line in text.split("\n"))
    return [line for line in lines if line]


def visible_text(value: str) -> str:
    """Return the visible text of a value inserted into a page; without one, its URLs."""
    if "<" not in value:
        return unescape(value)
    found = form_of(value)
    addresses = (text for text in found.elsewhere.split() if "/" in text)
    return "\n".join(found.lines or dict.fromkeys(addresses))
