"""Work that may last: processes where they pay, a progress bar where somebody waits."""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from rich.progress import Progress as Bar

    from sitegen.batches import Reporter

T = TypeVar("T")

PATIENCE = 0.5
"""Seconds of work after which a terminal gets a progress bar."""


class Pool(Executor):
    """Processes that start with the first work handed out: most builds have none."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.processes: ProcessPoolExecutor | None = None

    def submit(self, work: Callable[..., T], /, *args: Any, **kwargs: Any) -> "Future[T]":
        """Hand work to a process."""
        if self.processes is None:
            self.processes = _started(self.workers)
        return self.processes.submit(work, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes."""
        if self.processes is not None:
            self.processes.shutdown(wait, cancel_futures=cancel_futures)


def _started(workers: int) -> "ProcessPoolExecutor":
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    if sys.platform == "linux" and threading.active_count() == 1:
        import sitegen.textrank.summaries
        import sitegen.work  # noqa: F401  what all will need is imported once, before the fork

        return ProcessPoolExecutor(workers, mp_context=get_context("fork"))
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


@contextmanager
def executor(jobs: int | None) -> Iterator[Executor | None]:
    """Give a pool of processes, or nothing where all is to be done in this process."""
    workers = jobs or _cores()
    if workers < 2:
        yield None
        return
    with Pool(workers) as pool:
        yield pool


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Progress:
    """A progress bar on a terminal, once the work has lasted a moment."""

    def __init__(self, *, quiet: bool) -> None:
        self.shown = sys.stderr.isatty() and not quiet
        self.started = time.monotonic()
        self.bar: Bar | None = None
        self.task: Any = None
        self.name, self.total, self.done = "", 0, 0

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar:
            self.bar.stop()

    def stage(self, name: str, total: int) -> None:
        """Begin a stage of ``total`` steps."""
        self.name, self.total, self.done = name, total, 0
        if self.bar:
            self.task = self.bar.add_task(name, total=total)

    def advance(self, steps: int) -> None:
        """Report ``steps`` more steps of the stage done."""
        self.done += steps
        if self.shown and self.bar is None and time.monotonic() - self.started > PATIENCE:
            self._start()
        if self.bar:
            self.bar.update(self.task, completed=self.done)

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import Progress as Bar

        self.bar = Bar(console=Console(stderr=True), transient=True)
        self.bar.start()
        self.task = self.bar.add_task(self.name, total=self.total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What a stage took: seconds, and how many steps it had to do of all that it looked at."""

    name: str
    seconds: float
    done: int
    total: int


class Profile:
    """A reporter that takes the time of each stage and hands on what it is told."""

    def __init__(self, reporter: "Reporter") -> None:
        self.reporter = reporter
        self.stages: list[Stage] = []
        self.name, self.total, self.done = "Starting", 0, 0
        self.since = time.perf_counter()

    def stage(self, name: str, total: int) -> None:
        """End the stage before, begin another."""
        self.end()
        self.name, self.total, self.done = name, total, 0
        self.reporter.stage(name, total)

    def advance(self, steps: int) -> None:
        """Count the steps."""
        self.done += steps
        self.reporter.advance(steps)

    def end(self) -> None:
        """Note what the stage took."""
        now = time.perf_counter()
        self.stages.append(
            Stage(name=self.name, seconds=now - self.since, done=self.done, total=self.total)
        )
        self.since = now

    def rows(self) -> list[tuple[str, ...]]:
        """Return a table's rows: stage, seconds, share of all, done, of how many."""
        whole = sum(each.seconds for each in self.stages)
        return [
            (
                each.name,
                f"{each.seconds:.3f}",
                f"{each.seconds / whole:.0%}",
                f"{each.done:,}" if each.total else "",
                f"{each.total:,}" if each.total else "",
            )
            for each in self.stages
        ]
