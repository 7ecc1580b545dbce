"""Natural Instructions (2021) to Super-NaturalInstructions' final form.

- `Definition` becomes a list of one text: the definition, then what stands under "Emphasis &
  Caution" and "Things to Avoid"; the parts are kept.
- `Examples` are split; `reason` becomes `explanation`; the placeholder `-` goes.
- Instances get an id from their content, equal ones with an ordinal.
- All else, and every value that would not come back as it was, is kept under `v1`; keys in an
  unusual order are noted in `v1_order`. Nothing is invented: v1 has no languages, sources or
  categories, and neither has the result.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import orjson

from taskschema.schema import versions
from taskschema.schema.migration import Document, Migration, unusual_key_order, with_key_order

PARTS = ("Emphasis & Caution", "Things to Avoid")  # joined to the definition, in this order
KEYS = ("Title", "Prompt", "Definition", *reversed(PARTS), "Examples", "Instances")
EXAMPLES = ("Positive Examples", "Negative Examples")
DEMONSTRATION = ("input", "output", "reason", "suggestion")
INSTANCE = ("input", "output")
ABSENT = "-"
ID_DIGITS = 12


def upgrade(document: Document, name: str) -> Document:
    """A v1 document as v2; `name` is the file's stem, with which the new ids begin."""
    kept = {key: value for key, value in document.items() if key not in ("Examples", "Instances")}
    definition = _full_definition(kept)
    if definition == kept["Definition"]:
        del kept["Definition"]
    newer: Document = {"Definition": [definition]}
    examples = document["Examples"]
    aside = {key: value for key, value in examples.items() if key not in EXAMPLES}
    for key in EXAMPLES:
        newer[key] = _upgraded_examples(examples[key])
        if _downgraded_examples(newer[key]) != examples[key]:
            aside[key] = examples[key]
    if aside:
        kept["Examples"] = aside
    newer["Instances"] = list(_upgraded_instances(document["Instances"], name))
    order = {
        "": unusual_key_order(document, KEYS),
        "Examples": unusual_key_order(examples, EXAMPLES),
    }
    return newer | _traces(kept, order)


def downgrade(document: Document) -> Document:
    """A v2 document as v1, with what `v1` kept of an earlier v1 document."""
    kept, order = _kept(document, KEYS)
    definition = document["Definition"][0]
    if "Definition" not in kept or _full_definition(kept) != definition:
        # Nothing was composed, or it was changed since: then the parts say it twice.
        kept = {**kept, "Definition": definition}
        if _full_definition(kept) != definition:
            kept = {key: kept[key] for key in kept if key not in PARTS}
    aside = kept.get("Examples", {})
    examples: Document = {}
    for key in EXAMPLES:
        original = aside.get(key)
        unchanged = _are_examples(original) and _upgraded_examples(original) == document[key]
        examples[key] = original if unchanged else _downgraded_examples(document[key])
    examples |= {key: value for key, value in aside.items() if key not in EXAMPLES}
    older = {
        **kept,
        "Examples": with_key_order(examples, order.get("Examples")),
        "Instances": [_downgraded_row(row, INSTANCE) for row in document["Instances"]],
    }
    usual = {key: older[key] for key in dict.fromkeys((*KEYS, *older)) if key in older}
    return with_key_order(usual, order.get(""))


def _full_definition(parts: Document) -> str:
    """The definition with what to mind and what to avoid, as SuperNI's authors joined them."""
    texts = (parts.get(key) for key in ("Definition", *PARTS))
    return " ".join(text for text in texts if isinstance(text, str) and text not in ("", ABSENT))


def _upgraded_examples(examples: list[Any]) -> list[Document]:
    return [_upgraded_example(example) for example in examples if example != ABSENT]


def _upgraded_example(example: Document) -> Document:
    newer = {
        "input": example["input"],
        "output": example["output"],
        "explanation": example["reason"],
    }
    kept = {key: value for key, value in example.items() if key not in DEMONSTRATION}
    if "suggestion" in example:
        says_something = example["suggestion"].strip() not in ("", ABSENT)
        (newer if says_something else kept)["suggestion"] = example["suggestion"]
    return newer | _traces(kept, {"row": unusual_key_order(example, DEMONSTRATION)})


def _downgraded_examples(demonstrations: list[Document]) -> list[Document]:
    return [
        _downgraded_row(
            {("reason" if key == "explanation" else key): value for key, value in row.items()},
            DEMONSTRATION,
        )
        for row in demonstrations
    ]


def _upgraded_instances(instances: list[Document], name: str) -> Iterable[Document]:
    from hashlib import sha256  # noqa: PLC0415 - loads OpenSSL, which few files need

    seen: Counter[str] = Counter()
    for instance in instances:
        content = orjson.dumps([instance["input"], instance["output"]])
        digest = sha256(content).hexdigest()[:ID_DIGITS]
        seen[digest] += 1
        ordinal = f"-{seen[digest]}" if seen[digest] > 1 else ""
        kept = {key: value for key, value in instance.items() if key not in INSTANCE}
        yield {
            "id": f"{name}-{digest}{ordinal}",
            "input": instance["input"],
            "output": instance["output"],
            **_traces(kept, {"row": unusual_key_order(instance, INSTANCE)}),
        }


def _downgraded_row(row: Document, usual: tuple[str, ...]) -> Document:
    kept, order = _kept(row, usual)
    older = {key: row[key] for key in usual if key in row} | kept
    in_order = {key: older[key] for key in dict.fromkeys((*usual, *older)) if key in older}
    return with_key_order(in_order, order.get("row"))


def _traces(kept: Document, order: dict[str, Any]) -> Document:
    noted = {where: keys for where, keys in order.items() if keys}
    return ({"v1": kept} if kept else {}) | ({"v1_order": noted} if noted else {})


def _kept(holder: Document, usual: tuple[str, ...]) -> tuple[Document, Document]:
    """What an upgrade kept aside and the orders it noted; a v2 document may hold anything there.

    Of the usual keys only those are kept aside whose values fit version 1, and never the rows or
    what the row itself says.
    """
    kept, order = holder.get("v1"), holder.get("v1_order")
    shapes: dict[str, type] = {"Examples": dict, "suggestion": str}
    shapes |= dict.fromkeys(("Title", "Prompt", "Definition", *PARTS), str)
    fitting = {
        key: value
        for key, value in (kept.items() if isinstance(kept, dict) else ())
        if key not in usual or isinstance(value, shapes.get(key, ()))
    }
    return fitting, order if isinstance(order, dict) else {}


def _are_examples(original: Any) -> bool:
    """Whether a list that was kept is one of version 1's examples."""
    empty: Document = {"Definition": "", "Instances": []}
    examples = {"Positive Examples": original, "Negative Examples": []}
    return versions.fits({**empty, "Examples": examples}, 1)


PLACES = {
    "/Definition": "/Definition",
    "/Definition/*": "/Definition",
    "/Instances": "/Instances",
    "/Instances/*/id": "/Instances/*",
    "/Instances/*/v1": "/Instances/*",
    "/v1": "",
} | {
    newer: older
    for key in EXAMPLES
    for newer, older in (
        (f"/{key}", f"/Examples/{key}"),
        (f"/{key}/*/explanation", f"/Examples/{key}/*/reason"),
        (f"/{key}/*/v1", f"/Examples/{key}/*"),
    )
}
MIGRATION = Migration(older=1, upgrade=upgrade, downgrade=downgrade, places=PLACES)
