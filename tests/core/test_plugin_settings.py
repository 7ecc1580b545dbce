"""Settings: the same validation for options, Python arguments and configurations."""

from pathlib import Path
from typing import Any

import pytest

import taskschema
from taskschema.collection.collection import collect
from taskschema.convert.format import FORMATS as ALL_FORMATS
from taskschema.convert.format import Format
from taskschema.core.errors import ConfigError
from taskschema.core.plugin_settings import (
    Setting,
    describe_values,
    parse_setting,
    validate_setting,
    validate_settings,
)
from taskschema.export.export import export
from taskschema.export.request import ExportRequest
from taskschema.rules.smallest_task import write_task
from taskschema.views.view import VIEWS as ALL_VIEWS
from taskschema.views.view import View

VIEWS: dict[str, View] = ALL_VIEWS.load_all()
FORMATS: dict[str, Format] = ALL_FORMATS.load_all()
SHARE = Setting(float, "a share", 0.25, most=1)
WRONG = [
    ("messages", "sistem", True, "view `messages`{} has no setting `sistem`. Did you mean `syst"),
    ("alpaca", "system", True, "view `alpaca`{} has no setting `system`. Remove it."),
    ("messages", "system", 1, "`system` is 1, not true or false. Correct it."),
    ("messages", "demonstrations", -1, "`demonstrations` is -1, not a whole number of at least 0."),
    ("natural", "variants", 0, "`variants` is 0, not a whole number from 1 to 100. Correct it."),
    ("natural", "few_shot", 2, "`few_shot` is 2, not a number from 0 to 1. Correct it."),
    ("natural", "few_shot", float("nan"), "`few_shot` is NaN, not a number from 0 to 1."),
    ("messages", "demonstrations", 2**64, "`demonstrations` has more than 64 bits. Correct it."),
    ("rlvr", "verifier", "\udcff", "`verifier` is not UTF-8. Correct it."),
    ("rlvr", "verifier", b"x", "`verifier` is of type bytes, not a text. Correct it."),
    ("mesages", "system", True, "there is no view `mesages`. Did you mean `messages`?"),
]


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    write_task(tmp_path / "collection" / "tasks", "adding")
    return tmp_path / "collection"


@pytest.mark.parametrize(("view", "name", "value", "message"), WRONG)
def test_messages_name_python_arguments(
    view: str, name: str, value: Any, message: str, collection: Path
) -> None:
    pytest.importorskip("datasets")
    with pytest.raises(ConfigError) as caught:
        taskschema.load(collection).to_dataset(view=view, **{name: value})
    assert str(caught.value).startswith(message.format(""))


@pytest.mark.parametrize(("view", "name", "value", "message"), WRONG)
def test_messages_name_command_line_options(
    view: str, name: str, value: Any, message: str, collection: Path
) -> None:
    out = collection / "out"
    request = ExportRequest("jsonl", out, views=(view,), settings={name: value})
    with pytest.raises(ConfigError) as caught:
        export(collect([collection]), request)
    option = "--view" if view == "mesages" else "--set"
    assert str(caught.value).startswith(f"{option}: {message.format(' of export jsonl')}")
    assert not out.exists()


def test_a_float_setting_accepts_a_whole_number() -> None:
    assert validate_setting("share", 1, SHARE) == 1
    assert parse_setting("1", SHARE) == 1
    with pytest.raises(ConfigError, match="`share` is true, not a number from 0 to 1"):
        validate_setting("share", True, SHARE)


def test_a_text_setting_is_not_parsed() -> None:
    assert parse_setting("true", Setting(bool, "whether")) is True
    assert parse_setting("true", Setting(str, "a word")) == "true"
    assert parse_setting("[" * 9_999, SHARE) == "[" * 9_999
    assert parse_setting("one", SHARE) == "one"


def test_valid_settings_are_returned() -> None:
    assert validate_settings({"share": 0.5}, {"share": SHARE}, "it") == {"share": 0.5}
    assert validate_settings({}, {}, "it") == {}
    with pytest.raises(ConfigError, match=r"^in x: it has no setting `a\\nb`. Remove it.$"):
        validate_settings({"a\nb": 1}, {}, "it", "in x: ")


@pytest.mark.parametrize("name", VIEWS)
def test_defaults_of_views_are_valid(name: str) -> None:
    for key, setting in VIEWS[name].settings.items():
        assert validate_setting(key, setting.default, setting) == setting.default
        assert describe_values(setting)


@pytest.mark.parametrize("name", FORMATS)
def test_formats_have_settings_of_the_same_type(name: str) -> None:
    for setting in (FORMATS[name].settings or {}).values():
        assert isinstance(setting, Setting)
        assert setting.kind in (bool, int, float, str)
