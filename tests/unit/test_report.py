"""Measures of summaries, their sums, the page that shows them, and what differs between two."""

from dataclasses import replace
from xml.etree import ElementTree

import html5lib
import pytest

from sitegen import textrank
from sitegen.article import Draft, Extract, read_draft
from sitegen.config import SiteConfig
from sitegen.errors import SitegenError
from sitegen.model import Source
from sitegen.report import (
    Measured,
    Other,
    compare,
    html_page,
    measure,
    others,
    read_report,
    report_of,
)

SENTENCES = (
    "The council has bought the old mill.",
    "It will reopen in May.",
    "Nobody knows the price of the wheel.",
    "The wheel turns again.",
    "However, the roof leaks badly.",
    "The old mill was bought by the council.",
)


def extract(
    *taken: int, title: str = "Council buys mill", front: str = "", language: str = "en"
) -> Extract:
    """Make the extract of an article of six sentences, of which those numbered are taken."""
    head = f"---\ntitle: {title}\nlanguage: {language}\n{front}\n---\n"
    text = head + "\n\n".join(SENTENCES) + "\n"
    draft = read_draft(Source(path="news/a.md", data=text.encode()), SiteConfig(), {})
    assert isinstance(draft, Draft)
    every = [
        textrank.Sentence(text=each, paragraph=place, span=(0, len(each)), score=1.0)
        for place, each in enumerate(SENTENCES)
    ]
    found = textrank.Summary(
        sentences=tuple(every[number - 1] for number in taken),
        keywords=(),
        words=0,
        available=len(every),
        converged=True,
        explained=tuple(
            textrank.Explained(
                sentence=each, shares=(("rank", 1.0),), taken=number in taken, reason=""
            )
            for number, each in enumerate(every, 1)
        ),
    )
    return Extract(draft=draft, found=found)


def measured(*taken: int, **options: str) -> Measured:
    return measure(extract(*taken, **options), "/news/a.html")


def test_length_is_the_summarys_words_by_the_articles():
    found = measured(1, 2)
    assert (found.summary_words, found.words) == (12, 36)
    assert found.compression == 0.3333
    assert (found.by, found.why, found.url) == ("extract", "", "/news/a.html")


@pytest.mark.parametrize(
    ("taken", "lead"), [((1, 2), 1.0), ((2, 1, 3), 1.0), ((1, 5), 0.5), ((3, 4), 0.0)]
)
def test_lead_counts_the_sentences_among_the_articles_first(taken, lead):
    assert measured(*taken).lead == lead


def test_said_twice_is_each_sentences_highest_overlap_with_another():
    assert measured(1, 4).redundancy == 0.0
    assert measured(1, 6).redundancy == 1.0
    assert 0 < (measured(1, 4, 6).redundancy or 0) < 1
    assert measured(3).redundancy == 0.0


def test_a_start_dangles_where_the_sentence_before_it_is_left_out():
    assert [each.dangling for each in measured(1, 2).sentences] == [False, False]
    assert [each.dangling for each in measured(2, 5).sentences] == [True, True]
    assert measured(4, 5).dangling == 0
    assert measured(3, 5).dangling == 1


def test_missing_are_the_content_words_of_the_title_that_no_sentence_has():
    found = measured(1, title="Is the COUNCIL's wheel leaking?")
    assert (found.headline, found.missing) == (3, ("wheel", "leaking"))
    assert measured(5, title="Is the roof leaking?").missing == ()


def test_a_title_in_chinese_is_compared_by_pairs_of_characters():
    found = measured(1, title="磨坊出售", language="zh")
    assert found.missing == ("磨坊", "坊出", "出售")


def test_positions_count_from_one():
    assert [each.position for each in measured(1, 6).sentences] == [1, 6]


def test_an_editors_summary_has_no_positions_and_no_lead():
    found = measured(front="summary: [It will reopen., It was sold.]")
    assert (found.by, found.lead) == ("editor", None)
    assert [(each.position, each.dangling) for each in found.sentences] == [
        (None, True),
        (None, False),
    ]


@pytest.mark.parametrize(
    ("taken", "front", "why"),
    [((1, 2, 3, 4), "", "too few sentences"), ((), "summary: false", "summary: false")],
)
def test_an_article_without_a_summary_says_why_and_has_no_measures(taken, front, why):
    found = measured(*taken, front=front)
    assert (found.by, found.why, found.sentences) == ("none", why, ())
    assert found.compression is found.redundancy is found.concern is found.dangling is None


def test_totals_are_means_and_places_in_tenths():
    report = report_of("T", [measured(1, 2), measured(1, 6), measured(1, 2, 3, 4)])
    totals = report.totals
    assert (totals.articles, totals.sentences) == (3, 4)
    assert totals.by == {"extract": 2, "editor": 0, "none": 1}
    assert totals.why == {"too few sentences": 1}
    assert totals.lead == 0.75
    assert totals.positions == (2, 1, 0, 0, 0, 0, 0, 0, 1, 0)


def test_what_concerns_most_comes_first_and_nothing_last():
    good = replace(measured(1, 4), source="good")
    bad = replace(measured(2, 5, title="Storks"), source="bad")
    none = replace(measured(1, 2, 3, 4), source="none")
    report = report_of("T", [none, good, bad])
    assert [each.source for each in report.articles] == ["bad", "good", "none"]


def test_a_site_without_summaries_has_a_report_and_a_page():
    report = report_of("T", [])
    assert report.totals.compression is None
    assert "No article has a summary." in html_page(report)


HOSTILE = 'A <b>"mill"</b> & {{ 1 }}'


def test_the_page_parses_escapes_and_needs_nothing_else():
    found = replace(measured(1, 5), title=HOSTILE, missing=("<i>",))
    page = html_page(report_of(HOSTILE, [found, measured(1, 2, 3, 4)]), base_url="https://x.org/")
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    tags = {each.tag for each in tree.iter() if isinstance(each.tag, str)}
    assert not tags & {"script", "link", "img", "b i", "i"}
    assert tree.find(".//title").text == f"Summaries of {HOSTILE}"
    assert tree.find(".//tbody//a").get("href") == "https://x.org/news/a.html"
    assert "@import" not in page
    assert "url(" not in page


def test_each_picture_says_in_words_what_it_shows():
    page = html_page(report_of("T", [measured(1, 6)]))
    pictures = [part.split("</svg>")[0] for part in page.split("<svg")[1:]]
    assert len(pictures) == 6
    first = ElementTree.fromstring(f"<svg{pictures[0]}</svg>")
    assert first.findtext("title") == "Where the sentences come from"
    assert "from 0: 1, from 10: 0" in (first.findtext("desc") or "")
    assert len(first.findall("rect")) == 2
    ids = {first.get("aria-labelledby")} | {
        ElementTree.fromstring(f"<svg{each}</svg>").get("aria-labelledby") for each in pictures
    }
    assert len(ids) == 6


def changes(old: Measured, new: Measured, *, same: bool = False):
    (was,) = others(report_of("T", [old]))
    return compare([was], [new], lambda _: same)


def test_a_comparison_shows_what_went_and_what_came():
    (change,) = changes(measured(1, 3), measured(1, 4)).changes
    assert not change.edited
    assert change.lines == ((" ", SENTENCES[0]), ("-", SENTENCES[2]), ("+", SENTENCES[3]))
    assert changes(measured(1, 3), measured(1, 3)).changes == ()


@pytest.mark.parametrize(
    ("was", "edited"),
    [
        ({"digest": "x"}, True),
        ({"title": "x"}, True),
        ({"by": "editor"}, True),
        ({"language": "de"}, False),
    ],
)
def test_an_edited_article_is_told_apart_unless_its_file_is_the_same(was, edited):
    old = replace(measured(1, 3), **was)
    assert changes(old, measured(1, 4)).changes[0].edited is edited
    assert not changes(old, measured(1, 4), same=True).changes[0].edited


def test_new_and_gone_articles_are_counted():
    old = others(report_of("T", [replace(measured(1, 2), source="gone")]))
    found = compare(old, [measured(1, 2)], lambda _: False)
    assert (found.compared, found.added, found.removed) == (0, 1, 1)


def test_another_versions_report_may_have_keys_unknown_here():
    data = b'{"new": 1, "articles": [{"source": "a", "title": "A", "digest": "d", "by": "none",'
    data += b'"more": 2, "sentences": []}]}'
    assert read_report(data, "x") == (
        Other(source="a", title="A", digest="d", by="none", sentences=()),
    )
    with pytest.raises(SitegenError, match="old/sitegen: wrote no report"):
        read_report(b"usage: sitegen", "old/sitegen")
