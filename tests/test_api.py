"""The public names, and what they say to arguments that cannot be meant."""

import subprocess
import sys

import pytest

import taskschema
from taskschema.core.errors import ConfigError, TaskSchemaError, VersionError

V3 = {"schema_version": 3, "name": "t", "definition": ["Do it."], "instances": []}
V2 = {"Definition": ["Do it."], "Positive Examples": [], "Negative Examples": [], "Instances": []}


def test_every_public_name_is_there() -> None:
    for name in taskschema.__all__:
        assert getattr(taskschema, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'Taks'"):
        _ = taskschema.Taks  # type: ignore[attr-defined]


def test_versions_that_are_not() -> None:
    with pytest.raises(VersionError, match="schema version 9 is not one of 1, 2, 3"):
        taskschema.upgrade({**V3, "schema_version": 9}, name="t")
    with pytest.raises(VersionError, match="schema version None is not one of"):
        taskschema.upgrade({}, name="t")
    with pytest.raises(VersionError, match="only a document of the newest version"):
        taskschema.downgrade(V2, to=1)
    with pytest.raises(VersionError, match="schema version 7 is not one of"):
        taskschema.downgrade(V3, to=7)
    assert taskschema.downgrade(V3, to=3) == (V3, ())
    assert issubclass(VersionError, TaskSchemaError)


def test_a_profile_that_is_not() -> None:
    with pytest.raises(ConfigError, match="'strict' is not one of default, superni"):
        taskschema.check("tests", profile="strict")


def test_no_module_hides_a_name_of_the_package() -> None:
    program = (
        "import pkgutil, importlib, taskschema\n"
        "names = [m.name for m in pkgutil.iter_modules(taskschema.__path__)]\n"
        "[importlib.import_module(f'taskschema.{name}') for name in names if name[0] != '_']\n"
        "kinds = {n: type(getattr(taskschema, n)) for n in taskschema.__all__}\n"
        "modules = [n for n, kind in kinds.items() if kind is type(pkgutil)]\n"
        "assert not modules, modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
