"""The generated page of fields agrees with the schema and the rules."""

import re

import pytest
from support.checkout import ROOT

from taskschema.schema import versions
from taskschema.schema.docs import field_of, fields, tables

GUIDE = (ROOT / "docs" / "fields.md").read_text(encoding="utf-8")
FIELDS = {field.path: field for field in fields()}


def section(name: str) -> str:
    _, text = GUIDE.split(f"\n## `{name}`\n")
    return text.partition("\n## ")[0]


def test_every_field_is_documented_as_in_the_schema() -> None:
    newest = versions.load(versions.NEWEST)
    assert [top.path for top, _ in tables()] == list(newest["properties"])
    for top, inner in tables():
        text = section(top.path)
        assert top.what in text
        assert top.example in text
        for field in inner:
            row = f"| `{field.path.removeprefix(f'{top.path}.')}` | {field.type}"
            assert row in text
            assert f"| {field.what} | `{field.example}` |" in text
    assert FIELDS["instances.id"].required
    assert not FIELDS["summary"].required


def test_every_definition_of_the_schema_is_documented() -> None:
    documented = {field.path.rpartition(".")[2] for field in FIELDS.values()}
    for part in versions.load(versions.NEWEST)["$defs"].values():
        if part["description"] != "One option of an instance with scored choices.":
            assert set(part.get("properties", ())) <= documented


@pytest.mark.parametrize(
    ("pointer", "path"),
    [
        ("/instances/3/output/0", "instances.output"),
        ("/instances/3", "instances"),
        ("/answer_format/fields/city/type", "answer_format.fields.type"),
        ("/attachments/map/path", "attachments.path"),
        ("/instances/0/context/1/content", "instances.context.content"),
        ("/positive_demonstrations/0/extras/a/b", "positive_demonstrations.extras"),
        ("", ""),
    ],
)
def test_a_pointer_leads_to_a_field(pointer: str, path: str) -> None:
    assert field_of(pointer) == path
    assert not path or path in FIELDS


def test_fields_link_to_their_rules() -> None:
    assert "[INS005]" in section("instances")
    assert "[NAM001]" in section("name")
    assert "[DEM001]" in section("positive_demonstrations")
    rules = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (\w+ [\w-]+)$", rules, re.MULTILINE)
    anchors = {heading.lower().replace(" ", "-") for heading in headings}
    linked = set(re.findall(r"rules\.md#([\w-]+)", GUIDE))
    assert linked <= anchors
    # Rules on bytes, schemas, conversions, split lists and waivers are not about fields.
    others = {"fil", "ver", "sch", "cnv", "spl", "wai"}
    assert {one for one in anchors - linked if one[:3] not in others} <= {
        *("col002-path-collision", "col004-stale-index", "col005-name-taken-since"),
        *("lea003-shared-inputs", "lea004-duplicate-task"),
    }
