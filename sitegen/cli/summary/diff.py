"""``sitegen summary diff REV``: what a change of settings or of the program does to summaries."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli import options
from sitegen.cli.progress import Progress
from sitegen.cli.table import fancy
from sitegen.pool import executor

if TYPE_CHECKING:
    from sitegen.report import Change, Comparison

COLOURS = {"-": "red", "+": "green"}


@click.command("diff")
@click.argument("revision", metavar="REV")
@click.option(
    "--using",
    metavar="COMMAND",
    default="",
    help="Make the old summaries with another sitegen, such as /old/venv/bin/sitegen.",
)
@click.option("--all", "everything", is_flag=True, help="Show articles that were edited, too.")
@click.option("--stat", is_flag=True, help="Show names only.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 where a summary differs.")
@options.as_json
@options.jobs
@options.settings
@options.talk
def diff_command(
    revision: str,
    using: str,
    everything: bool,
    stat: bool,
    exit_code: bool,
    as_json: bool,
    jobs: int | None,
    file: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Show which summaries differ between the git revision REV and now.

    The articles and settings of REV are summarised by this program, or by the one that --using
    names. Articles whose own text was edited since are counted apart.
    """
    from sitegen.look import now
    from sitegen.model import Selection
    from sitegen.survey import Shell, compare_with

    config = options.config_of(file)
    with executor(jobs) as pool, Progress(quiet=quiet or as_json) as reporter:
        shell = Shell(selection=Selection(now=now()), executor=pool, reporter=reporter)
        found = compare_with(config, revision, using, shell)
    changes = [each for each in found.changes if everything or not each.edited]
    if as_json:
        click.echo(json.dumps(_data(found, changes), ensure_ascii=False, indent=2))
    else:
        for each in changes:
            _write(each, config.content, stat=stat)
        click.echo(_closing_line(found, revision))
    if exit_code and changes:
        raise click.exceptions.Exit(1)


def _data(found: "Comparison", changes: list["Change"]) -> dict[str, object]:
    return {
        "compared": found.compared,
        "edited": found.edited,
        "added": found.added,
        "removed": found.removed,
        "changes": [
            {**asdict(each), "lines": [{"mark": mark, "text": text} for mark, text in each.lines]}
            for each in changes
        ],
    }


def _write(change: "Change", folder: str, *, stat: bool) -> None:
    gone = sum(mark == "-" for mark, _ in change.lines)
    came = sum(mark == "+" for mark, _ in change.lines)
    edited = " (edited)" if change.edited else ""
    name = f"{folder}/{change.source}"
    if stat:
        click.echo(f"{name} -{gone} +{came}{edited}")
        return
    click.echo(_coloured(f"{name}: {change.title}{edited}", bold=True))
    for mark, text in change.lines:
        click.echo(_coloured(f"{mark} {text}", fg=COLOURS.get(mark)))
    click.echo()


def _coloured(text: str, *, fg: str | None = None, bold: bool = False) -> str:
    return click.style(text, fg=fg, bold=bold) if fancy() else text


def _closing_line(found: "Comparison", revision: str) -> str:
    differ = sum(not each.edited for each in found.changes)
    line = f"{differ:,} of {found.compared:,} summaries differ from {revision}"
    parts = [
        f"{number:,} {what}"
        for number, what in (
            (found.edited, "edited since"),
            (found.added, "new"),
            (found.removed, "gone"),
        )
        if number
    ]
    return "; ".join([line, ", ".join(parts)]) if parts else line
