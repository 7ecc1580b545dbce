"""Fields of a harness configuration and of a task, except rows and instances."""

from typing import Any, NamedTuple

import orjson

from taskschema.convert.formats.lm_eval.prompts import LAYOUT, TURNS, HarnessFault, HarnessPrompt
from taskschema.convert.pieces import Document
from taskschema.convert.shared.rows.json_difference import difference, overlaid
from taskschema.core.text.normal_forms import normalise
from taskschema.core.text.slugs import slug
from taskschema.schema.vocabulary import metrics

__all__ = ["COLUMN", "Shape", "carried_in", "demonstrations_of", "fields_of", "head_of", "shape_of"]

COLUMN = "taskschema"
BEFORE, AFTER = "Definition: ", "\n\n"
SHOTS = 2  # demonstrations in a prompt
ENDS = ("\n", "\n\n", "\n\n\n", "\n\n\n\n")
STRIPPED = [
    {"name": "strip", "filter": [{"function": "remove_whitespace"}, {"function": "take_first"}]}
]
EXACT = {
    "metric": "exact_match",
    "aggregation": "mean",
    "higher_is_better": True,
    "ignore_case": True,
    "ignore_punctuation": True,
}
KEPT: dict[str, Any] = {"tag": (str, list), "task_alias": str, "repeats": int}
WRITTEN = frozenset(
    {
        *("task", "dataset_path", "dataset_kwargs", "test_split", "output_type", "description"),
        *("doc_to_text", "doc_to_target", "doc_to_choice", "fewshot_config", "num_fewshot"),
        *("generation_kwargs", "filter_list", "metric_list", "metadata", *KEPT),
    }
)


class Shape(NamedTuple):
    """The layout in which a task is written."""

    kind: str
    """`text` if answers are generated; `label` or `choices` if one is chosen."""
    several: bool
    """Whether rows have lists of answers."""
    turns: bool
    """Whether rows have earlier turns."""


def shape_of(task: Document) -> Shape:
    """Return the layout that fits all instances of a task."""
    rows = task["instances"]
    format_ = task.get("answer_format", {})
    kind, labels = format_.get("kind"), format_.get("labels", [])
    if kind == "label":
        fits = _choosable(labels) and all({*labels}.issuperset(row["output"]) for row in rows)
    else:
        fits = kind == "choices" and all(
            _choosable([choice["text"] for choice in row["answer"]])
            and {choice["text"] for choice in row["answer"]}.issuperset(row["output"])
            for row in rows
        )
    turns = any(row.get("context") for row in (*rows, *task.get("positive_demonstrations", [])))
    return Shape(kind if fits else "text", any(len(row["output"]) > 1 for row in rows), turns)


def _choosable(texts: list[str]) -> bool:
    return bool(texts) and all(texts) and len({*texts}) == len(texts)


def carried_in(values: Document) -> Any:
    """Return the value of `taskschema` in the metadata; None if taskschema did not write it."""
    metadata = values.get("metadata")
    if not isinstance(metadata, dict) or COLUMN not in metadata:
        return None
    return parsed_column(metadata[COLUMN])


def parsed_column(text: Any) -> Any:
    """Return the JSON value of a column; {} for null, and the text itself if it is not JSON."""
    if text is None:
        return {}
    try:
        return orjson.loads(text) if isinstance(text, str) else text
    except orjson.JSONDecodeError:
        return text


def head_of(values: Document, prompt: HarnessPrompt, *, ours: bool) -> Document:
    """Return the task without its instances, and without a definition if no field has one.

    Args:
        values: the fields of the configuration.
        prompt: the prompt of the same configuration.
        ours: whether taskschema wrote it, so that only added fields are kept in the extras.
    """
    kind = "text"
    if values.get("doc_to_choice") is not None:
        kind = "choices" if prompt.labels is None else "label"
    head: Document = {"name": slug(values["task"])}
    fixed_description = prompt.fixed_description() or ""
    is_framed = fixed_description.startswith(BEFORE) and fixed_description.endswith(AFTER)
    if (
        definition := fixed_description[len(BEFORE) : -len(AFTER)]
        if is_framed
        else fixed_description.strip()
    ):
        head["definition"] = [definition]
    if kind != "text":
        labels = {} if prompt.labels is None else {"labels": prompt.labels}
        head["answer_format"] = {"kind": kind} | labels
    measured = {"exact_match": "exact_match", "acc": "exact_match"}
    if kind == "choices":
        measured = {"acc": "choice_score"}
    found = [measured[name] for name in _names(values.get("metric_list")) if name in measured]
    if found := [name for name in dict.fromkeys(found) if kind in metrics()[name].kinds]:
        head["metrics"] = found
    metadata = values.get("metadata")
    canary = metadata.get("canary") if isinstance(metadata, dict) else None
    if isinstance(canary, str) and canary:
        head["canary"] = canary
    converted = {"task": head["name"], "description": head.get("definition", [""])[0]}
    kept = {
        key: value
        for key, value in values.items()
        if not (key in WRITTEN if ours else converted.get(key) == value)
    }
    return head | ({"extras": {"lm_eval": kept}} if kept else {})


def _names(listed: Any) -> list[str]:
    entries = listed if isinstance(listed, list) else []
    names = [entry.get("metric") for entry in entries if isinstance(entry, dict)]
    return [name for name in names if isinstance(name, str)]


def demonstrations_of(
    values: Document, *, ours: bool
) -> tuple[list[Document], list[tuple[str, str]]]:
    """Return the demonstrations of a configuration, and pointer and message of invalid samples."""
    config = values.get("fewshot_config")
    samples = config.get("samples") if isinstance(config, dict) else None
    if not isinstance(config, dict) or not isinstance(samples, list):
        return [], []
    own = {key: config[key] for key in config if key.startswith("doc_to_") and config[key]}
    prompt = HarnessPrompt(values | own)
    found, wrong = [], []
    for index, row in enumerate(samples):
        pointer = f"/fewshot_config/samples/{index}"
        made = _sample(prompt, row, ours=ours)
        if isinstance(made, str):
            wrong.append((pointer, f"{made}; the sample is not kept"))
        else:
            found.append(made)
    return found, wrong


def _sample(prompt: HarnessPrompt, row: Any, *, ours: bool) -> Document | str:
    if not isinstance(row, dict):
        return "a sample is not an object"
    if prompt.fault:
        return prompt.fault.message
    if ours:
        column = parsed_column(row.get(COLUMN))
        natural = demonstration_of(row)
        return overlaid(natural, column) if isinstance(column, dict) else f"`{COLUMN}` was edited"
    made = prompt.instance(row)
    if isinstance(made, HarnessFault):
        return made.message
    explanation = row.get("explanation")
    return made | {
        "output": made["output"][0],
        "explanation": explanation if isinstance(explanation, str) else "",
    }


def demonstration_of(row: Document) -> Document:
    """Return the demonstration of a sample that taskschema wrote, its column aside."""
    output = row.get("output")
    found = {
        "input": row.get("input"),
        "output": output[0] if isinstance(output, list) and output else output,
        "explanation": row.get("explanation", ""),
    }
    return found | ({"context": row["context"]} if row.get("context") else {})


def fields_of(task: Document, shape: Shape, *, bare: bool) -> Document:
    """Return the configuration of a task; everything else goes to `metadata` unless `bare`."""
    own = task.get("extras", {}).get("lm_eval")
    own = own if isinstance(own, dict) else {}
    fields: Document = {
        "task": task["name"],
        **{key: own[key] for key, types in KEPT.items() if isinstance(own.get(key), types)},
        "dataset_path": "parquet",
        "dataset_kwargs": {"data_files": {"test": f"{task['name']}.parquet"}},
        "test_split": "test",
        "output_type": "generate_until" if shape.kind == "text" else "multiple_choice",
        "description": _template(f"{BEFORE}{task['definition'][0]}{AFTER}"),
        "doc_to_text": TURNS + LAYOUT if shape.turns else LAYOUT,
        "doc_to_target": "output" if shape.kind == "text" else "gold",
    }
    if shape.kind != "text":
        labels = task["answer_format"].get("labels")
        fields["doc_to_choice"] = labels if shape.kind == "label" else "choices"
    if samples := [_sample_of(row, shape, bare=bare) for row in _shown_demonstrations(task)]:
        fields["fewshot_config"] = {
            "sampler": "first_n",
            "samples": samples,
            "doc_to_target": "output",
        }
        fields["num_fewshot"] = min(SHOTS, len(samples))
    if shape.kind == "text":
        fields["generation_kwargs"] = {"until": [_end_of_answers(task)], "do_sample": False}
        fields["filter_list"] = STRIPPED
        fields["metric_list"] = [EXACT]
    else:
        more = {"aggregation": "mean", "higher_is_better": True}
        fields["metric_list"] = [{"metric": name} | more for name in ("acc", "acc_norm")]
    fields |= _scoring(own, fields["output_type"])
    fields["metadata"] = {"version": 1.0}
    if task.get("canary"):
        fields["metadata"]["canary"] = task["canary"]
    if not bare:
        read = head_of(fields, HarnessPrompt(fields), ours=True)
        if samples:
            read["positive_demonstrations"] = demonstrations_of(fields, ours=True)[0]
        head = {key: task[key] for key in task if key not in ("schema_version", "instances")}
        fields["metadata"][COLUMN] = orjson.dumps(difference(head, read)).decode()
    return fields


def _shown_demonstrations(task: Document) -> list[Document]:
    """Return the positive demonstrations whose input is not the input of an instance."""
    instance_inputs = {normalise(row["input"]) for row in task["instances"]}
    return [
        row
        for row in task.get("positive_demonstrations", [])
        if normalise(row["input"]) not in instance_inputs
    ]


def _end_of_answers(task: Document) -> str:
    """Return the shortest run of line breaks that is in no answer; else the longest run."""
    outputs = [text for row in task["instances"] for text in row["output"]]
    outputs += [row["output"] for row in task.get("positive_demonstrations", [])]
    free = (end for end in ENDS if not any(end in text for text in outputs))
    return next(free, ENDS[-1])


def _scoring(own: Document, output_type: str) -> Document:
    """Return the generation and scoring fields of the original task if the output type is equal."""
    if own.get("output_type", "generate_until") != output_type:
        return {}
    shapes = {"metric_list": "metric", "filter_list": "filter"}
    found = {
        key: own[key]
        for key, needed in shapes.items()
        if isinstance(own.get(key), list)
        and own[key]
        and all(isinstance(entry, dict) and needed in entry for entry in own[key])
    }
    kwargs = own.get("generation_kwargs")
    if output_type == "generate_until" and isinstance(kwargs, dict):
        found["generation_kwargs"] = kwargs
    return found


def _sample_of(row: Document, shape: Shape, *, bare: bool) -> Document:
    answer = row.get("answer")
    sample: Document = {"input": row["input"]}
    if shape.turns:
        sample["context"] = row.get("context", [])
    sample["output"] = [row["output"]] if shape.several else row["output"]
    if shape.kind == "choices":
        sample["choices"] = [choice["text"] for choice in answer or []]
    if row["explanation"]:
        sample["explanation"] = row["explanation"]
    found = {} if bare else difference(row, demonstration_of(sample))
    return sample | ({COLUMN: orjson.dumps(found).decode()} if found else {})


def _template(text: str) -> str:
    """Return a template that renders exactly the text."""
    if not any(mark in text for mark in ("{{", "{%", "{#", "\r")):
        return text
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "\\r")
    return f'{{{{ "{quoted}" }}}}'
