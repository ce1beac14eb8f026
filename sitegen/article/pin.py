"""An editor's summary is tied to the text that it was written for, and the tie is checked.

Front matter holds the text's digest under ``summary_for``. Writing it there changes that line and
nothing else: comments, order, line endings and the byte order mark stay as they are, and an edit
after which the file would say anything else as well is refused.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from zoneinfo import ZoneInfo

from sitegen.article.decode import decode, encode_as, exact
from sitegen.article.draft import Draft, Kind
from sitegen.article.front_matter import load, split
from sitegen.article.text import head_of, read_text
from sitegen.article.wrong import WrongSourceError
from sitegen.config import line_of, loads
from sitegen.errors import Diagnostic, Severity
from sitegen.markup import clean

KEY = "summary_for"
LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$")
VALUE = re.compile(
    r"""((?:^|[\s{,"'])summary_for["']?[ \t]*[:=][ \t]*)(["']?)[^"',}#\s]*\2""", re.I
)
TOML_KEY = re.compile(r"""[ \t]*(?:summary|"summary"|'summary')[ \t]*=""")
UTC = ZoneInfo("UTC")


class State(StrEnum):
    """What is known of an editor's summary: it fits the text, is older, or nobody has said."""

    FRESH = "fresh"
    STALE = "stale"
    UNPINNED = "unpinned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """The digest that an editor's summary was written for, and the text's as it is today."""

    source: str
    line: int
    pinned: str
    digest: str

    @property
    def state(self) -> State:
        """Whether the summary fits the text."""
        if not self.pinned:
            return State.UNPINNED
        return State.FRESH if self.pinned == self.digest else State.STALE


def pin_of(draft: Draft) -> Pin | None:
    """Return the pin of an editor's summary; nothing where the editor has written none."""
    if not draft.editors:
        return None
    return Pin(
        source=draft.source,
        line=line_of(draft.text, KEY if draft.front.summary_for else "summary") or 1,
        pinned=draft.front.summary_for or "",
        digest=draft.digest,
    )


def stale_warning(draft: Draft) -> Iterator[Diagnostic]:
    """Yield a warning where the editor's summary is older than the text."""
    pin = pin_of(draft)
    if pin and pin.state is State.STALE:
        yield stale(pin, Severity.WARNING)


def stale(pin: Pin, severity: Severity, shown: str = "FILE") -> Diagnostic:
    """Say that a summary is older than its text; ``shown`` is the file as a shell knows it."""
    return Diagnostic(
        severity=severity,
        path=pin.source,
        line=pin.line,
        message="the editor's summary is older than the text",
        hint=f"read it again, then `sitegen summary pin {shown}`",
    )


def pinned(data: bytes, digest: str, kind: Kind) -> bytes:
    """Return the file with ``summary_for`` set to ``digest``, and nothing else changed.

    Raises `WrongSourceError` where no such edit is found.
    """
    lines = LINE.findall(exact(data))
    candidates = _text_edits(lines, digest) if kind is Kind.TEXT else _block_edits(lines, digest)
    for edited in candidates:
        result = encode_as(data, "".join(edited))
        if _adds_the_digest_alone(decode(data), decode(result), digest, kind):
            return result
    raise WrongSourceError.of(
        "front matter that cannot be edited safely", line=1, hint=f"add {KEY}: {digest} by hand"
    )


def _adds_the_digest_alone(before: str, after: str, digest: str, kind: Kind) -> bool:
    with suppress(WrongSourceError):
        if kind is Kind.TEXT:
            front, parsed, _ = read_text(before, "", UTC)
            return read_text(after, "", UTC)[:2] == (replace(front, summary_for=digest), parsed)
        (block, *rest), (edited, *others) = split(before), split(after)
        return load(edited, rest[-1]) == {**load(block, rest[-1]), KEY: digest} and rest == others
    return False


def _text_edits(lines: Sequence[str], digest: str) -> Iterator[list[str]]:
    head = head_of(_cleaned(lines))
    keys = head.keys if head else {}
    if KEY in keys:
        yield _replaced(lines, keys[KEY], digest)
    elif "summary" in keys:
        at = keys["summary"]
        key = lines[at].partition(":")[0].strip()
        yield _inserted(lines, at + 1, f"{key}_{'FOR' if key.isupper() else 'for'}: {digest}")


def _block_edits(lines: Sequence[str], digest: str) -> Iterator[list[str]]:
    """Yield edits of a YAML or TOML block, the one that reads best first."""
    plain = _cleaned(lines)
    block, _, fence = split("\n".join(plain))
    count = block.count("\n")
    for at in range(1, count + 1):
        if VALUE.search(plain[at]):
            yield _replaced(lines, at, digest)
    if fence == "+++":
        for at in _toml_places(plain[1 : count + 1]):
            yield _inserted(lines, at + 1, f'{KEY} = "{digest}"')
        return
    for at, indent in _yaml_places(block):
        yield _inserted(lines, at + 1, f"{indent}{KEY}: {digest}")
    for at in range(1, count + 1):
        if "{" in plain[at]:  # a block written as JSON is
            line = lines[at].replace("{", f'{{"{KEY}": "{digest}", ', 1)
            yield [*lines[:at], line, *lines[at + 1 :]]


def _toml_places(lines: Sequence[str]) -> Iterator[int]:
    """Yield places, counted from the block's first line: after the summary, and before it."""
    for start, line in enumerate(lines):
        if not TOML_KEY.match(line):
            continue
        for end in range(start + 1, len(lines) + 1):
            with suppress(tomllib.TOMLDecodeError):
                loads("\n".join(lines[start:end]))
                yield end
                break
        yield start


def _yaml_places(block: str) -> Iterator[tuple[int, str]]:
    """Yield places and their indentation: after the summary's last line, and before its first."""
    import yaml  # only to pin a summary: a build does without

    root = yaml.compose(block, yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return
    lines = block.split("\n")
    starts = [key.start_mark for key, _ in root.value]
    for number, (key, _) in enumerate(root.value):
        if key.value == "summary":
            mark = key.start_mark
            end = starts[number + 1].line if number + 1 < len(starts) else len(lines) - 1
            while end > mark.line + 1 and _between(lines[end - 1], mark.column):
                end -= 1
            indent = lines[mark.line][: mark.column]
            yield end, indent
            yield mark.line, indent


def _between(line: str, column: int) -> bool:
    """Tell a blank line, or a comment that belongs to what follows."""
    text = line.lstrip()
    return not text or (text.startswith("#") and len(line) - len(text) <= column)


def _cleaned(lines: Sequence[str]) -> list[str]:
    return [clean(each.rstrip("\r\n")) for each in lines]


def _replaced(lines: Sequence[str], at: int, digest: str) -> list[str]:
    def value(found: re.Match[str]) -> str:
        space = "" if found[1][-1] in " \t" else " "
        return f"{found[1]}{space}{found[2]}{digest}{found[2]}"

    line = VALUE.sub(value, lines[at], count=1)
    return [*lines[:at], line, *lines[at + 1 :]]


def _inserted(lines: Sequence[str], at: int, line: str) -> list[str]:
    """Put a line in, with the line ending of the one before it."""
    before = lines[at - 1]
    ending = before[len(before.rstrip("\r\n")) :]
    return [*lines[:at], line + ending, *lines[at:]]
