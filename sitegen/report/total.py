"""The measures of all articles become one report."""

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import fmean

from sitegen.report.model import BINS, Measured, Report, Totals

DIGITS = 4


def report_of(title: str, articles: Iterable[Measured]) -> Report:
    """Put the articles in order, those of most concern first, and sum them up."""
    ordered = sorted(
        articles, key=lambda each: (each.concern is None, -(each.concern or 0.0), each.source)
    )
    return Report(title=title, totals=_totals(ordered), articles=tuple(ordered))


def _totals(articles: Sequence[Measured]) -> Totals:
    some = [each for each in articles if each.sentences]
    sentences = sum(len(each.sentences) for each in some)
    by = Counter(each.by for each in articles)
    return Totals(
        articles=len(articles),
        by={name: by[name] for name in ("extract", "editor", "none")},
        why=dict(sorted(Counter(each.why for each in articles if each.why).items())),
        sentences=sentences,
        compression=_mean([each.compression for each in some]),
        lead=_mean([each.lead for each in some]),
        redundancy=_mean([each.redundancy for each in some]),
        dangling=_share(sum(each.dangling or 0 for each in some), sentences),
        missing=_share(
            sum(len(each.missing) for each in some), sum(each.headline for each in some)
        ),
        positions=_positions(some),
    )


def _mean(values: Sequence[float | None]) -> float | None:
    known = [each for each in values if each is not None]
    return round(fmean(known), DIGITS) if known else None


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, DIGITS) if whole else None


def _positions(articles: Iterable[Measured]) -> tuple[int, ...]:
    """Count the sentences from each tenth of their articles."""
    bins = Counter(
        (sentence.position - 1) * BINS // article.available
        for article in articles
        for sentence in article.sentences
        if sentence.position is not None
    )
    return tuple(bins[number] for number in range(BINS))
