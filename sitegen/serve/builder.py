"""The process that builds: started once, asked for every rebuild, replaced where it must be.

It is a process, not a thread: it may start processes of its own by forking, what it does slows no
answer, memory that it leaks and extensions that crash it go with it, and it can be stopped at any
moment.
"""

import gc
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from sitegen.errors import Severity
from sitegen.pool import executor
from sitegen.serve.model import Ask, Listener, Outcome, Problem
from sitegen.serve.rebuild import Rebuilder

WAIT = 5.0
"""Seconds in which a process that was killed is gone."""


class Builder:
    """Rebuilds a site in a process of its own."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.closed = False
        self.last = Outcome()
        self.process, self.connection = _started(ask)

    def rebuild(self, reporter: Listener) -> Outcome:
        """Rebuild the preview; where the process dies, and the next too, the outcome says so."""
        for _ in range(2):
            outcome = self._asked(reporter)
            if outcome and not outcome.spent:
                self.last = outcome
                return outcome
            self._replace()
        line = "the process that builds has died twice (is an extension, or an article, too much?)"
        problem = Problem(severity=Severity.ERROR, line=line)
        return replace(self.last, problems=(problem,), written=(), removed=(), seconds=0.0)

    def _asked(self, reporter: Listener) -> Outcome | None:
        """Ask the process to rebuild; nothing comes of it where it is dead or dies."""
        with suppress(EOFError, OSError):
            self.connection.send(True)
            while not isinstance(told := self.connection.recv(), Outcome):
                name, *arguments = told
                getattr(reporter, name)(*arguments)
            return told
        return None

    def _replace(self) -> None:
        self._stop()
        if not self.closed:
            self.process, self.connection = _started(self.ask)

    def close(self) -> None:
        """End the process and all that it has started, whatever they are doing."""
        self.closed = True
        self._stop()

    def _stop(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            _kill(self.process)
        self.process.join(WAIT)
        self.connection.close()


@dataclass(frozen=True, slots=True)
class _Relay:
    """A reporter that hands on what it is told to the process that waits."""

    connection: Connection

    def stage(self, name: str, total: int) -> None:
        self.connection.send(("stage", name, total))

    def advance(self, steps: int) -> None:
        self.connection.send(("advance", steps))

    def waiting(self, owner: str) -> None:
        self.connection.send(("waiting", owner))

    def first(self) -> None:
        self.connection.send(("first",))


def _started(ask: Ask) -> tuple[BaseProcess, Connection]:
    # Not forked: by now there may be threads. It is no daemon, for those may not have processes.
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, ask), name="sitegen-builder")
    with _uninterrupted():  # Ctrl-C is for the server alone, from the first moment on
        process.start()
    theirs.close()
    if hasattr(os, "setpgid"):
        with suppress(OSError):  # it has done so itself, or is gone
            os.setpgid(process.pid or 0, process.pid or 0)
    return process, ours


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Have processes that are started here never hear of an interrupt."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _kill(process: BaseProcess) -> None:
    if hasattr(os, "killpg") and process.pid and process.is_alive():
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
            return
    process.kill()


def _work(connection: Connection, ask: Ask) -> None:
    """Rebuild as often as asked; end when the other side is gone."""
    if hasattr(os, "setpgid"):
        with suppress(OSError):
            os.setpgid(0, 0)  # Ctrl-C is for the server, which then ends this group
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    rebuilder, relay = Rebuilder(ask), _Relay(connection)
    gc.disable()  # to look through all of a large site while somebody waits takes a fifth of it
    with suppress(OSError):
        for _ in _asked(connection):
            with executor(ask.jobs) as pool:
                connection.send(rebuilder.rebuild(pool, relay, relay.first))
            gc.collect()


def _asked(connection: Connection) -> Iterator[None]:
    with suppress(EOFError):
        while connection.recv():
            yield
