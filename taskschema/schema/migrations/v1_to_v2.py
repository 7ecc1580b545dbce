"""Natural Instructions (2021) to the final form of Super-NaturalInstructions.

- `Definition` becomes a list of one text: the definition, followed by "Emphasis & Caution" and
  "Things to Avoid". The parts are kept.
- `Examples` are split into two lists, `reason` becomes `explanation`, and the placeholder `-` is
  removed.
- Instances get ids made from their content; equal instances get an ordinal.
- All other keys, and values that a downgrade would not restore, are kept under `v1`. An unusual
  order of keys is recorded in `v1_order`. Nothing is invented: v1 has no languages, sources or
  categories, so the result has none either.
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
    """Upgrade a v1 document to v2; `name` is the file's stem, the prefix of the new ids."""
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
    """Downgrade a v2 document to v1, restoring the data kept under `v1`."""
    kept, order = _kept(document, KEYS)
    definition = document["Definition"][0]
    if "Definition" not in kept or _full_definition(kept) != definition:
        # The definition was not composed, or has changed since: the parts would repeat it.
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
    """Join the definition with its cautions and things to avoid, as SuperNI's authors did."""
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
    """Return the data and the key orders that an upgrade kept; a v2 document may hold anything.

    Usual keys are returned only if their values are valid in version 1, and never rows or keys
    that the row itself has.
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
    """Return whether a kept list is a valid list of examples in version 1."""
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
