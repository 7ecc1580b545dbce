"""What the evaluation harness makes of a row: a text, choices, and what of them is right."""

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
MEND = "Mend the template"
SHOWN = 60  # characters of an answer in a message
MARKS = ("{{", "{%", "{#")


class HarnessFault(NamedTuple):
    """What is wrong, in the configuration or in a row."""

    pointer: str
    """In the configuration; empty for a row."""
    rule: str
    message: str


class HarnessPrompt:
    """The fields of a configuration that rows are put into."""

    def __init__(self, values: Document) -> None:
        self.sandbox = Sandbox({}, {}, strict=True)
        self.exhausted = 0
        """Rows that a template did too much on."""
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
            self._look()

    def _template(self, key: str, value: Any) -> Any:
        if not isinstance(value, str) or (key == "description" and not _marked(value)):
            return None
        try:
            return self.sandbox.compiled(value)
        except TemplateFault as error:
            self.fault = self.fault or HarnessFault(
                f"/{key}", "wrong-shape", f"`{key}` {error}. {MEND}"
            )
            return None

    def _look(self) -> None:
        """Note what is wrong with the types of the fields."""
        for key, types, wanted in (
            ("doc_to_text", str, "a text or the name of a column"),
            ("doc_to_target", (str, int, list), "a text, a number or a list"),
            ("doc_to_choice", (str, list, dict, type(None)), "a list, an object or a text"),
        ):
            value = self.values.get(key)
            if not isinstance(value, types):
                found = json_type(value) if key in self.values else "absent"
                message = f"`{key}` is {found}, not {wanted}. Write it as such"
                self.fault = HarnessFault(f"/{key}", "wrong-shape", message)
                return
        listed = self.values.get("doc_to_choice")
        listed = list(listed.values()) if isinstance(listed, dict) else listed
        if isinstance(listed, list) and not all(isinstance(one, str) for one in listed):
            message = "`doc_to_choice` lists what is no text. Quote it"
            self.fault = HarnessFault("/doc_to_choice", "wrong-shape", message)

    def about(self) -> str | None:
        """The description, where it is the same for all rows."""
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
        """What stands before the answer."""
        found = self._value("doc_to_text", row)
        if isinstance(found, HarnessFault | str):
            return found
        message = f"what `doc_to_text` gives is {json_type(found)}, not a text"
        return HarnessFault("", "wrong-shape", message)

    def choices(self, row: Document) -> list[str] | HarnessFault | None:
        """The choices; None where there are none."""
        if self.values.get("doc_to_choice") is None or self.labels is not None:
            return self.labels
        found = self._value("doc_to_choice", row)
        if isinstance(found, str):
            found = _literal(found)
        if isinstance(found, HarnessFault):
            return found
        if not isinstance(found, list) or not all(isinstance(part, str) for part in found):
            return HarnessFault(
                "", "wrong-shape", "what `doc_to_choice` gives is not a list of texts"
            )
        return found or HarnessFault("", "missing-answer", "has no choices")

    def outputs(self, row: Document, choices: list[str] | None) -> list[str] | HarnessFault:
        """The right answers."""
        found = self._value("doc_to_target", row)
        if isinstance(found, HarnessFault):
            return found
        is_written = not self._is_column("doc_to_target", row)
        if isinstance(found, str) and is_written:
            listed = _literal(found) if found[:1] == "[" and found[-1:] == "]" else None
            if isinstance(listed, list):
                found = listed
            elif choices and found.isascii() and found.isdigit() and len(found) < len("1" * 10):
                found = int(found)
        several = found if isinstance(found, list) else [found]
        outputs = []
        for one in several:
            if isinstance(one, int) and choices:
                if not 0 <= int(one) < len(choices):
                    message = f"says that answer {one} of {len(choices)} is right, from 0 on"
                    return HarnessFault("", "missing-answer", message)
                outputs.append(choices[int(one)])
            elif isinstance(one, str | int | float) and not (choices and one not in choices):
                outputs.append(str(one))
            else:
                wanted = "one of the choices or its number" if choices else "a text"
                message = f"the answer is {_shown(one)}, not {wanted}"
                return HarnessFault("", "missing-answer", message)
        return outputs or HarnessFault("", "missing-answer", "has no answer")

    def instance(self, row: Document) -> Document | HarnessFault:
        """The instance of a row, without an id."""
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
        elif self.about() is None:
            before = self._value("description", row)
            if isinstance(before, HarnessFault):
                return before
            instance["input"] = before + text
        if choices is not None and self.labels is None:
            answer = [{"text": text, "score": int(text in outputs)} for text in choices]
            instance |= {"answer": answer, "output": render(CHOICES, answer)}
        return instance

    def unused(self, row: Document, output: list[str]) -> Document:
        """The columns of a row that its instance does not say."""
        if self.is_ours:
            return other_fields(row, COLUMNS)
        said = [self.values.get("doc_to_text")]
        target = self.values.get("doc_to_target")
        if isinstance(target, str) and row.get(target) in (output, *output[:1]):
            said.append(target)
        return {key: value for key, value in row.items() if key not in said}

    def _is_column(self, key: str, row: Document) -> bool:
        value = self.values.get(key)
        return isinstance(value, str) and value in row

    def _value(self, key: str, row: Document) -> Any:
        """What a field gives for a row: a column of it, a text made of it, or itself."""
        if self._is_column(key, row):
            return row[self.values[key]]
        if self.templates[key] is None:
            return self.values.get(key)
        try:
            return self._rendered(key, row)
        except CodeError as error:
            return HarnessFault("", "code-refused", f"`{key}` asks for code: {error}")
        except ExhaustedError as error:
            self.exhausted += 1
            return HarnessFault("", "not-applicable", f"`{key}` does not apply: {error}")
        except TemplateFault as error:
            return HarnessFault("", "not-applicable", f"`{key}` does not apply: {error}")

    def _rendered(self, key: str, row: Document) -> str:
        self.sandbox.begin("")
        return self.sandbox.rendered(self.templates[key], row)


def _shown(value: Any) -> str:
    return f"`{printable(value[:SHOWN])}`" if isinstance(value, str) else json_type(value)


def _marked(text: str) -> bool:
    return any(mark in text for mark in MARKS)


def _labels(value: Any) -> list[str] | None:
    """The choices that all rows share; None where they are no list of different texts."""
    listed = list(value.values()) if isinstance(value, dict) else value
    if not isinstance(listed, list) or not listed:
        return None
    texts = [one for one in listed if isinstance(one, str)]
    return texts if len(set(texts)) == len(listed) else None


def _literal(text: str) -> Any:
    """A list as Python writes it; None where the text is none."""
    if len(text) > LONGEST:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None
