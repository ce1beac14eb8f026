"""Articles picked by the names of their files, inside a site or outside of any.

Where a file lies in a site, the site's settings and the language and length that its section asks
for hold; elsewhere the defaults do.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from sitegen.article import Draft, Kind, kind_of, read_draft
from sitegen.compilation import compile_indexes
from sitegen.config import SiteConfig
from sitegen.content import find_config, load_config, read_indexes_above
from sitegen.errors import Diagnostic, SitegenError
from sitegen.model import SectionIndex, Source

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """A file that was asked for, named as it was asked for, and the article read from it."""

    shown: str
    source: Source
    kind: Kind
    draft: Draft


def pick(
    names: Iterable[str], *, config: SiteConfig | None = None, stdin: bytes = b"", markdown: bool
) -> tuple[list[Picked], list[Diagnostic]]:
    """Read the files, and return with them what is wrong with the others.

    ``config`` goes before the settings found above each file. ``markdown``: standard input,
    named ``-``, is Markdown; ``stdin`` holds its bytes.
    """
    site_of = cache(_site_of)  # many files lie in one folder
    picked: list[Picked] = []
    wrong: list[Diagnostic] = []
    for name in names:
        try:
            found = (
                _piped(stdin, config or site_of(Path.cwd()), markdown)
                if name == STANDARD_INPUT
                else _pick(name, config or site_of(Path(name).resolve().parent))
            )
        except SitegenError as error:
            wrong += error.diagnostics
        except OSError as error:
            wrong.append(_unreadable(name, error))
        else:
            picked += [found] if isinstance(found, Picked) else []
            wrong += [] if isinstance(found, Picked) else found
    return picked, list(dict.fromkeys(wrong))


def _piped(data: bytes, config: SiteConfig | None, markdown: bool) -> Picked | list[Diagnostic]:
    if not data.strip():
        return [Diagnostic(path="standard input", message="is empty")]
    kind = Kind.MARKDOWN if markdown else Kind.BARE
    source = Source(path=STANDARD_INPUT, data=data)
    draft = read_draft(source, config or SiteConfig(), {}, kind)
    if isinstance(draft, Draft):
        return Picked(shown=STANDARD_INPUT, source=source, kind=kind, draft=draft)
    return [replace(each, path="standard input") for each in draft]


def _pick(name: str, site: SiteConfig | None) -> Picked | list[Diagnostic]:
    file = Path(name)
    config, kind = site or SiteConfig(), kind_of(name)
    path = _path_in(config, file)
    source = Source(path=path or name, data=file.read_bytes())
    sections, broken = _sections(path, config) if path else ({}, [])
    draft = read_draft(source, config, sections, kind)
    if isinstance(draft, Draft) and not broken:
        return Picked(shown=name, source=source, kind=kind, draft=draft)
    own = () if isinstance(draft, Draft) else draft
    return [*broken, *(replace(each, path=name) for each in own)]


def _site_of(folder: Path) -> SiteConfig | None:
    file = find_config(folder)
    return load_config(file, folder, {}) if file else None


def _path_in(config: SiteConfig, file: Path) -> str:
    """Return the path below the content folder, or nothing for a file that lies elsewhere."""
    content = (config.root / config.content).resolve()
    found = file.resolve()
    inside = bool(config.file) and found.is_relative_to(content)
    return found.relative_to(content).as_posix() if inside else ""


def _sections(path: str, config: SiteConfig) -> tuple[dict[str, SectionIndex], list[Diagnostic]]:
    indexes, broken = compile_indexes(read_indexes_above(path, config), config)
    found = [replace(each, path=f"{config.content}/{each.path}") for each in broken]
    return {each.path: each for each in indexes}, found


def _unreadable(name: str, error: OSError) -> Diagnostic:
    if isinstance(error, FileNotFoundError):
        return Diagnostic(path=name, message="there is no such file")
    if isinstance(error, IsADirectoryError):
        return Diagnostic(path=name, message="is a folder", hint="name the files in it")
    return Diagnostic(path=name, message=f"cannot read: {error.strerror}")
