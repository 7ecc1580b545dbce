"""Templates of promptsource: what one gives for a row of its dataset.

The text that a template renders is parted at `|||` into prompt and answer; a `|||` in the row is
kept from that. `answer_choices` is a template of its own, parted likewise, and a list in the other.
What stands in `{{ }}` is cut at 2048 characters, as promptsource does.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from taskschema.convert.shared.templates.sandbox import Sandbox, TemplateFault

__all__ = ["CHOICES", "Applied", "TemplatePrompt", "sandbox"]

CHOICES = "answer_choices"
BETWEEN = "|||"
LONGEST = 2048  # characters, of what stands in braces
CUT = f" | string | truncate({LONGEST}) }}}}"
# Stands for `|||` in rows. It counts as much as promptsource's own towards what is cut.
PROTECTED = "b9f1ab3f5c0d4c1e8a7d6f2e90c35d14"


class Applied(NamedTuple):
    """What a template gives for a row."""

    parts: list[str]
    """Prompt and answer, if there are two."""
    choices: list[str] | None
    """The answers to choose from; None of an open question."""


class TemplatePrompt:
    """A template that can be applied.

    Args:
        within: compiles and renders.
        jinja: prompt and answer.
        choices: the answers to choose from, or None.
        cuts: whether long values are cut.

    Raises:
        TemplateFault: one of the two is no template.
        ExhaustedError: the choices take too much.
    """

    def __init__(
        self, within: Sandbox, jinja: str, choices: str | None, *, cuts: bool = True
    ) -> None:
        self.sandbox = within
        text = jinja.replace("}}", CUT) if cuts else jinja
        self.body = within.compiled(text)
        self.variables = within.variables(text)
        self.choices = None
        self.fixed: list[str] | None = None
        """The choices, where no row changes them."""
        if choices is None:
            return
        try:
            self.choices = within.compiled(choices)
            needed = within.variables(choices)
            self.variables |= needed
            if not needed:
                within.begin("")
                self.fixed = _parted(within.rendered(self.choices, {}))
        except TemplateFault as error:
            raise type(error)(f"in `{CHOICES}` {error}") from None

    def lacking(self, row: Mapping[str, Any]) -> list[str]:
        """The names that the template uses and the row does not have."""
        return sorted(self.variables - row.keys() - {CHOICES})

    def applied(self, row: Mapping[str, Any], seed: str) -> Applied:
        """What the template gives for a row.

        Raises:
            TemplateFault: it fails on the row.
            ExhaustedError: it takes too much.
        """
        self.sandbox.begin(seed)
        values = {
            key: value.replace(BETWEEN, PROTECTED) if isinstance(value, str) else value
            for key, value in row.items()
        }
        choices = None
        if self.choices is not None:
            choices = _parted(self.sandbox.rendered(self.choices, values))
        text = self.sandbox.rendered(self.body, values | {CHOICES: choices})
        return Applied(_parted(text), choices)


def sandbox() -> Sandbox:
    """Jinja as the templates of promptsource know it."""
    return Sandbox({"highlight": _highlight, "most_frequent": _most_frequent}, {"zip": zip})


def _parted(text: str) -> list[str]:
    return [part.replace(PROTECTED, BETWEEN).strip() for part in text.split(BETWEEN)]


def _highlight(text: str) -> str:
    return f"<span style='color: #F08080'>{text}</span>"


def _most_frequent(items: Sequence[Any]) -> list[Any] | None:
    """The items that are there most often, in the order of their first appearance."""
    if not items:
        return None
    counts = Counter(items).most_common()
    return [item for item, count in counts if count == counts[0][1]]
