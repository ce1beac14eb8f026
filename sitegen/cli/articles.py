"""``sitegen list`` and ``sitegen new``."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen.cli import options
from sitegen.cli.messages import shown
from sitegen.errors import ContentError, SitegenError, refuse

if TYPE_CHECKING:
    from sitegen.catalogue import Listed


@click.command("list")
@options.shared
@options.as_json
def list_command(
    file: Path | None, output: str | None, quiet: bool, verbose: bool, as_json: bool
) -> None:
    """List all articles: state, date, URL, source and title."""
    from sitegen.build import with_cache
    from sitegen.catalogue import catalogue

    config = options.config_of(file, output=output)
    listed = with_cache(config, lambda cache: catalogue(config, cache))
    rows = [_row(each) for each in listed.articles]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for row in rows:
            day = row["date"] or "-" * 10
            click.echo(f"{row['state']:<9}  {day}  {row['source']}  {row['title']}")
    refuse(listed.diagnostics, ContentError)


def _row(listed: "Listed") -> dict[str, Any]:
    article = listed.article
    return {
        "state": listed.state,
        "date": article.date.date().isoformat() if article.date else None,
        "url": listed.url,
        "source": article.source,
        "title": article.title,
        "language": article.language,
        "words": article.words,
        "summary": len(article.summary.sentences) if article.summary else 0,
    }


@click.command("new")
@options.shared
@click.argument("title")
@click.option("-s", "--section", default="", help="Folder under the content folder.")
@click.option("--txt", is_flag=True, help="Make a plain text file instead of Markdown.")
def new_command(
    file: Path | None,
    output: str | None,
    quiet: bool,
    verbose: bool,
    title: str,
    section: str,
    txt: bool,
) -> None:
    """Make a new article with today's date, as a draft."""
    from sitegen.look import now
    from sitegen.urls import slug_of

    config = options.config_of(file, output=output)
    folder = (config.root / config.content / section).resolve()
    if not folder.is_relative_to((config.root / config.content).resolve()):
        raise SitegenError.of("leads out of the content folder", path=section)
    today = now().astimezone(config.zone).date()
    article = folder / f"{today}-{slug_of(title)}.{'txt' if txt else 'md'}"
    if article.exists():
        raise SitegenError.of("is there already", path=shown(article), hint="take another title")
    folder.mkdir(parents=True, exist_ok=True)
    article.write_text(_new_text(title, today, txt=txt), encoding="utf-8")
    click.echo(shown(article))


def _new_text(title: str, today: date, *, txt: bool) -> str:
    if txt:
        return f"{title}\nDate: {today}\nDraft: true\n\n"
    return (
        f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\ndate: {today}\ndraft: true\n---\n\n"
    )
