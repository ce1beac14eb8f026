"""``sitegen build`` and ``sitegen clean``."""

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen.cli import options
from sitegen.cli.messages import count, say, show
from sitegen.cli.progress import Profile, Progress
from sitegen.cli.table import Column, aligned
from sitegen.config import SiteConfig
from sitegen.errors import Severity
from sitegen.lock import locked
from sitegen.pool import executor

if TYPE_CHECKING:
    from sitegen.build import Result

PROFILE = (
    Column(name="stage", number=False),
    Column(name="seconds"),
    Column(name="share"),
    Column(name="done"),
    Column(name="of"),
)


@click.command("build")
@options.shared
@click.option("--base-url", envvar="SITEGEN_BASE_URL", help="Where the site will be on line.")
@options.drafts
@options.future
@click.option(
    "--strict", is_flag=True, envvar="SITEGEN_STRICT", help="Let warnings fail the build."
)
@options.jobs
@click.option("--clean", is_flag=True, help="Use nothing that earlier builds made.")
@click.option("--profile", is_flag=True, help="Tell what each stage of the build took.")
@click.option("--no-wait", is_flag=True, help="Leave where another build is at work here.")
@click.option("-n", "--dry-run", is_flag=True, help="Tell what would be written; write nothing.")
@options.as_json
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
    clean: bool,
    profile: bool,
    no_wait: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Build the site into the output folder."""
    from sitegen.build import build
    from sitegen.look import now
    from sitegen.model import Selection

    config = options.config_of(file, output=output, base_url=base_url)
    selection = Selection(now=now(), drafts=drafts, future=future)
    with executor(jobs) as pool, Progress(quiet=quiet or as_json) as shown:
        reporter = Profile(shown)
        result = build(
            config,
            executor=pool,
            selection=selection,
            reporter=reporter,
            strict=strict,
            dry_run=dry_run,
            clean=clean,
            wait=not no_wait,
        )
        reporter.end()
    if profile:
        say("\n".join(aligned(PROFILE, reporter.rows())))
    if not quiet:
        _report(result, config, verbose=verbose, dry_run=dry_run)
    if as_json:
        click.echo(json.dumps(_summary_data(result)))


@click.command("clean")
@options.shared
def clean_command(file: Path | None, output: str | None, quiet: bool, verbose: bool) -> None:
    """Delete what builds have written; files of your own stay."""
    from sitegen.cache import FOLDER, remove_cache
    from sitegen.publish import clean

    config = options.config_of(file, output=output)
    kept = config.root / FOLDER
    with locked(kept, wait=True, waiting=Progress(quiet=quiet).waiting):
        gone = clean(config.root / config.output)
        remove_cache(kept)
    if not quiet:
        say(f"{count(gone, 'file')} deleted from {config.output}")


def _report(result: "Result", config: SiteConfig, *, verbose: bool, dry_run: bool) -> None:
    show(each for each in result.diagnostics if verbose or each.severity == Severity.WARNING)
    if verbose:
        for each in result.skipped:
            say(f"{config.content}/{each.source}: left out: {each.reason}")
    if not config.base_url:
        say("Note: without base_url there is no sitemap and no canonical link.")
    say(_closing_line(result, dry_run=dry_run))


def _closing_line(result: "Result", *, dry_run: bool) -> str:
    written = f"{len(result.published.written):,} {'to write' if dry_run else 'written'}"
    reasons = Counter(each.reason for each in result.skipped)
    warnings = sum(each.severity == Severity.WARNING for each in result.diagnostics)
    parts = [f"{count(result.pages, 'page')} ({written})"]
    parts += [
        f"{count(number, 'draft') if reason == 'draft' else f'{number:,} {reason}'} skipped"
        for reason, number in sorted(reasons.items())
    ]
    gone = len(result.published.removed)
    parts += [f"{gone:,} removed"] if gone else []
    parts += [count(warnings, "warning")] if warnings else []
    return ", ".join([*parts, f"{result.seconds:.1f} s"])


def _summary_data(result: "Result") -> dict[str, Any]:
    return {
        "pages": result.pages,
        "written": len(result.published.written),
        "unchanged": result.published.unchanged,
        "removed": len(result.published.removed),
        "skipped": dict(Counter(each.reason for each in result.skipped)),
        "diagnostics": [str(each) for each in result.diagnostics],
        "seconds": round(result.seconds, 3),
    }
