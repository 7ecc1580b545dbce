"""promptsource templates: limits of the sandbox, and the rows that they are applied to."""

import json
from pathlib import Path
from typing import Any

import pytest

from taskschema.convert.account import ConversionAccount
from taskschema.convert.convert import convert
from taskschema.convert.format import ConvertOptions
from taskschema.convert.formats.promptsource.templates import TemplatePrompt, sandbox
from taskschema.convert.request import ConvertRequest
from taskschema.convert.shared.templates.budget import ExhaustedError
from taskschema.convert.shared.templates.sandbox import CodeError, TemplateFault

HEAD = "dataset: jars\ntemplates:\n  a: !Template\n    id: a\n    name: colour\n"
JINJA = "    jinja: 'What colour has jar {{number}}? ||| {{colours[number]}}'\n"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ENDLESS = {
    "loops": "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
    "range": "{% for a in range(10 ** 9) %}{% endfor %}",
    "repeated text": "{{ 'a' * 10 ** 9 }}",
    "repeated list": "{{ ([1] * 10 ** 9) | length }}",
    "power": "{{ 9 ** (9 ** 9) }}",
    "products": "{% set n = namespace(x=9) %}{% for _ in range(99) %}{% set n.x = n.x * n.x %}"
    "{% endfor %}",
    "joined": "{% set n = namespace(x='ab') %}{% for _ in range(99) %}{% set n.x = n.x ~ n.x %}"
    "{% endfor %}",
    "added": "{% set n = namespace(x=[1]) %}{% for _ in range(99) %}{% set n.x = n.x + n.x %}"
    "{% endfor %}",
    "nested": "{% set n = namespace(x=[1]) %}{% for _ in range(99) %}{% set n.x = [n.x, n.x] %}"
    "{% endfor %}{{ n.x }}",
    "extended": "{% set x = [1] %}{% for _ in range(99) %}{% set _ = x.extend(x) %}{% endfor %}",
    "macro": "{% macro m(x) %}{{ x }}{{ x }}{% endmacro %}{% set n = namespace(x='ab') %}"
    "{% for _ in range(99) %}{% set n.x = m(n.x) %}{% endfor %}",
    "recursive macro": "{% macro m(x) %}{% if x %}{{ m(x - 1) }}{{ m(x - 1) }}{% endif %}"
    "{% endmacro %}{{ m(99) }}",
    "block": "{% set n = namespace(x='ab') %}{% for _ in range(99) %}"
    "{% set y %}{{ n.x }}{{ n.x }}{% endset %}{% set n.x = y %}{% endfor %}",
    "constant text": "{% for a in range(9999) %}" + "long text " * 999 + "{% endfor %}",
    "padding": "{{ 'a' | center(10 ** 9) }}",
    "padding method": "{{ 'a'.ljust(1000000000) }}",
    "format": "{{ '%1000000000d' | format(1) }}",
    "format method": "{{ '{:1000000000}'.format(1) }}",
    "format operator": "{{ '%1000000000d' % 1 }}",
    "replacement": "{{ ('a' * 9999) | replace('a', 'b' * 9999) }}",
    "replacement method": "{{ ('a' * 9999).replace('', 'b' * 9999) }}",
    "separator": "{{ range(9999) | join('a' * 9999) }}",
    "separator method": "{{ ('a' * 9999).join(('b' * 9999) | list) }}",
    "indentation": "{{ ('a\n' * 9999) | indent(9999) }}",
    "slices": "{{ [1] | slice(10 ** 9) | list }}",
    "batches": "{{ [1] | batch(10 ** 9, 'a') | list }}",
    "precision": "{{ 1.5 | round(10 ** 9, 'ceil') }}",
    "map": "{{ range(9999) | map('center', 9999) | join }}",
    "width from a value": "{{ '%*d' % (999999999, 1) }}",
    "width from a text": "{{ '{:{w}}'.format(1, w='999999999') }}",
    "width in other digits": "{{ '{:" + "\u0669" * 9 + "}'.format(1) }}",
    "replacement by names": "{{ ('a' * 9999) | replace(new='b' * 99999, old='a') }}",
    "separator between what is made": "{{ ('a' * 999999).join(range(999) | map('string')) }}",
    "separator between keys": "{% set d = dict(zip(range(9999), range(9999))) %}"
    "{{ d.keys() | join('a' * 999999) }}",
    "list in itself": "{% set x = range(999) | list %}{% set _ = x.append(x) %}{{ x }}",
    "list that grows within": "{% set a = [] %}{% set b = [[a] * 999] * 99 %}"
    "{% set _ = a.append('a' * 99999) %}{{ b | string | length }}",
    "joined that grows within": "{% set a = [] %}{% set b = [[a] * 999] * 99 %}"
    "{% set _ = a.append('a' * 99999) %}{{ (b ~ 'a') | length }}",
    "namespace": "{% set n = namespace(x='a' * 999999) %}"
    "{% for a in range(999) %}{{ n }}{% endfor %}",
    "nested indentation": "{% set n = namespace(x=range(999) | list) %}{% for a in range(99) %}"
    "{% set n.x = [n.x] %}{% endfor %}{{ n.x | tojson(indent=999) }}",
    "searches": "{% set x = range(99999) | list %}"
    "{% for a in range(9999) %}{% if -1 in x %}{% endif %}{% endfor %}",
    "tests": "{% set x = range(99999) | list %}"
    "{{ range(9999) | map('string') | select('in', x) | list }}",
    "counts": "{% set x = range(99999) | list %}"
    "{% for a in range(9999) %}{{ x.count(-1) }}{% endfor %}",
    "sums": "{% set x = range(99999) | list %}{% for a in range(9999) %}{{ x | sum }}{% endfor %}",
    "parts": "{% set x = 'a' * 999999 %}"
    "{% for a in range(9999) %}{% if x[1:] %}{% endif %}{% endfor %}",
    "recursive loop": "{% set x = 'a' * 999999 %}{% for a in [1] recursive %}"
    "{% if loop.depth < 2 %}{% set all = loop %}{% for b in range(40) %}{{ all(x) }}{% endfor %}"
    "{% endif %}{% endfor %}",
    "long word": "{{ ('a' * 999999) | wordwrap(1) }}",
    "long address": "{{ ('http://' ~ '(' * 999999 ~ ')' * 999999) | urlize }}",
    "decimal places": "{{ 1.5 | round(4 * 10 ** 6, 'ceil') }}",
    "digits": "{% set n = 2 ** 999 %}{% for a in range(9999) %}" + "{{ n }}" * 99 + "{% endfor %}",
}
CODE = {
    "class": "{{ text.__class__ }}",
    "subscript": "{{ text['__class__'] }}",
    "function": "{{ zip.mro() }}",
    "macro": "{% macro m() %}{% endmacro %}{{ m._func }}",
    "format": "{{ '{0.__class__}'.format(text) }}",
    "mapped": "{{ [text] | map(attribute='__class__') | list }}",
    "bytes of a text": "{{ (text.encode() * 999999999) | length }}",
    "bytes of a number": "{{ (5).to_bytes(999999999, 'big') | length }}",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_templates_are_limited_in_time_and_memory(name: str) -> None:
    prompt = TemplatePrompt(sandbox(), ENDLESS[name] + " ||| yes", None, cuts=False)
    with pytest.raises((ExhaustedError, TemplateFault)):
        prompt.applied({}, "")


@pytest.mark.parametrize(
    ("jinja", "given"),
    [
        ("{{ '%d and %s' % (number, text) }}", "50000000 and a jar"),
        ("{{ '{\"a\": {%s}}' | format(text) }}", '{"a": {a jar}}'),
        ("{{ '{:>6,}'.format(number // 10000) }}", " 5,000"),
        ("{{ text[2:] }}{{ text is defined }}{{ 'jar' in text }}", "jarTrueTrue"),
        ("{% set n = namespace(x=1) %}{% set n.x = 2 %}{{ n.x }}", "2"),
        ("{{ {'a': 1}.items() | list | tojson(indent=1) }}", '[\n [\n  "a",\n  1\n ]\n]'),
    ],
)
def test_cheap_operations_are_allowed(jinja: str, given: str) -> None:
    prompt = TemplatePrompt(sandbox(), f"x{jinja}", None, cuts=False)
    assert prompt.applied({"text": "a jar", "number": 50_000_000}, "").parts == [f"x{given}"]


@pytest.mark.parametrize("name", CODE)
def test_templates_cannot_reach_code(name: str) -> None:
    prompt = TemplatePrompt(sandbox(), CODE[name] + " ||| yes", None, cuts=False)
    with pytest.raises(CodeError):
        prompt.applied({"text": "a jar"}, "")


@pytest.mark.parametrize(
    "jinja",
    [
        "{% include 'a' %}",
        "{% extends 'a' %}",
        "{% import 'a' as a %}",
        r"{{ '\ud800' }}",
        "{{ 'a'.upper }}",
    ],
)
def test_templates_cannot_include_others_or_render_values(jinja: str) -> None:
    prompt = TemplatePrompt(sandbox(), jinja, None)
    with pytest.raises(TemplateFault):
        prompt.applied({}, "")


@pytest.mark.parametrize("jinja", ["{{ text | attr('upper') }}", "{{ " + "(" * 9999, "{% if %}"])
def test_an_invalid_template_is_reported(jinja: str) -> None:
    with pytest.raises(TemplateFault):
        TemplatePrompt(sandbox(), jinja, None)


def test_random_choices_depend_on_the_seed_only() -> None:
    prompt = TemplatePrompt(sandbox(), "{{ letters | choice }}{{ letters | random }} ||| yes", None)
    row = {"letters": list(LETTERS)}
    drawn = {seed: prompt.applied(row, seed).parts[0] for seed in LETTERS}
    assert len(set(drawn.values())) > 1
    again = TemplatePrompt(sandbox(), "{{ letters | choice }}{{ letters | random }} ||| yes", None)
    assert {seed: again.applied(row, seed).parts[0] for seed in drawn} == drawn


def test_a_template_may_modify_the_lists_of_its_row() -> None:
    jinja = "{% set _ = names.append('c') %}{{ names | join }}{{ [3, 3, 1] | most_frequent }}"
    assert TemplatePrompt(sandbox(), jinja, None).applied({"names": ["a", "b"]}, "").parts == [
        "abc[3]"
    ]


def test_long_values_are_truncated_unless_turned_off() -> None:
    row = {"text": "a" * 3000}
    assert len(TemplatePrompt(sandbox(), "{{text}}", None).applied(row, "").parts[0]) == 2048
    assert (
        len(TemplatePrompt(sandbox(), "{{text}}", None, cuts=False).applied(row, "").parts[0])
        == 3000
    )


def read(folder: Path, **options: Any) -> tuple[ConversionAccount, list[dict[str, Any]]]:
    """Convert a folder of templates; return the account and the tasks."""
    target = folder.parent / "tasks"
    done = convert(
        ConvertRequest(
            str(folder), str(target), target_format="taskschema", options=ConvertOptions(**options)
        )
    )
    return done, [json.loads(path.read_bytes()) for path in sorted(target.glob("*.json"))]


@pytest.fixture
def jars(tmp_path: Path) -> Path:
    folder = tmp_path / "jars"
    folder.mkdir()
    (folder / "templates.yaml").write_text(HEAD + JINJA, encoding="utf-8")
    return folder


def test_integers_of_a_csv_table_are_numbers(jars: Path) -> None:
    jinja = '    jinja: \'Jar {{number}} of {{code}}? ||| {{ ["red", "blue"][number] }}\'\n'
    (jars / "templates.yaml").write_text(HEAD + jinja, encoding="utf-8")
    rows = "number,code\n1,007\n0,8\n2\n"
    (jars / "jars.csv").write_text(rows, encoding="utf-8")
    done, (task,) = read(jars)
    assert [row["input"] for row in task["instances"]] == ["Jar 1 of 007?", "Jar 0 of 8?"]
    assert [row["output"] for row in task["instances"]] == [["blue"], ["red"]]
    assert done.refused == 1


def test_rows_may_be_a_parquet_file(jars: Path, tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = [{"number": 1, "colours": ["red", "blue"]}, {"number": 0, "colours": ["green"]}]
    data = tmp_path / "rows.parquet"
    parquet.write_table(pyarrow.Table.from_pylist(rows), data)
    _, (task,) = read(jars, data=data)
    assert [row["output"] for row in task["instances"]] == [["blue"], ["green"]]
    data.write_bytes(data.read_bytes()[:-9])
    done = convert(
        ConvertRequest(str(jars), str(tmp_path / "none"), options=ConvertOptions(data=data))
    )
    assert [finding.code for finding in done.findings] == ["CNV001"]


def test_rows_are_found_by_the_name_of_the_dataset(jars: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "jars.json").write_text('[{"number": 0, "colours": ["red"]}]', encoding="utf-8")
    done, (task,) = read(jars, data=data, id_column="number")
    assert not done.failed
    assert task["instances"][0]["source_id"] == "0"
    for dataset in ("../data/jars", str(data / "jars")):
        text = (HEAD + JINJA).replace("dataset: jars", f"dataset: {dataset}")
        (jars / "templates.yaml").write_text(text, encoding="utf-8")
        done = convert(
            ConvertRequest(str(jars), str(tmp_path / "none"), options=ConvertOptions(data=data))
        )
        assert done.tasks == 0


def test_a_refused_template_counts_as_read(tmp_path: Path) -> None:
    source = tmp_path / "templates.yaml"
    source.write_text(HEAD + JINJA + "  b: null\n", encoding="utf-8")
    done = convert(ConvertRequest(str(source), str(tmp_path / "tasks")))
    assert (done.read, done.kept, done.merged, done.refused) == (2, 0, 0, 2)


def test_an_edited_template_is_applied_and_its_key_partly_kept(tmp_path: Path) -> None:
    task = {
        "schema_version": 3,
        "name": "jar",
        "definition": ["Name the colour."],
        "canary": "a canary",
        "instances": [{"id": "1", "input": "a jar", "output": ["red", "blue"]}],
    }
    (tmp_path / "jar.json").write_text(json.dumps(task), encoding="utf-8")
    folder = tmp_path / "written"
    convert(ConvertRequest(str(tmp_path / "jar.json"), str(folder), target_format="promptsource"))
    path = folder / "jar" / "templates.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("reference: ''", "reference: a book"), encoding="utf-8")
    _, (same,) = read(folder)
    assert same["instances"] == task["instances"]
    assert same["extras"] == {"promptsource": {"reference": "a book"}}
    path.write_text(text.replace("{{input}} |||", "{{input}}! |||"), encoding="utf-8")
    (tmp_path / "tasks" / "jar.json").unlink()
    done, (changed,) = read(folder)
    assert changed["canary"] == "a canary"
    assert changed["instances"][0]["input"] == "Name the colour.\n\na jar!"
    assert [finding.code for finding in done.findings] == ["CNV008"]
