"""Tk-Instruct: definition, demonstrations and input as one prompt, and one output as its label.

Prompts are exactly those of the collator of Tk-Instruct (`src/ni_collator.py` at 7c0e400):

- The definition is the first text. Every text is stripped, and gets a full stop unless it ends with
  an ASCII punctuation character. So an empty input is `Input: .`.
- Positive, then negative demonstrations are added until the first that does not fit the limit. The
  name of the task does not count towards the limit; a space between two demonstrations does.
- A prompt that is still too long is cut at its end, and loses `Output:`.

Upstream draws labels, and mixed parts of prompts, from one global random state; here random choices
depend on seed, task and id only. `records_in_turn` draws as upstream does with batches of one.

Other fields of an instance or a demonstration, such as context and attachments, are ignored. The
own instruction of a row (`extras.instruction`) does not replace the definition: it is the start of
the input, as in the task. As upstream, a demonstration with the input of the instance is shown.
Tokenizers of `transformers` may clean up the spaces of a cut prompt
(`clean_up_tokenization_spaces`); this view does not.

Rows of upstream are `inputs` and `labels` only; `id` and `task` identify the instance.
"""

from collections.abc import Callable, Iterator, Sequence
from random import Random
from string import punctuation
from typing import NamedTuple

from taskschema.core.plugin_settings import Setting
from taskschema.views.tokenizers import WORDS, Words, count
from taskschema.views.view import Record, Task, Tokenizer, View, ViewOptions, random_of


class Parts(NamedTuple):
    """The parts of a prompt before the input."""

    task_name: bool = False
    definition: bool = True
    positive: int = 0
    negative: int = 0
    explanations: bool = False


MIXTURE = (
    Parts(),
    Parts(definition=False, positive=2),
    Parts(positive=2),
    Parts(positive=2, negative=2),
    Parts(positive=2, explanations=True),
)
"""In the order of upstream, on which the draw depends."""

SETTINGS = {
    "task_name": Setting(bool, "whether a prompt starts with the name of the task", False),
    "definition": Setting(bool, "whether a prompt contains the definition", True),
    "positive": Setting(int, "the most positive demonstrations", 0),
    "negative": Setting(int, "the most negative demonstrations", 0),
    "explanations": Setting(bool, "whether demonstrations have their explanations", False),
    "tk_instruct": Setting(
        bool,
        "whether to draw the parts of each prompt from five choices, and ignore the settings above",
        False,
    ),
    "max_source_length": Setting(int, "the most tokens of a prompt", 1024),
    "max_target_length": Setting(int, "the most tokens of a label, if labels are cut", 128),
    "cut_labels": Setting(
        bool, "whether to cut labels; upstream cuts them as tokens, not as text", False
    ),
    "one_line": Setting(
        bool,
        "whether to turn white space into single spaces, as in the text files of upstream",
        False,
    ),
}


def records(task: Task, indices: Sequence[int], options: ViewOptions) -> Iterator[Record]:
    """Yield a record for each instance, drawn by seed, task and id."""

    def chance(instance: Task) -> Random:
        return random_of(task, options, f"tk_instruct {instance['id']}")

    return _records(task, indices, options, chance)


def records_in_turn(
    task: Task, indices: Sequence[int], options: ViewOptions, chance: Random
) -> Iterator[Record]:
    """Yield a record for each instance, all drawn from one random state, as upstream does.

    With the same `Random(42)` for all tasks, these are the records of upstream after
    `random.seed(42)`.
    """
    return _records(task, indices, options, lambda _: chance)


def _records(
    task: Task, indices: Sequence[int], options: ViewOptions, chance_for: Callable[[Task], Random]
) -> Iterator[Record]:
    values = {name: VIEW.setting(options, name) for name in SETTINGS}
    own = Parts(**{name: values[name] for name in Parts._fields})
    limit, tokenizer = values["max_source_length"], options.tokenizer or WORDS
    for index in indices:
        instance = task["instances"][index]
        chance = chance_for(instance)
        parts = chance.choice(MIXTURE) if values["tk_instruct"] else own
        prompt = _prompt(task, instance["input"], parts, _Budget(tokenizer, limit))
        label = chance.choice(instance["output"]) if instance["output"] else None
        if label is not None and values["cut_labels"]:
            label = _Budget(tokenizer, values["max_target_length"]).cut(label)
        if values["one_line"]:
            prompt = " ".join(prompt.split())
            label = None if label is None else " ".join(label.split())
        yield {"id": instance["id"], "task": task["name"], "inputs": prompt, "labels": label}


class _Budget(NamedTuple):
    tokenizer: Tokenizer
    limit: int

    def holds(self, text: str) -> bool:
        return count(self.tokenizer, text) <= self.limit

    def cut(self, text: str) -> str:
        if isinstance(self.tokenizer, Words) and self.holds(text):
            return text
        tokens = self.tokenizer.encode(text)
        return text if len(tokens) <= self.limit else self.tokenizer.decode(tokens[: self.limit])


def _prompt(task: Task, text: str, parts: Parts, budget: _Budget) -> str:
    request = f"Now complete the following example -\n{_ended(f'Input: {text.strip()}')}\nOutput: "
    name = f"{task['name']}. " if parts.task_name else ""
    definition = ""
    if parts.definition:
        definition = _ended(f"Definition: {task['definition'][0].strip()}") + "\n\n"
    known = (
        ("Positive", task.get("positive_demonstrations", [])[: parts.positive]),
        ("Negative", task.get("negative_demonstrations", [])[: parts.negative]),
    )
    shown, counted = "", definition
    for kind, demonstrations in known:
        kept: list[str] = []
        for number, demonstration in enumerate(demonstrations, 1):
            block = _block(f" {kind} Example {number} -\n", demonstration, parts)
            if not budget.holds(counted + " ".join(kept) + block + request):
                break
            kept.append(block)
        shown += "".join(kept)
        counted += " ".join(kept)
    return budget.cut(name + definition + shown + request)


def _block(heading: str, demonstration: Task, parts: Parts) -> str:
    lines = [
        f"Input: {demonstration['input'].strip()}",
        f" Output: {demonstration['output'].strip()}",
    ]
    if parts.explanations and "explanation" in demonstration:
        lines.append(f" Explanation: {demonstration['explanation'].strip()}")
    return heading + "".join(f"{_ended(line)}\n" for line in lines) + "\n"


def _ended(text: str) -> str:
    """Return the text with a full stop, unless it ends with punctuation."""
    return text if text[-1] in punctuation else f"{text}."


VIEW = View(
    title="Tk-Instruct: one prompt, and one output as its label",
    columns={"id": "string", "task": "string", "inputs": "string", "labels": "string"},
    records=records,
    settings=SETTINGS,
    counts_tokens=True,
)
