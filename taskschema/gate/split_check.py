"""Checks split lists: against the policy, and for what leaks from train to held-out tasks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from taskschema.collection.leaks import Leak, leaks
from taskschema.collection.splits.survey import Survey
from taskschema.core.findings import Report, tally
from taskschema.core.parallel.workers import LOCAL, Workers
from taskschema.core.storage.paths import path_of
from taskschema.gate.collection_check import hits_of, located, overview_of
from taskschema.gate.waivers import waived
from taskschema.rules.collection_context import PlannedSplit
from taskschema.rules.registry import rules_of
from taskschema.rules.rule import CollectionRule, Violation
from taskschema.rules.rule_findings import Hit
from taskschema.rules.shared.split_lines import places

__all__ = ["check_splits"]


FAMILY = "SPL"
# These two compare all inputs here, and samples in `check`.
CONTENT, SOURCE = "SPL003", "SPL004"
LEAST, FEWEST = 0.1, 4
NAMED = 3  # tasks that a message names


def check_splits(survey: Survey, workers: Workers = LOCAL) -> tuple[Report, tuple[Leak, ...]]:
    """Check the split lists as they are.

    Returns:
        The findings, and everything that leaks from train to held-out tasks. If there is no list
        at all, leaks are those of the splits that the policy draws.
    """
    config, is_whole = survey.collection.config, not survey.refused
    overview = replace(
        overview_of(
            survey.tasks,
            frozenset(path_of(finding.path).stem for finding in survey.refused),
            survey.surroundings,
        ),
        complete=is_whole,
        planned=survey.planned if is_whole else (),
    )
    rules = {rule.code: rule for rule in rules_of(CollectionRule) if rule.code.startswith(FAMILY)}
    by_overview = [rule for code, rule in rules.items() if code not in (CONTENT, SOURCE)]
    where = places(overview)
    listed: Mapping[str, Mapping[str, Iterable[str]]] = where or _by_split(survey.planned)
    found = leaks(listed, survey.tasks, config.root, workers)
    hits = [*hits_of(by_overview, overview), *_hits(found, where, rules)]
    findings = [*survey.refused, *located(hits, config.root)]
    excused = waived(config.waivers, map(tally, findings))
    requested = [
        finding
        for finding in findings
        if tally(finding) not in excused and config.selection.takes(finding.code)
    ]
    return Report.of(len(survey.collection), requested), tuple(found)


def _by_split(planned: Sequence[PlannedSplit]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for one in planned:
        found.setdefault(one.track, {}).setdefault(one.split, []).append(one.task)
    return found


Places = Mapping[str, Mapping[str, Mapping[str, tuple[str, int]]]]


def _hits(
    found: Iterable[Leak], where: Places, rules: Mapping[str, CollectionRule]
) -> Iterator[tuple[str, Hit]]:
    """Yield the leaks as hits at the lines of the train lists."""
    by_task: dict[tuple[str, str, str], list[Leak]] = {}
    for leak in found:
        by_task.setdefault((leak.track, leak.task, leak.split), []).append(leak)
    for (track, task, split), some in by_task.items():
        if track not in where:
            continue
        path, line = where[track]["train"][task]
        inputs = [leak for leak in some if leak.share >= LEAST and leak.inputs >= FEWEST]
        inputs.sort(key=lambda leak: -leak.share)
        if inputs:
            named = ", ".join(map(_amount, inputs[:NAMED]))
            more = f" and {len(inputs) - NAMED} more" if len(inputs) > NAMED else ""
            message = f"`{task}` has inputs of the {split} split: {named}{more}. "
            hit = Violation(f"line:{line}", f"{message}Remove it from the train list.")
            yield path, Hit(rules[CONTENT], hit)
        elif how := next((leak.source for leak in some if leak.source), ""):
            message = f"`{task}` {how} of the {split} split. Remove it from the train list."
            yield path, Hit(rules[SOURCE], Violation(f"line:{line}", message))


def _amount(leak: Leak) -> str:
    roughly = "about " if leak.sampled else ""
    return f"{roughly}{leak.share:.0%} of `{leak.held_out}`"
