"""Prompts of the evaluation harness: the text, choices and correct answers of a row."""

import ast
import warnings
from typing import Any, NamedTuple

from taskschema.convert.pieces import Document
from taskschema.convert.shared.rows.row_fields import json_type, other_fields
from taskschema.convert.shared.templates.budget import ExhaustedError
from taskschema.convert.shared.templates.sandbox import CodeError, Sandbox, TemplateFault
from taskschema.core.text.printing import printable
from taskschema.schema.answer_text import render

__all__ = ["COLUMNS", "LAYOUT", "TURNS", "HarnessFault", "HarnessPrompt"]

LAYOUT = "Input: {{input}}\nOutput:"
TURNS = "{% for turn in context %}{{turn.role}}: {{turn.content}}\n{% endfor %}"
COLUMNS = ("id", "input", "context", "output", "choices", "gold", "explanation", "taskschema")
CHOICES = {"kind": "choices"}
LONGEST = 1_000_000  # characters of a list that a template writes
MOST_DIGITS = 9  # of the number of a choice
FIX_TEMPLATE = "Fix the template"
SHOWN = 60  # characters of an answer in a message
MARKS = ("{{", "{%", "{#")


class HarnessFault(NamedTuple):
    """A problem of the configuration or of a row."""

    pointer: str
    """The JSON Pointer in the configuration; empty for a row."""
    rule: str
    message: str


class HarnessPrompt:
    """The fields of a configuration that are rendered for each row."""

    def __init__(self, values: Document) -> None:
        self.sandbox = Sandbox({}, {}, strict=True)
        self.exhausted = 0
        """The number of rows on which a template exceeded its limits."""
        self.values = values
        self.fault: HarnessFault | None = None
        self.templates = {
            key: self._template(key, values.get(key))
            for key in ("description", "doc_to_text", "doc_to_target", "doc_to_choice")
        }
        if values.get("doc_to_choice") is None:
            self.labels = None
        else:
            self.labels = _labels(values["doc_to_choice"])
        self.is_ours = values.get("doc_to_text") in (LAYOUT, TURNS + LAYOUT)
        if not self.fault:
            self._check_types()

    def _template(self, key: str, value: Any) -> Any:
        if not isinstance(value, str) or (key == "description" and not _marked(value)):
            return None
        try:
            return self.sandbox.compiled(value)
        except TemplateFault as error:
            self.fault = self.fault or HarnessFault(
                f"/{key}", "wrong-shape", f"`{key}` {error}. {FIX_TEMPLATE}"
            )
            return None

    def _check_types(self) -> None:
        """Set `fault` if a field has the wrong type."""
        for key, types, expected in (
            ("doc_to_text", str, "a text or the name of a column"),
            ("doc_to_target", (str, int, list), "a text, a number or a list"),
            ("doc_to_choice", (str, list, dict, type(None)), "a list, an object or a text"),
        ):
            value = self.values.get(key)
            if not isinstance(value, types):
                found = json_type(value) if key in self.values else "absent"
                message = f"`{key}` is {found}, not {expected}. Write it as one"
                self.fault = HarnessFault(f"/{key}", "wrong-shape", message)
                return
        listed = self.values.get("doc_to_choice")
        listed = list(listed.values()) if isinstance(listed, dict) else listed
        if isinstance(listed, list) and not all(isinstance(one, str) for one in listed):
            message = "`doc_to_choice` has a choice that is not a text. Quote it"
            self.fault = HarnessFault("/doc_to_choice", "wrong-shape", message)

    def fixed_description(self) -> str | None:
        """Return the description; None if it differs between rows."""
        value = self.values.get("description", "")
        if not isinstance(value, str):
            return ""
        if self.templates["description"] is None:
            return value
        try:
            return self._rendered("description", {})
        except (TemplateFault, ExhaustedError):
            return None

    def text(self, row: Document) -> str | HarnessFault:
        """Return the prompt of a row, or its problem."""
        found = self._value("doc_to_text", row)
        if isinstance(found, HarnessFault | str):
            return found
        message = f"the value of `doc_to_text` is {json_type(found)}, not a text"
        return HarnessFault("", "wrong-shape", message)

    def choices(self, row: Document) -> list[str] | HarnessFault | None:
        """Return the choices of a row; None if the task has none."""
        if self.values.get("doc_to_choice") is None or self.labels is not None:
            return self.labels
        found = self._value("doc_to_choice", row)
        if isinstance(found, str):
            found = _literal(found)
        if isinstance(found, HarnessFault):
            return found
        if not isinstance(found, list) or not all(isinstance(part, str) for part in found):
            message = "the value of `doc_to_choice` is not a list of texts"
            return HarnessFault("", "wrong-shape", message)
        return found or HarnessFault("", "missing-answer", "has no choices")

    def outputs(self, row: Document, choices: list[str] | None) -> list[str] | HarnessFault:
        """Return the correct answers of a row, or its problem."""
        found = self._value("doc_to_target", row)
        if isinstance(found, HarnessFault):
            return found
        is_written = not self._is_column("doc_to_target", row)
        if isinstance(found, str) and is_written:
            listed = _literal(found) if found[:1] == "[" and found[-1:] == "]" else None
            if isinstance(listed, list):
                found = listed
            elif choices and found.isascii() and found.isdigit() and len(found) <= MOST_DIGITS:
                found = int(found)
        outputs = []
        for one in found if isinstance(found, list) else [found]:
            if isinstance(one, int) and choices:
                if not 0 <= int(one) < len(choices):
                    message = (
                        f"the answer is number {one}, and the {len(choices)} choices are numbered "
                        "from 0"
                    )
                    return HarnessFault("", "missing-answer", message)
                outputs.append(choices[int(one)])
            elif isinstance(one, str | int | float) and not (choices and one not in choices):
                outputs.append(str(one))
            else:
                expected = "one of the choices or its number" if choices else "a text"
                message = f"the answer is {_quoted(one)}, not {expected}"
                return HarnessFault("", "missing-answer", message)
        return outputs or HarnessFault("", "missing-answer", "has no answer")

    def instance(self, row: Document) -> Document | HarnessFault:
        """Return the instance of a row without an id, or its problem."""
        text, choices = self.text(row), self.choices(row)
        if isinstance(text, HarnessFault):
            return text
        if isinstance(choices, HarnessFault):
            return choices
        outputs = self.outputs(row, choices)
        if isinstance(outputs, HarnessFault):
            return outputs
        instance: Document = {"input": text, "output": outputs}
        if self.is_ours and isinstance(row.get("input"), str):
            instance["input"] = row["input"]
            if isinstance(row.get("context"), list) and row["context"]:
                instance["context"] = row["context"]
        elif self.fixed_description() is None:
            before = self._value("description", row)
            if isinstance(before, HarnessFault):
                return before
            instance["input"] = before + text
        if choices is not None and self.labels is None:
            answer = [{"text": text, "score": int(text in outputs)} for text in choices]
            instance |= {"answer": answer, "output": render(CHOICES, answer)}
        return instance

    def unused(self, row: Document, output: list[str]) -> Document:
        """Return the columns of a row that its instance does not contain."""
        if self.is_ours:
            return other_fields(row, COLUMNS)
        used = [self.values.get("doc_to_text")]
        target = self.values.get("doc_to_target")
        if isinstance(target, str) and row.get(target) in (output, *output[:1]):
            used.append(target)
        return {key: value for key, value in row.items() if key not in used}

    def _is_column(self, key: str, row: Document) -> bool:
        value = self.values.get(key)
        return isinstance(value, str) and value in row

    def _value(self, key: str, row: Document) -> Any:
        """Return the value of a field for a row: a column, a rendered text, or the field itself."""
        if self._is_column(key, row):
            return row[self.values[key]]
        if self.templates[key] is None:
            return self.values.get(key)
        try:
            return self._rendered(key, row)
        except CodeError as error:
            return HarnessFault("", "code-refused", f"`{key}` calls code: {error}")
        except ExhaustedError as error:
            self.exhausted += 1
            return HarnessFault("", "not-applicable", f"`{key}` fails: {error}")
        except TemplateFault as error:
            return HarnessFault("", "not-applicable", f"`{key}` fails: {error}")

    def _rendered(self, key: str, row: Document) -> str:
        self.sandbox.begin("")
        return self.sandbox.rendered(self.templates[key], row)


def _quoted(value: Any) -> str:
    return f"`{printable(value[:SHOWN])}`" if isinstance(value, str) else json_type(value)


def _marked(text: str) -> bool:
    return any(mark in text for mark in MARKS)


def _labels(value: Any) -> list[str] | None:
    """Return the choices that all rows share; None if they are not a list of distinct texts."""
    listed = list(value.values()) if isinstance(value, dict) else value
    if not isinstance(listed, list) or not listed:
        return None
    texts = [one for one in listed if isinstance(one, str)]
    return texts if len(set(texts)) == len(listed) else None


def _literal(text: str) -> Any:
    """Return the value of a Python literal; None if the text is not one."""
    if len(text) > LONGEST:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None
