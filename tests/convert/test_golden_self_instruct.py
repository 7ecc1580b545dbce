"""What Self-Instruct's program makes of texts, and what is made of them here, is the same."""

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
        pytest.skip("there is no ../shared/golden/self_instruct.json")
    found: dict[str, Any] = json.loads(GOLDEN.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("kind", ["generation", "classification"])
def test_instances_are_parsed_alike(golden: dict[str, Any], kind: str) -> None:
    for case in golden[f"parse_{kind}"]:
        found = parsed(case["raw"], is_classification=kind == "classification")
        taken = filtered(found, cut_off=case["finish_reason"] == "length")
        rows = {("INSTR", *instance) for instance in taken if isinstance(instance, ParsedInstance)}
        assert rows == set(map(tuple, case["instances"])), case["raw"]


@pytest.mark.parametrize(
    ("kind", "chance"), [("fixed_template", None), ("random_seed0", random.Random(0))]
)
def test_instances_are_encoded_alike(
    golden: dict[str, Any], kind: str, chance: random.Random | None
) -> None:
    for case in golden[f"encode_instance_{kind}"]:
        parts = {key: case[key] for key in ("instruction", "input", "output")}
        row = encoded(case["instruction"], case["input"], case["output"], chance)
        assert row | parts == case
