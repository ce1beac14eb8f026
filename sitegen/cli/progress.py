"""Work that may last: a progress bar where somebody waits, and the time that each stage took."""

import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sitegen.cli.messages import say

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from sitegen.batches import Reporter

PATIENCE = 0.5
"""Seconds of work after which a terminal gets a progress bar."""


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
        self.end()

    def end(self) -> None:
        """Take the bar away."""
        if self.bar:
            self.bar.stop()
        self.bar, self.shown = None, False

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

    def waiting(self, owner: str) -> None:
        """Say for whom all waits."""
        say(f"Waiting for another build ({owner}).")

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

    def waiting(self, owner: str) -> None:
        """Hand on for whom all waits."""
        self.reporter.waiting(owner)

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
