"""Plain text as people have it: a title, ``Key: value`` lines, paragraphs, and the furniture
that text saved from a news page carries, which goes.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sitegen.article.front_matter import KEYS, front_matter
from sitegen.article.wrong import WrongSourceError
from sitegen.errors import Diagnostic, Severity, nearest
from sitegen.markup import CLOSED, Parsed, plain
from sitegen.model import FrontMatter

TEXT_KEY = re.compile(r"([A-Za-z_]{2,20})[ \t]*:(?:[ \t]+(.*))?")
FURNITURE = frozenset({"no time to read", "get a summary", "no time to read? get a summary"})
LONGEST_TITLE = 150
NEIGHBOUR = frozenset({"previous article", "next article"})
TELLING = ("read", "summary", "article")
"""Words of which each line of furniture has one."""

Read = tuple[FrontMatter, Parsed, Sequence[Diagnostic]]


class Head(NamedTuple):
    """The lines, counted from 0, of a title, of each key, and where the body begins."""

    title: int
    keys: Mapping[str, int]
    body: int


def read_text(text: str, path: str, zone: ZoneInfo) -> Read:
    """Read plain text: a title, ``Key: value`` lines, paragraphs; furniture of web pages goes."""
    lines = text.split("\n")
    furniture = _furniture(lines)
    head = _head(lines, frozenset(furniture))
    if head is None:
        raise WrongSourceError.of(
            "nothing but page furniture", line=1, hint="give it a title and text"
        )
    notes = [
        Diagnostic(
            severity=Severity.NOTE,
            path=path,
            line=number + 1,
            message=f"left out {lines[number].strip()!r}",
        )
        for number in furniture
    ]
    given = {key: (_text_key(lines[at]) or ("", ""))[1] for key, at in head.keys.items()}
    front = front_matter({"title": " ".join(lines[head.title].split()), **given}, text, zone)
    body = ["" if at in furniture else line for at, line in enumerate(lines)][head.body :]
    return front, plain(_paragraphs("\n".join(body))), notes


def read_bare(text: str, path: str, zone: ZoneInfo) -> Read:
    """Read plain text that need not begin with a title.

    Its first line is one where it stands alone, is short, and does not end as a sentence does.
    """
    first, _, rest = text.strip().partition("\n")
    second = rest.partition("\n")[0]
    alone = bool(rest.strip()) and (not second.strip() or _text_key(second) is not None)
    sentence = CLOSED.search(first.strip()) and not first.strip().endswith("?")
    if alone and len(first) <= LONGEST_TITLE and not sentence:
        return read_text(text, path, zone)
    return FrontMatter(), plain(_paragraphs(text)), []


def head_of(lines: Sequence[str]) -> Head | None:
    """Find the title and the ``Key: value`` lines below it; nothing where there is no title."""
    return _head(lines, frozenset(_furniture(lines)))


def _head(lines: Sequence[str], furniture: frozenset[int]) -> Head | None:
    title = next(
        (at for at, line in enumerate(lines) if line.strip() and at not in furniture), None
    )
    if title is None:
        return None
    keys: dict[str, int] = {}
    at = title + 1
    while at < len(lines) and at not in furniture and (key := _text_key(lines[at])):
        keys[key[0]] = at
        at += 1
    return Head(title=title, keys=keys, body=at)


def _paragraphs(text: str) -> list[str]:
    return [each for each in re.split(r"\n[ \t]*\n", text.strip("\n")) if each.strip()]


def _text_key(line: str) -> tuple[str, str] | None:
    """Read a ``Key: value`` line; a word that is no key, nor nearly one, begins the body."""
    match = TEXT_KEY.fullmatch(line.strip())
    if not match:
        return None
    key = match[1].lower()
    if key not in KEYS and not nearest(key, KEYS).startswith("did"):
        return None
    return key, (match[2] or "").strip()


def _furniture(lines: Sequence[str]) -> list[int]:
    """Return the numbers, from 0, of the lines that a saved web page left in the text."""
    bare = {number: _bare(line) for number, line in enumerate(lines) if line.strip()}
    found = [number for number, line in bare.items() if line in FURNITURE]
    rest = [number for number in bare if number not in found]
    while rest:
        if bare[rest[-1]] in NEIGHBOUR:
            found.append(rest.pop())
        elif len(rest) > 1 and bare[rest[-2]] in NEIGHBOUR:
            found += [rest.pop(), rest.pop()]
        else:
            break
    return sorted(found)


def _bare(line: str) -> str:
    """Return a line's words without what is around them; nothing where it is no furniture."""
    folded = line.casefold()
    if not any(map(folded.__contains__, TELLING)):
        return ""
    return re.sub(r"^\W+|\W+$", "", " ".join(line.split())).casefold()
