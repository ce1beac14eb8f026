"""``sitegen summary report``: the summaries of a whole site in figures."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli import options
from sitegen.cli.messages import count, say
from sitegen.cli.progress import Progress
from sitegen.cli.table import Column, show_table
from sitegen.errors import SitegenError
from sitegen.pool import executor

if TYPE_CHECKING:
    from sitegen.report import Measured, Report, Totals

COLUMNS = (
    Column(name="concern"),
    Column(name="length"),
    Column(name="lead"),
    Column(name="twice"),
    Column(name="dangling"),
    Column(name="missing"),
    Column(name="article", number=False),
)
BAR = 40
"""Characters of the longest bar."""


@click.command("report")
@options.settings
@options.talk
@options.drafts
@options.future
@options.jobs
@options.as_json
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a page with pictures instead.",
)
def report_command(
    file: Path | None,
    quiet: bool,
    verbose: bool,
    drafts: bool,
    future: bool,
    jobs: int | None,
    as_json: bool,
    html: Path | None,
) -> None:
    """Measure the site's summaries, the doubtful ones first.

    Length, sentences that are just the lead, words said twice, starts that dangle, headline words
    that are missing: the figures say where to look, not what is good.
    """
    from sitegen.look import now
    from sitegen.model import Selection
    from sitegen.survey import Shell, survey

    config = options.config_of(file)
    selection = Selection(now=now(), drafts=drafts, future=future)
    with executor(jobs) as pool, Progress(quiet=quiet or as_json) as reporter:
        shell = Shell(selection=selection, executor=pool, reporter=reporter)
        report = survey(config, shell)
    if html:
        _write_page(report, html, config.base_url)
        if not quiet:
            say(f"{html}: {count(report.totals.articles, 'article')} measured")
    if as_json:
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(report), indent=2))
    elif not html:
        _write(report)


def _write_page(report: "Report", html: Path, base_url: str) -> None:
    from sitegen.content import rewrite
    from sitegen.report import html_page

    page = html_page(report, base_url=base_url)
    try:
        rewrite(html, page.encode())
    except OSError as error:
        raise SitegenError.of(f"cannot write: {error.strerror}", path=str(html)) from None


def _write(report: "Report") -> None:
    some = [each for each in report.articles if each.sentences]
    if some:
        show_table(COLUMNS, [_row(each) for each in some])
        click.echo()
    totals = report.totals
    click.echo(
        f"{count(totals.articles, 'article')}: {count(totals.by['extract'], 'extract')},"
        f" {totals.by['editor']:,} by the editor, {totals.by['none']:,} without"
    )
    for line in _means(totals):
        click.echo(line)
    if totals.by["none"]:
        click.echo()
        _write_without([each for each in report.articles if not each.sentences], totals)


def _row(each: "Measured") -> tuple[str, ...]:
    return (
        f"{100 * (each.concern or 0):.0f}",
        _percent(each.compression),
        _percent(each.lead),
        _percent(each.redundancy),
        f"{each.dangling}/{len(each.sentences)}",
        f"{len(each.missing)}/{each.headline}",
        each.source,
    )


def _means(totals: "Totals") -> list[str]:
    if not totals.sentences:
        return []
    largest = max(*totals.positions, 1)
    lines = [
        "",
        f"length    {_percent(totals.compression):>5}  of the article's words",
        f"lead      {_percent(totals.lead):>5}  of a summary's sentences are the article's first",
        f"twice     {_percent(totals.redundancy):>5}  of a sentence's words are in another, too",
        f"dangling  {_percent(totals.dangling):>5}  of sentences point back to one left out",
        f"missing   {_percent(totals.missing):>5}  of headline words are in no sentence",
        "",
        "Where the sentences come from, in tenths of the article:",
    ]
    for number, value in enumerate(totals.positions):
        bar = "█" * round(BAR * value / largest) or ("▏" if value else "")
        lines.append(f"{10 * number:>3} %  {value:>5,}  {bar}".rstrip())
    return lines


def _write_without(articles: list["Measured"], totals: "Totals") -> None:
    why = ", ".join(f"{number:,} {reason}" for reason, number in totals.why.items())
    click.echo(f"Without a summary: {why}")
    for each in articles:
        click.echo(f"  {each.source}: {each.why} ({each.available})")


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.0f} %"
