"""Settings: ``sitegen.toml`` or ``[tool.sitegen]`` in ``pyproject.toml`` become a `SiteConfig`.

Precedence is flags, environment (``SITEGEN_*``), file, defaults; the shell hands flags and
environment in as overrides, so this module reads nothing but the text it is given.
"""

import math
import posixpath
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from itertools import permutations
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec

from sitegen.errors import ConfigError, Diagnostic, nearest

SENTENCES = 3
"""Sentences of a summary where nobody says how long it is to be."""

DEFAULT_EXTENSIONS = ("extra", "sane_lists", "toc", "codehilite")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownConfig:
    """Python-Markdown's extensions by name, and the options of each.

    ``raw_html``: HTML in Markdown loses what could harm readers, stays as it is, or becomes text.
    """

    extensions: tuple[str, ...] = DEFAULT_EXTENSIONS
    extension_configs: dict[str, dict[str, Any]] = field(default_factory=dict)
    raw_html: Literal["sanitize", "allow", "escape"] = "sanitize"


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryConfig:
    """How long summaries are: so many ``sentences``, or ``words``, or a share, the ``ratio``.

    One of the three is given at most; none means `SENTENCES`.
    """

    sentences: int | None = None
    words: int | None = None
    ratio: float | None = None

    @property
    def given(self) -> dict[str, float]:
        """The keys that are set, in the order above."""
        asked = {"sentences": self.sentences, "words": self.words, "ratio": self.ratio}
        return {key: value for key, value in asked.items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedConfig:
    """``items``: articles a feed; ``full``: whole articles, not only their summaries."""

    items: int = 20
    full: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsConfig:
    """What one article may take: ``seconds`` to be compiled."""

    seconds: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteConfig:
    """Everything a user can set. Folders are relative to ``root``, the config file's folder.

    ``sandbox``: templates are strangers', and run in Jinja's sandbox.
    """

    title: str = "Untitled site"
    description: str = ""
    base_url: str = ""
    language: str = "en"
    timezone: str = "UTC"
    authors: tuple[str, ...] = ()
    content: str = "content"
    templates: str = "templates"
    output: str = "output"
    page_size: int = 20
    menu: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    summary: SummaryConfig = SummaryConfig()
    feed: FeedConfig = FeedConfig()
    markdown: MarkdownConfig = MarkdownConfig()
    limits: LimitsConfig = LimitsConfig()
    sandbox: bool = False
    root: Path = Path()
    file: str = ""
    fingerprints: bool = True
    """Put a digest into the names of static files, so that hosts may let them be kept for ever."""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which a date without a time is midnight."""
        return ZoneInfo(self.timezone)


INTERNAL = {"root", "file", "fingerprints"}
WAYS_OUT = {"summary.sentences": "a share of the article is `ratio`"}
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


def known_keys(kind: type) -> set[str]:
    """Return the keys that a settings table of this kind may hold."""
    return {each.name for each in fields(kind)} - INTERNAL


def line_of(text: str, key: str) -> int | None:
    """Return the line on which a key is set in TOML, YAML or the head of a text, or ``None``."""
    pattern = rf"^[ \t]*\[*[\w.\"']*?\b{re.escape(key)}\b[\"']?[ \t]*[\]=:]"
    match = re.search(pattern, text, re.M | re.I)
    return text.count("\n", 0, match.start()) + 1 if match else None


def unknown_keys(table: Mapping[str, Any], kind: type, prefix: str = "") -> list[tuple[str, str]]:
    """Return each key, at any depth, that no setting is named after, with a hint."""
    known = known_keys(kind)
    found = [(prefix + key, nearest(key, known)) for key in table if key not in known]
    defaults = kind()
    for key in table.keys() & known:
        inner = getattr(defaults, key)
        if is_dataclass(inner) and isinstance(table[key], dict):
            found += unknown_keys(table[key], type(inner), f"{prefix}{key}.")
    return found


def parse_config(
    text: str, *, file: str, root: Path, overrides: Mapping[str, Any] | None = None
) -> SiteConfig:
    """Make a `SiteConfig` of a settings file's text; ``file`` is its name in messages.

    Raises `ConfigError` with every unknown key, wrong type and wrong value found.
    """
    try:
        data = loads(text)
    except tomllib.TOMLDecodeError as error:
        raise toml_error(error, file) from None
    if Path(file).name == "pyproject.toml":
        for name in ("tool", "sitegen"):
            data = data.get(name, {})
            if not isinstance(data, dict):
                raise ConfigError.of(f"{name!r} must be a table", path=file)
    if unknown := unknown_keys(data, SiteConfig):
        raise ConfigError(
            Diagnostic(
                path=file,
                line=line_of(text, key.rpartition(".")[2]),
                message=f"unknown setting {key!r}",
                hint=hint,
            )
            for key, hint in unknown
        )
    return convert({**data, **(overrides or {})}, text, file, root)


def convert(data: Mapping[str, Any], text: str, file: str, root: Path) -> SiteConfig:
    """Check types and values and make the `SiteConfig`."""
    if key := _with_control(data):
        message = f"setting {key!r} has a control character in it"
        line = line_of(text, key.rpartition(".")[2])
        raise ConfigError([Diagnostic(path=file, line=line, message=message)])
    try:
        config = msgspec.convert({**data, "root": root, "file": file}, SiteConfig, dec_hook=_as_is)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `$.")
        key = place.rstrip("`").split("[")[0]
        line = line_of(text, key.rpartition(".")[2]) if key else None
        message = message.replace(" | null", "")
        what = f"setting {key!r}: {message}" if key else message
        found = Diagnostic(path=file, line=line, message=what, hint=WAYS_OUT.get(key, ""))
        raise ConfigError([found]) from None
    if problems := list(_problems(config)):
        raise ConfigError(
            Diagnostic(path=file, line=line_of(text, key), message=message)
            for key, message in problems
        )
    return config


def _with_control(data: Any, key: str = "") -> str:
    """Return the key of a text with a character that no page can carry, or nothing."""
    if isinstance(data, str):
        return key if CONTROL.search(data) else ""
    if isinstance(data, Mapping):
        found = (_with_control(value, f"{key}.{name}".lstrip(".")) for name, value in data.items())
    elif isinstance(data, list | tuple):
        found = (_with_control(each, key) for each in data)
    else:
        return ""
    return next(filter(None, found), "")


def loads(text: str) -> dict[str, Any]:
    """Parse TOML; whatever is wrong with it is a `tomllib.TOMLDecodeError`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError:
        raise tomllib.TOMLDecodeError("nested too deeply") from None
    except ValueError as error:  # a number of more digits than Python reads
        raise tomllib.TOMLDecodeError(str(error)) from None


def toml_error(error: tomllib.TOMLDecodeError, path: str, offset: int = 0) -> ConfigError:
    """Turn a TOML parser's complaint into a diagnostic; ``offset`` lines precede the block."""
    match = re.search(r"line (\d+)", str(error))
    line = (int(match[1]) if match else 1) + offset
    message = re.sub(r" \(at .*\)$", "", str(error))
    return ConfigError([Diagnostic(path=path, line=line, message=f"broken TOML: {message}")])


def _as_is(kind: type, value: object) -> object:
    if isinstance(value, kind):
        return value
    raise NotImplementedError(f"cannot read {kind.__name__}")


def _problems(config: SiteConfig) -> list[tuple[str, str]]:
    try:
        url = urlsplit(config.base_url)
    except ValueError:
        url = urlsplit("")
    checks = [
        (
            not config.base_url or (url.scheme in {"http", "https"} and bool(url.netloc)),
            "base_url",
            f"setting 'base_url' must be like 'https://example.org', not {config.base_url!r}",
        ),
        (
            LANGUAGE.fullmatch(config.language) is not None,
            "language",
            f"setting 'language' must be a code like 'en' or 'pt-BR', not {config.language!r}",
        ),
        (
            _is_zone(config.timezone),
            "timezone",
            f"setting 'timezone' must be a name like 'Europe/Berlin', not {config.timezone!r}",
        ),
        *_length_checks(config.summary),
        (config.page_size >= 1, "page_size", "setting 'page_size' must be 1 or more"),
        (config.limits.seconds > 0, "seconds", "setting 'limits.seconds' must be above 0"),
        (config.feed.items >= 1, "items", "setting 'feed.items' must be 1 or more"),
        (
            not _overlap(config),
            "output",
            "'content', 'templates' and 'output' must be three folders, none inside another",
        ),
    ]
    return [(key, message) for fits, key, message in checks if not fits]


def _length_checks(summary: SummaryConfig) -> Iterator[tuple[bool, str, str]]:
    for key, value in summary.given.items():
        if key == "ratio":
            yield 0 < value <= 1, key, "setting 'summary.ratio' must be above 0 and at most 1"
        else:
            yield value >= 1, key, f"setting 'summary.{key}' must be 1 or more"
    *first, last = summary.given or [""]
    names = " and ".join(repr(each) for each in (*first, last))
    yield not first, last, f"settings {names} of 'summary' are given: keep one of them"


def _overlap(config: SiteConfig) -> bool:
    """Tell whether one of the three folders is, or lies in, another."""
    names = (config.content, config.templates, config.output)
    folders = [Path(posixpath.normpath((config.root / each).as_posix())) for each in names]
    return any(one.is_relative_to(other) for one, other in permutations(folders, 2))


def is_sentence_count(value: float) -> bool:
    """Tell whether ``value`` is a number of sentences or a share of the article."""
    return 0 < value < 1 or (value >= 1 and math.isfinite(value) and value == int(value))


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True
