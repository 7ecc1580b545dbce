"""The plan of an export: its request validated before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taskschema.collection.splits.lists import split_lists
from taskschema.collection.splits.tracks import EVALUATION, Track, require_splits, track_of
from taskschema.core.errors import ConfigError, DestinationError
from taskschema.core.plugin_settings import Setting, parse_setting, validate_settings
from taskschema.export.changed_options import changed_options
from taskschema.export.destination import require_replaceable
from taskschema.export.exporter import EXPORTERS, Exporter
from taskschema.export.request import ExportRequest
from taskschema.rules.collection_context import SplitList
from taskschema.views.view import View, view_of

if TYPE_CHECKING:  # completion imports exporters, and should not parse configurations
    from taskschema.collection.collection import Collection

__all__ = ["ExportPlan", "plan_export"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPlan:
    """Everything that an export depends on besides the tasks; handed to workers and exporters."""

    request: ExportRequest
    """The validated request: views sorted and distinct, settings of the declared types."""
    exporter: Exporter
    root: Path = Path()
    """The root of the collection."""
    lists: tuple[SplitList, ...] = ()
    """The split lists of the collection."""
    track: Track = field(default_factory=Track)
    """The split of each task."""
    changed_options: Mapping[str, Any] = field(default_factory=dict)
    """Options that differ from the defaults, as the manifest records them."""

    @property
    def view(self) -> str:
        """The name of the requested view, or of the exporter's default; empty without both."""
        return self.request.views[0] if self.request.views else self.exporter.view


def plan_export(collection: "Collection", request: ExportRequest) -> ExportPlan:
    """Validate a request against its exporter, the collection and the destination.

    Raises:
        ConfigError: an option is unknown, has a wrong value, or does not suit the exporter; or the
            collection has no such track or split.
        DestinationError: the destination holds other files, or a library is missing.
    """
    exporter = EXPORTERS.load(request.kind)
    _require_modules(request.kind, exporter)
    root = collection.config.root
    lists = split_lists(root, strict=True)
    request, settings = _validated(request, exporter)
    require_replaceable(request.out)
    return ExportPlan(
        request=request,
        exporter=exporter,
        root=root,
        lists=lists,
        track=_track(request, exporter, lists),
        changed_options=changed_options(request, exporter, settings),
    )


def _require_modules(kind: str, exporter: Exporter) -> None:
    for module in exporter.modules:
        if find_spec(module) is None:
            install = f'pip install "taskschema[{exporter.extra}]"'
            raise DestinationError(f"export {kind} needs {module}. Install it: {install}")


def _track(request: ExportRequest, exporter: Exporter, lists: Sequence[SplitList]) -> Track:
    """Return the track to divide tasks by; an exporter that writes all lists uses none."""
    writes_all = exporter.keeps_lists and not (request.track or request.splits)
    track = Track() if writes_all else track_of(lists, request.track)
    require_splits(track, request.splits, (EVALUATION,) if request.evaluation_split else ())
    is_alone = {*request.splits} == {EVALUATION}
    if request.evaluation_split and not exporter.divides_tasks and not is_alone:
        raise ConfigError(
            f"--evaluation-split: export {request.kind} writes each task to one split. "
            f"Remove the option, or add --split {EVALUATION}."
        )
    return track


def _validated(
    request: ExportRequest, exporter: Exporter
) -> tuple[ExportRequest, dict[str, Setting]]:
    """Return the request with an absolute folder and typed settings, and all known settings.

    Raises:
        ConfigError: an unknown view or setting, one that the exporter does not accept, or a value
            of another type.
    """
    kind = request.kind
    names = tuple(sorted({*request.views}))
    for name in names:
        _require_accepted(kind, exporter, name)
    if len(names) > 1 and not exporter.takes_several:
        raise ConfigError(f"--view: export {kind} writes one view. Select one of them.")
    views = _views(exporter, names)
    whose = " and ".join(f"view `{name}`" for name in views) or f"export {kind}"
    if request.tokenizer is not None and not any(view.counts_tokens for view in views.values()):
        raise ConfigError(f"--tokenizer: {whose} counts no tokens. Remove the option.")
    if request.seed and not views and not request.filters.max_instances:
        raise ConfigError(f"--seed: export {kind} draws nothing at random. Remove the option.")
    known = _settings(exporter, views)
    whose = f"{whose} of export {kind}" if views else whose
    settings = _typed(request.settings, known, views, whose)
    request = replace(request, out=request.out.resolve(), views=names, settings=settings)
    return request, known


def _views(exporter: Exporter, names: Sequence[str]) -> dict[str, View]:
    names = names or ((exporter.view,) if exporter.view else ())
    return {name: view_of(name) for name in names}


def _settings(exporter: Exporter, views: Mapping[str, View]) -> dict[str, Setting]:
    """Return all known settings by name; of several views, also by `VIEW.NAME`."""
    known = dict(exporter.settings)
    for view in views.values():
        known |= view.settings
    if len(views) > 1:
        for name, view in views.items():
            known |= {f"{name}.{key}": one for key, one in view.settings.items()}
    return known


def _typed(
    given: Mapping[str, Any], known: Mapping[str, Setting], views: Mapping[str, View], whose: str
) -> dict[str, Any]:
    """Return the values of settings, with texts parsed to the type of the setting."""
    parsed = {
        key: parse_setting(value, known[key]) if key in known else value
        for key, value in given.items()
    }
    settings = validate_settings(parsed, known, whose, "--set: ")
    for view in views.values():
        # A value without the name of a view must suit every view that has the setting.
        own = {name: value for name, value in settings.items() if name in view.settings}
        validate_settings(own, view.settings, whose, "--set: ")
    return settings


def _require_accepted(kind: str, exporter: Exporter, view: str) -> None:
    if exporter.views == ():
        raise ConfigError(f"--view: export {kind} writes whole tasks. Remove the option.")
    view_of(view, "--view: ")
    if exporter.views is not None and view not in exporter.views:
        accepted = " or ".join(f"`{name}`" for name in exporter.views)
        raise ConfigError(f"--view: export {kind} does not accept `{view}`. Use {accepted}.")
