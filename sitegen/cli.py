"""The command line: the only module that prints or exits.

Data goes to stdout, messages to stderr. Exit codes: 0 done, 1 the content or the build failed,
2 usage, 130 interrupted.
"""

import json
import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import click

import sitegen
from sitegen.build import Result, Silence, build, compile_site, now, refuse
from sitegen.config import SiteConfig
from sitegen.content import load_config
from sitegen.errors import ContentError, Diagnostic, Severity, SitegenError, nearest
from sitegen.publish import clean as clean_output
from sitegen.site import Selection, article_url, why_skipped
from sitegen.urls import slug_of

POOL_PAYS = 200
"""Articles from which on starting processes costs less than it saves."""

PATIENCE = 0.5
"""Seconds of work after which a terminal gets a progress bar."""

STARTER = Path(__file__).parent / "starter"


class _Commands(click.Group):
    """A group that names the nearest command where one is mistyped."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            raise click.UsageError(
                f"no such command {args[0]!r} ({nearest(args[0], self.commands.keys())})", ctx
            )
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "SITEGEN"},
)
@click.version_option(sitegen.__version__, prog_name="sitegen")
def app() -> None:
    """Build a static site in which every article comes with a summary worth reading."""


def _shared(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that every command on a site has."""
    for option in (
        click.option(
            "-c",
            "--config",
            "file",
            type=click.Path(path_type=Path),
            envvar="SITEGEN_CONFIG",
            help="Settings file, instead of the sitegen.toml or pyproject.toml here or above.",
        ),
        click.option(
            "-o",
            "--output",
            envvar="SITEGEN_OUTPUT",
            help="Folder for the site, instead of the one set.",
        ),
        click.option("-q", "--quiet", is_flag=True, help="Show nothing but errors."),
        click.option("-v", "--verbose", is_flag=True, help="Show notes and what was left out."),
    ):
        command = option(command)
    return command


_drafts = click.option(
    "-D", "--drafts", is_flag=True, envvar="SITEGEN_DRAFTS", help="Let drafts in."
)
_future = click.option(
    "--future", is_flag=True, envvar="SITEGEN_FUTURE", help="Let articles of the future in."
)
_json = click.option("--json", "as_json", is_flag=True, help="Write JSON to stdout.")


@app.command("build")
@_shared
@click.option("--base-url", envvar="SITEGEN_BASE_URL", help="Where the site will be on line.")
@_drafts
@_future
@click.option(
    "--strict", is_flag=True, envvar="SITEGEN_STRICT", help="Let warnings fail the build."
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    envvar="SITEGEN_JOBS",
    help="Processes to work with; as many as there are cores if left out.",
)
@click.option("-n", "--dry-run", is_flag=True, help="Tell what would be written; write nothing.")
@_json
def build_command(
    file: Path | None,
    output: str | None,
    quiet: bool,
    verbose: bool,
    base_url: str | None,
    drafts: bool,
    future: bool,
    strict: bool,
    jobs: int | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Build the site into the output folder."""
    config = _config(file, output=output, base_url=base_url)
    selection = Selection(now=now(), drafts=drafts, future=future)
    with _executor(config, jobs) as executor, _Progress(quiet=quiet or as_json) as reporter:
        result = build(
            config,
            executor=executor,
            selection=selection,
            reporter=reporter,
            strict=strict,
            dry_run=dry_run,
        )
    _report(result, config, verbose=verbose, quiet=quiet, dry_run=dry_run)
    if as_json:
        click.echo(json.dumps(_summary_data(result)))


@app.command("list")
@_shared
@_json
def list_command(
    file: Path | None, output: str | None, quiet: bool, verbose: bool, as_json: bool
) -> None:
    """List all articles: state, date, URL, source and title."""
    config = _config(file, output=output)
    selection = Selection(now=now())
    done = compile_site(config, selection=selection)
    articles = sorted(
        (each.article for each in done.compiled if each.article), key=lambda each: each.source
    )
    rows = [
        {
            "state": why_skipped(each, selection) or "published",
            "date": each.date.date().isoformat() if each.date else None,
            "url": article_url(each),
            "source": each.source,
            "title": each.title,
            "language": each.language,
            "words": each.words,
            "summary": len(each.summary.sentences) if each.summary else 0,
        }
        for each in articles
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for row in rows:
            day = row["date"] or "-" * 10
            click.echo(f"{row['state']:<9}  {day}  {row['source']}  {row['title']}")
    refuse(done.diagnostics, ContentError)


@app.command("clean")
@_shared
def clean_command(file: Path | None, output: str | None, quiet: bool, verbose: bool) -> None:
    """Delete what builds have written; files of your own stay."""
    config = _config(file, output=output)
    gone = clean_output(config.root / config.output)
    if not quiet:
        _say(f"{_count(gone, 'file')} deleted from {config.output}")


@app.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", default="My news", help="The site's title.")
def init_command(folder: Path, title: str) -> None:
    """Make a new site in FOLDER that builds at once."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SitegenError.of("is not empty", path=str(folder), hint="name a new folder")
    shutil.copytree(STARTER, folder, dirs_exist_ok=True)
    settings = folder / "sitegen.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace('"My news"', json.dumps(title, ensure_ascii=False)), encoding="utf-8"
    )
    _say(f"A new site is in {folder}. Next:")
    _say(f"  cd {folder}")
    _say("  sitegen build")


@app.command("new")
@_shared
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
    config = _config(file, output=output)
    folder = (config.root / config.content / section).resolve()
    if not folder.is_relative_to((config.root / config.content).resolve()):
        raise SitegenError.of("leads out of the content folder", path=section)
    today = now().astimezone(config.zone).date()
    article = folder / f"{today}-{slug_of(title)}.{'txt' if txt else 'md'}"
    if article.exists():
        raise SitegenError.of("is there already", path=_shown(article), hint="take another title")
    folder.mkdir(parents=True, exist_ok=True)
    article.write_text(_new_text(title, today, txt=txt), encoding="utf-8")
    click.echo(_shown(article))


def _new_text(title: str, today: date, *, txt: bool) -> str:
    if txt:
        return f"{title}\nDate: {today}\nDraft: true\n\n"
    return (
        f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\ndate: {today}\ndraft: true\n---\n\n"
    )


def main() -> None:
    """Run the command line and exit with its code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; return its exit code."""
    try:
        app.main(args=arguments, prog_name="sitegen", standalone_mode=False)
    except SitegenError as error:
        _show(error.diagnostics)
        _say(_count(len(error.diagnostics), "error") + ". Nothing was written.")
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        _say("Interrupted.")
        return 130
    except BrokenPipeError:  # the reader of a pipe has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 0


def _config(file: Path | None, **overrides: str | None) -> SiteConfig:
    given: Mapping[str, Any] = {key: value for key, value in overrides.items() if value is not None}
    return load_config(file, Path.cwd(), given)


@contextmanager
def _executor(config: SiteConfig, jobs: int | None) -> Iterator[Executor | None]:
    """Give a pool of processes where it pays, else nothing: all is done in this process."""
    workers = (
        jobs or len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else (jobs or os.cpu_count() or 1)
    )
    many = jobs is not None or _at_least(POOL_PAYS, config.root / config.content)
    if workers < 2 or not many:
        yield None
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield pool


def _at_least(number: int, folder: Path) -> bool:
    return any(count >= number for count, _ in enumerate(folder.rglob("*.*"), 1))


class _Progress(Silence):
    """A progress bar on a terminal, once the work has lasted a moment."""

    def __init__(self, *, quiet: bool) -> None:
        self.shown = sys.stderr.isatty() and not quiet
        self.started = time.monotonic()
        self.bar: Any = None
        self.task: Any = None
        self.name, self.total, self.done = "", 0, 0

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar:
            self.bar.stop()

    def stage(self, name: str, total: int) -> None:
        self.name, self.total, self.done = name, total, 0
        if self.bar:
            self.task = self.bar.add_task(name, total=total)

    def advance(self, steps: int) -> None:
        self.done += steps
        if self.shown and self.bar is None and time.monotonic() - self.started > PATIENCE:
            self._start()
        if self.bar:
            self.bar.update(self.task, completed=self.done)

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import Progress

        self.bar = Progress(console=Console(stderr=True), transient=True)
        self.bar.start()
        self.task = self.bar.add_task(self.name, total=self.total)


def _report(
    result: Result, config: SiteConfig, *, verbose: bool, quiet: bool, dry_run: bool
) -> None:
    if quiet:
        return
    _show(each for each in result.diagnostics if verbose or each.severity == Severity.WARNING)
    if verbose:
        for each in result.skipped:
            _say(f"{config.content}/{each.article.source}: left out: {each.reason}")
    if not config.base_url:
        _say("Note: without base_url there is no sitemap and no canonical link.")
    _say(_closing_line(result, dry_run=dry_run))


def _closing_line(result: Result, *, dry_run: bool) -> str:
    written = f"{result.published.written:,} {'to write' if dry_run else 'written'}"
    reasons = Counter(each.reason for each in result.skipped)
    warnings = sum(each.severity == Severity.WARNING for each in result.diagnostics)
    parts = [f"{_count(result.pages, 'page')} ({written})"]
    parts += [
        f"{_count(number, 'draft') if reason == 'draft' else f'{number:,} {reason}'} skipped"
        for reason, number in sorted(reasons.items())
    ]
    parts += [f"{result.published.removed:,} removed"] if result.published.removed else []
    parts += [_count(warnings, "warning")] if warnings else []
    return ", ".join([*parts, f"{result.seconds:.1f} s"])


def _summary_data(result: Result) -> dict[str, Any]:
    return {
        "pages": result.pages,
        "written": result.published.written,
        "unchanged": result.published.unchanged,
        "removed": result.published.removed,
        "skipped": dict(Counter(each.reason for each in result.skipped)),
        "diagnostics": [str(each) for each in result.diagnostics],
        "seconds": round(result.seconds, 3),
    }


def _show(diagnostics: Iterable[Diagnostic]) -> None:
    colours = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}
    for each in diagnostics:
        label = click.style(each.severity.value, fg=colours[each.severity])
        _say(f"{label}: {each}")


def _say(text: str) -> None:
    plain = "NO_COLOR" in os.environ or None
    click.echo(text, err=True, color=False if plain else None)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _shown(path: Path) -> str:
    return os.path.relpath(path)
