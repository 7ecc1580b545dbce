"""Tests of cost fail where work costs too much, and not where a machine is slow."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.checkout import ROOT
from support.costs import cheaper_than, require_linear_cost, yardstick

BUSY = "sum(number * number for number in range({}))"


def test_expensive_work_fails() -> None:
    with cheaper_than(yardsticks=20):
        yardstick()
    with pytest.raises(AssertionError, match=r"yardsticks, of 2 at most"), cheaper_than(2):
        [yardstick() for _ in range(12)]


def test_the_cost_of_a_child_process_counts() -> None:
    def child() -> None:
        subprocess.run([sys.executable, "-c", BUSY.format(6_000_000)], check=True)

    with pytest.raises(AssertionError), cheaper_than(yardsticks=3):
        child()


def test_quadratic_work_fails() -> None:
    require_linear_cost(lambda size: sum(range(size)), size=40_000_000)
    with pytest.raises(AssertionError, match="4 times the work costs"):
        require_linear_cost(lambda size: [sum(range(size)) for _ in range(size)], size=6_000)


def test_no_other_test_measures_time() -> None:
    clock = re.compile(r"process_time|perf_counter|monotonic|time\.time\(|timeout=[\d.]")
    own = {"costs.py", Path(__file__).name}
    paths = [path for path in (ROOT / "tests").rglob("*.py") if path.name not in own]
    assert len({path.parent for path in paths}) > 1
    for path in paths:
        if not path.is_relative_to(ROOT / "tests" / "data"):
            found = clock.search(path.read_text(encoding="utf-8"))
            assert not found, f"{path}: use support.costs instead of {found and found[0]}."
