"""Exceptions that are written down: what they take away, and what is wrong with them themselves."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from taskschema.collection.collection import Collection, collect
from taskschema.core.errors import NoTasksError
from taskschema.core.findings import Finding, Tally
from taskschema.core.storage.paths import path_of
from taskschema.core.syntax.json_pointers import Position, escape
from taskschema.rules.collection_context import Waiver
from taskschema.rules.registry import rules_of
from taskschema.rules.rule import Violation, WaiverRule
from taskschema.rules.rule_findings import Hit, make_finding
from taskschema.rules.selection import Selection, known_codes

__all__ = ["excused", "judged"]


def excused(waivers: Iterable[Waiver], tallies: Iterable[Tally]) -> set[Tally]:
    """What of all that was found is excused."""
    about = {(waiver.task, waiver.code) for waiver in waivers}
    return {tally for tally in tallies if about and (_task(tally), tally.code) in about}


def _task(tally: Tally) -> str:
    return path_of(tally.path).stem


def judged(
    collection: Collection, tallies: Mapping[Tally, int], selection: Selection
) -> Iterator[Finding]:
    """The findings of rules on waivers.

    Args:
        collection: the files that were checked, and the waivers.
        tallies: everything that was found in them.
        selection: a waiver of a code that was not asked for cannot be told to be of no use.
    """
    waivers = collection.config.waivers
    if not waivers:
        return
    used: Counter[tuple[str, str]] = Counter()
    for about, count in tallies.items():
        used[_task(about), about.code] += count
    codes = known_codes()
    checked = {path.stem for path in collection.paths}
    # Only where a name is not among those checked, the rest of the collection matters.
    known = checked
    if not {waiver.task for waiver in waivers} <= checked:
        known = checked | _all_names(collection)
    for waiver in waivers:
        told = replace(
            waiver,
            rule_exists=waiver.code in codes,
            task_exists=waiver.task in known,
            is_checked=waiver.task in checked and selection.takes(waiver.code),
            used=used[waiver.task, waiver.code],
        )
        for rule in rules_of(WaiverRule):
            if (message := rule.message(told)) is not None:
                pointer = f"/waivers{escape(waiver.task)}{escape(waiver.code)}"
                hit = Hit(rule, Violation(pointer, message))
                yield make_finding(
                    hit, collection.config.path or Path(), Position(waiver.line, 1, "", 0)
                )


def _all_names(collection: Collection) -> set[str]:
    try:
        return {path.stem for path in collect([collection.config.root], collection.config).paths}
    except NoTasksError:
        return set()
