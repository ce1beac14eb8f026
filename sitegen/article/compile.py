"""A source becomes an article: front matter, markup, summary. Many sources at a time.

Everything here is plain data in and plain data out, so that a batch can be compiled in any
process; what is wrong with a file comes back as diagnostics beside the articles that are right.
"""

import html
import math
import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from sitegen import textrank
from sitegen.article.decode import decode
from sitegen.article.front_matter import front_matter, load, split
from sitegen.article.text import read_text
from sitegen.article.wrong import WrongSourceError
from sitegen.config import SiteConfig, line_of
from sitegen.errors import ContentError, Diagnostic
from sitegen.markup import Block, Parsed, render_markdown
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
from sitegen.textrank import count_words
from sitegen.textrank import language as language_of
from sitegen.urls import slug_of, title_of

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction (Brysbaert 2019)."""

CHARACTERS_A_MINUTE = 255
"""Silent reading of Chinese (Trauzettel-Klosinski & Dietz 2012)."""

OPENING = 180
"""Characters of an article's beginning that lists show."""

FILE_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})[-_ ]+(?=\S)")


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


def compile_articles(
    sources: Sequence[Source], config: SiteConfig, sections: Mapping[str, SectionIndex]
) -> list[Compiled]:
    """Compile a batch: one `Compiled` a source, in order, its summaries ranked in one go."""
    drafts = [_attempt(source, config, sections) for source in sources]
    good = [each for each in drafts if isinstance(each, Draft)]
    extracts = iter(textrank.summarize_many([_document(each) for each in good]))
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
        raise ContentError(wrong.at(source.path)) from None
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
        return wrong.at(source.path)


def _draft(source: Source, config: SiteConfig, sections: Mapping[str, SectionIndex]) -> Draft:
    text = decode(source.data)
    if not text.strip():
        raise WrongSourceError.of(
            "the file is empty", line=1, hint="give it a title and text, or delete it"
        )
    if source.path.endswith(".txt"):
        front, parsed, notes = read_text(text, source.path, config.zone)
    else:
        front, parsed, notes = _read_markdown(text, config)
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


def _file_date(match: re.Match[str] | None, zone: ZoneInfo) -> datetime | None:
    try:
        return datetime.fromisoformat(match[1]).replace(tzinfo=zone) if match else None
    except ValueError:
        return None


def _read_markdown(text: str, config: SiteConfig) -> tuple[FrontMatter, Parsed, list[Diagnostic]]:
    block, body, fence = split(text)
    front = front_matter(load(block, fence), text, config.zone) if fence else FrontMatter()
    try:
        parsed = render_markdown(
            body, config.markdown.extensions, config.markdown.extension_configs
        )
    except RecursionError:
        raise WrongSourceError.of(
            "Markdown nested too deeply", hint="flatten its quotes and lists"
        ) from None
    return front, parsed, []


def _inherited(path: str, sections: Mapping[str, SectionIndex], key: str) -> Any:
    """Return a setting of the nearest folder above that has it."""
    folder = posixpath.dirname(path)
    while True:
        if folder in sections and (value := getattr(sections[folder], key)) is not None:
            return value
        if not folder:
            return None
        folder = posixpath.dirname(folder)


def _document(draft: Draft) -> textrank.Document:
    """Hand the prose to the summariser; nothing where the editor has had the say."""
    wanted = draft.front.summary is None or draft.front.summary is True
    return textrank.Document(
        blocks=[textrank.Block(text=each.text, quoted=each.quoted) for each in draft.parsed.blocks]
        if wanted
        else [],
        title=draft.title,
        language=draft.language,
        budget=textrank.Budget(sentences=int(draft.count))
        if draft.count >= 1
        else textrank.Budget(ratio=draft.count),
    )


def _finish(draft: Draft, extract: textrank.Summary) -> Compiled:
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
        description=" ".join((front.description or "").split()),
        opening=_opening(draft),
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


def _summary(draft: Draft, extract: textrank.Summary) -> Summary | None:
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
                text=each.text, fragment=_fragment(each.text, blocks[each.paragraph], whole)
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


def _opening(draft: Draft) -> str:
    """Return the article's first words, at most `OPENING` characters, cut between words."""
    text = next((each.text for each in draft.parsed.blocks if not each.quoted), "")
    if len(text) <= OPENING:
        return text
    cut = text[: OPENING if " " in text[:OPENING] else OPENING // 2]
    return (cut.rpartition(" ")[0] or cut).rstrip(",;:–— ") + "…"
