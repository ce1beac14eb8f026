"""Tables on stdout: drawn by rich on a terminal, plain aligned text everywhere else."""

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import click

PLAIN_WIDTH = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column's heading, and whether its cells are numbers, which stand to the right."""

    name: str
    number: bool = True


def fancy() -> bool:
    """Tell whether stdout is a terminal whose owner does not mind colour."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def width() -> int:
    """Return how many characters a line of the terminal has; 80 where there is none."""
    return shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns


def cut(text: str, length: int) -> str:
    """Return the beginning of a text, with an ellipsis where it is longer than ``length``."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def show_table(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
    """Write a table to stdout; the last column may be of any width."""
    if fancy():
        _drawn(columns, rows)
    else:
        for line in aligned(columns, list(rows)):
            click.echo(line)


def aligned(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a plain table."""
    table = [[each.name for each in columns], *rows]
    widths = [max(len(row[place]) for row in table) for place in range(len(columns))]
    return [
        "  ".join(
            cell.rjust(size) if column.number else cell.ljust(size)
            for cell, size, column in zip(row, widths, columns, strict=True)
        ).rstrip()
        for row in table
    ]


def _drawn(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True, header_style="bold")
    for place, each in enumerate(columns):
        last = place == len(columns) - 1
        table.add_column(
            each.name,
            justify="right" if each.number else "left",
            no_wrap=not last,
            overflow="fold" if last else "ellipsis",
        )
    for row in rows:
        table.add_row(*map(Text, row))
    Console(highlight=False).print(table)
