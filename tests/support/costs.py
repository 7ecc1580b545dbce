"""The cost of work as CPU time, compared with other work of the same process.

Wall-clock time depends on what else the machine does, and CPU time on how fast the machine is.
So tests compare the CPU time of two pieces of work, with wide margins, and never a time with a
number of seconds.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 600.0  # seconds after which a test gives up on a process that hangs
PARTS = 4
MOST = 10  # times the cost for PARTS times the work: 4 where cost is linear, 16 where quadratic


def spent() -> float:
    """Return the CPU time of this process and of its ended child processes, in seconds."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def yardstick() -> float:
    """Return the CPU time of a fixed piece of plain Python: about 0.02 seconds on a laptop."""
    start = time.process_time()
    lines = [f"{number % 7} line {number}" for number in range(50_000)]
    counts: dict[str, int] = {}
    for line in lines:
        first, _, last = line.partition(" ")
        counts[last] = counts.get(last, 0) + len(first)
    sorted(lines)
    return time.process_time() - start


@contextmanager
def cheaper_than(yardsticks: int) -> Iterator[None]:
    """Assert that a block costs less than so many yardsticks."""
    before = yardstick()
    start = spent()
    yield
    cost = spent() - start
    unit = max(before, yardstick())
    assert cost < yardsticks * unit, f"{cost / unit:.0f} yardsticks, of {yardsticks} at most"


def require_linear_cost(work: Callable[[int], object], size: int) -> None:
    """Assert that work of a size costs no more than linearly what a part of it costs."""
    costs = []
    for part in (size // PARTS, size):
        start = spent()
        work(part)
        costs.append(spent() - start)
    few, many = costs
    assert many < MOST * few, f"{PARTS} times the work costs {many / few:.1f} times as much"
