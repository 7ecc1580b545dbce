"""What the generators share: instances with content-made ids, and the document around them."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from taskschema.core.text.normal_forms import normalise

COUNT = 50


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of `text`, which blank lines separate, each on one line."""
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]


def instance(task: str, text: str, output: list[str], **more: Any) -> dict[str, Any]:
    """Return one instance; its id is a hash of the input, so it outlives any reordering."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"id": f"{task}-{digest[:12]}", "input": text, "output": output, **more}


def demonstration(text: str, output: str, lesson: str) -> dict[str, Any]:
    """Return one demonstration.

    `lesson` is its explanation and, if the output is wrong, a second paragraph that mends it.
    """
    shown = {"input": text, "output": output}
    return shown | dict(zip(("explanation", "suggestion"), paragraphs(lesson), strict=False))


def document(
    name: str,
    seed: int,
    about: dict[str, Any],
    shown: list[dict[str, Any]],
    draw: Callable[[int], dict[str, Any] | None],
    *,
    count: int = COUNT,
) -> dict[str, Any]:
    """Return the whole task, with `count` instances.

    `about` holds what differs from task to task, from `summary` to `languages`; a demonstration
    that has a suggestion is a negative one; `draw` makes the instances, see `collect`.
    """
    return {
        "$schema": "../schemas/task.v3.schema.json",
        "schema_version": 3,
        "name": name,
        **about,
        "contributors": [{"name": "The taskschema contributors"}],
        "licenses": [{"text": "CC0 1.0", "spdx": "CC0-1.0"}],
        "provenance": {
            "method": "programmatic",
            "script": f"scripts/generators/{name}.py",
            "seed": seed,
        },
        "revision": 1,
        "positive_demonstrations": [each for each in shown if "suggestion" not in each],
        "negative_demonstrations": [each for each in shown if "suggestion" in each],
        "instances": collect(draw, [each["input"] for each in shown], count),
    }


def collect(
    draw: Callable[[int], dict[str, Any] | None],
    taken: Iterable[str],
    count: int = COUNT,
) -> list[dict[str, Any]]:
    """Call `draw` until there are `count` instances with inputs of their own.

    It is given the number of instances there are, so that it can walk through its templates, and
    returns None where a try came to nothing. An input that differs from an earlier one, or from one
    that is taken, only in case or white space is thrown away.
    """
    seen = set(map(normalise, taken))
    found: list[dict[str, Any]] = []
    while len(found) < count:
        drawn = draw(len(found))
        if drawn is None or (key := normalise(drawn["input"])) in seen:
            continue
        seen.add(key)
        found.append(drawn)
    return found
