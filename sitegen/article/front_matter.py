"""Front matter: its YAML or TOML block, its keys, their types. Lines are counted in the file."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime, time
from typing import Any, get_type_hints
from zoneinfo import ZoneInfo

import msgspec
import yaml

from sitegen.article.wrong import WrongSourceError
from sitegen.config import LANGUAGE, is_sentence_count, line_of, toml_error
from sitegen.errors import Diagnostic, nearest
from sitegen.markup import clean
from sitegen.model import FrontMatter

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
        return tomllib.loads(block)
    except tomllib.TOMLDecodeError as error:
        raise WrongSourceError(toml_error(error, "", 1).diagnostics) from None


def _load_yaml(block: str) -> dict[str, Any]:
    try:
        data = yaml.load(block, _Loader) or {}
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


class _Loader(yaml.CSafeLoader):
    """YAML in which only ``true``, ``false`` and ``null`` are not text: types come from the keys.

    So ``title: 1984`` and ``tags: [yes, 2024-01-01]`` mean what they say.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Refuse a key that is given twice, of which YAML would keep the last."""
        seen = set()
        for key, _ in node.value:
            if not isinstance(key.value, str):
                raise yaml.MarkedYAMLError(
                    problem="a key must be a word", problem_mark=key.start_mark
                )
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"key {key.value!r} is given twice", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), [*"tTfF"]
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), [*"~nN", ""]
)


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
                    line=line_of(text, str(key)),
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
    if key == "aliases":
        for alias in value:
            if ".." in alias.split("/") or "\\" in alias or not alias.strip("/ "):
                yield f"{alias!r} is not a path of this site"
