"""The final form of Super-NaturalInstructions to the unified schema.

- `Definition`, `Categories`, `Reasoning`, `Domains`, the examples and `Instances` are renamed.
- `Contributors` become objects. `Source` and `URL` become one list if their lengths are equal.
- ISO 639 language names become BCP 47 tags by table; a name that is not in the table becomes `und`.
- `Instance License` becomes `licenses`, with an SPDX identifier for each known spelling.
- Keys without a field in v3, and values that a downgrade would not restore, are kept under
  `extras.v2`. An unusual order of keys is recorded in `extras.v2_order`.
"""

from collections.abc import Callable, Iterator
from typing import Any

from taskschema.schema.languages import name_of, tag_of
from taskschema.schema.licenses import spdx_of
from taskschema.schema.migration import Document, Migration, unusual_key_order, with_key_order

KEYS = (
    *("Contributors", "Source", "URL", "Categories", "Reasoning", "Definition"),
    *("Input_language", "Output_language", "Instruction_language", "Domains"),
    *("Positive Examples", "Negative Examples", "Instances", "Instance License"),
)
DEMONSTRATION = ("input", "output", "explanation", "suggestion")
INSTANCE = ("id", "input", "output")
SAME = {
    "definition": "Definition",
    "categories": "Categories",
    "reasoning": "Reasoning",
    "domains": "Domains",
}
ROWS = {
    "positive_demonstrations": ("Positive Examples", DEMONSTRATION),
    "negative_demonstrations": ("Negative Examples", DEMONSTRATION),
    "instances": ("Instances", INSTANCE),
}
LANGUAGES = {
    "instruction": "Instruction_language",
    "input": "Input_language",
    "output": "Output_language",
}


def upgrade(document: Document, name: str) -> Document:
    """Upgrade a v2 document to v3; `name` is the file's stem, which v2 documents do not contain."""
    newer: Document = {"schema_version": 3, "name": name}
    kept = {key: value for key, value in document.items() if key not in KEYS}
    newer |= {key: document[old] for key, old in SAME.items() if old in document}
    for key, (old, (upgraded, downgraded)) in CONVERTED.items():
        given = {part: document[part] for part in old if part in document}
        if (converted := upgraded(given)) is not None:
            newer[key] = converted
        returned = downgraded(converted)
        kept |= {part: value for part, value in given.items() if returned.get(part) != value}
    for key, (old_key, usual) in ROWS.items():
        if old_key in document:
            newer[key] = _upgraded_rows(document[old_key], usual)
    if extras := _extras(kept, unusual_key_order(document, KEYS)):
        newer["extras"] = extras
    return newer


def downgrade(task: Document) -> Document:
    """Downgrade a v3 document to v2, restoring the data kept under `extras.v2`."""
    kept, order = _kept(task)
    kept = {key: value for key, value in kept.items() if key not in KEYS or _is_texts(value)}
    older: Document = {old: task[key] for key, old in SAME.items() if key in task}
    for key, (old, (upgraded, downgraded)) in CONVERTED.items():
        returned = downgraded(task.get(key))
        for part in old:
            # A kept value is restored only if the value has not changed since.
            original = returned | {part: kept.get(part)}
            if part in kept and upgraded(original) == task.get(key):
                returned = original
        older |= returned
    for key, (old_key, usual) in ROWS.items():
        older[old_key] = [_downgraded_row(row, usual) for row in task.get(key, [])]
    older |= {key: value for key, value in kept.items() if key not in KEYS}
    return with_key_order(
        {key: older[key] for key in dict.fromkeys((*KEYS, *older)) if key in older}, order
    )


def _upgraded_rows(rows: list[Document], usual: tuple[str, ...]) -> list[Document]:
    if all(map(usual.__eq__, map(tuple, rows))):
        return rows  # rows of v2 are rows of v3
    return [_upgraded_row(row, usual) for row in rows]


def _upgraded_row(row: Document, usual: tuple[str, ...]) -> Document:
    newer = {key: row[key] for key in usual if key in row}
    kept = {key: value for key, value in row.items() if key not in usual}
    extras = _extras(kept, unusual_key_order(row, usual))
    return newer | ({"extras": extras} if extras else {})


def _downgraded_row(row: Document, usual: tuple[str, ...]) -> Document:
    kept, order = _kept(row)
    known = {key: row[key] for key in usual if key in row}
    foreign = {key: value for key, value in kept.items() if key not in usual}
    return with_key_order(known | foreign, order)


def _extras(kept: Document, order: list[str] | None) -> Document:
    extras: Document = {"v2": kept} if kept else {}
    return extras | ({"v2_order": order} if order else {})


def _kept(holder: Document) -> tuple[Document, Any]:
    """Return the data and the key order that an upgrade kept; extras may hold anything."""
    extras = holder.get("extras", {})
    kept = extras.get("v2")
    return (kept if isinstance(kept, dict) else {}), extras.get("v2_order")


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _upgraded_contributors(given: Document) -> Any:
    names = given.get("Contributors")
    return None if names is None else [{"name": name} for name in names]


def _downgraded_contributors(contributors: Any) -> Document:
    if contributors is None:
        return {}
    return {"Contributors": [contributor["name"] for contributor in contributors]}


def _upgraded_sources(given: Document) -> Any:
    names, urls = given.get("Source"), given.get("URL")
    if names is None:
        return None
    if urls is None or len(urls) != len(names):
        return [{"name": name} for name in names]
    return [{"name": name, "url": url} for name, url in zip(names, urls, strict=True)]


def _downgraded_sources(sources: Any) -> Document:
    if sources is None:
        return {}
    older: Document = {"Source": [source["name"] for source in sources]}
    if any("url" in source for source in sources):
        older["URL"] = [source.get("url", "") for source in sources]
    return older


def _upgraded_languages(given: Document) -> Any:
    tags = {
        key: [tag_of(name) or "und" for name in given[old]]
        for key, old in LANGUAGES.items()
        if old in given
    }
    return tags or None


def _downgraded_languages(languages: Any) -> Document:
    return {
        old: [name_of(tag) or tag for tag in languages[key]]
        for key, old in LANGUAGES.items()
        if languages and key in languages
    }


def _upgraded_licenses(given: Document) -> Any:
    texts = given.get("Instance License")
    return None if texts is None else [_license(text) for text in texts]


def _license(text: str) -> Document:
    spdx = spdx_of(text)
    return {"text": text, "spdx": spdx} if spdx else {"text": text}


def _downgraded_licenses(licenses: Any) -> Document:
    return {} if licenses is None else {"Instance License": [entry["text"] for entry in licenses]}


Converter = tuple[Callable[[Document], Any], Callable[[Any], Document]]
CONVERTED: dict[str, tuple[tuple[str, ...], Converter]] = {
    "contributors": (("Contributors",), (_upgraded_contributors, _downgraded_contributors)),
    "sources": (("Source", "URL"), (_upgraded_sources, _downgraded_sources)),
    "languages": (tuple(LANGUAGES.values()), (_upgraded_languages, _downgraded_languages)),
    "licenses": (("Instance License",), (_upgraded_licenses, _downgraded_licenses)),
}


def _places() -> Iterator[tuple[str, str]]:
    yield from ((f"/{key}", f"/{old}") for key, old in SAME.items())
    yield from ((f"/languages/{key}", f"/{old}") for key, old in LANGUAGES.items())
    for key, (old, _) in ROWS.items():
        yield f"/{key}", f"/{old}"
        yield f"/{key}/*/extras/v2", f"/{old}/*"
    yield from (
        ("/extras/v2", ""),
        ("/contributors", "/Contributors"),
        ("/contributors/*/name", "/Contributors/*"),
        ("/sources", "/Source"),
        ("/sources/*/name", "/Source/*"),
        ("/sources/*/url", "/URL/*"),
        ("/licenses", "/Instance License"),
        ("/licenses/*/text", "/Instance License/*"),
        ("/licenses/*/spdx", "/Instance License/*"),
    )


MIGRATION = Migration(older=2, upgrade=upgrade, downgrade=downgrade, places=dict(_places()))
