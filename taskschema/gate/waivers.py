"""Waivers: which findings they take away, and findings on the waivers themselves."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from taskschema.collection.config import Config
from taskschema.core.findings import Finding, Tally
from taskschema.core.storage.paths import path_of
from taskschema.core.syntax.json_pointers import Position, escape
from taskschema.rules.collection_context import Waiver
from taskschema.rules.registry import rules_of
from taskschema.rules.rule import Violation, WaiverRule
from taskschema.rules.rule_findings import Hit, make_finding
from taskschema.rules.selection import Selection, known_codes

__all__ = ["waived", "waiver_findings"]


def waived(waivers: Iterable[Waiver], tallies: Iterable[Tally]) -> set[Tally]:
    """Return the tallies that a waiver takes away."""
    about = {(waiver.task, waiver.code) for waiver in waivers}
    return {tally for tally in tallies if about and (_task(tally), tally.code) in about}


def _task(tally: Tally) -> str:
    return path_of(tally.path).stem


def waiver_findings(
    config: Config,
    tallies: Mapping[Tally, int],
    selection: Selection,
    checked: Collection[str],
    names: Collection[str],
) -> list[Finding]:
    """Run the rules on waivers.

    Args:
        config: the waivers, and the file that holds them.
        tallies: the counts of all findings, also of those that are waived.
        selection: the selected rules; a waiver of another code is not reported as unused.
        checked: names of the tasks that were checked.
        names: names of all tasks of the collection.
    """
    if not config.waivers:
        return []
    used: Counter[tuple[str, str]] = Counter()
    for about, count in tallies.items():
        used[_task(about), about.code] += count
    codes = known_codes()
    found = []
    for waiver in config.waivers:
        known = replace(
            waiver,
            rule_exists=waiver.code in codes,
            task_exists=waiver.task in names,
            is_checked=waiver.task in checked and selection.takes(waiver.code),
            used=used[waiver.task, waiver.code],
        )
        for rule in rules_of(WaiverRule):
            if (message := rule.message(known)) is not None:
                pointer = f"/waivers{escape(waiver.task)}{escape(waiver.code)}"
                place = Position(waiver.line, 1, "", 0)
                hit = Hit(rule, Violation(pointer, message))
                found.append(make_finding(hit, config.path or Path(), place))
    return found
