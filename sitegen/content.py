"""Finds and reads ``content/``, ``templates/`` and the settings: the disk side of the input."""

import fnmatch
import os
import re
import shutil
import time
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any

from sitegen.config import SiteConfig, loads, parse_config, toml_error
from sitegen.digest import digest_of
from sitegen.errors import ConfigError, ContentError, Diagnostic
from sitegen.model import File, Source, Theme
from sitegen.stamp import stamp_of

CONFIG_NAMES = ("sitegen.toml", "pyproject.toml")
ARTICLE_SUFFIXES = (".md", ".markdown", ".txt")
IGNORED = (
    ".*",
    "*~",
    "#*#",
    "*.swp",
    "*.swx",
    "*.tmp",
    "*.bak",
    "*.orig",
    "Thumbs.db",
    "desktop.ini",
)
TEMPLATE_SUFFIXES = (".html", ".xml", ".json", ".txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All files under ``content/``: articles, the folders' ``_index`` files, and the rest."""

    sources: tuple[File, ...]
    indexes: tuple[File, ...]
    assets: tuple[File, ...]

    @property
    def files(self) -> Iterator[File]:
        """All of them."""
        return chain(self.sources, self.indexes, self.assets)


def load_config(file: Path | None, folder: Path, overrides: Mapping[str, Any]) -> SiteConfig:
    """Read the settings from ``file``, or from the file found in ``folder`` or above it."""
    found = settings_file(file, folder)
    try:
        text = found.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError.of("not UTF-8", path=str(found), hint="save the file as UTF-8") from None
    return parse_config(text, file=found.name, root=found.parent.resolve(), overrides=overrides)


def settings_file(file: Path | None, folder: Path) -> Path:
    """Return ``file``, or the settings file found in ``folder`` or above it; it is there."""
    if file is not None and not file.is_file():
        raise ConfigError.of("there is no such settings file", path=str(file), hint="see --config")
    found = file or find_config(folder)
    if found is None:
        raise ConfigError.of(
            f"no sitegen.toml in {folder} or above it",
            hint="`sitegen init DIR` makes a new site; --config names a file",
        )
    return found


def find_config(folder: Path) -> Path | None:
    """Return the settings file in ``folder`` or nearest above it."""
    return next(_candidates(folder), None)


def find_content(config: SiteConfig) -> Content:
    """List the content folder, in the order of the files' paths; no file is opened."""
    root = config.root / config.content
    if not root.is_dir():
        raise ContentError.of(
            "the content folder is not there", path=config.content, hint="make it, or set 'content'"
        )
    found: dict[str, list[File]] = {"source": [], "index": [], "asset": []}
    for file in _files(root, config.ignore, config.content, confined=True):
        found[_kind(file.path)].append(file)
    return Content(
        sources=tuple(found["source"]),
        indexes=tuple(found["index"]),
        assets=tuple(found["asset"]),
    )


def _kind(path: str) -> str:
    if not path.lower().endswith(ARTICLE_SUFFIXES):
        return "asset"
    name = path.rpartition("/")[2]
    return "index" if name.rpartition(".")[0] == "_index" else "source"


def read_sources(files: Iterable[File], config: SiteConfig) -> Iterator[Source | Diagnostic]:
    """Read one file after the other; yield what is wrong with one that cannot be read."""
    root = os.path.join(config.root, config.content, "")
    for file in files:
        try:
            with open(root + file.path, "rb", buffering=0) as opened:
                yield Source(path=file.path, data=opened.read())
        except OSError as error:
            yield unreadable(file.path, error)


def unreadable(path: str, error: OSError) -> Diagnostic:
    """Say that a file cannot be read."""
    return Diagnostic(path=path, message=f"cannot read: {error.strerror}")


def read_indexes_above(path: str, config: SiteConfig) -> tuple[Source, ...]:
    """Read the ``_index`` files of the folders that lead to an article of the site."""
    root = config.root / config.content
    folders = [root / each for each in PurePosixPath(path).parents]
    return tuple(
        Source(path=file.relative_to(root).as_posix(), data=file.read_bytes())
        for folder in reversed(folders)
        for suffix in ARTICLE_SUFFIXES
        if (file := folder / f"_index{suffix}").is_file()
    )


def rewrite(file: Path, data: bytes) -> None:
    """Replace a file's bytes, under a temporary name first, so that it is never half written."""
    target = file.resolve()  # a link stays a link
    temporary = target.with_name(f".{target.name}.sitegen-tmp")
    try:
        temporary.write_bytes(data)
        if target.exists():
            shutil.copymode(target, temporary)
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def default_theme() -> Path:
    """Return the folder of the default theme: in the wheel, or beside the package."""
    packaged = Path(__file__).parent / "theme"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "templates"


def read_theme(config: SiteConfig) -> Theme:
    """Read the theme: the user's files go before the default's of the same name."""
    files: dict[str, tuple[Path, str]] = {}
    for folder, shown in (
        (default_theme(), ""),
        (config.root / config.templates, config.templates),
    ):
        if folder.is_dir():
            files |= {
                each.path: (folder / each.path, f"{shown or 'theme'}/{each.path}")
                for each in _files(folder, config.ignore, shown or "theme")
            }
    templates, origins, static, strings = [], [], [], []
    for path, (file, origin) in sorted(files.items()):
        if path.startswith("static/"):
            static.append((path.removeprefix("static/"), _bytes(file, origin)))
        elif path.startswith("strings/") and path.endswith(".toml"):
            strings.append((file.stem, _strings(file, origin)))
        elif path.endswith(TEMPLATE_SUFFIXES):
            templates.append((path, _template(file, origin)))
            origins.append((path, origin))
    options = (config.fingerprints, config.sandbox)
    parts = (tuple(templates), tuple(origins), tuple(static), tuple(strings), options)
    return Theme(
        templates=parts[0],
        origins=parts[1],
        static=parts[2],
        strings=parts[3],
        fingerprints=config.fingerprints,
        sandbox=config.sandbox,
        digest=digest_of(parts),
    )


def _template(file: Path, origin: str) -> str:
    try:
        return _bytes(file, origin).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise ConfigError.of("not UTF-8", path=origin, hint="save the file as UTF-8") from None


def _bytes(file: Path, origin: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ConfigError.of(f"cannot read: {error.strerror}", path=origin) from None


def _strings(file: Path, origin: str) -> tuple[tuple[str, str], ...]:
    try:
        table = loads(_template(file, origin))
    except tomllib.TOMLDecodeError as error:
        raise toml_error(error, origin) from None
    return tuple(sorted((key, str(value)) for key, value in table.items()))


def _candidates(folder: Path) -> Iterator[Path]:
    for parent in (folder, *folder.parents):
        for name in CONFIG_NAMES:
            file = parent / name
            if file.is_file() and (name == "sitegen.toml" or "tool.sitegen" in _loose_text(file)):
                yield file


def _loose_text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")


def _files(
    root: Path, ignore: tuple[str, ...], shown: str, *, confined: bool = False
) -> list[File]:
    """Return all files below ``root``, sorted by their POSIX paths in composed form (NFC).

    ``shown`` is the folder's name in messages; ``confined``: no link may lead out of it.
    """
    ignored = re.compile("|".join(map(fnmatch.translate, (*IGNORED, *ignore)))).match
    now = time.time_ns()
    found: list[File] = []
    wrong: list[Diagnostic] = []
    folders = [("", os.fspath(root))]
    while folders:
        prefix, folder = folders.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if ignored(entry.name):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append((f"{prefix}{entry.name}/", entry.path))
                elif reason := _why_not(entry, root if confined else None):
                    wrong.append(Diagnostic(path=f"{shown}/{prefix}{entry.name}", message=reason))
                else:
                    found.append(File(path=prefix + entry.name, stamp=_stamp_of(entry, now)))
    wrong += [_misnamed(f"{shown}/{each.path}") for each in found if _is_no_text(each.path)]
    if wrong:
        raise ContentError(sorted(wrong, key=lambda each: each.path))
    return sorted(found, key=_composed)


def _why_not(entry: os.DirEntry[str], root: Path | None) -> str:
    """Return why what is no folder is not read, or nothing; no link may leave ``root``."""
    if entry.is_file(follow_symlinks=False):
        return ""
    if not entry.is_symlink():
        return "is no file that can be read, but a device, a pipe or the like"
    try:
        if entry.is_dir():
            return "is a link to a folder, which is not followed: it may lead back or out"
    except OSError as error:
        return f"is a link that cannot be followed: {error.strerror}"
    if root and not Path(entry.path).resolve().is_relative_to(root.resolve()):
        return "is a link that leads out of the folder"
    return ""


def _is_no_text(path: str) -> bool:
    """Tell whether a file's name is not UTF-8, so that no page could link to it."""
    return not path.isascii() and any("\ud800" <= each <= "\udfff" for each in path)


def _misnamed(path: str) -> Diagnostic:
    name = os.fsencode(path).decode("utf-8", "backslashreplace")
    return Diagnostic(path=name, message="the file's name is not UTF-8", hint="rename it")


def _stamp_of(entry: os.DirEntry[str], now: int) -> bytes:
    try:
        return stamp_of(entry.stat(), now)
    except OSError:  # a link to nowhere; whoever reads it will say so
        return b""


def _composed(file: File) -> tuple[str, str]:
    path = file.path
    return (path if path.isascii() else unicodedata.normalize("NFC", path), path)
