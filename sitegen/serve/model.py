"""The nouns of the preview: what it is asked for, and what a rebuild gave."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sitegen.batches import Reporter
from sitegen.errors import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Which site to preview, by its settings file, and what to let in."""

    file: Path
    drafts: bool = True
    future: bool = False
    jobs: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A finding as people see it, in the terminal and over the page: the line, and its place."""

    severity: Severity
    line: str
    snippet: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Write it as the terminal shows it, without colour."""
        return "\n".join((f"{self.severity.value}: {self.line}", *self.snippet))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a rebuild gave; where one of the ``problems`` is an error, the pages are as before.

    ``written`` and ``removed`` are paths of the site, below ``prefix``, the path of its base URL;
    ``watched`` are the folders that it is made from. ``spent`` tells that the process which built
    this holds code that has since been edited: the next rebuild needs a new one.
    """

    problems: tuple[Problem, ...] = ()
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    pages: int = 0
    drafts: int = 0
    seconds: float = 0.0
    prefix: str = ""
    watched: tuple[Path, ...] = ()
    spent: bool = False

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that kept the site from being built."""
        return tuple(each for each in self.problems if each.severity == Severity.ERROR)


class Listener(Reporter, Protocol):
    """Is told how far a rebuild has come, and when the page that was edited is there."""

    def first(self) -> None:
        """Hear that the page that was edited is there; all others follow."""
        ...


class Voice(Protocol):
    """Tells people what happens; it is called from one thread at a time."""

    @property
    def reporter(self) -> Reporter:
        """Who is told how far the first build has come."""
        ...

    def serving(self, url: str, outcome: Outcome) -> None:
        """Tell where the site is."""
        ...

    def rebuilt(self, outcome: Outcome) -> None:
        """Tell what a rebuild gave."""
        ...

    def note(self, text: str) -> None:
        """Tell anything else."""
        ...
