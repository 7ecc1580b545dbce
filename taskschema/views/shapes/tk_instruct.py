"""Tk-Instruct: definition, demonstrations and input as one prompt, and one output as its label.

Prompts are those of the collator in Tk-Instruct (`src/ni_collator.py` at 7c0e400), to the letter:

- Of the definition, the first text; every text is stripped, and gets a full stop unless it ends
  with a punctuation character of ASCII. So an empty input is `Input: .`.
- A demonstration stands there if it fits beside all before it, and the first that does not ends
  those of its kind. The name of the task does not count, and a space between any two does.
- A prompt that is still too long loses its end, and with it `Output:`.

Upstream draws labels, and the parts of a prompt where they are mixed, from one global state; here
an instance has its own by seed, task and id, whichever others are asked for. `records_in_turn`
draws as upstream does with batches of one. What else an instance or a demonstration has, such as a
context or attachments, has no place in these prompts. An instruction that a row brought along
(`extras.instruction`) is not taken for the definition: it begins the input, as in the task.
As upstream, a demonstration is shown even where it asks what the instance asks. Tokenizers of
`transformers` may tidy the spaces of a prompt that is cut (`clean_up_tokenization_spaces`); that is
not done here.
Upstream's rows are `inputs` and `labels` alone; `id` and `task` are what its data sets call an
instance.
"""

from collections.abc import Callable, Iterator, Sequence
from random import Random
from string import punctuation
from typing import NamedTuple

from taskschema.core.plugin_settings import Setting
from taskschema.views.tokenizers import WORDS, Words, count
from taskschema.views.view import Record, Task, Tokenizer, View, ViewOptions, chance_of


class Parts(NamedTuple):
    """What stands in a prompt before the input."""

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
"""In upstream's order, which is part of a draw."""

SETTINGS = {
    "task_name": Setting(bool, "whether a prompt begins with the name of the task", False),
    "definition": Setting(bool, "whether the definition stands in a prompt", True),
    "positive": Setting(int, "at most so many positive demonstrations", 0),
    "negative": Setting(int, "at most so many negative demonstrations", 0),
    "explanations": Setting(bool, "whether demonstrations have their explanations", False),
    "tk_instruct": Setting(
        bool, "whether each prompt has parts drawn from five choices, whatever else is said", False
    ),
    "max_source_length": Setting(int, "the most tokens of a prompt", 1024),
    "max_target_length": Setting(int, "the most tokens of a label, where labels are cut", 128),
    "cut_labels": Setting(
        bool, "whether labels are cut; upstream cuts them as tokens, and not as text", False
    ),
    "one_line": Setting(
        bool, "whether white space becomes single spaces, as in upstream's text files", False
    ),
}


def records(task: Task, indices: Sequence[int], options: ViewOptions) -> Iterator[Record]:
    """A record for each instance, drawn by seed, task and id."""

    def chance(instance: Task) -> Random:
        return chance_of(task, options, f"tk_instruct {instance['id']}")

    return _records(task, indices, options, chance)


def records_in_turn(
    task: Task, indices: Sequence[int], options: ViewOptions, chance: Random
) -> Iterator[Record]:
    """A record for each instance, all drawn from one state, as upstream draws them.

    With `Random(42)` handed from task to task, these are upstream's records after
    `random.seed(42)`.
    """
    return _records(task, indices, options, lambda _: chance)


def _records(
    task: Task, indices: Sequence[int], options: ViewOptions, chance_for: Callable[[Task], Random]
) -> Iterator[Record]:
    said = {name: VIEW.setting(options, name) for name in SETTINGS}
    own = Parts(**{name: said[name] for name in Parts._fields})
    limit, tokenizer = said["max_source_length"], options.tokenizer or WORDS
    for index in indices:
        instance = task["instances"][index]
        chance = chance_for(instance)
        parts = chance.choice(MIXTURE) if said["tk_instruct"] else own
        prompt = _prompt(task, instance["input"], parts, _Budget(tokenizer, limit))
        label = chance.choice(instance["output"]) if instance["output"] else None
        if label is not None and said["cut_labels"]:
            label = _Budget(tokenizer, said["max_target_length"]).cut(label)
        if said["one_line"]:
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
    asked = f"Now complete the following example -\n{_ended(f'Input: {text.strip()}')}\nOutput: "
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
            if not budget.holds(counted + " ".join(kept) + block + asked):
                break
            kept.append(block)
        shown += "".join(kept)
        counted += " ".join(kept)
    return budget.cut(name + definition + shown + asked)


def _block(heading: str, demonstration: Task, parts: Parts) -> str:
    lines = [
        f"Input: {demonstration['input'].strip()}",
        f" Output: {demonstration['output'].strip()}",
    ]
    if parts.explanations and "explanation" in demonstration:
        lines.append(f" Explanation: {demonstration['explanation'].strip()}")
    return heading + "".join(f"{_ended(line)}\n" for line in lines) + "\n"


def _ended(text: str) -> str:
    """With a full stop, unless it has an end."""
    return text if text[-1] in punctuation else f"{text}."


VIEW = View(
    title="Tk-Instruct: one prompt, and one output as its label",
    columns={"id": "string", "task": "string", "inputs": "string", "labels": "string"},
    records=records,
    settings=SETTINGS,
    counts_tokens=True,
)
