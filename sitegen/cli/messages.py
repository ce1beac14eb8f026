"""What is said to people: on stderr, without colour where nobody would see it."""

import os
from collections.abc import Iterable
from pathlib import Path

import click

from sitegen.errors import Diagnostic, Severity

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}


def show(diagnostics: Iterable[Diagnostic]) -> None:
    """Show diagnostics, a line each."""
    for each in diagnostics:
        say(f"{click.style(each.severity.value, fg=COLOURS[each.severity])}: {each}")


def say(text: str) -> None:
    """Write a line to stderr."""
    click.echo(text, err=True, color=False if os.environ.get("NO_COLOR") else None)


def count(number: int, noun: str) -> str:
    """Write a number and its noun: ``1 page``, ``1,204 pages``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def shown(path: Path) -> str:
    """Return a path as a shell in this folder knows it."""
    return os.path.relpath(path)
