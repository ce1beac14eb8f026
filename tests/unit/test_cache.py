"""The cache gives back what was put, or says that it is lost; never anything else."""

import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sitegen.cache import (
    NAME,
    Cache,
    CacheLostError,
    Known,
    Row,
    Snapshot,
    article_of,
    body_of,
    encoded,
    entry_of,
    notes_of,
    open_cache,
    passing_cache,
    peek_cache,
    remove_cache,
    row_of,
)
from sitegen.digest import digest, digest_of
from sitegen.errors import Diagnostic, Severity
from sitegen.model import (
    Article,
    Body,
    Compiled,
    Entry,
    Reference,
    SectionIndex,
    Seen,
    Skipped,
    Summary,
    SummarySentence,
    Written,
)

PROGRAM = b"this one"
NOTE = Diagnostic(severity=Severity.NOTE, path="a.md", line=3, message="left out 'x'")
SUMMARY = Summary(
    sentences=(SummarySentence(text="One. „Zwei“ \x00", fragment="p1"),), by_editor=False, seconds=3
)


def compiled(date: datetime | None = None, source: str = "world/ä.md") -> Compiled:
    article = Article(
        source=source, section="world", slug="ä", title="Ä", language="de", date=date,
        tags=("one", "two"), summary=SUMMARY,
    )  # fmt: skip
    body = Body(parts=("<p>", ">x</p>"), attributes=("href",))
    entry = Entry(
        source=source, section="world", slug="ä", title="Ä", language="de", date=date,
        links=(Reference(target="b.md", line=4),),
        article=digest_of(article), body=digest_of(body),
    )  # fmt: skip
    return Compiled(entry=entry, article=article, body=body, diagnostics=(NOTE,))


def snapshot(**changes: object) -> Snapshot:
    known: dict[str, object] = {
        "recipe": b"recipe",
        "since": datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC),
        "until": datetime.max.replace(tzinfo=UTC),
        "files": {"ä.md": Seen(stamp=b"", digest=b"\xff\x00")},
        "outputs": {"/ä.html": Written(key=b"k", digest=b"d", stamp=b"s")},
        "manifest": None,
        "pages": 3,
        "skipped": (Skipped(source="b.md", reason="draft"),),
        "diagnostics": (NOTE,),
        "indexes": ((b"key", SectionIndex(path="", title="Home", sentences=0.5)),),
        "references": {"base.html": (b"digest", ("a.html", "*"))},
    }
    return Snapshot(**{**known, **changes})  # type: ignore[arg-type]


def filled(folder: Path) -> None:
    cache = open_cache(folder, PROGRAM)
    cache.put([row_of(compiled(source=f"{name}.md"), name.encode()) for name in "abc"])
    cache.keep("output", snapshot())
    cache.close()


def read_all(cache: Cache) -> tuple[list[Known], dict[str, bytes], Snapshot | None]:
    entries = list(cache.entries())
    names = [each.source for each in entries]
    return entries, cache.articles(names) | cache.bodies(names), cache.snapshot("output")


DATES = (
    None,
    datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC),
    datetime(2026, 5, 4, 3, 2, 1, 987654, tzinfo=timezone(timedelta(hours=-3, minutes=-30))),
    datetime(2026, 7, 1, tzinfo=ZoneInfo("Europe/Berlin")),
    datetime(2026, 12, 1, tzinfo=ZoneInfo("America/St_Johns")),
)


@pytest.mark.parametrize("date", DATES)
def test_an_article_comes_back_as_it_went(date, tmp_path):
    made = compiled(date)
    row = row_of(made, b"key")
    cache = open_cache(tmp_path, PROGRAM)
    cache.put([row])
    (known,) = cache.entries()
    article = article_of(cache.articles([row.source])[row.source])
    assert known == Known(source=row.source, key=b"key", entry=row.entry, notes=row.notes)
    assert entry_of(known.entry) == made.entry
    assert notes_of(known.notes) == (NOTE,)
    assert article == made.article
    assert body_of(cache.bodies([row.source])[row.source]) == made.body
    assert (article.date and article.date.isoformat()) == (date and date.isoformat())
    cache.close()


def test_a_date_of_old_local_time_comes_back_the_same_each_time():
    """Before there were zones, Berlin was 53 minutes and 28 seconds ahead; RFC 3339 knows none."""
    date = datetime(1850, 3, 4, tzinfo=ZoneInfo("Europe/Berlin"))
    once = entry_of(row_of(compiled(date), b"").entry)
    assert once.date
    assert once.date.date() == date.date()
    assert entry_of(encoded(once)) == once


def test_digests_name_what_is_kept():
    made = compiled()
    row = row_of(made, b"key")
    assert made.entry
    assert (digest(row.article), digest(row.body)) == (made.entry.article, made.entry.body)


def test_a_snapshot_comes_back_as_it_went(tmp_path):
    cache = open_cache(tmp_path, PROGRAM)
    far = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    for name, made in (("a", snapshot()), ("b", snapshot(until=far, manifest=None))):
        cache.keep(name, made)
        assert cache.snapshot(name) == made
    assert cache.snapshot("c") is None
    cache.close()


def test_what_is_forgotten_or_not_committed_is_gone(tmp_path):
    filled(tmp_path)
    cache = open_cache(tmp_path, PROGRAM)
    cache.forget(["b.md", "never.md"])
    cache.commit()
    cache.put([row_of(compiled(source="d.md"), b"d")])
    cache.close()
    cache = open_cache(tmp_path, PROGRAM)
    assert [each.source for each in cache.entries()] == ["a.md", "c.md"]
    with pytest.raises(CacheLostError, match="a text is missing"):
        cache.bodies(["a.md", "b.md"])
    cache.close()


def test_many_texts_are_fetched_at_once(tmp_path):
    cache = open_cache(tmp_path, PROGRAM)
    names = [f"{i}.md" for i in range(1_201)]
    cache.put(
        Row(source=each, key=b"", entry=b"", notes=b"", article=b"", body=each.encode())
        for each in names
    )
    assert cache.bodies(names) == {each: each.encode() for each in names}
    assert cache.bodies([]) == {}
    cache.close()


COLUMNS = [
    *(("entries", each) for each in ("source", "key", "entry", "notes", "crc")),
    *(("texts", each) for each in ("source", "article", "article_crc", "body", "body_crc")),
    *(("snapshots", each) for each in ("data", "crc")),
]


@pytest.mark.parametrize(("table", "column"), COLUMNS)
@pytest.mark.parametrize("value", [b"\xff", "text", 7, "NULL"])
def test_damage_in_each_column_is_noticed(table, column, value, tmp_path):
    filled(tmp_path)
    connection = sqlite3.connect(tmp_path / NAME)
    if value == "NULL":
        connection.executescript(
            f"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL',"
            f" '') WHERE name = '{table}';"
        )
        connection.close()
        connection = sqlite3.connect(tmp_path / NAME)
    given = None if value == "NULL" else value
    key = "output" if table == "snapshots" else "source"
    chosen = "output" if table == "snapshots" else "b.md"
    connection.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (given, chosen))
    connection.commit()
    connection.close()
    cache = open_cache(tmp_path, PROGRAM)
    with pytest.raises(CacheLostError):
        read_all(cache)
    cache.close()


def test_any_byte_that_flips_is_noticed_or_does_not_matter(tmp_path):
    filled(tmp_path)
    file = tmp_path / NAME
    good = file.read_bytes()
    cache = open_cache(tmp_path, PROGRAM)
    wanted = read_all(cache)
    cache.close()
    for place in range(0, len(good), 61):
        file.write_bytes(good[:place] + bytes([good[place] ^ 0x15]) + good[place + 1 :])
        cache = open_cache(tmp_path, PROGRAM)
        try:
            found = read_all(cache)
        except CacheLostError:
            continue
        finally:
            cache.close()
        assert all(each in wanted[0] for each in found[0]), place
        assert found[1].items() <= wanted[1].items(), place
        assert found[2] in (wanted[2], None), place


def test_a_schema_that_is_no_text_is_made_anew(tmp_path):
    filled(tmp_path)
    data = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).write_bytes(
        data.replace(b"CREATE TABLE entries", b"CREATE T\xac\xffLE entries")
    )
    cache = peek_cache(tmp_path, PROGRAM)
    assert list(cache.entries()) == []
    cache.close()
    cache = open_cache(tmp_path, PROGRAM)
    assert list(cache.entries()) == []
    cache.close()


@pytest.mark.parametrize("data", [b"", b"garbage" * 999, b"SQLite format 3\0", b"SQLite format 3"])
def test_a_file_that_is_no_cache_is_made_anew(data, tmp_path):
    (tmp_path / NAME).write_bytes(data)
    cache = open_cache(tmp_path, PROGRAM)
    assert list(cache.entries()) == []
    cache.put([row_of(compiled(), b"")])
    cache.commit()
    cache.close()


def test_another_program_or_a_clean_start_finds_nothing(tmp_path):
    for clean, program in ((False, b"another"), (True, PROGRAM)):
        filled(tmp_path)
        cache = open_cache(tmp_path, program, clean=clean)
        assert read_all(cache) == ([], {}, None)
        cache.close()
        remove_cache(tmp_path)


def test_a_peek_sees_what_is_put_and_leaves_the_disk_alone(tmp_path):
    filled(tmp_path)
    before = {each: (each.read_bytes(), each.stat().st_mtime_ns) for each in tmp_path.iterdir()}
    cache = peek_cache(tmp_path, PROGRAM)
    rows = [row_of(compiled(source=f"{i}.md"), bytes(5_000)) for i in range(3_000)]
    cache.put(rows)
    cache.forget(["a.md"])
    assert len(list(cache.entries())) == 3_002
    assert before == {
        each: (each.read_bytes(), each.stat().st_mtime_ns) for each in tmp_path.iterdir()
    }
    cache.close()
    assert before == {
        each: (each.read_bytes(), each.stat().st_mtime_ns) for each in tmp_path.iterdir()
    }


def test_a_passing_cache_works_without_a_folder():
    cache = passing_cache(PROGRAM)
    cache.put([row_of(compiled(), b"")])
    cache.keep("output", snapshot())
    assert read_all(cache)[2] == snapshot()
    cache.close()


def test_data_that_is_whole_but_of_another_shape_is_lost():
    for decode in (entry_of, article_of, body_of, notes_of):
        with pytest.raises(CacheLostError):
            decode(b'{"parts": 1}')
