"""What is fuzzed: functions of bytes that raise only where a reader breaks its word.

Each of them runs without a fuzzer too, which is how the seeds in ``corpus/`` become tests. What
must hold is said once, in ``tests/property/``; the fuzzer only looks for it in other places.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

from sitegen.article import Draft, Kind, WrongSourceError, compile_articles, read_draft
from sitegen.article.decode import decode
from sitegen.article.front_matter import KEYS, _load_simple, front_matter, load, split
from sitegen.config import (
    DEFAULT_EXTENSIONS,
    FeedConfig,
    MarkdownConfig,
    SiteConfig,
    SummaryConfig,
    known_keys,
    parse_config,
)
from sitegen.errors import ConfigError
from sitegen.markup import render_markdown
from sitegen.markup.options import RawHtml
from sitegen.model import Source
from tests.property.test_front_matter import PIECES, by_yaml
from tests.property.test_markdown import DEFAULT, MARKS, MARKUP, hold
from tests.property.test_sanitize import FRAGMENTS, body_of, check

CORPUS = Path(__file__).parent / "corpus"
UTC = ZoneInfo("UTC")
CONFIG = SiteConfig()
LONGEST_TOKEN = 64
"""Bytes of a token, above which libFuzzer refuses the whole dictionary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A function that raises where something is wrong, and words worth putting into its input."""

    run: Callable[[bytes], None]
    words: tuple[str, ...] = ()

    @property
    def tokens(self) -> tuple[bytes, ...]:
        """The words as bytes, without those that UTF-8 or libFuzzer cannot hold."""
        written = (word.encode("utf-8", "ignore") for word in self.words)
        return tuple(dict.fromkeys(each for each in written if 0 < len(each) <= LONGEST_TOKEN))


def seeds(name: str) -> list[Path]:
    """Return the inputs that a hunt starts from, the same order everywhere."""
    return sorted((CORPUS / name).iterdir())


def text_of(data: bytes) -> str:
    """Make text of any bytes, so that the fuzzer need not find out what UTF-8 is."""
    return data.decode("utf-8", "replace")


def read_front_matter(data: bytes) -> None:
    """Read a file's front matter, of text that has been cleaned as every source is."""
    text = decode(text_of(data).encode())
    with suppress(WrongSourceError):
        block, _, fence = split(text)
        front_matter(load(block, fence), text, UTC)


def read_yaml(data: bytes) -> None:
    """Hold the short way through YAML against PyYAML, which must refuse in our own words."""
    block = text_of(data)
    expected = by_yaml(block)
    claimed = _load_simple(block)
    if claimed is not None:
        assert repr(claimed) == repr(expected), block


def read_drafts(data: bytes) -> None:
    """Read a source in each of the ways there are."""
    for path, kind in (("a.md", Kind.MARKDOWN), ("a.txt", Kind.TEXT), ("a.txt", Kind.BARE)):
        read = read_draft(Source(path=path, data=data), CONFIG, {}, kind)
        assert isinstance(read, Draft) or all(each.path == path and each.message for each in read)
        assert read, path


def compile_sources(data: bytes) -> None:
    """Compile a batch: summaries and entries are made, or it is told where each file is wrong."""
    sources = [Source(path=path, data=data) for path in ("a.txt", "a.md")]
    done = compile_articles(sources, CONFIG, {})
    for source, each in zip(sources, done, strict=True):
        found = each.diagnostics
        assert each.article or found, source
        assert each.article or all(one.path == source.path and one.line for one in found), each


def render_safely(data: bytes) -> None:
    """Render Markdown in every way settings allow, and look for what would run in a browser."""
    text = text_of(data)
    with suppress(RecursionError):
        render_markdown(text, DEFAULT_EXTENSIONS, {})
        check(body_of(text))
        check(body_of(text, "escape"))


def render_both_ways(data: bytes) -> None:
    """Hold the short way through Markdown against Python-Markdown."""
    hold(text_of(data), (DEFAULT, {}))


def read_config(data: bytes) -> None:
    """Read settings, from either of the two files that may hold them."""
    for file in ("sitegen.toml", "pyproject.toml"):
        with suppress(ConfigError):
            parse_config(text_of(data), file=file, root=Path())


def keys_of(*kinds: type) -> Iterable[str]:
    """Return the keys of settings tables as they stand in TOML."""
    return (f"{key} = " for kind in kinds for key in sorted(known_keys(kind)))


YAML = (
    *PIECES, *(f"{key}: " for key in sorted(KEYS)), "&a ", "*a", "<<: *a", "!!str ", "!!set ",
    "!!int ", "!!float ", "!!timestamp ", "!!binary ", "!!omap ", "|\n  ", ">-\n  ", "%YAML 1.1\n",
)  # fmt: skip
TOML = (
    "true", "false", "inf", "nan", "1979-05-27", "07:32:00", "1979-05-27T07:32:00Z", '"""', "'''",
    "= ", "[", "]", "[[", "]]", "{", "}", '"a"', "0x", "1_000", "1e9", "\\u0000", "\\U0001F600",
)  # fmt: skip
VALUES = (
    "0.2", "1e999", "2026-01-02", "2026-01-02 14:30", "9999-12-31", "0001-01-01T00:00+14:00",
    "en", "pt-BR", "zh", "ar", "no time to read", "previous article", "Get a summary", "\xef",
)  # fmt: skip
FRONT = (*YAML, *TOML, *VALUES, *(f"{key} = " for key in sorted(KEYS)), "---\n", "+++\n")
REFERENCES = ("&#29;", "&#x1d;", "&#29;0&#29;", "&#2;", "&#0;", "&NewLine;", "&colon;", "&quot;")
MARKDOWN = (*MARKS, *MARKUP, *FRAGMENTS, *REFERENCES)
SETTINGS = (
    *TOML, *keys_of(SiteConfig, SummaryConfig, FeedConfig, MarkdownConfig), "[summary]\n",
    "[feed]\n", "[markdown]\n", "[tool.sitegen]\n", "[tool.sitegen.summary]\n", "http://", "UTC",
    "Europe/Berlin", "../", "extension_configs = ", *map(str, get_args(RawHtml)),
)  # fmt: skip

TARGETS = {
    "front_matter": Target(run=read_front_matter, words=FRONT),
    "yaml": Target(run=read_yaml, words=YAML),
    "drafts": Target(run=read_drafts, words=(*FRONT, *MARKDOWN)),
    "articles": Target(run=compile_sources, words=(*FRONT, *MARKDOWN)),
    "markdown": Target(run=render_safely, words=MARKDOWN),
    "ways": Target(run=render_both_ways, words=MARKDOWN),
    "config": Target(run=read_config, words=SETTINGS),
}
