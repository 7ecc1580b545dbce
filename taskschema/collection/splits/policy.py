"""Assigns tasks to train, dev and test by a declared policy, with a reason for each.

The table `[splits]` of `taskschema.toml` declares a policy. Missing keys default to `superni`, the
policy of Super-NaturalInstructions (Wang et al., 2022): tasks of twelve categories are test
tasks, no train task names a source of theirs, the track `default` is English, and `xlingual` tests
other languages. The same tasks and the same policy give the same splits.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from taskschema.collection.splits.draw import drawn
from taskschema.core.text.near_misses import near_misses
from taskschema.core.text.printing import quote
from taskschema.rules.collection_context import PlannedSplit, TaskDigest
from taskschema.rules.shared.source_identity import SourceIndex, shared_urls
from taskschema.rules.shared.source_spellings import spaceless

__all__ = [
    "DEV",
    "POLICIES",
    "SPLITS",
    "Dev",
    "Policy",
    "SameSource",
    "TrackPolicy",
    "plan",
    "strangers",
]

SPLITS = ("train", "dev", "test", "excluded")
TRAIN, DEV, TEST, EXCLUDED = SPLITS
UNKNOWN = "und"

Reasons = Mapping[str, str]
Shared = Callable[[TaskDigest], str]
"""Describes the source that a task shares with another task; empty if there is none."""


class SameSource(StrEnum):
    """When a task counts as sharing a source with a held-out task."""

    EXACT = "exact"
    """The names of the sources are equal, as in Super-NaturalInstructions."""
    IDENTITY = "identity"
    """Names or URLs are the same, in any spelling."""
    ALLOWED = "allowed"
    """Never: such tasks go to train."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackPolicy:
    """One track, by the languages of inputs and outputs (BCP 47)."""

    languages: tuple[str, ...] = ()
    """Tasks with any other language are excluded; if empty, none is."""
    test_beyond: tuple[str, ...] = ()
    """A test task has a language that is not one of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dev:
    """What goes from train to dev."""

    categories: tuple[str, ...] = ()
    """All tasks of these categories; tasks that share a source with them are excluded."""
    share: float = 0.0
    """Largest share of train tasks to draw, so that no source is on both sides."""
    seed: int = 0


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Test tasks, excluded tasks, and tracks."""

    test_categories: tuple[str, ...] = ()
    test_tasks: Reasons = field(default_factory=dict)
    """Further test tasks, by name or alias, each with a reason."""
    same_source: SameSource = SameSource.EXACT
    excluded_tasks: Reasons = field(default_factory=dict)
    excluded_sources: Reasons = field(default_factory=dict)
    """Names, in any spelling: no task of such a source goes to train or test."""
    tracks: Mapping[str, TrackPolicy] = field(default_factory=dict)
    dev: Dev | None = None

    @cached_property
    def sources(self) -> Mapping[str, tuple[str, str]]:
        """Map the key of each excluded source to its name and the reason."""
        named = self.excluded_sources.items()
        return {spaceless(name): (name, reason) for name, reason in named}


POLICIES: Mapping[str, Policy] = MappingProxyType(
    {
        "superni": Policy(
            test_categories=(
                "Answerability Classification",
                "Cause Effect Classification",
                "Coreference Resolution",
                "Data to Text",
                "Dialogue Act Recognition",
                "Grammar Error Correction",
                "Keyword Tagging",
                "Overlap Extraction",
                "Question Rewriting",
                "Textual Entailment",
                "Title Generation",
                "Word Analogy",
            ),
            excluded_tasks={
                "task1415_youtube_caption_corrections_grammar_correction": (
                    "its data has errors, so it was removed from the evaluation"
                )
            },
            tracks={
                "default": TrackPolicy(languages=("en",)),
                "xlingual": TrackPolicy(test_beyond=("en",)),
            },
        ),
        "none": Policy(same_source=SameSource.IDENTITY, tracks={"default": TrackPolicy()}),
    }
)


def plan(policy: Policy, tasks: Sequence[TaskDigest]) -> tuple[PlannedSplit, ...]:
    """Assign every task in every track: by track, then by name, each task once a track."""
    entries = sorted({entry.name: entry for entry in reversed(tasks)}.values(), key=_name)
    several = shared_urls(entries)
    wanted = {entry.name: reason for entry in entries if (reason := _tested(policy, entry))}
    held_out = _sharing(policy, [entry for entry in entries if entry.name in wanted], several)
    planned: list[PlannedSplit] = []
    for name, track in sorted(policy.tracks.items()):
        put = {
            entry.name: _placed(policy, track, entry, wanted.get(entry.name, ""), held_out)
            for entry in entries
        }
        if policy.dev:
            rest = [entry for entry in entries if put[entry.name][0] == TRAIN]
            put.update(_set_apart(policy, policy.dev, rest, several))
        planned += (
            PlannedSplit(name, split, task, reason) for task, (split, reason) in put.items()
        )
    return tuple(planned)


def strangers(policy: Policy, tasks: Sequence[TaskDigest]) -> Iterator[str]:
    """Yield a line for each name in the policy that no task has, so that typos show.

    What Super-NaturalInstructions names may be missing: a collection need not hold all of it.
    """
    usual = POLICIES["superni"]
    names = {name for entry in tasks for name in (entry.name, *entry.aliases)}
    for setting in ("test_tasks", "excluded_tasks"):
        for name in getattr(policy, setting):
            if name not in names and name not in getattr(usual, setting):
                yield f"{setting}: there is no task {quote(name)}.{_meant(name, names)}"
    categories = {category for entry in tasks for category in entry.categories}
    dev = policy.dev.categories if policy.dev else ()
    for setting, words in (("test_categories", policy.test_categories), ("dev.categories", dev)):
        for word in words:
            if word not in categories and word not in usual.test_categories:
                meant = _meant(word, categories)
                yield f"{setting}: no task has the category {quote(word)}.{meant}"
    sources = {key for entry in tasks for source, _ in entry.sources for key in _keys(source)}
    for key, (name, _) in policy.sources.items():
        if key not in sources:
            yield f"excluded_sources: no task has the source {quote(name)}."


def _meant(word: str, words: Iterable[str]) -> str:
    meant = near_misses(word, sorted(words))
    return f" Did you mean {quote(meant[0])}?" if meant else ""


def _name(entry: TaskDigest) -> str:
    return entry.name


def _keys(source: str) -> Iterator[str]:
    """Return the keys of the names in one source; semicolons separate several names."""
    return map(spaceless, source.split(";"))


def _tested(policy: Policy, entry: TaskDigest) -> str:
    """Return why a task is a test task; empty if it is not."""
    for name in (entry.name, *entry.aliases):
        if name in policy.test_tasks:
            return f"named as a test task: {policy.test_tasks[name]}"
    for category in entry.categories:
        if category in policy.test_categories:
            return f"the category {quote(category)} is a test category"
    return ""


def _placed(
    policy: Policy, track: TrackPolicy, entry: TaskDigest, tested: str, held_out: Shared
) -> tuple[str, str]:
    """Return the split of one task and the reason, before dev tasks are taken from train."""
    if reason := _excluded(policy, entry):
        return EXCLUDED, reason
    if not tested and (shared := held_out(entry)):
        return EXCLUDED, f"{shared}, which is a test task"
    languages = _languages(entry)
    if track.languages and not (languages and languages <= set(track.languages)):
        allowed = ", ".join(track.languages)
        return EXCLUDED, f"{_in_languages(entry)}; the track takes only {allowed}"
    if not tested:
        return TRAIN, "neither a test task nor excluded"
    if track.test_beyond and languages <= set(track.test_beyond):
        return EXCLUDED, f"{tested}, but {_in_languages(entry)}; the track tests other languages"
    return TEST, tested


def _excluded(policy: Policy, entry: TaskDigest) -> str:
    """Return why a task is excluded by name or by source; empty if it is not."""
    for name in (entry.name, *entry.aliases):
        if name in policy.excluded_tasks:
            return f"excluded by name: {policy.excluded_tasks[name]}"
    for source, _ in entry.sources:
        for key in _keys(source):
            if key in policy.sources:
                name, reason = policy.sources[key]
                return f"the source {quote(name)} is excluded: {reason}"
    return ""


def _languages(entry: TaskDigest) -> set[str]:
    """Return the languages of inputs and outputs, reduced to the language subtag."""
    found = {tag.split("-")[0].lower() for tag in (*entry.input_languages, *entry.languages)}
    return set() if UNKNOWN in found else found


def _in_languages(entry: TaskDigest) -> str:
    languages = sorted(_languages(entry))
    return f"in {', '.join(languages)}" if languages else "in an undeclared language"


def _sharing(policy: Policy, tasks: Sequence[TaskDigest], several: frozenset[str]) -> Shared:
    """Return a function that describes the source a task shares with one of the tasks."""
    match policy.same_source:
        case SameSource.ALLOWED:
            return lambda _: ""
        case SameSource.IDENTITY:
            identity = SourceIndex(tasks, several)
            return lambda entry: next(iter(identity.shared(entry).values()), "")
    holders: dict[str, list[str]] = defaultdict(list)
    for entry in tasks:
        for source, _ in entry.sources:
            holders[source].append(entry.name)

    def exactly(entry: TaskDigest) -> str:
        for source, _ in entry.sources:
            for other in holders.get(source, ()):
                if other != entry.name:
                    return f"shares the source {quote(source)} with `{other}`"
        return ""

    return exactly


def _set_apart(
    policy: Policy, dev: Dev, rest: Sequence[TaskDigest], several: frozenset[str]
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the tasks that leave train: to dev, or excluded because of dev."""
    chosen = [entry for entry in rest if not set(dev.categories).isdisjoint(entry.categories)]
    names = {entry.name for entry in chosen}
    shared = _sharing(policy, chosen, several)
    left = []
    for entry in rest:
        if entry.name in names:
            found = next(one for one in entry.categories if one in dev.categories)
            yield entry.name, (DEV, f"the category {quote(found)} is a dev category")
        elif how := shared(entry):
            yield entry.name, (EXCLUDED, f"{how}, which is in dev")
        else:
            left.append(entry)
    for name in drawn(left, several, share=dev.share, seed=dev.seed):
        yield name, (DEV, f"drawn with the seed {dev.seed}")
