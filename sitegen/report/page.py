"""The report as one HTML page that needs nothing else: no script, no font, no other file."""

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from sitegen.report.chart import Chart, chart, count_in
from sitegen.report.model import BINS, Measured, Report

LONGEST_TABLE = 500
"""Articles in the table; a page of more is slow to open, and the worst come first."""

LANGUAGE_RTL = frozenset({"ar", "fa", "he", "ur", "yi", "dv", "ps", "ckb", "sd", "ug"})


def html_page(report: Report, *, base_url: str = "") -> str:
    """Render the report; titles are links where ``base_url`` says where the site is on line."""
    return _template().render(
        report=report,
        totals=report.totals,
        charts=charts(report),
        rows=[each for each in report.articles if each.sentences][:LONGEST_TABLE],
        without=[each for each in report.articles if not each.sentences][:LONGEST_TABLE],
        longest=LONGEST_TABLE,
        base_url=base_url.rstrip("/"),
        bins=BINS,
    )


def charts(report: Report) -> list[Chart]:
    """Draw where sentences come from, and how each measure is spread over the articles."""
    some = [each for each in report.articles if each.sentences]
    return [
        _positions(report),
        _spread(
            "compression",
            "How much shorter",
            "summary, as % of the article",
            [each.compression for each in some],
            5,
            10,
        ),
        _spread(
            "lead",
            "How much is just the lead",
            "% of the summary’s sentences",
            [each.lead for each in some],
            20,
            6,
        ),
        _spread(
            "redundancy",
            "How much is said twice",
            "% overlap of words, sentence with sentence",
            [each.redundancy for each in some],
            10,
            10,
        ),
        _dangling(some),
        _missing(some),
    ]


def _positions(report: Report) -> Chart:
    return chart(
        "positions",
        "Where the sentences come from",
        "% of the way through the article",
        "Sentences by their place in the article",
        [str(100 * number // BINS) for number in range(BINS)],
        report.totals.positions,
        ranges=True,
    )


def _spread(
    name: str, title: str, axis: str, shares: list[float | None], step: int, count: int
) -> Chart:
    """Count articles by a share, in steps of so many per cent."""
    edges = [number * step for number in range(count)]
    values = count_in([round(100 * each, 6) for each in shares if each is not None], edges)
    labels = [str(each) for each in edges]
    return chart(name, title, axis, f"Articles by {axis}", labels, values, ranges=True)


def _dangling(articles: list[Measured]) -> Chart:
    return chart(
        "dangling",
        "Starts that dangle",
        "sentences that begin with “he” or “but”",
        "Articles by number of sentences that point back to one that is not there",
        ["0", "1", "2", "3 or more"],
        count_in([each.dangling or 0 for each in articles], range(4)),
    )


def _missing(articles: list[Measured]) -> Chart:
    return chart(
        "missing",
        "Headline words that are missing",
        "words of the title that no sentence has",
        "Articles by number of content words of the title that the summary lacks",
        ["0", "1", "2", "3", "4", "5 or more"],
        count_in([len(each.missing) for each in articles], range(6)),
    )


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.0f} %"


def _direction(language: str) -> str:
    return "rtl" if language.replace("_", "-").split("-")[0].lower() in LANGUAGE_RTL else "ltr"


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("sitegen.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": _percent, "direction": _direction}
    return environment.get_template("report.html")
