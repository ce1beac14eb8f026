"""A look at the directory, before any file is opened: what is there, and what has changed.

Most builds find nothing to do, so nothing that only they need is imported here.
"""

import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sitegen.cache import Cache, Snapshot
from sitegen.config import SiteConfig
from sitegen.content import Content, find_content, read_theme
from sitegen.digest import digest
from sitegen.model import File, Seen, Selection, Theme, Written
from sitegen.publish import intact, settled
from sitegen.stamp import digest_of_file, loaded_code, program


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What compiling begins with: the content folder, and what the last build knew of it.

    ``seen`` has the files that ``before``, the snapshot of that build, knows, as they are now;
    ``code`` is the digest of all programs that make articles.
    """

    code: bytes
    content: Content
    before: Snapshot | None
    seen: Mapping[str, Seen]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look(Found):
    """What a build begins with.

    ``intact`` has the published files that are as the last build left them, and ``manifest`` what
    names them, where no other build has touched it.
    """

    theme: Theme
    recipe: bytes
    intact: Mapping[str, Written]
    manifest: Written | None


def look_at_content(config: SiteConfig, cache: Cache) -> Found:
    """Look at the content folder, and at what the last build knew of it."""
    content = find_content(config)
    before = cache.snapshot(output_name(config))
    return Found(
        code=digest(program(), loaded_code(config.markdown.extensions)),
        content=content,
        before=before,
        seen=_seen(content.files, before.files, config.root / config.content) if before else {},
    )


def look(config: SiteConfig, selection: Selection, cache: Cache) -> Look:
    """Look at content, theme and output folder, and at what the last build left."""
    theme = read_theme(config)
    found = look_at_content(config, cache)
    before = found.before
    folder = config.root / config.output
    return Look(
        code=found.code,
        content=found.content,
        before=before,
        seen=found.seen,
        theme=theme,
        recipe=recipe(config, selection, theme, found.code),
        intact=intact(before.outputs, folder) if before else {},
        manifest=settled(before.manifest, folder) if before else None,
    )


def unchanged(found: Look, selection: Selection) -> bool:
    """Tell whether a build would make what the last one left."""
    before = found.before
    return (
        before is not None
        and before.recipe == found.recipe
        and before.since <= selection.now < before.until
        and before.files.keys() == found.seen.keys()
        and all(each.digest == found.seen[path].digest for path, each in before.files.items())
        and len(found.intact) == len(before.outputs)
        and found.manifest is not None
        and sum(1 for _ in found.content.files) == len(before.files)
    )


def recipe(config: SiteConfig, selection: Selection, theme: Theme, code: bytes) -> bytes:
    """Return the digest of all but the content that an output folder is made from."""
    return digest(
        code,
        repr(replace(config, root=Path(), file="")).encode(),
        repr((selection.drafts, selection.future)).encode(),
        theme.digest,
    )


def output_name(config: SiteConfig) -> str:
    """Return the name under which the cache knows an output folder."""
    return os.path.relpath(config.root / config.output, config.root)


def now() -> datetime:
    """Read the clock, once a build; ``SOURCE_DATE_EPOCH`` (seconds) wins over it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = float(epoch) if epoch.isdecimal() else time.time()
    return datetime.fromtimestamp(seconds, tz=UTC)


def _seen(files: Iterable[File], before: Mapping[str, Seen], folder: Path) -> dict[str, Seen]:
    """Return what is known of the files; those whose stamps have changed are read."""
    root = os.path.join(folder, "")
    found = {}
    for file in files:
        known = before.get(file.path)
        if known and not (file.stamp and file.stamp == known.stamp):
            try:
                known = Seen(stamp=file.stamp, digest=digest_of_file(root + file.path))
            except OSError:
                continue  # whoever reads it will say what is wrong
        if known:
            found[file.path] = known
    return found
