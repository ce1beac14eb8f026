"""The exception that stops the reading of one source."""

from collections.abc import Iterable
from dataclasses import replace

from sitegen.errors import Diagnostic


class WrongSourceError(Exception):
    """Stops the reading of one source, with all that was found; never leaves this package."""

    def __init__(self, problems: Iterable[Diagnostic]) -> None:
        self.problems = tuple(problems)
        super().__init__(*self.problems)

    @classmethod
    def of(cls, message: str, *, line: int | None = None, hint: str = "") -> "WrongSourceError":
        """Make one of a single problem."""
        return cls([Diagnostic(line=line, message=message, hint=hint)])

    def at(self, path: str) -> tuple[Diagnostic, ...]:
        """Return what is wrong as diagnostics of the file at ``path``."""
        return tuple(replace(each, path=path) for each in self.problems)
