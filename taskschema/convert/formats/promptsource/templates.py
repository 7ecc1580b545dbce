"""Promptsource templates, rendered for the rows of a dataset.

The rendered text is split at `|||` into prompt and answer; a `|||` in a row does not split it.
`answer_choices` is a template of its own, split the same way, and available as a list in the main
template. Values in `{{ }}` are truncated at 2048 characters, as in promptsource.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from taskschema.convert.shared.templates.sandbox import Sandbox, TemplateFault

__all__ = ["CHOICES", "Applied", "TemplatePrompt", "sandbox"]

CHOICES = "answer_choices"
BETWEEN = "|||"
LONGEST = 2048  # characters of a value in braces
CUT = f" | string | truncate({LONGEST}) }}}}"
# Replaces `|||` in rows. As long as promptsource's own marker, so that truncation is the same.
PROTECTED = "b9f1ab3f5c0d4c1e8a7d6f2e90c35d14"


class Applied(NamedTuple):
    """The rendered template of a row."""

    parts: list[str]
    """Prompt and answer if there are two parts."""
    choices: list[str] | None
    """The answer choices; None for an open question."""


class TemplatePrompt:
    """A compiled template.

    Args:
        within: the sandbox that compiles and renders it.
        jinja: the template of prompt and answer.
        choices: the template of the answer choices, or None.
        cuts: whether long values are truncated.

    Raises:
        TemplateFault: `jinja` or `choices` is not a valid template.
        ExhaustedError: rendering the choices exceeds the limits.
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
        """The choices if they are the same for all rows."""
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
        """Return the names that the template uses and the row does not have."""
        return sorted(self.variables - row.keys() - {CHOICES})

    def applied(self, row: Mapping[str, Any], seed: str) -> Applied:
        """Return the template rendered for a row.

        Raises:
            TemplateFault: the template fails on the row.
            ExhaustedError: rendering exceeds the limits.
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
    """Return a sandbox with the Jinja filters and globals of promptsource."""
    return Sandbox({"highlight": _highlight, "most_frequent": _most_frequent}, {"zip": zip})


def _parted(text: str) -> list[str]:
    return [part.replace(PROTECTED, BETWEEN).strip() for part in text.split(BETWEEN)]


def _highlight(text: str) -> str:
    return f"<span style='color: #F08080'>{text}</span>"


def _most_frequent(items: Sequence[Any]) -> list[Any] | None:
    """Return the most frequent items, in the order of their first appearance."""
    if not items:
        return None
    counts = Counter(items).most_common()
    return [item for item, count in counts if count == counts[0][1]]
