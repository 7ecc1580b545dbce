"""Templates render the same texts as in promptsource."""

import json
from typing import Any

import pytest
from support.checkout import SHARED

from taskschema.convert.formats.promptsource.templates import TemplatePrompt, sandbox

GOLDEN = SHARED / "golden" / "promptsource.json"
CASES: list[dict[str, Any]] = (
    json.loads(GOLDEN.read_text(encoding="utf-8"))["cases"] if GOLDEN.exists() else []
)


@pytest.mark.skipif(not CASES, reason="no golden files")
def test_all_golden_cases_are_found() -> None:
    assert len(CASES) == 29


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.get("template", case["jinja"]))
def test_a_template_renders_as_in_promptsource(case: dict[str, Any]) -> None:
    prompt = TemplatePrompt(sandbox(), case["jinja"], case["answer_choices"])
    row = dict(case["example"])
    for key, value in row.items():
        if isinstance(value, str) and value.startswith("x*"):
            row[key] = "x" * int(value[2:])
    assert prompt.applied(row, "").parts == case["result"]
    if "fixed_choices" in case:
        assert prompt.fixed == case["fixed_choices"]
