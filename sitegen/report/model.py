"""The nouns of the report. Their fields, in this order, are the keys of ``--json``."""

from collections.abc import Mapping
from dataclasses import dataclass

BINS = 10
"""Parts that an article is cut into when the places of sentences are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A sentence of a summary.

    ``position`` is its number among the sentences of the article, from 1, and nothing for an
    editor's. ``dangling``: it begins with a pronoun or a connective, and what that points back
    to, the sentence before, is not in the summary.
    """

    text: str
    position: int | None
    dangling: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One article's summary and its measures, which are nothing where there is no summary.

    ``by`` is ``extract``, ``editor`` or ``none``, and ``why`` says why there is none. ``words``
    and ``available`` count the article's words and sentences, ``summary_words`` the summary's
    words. ``compression`` is their quotient; ``lead`` the share of sentences that the first ones
    of the article are; ``redundancy`` the mean of each sentence's highest overlap with another;
    ``dangling`` counts such sentences; ``headline`` the content words of the title, of which the
    summary lacks ``missing``. ``concern``, from 0 to 1, is the mean of what may be wrong.
    """

    source: str
    url: str
    title: str
    language: str
    digest: str
    by: str
    why: str
    words: int
    available: int
    summary_words: int
    sentences: tuple[Taken, ...]
    compression: float | None
    lead: float | None
    redundancy: float | None
    dangling: int | None
    headline: int
    missing: tuple[str, ...]
    concern: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The whole site: counts, means over the articles with a summary, places of sentences.

    ``dangling`` is a share of all summary sentences, ``missing`` of all content words of titles.
    ``positions`` counts the sentences from each tenth of their articles.
    """

    articles: int
    by: Mapping[str, int]
    why: Mapping[str, int]
    sentences: int
    compression: float | None
    lead: float | None
    redundancy: float | None
    dangling: float | None
    missing: float | None
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All articles of a site, those to look at first before the others."""

    title: str
    totals: Totals
    articles: tuple[Measured, ...]
