"""``sitegen serve``."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli import options
from sitegen.cli.messages import COLOURS, count, say
from sitegen.cli.progress import Progress
from sitegen.content import settings_file

if TYPE_CHECKING:
    from sitegen.batches import Reporter
    from sitegen.serve import Outcome, Problem


@click.command("serve")
@options.settings
@options.quiet
@click.option(
    "-p", "--port", type=click.IntRange(0, 65535), help="Port; by default 8000 or the next."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address or name to serve at.")
@click.option("--open", "browse", is_flag=True, help="Open the site in a browser.")
@click.option("--no-reload", is_flag=True, help="Let pages stay as they were loaded.")
@click.option("--poll", is_flag=True, help="Look for changes every second; for network drives.")
@click.option("-D", "--drafts/--no-drafts", default=True, help="Let drafts in, or not.")
@options.future
@options.jobs
def serve_command(
    file: Path | None,
    quiet: bool,
    port: int | None,
    host: str,
    browse: bool,
    no_reload: bool,
    poll: bool,
    drafts: bool,
    future: bool,
    jobs: int | None,
) -> None:
    """Show the site as it will be, and anew after every change."""
    from sitegen.serve import Ask, serve

    ask = Ask(
        file=settings_file(file, Path.cwd()).absolute(), drafts=drafts, future=future, jobs=jobs
    )
    with Progress(quiet=quiet) as shown:
        voice = Terminal(shown, quiet=quiet)
        serve(ask, voice, host=host, port=port, reload=not no_reload, poll=poll, browse=browse)


class Terminal:
    """Says on the terminal what happens."""

    def __init__(self, reporter: "Progress", *, quiet: bool) -> None:
        self.progress = reporter
        self.quiet = quiet

    @property
    def reporter(self) -> "Reporter":
        """The progress bar of the first build."""
        return self.progress

    def serving(self, url: str, outcome: "Outcome") -> None:
        """Tell where the site is."""
        self.progress.end()
        self._problems(outcome)
        if self.quiet:
            return
        built = f"{_pages(outcome)}, {outcome.seconds:.1f} s" if not outcome.errors else "not built"
        say(f"Serving at {url} ({built}). Watching for changes; Ctrl-C ends.")

    def rebuilt(self, outcome: "Outcome") -> None:
        """Tell what a rebuild gave."""
        self._problems(outcome)
        if not self.quiet and not outcome.errors:
            written, gone = len(outcome.written), len(outcome.removed)
            parts = [f"{count(written, 'file')} written"]
            parts += [f"{gone:,} removed"] if gone else []
            say(f"{_now()} {', '.join(parts)}, {outcome.seconds:.2f} s")

    def note(self, text: str) -> None:
        """Tell anything else."""
        if not self.quiet:
            say(text)

    def _problems(self, outcome: "Outcome") -> None:
        for each in outcome.errors if self.quiet else outcome.problems:
            _show(each)


def _show(problem: "Problem") -> None:
    severity = click.style(problem.severity.value, fg=COLOURS[problem.severity])
    say("\n".join((f"{severity}: {problem.line}", *problem.snippet)))


def _pages(outcome: "Outcome") -> str:
    left = f", {count(outcome.drafts, 'draft')} left out" if outcome.drafts else ""
    return f"{count(outcome.pages, 'page')}{left}"


def _now() -> str:
    return time.strftime("%H:%M:%S")
