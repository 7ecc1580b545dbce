"""Build `schemas/vocabulary/languages.json` from the tables of ISO 639; `--check` only compares.

Individual languages and macrolanguages come from the package python-iso639 (ISO 639-3 with its
parts 1 and 2), collectives (ISO 639-5), which it lacks, from the language subtag registry that
langcodes carries. Names are written as SuperNI's test wrote them: without " (individual language)"
and " languages". Three rules keep every name on exactly one tag:

1. A name that two entries share is the language's (individual or macrolanguage); the collective
   then keeps its full name: "Mongolian" is `mn`, "Mongolian languages" is `xgn`.
2. A further name, one ISO lists beside the reference name or the name of a code since merged into
   another, is kept only where it is no entry's own name and no second entry claims it.
3. A code that ISO retired without naming one successor is left out, and so is an entry whose tag
   BCP 47 does not know yet.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import iso639
import langcodes

__all__ = ["build", "main", "render"]

TARGET = Path(__file__).parent.parent / "schemas" / "vocabulary" / "languages.json"

# Tags whose reference name ISO has changed since SuperNI wrote its tasks: theirs stays canonical,
# so that their files come back unchanged.
SUPERNI_NAMES = {"km": "Central Khmer", "ory": "Oriya"}


def strip(name: str) -> str:
    """The name as SuperNI's test wrote it."""
    return name.removesuffix(" (individual language)").removesuffix(" languages")


def registry() -> str:
    """The language subtag registry, its folded lines joined."""
    path = files("langcodes") / "data" / "language-subtag-registry.txt"
    return path.read_text(encoding="utf-8").replace("\n  ", " ")


def collectives() -> Iterator[tuple[str, list[str]]]:
    """Tag and names of every collective of ISO 639-5."""
    for record in registry().split("\n%%\n"):
        pairs = [line.split(": ", 1) for line in record.splitlines()]
        if ["Type", "language"] in pairs and ["Scope", "collection"] in pairs:
            (tag,) = [value for key, value in pairs if key == "Subtag"]
            yield tag, [value for key, value in pairs if key == "Description"]


def successor(language: iso639.Language) -> iso639.Language | None:
    """The active entry that stands for `language` today, or None where ISO names none."""
    while language.status == "R":
        if language.retire_change_to is None:
            return None
        language = iso639.Language.from_part3(language.retire_change_to)
    return language


def tag_of(language: iso639.Language) -> str:
    """ISO 639 part 1 where there is one, else part 3."""
    return language.part1 or language.part3


def own_names(entries: list[iso639.Language]) -> dict[str, str]:
    """Name -> tag of every active entry and every collective, each with its one own name.

    Raises:
        ValueError: rule 1 does not part two entries that have one name.
    """
    pairs = [(strip(entry.name), tag_of(entry)) for entry in entries if entry.status == "A"]
    languages = dict(pairs)
    for tag, (first, *_) in collectives():
        short = strip(first)
        pairs.append((first if short in languages else short, tag))
    repeated = [name for name, count in Counter(name for name, _ in pairs).items() if count > 1]
    if repeated:
        raise ValueError(f"two entries have one name: {repeated}")
    return dict(pairs)


def further_names(entries: list[iso639.Language]) -> dict[str, str]:
    """Name -> tag of every name that one entry alone claims, its own or another (rule 2)."""
    claims: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        # A retired code without a successor still is a rival for its name (rule 3).
        tag = tag_of(successor(entry) or entry)
        for name in (entry.name, *(other.print for other in entry.other_names or ())):
            claims[strip(name)].add(tag)
    for tag, names in collectives():
        for name in names:
            claims[strip(name)].add(tag)
    return {name: min(tags) for name, tags in claims.items() if len(tags) == 1}


def build() -> dict[str, list[str]]:
    """Tag -> canonical name, then further names; sorted by tag, then by name.

    Raises:
        ValueError: two entries have one name.
    """
    # `ALL_LANGUAGES` is a set, of no order.
    entries = sorted(iso639.ALL_LANGUAGES, key=lambda entry: entry.part3)
    # Entries without a valid tag keep their own names too: nobody else may take them over.
    own = own_names(entries)
    table = {tag: [name] for name, tag in own.items() if langcodes.tag_is_valid(tag)}
    for name, tag in sorted(further_names(entries).items()):
        if name not in own and tag in table:
            table[tag].append(name)
    for tag, name in SUPERNI_NAMES.items():
        table[tag].remove(name)
        table[tag].insert(0, name)
    return dict(sorted(table.items()))


def render(table: dict[str, list[str]]) -> str:
    """The JSON text, one language per line."""
    head = {
        "description": "BCP 47 tag -> names: the canonical one first, then others ISO 639 lists. "
        "A name stands for one tag only.",
        "source": "Facts of ISO 639-1, -2 and -3 as packaged by python-iso639 (Apache-2.0); "
        "collectives of ISO 639-5 from the IANA language subtag registry as packaged by langcodes "
        "(MIT). Built by scripts/build_languages.py.",
        "editions": editions(),
    }
    lines = [f"  {json.dumps(key)}: {json.dumps(value)},\n" for key, value in head.items()]
    rows = [
        f"    {json.dumps(tag)}: {json.dumps(names, ensure_ascii=False)}"
        for tag, names in table.items()
    ]
    return "{\n" + "".join(lines) + '  "languages": {\n' + ",\n".join(rows) + "\n  }\n}\n"


def editions() -> dict[str, str]:
    """Release dates of the two sources as installed: facts of the data, not of a package."""
    header = registry().splitlines()[0]
    return {
        "iso_639": iso639.DATA_LAST_UPDATED.isoformat(),
        "registry": header.removeprefix("File-Date: "),
    }


def main() -> int:
    """0: up to date or written; 1: the file differs; 2: other editions are installed."""
    parser = argparse.ArgumentParser(description="Build the table of languages.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    if not parser.parse_args().check:
        TARGET.write_text(render(build()), encoding="utf-8", newline="\n")
        return 0
    text = TARGET.read_text(encoding="utf-8")
    recorded = json.loads(text)["editions"]
    if recorded != editions():
        print(f"built from {recorded}, installed are {editions()}: cannot compare", file=sys.stderr)
        return 2
    if text != render(build()):
        print(f"{TARGET.name} is stale: run scripts/build_languages.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
