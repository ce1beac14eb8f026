"""``sitegen summary check`` and ``pin``: is an editor's summary older than the article's text?"""

import json
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli import options
from sitegen.cli.messages import say, show, shown
from sitegen.config import SiteConfig
from sitegen.errors import ContentError, Diagnostic, Severity

if TYPE_CHECKING:
    from sitegen.article import Pin
    from sitegen.pick import Picked


@click.command("check")
@options.settings
@options.talk
@options.as_json
@click.option("--strict", is_flag=True, help="Fail also where a summary was never pinned.")
def check_command(
    file: Path | None, quiet: bool, verbose: bool, as_json: bool, strict: bool
) -> None:
    """Fail where an editor's summary is older than the article's text.

    `sitegen summary pin` ties a summary to the text that it was written for.
    """
    from sitegen.survey import pins, shell

    config = options.config_of(file)
    found = pins(config, shell())
    states = Counter(each.state.value for each in found)
    diagnostics = [each for pin in found for each in _finding(pin, config, strict=strict)]
    if as_json:
        rows = [{**asdict(each), "state": each.state.value} for each in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    failed = [each for each in diagnostics if each.severity is Severity.ERROR]
    show(failed if quiet else diagnostics)
    if not quiet:
        parts = [f"{states[name]:,} {name}" for name in ("fresh", "stale", "unpinned")]
        say(f"{_summaries(len(found))} by editors: {', '.join(parts)}")
    if failed:
        raise click.exceptions.Exit(1)


def _finding(pin: "Pin", config: SiteConfig, *, strict: bool) -> list[Diagnostic]:
    from sitegen.article import State, stale

    file = shown(config.root / config.content / pin.source)
    if pin.state is State.STALE:
        return [replace(stale(pin, Severity.ERROR, file), path=file)]
    if pin.state is State.FRESH:
        return []
    return [
        Diagnostic(
            severity=Severity.ERROR if strict else Severity.NOTE,
            path=file,
            line=pin.line,
            message="the editor's summary was never pinned to the text",
            hint=f"read both, then `sitegen summary pin {file}`",
        )
    ]


@click.command("pin")
@click.argument("names", metavar="[FILE]...", nargs=-1)
@options.settings
@options.talk
def pin_command(names: tuple[str, ...], file: Path | None, quiet: bool, verbose: bool) -> None:
    """Say that editors' summaries fit their texts as they are now.

    Writes `summary_for` into the front matter of FILE, or of every article that has an editor's
    summary, and changes nothing else.
    """
    from sitegen.content import rewrite
    from sitegen.pick import pick

    config = options.config_of(file) if file or not names else None
    picked, wrong = pick(names or _all(config), config=config, markdown=False)
    edits = [(each, _pinned(each, wrong)) for each in picked]
    if wrong:
        raise ContentError(wrong)
    written = [(each, data) for each, data in edits if data != each.source.data]
    for each, data in written:
        try:
            rewrite(Path(each.shown), data)
        except OSError as error:
            message = f"cannot write: {error.strerror}"
            raise ContentError([Diagnostic(path=each.shown, message=message)]) from None
        if not quiet:
            say(f"{each.shown}: pinned to {each.draft.digest}")
    if not quiet:
        fresh = len(edits) - len(written)
        say(f"{_summaries(len(written))} pinned, {fresh:,} already were")


def _all(config: SiteConfig | None) -> list[str]:
    """Return the files of all articles that have an editor's summary."""
    from sitegen.survey import pins, shell

    if config is None:
        return []
    folder = config.root / config.content
    return [shown(folder / each.source) for each in pins(config, shell())]


def _pinned(picked: "Picked", wrong: list[Diagnostic]) -> bytes:
    """Return the file with its pin; add to ``wrong`` where it cannot have one."""
    from sitegen.article import WrongSourceError, pinned

    draft = picked.draft
    if not draft.editors:
        wrong.append(
            Diagnostic(
                path=picked.shown,
                message="has no summary by the editor to pin",
                hint="write one under `summary` in its front matter",
            )
        )
        return picked.source.data
    if draft.front.summary_for == draft.digest:
        return picked.source.data
    try:
        return pinned(picked.source.data, draft.digest, picked.kind)
    except WrongSourceError as error:
        wrong.extend(error.at(picked.shown))
        return picked.source.data


def _summaries(number: int) -> str:
    return f"{number:,} {'summary' if number == 1 else 'summaries'}"
