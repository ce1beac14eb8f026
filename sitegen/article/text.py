"""Plain text as people have it: a title, ``Key: value`` lines, paragraphs, and the furniture
that text saved from a news page carries, which goes.
"""

import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sitegen.article.front_matter import KEYS, front_matter
from sitegen.article.wrong import WrongSourceError
from sitegen.errors import Diagnostic, Severity, nearest
from sitegen.markup import Parsed, plain
from sitegen.model import FrontMatter

TEXT_KEY = re.compile(r"([A-Za-z_]{2,20})[ \t]*:(?:[ \t]+(.*))?")
FURNITURE = frozenset({"no time to read", "get a summary", "no time to read? get a summary"})
NEIGHBOUR = frozenset({"previous article", "next article"})


def read_text(text: str, path: str, zone: ZoneInfo) -> tuple[FrontMatter, Parsed, list[Diagnostic]]:
    """Read plain text: a title, ``Key: value`` lines, paragraphs; furniture of web pages goes."""
    lines = text.split("\n")
    notes = [
        Diagnostic(
            severity=Severity.NOTE,
            path=path,
            line=number + 1,
            message=f"left out {lines[number].strip()!r}",
        )
        for number in _furniture(lines)
    ]
    for note in notes:
        lines[(note.line or 1) - 1] = ""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    if not filled:
        raise WrongSourceError.of(
            "nothing but page furniture", line=1, hint="give it a title and text"
        )
    at = filled[0] + 1
    given: dict[str, str] = {}
    while at < len(lines) and (key := _text_key(lines[at])):
        given[key[0]] = key[1]
        at += 1
    front = front_matter({"title": " ".join(lines[filled[0]].split()), **given}, text, zone)
    body = "\n".join(lines[at:]).strip("\n")
    return front, plain([each for each in re.split(r"\n[ \t]*\n", body) if each.strip()]), notes


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
    return re.sub(r"^\W+|\W+$", "", " ".join(line.split())).casefold()
