"""Two sets of summaries are compared: what a change of settings or of the program does to them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import msgspec

from sitegen.errors import SitegenError
from sitegen.report.model import Measured, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence of another version's report."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """An article of another version's report: the keys that every version's has."""

    source: str
    title: str
    digest: str
    by: str
    sentences: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Others:
    articles: tuple[Other, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An article whose summary differs; ``edited``: its own text does, too.

    ``lines`` has the sentences in order, marked ``-`` (gone), ``+`` (new) or a space (kept).
    """

    source: str
    title: str
    edited: bool
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs, and how many articles were compared, edited, added and removed."""

    changes: tuple[Change, ...]
    compared: int
    edited: int
    added: int
    removed: int


def read_report(data: bytes, origin: str) -> tuple[Other, ...]:
    """Read another version's ``summary report --json``; ``origin`` names it in messages."""
    try:
        return msgspec.json.decode(data, type=_Others).articles
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SitegenError.of(
            f"wrote no report that can be read: {error}",
            path=origin,
            hint="the command must know `summary report --json`",
        ) from None


def others(report: Report) -> tuple[Other, ...]:
    """Return this version's report as that of another."""
    return tuple(
        Other(
            source=each.source,
            title=each.title,
            digest=each.digest,
            by=each.by,
            sentences=tuple(Said(text=sentence.text) for sentence in each.sentences),
        )
        for each in report.articles
    )


def compare(
    old: Sequence[Other], new: Sequence[Measured], same_file: Callable[[str], bool]
) -> Comparison:
    """Compare the summaries of the articles that both have.

    ``same_file`` tells whether a source's bytes are the same on both sides; where they are, only
    settings or the program can be the cause.
    """
    before: Mapping[str, Other] = {each.source: each for each in old}
    pairs = [(before[each.source], each) for each in new if each.source in before]
    edited = {
        each.source for was, each in pairs if _edited(was, each) and not same_file(each.source)
    }
    changes = [
        Change(
            source=each.source,
            title=each.title,
            edited=each.source in edited,
            lines=_lines(was, each),
        )
        for was, each in sorted(pairs, key=lambda pair: pair[1].source)
    ]
    return Comparison(
        changes=tuple(each for each in changes if any(mark != " " for mark, _ in each.lines)),
        compared=len(pairs) - len(edited),
        edited=len(edited),
        added=len(new) - len(pairs),
        removed=len(before) - len(pairs),
    )


def _edited(old: Other, new: Measured) -> bool:
    """Tell an article whose author had a hand in it: text, title or a summary of their own."""
    return (old.digest, old.title) != (new.digest, new.title) or "editor" in (old.by, new.by)


def _lines(old: Other, new: Measured) -> tuple[tuple[str, str], ...]:
    one = [each.text for each in old.sentences]
    other = [each.text for each in new.sentences]
    found: list[tuple[str, str]] = []
    for kind, i, j, k, m in SequenceMatcher(a=one, b=other, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [(" ", text) for text in one[i:j]]
        else:
            found += [("-", text) for text in one[i:j]]
            found += [("+", text) for text in other[k:m]]
    return tuple(found)
