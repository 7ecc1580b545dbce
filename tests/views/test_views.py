"""Properties that every view has."""

from typing import Any

import pytest
from hypothesis import given, settings
from support import strategies

from taskschema.views.view import VIEWS as ALL_VIEWS
from taskschema.views.view import View, ViewOptions

VIEWS: dict[str, View] = ALL_VIEWS.load_all()


def is_of(value: Any, type_: Any) -> bool:
    """Whether a value can stand in a column of the type."""
    if value is None:
        return True
    if isinstance(type_, list):
        return isinstance(value, list) and all(is_of(part, type_[0]) for part in value)
    if isinstance(type_, dict):
        return (
            isinstance(value, dict)
            and value.keys() <= type_.keys()
            and all(is_of(part, type_[key]) for key, part in value.items())
        )
    return type(value).__name__ in {"string": ("str",), "int32": ("int",)}.get(
        type_, ("bool", "int", "float")
    )


@pytest.mark.parametrize("name", VIEWS)
@settings(max_examples=60, deadline=None)
@given(task=strategies.v3_documents())
def test_records_have_the_columns_of_their_view(name: str, task: Any) -> None:
    view = VIEWS[name]
    indices = range(len(task["instances"]))
    for record in view.records(task, indices, ViewOptions()):
        assert record.keys() == view.columns.keys()
        assert all(is_of(record[key], type_) for key, type_ in view.columns.items())


@pytest.mark.parametrize("name", VIEWS)
@settings(max_examples=20, deadline=None)
@given(task=strategies.v3_documents())
def test_the_same_task_gives_the_same_records(name: str, task: Any) -> None:
    view = VIEWS[name]
    indices = range(len(task["instances"]))
    once, again = (list(view.records(task, indices, ViewOptions(seed=1))) for _ in range(2))
    assert once == again


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_is_documented(name: str) -> None:
    view = VIEWS[name]
    assert view.title
    assert view.columns
    assert all(setting.what for setting in view.settings.values())
