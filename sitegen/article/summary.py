"""Drafts go through the summariser in one batch, and its sentences become an article's summary."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from sitegen import textrank
from sitegen.article.draft import Draft
from sitegen.errors import Diagnostic, Severity
from sitegen.markup import Block
from sitegen.model import Summary, SummarySentence

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction (Brysbaert 2019)."""

CHARACTERS_A_MINUTE = 255
"""Silent reading of Chinese (Trauzettel-Klosinski & Dietz 2012)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """A draft, and the sentences that the summariser takes from it."""

    draft: Draft
    found: textrank.Summary

    @property
    def by(self) -> str:
        """Who wrote the summary: ``editor``, ``extract`` or ``none``."""
        return "editor" if self.draft.editors else "none" if self.why_none else "extract"

    @property
    def why_none(self) -> str:
        """Why the article has no extract of its own; empty where it has one."""
        if self.draft.front.summary is False:
            return "summary: false"
        if not self.draft.prose:
            return "no prose"
        return "too few sentences" if self.too_few else ""

    @property
    def too_few(self) -> bool:
        """Whether a summary would be nearly the whole text, or a single sentence."""
        return self.found.available < 2 * max(2, len(self.found.sentences))


def extracts(
    drafts: Sequence[Draft], *, keywords: int = 0, explain: bool = False, always: bool = False
) -> list[Extract]:
    """Summarise drafts in one go; ``always``: also those for which the editor has had the say."""
    documents = [document(each, always=always) for each in drafts]
    found = textrank.summarize_many(documents, keywords=keywords, explain=explain)
    return [Extract(draft=one, found=other) for one, other in zip(drafts, found, strict=True)]


def document(draft: Draft, *, always: bool = False) -> textrank.Document:
    """Hand the prose to the summariser; nothing where the editor has had the say."""
    wanted = always or not (draft.editors or draft.front.summary is False)
    return textrank.Document(
        blocks=[textrank.Block(text=each.prose, quoted=each.quoted) for each in draft.prose]
        if wanted
        else [],
        title=draft.title,
        language=draft.language,
        budget=draft.budget,
    )


def summary_of(extract: Extract) -> Summary | None:
    """Make the summary that readers get, or nothing where a panel would be silly."""
    draft = extract.draft
    if draft.editors:
        own = tuple(SummarySentence(text=each) for each in draft.editors)
        words = count_words(draft.editors, draft.language)
        return Summary(sentences=own, by_editor=True, seconds=_rounded(words, draft.language))
    if extract.why_none:
        return None
    whole = "\n".join(each.text for each in draft.parsed.blocks)
    prose = draft.prose
    return Summary(
        sentences=tuple(
            SummarySentence(
                text=each.text, fragment=_fragment(each.text, prose[each.paragraph], whole)
            )
            for each in extract.found.sentences
        ),
        by_editor=False,
        seconds=_rounded(extract.found.words, draft.language),
    )


def notes_of(extract: Extract) -> tuple[Diagnostic, ...]:
    """Return what the summariser has to say, as notes on the article's file."""
    return tuple(
        Diagnostic(severity=Severity.NOTE, path=extract.draft.source, message=each)
        for each in extract.found.notes
        if extract.by == "extract"
    )


def count_words(texts: Iterable[str], language: str) -> int:
    """Count words, or characters in a language written without spaces."""
    return textrank.count_words("\n".join(texts), textrank.language(language))


def seconds_of(words: int, language: str) -> float:
    """Return how long it takes to read so many words, or characters."""
    unspaced = textrank.language(language).unspaced
    return 60 * words / (CHARACTERS_A_MINUTE if unspaced else WORDS_A_MINUTE)


def _rounded(words: int, language: str) -> int:
    return max(5, 5 * math.ceil(seconds_of(words, language) / 5))


def _fragment(sentence: str, block: Block, whole: str) -> str:
    """Return ``p4:~:text=…``: the block's id, and the sentence for browsers that highlight it.

    A long sentence is given by its first and last words, as many as name one place only.
    """
    words = sentence.split()
    for count in (4, 6, 9, 13):
        if len(words) <= 2 * count:
            break
        start, end = " ".join(words[:count]), " ".join(words[-count:])
        if whole.count(start) == 1 and whole.count(end) == 1:
            return f"{block.id}:~:text={_directive(start)},{_directive(end)}"
    return f"{block.id}:~:text={_directive(sentence)}"


_SIMPLE = re.compile(r"[A-Za-z0-9_.~, ]*").fullmatch


def _directive(text: str) -> str:
    if _SIMPLE(text):
        return text.replace(" ", "%20").replace(",", "%2C")
    return quote(text, safe="").replace("-", "%2D")
