"""Work that may last: processes where they pay, a progress bar where somebody waits."""

import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitegen.config import SiteConfig

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

POOL_PAYS = 200
"""Articles from which on starting processes costs less than it saves."""

PATIENCE = 0.5
"""Seconds of work after which a terminal gets a progress bar."""


@contextmanager
def executor(config: SiteConfig, jobs: int | None) -> Iterator[Executor | None]:
    """Give a pool of processes where it pays, else nothing: all is done in this process."""
    workers = jobs or _cores()
    many = jobs is not None or _at_least(POOL_PAYS, config.root / config.content)
    if workers < 2 or not many:
        yield None
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield pool


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _at_least(number: int, folder: Path) -> bool:
    return any(count >= number for count, _ in enumerate(folder.rglob("*.*"), 1))


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
