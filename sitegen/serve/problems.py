"""Findings with the lines of the file that they are about."""

from pathlib import Path

from sitegen.content import default_theme
from sitegen.errors import Diagnostic
from sitegen.serve.model import Problem

AROUND = 1
"""Lines shown above and below the one in question."""

WIDTH = 160
"""Characters shown of a line."""

LARGE = 1 << 22
"""Bytes of a file that is too large to be read for a few of its lines."""


def problem_of(found: Diagnostic, root: Path) -> Problem:
    """Add to a finding the lines around its place; ``root`` is the project's folder."""
    snippet = _snippet(_file(found.path, root), found.line) if found.path and found.line else ()
    return Problem(severity=found.severity, line=str(found), snippet=snippet)


def _file(path: str, root: Path) -> Path:
    file = root / path
    inside = path.removeprefix("theme/")
    return default_theme() / inside if inside != path and not file.is_file() else file


def _snippet(file: Path, line: int) -> tuple[str, ...]:
    try:
        if file.stat().st_size > LARGE:
            return ()
        lines = file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except (OSError, ValueError):
        return ()
    first = max(line - AROUND, 1)
    shown = lines[first - 1 : line + AROUND]
    width = len(str(first + len(shown)))
    return tuple(
        f"  {'>' if number == line else ' '} {number:>{width}} | {_printable(text)}".rstrip()
        for number, text in enumerate(shown, first)
    )


def _printable(text: str) -> str:
    """Return a line that cannot steer the terminal."""
    cut = text[:WIDTH].replace("\t", "    ")
    return "".join(each if each.isprintable() else "�" for each in cut)
