"""Rules on labels, answers, duplicates and leaks, beyond their good and bad examples."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from support.costs import cheaper_than

from taskschema import check
from taskschema.core.findings import Edit, Severity
from taskschema.core.syntax.json_pointers import tokens
from taskschema.rules.registry import rules_of
from taskschema.rules.rule import TaskRule, Violation
from taskschema.rules.smallest_task import smallest_task, write_task
from taskschema.schema.columns import Columns

Row = dict[str, Any]
RULES = {rule.code: rule for rule in rules_of(TaskRule)}


def rows(*labels: str, **more: Any) -> list[Row]:
    return [
        {"id": f"{n}", "input": f"which {n}?", "output": [label], **more}
        for n, label in enumerate(labels)
    ]


FAMILIES = ("INS", "LAB", "LEA", "ANS", "EVA", "MET")


def found(folder: Path, overlay: Row, *, profile: str = "default") -> list[tuple[str, str]]:
    """Return code and pointer of the findings of the rules tested here."""
    write_task(folder, "task", overlay)
    report = check(folder, profile=profile)
    return [
        (finding.code, finding.pointer)
        for finding in report.findings
        if finding.code[:3] in FAMILIES
    ]


def message(folder: Path, overlay: Row) -> str:
    write_task(folder, "task", overlay)
    (finding,) = check(folder).findings
    return finding.message


def violations(task: Row, code: str) -> list[Violation]:
    return list(RULES[code].check(Columns(task)))


def edited(task: Row, edits: set[Edit] | tuple[Edit, ...]) -> Row:
    """Apply edits whose pointers refer to the unchanged task.

    Replacements and additions come first, then removals from the end. No test here both replaces
    an item and removes its row.
    """
    task = deepcopy(task)
    order = {"replace": 0, "add": 1, "remove": 2}
    keyed = [(order[edit.action], [_key(t) for t in tokens(edit.pointer)], edit) for edit in edits]
    removals = sorted((e for e in keyed if e[0] == 2), key=lambda e: str(e[1][:-1]))
    removals.sort(key=lambda e: [part if isinstance(part, int) else 0 for part in e[1]][::-1])
    for _, (*path, last), edit in [*(e for e in keyed if e[0] < 2), *removals[::-1]]:
        holder: Any = task
        for part in path:
            holder = holder[part]
        if edit.action == "remove":
            del holder[last]
        elif last == "-":
            holder.append(edit.value)
        else:
            holder[last] = edit.value
    return task


def _key(token: str) -> int | str:
    return int(token) if token.isdigit() else token


def fixed(overlay: Row, code: str) -> Row:
    """Apply the fixes of one rule to the smallest task with the overlay; no finding may remain."""
    task = smallest_task("task", overlay)
    hits = violations(task, code)
    assert hits
    edits = {(edit.action, edit.pointer, str(edit.value)): edit for h in hits for edit in h.edits}
    after = edited(task, tuple(edits.values()))
    assert violations(after, code) == []
    return after


# Undeclared labels


@pytest.mark.parametrize(
    ("outputs", "is_labels"),
    [
        (["yes", "no"] * 50, True),
        (["yes", "no"] * 40, False),  # too few instances per label
        (["ja", "nein", "weiß nicht"] * 60, True),
        (["是", "否"] * 60, True),
        ([f"{number % 42}" for number in range(42 * 60)], True),
        # An open question that is often answered with yes or no.
        (["yes", "no"] * 90 + [f"because of {number}" for number in range(20)], False),
        (["yes", "no"] * 200 + ["the cat", "a dog", "red"] * 3, False),
        (
            ["It is a fairly long sentence that says what one should do next."] * 60 + ["b"] * 60,
            False,
        ),
        (["a\nb", "c"] * 60, False),
        (["yes"] * 120, False),  # a constant output is not a label
    ],
)
def test_outputs_that_are_treated_as_labels(outputs: list[str], *, is_labels: bool) -> None:
    columns = Columns(smallest_task("task", {"instances": rows(*outputs)}))
    assert (columns.label_space is not None) == is_labels


def test_alternative_outputs_are_not_labels() -> None:
    instances = rows(*["yes", "no"] * 60)
    for row in instances[::10]:
        row["output"] = ["yes", "no"]
    assert Columns(smallest_task("task", {"instances": instances})).label_space is None


def test_other_answer_formats_have_no_labels() -> None:
    overlay = {"answer_format": {"kind": "set", "separator": ","}}
    assert Columns(smallest_task("task", overlay)).label_space is None


def test_the_message_explains_why_outputs_are_labels(tmp_path: Path) -> None:
    said = message(tmp_path, {"instances": rows(*["yes"] * 190, *["no"] * 10)})
    assert '"yes" is the output of 190 of 200 instances, "no" of 10' in said
    assert said.endswith("200 instances share 2 outputs, so these are taken for labels.")


# LAB003


@pytest.mark.parametrize(
    ("counts", "default", "superni"),
    [
        ((50, 50), False, False),
        ((75, 25), False, False),
        ((80, 20), False, True),
        ((95, 5), True, True),
        ((40, 20, 20, 20), False, False),
        ((960, 10, 10, 10, 10), True, True),
        ((45, 40, 1, 1, 1, 1, 1, 1, 1, 1), False, False),  # no majority
    ],
)
def test_skew(counts: tuple[int, ...], tmp_path: Path, *, default: bool, superni: bool) -> None:
    labels = [f"label {n}" for n, count in enumerate(counts) for _ in range(count)]
    overlay = {"answer_format": {"kind": "label"}, "instances": rows(*labels)}
    skewed = [("LAB003", "/instances")]
    assert found(tmp_path, overlay) == (skewed if default else [])
    assert found(tmp_path, overlay, profile="superni") == (skewed if superni else [])


def test_a_constant_label_is_not_reported_as_skewed(tmp_path: Path) -> None:
    overlay = {"answer_format": {"kind": "label"}, "instances": rows(*["yes"] * 30)}
    assert found(tmp_path, overlay) == [("LAB001", "/instances")]


# LAB001


def test_an_alternative_shared_by_all_instances_is_constant(tmp_path: Path) -> None:
    instances = rows(*[f"answer {n}" for n in range(30)])
    for row in instances:
        row["output"].append("unknown")
    assert found(tmp_path, {"instances": instances}) == [("LAB001", "/instances")]


def test_a_constant_blank_output_is_reported_only_as_blank(tmp_path: Path) -> None:
    codes = {code for code, _ in found(tmp_path, {"instances": rows(*[" "] * 26)})}
    assert codes == {"INS005"}


def test_few_instances_may_agree_by_chance() -> None:
    assert violations({"instances": rows(*["yes"] * 4)}, "LAB001") == []
    assert len(violations({"instances": rows(*["yes"] * 5)}, "LAB001")) == 1


# LAB005


@pytest.mark.parametrize(
    ("common", "rare"),
    [
        ("yes", "Yes"),
        ("Yes", "yes."),
        ("true", "True "),
        ("1", "1.0"),
        ("2.50", "2.5"),
        ("A", "(A)"),
        ("A", "[a]"),
        ("Oui", "«Oui»"[1:-1].lower()),
        ("positive", '"positive"'),
        ("not entailment", "Not  entailment"),
        ("Да", "да"),
        ("是", "是。"),
    ],
)
def test_near_variants_are_reported(common: str, rare: str) -> None:
    labels = [common, "other"] * 30 + [rare]
    task = {"answer_format": {"kind": "label"}, "instances": rows(*labels)}
    (hit,) = violations(task, "LAB005")
    assert hit.pointer == "/instances/60/output/0"
    assert fixed({"answer_format": {"kind": "label"}, "instances": rows(*labels)}, "LAB005")[
        "instances"
    ][60]["output"] == [common]


@pytest.mark.parametrize(
    ("common", "rare"),
    [
        ("1", "-1"),
        ("5", ".5"),
        ("A", "a"),
        ("A", "A+"),
        ("C", "C#"),
        (".", ","),
        ("``", "''"),
        ("[0,1)", "(0,1)"),
        ("50", "50%"),
        ("10", "1"),
        ("10", "1.0"),
        ("Maße", "Masse"),
        ("yes", "yes "),  # reported by INS007
    ],
)
def test_different_labels_are_not_variants(common: str, rare: str) -> None:
    task = {
        "answer_format": {"kind": "label"},
        "instances": rows(*[common, "other"] * 30, rare),
    }
    assert violations(task, "LAB005") == []


def test_two_frequent_variants_are_not_reported() -> None:
    label = {"kind": "label"}
    often = {"answer_format": label, "instances": rows(*["Polish", "polish", "x"] * 20)}
    assert violations(often, "LAB005") == []
    beside = rows(*["yes", "no"] * 20)
    beside[0]["output"] = ["yes", "Yes"]
    assert violations({"answer_format": label, "instances": beside}, "LAB005") == []


def test_a_declared_variant_is_reported_at_its_declaration(tmp_path: Path) -> None:
    demonstration = {"input": "s", "output": "Yes", "explanation": "u"}
    overlay = {
        "answer_format": {"kind": "label", "labels": ["Yes", "no", "yes"]},
        "positive_demonstrations": [demonstration, {**demonstration, "input": "t", "output": "no"}],
        "instances": rows(*["yes", "no"] * 20, "Yes"),
    }
    assert found(tmp_path, overlay) == [("LAB005", "/answer_format/labels/0")]
    after = fixed(overlay, "LAB005")
    assert after["answer_format"]["labels"] == ["no", "yes"]
    assert after["positive_demonstrations"][0]["output"] == "yes"
    assert violations(after, "LAB002") == []


# LAB004 and LAB006


def test_repeated_labels_of_fields_are_reported() -> None:
    task = smallest_task("task")
    task["answer_format"] = {
        "kind": "fields",
        "fields": {"a/b": {"type": "label", "labels": ["x", "y", "x", " "]}},
    }
    hits = violations(task, "LAB006")
    assert [hit.pointer[-8:] for hit in hits] == ["labels/2", "labels/3"]
    assert "/fields/a~1b/" in hits[0].pointer
    assert [len(hit.edits) for hit in hits] == [1, 0]


def test_a_repeated_label_is_removed() -> None:
    overlay = {"answer_format": {"kind": "label", "labels": ["a", "b", "a", "a"]}}
    assert fixed(overlay, "LAB006")["answer_format"]["labels"] == ["a", "b"]


def test_a_blank_label_is_not_reported_as_unused() -> None:
    task = {
        "answer_format": {"kind": "label", "labels": ["a", "b", " "]},
        "instances": rows(*["a", "b"] * 20),
    }
    assert violations(task, "LAB004") == []


# INS002 and INS009


def duplicates(**last: Any) -> list[Row]:
    return [
        {"id": "a", "input": "which?", "output": ["one"]},
        {"id": "b", "input": "other?", "output": ["two"]},
        {"id": "c", "input": "which?", "output": ["1", "one"]},
        {"id": "d", "input": "which?", "output": ["eins", "1"], **last},
    ]


def test_duplicates_are_merged_in_order() -> None:
    after = fixed({"instances": duplicates()}, "INS002")["instances"]
    assert after[0] == {"id": "a", "input": "which?", "output": ["one", "1", "eins"]}
    assert [row["id"] for row in after[:2]] == ["a", "b"]
    assert len(after) == 24


def test_each_group_of_duplicates_is_merged_separately() -> None:
    hits = violations(smallest_task("task", {"instances": duplicates()}), "INS002")
    assert [hit.edits[-1].action for hit in hits] == ["remove", "remove"]
    added = [edit.value for hit in hits for edit in hit.edits if edit.action == "add"]
    assert len(added) == len(set(added))


@pytest.mark.parametrize(
    "overlay",
    [
        {"instances": duplicates(source_id="7")},
        {"instances": duplicates(), "evaluation": {"instances": ["d"]}},
        {"instances": duplicates(), "answer_format": {"kind": "label"}},
    ],
)
def test_uncertain_duplicates_are_not_merged(overlay: Row) -> None:
    hits = violations(smallest_task("task", overlay), "INS002")
    assert [hit.edits for hit in hits] == [(), ()]


def test_duplicates_with_equal_labels_are_merged() -> None:
    equal = [
        {"id": "a", "input": "which?", "output": ["one"]},
        {"id": "b", "input": "which?", "output": ["one"]},
    ]
    overlay = {"instances": equal, "answer_format": {"kind": "label"}}
    assert len(fixed(overlay, "INS002")["instances"]) == 25


def test_a_repeated_alternative_is_removed() -> None:
    overlay = {"instances": [{"id": "a", "input": "w?", "output": ["x", "y", "x", "y", "x"]}]}
    assert fixed(overlay, "INS009")["instances"][0]["output"] == ["x", "y"]


def test_a_repeated_alternative_of_a_set_is_removed_from_both() -> None:
    row = {"id": "a", "input": "w?", "output": ["x, y", "x, y"], "answer": [["x", "y"], ["x", "y"]]}
    overlay = {"answer_format": {"kind": "set", "separator": ", "}, "instances": [row]}
    after = fixed(overlay, "INS009")["instances"][0]
    assert (after["output"], after["answer"]) == (["x, y"], [["x", "y"]])


# INS010


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("task001-0123456789abcdef", None),
        ("two words", None),
        ("número-1", None),
        ("编号 1", None),
        (" \t", Severity.ERROR),
        ("\N{NO-BREAK SPACE}", Severity.ERROR),
        ("a\nb", Severity.ERROR),
        ("a\x7f", Severity.ERROR),
        ("a\u2028b", Severity.ERROR),
        ("a ", Severity.WARNING),
        ("\N{IDEOGRAPHIC SPACE}a", Severity.WARNING),
    ],
)
def test_ids(name: str, severity: Severity | None, tmp_path: Path) -> None:
    overlay = {"instances": [{"id": name, "input": "which?", "output": ["one"]}]}
    write_task(tmp_path, "task", overlay)
    findings = [(finding.code, finding.severity) for finding in check(tmp_path).findings]
    assert findings == ([("INS010", severity)] if severity else [])


# LEA002

PASSAGE = (
    "Passage: The well-known ferry, which isn't fast, leaves the old harbour at 9:15 every day. "
    "Question: When does it leave?"
)


def leak(folder: Path, demonstration: str, question: str, **more: Any) -> set[str]:
    overlay = {
        "positive_demonstrations": [
            {"input": demonstration, "output": "at a quarter past nine", "explanation": "e"},
            {"input": "shown", "output": "b", "explanation": "e"},
        ],
        "instances": [{"id": "a", "input": question, "output": ["9:15"], **more}],
    }
    return {code for code, _ in found(folder, overlay)}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (". Question", ": Question"),
        ("Passage:", "Passage"),
        ("leave?", "leave"),
        ("isn't", "isn\N{RIGHT SINGLE QUOTATION MARK}t"),
        ("isn't", "isnt"),
        (", which", " ,which"),
        ("ferry, which", "ferry which"),
        ("does it leave?", "does it leave ?"),
    ],
)
def test_different_punctuation_is_the_same_question(old: str, new: str, tmp_path: Path) -> None:
    assert old in PASSAGE
    assert leak(tmp_path, PASSAGE.replace(old, new), PASSAGE) == {"LEA002"}
    assert leak(tmp_path, PASSAGE, PASSAGE.replace(old, new)) == {"LEA002"}


def test_punctuation_at_both_ends_is_the_same_question(tmp_path: Path) -> None:
    unmarked = PASSAGE.replace("Passage:", "Passage").replace("leave?", "leave.")
    for other in (f'"{PASSAGE}"', f"'{PASSAGE}'", unmarked):
        assert leak(tmp_path, other, PASSAGE) == {"LEA002"}
    assert leak(tmp_path, PASSAGE + "....", PASSAGE) == set()  # more than three characters longer


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("9:15", "9:16"),
        ("9:15", "91:5"),
        ("9:15", "9.15"),
        ("9:15", "915"),
        ("old", "cold"),
        ("harbour", "harbor"),
        ("well-known", "well+known"),
        ("every day", "everyday"),
        ("leave?", "leave -?"),
    ],
)
def test_a_different_word_or_sign_is_another_question(old: str, new: str, tmp_path: Path) -> None:
    assert old in PASSAGE
    assert leak(tmp_path, PASSAGE.replace(old, new), PASSAGE) == set()


@pytest.mark.parametrize(
    ("demonstration", "question"),
    [
        ("中文问题" * 20 + "、什么时候", "中文问题" * 20 + "。什么时候"),
        ("सवाल " * 20 + "कब जाता है।", "सवाल " * 20 + "कब जाता है?"),
        ("سؤال " * 20 + "متى يغادر؟", "سؤال " * 20 + "متى يغادر?"),
    ],
)
def test_punctuation_of_other_scripts_is_ignored(
    demonstration: str, question: str, tmp_path: Path
) -> None:
    assert leak(tmp_path, demonstration, question) == {"LEA002"}


def test_short_texts_and_other_contexts_are_not_reported(tmp_path: Path) -> None:
    assert leak(tmp_path, "Is it so?", "Is it so") == set()
    context = [{"role": "user", "content": "Hello."}]
    assert leak(tmp_path, PASSAGE[:-1], PASSAGE, context=context) == set()


def test_punctuation_may_decide_the_label(tmp_path: Path) -> None:
    demonstration = {"input": PASSAGE, "output": "right", "explanation": "e"}
    overlay = {
        "answer_format": {"kind": "label", "labels": ["right", "wrong"]},
        "positive_demonstrations": [demonstration, {**demonstration, "input": "x"}],
        "instances": [{"id": "a", "input": PASSAGE[:-1], "output": ["wrong"]}],
    }
    assert found(tmp_path, overlay) == []
    overlay["instances"][0]["output"] = ["right"]  # type: ignore[index]
    assert found(tmp_path, overlay) == [("LEA002", "/positive_demonstrations/0/input")]


def test_an_equal_input_is_reported_once(tmp_path: Path) -> None:
    assert leak(tmp_path, PASSAGE, PASSAGE.upper()) == {"LEA001"}


# Answers


def test_a_fix_writes_the_output_from_the_answer() -> None:
    demonstration = {"input": "s", "output": "x;y", "explanation": "u", "answer": [["x", "y"]]}
    overlay = {
        "answer_format": {"kind": "set", "separator": ", "},
        "positive_demonstrations": [
            demonstration,
            {**demonstration, "input": "t", "output": "x, y"},
        ],
        "instances": [{"id": "a", "input": "w?", "output": ["x"], "answer": [["x", "y"], ["z"]]}],
    }
    after = fixed(overlay, "ANS001")
    assert after["instances"][0]["output"] == ["x, y", "z"]
    assert after["positive_demonstrations"][0]["output"] == "x, y"


def test_a_demonstration_with_several_possible_outputs_is_not_fixed() -> None:
    demonstration = {"input": "s", "output": "?", "explanation": "u", "answer": [["x"], ["y"]]}
    overlay = {
        "answer_format": {"kind": "set", "separator": ", "},
        "positive_demonstrations": [demonstration],
    }
    (hit,) = violations(smallest_task("task", overlay), "ANS001")
    assert hit.edits == ()


@pytest.mark.parametrize(
    ("separator", "members", "places", "severity"),
    [
        (", ", ["a", "b"], [], None),
        (", ", [], [], None),
        (", ", ["a,b", "c"], [], None),
        (", ", ["a, b", "c"], ["/0"], None),
        ("--", ["a-", "b"], [""], None),
        (", ", ["a", "b", "a", "a"], ["/2", "/3"], Severity.WARNING),
        (", ", ["a", " ", ""], ["/1", "/2"], None),
        ("、", ["东京", "大阪、京都"], ["/1"], None),
    ],
)
def test_members_of_sets(
    separator: str, members: list[str], places: list[str], severity: Severity | None
) -> None:
    row = {"id": "a", "input": "w?", "output": [separator.join(members)], "answer": [members]}
    overlay = {"answer_format": {"kind": "set", "separator": separator}, "instances": [row]}
    hits = violations(smallest_task("task", overlay), "ANS002")
    assert [hit.pointer for hit in hits] == [f"/instances/0/answer/0{place}" for place in places]
    assert all(hit.severity == severity for hit in hits)


@pytest.mark.parametrize(
    ("value", "is_number"),
    [
        *((text, True) for text in ("1", "-1", "1,000", "1 000.5", "3/4", "50 %", "$5", "1e-5")),
        *((text, True) for text in ("٣", "三", "½", "\N{MINUS SIGN}2", "", " ")),
        *((text, False) for text in ("twelve", "N/A", "5 apples", "-", "e", "nan", "inf", "1 e")),
    ],
)
def test_numbers(value: str, *, is_number: bool) -> None:
    fields = {"n": {"type": "number"}}
    row = {"id": "a", "input": "w?", "output": ["x"], "answer": {"n": [value, "another"]}}
    task = {"answer_format": {"kind": "fields", "fields": fields}, "instances": [row]}
    assert (violations(task, "ANS003") == []) == is_number


def test_labels_of_fields() -> None:
    fields = {"a": {"type": "label", "labels": ["x", "y"]}, "b": {"type": "label"}}
    row = {"id": "a", "input": "w?", "output": [""], "answer": {"a": ["x", "z", ""], "b": ["q"]}}
    demonstration = {"input": "s", "output": "", "explanation": "u", "answer": {"a": ["q"]}}
    task = {
        "answer_format": {"kind": "fields", "fields": fields},
        "instances": [row],
        "positive_demonstrations": [demonstration],
        "negative_demonstrations": [demonstration],
    }
    hits = violations(task, "ANS003")
    assert [hit.pointer for hit in hits] == [
        "/instances/0/answer/a/1",
        "/positive_demonstrations/0/answer/a/0",
    ]
    assert {hit.severity for hit in hits} == {Severity.ERROR}


@pytest.mark.parametrize(
    ("choices", "places"),
    [
        ([("a", 1), ("b", 0)], []),
        ([("a", 1), ("A", 0), ("a.", 0)], []),
        ([("a", 1), ("b", 0), ("a", 0), ("c", 0)], ["/2"]),
        ([("a", 1), ("b", 0), ("b", 0)], ["/2"]),
        ([("a", 1)], [""]),
        ([("a", 1), ("b", 1.0)], [""]),
        ([("a", 1), ("a", 1)], ["/1"]),
    ],
)
def test_choices(choices: list[tuple[str, float]], places: list[str]) -> None:
    answer = [{"text": text, "score": score} for text, score in choices]
    row = {"id": "a", "input": "w?", "output": ["a"], "answer": answer}
    hits = violations({"answer_format": {"kind": "choices"}, "instances": [row]}, "ANS004")
    assert [hit.pointer for hit in hits] == [f"/instances/0/answer{place}" for place in places]


# Metrics and the evaluation subset


def test_metrics_of_kinds_and_fields() -> None:
    fields = {
        "a": {"type": "set", "metric": "set_f1"},
        "b": {"type": "number", "metric": "set_f1"},
        "c": {"type": "label", "metric": "exact_match"},
        "d/e": {"type": "text", "metric": "fields_score"},
    }
    task = {
        "answer_format": {"kind": "fields", "fields": fields},
        "metrics": ["fields_score", "rouge_l"],
    }
    hits = violations(task, "MET001")
    assert [hit.pointer for hit in hits] == [
        "/metrics/1",
        "/answer_format/fields/b/metric",
        "/answer_format/fields/d~1e/metric",
    ]


def test_every_default_metric_fits_its_answer_format() -> None:
    for kind, metrics in {"text": ["rouge_l"], "label": ["exact_match"]}.items():
        assert violations({"answer_format": {"kind": kind}, "metrics": metrics}, "MET001") == []


def test_repeated_evaluation_ids_are_removed() -> None:
    overlay = {"evaluation": {"instances": ["id-1", "id-0", "id-1", "id-1"]}}
    after = fixed(overlay, "EVA002")
    assert after["evaluation"]["instances"] == ["id-1", "id-0"]


# Hostile tasks


def hostile() -> dict[str, Row]:
    many = 20_000
    template = "x" * 60
    demonstration = [
        {"input": f"{template} {n:05}", "output": "o", "explanation": "e"} for n in range(many)
    ]
    spaced = [
        {"id": f"{n}", "input": f"{template[: n % 59]} {template[n % 59 :]}", "output": [f"{n}"]}
        for n in range(many)
    ]
    variants = rows(*(f"label{n}" for n in range(many) for _ in range(4)))
    variants += rows(*(f"Label{n}" for n in range(many)))
    beside = [{"id": "a", "input": "w?", "output": [r["output"][0] for r in variants]}]
    return {
        "demonstrations of one template": {
            "positive_demonstrations": demonstration,
            "instances": spaced,
        },
        "demonstrations of one skeleton": {
            "positive_demonstrations": [
                {"input": template, "output": "o", "explanation": "e"} for _ in range(many)
            ],
            "instances": spaced,
        },
        "variants of labels": {"answer_format": {"kind": "label"}, "instances": variants},
        "alternatives in one row": {"answer_format": {"kind": "label"}, "instances": beside},
        "labels": {
            "answer_format": {"kind": "label", "labels": [f"{n // 2}" for n in range(many)]},
            "instances": rows(*["0", "1"] * many * 5),
        },
        "duplicates": {
            "instances": [{"id": f"{n}", "input": "w?", "output": [f"{n}"]} for n in range(many)]
        },
        "members": {
            "answer_format": {"kind": "set", "separator": ", "},
            "instances": [
                {"id": "a", "input": "w?", "output": [""], "answer": [["a"] * many, ["b, "] * many]}
            ],
        },
        "choices": {
            "answer_format": {"kind": "choices"},
            "instances": [
                {
                    "id": "a",
                    "input": "w?",
                    "output": [""],
                    "answer": [{"text": "a", "score": n} for n in range(many)],
                }
            ],
        },
    }


HOSTILE = hostile()
OWN = (
    *("LAB001", "LAB003", "LAB004", "LAB005", "LAB006", "INS002", "INS009", "INS010", "LEA002"),
    *("ANS001", "ANS002", "ANS003", "ANS004", "EVA002", "MET001"),
)


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_tasks_are_checked_in_time(case: str) -> None:
    task = {"positive_demonstrations": [], "negative_demonstrations": [], **HOSTILE[case]}
    columns = Columns(task)
    with cheaper_than(yardsticks=300):
        for code in OWN:
            for _ in RULES[code].check(columns):
                pass


def test_findings_in_the_corpus(corpus: Path) -> None:
    counts = check(corpus).counts
    assert {code: counts[code] for code in OWN if code in counts} == {"INS009": 12, "LEA002": 1}
