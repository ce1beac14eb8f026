"""One article's summary is measured."""

import math
import re
from collections.abc import Sequence

from sitegen.article import Extract, count_words
from sitegen.report.language import content_terms, is_unspaced, points_back
from sitegen.report.model import Measured, Taken

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
DIGITS = 4


def measure(extract: Extract, url: str) -> Measured:
    """Measure an article's summary; the extract must have been made with its explanation."""
    draft = extract.draft
    sentences = _taken(extract)
    texts = [each.text for each in sentences]
    words = count_words((each.text for each in draft.parsed.blocks), draft.language)
    summary_words = count_words(texts, draft.language)
    headline, missing = _headline(draft.title, texts, draft.language)
    some = bool(sentences)
    redundancy = _redundancy(texts, draft.language)
    dangling = sum(each.dangling for each in sentences)
    fears = (dangling / max(1, len(texts)), len(missing) / max(1, headline), redundancy)
    return Measured(
        source=draft.source,
        url=url,
        title=draft.title,
        language=draft.language,
        digest=draft.digest,
        by=extract.by,
        why=extract.why_none if extract.by == "none" else "",
        words=words,
        available=extract.found.available,
        summary_words=summary_words,
        sentences=sentences,
        compression=round(summary_words / max(1, words), DIGITS) if some else None,
        lead=_lead(sentences) if extract.by == "extract" else None,
        redundancy=round(redundancy, DIGITS) if some else None,
        dangling=dangling if some else None,
        headline=headline,
        missing=missing if some else (),
        concern=round(sum(fears) / len(fears), DIGITS) if some else None,
    )


def _taken(extract: Extract) -> tuple[Taken, ...]:
    """Return the summary's sentences and their places in the article."""
    language = extract.draft.language
    if extract.by == "editor":
        return tuple(
            Taken(text=text, position=None, dangling=not at and points_back(text, language))
            for at, text in enumerate(extract.draft.editors)
        )
    if extract.by == "none":
        return ()
    order = {
        (each.sentence.paragraph, each.sentence.span): number
        for number, each in enumerate(extract.found.explained, 1)
    }
    found = [(order[each.paragraph, each.span], each.text) for each in extract.found.sentences]
    known = {0, *(position for position, _ in found)}  # nothing stands before the first sentence
    return tuple(
        Taken(
            text=text,
            position=position,
            dangling=position - 1 not in known and points_back(text, language),
        )
        for position, text in found
    )


def _lead(sentences: Sequence[Taken]) -> float:
    count = len(sentences)
    early = sum(each.position is not None and each.position <= count for each in sentences)
    return round(early / count, DIGITS)


def _redundancy(texts: Sequence[str], language: str) -> float:
    """Return the mean, over the sentences, of the highest overlap with another."""
    terms = [set(content_terms(each, language)) for each in texts]
    if len(terms) < 2:
        return 0.0
    highest = (
        max(_overlap(one, other) for j, other in enumerate(terms) if i != j)
        for i, one in enumerate(terms)
    )
    return sum(highest) / len(terms)


def _overlap(one: set[str], other: set[str]) -> float:
    """Return the cosine of two sets: 0 where they share nothing, 1 where they are equal."""
    return len(one & other) / math.sqrt(len(one) * len(other)) if one and other else 0.0


def _headline(title: str, texts: Sequence[str], language: str) -> tuple[int, tuple[str, ...]]:
    """Return how many content words a title has, and those that no sentence has."""
    said = set(content_terms(" ".join(texts), language))
    words = content_terms(title, language) if is_unspaced(language) else WORD.findall(title)
    content = {
        word: not said.isdisjoint(stems)
        for word in dict.fromkeys(words)
        if (stems := content_terms(word, language))
    }
    return len(content), tuple(word for word, found in content.items() if not found)
