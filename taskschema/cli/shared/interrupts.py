"""Commands that leave nothing behind when they are told to end."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["tidied"]

SIGNALS = ("SIGTERM", "SIGHUP")
KILLED = 128  # is added to the number of a signal to give the exit code


@contextmanager
def tidied() -> Iterator[None]:
    """Let temporary files go when the process is told to end, as when it is interrupted."""
    found = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    mine = []
    if threading.current_thread() is threading.main_thread():
        # One that is passed over, as under nohup, stays so.
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
