"""Template files that taskschema writes for a task, and the task read back from them.

The template puts the definition before the input. The key `taskschema` of the file holds all of the
task except its instances; the key `taskschema` of a row holds the fields of an instance that have
no column of their own.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid5

import orjson

from taskschema.convert.format import ConvertOptions
from taskschema.convert.formats.promptsource.templates import CHOICES
from taskschema.convert.pieces import Chunk, Document, Place, Problem
from taskschema.convert.shared.rows.extras_fields import split_extras, with_extras
from taskschema.convert.shared.rows.row_fields import fields_of, other_fields
from taskschema.convert.shared.rows.schema_fit import fits_as_head, fits_as_instance
from taskschema.convert.shared.rows.tasks_from_rows import BROKEN_COLUMN, GENERIC_DEFINITION
from taskschema.convert.shared.rows.taskschema_column import COLUMN
from taskschema.core.syntax.yaml import load
from taskschema.schema.versions import NEWEST

__all__ = ["METRICS", "OWN", "TAGS", "is_ours", "task_of", "written_files"]

OWN = "promptsource"
METRICS = {"Accuracy": "exact_match", "ROUGE": "rouge_l"}
"""Our metric by the name that promptsource uses."""
NAMES = {"exact_match": "Accuracy", "choice_score": "Accuracy", "rouge_l": "ROUGE"}
OTHER = "Other"
IDS = UUID("7d9a1e0c-5a3b-5f0e-9c55-3f1f3a2d8b64")
ROWS = "{{input}} ||| {{output}}"
DEFINITION = "{{definition}}"
TAGS: Mapping[str, Callable[[Any], Any]] = dict.fromkeys(
    ("!Template", "!TemplateMetadata"), lambda value: value
)
"""The only YAML tags that these files may have."""
NO_TEXT = re.compile(r"\{[{%#]|[%#}]\}|\|\|\||\r|^\s|\s$")
ODD_BREAKS = re.compile("[\x85\u2028\u2029\ufeff]")
WIDTH = 100  # characters, of a line
TAG = re.compile(r"[a-z]{2}")
MAPPED = {"name": str, "reference": str, "metadata": dict}
APPLIED = ("jinja", CHOICES)
KNOWN = ("id", "input", "output", "choices", "definition", COLUMN)


def template_of(head: Document) -> Document:
    """Return the template of a task.

    Args:
        head: the task without its instances.
    """
    own = head.get("extras", {}).get(OWN)
    own = own if isinstance(own, dict) else {}
    answers = head.get("answer_format", {})
    labels = answers.get("labels", [])
    choices = None
    if labels and not any("{" in label or "|" in label or _is_odd(label) for label in labels):
        choices = " ||| ".join(labels)
    elif answers.get("kind") == "choices":
        choices = "{{choices | join('|||')}}"
    definition = head["definition"][0]
    before = "" if definition in (GENERIC_DEFINITION, "") else f"{definition}\n\n"
    if before and _is_odd(definition):
        before = f"{DEFINITION}\n\n"
    jinja = before + ROWS
    metadata = {
        "choices_in_prompt": False,
        "languages": [
            tag for tag in head.get("languages", {}).get("instruction", []) if TAG.fullmatch(tag)
        ],
        "metrics": sorted({NAMES.get(metric, OTHER) for metric in head.get("metrics", [])}),
        "original_task": True,
    }
    template = {
        CHOICES: choices,
        "id": str(uuid5(IDS, f"{head['name']}\n{jinja}")),
        "jinja": jinja,
        "metadata": metadata,
        "name": head["name"],
        "reference": "",
    }
    kept = {key: own[key] for key, kind in MAPPED.items() if isinstance(own.get(key), kind)}
    return template | kept | other_fields(own, (*template, "dataset", "subset"))


def _is_odd(text: str) -> bool:
    """Return whether a template would not render a text unchanged."""
    return not text or NO_TEXT.search(text) is not None


def is_ours(document: Document) -> bool:
    """Return whether taskschema wrote a file and its template is unchanged."""
    head, templates = document.get(COLUMN), list(document["templates"].values())
    if not isinstance(head, dict) or len(templates) != 1 or not isinstance(templates[0], dict):
        return False
    if not fits_as_head(head) or not isinstance(head.get("name"), str) or "definition" not in head:
        return False
    expected = template_of(head)
    return all(templates[0].get(key) == expected[key] for key in APPLIED)


def task_of(document: Document, rows: Iterable[tuple[Place, Document] | Problem]) -> Iterator[Any]:
    """Yield the problems of rows, then the task of a file that `is_ours`."""
    head: Document = document[COLUMN]
    (template,) = document["templates"].values()
    expected = template_of(head)
    edited = {key: value for key, value in template.items() if value != expected.get(key)}
    edited |= other_fields(document, ("dataset", "templates", COLUMN))
    task = with_extras({"schema_version": NEWEST} | head, OWN, edited)
    instances = []
    for row in rows:
        instance = row if isinstance(row, Problem) else _instance(*row, task)
        if isinstance(instance, Problem):
            yield instance
        else:
            instances.append(instance)
    yield task | {"instances": instances}


def _instance(place: Place, row: Document, task: Document) -> Document | Problem:
    texts = fields_of(place, row, ("id", "input", "output"))
    if isinstance(texts, Problem):
        return texts
    column = row.get(COLUMN, {})
    if not isinstance(column, dict):
        return Problem(place, "wrong-shape", BROKEN_COLUMN)
    output = column.get("output")
    if not isinstance(output, list) or output[:1] != [texts["output"]]:
        output = [texts["output"]]
    instance = with_extras(column | texts | {"output": output}, OWN, other_fields(row, KNOWN))
    return (
        instance
        if fits_as_instance(instance, task)
        else Problem(place, "wrong-shape", BROKEN_COLUMN)
    )


def written_files(task: Document, options: ConvertOptions) -> Iterator[Chunk | Problem]:
    """Yield the files of a task, in a folder of its name."""
    name: str = task["name"]
    head = other_fields(task, ("schema_version", "instances"))
    template = template_of(head)
    raw = _yaml(name, template, {} if options.bare else {COLUMN: head})
    if load(raw, TAGS).faults:
        message = "has more outside its instances than a template file can hold. Shorten it."
        yield Problem(Place(Path(name)), "not-expressible", message)
        return
    yield Chunk(f"{name}/templates.yaml", raw)
    yield Chunk(f"{name}/{name}.jsonl", b"")
    is_column = template["jinja"].startswith(DEFINITION)
    shared = {"definition": head["definition"][0]} if is_column else {}
    for instance in task["instances"]:
        row = shared | _row(instance, options)
        raw = orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
        yield Chunk(f"{name}/{name}.jsonl", raw)


def _row(instance: Document, options: ConvertOptions) -> Document:
    fields, others = split_extras(instance.get("extras", {}), OWN, KNOWN)
    row = {"id": instance["id"], "input": instance["input"], "output": instance["output"][0]}
    answer = instance.get("answer")
    if isinstance(answer, list) and isinstance(answer[0], dict):
        row["choices"] = [choice["text"] for choice in answer]
    row |= fields
    if options.bare:
        return row
    column = other_fields(instance, ("id", "input", "output", "extras"))
    column |= {"extras": others} if others else {}
    column |= {"output": instance["output"]} if instance["output"][1:] else {}
    return row | ({COLUMN: column} if column else {})


class _Tagged(NamedTuple):
    tag: str
    members: Document


def _yaml(name: str, template: Document, more: Document) -> bytes:
    import yaml  # noqa: PLC0415 - only some formats need it

    class Dumper(yaml.SafeDumper):
        """A dumper that repeats values instead of using aliases."""

        def ignore_aliases(self, _data: Any) -> bool:
            return True

    def represented(dumper: Any, tagged: _Tagged) -> Any:
        return dumper.represent_mapping(tagged.tag, tagged.members)

    Dumper.add_representer(_Tagged, represented)
    metadata = _Tagged("!TemplateMetadata", template["metadata"])
    tagged = _Tagged("!Template", template | {"metadata": metadata})
    document = {"dataset": name, "templates": {template["id"]: tagged}} | more
    # PyYAML writes these line breaks unescaped in some styles and reads them back as others.
    is_plain = ODD_BREAKS.search(orjson.dumps([template, more]).decode()) is None
    text: str = yaml.dump(
        document, Dumper=Dumper, sort_keys=False, allow_unicode=is_plain, width=WIDTH
    )
    return text.encode()
