"""The text of `taskschema explain` for a rule, a field or a term."""

import json
from collections.abc import Iterator
from textwrap import indent
from typing import Any, get_args

from taskschema.core.errors import UnknownSubjectError
from taskschema.core.text.near_misses import near_misses
from taskschema.rules.docs import documentation, examples, fix_note
from taskschema.rules.registry import all_rules
from taskschema.rules.rule import Rule
from taskschema.schema import fields, vocabulary

__all__ = ["explanation"]


def explanation(subject: str) -> str:
    """Return the documentation of a rule, by code or name, or of a field, by its dotted path.

    Args:
        subject: a code, name, path or term. The start of several codes lists those rules, and an
            empty subject lists all rules.

    Raises:
        UnknownSubjectError: nothing has that name; the message lists near misses.
    """
    rules = all_rules()
    for rule in rules:
        if subject.upper() == rule.code or subject.lower() == rule.name:
            return _explain_rule(rule)
    if family := [rule for rule in rules if rule.code.startswith(subject.upper())]:
        return "\n".join(f"{rule.code} {rule.name}: {documentation(rule).title}" for rule in family)
    if field := fields.field(subject):
        return _explain_field(subject, field)
    if lines := list(_term_lines(subject)):
        return "\n".join(lines)
    paths = list(fields.fields())
    known = [*(rule.code for rule in rules), *(rule.name for rule in rules), *paths]
    nearest = [path for path in paths if path.endswith(f".{subject}")]
    nearest = nearest or near_misses(subject, known)
    if nearest:
        advice = f"Did you mean {' or '.join(nearest)}?"
    else:
        advice = "Run `taskschema explain` to list all rules."
    raise UnknownSubjectError(f"{subject!r} is not a rule or a field. {advice}")


def _explain_rule(rule: Rule) -> str:
    title, prose = documentation(rule)
    parts = [f"{rule.code} {rule.name} ({rule.severity}, since {rule.since})", title, *prose]
    if note := fix_note(rule):
        parts.append(note)
    parts += (f"{label}:\n{indent(text, '  ')}" for label, text in examples(rule))
    return "\n\n".join(parts)


def _explain_field(path: str, field: dict[str, Any]) -> str:
    lines = [path, "", field.get("description", "")]
    if "enum" in field:
        lines += ["", "One of: " + ", ".join(map(str, field["enum"]))]
    if "examples" in field:
        lines += ["", f"Example: {json.dumps(field['examples'][0], ensure_ascii=False)}"]
    if inner := fields.inner(field):
        lines += ["", "Keys: " + ", ".join(inner)]
    if path in ("categories", "domains", "reasoning"):
        lines += ["", "Terms:", *(f"  {term}" for term in vocabulary.terms(path))]
    return "\n".join(lines)


def _term_lines(subject: str) -> Iterator[str]:
    for kind in get_args(vocabulary.Kind):
        for term in vocabulary.terms(kind):
            if term.casefold() == subject.casefold():
                yield f"{term} is a term of {kind}: `taskschema explain {kind}`."
