"""Removes temporary files when a command is interrupted or terminated."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["tidied"]

SIGNALS = ("SIGTERM", "SIGHUP")
KILLED = 128  # plus the number of a signal is the exit code


@contextmanager
def tidied() -> Iterator[None]:
    """Remove temporary files on termination as on an interrupt."""
    found = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    mine = []
    if threading.current_thread() is threading.main_thread():
        # A signal that is ignored, as under nohup, stays ignored.
        mine = [number for number in found if signal.getsignal(number) == signal.SIG_DFL]
    for number in mine:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number in mine:
            signal.signal(number, signal.SIG_DFL)


def _end(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(KILLED + number)
