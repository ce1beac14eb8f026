"""How long one article may take: a limit that also holds for what never ends."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from sitegen.errors import Diagnostic
from sitegen.model import Source


class OverTimeError(BaseException):
    """Time is up. No `Exception`, so that no library on the way takes it for one of its own."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise `OverTimeError` within the block when so many seconds are over.

    It takes an alarm clock (``SIGALRM``), which Windows does not have and only main threads hear;
    elsewhere the block takes as long as it takes, and whoever waits for the process must end it.
    """
    if not hasattr(signal, "setitimer") or (
        threading.current_thread() is not threading.main_thread()
    ):
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    # Again every second: Python swallows what is raised while it clears away an object.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        with suppress(OverTimeError):  # the very last ring
            signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def endless(source: Source, seconds: float) -> Diagnostic:
    """Say that a source takes too long."""
    return Diagnostic(
        path=source.path,
        message=f"takes longer than {seconds:g} s to read and summarise",
        hint="simplify it, or raise 'seconds' under [limits]",
    )


def _ring(_number: int, frame: FrameType | None) -> None:
    while frame:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return  # half a module would be left behind; the next ring will do
        frame = frame.f_back
    raise OverTimeError
