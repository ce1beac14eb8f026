"""The benchmarks measure what they say they do."""

import sys
import tomllib
from dataclasses import replace
from statistics import mean, stdev

import pytest
import yaml

from tests.bench import book, leads, prototype
from tests.bench.corpus import Item
from tests.bench.site import process, report
from tests.bench.site.contenders import (
    ADDED,
    COLD,
    EDITED,
    HUGO,
    PELICAN_SUMY,
    SAME,
    SITEGEN,
    Contender,
    contenders,
    plain_head,
    yaml_head,
)
from tests.bench.site.corpus import FIRST_DAY, SECTIONS, Article, write
from tests.bench.site.process import Cost, timed
from tests.bench.site.scenarios import Result, measure, with_news
from tests.bench.tables import Table

rouge = pytest.importorskip(
    "tests.bench.rouge", reason="the extra `bench` is not installed", exc_type=ImportError
)

TEXT = (
    "The mill on the river is sold to a baker. It rained. The baker will open the mill in May.\n\n"
    "Flour from the mill  was famous. Nobody came."
)


def item(sentences: int = 2) -> Item:
    return Item(text=TEXT, title="Mill sold", language="en", references=("",), sentences=sentences)


def test_a_lead_is_the_first_sentences_with_single_blanks():
    assert leads.lead(item(), 2) == ["The mill on the river is sold to a baker.", "It rained."]
    assert leads.lead(item(), 9)[3] == "Flour from the mill was famous."


def test_a_lead_of_words_is_cut_inside_a_sentence():
    found = leads.lead_of_words(item(), 15)
    assert found[2] == "The baker will"
    assert leads.words(found) == 15


def test_a_lead_of_more_words_than_there_are_is_the_whole_text():
    assert leads.lead_of_words(item(), 999) == leads.lead(item(), 999)


def test_rouge_counts_shared_words_and_pairs():
    rouge1, rouge2, _ = rouge.score("de", ["Die Mühle ist verkauft"], ["Die Mühle brennt"])
    assert rouge1 == pytest.approx(200 * 2 / 7)
    assert rouge2 == pytest.approx(200 * 1 / 5)


def test_rouge_is_averaged_over_references():
    assert rouge.score("en", ["the mill", "no such thing"], ["the mill"])[0] == pytest.approx(50)


def test_the_prototype_gives_the_wanted_number_of_sentences_in_order():
    (found,) = prototype.summarize([TEXT], ["Mill sold"], "en", [2])
    assert found[0] == "The mill on the river is sold to a baker."
    assert len(found) == 2


def test_a_batch_of_the_prototype_has_a_summary_a_text():
    found = prototype.summarize(["", TEXT, "One."], ["", "", ""], "en", [3, 1, 2])
    assert [len(each) for each in found] == [0, 1, 1]


def test_a_book_is_the_same_each_time_and_as_long_as_asked():
    text, again = ([*book.Author().text(500)] for _ in range(2))
    assert text == again
    assert 500 <= sum(len(each.split()) for each in text) < 570


def test_a_table_is_markdown_with_even_columns():
    table = Table(title="T", head=("a", "bb"), rows=[("ccc", "d")], notes=("Note.",))
    assert str(table) == "## T\n\n| a   | bb |\n|-----|----|\n| ccc | d  |\n\nNote.\n"


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return list(write(60))


def test_the_articles_are_the_same_bytes_each_time(articles):
    assert list(write(60)) == articles


def test_a_small_corpus_is_the_beginning_of_a_large_one_save_for_dates(articles):
    undated = [replace(each, date=FIRST_DAY) for each in articles]
    assert [replace(each, date=FIRST_DAY) for each in write(10)] == undated[:10]


def test_articles_have_eight_paragraphs_and_some_600_words(articles):
    plain = [each for each in articles if each.number % 3 and each.number % 20]
    assert {len(each.blocks) for each in plain} == {8}
    assert 580 < mean(len(each.body.split()) for each in plain) < 620


def test_sentences_have_some_20_words_and_differ_in_length(articles):
    blocks = [block for each in articles if each.number % 3 for block in each.blocks[:8]]
    lengths = [len(each.split()) for block in blocks for each in block.split(". ")]
    assert 17 < mean(lengths) < 22
    assert stdev(lengths) > 6


def test_dates_are_in_order_over_ten_years(articles):
    days = [each.date for each in articles]
    assert days == sorted(days)
    assert 3500 < (days[-1] - days[0]).days < 3660


def test_a_third_has_markup_and_one_in_twenty_a_table_code_and_a_footnote(articles):
    assert sum("\n## " in each.body and "](https:" in each.body for each in articles) == 20
    extras = [each.body for each in articles if "| place |" in each.body]
    assert len(extras) == 3
    assert all("```python" in body and "\n[^1]: " in body for body in extras)


def test_articles_have_three_tags_of_sixty_and_one_of_six_sections(articles):
    assert {len(set(each.tags)) for each in articles} == {3}
    assert len({tag for each in articles for tag in each.tags}) > 40
    assert {each.section for each in articles} == set(SECTIONS)


def test_an_edit_changes_one_sentence_in_the_middle(articles):
    for article in articles:
        pairs = list(zip(article.blocks, with_news(article, 1).blocks, strict=True))
        ((old, new),) = [(old, new) for old, new in pairs if old != new]
        assert not old.startswith("#")
        assert new.replace(" in the year 2001", "") == old
    assert with_news(articles[0], 1) != with_news(articles[0], 2)


@pytest.mark.parametrize("contender", contenders(), ids=lambda each: each.name)
def test_every_contenders_site_can_be_written(contender, articles, tmp_path):
    contender.write_site(articles[:6], tmp_path)
    assert len(list(tmp_path.glob("content/*/article-*.md"))) == 6
    for file in tmp_path.rglob("*.toml"):
        assert tomllib.loads(file.read_text())["title"]
    for file in tmp_path.rglob("*.py"):
        compile(file.read_text(), file, "exec")
    assert not contender.static or (tmp_path / contender.static / "style.css").is_file()


def test_front_matter_says_the_same_in_both_ways(articles):
    given = yaml.safe_load(yaml_head(articles[1]).strip("-\n"))
    plain = dict(line.split(": ", 1) for line in plain_head(articles[1]).splitlines())
    assert given["title"] == plain["Title"]
    assert given["tags"] == plain["Tags"].split(", ")
    assert given["authors"] == [plain["Authors"]]
    assert str(given["date"]) == plain["Date"]


def test_time_and_memory_are_those_of_the_whole_process_tree(tmp_path):
    child = "x = bytearray(60 * 2**20); sum(range(5_000_000))"
    program = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    command = (sys.executable, "-c", program)
    assert timed(command, tmp_path).cpu > 0.05
    assert process.peak(command, tmp_path) > 60


def test_a_command_that_fails_tells_what_it_said(tmp_path):
    with pytest.raises(process.FailedError, match=r"(?s)ended with 1:.*no such luck"):
        timed((sys.executable, "-c", "import sys; sys.exit('no such luck')"), tmp_path)


def test_changed_and_new_files_are_counted(tmp_path):
    program = "import os; open('out/old', 'w'); open('out/new', 'w').write(str(os.getpid()))"
    contender = Contender(
        name="C", command=(sys.executable, "-c", program), theme="sitegen", made=("out",)
    )
    (tmp_path / "c-5" / "out").mkdir(parents=True)
    contender = replace(contender, made=("out", "gone"), scenarios=(SAME, EDITED))
    found = measure(5, [contender], 1, tmp_path)
    assert found[5, "C", SAME].files == 2
    assert found[5, "C", EDITED].changed == 1
    assert len(found[5, "C", EDITED].costs) == 1


def test_wishes_are_measured_in_cold_builds_of_hugo():
    def result(wall: float) -> Result:
        return Result(
            costs=(Cost(wall=wall, cpu=2 * wall, others=0),), peak=wall, files=1, size=1, changed=31
        )

    names = (SITEGEN, HUGO, PELICAN_SUMY)
    results = {(5, name, each): result(8.0) for name in names for each in (COLD, SAME, EDITED)}
    results |= {(5, SITEGEN, ADDED): result(0.4), (5, SITEGEN, COLD): result(2.0)}
    met = {wish.what: wish.short <= 0 for wish in report.wishes(results)}
    assert met == {
        "cold build, CPU": True,
        "cold build, wall": True,
        "nothing changed, wall": False,
        "one edited, wall": False,
        "one added, wall": True,
        "one added, changed files": False,
        "cold build, peak memory": True,
        "cold build of 5, CPU, Pelican's with sumy": False,
    }
    assert "31" in str(report.table(5, results))
