"""Completion functions for options and arguments: values, each with a help text.

Each name here is passed to a parameter as `autocompletion=`. A shell waits for the answer, so only
what is needed is read, and only plugins that the line names are imported.
"""

from typing import TYPE_CHECKING, Any, cast, get_args

import typer

from taskschema.cli.completion.collection_values import splits, task_names, tracks
from taskschema.cli.completion.completer import Completer, Offers, completer, plugin_names, words

if TYPE_CHECKING:
    from taskschema.core.plugins import Family
    from taskschema.schema.vocabulary import Kind

__all__ = [
    "answer_kinds",
    "assignments",
    "categories",
    "diff_formats",
    "domains",
    "executors",
    "exporters",
    "formats",
    "groups",
    "languages",
    "license_classes",
    "methods",
    "profiles",
    "reporters",
    "rules",
    "settings",
    "splits",
    "subjects",
    "task_names",
    "tracks",
    "versions",
    "views",
    "words",
]

FAMILY = 3  # letters that the codes of a family share
SHORT_TAG = 2  # letters of a two-letter language tag
LISTED = 4  # numbers to offer, from the least


@plugin_names
def reporters() -> "Family[Any]":
    """Complete names of reporters."""
    from taskschema.gate.reports.reporter import REPORTERS  # noqa: PLC0415

    return REPORTERS


@plugin_names
def diff_formats() -> "Family[Any]":
    """Complete output formats of `diff`."""
    from taskschema.analysis.diff.format import DIFF_FORMATS  # noqa: PLC0415

    return DIFF_FORMATS


@plugin_names
def exporters() -> "Family[Any]":
    """Complete names of exporters."""
    from taskschema.export.exporter import EXPORTERS  # noqa: PLC0415

    return EXPORTERS


@plugin_names
def formats() -> "Family[Any]":
    """Complete names of foreign formats."""
    from taskschema.convert.format import FORMATS  # noqa: PLC0415

    return FORMATS


@plugin_names
def views() -> "Family[Any]":
    """Complete names of views."""
    from taskschema.views.view import VIEWS  # noqa: PLC0415

    return VIEWS


@completer
def rules(ctx: typer.Context, incomplete: str) -> Offers:
    """Complete rule codes after the last comma, families first."""
    del ctx
    before = incomplete[: incomplete.rfind(",") + 1]
    return [
        (before + code, what)
        for code, what in _codes(incomplete[len(before) :], families=True)
        if code not in before.upper().split(",")
    ]


@completer
def subjects(ctx: typer.Context, incomplete: str) -> Offers:
    """Complete codes and names of rules, and fields as deep as typed."""
    del ctx
    from taskschema.rules.selection import known_codes  # noqa: PLC0415
    from taskschema.schema.fields import fields  # noqa: PLC0415

    yield from _codes(incomplete, families=not incomplete)
    for path, field in fields().items():
        if path.count(".") <= incomplete.count("."):
            yield path, _sentence(field.get("description", ""))
    if incomplete:
        yield from ((name, code) for code, name in known_codes().items())


@completer
def profiles(ctx: typer.Context, incomplete: str) -> Offers:
    """Complete names of profiles."""
    del ctx, incomplete
    from taskschema.schema.profiles import PROFILES  # noqa: PLC0415

    return [(name, "") for name in PROFILES]


@completer
def versions(ctx: typer.Context, incomplete: str) -> Offers:
    """Complete schema versions."""
    del ctx, incomplete
    from taskschema.schema.published_files import versions as published  # noqa: PLC0415

    return [(str(version), "") for version in published()]


@completer
def executors(ctx: typer.Context, incomplete: str) -> Offers:
    """Complete executors; with a colon if an address has to follow."""
    del ctx, incomplete
    from taskschema.core.parallel.executor import EXECUTORS  # noqa: PLC0415

    for name in EXECUTORS.names():
        what = EXECUTORS.headline(name)
        # An executor that needs an address documents it.
        yield (f"{name}:" if f"`{name}:ADDRESS`" in what else name), what.replace("`", "")


def _terms(kind: "Kind") -> Completer:
    """Complete the terms of a vocabulary."""

    @completer
    def known(ctx: typer.Context, incomplete: str) -> Offers:
        del ctx, incomplete
        from taskschema.schema.vocabulary import terms  # noqa: PLC0415

        return [(term, "") for term in terms(kind)]

    return known


def _enumerated(path: str) -> Completer:
    """Complete the values that the schema allows in a field."""

    @completer
    def allowed(ctx: typer.Context, incomplete: str) -> Offers:
        del ctx, incomplete
        from taskschema.schema.fields import field  # noqa: PLC0415

        return [(value, "") for value in (field(path) or {})["enum"]]

    return allowed


categories = _terms("categories")
domains = _terms("domains")
answer_kinds = _enumerated("answer_format.kind")
methods = _enumerated("provenance.method")


@completer
def assignments(ctx: typer.Context, incomplete: str) -> Offers:
    """Complete `FIELD=` of metadata, then its allowed values."""
    del ctx
    from taskschema.authoring.set.assignments import METADATA  # noqa: PLC0415
    from taskschema.schema.fields import fields  # noqa: PLC0415
    from taskschema.schema.vocabulary import Kind, terms  # noqa: PLC0415

    begun, equals, _ = incomplete.partition("=")
    name = begun.rstrip("+-")
    for path, field in fields().items():
        if path.split(".")[0] not in METADATA:
            continue
        if not equals and path.count(".") <= incomplete.count("."):
            yield f"{path}=", _sentence(field.get("description", ""))
        elif equals and path == name:
            known = terms(cast("Kind", path)) if path in get_args(Kind) else field.get("enum", ())
            yield from ((f"{begun}={value}", "") for value in known)


@completer
def groups(ctx: typer.Context, incomplete: str) -> Offers:
    """Complete what `stats --by` accepts."""
    del ctx, incomplete
    from taskschema.analysis.stats.tables import GROUPS  # noqa: PLC0415

    return [(name, "") for name in GROUPS]


@completer
def languages(ctx: typer.Context, incomplete: str) -> Offers:
    """Complete language tags with names; three-letter tags after two typed letters."""
    del ctx
    from taskschema.schema.languages import name_of, tags  # noqa: PLC0415

    most = SHORT_TAG if len(incomplete) < SHORT_TAG else None
    return [(tag, name_of(tag) or "") for tag in tags() if most is None or len(tag) <= most]


@completer
def license_classes(ctx: typer.Context, incomplete: str) -> Offers:
    """Complete licence classes, from mild to strict."""
    del ctx, incomplete
    from taskschema.schema.licenses import CLASSES  # noqa: PLC0415

    return [
        (name, f"and milder: {', '.join(CLASSES[:index])}" if index else "")
        for index, name in enumerate(CLASSES)
    ]


@completer
def settings(ctx: typer.Context, incomplete: str) -> Offers:
    """Complete `NAME=` of settings of the view and the exporter, then values."""
    from taskschema.export.exporter import EXPORTERS  # noqa: PLC0415
    from taskschema.views.view import VIEWS  # noqa: PLC0415

    there: dict[str, Any] = {}
    # If the line ends with an option without a value, arguments are not parsed.
    kind = ctx.params.get("kind") or next(iter(ctx.args), "")
    if kind in EXPORTERS.names():
        there |= EXPORTERS.load(kind).settings
    view = ctx.params.get("view") or ()
    chosen = (view,) if isinstance(view, str) else view
    for one in set(chosen).intersection(VIEWS.names()):
        of = f"{one}." if len(chosen) > 1 else ""
        own = VIEWS.load(one).settings
        there |= {of + name: setting for name, setting in own.items()}
    begun, equals, _ = incomplete.partition("=")
    fitting = [name for name in there if (name == begun if equals else name.startswith(begun))]
    if len(fitting) > 1:
        return [(f"{name}=", there[name].what) for name in fitting]
    return [
        (f"{name}={value}", there[name].what) for name in fitting for value in _values(there[name])
    ]


def _values(setting: Any) -> list[str]:
    """Return some values of a setting, including its default."""
    if setting.kind is bool:
        return ["true", "false"]
    usual = [] if setting.default is None else [str(setting.default)]
    if setting.kind is not int:
        return ["", *usual]
    least = int(setting.least)
    few = (str(number) for number in range(least, least + LISTED) if number <= setting.most)
    return sorted({*few, *usual}, key=int)


def _codes(incomplete: str, *, families: bool) -> Offers:
    """Return codes with the names of their rules, in the typed case; families if requested.

    If only one family matches, its codes are included.
    """
    from taskschema.rules.selection import known_codes  # noqa: PLC0415

    codes = known_codes()
    counts: dict[str, list[str]] = {}
    for code, name in codes.items() if families else ():
        if code.startswith(incomplete.upper()[:FAMILY]):
            counts.setdefault(code[:FAMILY], []).append(name)
    offers = {family: ", ".join(names) for family, names in counts.items()}
    if len(offers) <= 1:
        offers |= codes
    is_lower = incomplete != incomplete.upper()
    return [(code.lower() if is_lower else code, what) for code, what in offers.items()]


def _sentence(text: str) -> str:
    return text.split(". ", maxsplit=1)[0].rstrip(".")
