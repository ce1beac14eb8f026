"""Finds and reads ``content/``, ``templates/`` and the settings: the disk side of the input."""

import fnmatch
import os
import shutil
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from sitegen.config import SiteConfig, parse_config, toml_error
from sitegen.errors import ConfigError, ContentError, Diagnostic
from sitegen.model import Asset, Source, Theme

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

    sources: tuple[Source, ...]
    indexes: tuple[Source, ...]
    assets: tuple[Asset, ...]


def load_config(file: Path | None, folder: Path, overrides: Mapping[str, Any]) -> SiteConfig:
    """Read the settings from ``file``, or from the file found in ``folder`` or above it."""
    if file is not None and not file.is_file():
        raise ConfigError.of("there is no such settings file", path=str(file), hint="see --config")
    found = file or find_config(folder)
    if found is None:
        raise ConfigError.of(
            f"no sitegen.toml in {folder} or above it",
            hint="`sitegen init DIR` makes a new site; --config names a file",
        )
    try:
        text = found.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError.of("not UTF-8", path=str(found), hint="save the file as UTF-8") from None
    return parse_config(text, file=found.name, root=found.parent.resolve(), overrides=overrides)


def find_config(folder: Path) -> Path | None:
    """Return the settings file in ``folder`` or nearest above it."""
    return next(_candidates(folder), None)


def read_content(config: SiteConfig) -> Content:
    """Read the content folder, in the order of the files' paths."""
    root = config.root / config.content
    if not root.is_dir():
        raise ContentError.of(
            "the content folder is not there", path=config.content, hint="make it, or set 'content'"
        )
    sources: list[Source] = []
    indexes: list[Source] = []
    assets: list[Asset] = []
    unreadable: list[Diagnostic] = []
    for path, file in _files(root, config.ignore):
        if not path.lower().endswith(ARTICLE_SUFFIXES):
            assets.append(Asset(path=path, file=file))
            continue
        try:
            source = Source(path=path, data=file.read_bytes())
        except OSError as error:
            unreadable.append(
                Diagnostic(
                    path=f"{config.content}/{path}", message=f"cannot read: {error.strerror}"
                )
            )
            continue
        (indexes if file.stem == "_index" else sources).append(source)
    if unreadable:
        raise ContentError(unreadable)
    return Content(sources=tuple(sources), indexes=tuple(indexes), assets=tuple(assets))


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
                path: (file, f"{shown or 'theme'}/{path}")
                for path, file in _files(folder, config.ignore)
            }
    templates, origins, static, strings = [], [], [], []
    for path, (file, origin) in sorted(files.items()):
        if path.startswith("static/"):
            static.append((path.removeprefix("static/"), file.read_bytes()))
        elif path.startswith("strings/") and path.endswith(".toml"):
            strings.append((file.stem, _strings(file, origin)))
        elif path.endswith(TEMPLATE_SUFFIXES):
            templates.append((path, _template(file, origin)))
            origins.append((path, origin))
    return Theme(
        templates=tuple(templates),
        origins=tuple(origins),
        static=tuple(static),
        strings=tuple(strings),
    )


def _template(file: Path, origin: str) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError.of("not UTF-8", path=origin, hint="save the file as UTF-8") from None


def _strings(file: Path, origin: str) -> tuple[tuple[str, str], ...]:
    try:
        table = tomllib.loads(_template(file, origin))
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


def _files(root: Path, ignore: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    """Yield each file's POSIX path below ``root``, composed (NFC), and the file, sorted."""
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [each for each in folders if not _ignored(each, ignore)]
        for name in names:
            if not _ignored(name, ignore):
                file = Path(folder, name)
                found.append((file.relative_to(root).as_posix(), file))
    for path, file in sorted(
        found, key=lambda each: (unicodedata.normalize("NFC", each[0]), each[0])
    ):
        yield path, file


def _ignored(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in (*IGNORED, *patterns))
