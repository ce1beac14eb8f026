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
from sitegen.stamp import digest_of_file, extension_code, program


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a build begins with.

    ``seen`` has the files that ``before``, the snapshot of the last build, knows, as they are
    now; ``intact`` the published files that are as that build left them, and ``manifest`` what
    names them, where no other build has touched it.
    """

    content: Content
    theme: Theme
    recipe: bytes
    before: Snapshot | None
    seen: Mapping[str, Seen]
    intact: Mapping[str, Written]
    manifest: Written | None


def look(config: SiteConfig, selection: Selection, cache: Cache) -> Look:
    """Look at content, theme and output folder, and at what the last build left."""
    theme = read_theme(config)
    content = find_content(config)
    before = cache.snapshot(output_name(config))
    folder = config.root / config.output
    return Look(
        content=content,
        theme=theme,
        recipe=recipe(config, selection, theme),
        before=before,
        seen=_seen(content.files, before.files, config.root / config.content) if before else {},
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


def recipe(config: SiteConfig, selection: Selection, theme: Theme) -> bytes:
    """Return the digest of all but the content that an output folder is made from."""
    return digest(
        program(),
        extension_code(config.markdown.extensions),
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
        if (known and file.stamp != known.stamp) or (known and not file.stamp):
            try:
                known = Seen(stamp=file.stamp, digest=digest_of_file(root + file.path))
            except OSError:
                continue  # whoever reads it will say what is wrong
        if known:
            found[file.path] = known
    return found
