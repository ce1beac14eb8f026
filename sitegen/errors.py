"""What can go wrong, as data: a diagnostic tells file, line, reason and way out.

SitegenError
├── ConfigError      the settings cannot be read or do not fit together
├── ContentError     articles, links or URLs are wrong
├── TemplateError    a template is broken or asks for something that is not there
└── PublishError     the output folder holds something that is not ours, or cannot be written

Workers hand back diagnostics and never raise across a process boundary; the shell collects them
all and raises one error at the end.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum


class Severity(StrEnum):
    """How much a diagnostic matters: an error fails the build, a note is shown with ``-v``."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One finding: ``path`` relative to the project, ``line`` counted from 1 in that file."""

    severity: Severity = Severity.ERROR
    path: str = ""
    line: int | None = None
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """Write ``path:line: message (hint)``, the form that editors make clickable."""
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        text = f"{place}: {self.message}" if place else self.message
        return f"{text} ({self.hint})" if self.hint else text


class SitegenError(Exception):
    """The base of all errors that a user can mend; carries one or more diagnostics."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(map(str, self.diagnostics)))

    @classmethod
    def of(
        cls, message: str, *, path: str = "", line: int | None = None, hint: str = ""
    ) -> "SitegenError":
        """Make an error of a single diagnostic."""
        return cls([Diagnostic(path=path, line=line, message=message, hint=hint)])


class ConfigError(SitegenError):
    """The settings cannot be read or do not fit together."""


class ContentError(SitegenError):
    """Articles, links or URLs are wrong."""


class TemplateError(SitegenError):
    """A template is broken or asks for something that is not there."""


class PublishError(SitegenError):
    """The output folder holds something that is not ours, or cannot be written."""


def refuse(
    diagnostics: Iterable[Diagnostic], kind: type[SitegenError], *, strict: bool = False
) -> None:
    """Raise one error with all that fails a build: errors, and warnings where it is strict."""
    fatal = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if wrong := list(dict.fromkeys(each for each in diagnostics if each.severity in fatal)):
        raise kind(wrong)


def nearest(word: str, known: Collection[str]) -> str:
    """Return a hint naming the known word closest to ``word``, or listing all of them."""
    match = get_close_matches(word.lower(), known, n=1, cutoff=0.6)
    return f"did you mean {match[0]!r}?" if match else f"known: {', '.join(sorted(known))}"
