"""A source becomes an article: front matter, markup, summary. Many sources at a time.

Everything here is plain data in and plain data out, so that a batch can be compiled in any
process; what is wrong with a file comes back as diagnostics beside the articles that are right.
"""

import codecs
import html
import math
import posixpath
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import msgspec
import yaml

from sitegen.config import LANGUAGE, SiteConfig, is_sentence_count, line_of, toml_error
from sitegen.errors import ContentError, Diagnostic, Severity, nearest
from sitegen.markup import Block, Parsed, clean, plain, render_markdown
from sitegen.model import (
    Article,
    Body,
    Compiled,
    FrontMatter,
    Reference,
    SectionIndex,
    Source,
    Summary,
    SummarySentence,
)
from sitegen.textrank import Document, Extract, count_words, summarize_many
from sitegen.textrank import language as language_of
from sitegen.urls import slug_of, title_of

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction (Brysbaert 2019)."""

CHARACTERS_A_MINUTE = 255
"""Silent reading of Chinese (Trauzettel-Klosinski & Dietz 2012)."""

KEYS = frozenset(each.name for each in fields(FrontMatter))
LISTS = ("tags", "authors", "aliases")
DATES = ("date", "updated", "expires")
FILE_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})[-_ ]+(?=\S)")
TEXT_KEY = re.compile(r"([A-Za-z_]{2,20})[ \t]*:(?:[ \t]+(.*))?")
FURNITURE = frozenset({"no time to read", "get a summary", "no time to read? get a summary"})
NEIGHBOUR = frozenset({"previous article", "next article"})
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article that lacks nothing but its summary: what the summariser gets, what it fills."""

    source: str
    front: FrontMatter
    text: str
    parsed: Parsed
    title: str
    slug: str
    date: datetime | None
    language: str
    count: int | float
    notes: tuple[Diagnostic, ...]


class WrongSourceError(Exception):
    """Stops the reading of one source; never leaves this module."""

    def __init__(self, message: str, *, line: int | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.line, self.hint = message, line, hint

    def at(self, path: str) -> Diagnostic:
        return Diagnostic(path=path, line=self.line, message=self.message, hint=self.hint)


def compile_articles(
    sources: Sequence[Source], config: SiteConfig, sections: Mapping[str, SectionIndex]
) -> list[Compiled]:
    """Compile a batch: one `Compiled` a source, in order, its summaries ranked in one go."""
    drafts = [_attempt(source, config, sections) for source in sources]
    good = [each for each in drafts if isinstance(each, Draft)]
    extracts = iter(summarize_many([_document(each) for each in good]))
    return [
        _finish(each, next(extracts))
        if isinstance(each, Draft)
        else Compiled(article=None, body=None, diagnostics=each)
        for each in drafts
    ]


def compile_section(source: Source, config: SiteConfig) -> SectionIndex:
    """Compile a folder's ``_index`` file; raises `ContentError` where it is wrong."""
    try:
        draft = _draft(source, config, {})
    except WrongSourceError as wrong:
        raise ContentError([wrong.at(source.path)]) from None
    folder = posixpath.dirname(source.path)
    front = draft.front
    return SectionIndex(
        path=folder,
        title=front.title or draft.parsed.heading or title_of(folder) or config.title,
        description=front.description or "",
        language=front.language,
        sentences=front.sentences,
        body=Body(parts=draft.parsed.parts, attributes=draft.parsed.attributes),
        links=_links(draft),
        source=source.path,
    )


def _attempt(
    source: Source, config: SiteConfig, sections: Mapping[str, SectionIndex]
) -> Draft | tuple[Diagnostic, ...]:
    try:
        return _draft(source, config, sections)
    except WrongSourceError as wrong:
        return (wrong.at(source.path),)


def _draft(source: Source, config: SiteConfig, sections: Mapping[str, SectionIndex]) -> Draft:
    text = decode(source.data)
    if not text.strip():
        raise WrongSourceError(
            "the file is empty", line=1, hint="give it a title and text, or delete it"
        )
    if source.path.endswith(".txt"):
        front, parsed, notes = _read_text(text, source.path, config.zone)
    else:
        front, parsed, notes = _read_markdown(text, config)
    _check(front, text)
    stem = posixpath.basename(source.path).rpartition(".")[0]
    dated = FILE_DATE.match(stem)
    name = stem[dated.end() :] if dated else stem
    return Draft(
        source=source.path,
        front=front,
        text=text,
        parsed=parsed,
        title=front.title or parsed.heading or title_of(name),
        slug=slug_of(front.slug if front.slug is not None else name),
        date=front.date or _file_date(dated, config.zone),
        language=front.language or _inherited(source.path, sections, "language") or config.language,
        count=front.sentences
        or _inherited(source.path, sections, "sentences")
        or config.summary.sentences,
        notes=tuple(notes),
    )


def decode(data: bytes) -> str:
    """Decode a file's bytes: UTF-8, or UTF-16 with a byte order mark; any line ending."""
    encoding = next((name for bom, name in BOMS if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"not {encoding.upper()[:6].rstrip('-')}: byte 0x{data[error.start]:02x}"
        raise WrongSourceError(message, line=line, hint="save the file as UTF-8") from None
    return clean(text.replace("\r\n", "\n").replace("\r", "\n"))


def _read_markdown(text: str, config: SiteConfig) -> tuple[FrontMatter, Parsed, list[Diagnostic]]:
    block, body, fence = _split_front_matter(text)
    front = front_matter(_load(block, fence), text, config.zone) if fence else FrontMatter()
    try:
        parsed = render_markdown(
            body, config.markdown.extensions, config.markdown.extension_configs
        )
    except RecursionError:
        raise WrongSourceError(
            "Markdown nested too deeply", hint="flatten its quotes and lists"
        ) from None
    return front, parsed, []


def _split_front_matter(text: str) -> tuple[str, str, str]:
    """Return the front matter, the body and the fence (``---``, ``+++`` or nothing)."""
    first, _, rest = text.partition("\n")
    fence = first.rstrip()
    if fence not in {"---", "+++"}:
        return "", text, ""
    closing = re.search(
        r"^(---|\.\.\.)[ \t]*$" if fence == "---" else r"^\+\+\+[ \t]*$", rest, re.M
    )
    if closing is None:
        raise WrongSourceError(f"front matter is not closed by a line {fence!r}", line=1)
    return rest[: closing.start()], rest[closing.end() :].lstrip("\n"), fence


def _load(block: str, fence: str) -> dict[str, Any]:
    """Parse front matter; lines are counted in the file, where the block starts on line 2."""
    if fence == "+++":
        try:
            return tomllib.loads(block)
        except tomllib.TOMLDecodeError as error:
            found = toml_error(error, "", 1).diagnostics[0]
            raise WrongSourceError(found.message, line=found.line) from None
    try:
        data = yaml.load(block, _Loader) or {}
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = error.problem or error.context or "not understood"
        raise WrongSourceError(
            f"broken YAML: {reason}", line=mark.line + 2 if mark else 2
        ) from None
    except yaml.YAMLError as error:
        raise WrongSourceError(f"broken YAML: {error}", line=2) from None
    if not isinstance(data, dict):
        raise WrongSourceError("front matter must be 'key: value' lines", line=2)
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
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"key {key.value!r} is given twice", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


for _first, _tag, _pattern in (
    ("tTfF", "tag:yaml.org,2002:bool", r"true|True|TRUE|false|False|FALSE"),
    ("~nN\0", "tag:yaml.org,2002:null", r"~|null|Null|NULL|"),
):
    _Loader.add_implicit_resolver(
        _tag,
        re.compile(rf"^(?:{_pattern})$"),
        [*_first.replace("\0", ""), *([""] if "\0" in _first else [])],
    )


def front_matter(data: Mapping[str, Any], text: str, zone: ZoneInfo) -> FrontMatter:
    """Check keys and types and make the `FrontMatter`; ``text`` serves to find lines."""
    given = {key: value for key, value in data.items() if value is not None}
    for key in given:
        if key not in KEYS:
            raise WrongSourceError(
                f"unknown key {key!r}", line=line_of(text, str(key)), hint=nearest(str(key), KEYS)
            )
    for key in DATES:
        if key in given:
            given[key] = _moment(given[key], key, text, zone)
    for key in LISTS:
        if isinstance(given.get(key), str):
            given[key] = [each.strip() for each in given[key].split(",") if each.strip()]
    if isinstance(given.get("sentences"), str):
        given["sentences"] = _number(given["sentences"])
    try:
        return msgspec.convert(given, FrontMatter)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `$.")
        key = re.split(r"[.\[`]", place)[0]
        raise WrongSourceError(f"{key}: {message}", line=line_of(text, key)) from None


def _number(value: str) -> int | float | str:
    try:
        return int(value) if value.isdecimal() else float(value)
    except ValueError:
        return value


def _moment(value: Any, key: str, text: str, zone: ZoneInfo) -> datetime:
    """Read a date; one without a time is midnight in the site's zone, as is one without a zone."""
    try:
        if isinstance(value, str):
            value = datetime.fromisoformat(value.strip())
        elif isinstance(value, date) and not isinstance(value, datetime):
            value = datetime.combine(value, time())
        if not isinstance(value, datetime):
            raise ValueError  # noqa: TRY004
    except ValueError:
        raise WrongSourceError(
            f"{key}: not a date: {value!r}",
            line=line_of(text, key),
            hint="write it like 2026-09-18 or 2026-09-18 14:30",
        ) from None
    return value if value.tzinfo else value.replace(tzinfo=zone)


def _file_date(match: re.Match[str] | None, zone: ZoneInfo) -> datetime | None:
    try:
        return datetime.fromisoformat(match[1]).replace(tzinfo=zone) if match else None
    except ValueError:
        return None


def _check(front: FrontMatter, text: str) -> None:
    if front.language and not LANGUAGE.fullmatch(front.language):
        raise WrongSourceError(
            f"language: not a language code: {front.language!r}",
            line=line_of(text, "language"),
            hint="write it like en, de or pt-BR",
        )
    if front.sentences is not None and not is_sentence_count(front.sentences):
        raise WrongSourceError(
            f"sentences: {front.sentences} is neither a number of sentences nor a share",
            line=line_of(text, "sentences"),
            hint="write 1 or more, or a share such as 0.2",
        )
    for alias in front.aliases:
        if ".." in alias.split("/") or "\\" in alias or not alias.strip("/"):
            raise WrongSourceError(
                f"aliases: {alias!r} is not a path of this site", line=line_of(text, "aliases")
            )


def _read_text(
    text: str, path: str, zone: ZoneInfo
) -> tuple[FrontMatter, Parsed, list[Diagnostic]]:
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
        raise WrongSourceError(
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


def _inherited(path: str, sections: Mapping[str, SectionIndex], key: str) -> Any:
    """Return a setting of the nearest folder above that has it."""
    folder = posixpath.dirname(path)
    while True:
        if folder in sections and (value := getattr(sections[folder], key)) is not None:
            return value
        if not folder:
            return None
        folder = posixpath.dirname(folder)


def _document(draft: Draft) -> Document:
    """Hand the prose to the summariser; nothing where the editor has had the say."""
    wanted = draft.front.summary is None or draft.front.summary is True
    blocks = tuple(each.text for each in draft.parsed.blocks) if wanted else ()
    return Document(blocks=blocks, title=draft.title, language=draft.language, count=draft.count)


def _finish(draft: Draft, extract: Extract) -> Compiled:
    words = sum(count_words(each.text, language_of(draft.language)) for each in draft.parsed.blocks)
    summary = _summary(draft, extract)
    front = draft.front
    article = Article(
        source=draft.source,
        section=posixpath.dirname(draft.source),
        slug=draft.slug,
        title=draft.title,
        language=draft.language,
        date=draft.date,
        updated=front.updated,
        expires=front.expires,
        draft=front.draft,
        tags=_distinct(front.tags),
        authors=_distinct(front.authors),
        description=_description(draft, summary),
        summary=summary,
        words=words,
        minutes=max(1, round(_seconds(words, draft.language) / 60)),
        aliases=tuple(_reference(each, draft.text, "aliases") for each in front.aliases),
        image=_reference(front.image, draft.text, "image") if front.image else None,
        template=_reference(front.template, draft.text, "template") if front.template else None,
        links=_links(draft),
    )
    body = Body(parts=draft.parsed.parts, attributes=draft.parsed.attributes)
    return Compiled(article=article, body=body, diagnostics=draft.notes)


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))


def _links(draft: Draft) -> tuple[Reference, ...]:
    return tuple(
        Reference(target=target, line=_line_with(target, draft.text))
        for target in draft.parsed.targets
    )


def _line_with(target: str, text: str) -> int:
    at = max(text.find(target), text.find(html.unescape(target)), 0)
    return text.count("\n", 0, at) + 1


def _reference(target: str, text: str, key: str) -> Reference:
    return Reference(target=target, line=line_of(text, key) or 1)


def _seconds(words: int, language: str) -> float:
    return 60 * words / (CHARACTERS_A_MINUTE if language_of(language).unspaced else WORDS_A_MINUTE)


def _summary(draft: Draft, extract: Extract) -> Summary | None:
    given = draft.front.summary
    if isinstance(given, str | tuple) and given:
        texts = [given] if isinstance(given, str) else given
        sentences = tuple(SummarySentence(text=" ".join(each.split())) for each in texts)
        words = sum(count_words(each.text, language_of(draft.language)) for each in sentences)
        return Summary(sentences=sentences, by_editor=True, seconds=_rounded(words, draft.language))
    if given is False or extract.available < 2 * max(2, len(extract.sentences)):
        return None
    whole = "\n".join(each.text for each in draft.parsed.blocks)
    blocks = draft.parsed.blocks
    return Summary(
        sentences=tuple(
            SummarySentence(
                text=each.text, fragment=_fragment(each.text, blocks[each.block], whole)
            )
            for each in extract.sentences
        ),
        by_editor=False,
        seconds=_rounded(extract.words, draft.language),
    )


def _rounded(words: int, language: str) -> int:
    return max(5, 5 * math.ceil(_seconds(words, language) / 5))


def _fragment(sentence: str, block: Block, whole: str) -> str:
    """Return ``p4:~:text=…``: the block's id, and the sentence for browsers that highlight it.

    A long sentence is given by its first and last words, as many as name one place only.
    """
    words = sentence.split()
    for count in (4, 6, 9, 13):
        start, end = " ".join(words[:count]), " ".join(words[-count:])
        if len(words) > 2 * count and whole.count(start) == 1 and whole.count(end) == 1:
            return f"{block.id}:~:text={_directive(start)},{_directive(end)}"
    return f"{block.id}:~:text={_directive(sentence)}"


def _directive(text: str) -> str:
    return quote(text, safe="").replace("-", "%2D")


def _description(draft: Draft, summary: Summary | None) -> str:
    if draft.front.description:
        return " ".join(draft.front.description.split())
    if summary:
        return summary.text
    return next((each.text for each in draft.parsed.blocks), "")[:300]
