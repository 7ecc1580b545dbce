"""Rules on definitions and demonstrations: findings, and cases without findings."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from taskschema import check
from taskschema.core.syntax.json_pointers import tokens
from taskschema.rules.registry import rules_of
from taskschema.rules.rule import TaskRule
from taskschema.rules.smallest_task import smallest_task, write_task
from taskschema.schema.columns import Columns

CODES = {"DEF002", "DEF003", "DEF004", "DEF005", *(f"DEM{number:03}" for number in range(3, 11))}
RULES = [rule for rule in rules_of(TaskRule) if rule.code in CODES]
POSITIVE, NEGATIVE = "positive_demonstrations", "negative_demonstrations"
YES_OR_NO = {"kind": "label", "labels": ["yes", "no"]}


def demonstration(
    question: str, output: str, explanation: str = "As it is.", **more: Any
) -> dict[str, Any]:
    return {"input": question, "output": output, "explanation": explanation, **more}


def found(folder: Path, overlay: dict[str, Any]) -> list[tuple[str, str]]:
    """Return code and pointer of the findings of the rules tested here."""
    write_task(folder, "task", overlay)
    findings = check(folder).findings
    return [(hit.code, hit.pointer) for hit in findings if hit.code in CODES]


def instances(*outputs: str, times: int = 60, question: str = "question") -> list[dict[str, Any]]:
    """Return `times` instances that cycle through the outputs."""
    return [
        {"id": f"{n}", "input": f"{question} {n}", "output": [outputs[n % len(outputs)]]}
        for n in range(times)
    ]


def fixed(task: dict[str, Any], rule: TaskRule) -> dict[str, Any]:
    """Apply the edits of a rule, the last place first, so that no pointer shifts."""
    task = deepcopy(task)
    edits = {edit for hit in rule.check(Columns(task)) for edit in hit.edits}
    for edit in sorted(edits, key=lambda edit: [part.zfill(9) for part in tokens(edit.pointer)])[
        ::-1
    ]:
        *way, last = tokens(edit.pointer)
        holder: Any = task
        for part in way:
            holder = holder[int(part) if isinstance(holder, list) else part]
        key = int(last) if isinstance(holder, list) else last
        if edit.action == "remove":
            del holder[key]
        else:
            holder[key] = edit.value
    return task


@pytest.mark.parametrize(
    "definition",
    [
        "Name the number.",
        "Translate into French.",
        "翻译成英文。",
        "次の文を英語に訳してください。",
        "แปลประโยคนี้เป็นภาษาอังกฤษ",
        "문장을 영어로 번역하세요.",
        "Переведите предложение на английский.",
        "Tafsiri sentensi hii.",
        "Oqaaseqatigiit kalaallisuunngortikkit.",  # two words, a whole sentence in Greenlandic
        "ترجم الجملة إلى الإنجليزية.",
        "वाक्य का अनुवाद करें।",
    ],
)
def test_a_short_instruction_is_enough_in_any_script(definition: str, tmp_path: Path) -> None:
    assert found(tmp_path, {"definition": [definition]}) == []


@pytest.mark.parametrize(
    "definition",
    ["TODO", "Do it.", "...", "n/a", "翻译", "要約", "แปล", "요약", "Переведите!", "- - - -"],
)
def test_one_or_two_words_are_too_short(definition: str, tmp_path: Path) -> None:
    assert found(tmp_path, {"definition": [definition]}) == [("DEF004", "/definition/0")]


def test_definitions_that_break_several_rules(tmp_path: Path) -> None:
    overlay = {"definition": [" Name the number. ", "name  the number.", "Do it.", "do it. ", " "]}
    assert found(tmp_path, overlay) == [
        ("DEF002", "/definition/0"),
        ("DEF003", "/definition/1"),
        ("DEF004", "/definition/2"),
        ("DEF003", "/definition/3"),
    ]


@pytest.mark.parametrize(
    ("definition", "labels"),
    [
        ("Is it so? Answer 'Yes' or 'No'.", ["yes", "no"]),
        ("Is the sentence entailed, contradicted or not\nentailed?", ["not_entailed", "entailed"]),
        ("Sort the words into nouns, verbs and adjectives.", ["noun", "verb", "adjective"]),
        ("Rate the review from 1 to 5.", ["1", "2", "3", "4", "5"]),
        ("Answer with the letter of the right option.", ["A", "B", "C", "D"]),
        ("判断句子的情感: 回答积极或消极。", ["积极", "消极"]),
        ("请回答yes或no。", ["yes", "no"]),
        ("Ответьте «да» или «нет».", ["да", "нет"]),
        ("Duyguyu seç: olumlu mu, yoksa olumsuz mu?", ["Olumlu", "Olumsuz"]),
        ("Answer + where it is true, else -.", ["+", "-"]),
        ("Name the country of the city.", [f"country {number}" for number in range(21)]),
    ],
)
def test_labels_that_are_named(definition: str, labels: list[str], tmp_path: Path) -> None:
    task = {
        "definition": [definition],
        "answer_format": {"kind": "label", "labels": labels},
        POSITIVE: [demonstration("a", labels[0]), demonstration("b", labels[1])],
    }
    assert found(tmp_path, task) == []


@pytest.mark.parametrize(
    ("definition", "labels", "missing"),
    [
        ("Do you know whether it is so? Say yes, or else that it is not.", ["yes", "no"], "`no`"),
        ("Is the number even?", ["yes", "no"], "`yes`, `no`"),
        ("Answer 1 where it is so.", ["0", "1"], "`0`"),
        ("判断句子的情感: 回答积极。", ["积极", "消极"], "`消极`"),
        ("Ответьте «да» сейчас же.", ["да", "нет"], "`нет`"),
    ],
)
def test_labels_that_are_not_named(
    definition: str, labels: list[str], missing: str, tmp_path: Path
) -> None:
    task = {
        "definition": [definition],
        "answer_format": {"kind": "label", "labels": labels},
        POSITIVE: [demonstration("a", labels[0]), demonstration("b", labels[1])],
    }
    assert found(tmp_path, task) == [("DEF005", "/definition")]
    assert missing in check(tmp_path).findings[0].message


def test_inputs_or_their_context_may_list_the_labels(tmp_path: Path) -> None:
    task: dict[str, Any] = {
        "definition": ["Choose the option that fits."],
        "answer_format": YES_OR_NO,
        POSITIVE: [demonstration("a", "yes"), demonstration("b", "no")],
    }
    rows = instances("yes", "no", question="Options: yes, no. Number")
    assert found(tmp_path, {**task, "instances": rows}) == []
    rows = instances("yes", "no")
    for row in rows:
        row["context"] = [{"role": "system", "content": "Answer yes or no."}]
    assert found(tmp_path, {**task, "instances": rows}) == []
    rows[1:] = instances("yes", "no")[1:]
    assert found(tmp_path, {**task, "instances": rows}) == [("DEF005", "/definition")]


def test_an_explanation_that_breaks_several_rules_has_one_finding(tmp_path: Path) -> None:
    said = "The word names a number."
    rows = [demonstration("a", said, said), demonstration("b", f" {said.upper()}", f'"{said}"')]
    assert found(tmp_path, {POSITIVE: rows}) == [
        ("DEM005", f"/{POSITIVE}/0/explanation"),
        ("DEM005", f"/{POSITIVE}/1/explanation"),
        ("DEM010", f"/{POSITIVE}/1/output"),
    ]
    rows = [demonstration("a", "b", " - "), demonstration("c", "d", "")]
    assert found(tmp_path, {POSITIVE: rows}) == [
        ("DEM003", f"/{POSITIVE}/0/explanation"),
        ("DEM003", f"/{POSITIVE}/1/explanation"),
    ]


def test_an_explanation_copied_from_positive_to_negative(tmp_path: Path) -> None:
    said = "The word names a number."
    task = {
        POSITIVE: [demonstration("a", "b", said), demonstration("c", "d")],
        NEGATIVE: [demonstration("a", "e", said)],
    }
    assert found(tmp_path, task) == [("DEM004", f"/{NEGATIVE}/0/explanation")]


@pytest.mark.parametrize(
    ("rows", "overlay", "expected"),
    [
        ([demonstration("a", "yes"), demonstration("a", "no")], {}, []),
        ([demonstration("a", "yes"), demonstration("A", "yes")], {}, ["DEM006"]),
        (
            [demonstration("a", "yes"), demonstration("a ", "no")],
            {"answer_format": YES_OR_NO},
            ["DEM006"],
        ),
        # In upper case, the input may be another question.
        ([demonstration("a", "yes"), demonstration("A", "no")], {"answer_format": YES_OR_NO}, []),
        (
            [demonstration("a", "yes"), demonstration("a", "no")],
            {"instances": instances("yes", "no")},
            ["DEM006"],
        ),
        ([demonstration("a", "yes"), demonstration("a", "yes", attachments=["map"])], {}, []),
    ],
)
def test_positive_demonstrations_with_one_input(
    rows: list[dict[str, Any]], overlay: dict[str, Any], expected: list[str], tmp_path: Path
) -> None:
    task = {"definition": ["Is it so? Answer yes or no."], POSITIVE: rows, **overlay}
    hits = [code for code, _ in found(tmp_path, task)]
    assert [code for code in hits if code != "DEM010"] == expected


def test_one_input_may_have_several_wrong_answers(tmp_path: Path) -> None:
    rows = [demonstration("a", "b"), demonstration("a", "c"), demonstration("a", "b", "Again.")]
    assert found(tmp_path, {NEGATIVE: rows}) == [("DEM006", f"/{NEGATIVE}/2/input")]


@pytest.mark.parametrize(
    ("row", "severity"),
    [
        (demonstration("Shown one", "one"), "warning"),
        (demonstration("shown\none", "one"), "error"),
        (demonstration("shown one", "one "), None),
        (demonstration("shown one", "one", context=[{"role": "user", "content": "Hello."}]), None),
    ],
)
def test_a_negative_demonstration_with_a_right_output(
    row: dict[str, Any], severity: str | None, tmp_path: Path
) -> None:
    hits = found(tmp_path, {NEGATIVE: [row]})
    assert hits == ([("DEM007", f"/{NEGATIVE}/0/output")] if severity else [])
    assert [hit.severity for hit in check(tmp_path).findings] == ([severity] if severity else [])


FRUIT = ("plum", "pear", "apple", "fig", "date", "lime", "kiwi", "grape", "peach", "melon")
NUMBERS = [str(number * 7) for number in range(60)]


@pytest.mark.parametrize(
    ("output", "rows"),
    [
        ("YES", instances("yes", "no")),
        ("(B).", instances("A", "B", "C")),
        ("Paris", instances("A", "B", "C")),
        ("the first", instances("cause", "effect")),
        ("Surprise", instances("anger", "joy")),
        ("five", instances("1", "2", "3", "4")),
        ("是。", instances("是", "否")),
        ("three", instances("1", "2", "3")),
        ("forty-two", instances(*NUMBERS)),
        ("42 apples", instances(*NUMBERS)),
        ("city: Rome", instances(*(f'{{"city":"{number}"}}' for number in NUMBERS))),
        ("Rome", instances(*(f"Answer: {number}" for number in NUMBERS))),
        ("93", instances(*(f"+{number}" for number in NUMBERS))),
    ],
)
def test_an_output_in_another_form_than_the_instances(
    output: str, rows: list[dict[str, Any]], tmp_path: Path
) -> None:
    task = {
        POSITIVE: [demonstration("a", output), demonstration("b", rows[0]["output"][0])],
        "instances": rows,
    }
    assert found(tmp_path, task) == [("DEM008", f"/{POSITIVE}/0/output")]


@pytest.mark.parametrize(
    ("output", "rows"),
    [
        ("unclear", instances("yes", "no", times=26)),  # too few instances
        ("number", instances("yes", "no")),  # the definition names it
        ("garden", instances("kitchen", "hallway")),  # its own input contains it
        ("kitchen, hallway", instances("kitchen", "hallway")),  # a list of them
        ("What fell?", instances("Who ate the apple in the garden?", "What was eaten by Adam?")),
        ("unclear", instances(*["yes", "no"] * 20, "perhaps")),  # an output that is rare
        (
            "yes, sure",
            instances("yes, sure", "no"),
        ),  # an output of the instances that contains a comma
        ("Plum", instances(*FRUIT, times=20)),  # not a list of labels
        ("12/1001", instances(*NUMBERS)),
        ("-3.5", instances(*NUMBERS)),
        ("Rome", instances(*NUMBERS[1:], "Paris")),
        ("Rome", instances(*(f"Answer {number}" for number in NUMBERS))),
        ("Rome", instances("yes")),  # the instances are constant
        ("surprise", instances("anger", "joy", "love", "fear")),  # labels that no instance has
        ("VBZ", instances("NN", "JJ", ".", "VB")),
        ("E", instances("A", "B", "C", "D")),
        ("C-", instances("A+", "A", "B-", "C")),
        ("2.5", instances("0", "0.5", "4", "5")),
        ("def one(): ...", instances(*(f"def f(x): return x + {number}" for number in NUMBERS))),
        ("SELECT name", instances(*(f"SELECT count(*) > {number}" for number in NUMBERS))),
    ],
)
def test_an_output_that_is_plausible_for_an_instance(
    output: str, rows: list[dict[str, Any]], tmp_path: Path
) -> None:
    task = {
        POSITIVE: [demonstration("to the garden", output), demonstration("a garden", output)],
        "instances": rows,
    }
    assert found(tmp_path, task) == []


def test_labels_have_one_finding(tmp_path: Path) -> None:
    task = {
        "definition": ["Is it so? Answer yes or no."],
        "answer_format": YES_OR_NO,
        POSITIVE: [demonstration("a", "Yes"), demonstration("b", " ")],
        "instances": instances("yes", "no"),
    }
    write_task(tmp_path, "task", task)
    assert [(hit.code, hit.pointer) for hit in check(tmp_path).findings] == [
        ("LAB002", f"/{POSITIVE}/0/output"),
        ("DEM009", f"/{POSITIVE}/1/output"),
    ]


def test_inputs_may_be_blank_with_a_context_or_attachments(tmp_path: Path) -> None:
    turns = [{"role": "user", "content": "Hello."}]
    rows = [demonstration(" ", "b"), demonstration("", "d", context=turns), demonstration("e", "f")]
    assert found(tmp_path, {POSITIVE: rows}) == [("DEM009", f"/{POSITIVE}/0/input")]
    blank = [{"id": "a", "input": "", "output": ["one"]}]
    assert found(tmp_path, {POSITIVE: rows, "instances": blank}) == []


def test_stray_white_space_is_reported_except_in_wrong_outputs(tmp_path: Path) -> None:
    row = demonstration("a\n", "\u3000b", "\tAs it is.", suggestion="Say so. ")
    task = {POSITIVE: [row, demonstration("c", "d")], NEGATIVE: [{**row, "output": " e"}]}
    assert found(tmp_path, task) == [
        ("DEM010", f"/{POSITIVE}/0/input"),
        ("DEM010", f"/{POSITIVE}/0/output"),
        ("DEM010", f"/{POSITIVE}/0/explanation"),
        ("DEM010", f"/{POSITIVE}/0/suggestion"),
        ("DEM010", f"/{NEGATIVE}/0/input"),
        ("DEM010", f"/{NEGATIVE}/0/explanation"),
        ("DEM010", f"/{NEGATIVE}/0/suggestion"),
    ]


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.fix], ids=lambda rule: rule.code)
def test_a_fix_removes_its_finding(rule: TaskRule) -> None:
    same = demonstration("c", "d")
    task = smallest_task(
        "task",
        {
            "definition": [" Name the number. ", "name the number.", "Do it.", "do it.", "Do it."],
            POSITIVE: [same, demonstration(" a", "b "), same, same],
            NEGATIVE: [demonstration(" a", "b "), same, same],
        },
    )
    hits = list(rule.check(Columns(task)))
    assert all(hit.edits for hit in hits)
    once = fixed(task, rule)
    assert hits
    assert list(rule.check(Columns(once))) == []
    assert fixed(once, rule) == once


def test_a_demonstration_with_another_explanation_is_not_removed() -> None:
    task = smallest_task(
        "task", {POSITIVE: [demonstration("a", "b"), demonstration("a", "b", "Another reason.")]}
    )
    rule = next(rule for rule in RULES if rule.code == "DEM006")
    (hit,) = rule.check(Columns(task))
    assert hit.edits == ()


def test_very_long_texts_are_checked_in_time() -> None:
    wide = f"a{' ' * 300_000}b{'.' * 300_000}-"
    rows = [demonstration("same", f"{number} {wide[:20]}", wide[:200]) for number in range(20_000)]
    task = smallest_task(
        "task",
        {
            "definition": [wide, *["Name the number."] * 20_000, "word " * 100_000],
            "answer_format": {"kind": "label", "labels": [wide, *(f"{n} {wide}" for n in "01")]},
            POSITIVE: [demonstration(wide, wide, wide), *rows],
            NEGATIVE: [demonstration(wide, wide, wide), *rows],
            "instances": instances("yes", "no"),
        },
    )
    open_ended = {**task, "answer_format": {"kind": "text"}}
    for document in (task, open_ended):
        hits = {rule.code: len(list(rule.check(Columns(document)))) for rule in RULES}
        assert hits["DEF003"] == 19_999
        assert hits["DEM007"] == 20_001
    assert hits["DEM008"] == 20_000  # the input of the first contains its output


def test_real_definitions_and_demonstrations(corpus: Path) -> None:
    counts = check(corpus).counts
    # Checked by hand: every finding is right.
    assert {code: counts[code] for code in sorted(CODES & set(counts))} == {
        "DEF002": 3,
        "DEM004": 17,
        "DEM010": 16,
    }
