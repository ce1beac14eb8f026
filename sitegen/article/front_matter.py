"""Front matter: its YAML or TOML block, its keys, their types. Lines are counted in the file.

Most blocks are a few keys with a word or a list each, and for those PyYAML takes longer than all
else that is done with them, and as long again to import. So there are two ways to read YAML, with
the same result: the short way claims a block only where PyYAML could do nothing else than it does.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Any, get_type_hints
from zoneinfo import ZoneInfo

import msgspec

from sitegen.article.wrong import WrongSourceError
from sitegen.config import LANGUAGE, is_sentence_count, line_of, loads, toml_error
from sitegen.errors import Diagnostic, nearest
from sitegen.markup import clean, scheme_of
from sitegen.model import FrontMatter

if TYPE_CHECKING:
    from yaml import CSafeLoader, MappingNode

KEYS = frozenset(each.name for each in fields(FrontMatter))
TYPES = get_type_hints(FrontMatter)
LISTS = ("tags", "authors", "aliases")
DATES = ("date", "updated", "expires")


def split(text: str) -> tuple[str, str, str]:
    """Return the front matter, the body and the fence (``---``, ``+++`` or nothing)."""
    first, _, rest = text.partition("\n")
    fence = first.rstrip()
    if fence not in {"---", "+++"}:
        return "", text, ""
    closing = re.search(
        r"^(---|\.\.\.)[ \t]*$" if fence == "---" else r"^\+\+\+[ \t]*$", rest, re.M
    )
    if closing is None:
        raise WrongSourceError.of(f"front matter is not closed by a line {fence!r}", line=1)
    return rest[: closing.start()], rest[closing.end() :].lstrip("\n"), fence


def load(block: str, fence: str) -> dict[str, Any]:
    """Parse a front matter block, which starts on line 2 of its file."""
    return _load_toml(block) if fence == "+++" else _load_yaml(block)


def _load_toml(block: str) -> dict[str, Any]:
    try:
        return loads(block)
    except tomllib.TOMLDecodeError as error:
        raise WrongSourceError(toml_error(error, "", 1).diagnostics) from None


def _load_yaml(block: str) -> dict[str, Any]:
    simple = _load_simple(block)
    return _load_any(block) if simple is None else simple


WELL_KNOWN = ".well-known"
"""The one hidden folder that is made to be seen (RFC 8615)."""

DEEPEST = 8
"""Lists within lists; no key wants more than one."""

_STRANGE = "[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
"""What YAML forbids, takes for the end of a line, or reads in its own way: tabs."""

_DOUBLE = r'"(?:[^"\\\n]|\\["\\])*+"'
_SINGLE = r"'(?:[^'\n]|'')*+'"
_FIRST = r"[^\0- !-'*,\-:-@\[-^`{-\xa0]"
_PLAIN = rf"{_FIRST}(?:[^:#\n]|:(?=[^ \n])|(?<! )#)*+"
_PLAIN_IN_LIST = rf"{_FIRST}[^:#,?\[\]{{}}\n]*+"
_SCALAR = rf"(?:{_DOUBLE}|{_SINGLE}|{_PLAIN})"
_IN_LIST = rf"(?:{_DOUBLE}|{_SINGLE}|{_PLAIN_IN_LIST}) *+"
_ITEM = rf"- ++{_SCALAR} *+(?:\n|\Z)"
_ENTRY = re.compile(
    rf"([a-z_]++):"
    rf"(?: ++({_SCALAR}) *+(?:\n|\Z)"
    rf"| ++\[ *+((?:{_IN_LIST}(?:, *+{_IN_LIST})*+)?+)\] *+(?:\n|\Z)"
    rf"| *+(?:\n|\Z)((?:( *+){_ITEM}(?:\5{_ITEM})*+)?+))\n*+"
)
"""A key with a scalar, with a list in brackets, or with nothing or the items of a list below it."""

_LISTED = re.compile(_IN_LIST)
_ESCAPED = re.compile(r"\\(.)")
_NO_TEXT = {
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    "null": None, "Null": None, "NULL": None,
}  # fmt: skip


def _load_simple(block: str) -> dict[str, Any] | None:
    """Read a block of known keys, each with a scalar or a list of them; nothing of any other."""
    if not block.replace("\n", "").isprintable() and re.search(_STRANGE, block):
        return None
    data: dict[str, Any] = {}
    at = 0
    while at < len(block):
        entry = _ENTRY.match(block, at)
        if entry is None or entry[1] not in KEYS or entry[1] in data:
            return None
        data[entry[1]] = _simple_value(entry)
        at = entry.end()
    return data


def _simple_value(entry: re.Match[str]) -> Any:
    _, scalar, listed, below, _ = entry.groups()
    if scalar:
        return _scalar(scalar)
    if listed is not None:
        return [_scalar(each) for each in _LISTED.findall(listed)]
    if below:
        return [_scalar(each.lstrip(" -")) for each in below.rstrip("\n").split("\n")]
    return None


def _scalar(written: str) -> str | bool | None:
    text = written.rstrip(" ")
    if text[0] == '"':
        return _ESCAPED.sub(r"\1", text[1:-1]) if "\\" in text else text[1:-1]
    return text[1:-1].replace("''", "'") if text[0] == "'" else _NO_TEXT.get(text, text)


def _load_any(block: str) -> dict[str, Any]:
    import yaml

    try:
        _refuse_strange(block)
        data = yaml.load(block, _loader()) or {}
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = error.problem or error.context or "not understood"
        raise WrongSourceError.of(
            f"broken YAML: {reason}", line=mark.line + 2 if mark else 2
        ) from None
    except yaml.YAMLError as error:
        raise WrongSourceError.of(f"broken YAML: {error}", line=2) from None
    if not isinstance(data, dict):
        raise WrongSourceError.of("front matter must be 'key: value' lines", line=2)
    return data


@cache
def _loader() -> "type[CSafeLoader]":
    """Make YAML in which only ``true``, ``false`` and ``null`` are not text.

    So ``title: 1984`` and ``tags: [yes, 2024-01-01]`` mean what they say: types come from the
    keys. PyYAML is imported here because few articles need it.
    """
    import yaml

    class Loader(yaml.CSafeLoader):
        yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012

        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
            _refuse_keys(node)
            return super().construct_mapping(node, deep=deep)

    boolean = re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$")
    null = re.compile(r"^(?:~|null|Null|NULL|)$")
    Loader.add_implicit_resolver("tag:yaml.org,2002:bool", boolean, [*"tTfF"])
    Loader.add_implicit_resolver("tag:yaml.org,2002:null", null, [*"~nN", ""])
    return Loader


def _refuse_strange(block: str) -> None:
    """Refuse what front matter has no need of, before it is made into anything.

    Tags make objects; an alias met again and again makes one line a billion; PyYAML builds what is
    nested by recursion, in C, and does not come back from too much of it.
    """
    import yaml

    depth = 0
    event: Any
    for event in yaml.parse(block, yaml.CSafeLoader):
        problem = ""
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            problem = "nested too deeply" if depth > DEEPEST else ""
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            problem = "an alias (*) cannot be used here; quote it if it is text"
        if tag := getattr(event, "tag", None):
            problem = f"a tag ({tag.replace('tag:yaml.org,2002:', '!!')}) cannot be used here"
        if problem:
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)


def _refuse_keys(node: "MappingNode") -> None:
    """Refuse a key that is no word, and one given twice, of which YAML would keep the last."""
    from yaml import MarkedYAMLError

    seen = set()
    for key, _ in node.value:
        if not isinstance(key.value, str):
            raise MarkedYAMLError(problem="a key must be a word", problem_mark=key.start_mark)
        if key.value in seen:
            raise MarkedYAMLError(
                problem=f"key {key.value!r} is given twice", problem_mark=key.start_mark
            )
        seen.add(key.value)


def front_matter(data: Mapping[str, Any], text: str, zone: ZoneInfo) -> FrontMatter:
    """Check keys, types and values and make the `FrontMatter`; ``text`` serves to find lines.

    Raises `WrongSourceError` with all that is wrong.
    """
    values: dict[str, Any] = {}
    problems: list[Diagnostic] = []
    for key, value in data.items():
        try:
            if value is not None:
                values[key] = _value(str(key), _cleaned(value), zone)
        except (ValueError, msgspec.ValidationError) as error:
            message, _, hint = str(error).partition("; ")
            message = re.sub(r" - at `\$.*`$", "", message)
            problems.append(
                Diagnostic(
                    line=line_of(text, str(key)) or 1,
                    message=message if message.startswith("unknown") else f"{key}: {message}",
                    hint=hint,
                )
            )
    if problems:
        raise WrongSourceError(problems)
    return FrontMatter(**values)


def _cleaned(value: Any) -> Any:
    """Drop the control characters that escapes in YAML and TOML can bring in."""
    if isinstance(value, str):
        return clean(value)
    return [_cleaned(each) for each in value] if isinstance(value, list) else value


def _value(key: str, value: Any, zone: ZoneInfo) -> Any:
    """Return the value of one key as its type; raise `ValueError` as ``what is wrong; hint``."""
    if key not in KEYS:
        raise ValueError(f"unknown key {key!r}; {nearest(key, KEYS)}")
    if key in DATES:
        return _moment(value, zone)
    if key in LISTS and isinstance(value, str):
        value = [each.strip() for each in value.split(",") if each.strip()]
    if isinstance(value, str) and key in {"draft", "summary"} and value.casefold() in _BOOLEANS:
        value = value.casefold() == "true"
    if key == "sentences" and isinstance(value, str):
        value = _number(value)
    converted = msgspec.convert(value, TYPES[key])
    for problem in _problems(key, converted):
        raise ValueError(problem)
    return converted


_BOOLEANS = ("true", "false")  # plain text has no other way to write them


def _number(value: str) -> int | float | str:
    try:
        return int(value) if value.isdecimal() else float(value)
    except ValueError:
        return value


def _moment(value: Any, zone: ZoneInfo) -> datetime:
    """Read a date; one without a time is midnight in the site's zone, as is one without a zone."""
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value.strip())
    except (ValueError, AttributeError):
        raise ValueError(
            f"not a date: {str(value)!r}; write it like 2026-09-18 or 2026-09-18 14:30"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _problems(key: str, value: Any) -> Iterator[str]:
    if key == "language" and not LANGUAGE.fullmatch(value):
        yield f"not a language code: {value!r}; write it like en, de or pt-BR"
    if key == "sentences" and not is_sentence_count(value):
        yield (
            f"{value} is neither a number of sentences nor a share;"
            " write 1 or more, or a share such as 0.2"
        )
    if key == "image" and scheme_of(value) not in {"", "http", "https"}:
        yield f"{value!r} is no picture's address; give a file's path, or https://…"
    if key == "aliases":
        for alias in value:
            if ".." in alias.split("/") or "\\" in alias or not alias.strip("/ "):
                yield f"{alias!r} is not a path of this site"
            elif any(part.startswith(".") and part != WELL_KNOWN for part in alias.split("/")):
                yield f"{alias!r} is a hidden file; hosts and sitegen keep settings in such"
