"""One rebuild of the preview: settings read anew, the site built, errors as data."""

import time
import traceback
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sitegen.batches import Reporter
from sitegen.build import build
from sitegen.cache import FOLDER, PREVIEW
from sitegen.config import SiteConfig
from sitegen.content import load_config
from sitegen.errors import Diagnostic, Severity, SitegenError
from sitegen.look import now
from sitegen.model import Selection
from sitegen.serve.model import Ask, Outcome
from sitegen.serve.problems import problem_of
from sitegen.stamp import extension_code, extension_files, loaded_code

OUTPUT = f"{FOLDER}/{PREVIEW}"


def preview_folder(ask: Ask) -> Path:
    """Return the folder that holds the preview, made where it was not there.

    Raises `SitegenError` where it is a link: it would lead what is written and what is served out.
    """
    folder = ask.file.parent.resolve() / OUTPUT
    for each in (folder.parent, folder):
        if each.is_symlink():
            raise SitegenError.of("is a link", path=str(each), hint="delete it")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SitegenError.of(f"cannot write: {error.strerror}", path=str(folder)) from None
    return folder


@dataclass(slots=True)
class Rebuilder:
    """Rebuilds a site again and again in one process."""

    ask: Ask
    config: SiteConfig | None = None

    def rebuild(
        self,
        executor: Executor | None,
        reporter: Reporter,
        first: Callable[[], None] | None = None,
    ) -> Outcome:
        """Rebuild the preview; nothing is raised. ``first``: see `sitegen.build.build`."""
        started = time.perf_counter()
        try:
            outcome = self._rebuild(executor, reporter, first)
        except SitegenError as error:
            outcome = self._failed(*error.diagnostics)
        except Exception as error:  # the server lives on, whatever this was
            outcome = self._failed(_unforeseen(error))
        return replace(outcome, seconds=time.perf_counter() - started)

    def _rebuild(
        self, executor: Executor | None, reporter: Reporter, first: Callable[[], None] | None
    ) -> Outcome:
        ask = self.ask
        # Static files keep their names, so that a change of a stylesheet changes no page.
        config = replace(
            load_config(ask.file, ask.file.parent, {}),
            output=OUTPUT,
            fingerprints=False,
        )
        self.config = config
        preview_folder(ask)
        names = config.markdown.extensions
        if loaded_code(names) != extension_code(names):
            return self._told(spent=True)  # what is imported here is the code of before
        selection = Selection(now=now(), drafts=ask.drafts, future=ask.future)
        result = build(
            config, executor=executor, selection=selection, reporter=reporter, first=first
        )
        skipped = sum(each.reason == "draft" for each in result.skipped)
        shown = [each for each in result.diagnostics if each.severity == Severity.WARNING]
        return self._told(
            problems=tuple(problem_of(each, config.root) for each in shown),
            written=result.published.written,
            removed=result.published.removed,
            pages=result.pages,
            drafts=skipped,
        )

    def _failed(self, *found: Diagnostic) -> Outcome:
        root = self.ask.file.parent
        return self._told(problems=tuple(problem_of(each, root) for each in found))

    def _told(self, **told: object) -> Outcome:
        """Make an outcome that also says what is known of the settings."""
        if self.config is None:
            return Outcome(watched=(), **told)  # type: ignore[arg-type]
        config = self.config
        return Outcome(
            prefix=unquote(urlsplit(config.base_url).path).rstrip("/"),
            watched=(
                config.root / config.content,
                config.root / config.templates,
                *_packages(config),
            ),
            **told,  # type: ignore[arg-type]
        )


def _packages(config: SiteConfig) -> set[Path]:
    """Return the folders of the project's own Markdown extensions, where these are packages."""
    folders = {file.parent for file in extension_files(config.markdown.extensions)}
    return {each for each in folders if config.root in each.parents}


def _unforeseen(error: Exception) -> Diagnostic:
    trace = "".join(traceback.format_exception(error)).rstrip()
    return Diagnostic(
        message=f"the build broke down: {type(error).__name__}: {error}\n{trace}",
        hint="this is a fault of sitegen's or of an extension: please report it",
    )
