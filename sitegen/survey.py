"""The shell that looks at all summaries of a site: measured, pinned, or as they once were.

Like a build, it cuts batches and hands them to an executor; it renders and writes nothing.
"""

import os
import shlex
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sitegen.article import Draft, Extract, Pin, extract_articles, finish, pin_of, read_draft
from sitegen.batches import SILENCE, Reporter, batched, in_batches
from sitegen.compilation import BATCH, compile_indexes, located
from sitegen.config import SiteConfig
from sitegen.content import CONFIG_NAMES, find_content, load_config, read_sources
from sitegen.errors import ContentError, Diagnostic, SitegenError, refuse
from sitegen.look import now
from sitegen.markup import check_extensions
from sitegen.model import File, SectionIndex, Selection, Source
from sitegen.report import (
    Comparison,
    Measured,
    Other,
    Report,
    compare,
    measure,
    others,
    read_report,
    report_of,
)
from sitegen.revision import PastSite, find_revision, past_site
from sitegen.site import article_url, why_skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What looking at one source gave; nothing for an article that is not published."""

    measured: Measured | None = None
    pin: Pin | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """What does the work, who is told of it, and which articles are let in."""

    selection: Selection
    executor: Executor | None = None
    reporter: Reporter = SILENCE


def shell() -> Shell:
    """Return a shell that works in this process, says nothing and reads the clock."""
    return Shell(selection=Selection(now=now()))


def survey(config: SiteConfig, shell: Shell) -> Report:
    """Measure the summaries of all articles that a build would publish.

    Raises `ContentError` with every file that cannot be read.
    """
    found = _look(config, shell, partial(_measure_batch, selection=shell.selection))
    return report_of(config.title, [each.measured for each in found if each.measured])


def pins(config: SiteConfig, shell: Shell) -> list[Pin]:
    """Return the pins of all editors' summaries, drafts too; no article is summarised."""
    return [each.pin for each in _look(config, shell, _pin_batch) if each.pin]


def compare_with(config: SiteConfig, name: str, using: str, shell: Shell) -> Comparison:
    """Compare today's summaries with those of a git revision.

    ``using`` is the command of another version of sitegen, which makes the old ones; empty for
    this one.
    """
    revision = find_revision(name, config.root)
    with past_site(revision, config.file) as past:
        old = _said_by(using, past) if using else _past_survey(past, name, shell)
        new = survey(config, shell)
        today = config.root / config.content

        def same(source: str) -> bool:
            return _text(past.content / source) == _text(today / source)

        return compare(old, new.articles, same)


def _text(file: Path) -> bytes:
    return file.read_bytes().replace(b"\r\n", b"\n")  # as git may check it out


def _past_survey(past: PastSite, name: str, shell: Shell) -> tuple[Other, ...]:
    try:
        config = load_config(past.settings, past.settings.parent, {})
        return others(survey(config, shell))
    except SitegenError as error:
        raise type(error)(
            replace(each, path=f"{name}:{each.path}") for each in error.diagnostics
        ) from None


def _said_by(command: str, past: PastSite) -> tuple[Other, ...]:
    """Let another version of sitegen make the report, in the folder of the past."""
    words = shlex.split(command)
    if not words:
        raise SitegenError.of("is empty", path="--using", hint="name a command")
    if os.sep in words[0]:
        words[0] = os.path.abspath(words[0])  # the command is run in another folder
    words += ["summary", "report", "--json"]
    if past.settings.name not in CONFIG_NAMES:
        words += ["--config", past.settings.name]
    kept = {key: value for key, value in os.environ.items() if not key.startswith("SITEGEN_")}
    try:
        done = subprocess.run(
            words, cwd=past.settings.parent, capture_output=True, check=False, env=kept
        )
    except OSError as error:
        raise SitegenError.of(f"cannot run: {error.strerror}", path=command) from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")
        raise SitegenError.of(
            f"`summary report --json` failed: {said[0] or f'exit {done.returncode}'}", path=command
        )
    return read_report(done.stdout, command)


def _look(config: SiteConfig, shell: Shell, work: Callable[..., list[Found]]) -> list[Found]:
    """Read all content and hand it to ``work`` in batches; raise with all that is wrong."""
    check_extensions(config.markdown.extensions, config.markdown.extension_configs, config.file)
    content = find_content(config)
    wrong: list[Diagnostic] = []

    def good(files: Iterable[File]) -> Iterator[Source]:
        for each in read_sources(files, config):
            if isinstance(each, Source):
                yield each
            else:
                wrong.append(each)

    indexes, broken = compile_indexes(good(content.indexes), config)
    sections = {each.path: each for each in indexes}
    shell.reporter.stage("Reading and summarising", len(content.sources))
    batch = partial(work, config=config, sections=sections)
    batches = batched(good(content.sources), BATCH)
    found = list(in_batches(batch, batches, shell.executor, shell.reporter))
    wrong += [*broken, *(problem for each in found for problem in each.diagnostics)]
    refuse(located(wrong, content, config), ContentError)
    return found


def _measure_batch(
    sources: Sequence[Source],
    *,
    config: SiteConfig,
    sections: Mapping[str, SectionIndex],
    selection: Selection,
) -> list[Found]:
    found = extract_articles(sources, config, sections, explain=True)
    return [
        _measured(each, selection) if isinstance(each, Extract) else Found(diagnostics=each)
        for each in found
    ]


def _measured(extract: Extract, selection: Selection) -> Found:
    entry = finish(extract).entry
    if entry is None or why_skipped(entry, selection):
        return Found()
    return Found(measured=measure(extract, article_url(entry)))


def _pin_batch(
    sources: Sequence[Source], *, config: SiteConfig, sections: Mapping[str, SectionIndex]
) -> list[Found]:
    drafts = [read_draft(each, config, sections) for each in sources if _may_have_summary(each)]
    return [
        Found(pin=pin_of(each)) if isinstance(each, Draft) else Found(diagnostics=each)
        for each in drafts
    ]


def _may_have_summary(source: Source) -> bool:
    """Tell whether the key may be in a file; one without the word need not be parsed at all."""
    return b"summary" in source.data.replace(b"\0", b"").lower()  # UTF-16 has the zeros
