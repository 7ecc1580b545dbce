"""Instances are parsed and encoded the same as in Self-Instruct's program."""

import json
import random
from typing import Any

import pytest
from support.checkout import SHARED

from taskschema.convert.shared.rows.self_instruct import ParsedInstance, encoded, filtered, parsed

GOLDEN = SHARED / "golden" / "self_instruct.json"


@pytest.fixture(scope="module")
def golden() -> dict[str, Any]:
    if not GOLDEN.is_file():
        pytest.skip("no ../shared/golden/self_instruct.json")
    found: dict[str, Any] = json.loads(GOLDEN.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("kind", ["generation", "classification"])
def test_instances_are_parsed_as_in_the_original(golden: dict[str, Any], kind: str) -> None:
    for case in golden[f"parse_{kind}"]:
        found = parsed(case["raw"], is_classification=kind == "classification")
        accepted = filtered(found, cut_off=case["finish_reason"] == "length")
        rows = {
            ("INSTR", *instance) for instance in accepted if isinstance(instance, ParsedInstance)
        }
        assert rows == set(map(tuple, case["instances"])), case["raw"]


@pytest.mark.parametrize(
    ("kind", "chance"), [("fixed_template", None), ("random_seed0", random.Random(0))]
)
def test_instances_are_encoded_as_in_the_original(
    golden: dict[str, Any], kind: str, chance: random.Random | None
) -> None:
    for case in golden[f"encode_instance_{kind}"]:
        parts = {key: case[key] for key in ("instruction", "input", "output")}
        row = encoded(case["instruction"], case["input"], case["output"], chance)
        assert row | parts == case
