"""Why each sentence of a text was taken or left, so that a person sees it at a glance.

In eighty columns a sentence has two lines: what it is, and below it why, its largest shares
first. A wide terminal has a column for each signal.
"""

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from sitegen.cli.messages import count
from sitegen.cli.table import cut, fancy, width

if TYPE_CHECKING:
    from sitegen.article import Extract
    from sitegen.textrank import Explained, Summary

MARGIN = 21
"""Characters of a line before its sentence: number, mark, score."""

REASON = 24
BEGINNING = 40
TIED = "\u00a0"
SMALLEST = 0.05
"""Shares below it decide nothing, and are left to ``--json``."""


def explain(extract: "Extract") -> None:
    """Write the table of a text's sentences to stdout."""
    found = extract.found
    signals = [name for name, _ in found.explained[0].shares]
    if not fancy():
        for line in (*_head(extract), "", *_lines(found, width())):
            click.echo(line)
        return
    for line in _head(extract):
        click.echo(line)
    rest = width() - MARGIN - REASON - sum(_column(name) + 2 for name in signals)
    _draw(found, signals if rest >= BEGINNING else [], rest)


def _column(name: str) -> int:
    return max(len("+0.00"), len(name))


def explained_data(found: "Summary") -> list[dict[str, Any]]:
    """Return the same as data: every sentence, its shares by name, whether it was taken, why."""
    return [
        {
            "text": each.sentence.text,
            "paragraph": each.sentence.paragraph,
            "span": list(each.sentence.span),
            "score": each.sentence.score,
            "taken": each.taken,
            "reason": each.reason,
            "shares": dict(each.shares),
        }
        for each in found.explained
    ]


def _head(extract: "Extract") -> Iterator[str]:
    found, draft = extract.found, extract.draft
    if draft.title:
        yield click.style(draft.title, bold=True) if fancy() else draft.title
    yield (
        f"{len(found.sentences)} of {count(found.available, 'sentence')} taken,"
        f" {count(found.words, 'word')}, language {draft.language}"
    )
    yield f"Shares below {SMALLEST} are not shown; --json has all."
    if found.keywords:
        text = "About: " + ", ".join(each.text for each in found.keywords)
        yield from textwrap.wrap(text, width())


def _lines(found: "Summary", columns: int) -> Iterator[str]:
    yield f"{'No.':>4}  {'':5}  {'Score':>6}  Sentence"
    room = max(30, columns - MARGIN)
    for number, each in enumerate(found.explained, 1):
        mark = "taken" if each.taken else ""
        score = f"{each.sentence.score:.2f}"
        yield f"{number:>4}  {mark:5}  {score:>6}  {cut(each.sentence.text, room)}"
        for line in _why(each, room):
            yield " " * MARGIN + line


def _why(each: "Explained", room: int) -> list[str]:
    """Say the reason and the shares, the largest first, each with its number on one line."""
    shares = sorted(each.shares, key=lambda share: -abs(share[1]))
    said = [f"{name}{TIED}{value:+.2f}" for name, value in shares if abs(value) >= SMALLEST]
    text = f"{each.reason}: {', '.join(said)}" if said else each.reason
    return [line.replace(TIED, " ") for line in textwrap.wrap(text, room)]


def _draw(found: "Summary", signals: list[str], rest: int) -> None:
    """Draw the table with rich: a column for each of ``signals``, or the shares in words.

    ``rest`` is what a sentence has of a line where there are columns.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True, header_style="bold")
    table.add_column("No.", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True, min_width=1)
    for name in ("Score", *signals):
        table.add_column(name, justify="right", no_wrap=True, min_width=_column(name))
    if signals:
        table.add_column("Why", max_width=REASON)
    table.add_column("Sentence")
    for number, each in enumerate(found.explained, 1):
        mark = Text("✓", style="bold green") if each.taken else Text("")
        text = cut(each.sentence.text, rest - 2 if signals else max(30, width() - MARGIN))
        if signals:
            shares = (_share(value) for _, value in each.shares)
            cells: list[str | Text] = [*shares, Text(each.reason), Text(text)]
        else:
            why = "\n".join(_why(each, width() - MARGIN))
            cells = [Text.assemble(text, "\n", (why, "dim italic"))]
        style = "" if each.taken else "dim"
        table.add_row(str(number), mark, f"{each.sentence.score:.2f}", *cells, style=style)
    Console(highlight=False).print(table)


def _share(value: float) -> str:
    return f"{value:+.2f}" if abs(value) >= SMALLEST else ""
