"""reasoning-gym datasets, with a fake of the library."""

import random
import sys
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from taskschema.convert.format import ConvertOptions
from taskschema.convert.formats.reasoning_gym import FORMAT
from taskschema.convert.pieces import ConversionSource, Document, Problem, SourceCounts
from taskschema.schema.versions import fits

ITEMS: list[Any] = []


@dataclass
class Drawn:
    question: str

    def drawn(self) -> Document:
        return item(self.question, str(random.random()))


@dataclass
class Config:
    seed: int = 0
    size: int = 1
    largest: int = 3
    ratio: Any = field(default_factory=lambda: Fraction(1, 2))

    def validate(self) -> None:
        sys.stdout.write("validating")
        if self.largest <= 0:
            raise AssertionError("largest must be positive.")


class Dataset:
    def __init__(self, config: Config) -> None:
        self.config = config

    def __getitem__(self, index: int) -> Any:
        sys.stdout.write("generating")
        item = ITEMS[index]
        if isinstance(item, Exception):
            raise item
        return item.drawn() if isinstance(item, Drawn) else item

    def score_answer(self, answer: str, _item: Any) -> float:
        if answer == "refuse":
            raise ValueError(answer)
        return float(answer in ("right", '{"1":2}'))


@dataclass
class Spec:
    name: str
    weight: float
    config: dict[str, Any]


@dataclass
class CompositeConfig(Config):
    datasets: Any = None

    def validate(self) -> None:
        if not self.datasets or not isinstance(self.datasets[0], Spec):
            raise AssertionError


@pytest.fixture(autouse=True)
def _library(monkeypatch: pytest.MonkeyPatch) -> None:
    factory, composite = ModuleType("factory"), ModuleType("composite")
    factory.DATASETS = {  # type: ignore[attr-defined]
        "leg_counting": (Dataset, Config),
        "composite": (Dataset, CompositeConfig),
    }
    composite.DatasetSpec = Spec  # type: ignore[attr-defined]
    for name, module in (("factory", factory), ("composite", composite)):
        monkeypatch.setitem(sys.modules, f"reasoning_gym.{name}", module)
    monkeypatch.setitem(sys.modules, "reasoning_gym", ModuleType("reasoning_gym"))
    ITEMS.clear()


def item(question: Any = "How many?", answer: Any = "4", **metadata: Any) -> Document:
    return {"question": question, "answer": answer, "metadata": metadata}


def read(
    *items: Any, name: str = "leg_counting", **options: Any
) -> tuple[Document | None, list[Problem], SourceCounts | None]:
    assert FORMAT.read
    ITEMS[:] = items
    source = ConversionSource(path=Path(name), label=Path(name), name=name)
    pieces = list(FORMAT.read(source, ConvertOptions(size=len(items), **options)))
    tasks = [piece for piece in pieces if isinstance(piece, dict)]
    counts = [piece for piece in pieces if isinstance(piece, SourceCounts)]
    problems = [piece for piece in pieces if isinstance(piece, Problem)]
    return tasks[0] if tasks else None, problems, counts[0] if counts else None


def test_items_become_instances_with_provenance(
    capsys: pytest.CaptureFixture[str],
) -> None:
    task, problems, counted = read(
        item("One?", "1", source_index=0, pair=(1, 2)),
        item("Two?", "2", source_index=1),
        seed=7,
        configuration={"largest": 9},
    )
    assert task
    assert problems == []
    assert counted == SourceCounts(2, 0, 0)
    assert fits(task, 3)
    assert [(row["input"], row["output"], row["extras"]) for row in task["instances"]] == [
        ("One?", ["1"], {"reasoning_gym": {"source_index": 0, "pair": [1, 2]}}),
        ("Two?", ["2"], {"reasoning_gym": {"source_index": 1}}),
    ]
    assert task["name"] == "leg_counting"
    made = task["provenance"]
    assert made["method"] == "programmatic"
    assert made["seed"] == 7
    assert made["configuration"] == {
        "dataset": "leg_counting",
        "version": made["configuration"]["version"],
        "size": 2,
        "configuration": {"largest": 9, "ratio": "1/2"},
    }
    assert capsys.readouterr().out == ""


def test_global_random_state_is_seeded_and_restored() -> None:
    random.seed(5)
    before = random.getstate()
    drawn = [read(Drawn("How many?"))[0] for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert random.getstate() == before


def test_items_with_the_same_question_are_merged_by_default() -> None:
    items = (item("One?", "1"), item("One?", "one"), item("One?", "1"))
    task, _, counted = read(*items)
    assert task
    assert [row["output"] for row in task["instances"]] == [["1", "one"]]
    assert counted == SourceCounts(3, 2, 0)
    task, _, counted = read(*items, merge=False)
    assert task
    assert [row["output"] for row in task["instances"]] == [["1"], ["one"], ["1"]]
    assert len({row["id"] for row in task["instances"]}) == 3
    assert counted == SourceCounts(3, 0, 0)


def test_an_example_that_the_scorer_accepts_becomes_the_answer() -> None:
    task, problems, counted = read(
        item("a", None, possible_answer="refuse", example_answer="right"),
        item("b", None, possible_answer={1: 2}),
        item("c", None, possible_answer="wrong"),
        item("d", None),
        item("e", " "),
    )
    assert task
    assert [row["output"] for row in task["instances"]] == [["right"], ['{"1":2}']]
    reported = [(problem.rule, problem.place.pointer) for problem in problems]
    assert reported == [
        ("missing-answer", "/2"),
        ("missing-answer", "/3"),
        ("missing-answer", "/4"),
        ("assumed", "/0"),
        ("assumed", "/1"),
    ]
    assert counted == SourceCounts(5, 0, 3)


def test_broken_items_are_reported_and_the_others_read() -> None:
    task, problems, counted = read(
        ValueError("no puzzle found"), item(3), item("b", 4), "text", item("a")
    )
    assert task
    assert [row["input"] for row in task["instances"]] == ["a"]
    assert [(problem.rule, problem.message.partition(".")[0]) for problem in problems] == [
        ("unreadable-row", "cannot be generated: no puzzle found"),
        ("wrong-shape", "its question is a number, not a text"),
        ("wrong-shape", "its answer is a number, not a text"),
        ("unreadable-row", "cannot be generated: string indices must be integers, not 'str'"),
    ]
    assert counted == SourceCounts(5, 0, 4)


def test_without_any_answer_there_is_no_task() -> None:
    task, problems, counted = read(item("a", None))
    assert task is None
    assert len(problems) == 1
    assert counted == SourceCounts(1, 0, 1)


@pytest.mark.parametrize(
    ("name", "configuration", "message"),
    [
        ("leg_count", {}, "has no dataset 'leg_count'. Did you mean leg_counting?"),
        ("zzz", {}, "has no dataset 'zzz'. It has "),
        ("leg_counting", {"large": 1}, "has no `large`. Did you mean largest?"),
        ("leg_counting", {"zzz": 1}, "has no `zzz`. It has `largest`, `ratio`."),
        ("leg_counting", {"seed": 1}, "`seed` is not an option of --config. Give --seed instead."),
        (
            "leg_counting",
            {"largest": 0},
            "this configuration: largest must be positive. Change --config",
        ),
        ("leg_counting", {"largest": "x"}, "this configuration: '<=' not supported"),
        ("composite", {}, "this configuration: AssertionError. Change --config"),
        ("composite", {"datasets": ["x"]}, "rejects this configuration"),
    ],
)
def test_wrong_names_and_configurations_are_reported(
    name: str, configuration: Document, message: str
) -> None:
    task, problems, counted = read(item(), name=name, configuration=configuration)
    assert task is None
    assert [problem.rule for problem in problems] == ["wrong-shape"]
    assert message in problems[0].message
    assert counted is None


def test_a_composite_gets_its_datasets() -> None:
    parts = [{"name": "leg_counting", "weight": 1, "config": {}}]
    task, problems, _ = read(item(), name="composite", configuration={"datasets": parts})
    assert problems == []
    assert task
    assert task["provenance"]["configuration"]["configuration"]["datasets"] == parts


def test_metadata_is_kept_as_json() -> None:
    deep: Any = []
    for _ in range(100):
        deep = [deep]
    task, _, _ = read(
        item(
            "a",
            "b",
            many={3, 1, 2},
            big=2**70,
            inf=float("inf"),
            half="\ud800",
            fraction=Fraction(1, 3),
            thing=object(),
            keys={(1, 2): True, None: 0.5},
            raw=b"a",
            deep=deep,
        )
    )
    assert task
    kept = task["instances"][0]["extras"]["reasoning_gym"]
    assert isinstance(kept.pop("deep"), list)
    assert kept == {
        "many": [1, 2, 3],
        "big": str(2**70),
        "inf": "inf",
        "half": "\\ud800",
        "fraction": "1/3",
        "thing": "object",
        "keys": {"(1, 2)": True, "None": 0.5},
        "raw": "b'a'",
    }
