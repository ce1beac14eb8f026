"""A build does what has to be done again, and no more than that."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest

import sitegen.build
import sitegen.cache
import sitegen.stamp
import sitegen.work
from sitegen.batches import FEW
from sitegen.cli import run
from sitegen.compilation import BATCH
from sitegen.errors import ContentError, PublishError, SitegenError
from sitegen.model import Page, Selection
from tests.conftest import NOW, SiteFolder, article

CONFIG = 'title = "Test"\nbase_url = "https://example.org"\npage_size = 5\n'
HEAVY = {"numpy", "markdown", "jinja2", "rich", "babel", "yaml", "slugify"}


def news(count: int) -> dict[str, str | bytes]:
    made: dict[str, str | bytes] = {}
    for i in range(count):
        day = f"2026-{i // 28 % 5 + 1:02}-{i % 28 + 1:02}"
        made[f"content/{('world', 'science')[i % 2]}/{day}-n{i}.md"] = article(
            f"Number {i}", paragraphs=2, tags=f"[t{i % 3}]", authors=f"[A{i % 2}]"
        )
    return made


def built(site: SiteFolder) -> dict[str, bytes]:
    """Return what a build has published, without the manifest."""
    return {name: data for name, data in site.outputs().items() if name != ".sitegen.json"}


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def disk(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(each.relative_to(folder)): (each.read_bytes(), each.stat().st_mtime_ns)
        for each in folder.rglob("*")
        if each.is_file()
    }


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the pages that builds of this test have rendered."""
    seen: list[str] = []
    render = sitegen.work.render_pages

    def spy(pages: Iterable[Page], *rest: object) -> object:
        pages = list(pages)
        seen.extend(each.path for each in pages)
        return render(pages, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(sitegen.work, "render_pages", spy)
    return seen


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources that builds of this test have compiled."""
    seen: list[str] = []
    compile_articles = sitegen.work.compile_articles

    def spy(sources: Iterable[object], **rest: object) -> object:
        sources = list(sources)
        seen.extend(each.path for each in sources)  # type: ignore[attr-defined]
        return compile_articles(sources, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(sitegen.work, "compile_articles", spy)
    return seen


def test_a_build_with_nothing_to_do_imports_nothing_that_works(make_site):
    site = make_site({**news(6), "content/a.md": "# A\n\nA | B\n--|--\n1 | 2\n"}, CONFIG)
    code = "import sys; from sitegen.cli import run; assert run(['build', '-q']) == 0; " + (
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    loaded = [
        set(
            subprocess.run(
                [sys.executable, "-c", code], cwd=site.root, capture_output=True, check=True
            )
            .stdout.decode()
            .split()
        )
        for _ in range(2)
    ]
    assert {"numpy", "markdown", "jinja2"} <= loaded[0]
    assert HEAVY & loaded[1] == set()


def test_a_build_with_nothing_to_do_compiles_and_renders_nothing(make_site, rendered, compiled):
    site = make_site(news(6), CONFIG)
    site.build()
    rendered.clear()
    compiled.clear()
    result = site.build()
    assert (rendered, compiled) == ([], [])
    assert result.published.unchanged == len(built(site))
    assert result.pages < len(built(site))


def test_an_edited_article_is_compiled_alone_and_shows_where_it_is_shown(
    make_site, rendered, compiled
):
    site = make_site(news(30), CONFIG)
    site.build()
    rendered.clear()
    compiled.clear()
    before = built(site)
    same = {"tags": "[t1]", "authors": "[A0]"}
    site.write({"content/world/2026-01-11-n10.md": article("Number X", paragraphs=2, **same)})
    site.build()
    assert compiled == ["world/2026-01-11-n10.md"]
    own = {"world/n10.html", "science/n9.html", "science/n11.html"}
    differing = changed(before, built(site))
    assert own <= differing <= {each.lstrip("/") for each in rendered}
    assert {each for each in differing if "/n" in each} == own
    assert {f"/{each}" for each in own} == {each for each in rendered if "/n" in each}
    assert not {"404.html", "archive/index.html", "tags/index.html"} & differing


def test_a_new_article_changes_few_files_of_a_site_of_two_hundred(make_site):
    site = make_site(news(200), CONFIG)
    site.build()
    site.write({"content/world/2026-05-30-new.md": article("New", tags="[t1]", authors="[A1]")})
    assert len(site.build().published.written) <= 30


def test_a_typo_mended_in_the_body_leaves_lists_alone(make_site):
    text = article("Storks", date="2026-01-02", paragraphs=30)
    site = make_site({**news(6), "content/storks.md": text}, CONFIG + "[feed]\nfull = false\n")
    site.build()
    before = built(site)
    summary = before["storks.html"].decode().split('id="summary"')[1].split("</ul>")[0]
    assert "northern wall" in text
    place = text.rindex("northern wall")
    assert text[place - 40 : place + 13] not in summary
    site.write({"content/storks.md": text[:place] + "Northern" + text[place + 8 :]})
    result = site.build()
    assert changed(before, built(site)) == {"storks.html"}
    assert len(result.published.written) == 1


def test_a_template_is_rendered_anew_where_it_is_loaded_and_nowhere_else(make_site, rendered):
    site = make_site(news(6), CONFIG)
    site.build()
    theme = Path(__file__).parents[2] / "templates"
    for name, mark in (("list.html", "<!-- list -->"), ("partials/card.html", "<!-- card -->")):
        rendered.clear()
        before = built(site)
        text = (theme / name).read_text(encoding="utf-8")
        place = text.index('<div class="cards">' if name == "list.html" else "<article")
        site.write({f"templates/{name}": text[:place] + mark + text[place:]})
        site.build()
        pages = {each for each, data in built(site).items() if mark.encode() in data}
        assert changed(before, built(site)) == pages != set()
        assert not [each for each in rendered if "/n" in each]
        assert "/404.html" not in rendered
        assert ("/index.html" in rendered) == (name == "partials/card.html")


def test_a_static_file_is_named_anew_in_all_pages(make_site):
    site = make_site(news(4), CONFIG)
    site.build()
    site.write({"templates/static/style.css": "b { color: red }"})
    site.build()
    names = [name for name in site.outputs() if name.startswith("static/style.")]
    assert len(names) == 1
    assert names[0].encode() in site.outputs()["index.html"]


def test_a_clean_build_uses_nothing_and_leaves_the_files(make_site, rendered, compiled):
    site = make_site(news(6), CONFIG)
    pages = site.build().pages
    before = disk(site.root / "output")
    rendered.clear()
    compiled.clear()
    result = site.build(clean=True)
    assert (len(rendered), len(compiled)) == (pages, 6)
    assert len(result.published.written) == 0
    assert disk(site.root / "output") == before


def test_the_profile_tells_stages_and_numbers(make_site, capsys, monkeypatch):
    site = make_site(news(6), CONFIG)
    monkeypatch.chdir(site.root)
    assert run(["build", "--profile", "--jobs", "1"]) == 0
    said = capsys.readouterr().err
    for stage in ("Looking", "Reading and summarising", "Planning", "Rendering and writing"):
        assert stage in said
    row = next(line for line in said.splitlines() if line.startswith("Reading"))
    assert row.split()[-2:] == ["6", "6"]
    assert run(["build", "--profile"]) == 0
    assert "Reading" not in capsys.readouterr().err


@pytest.mark.parametrize("cache", ["none", "fresh", "other", "broken"])
def test_a_dry_run_leaves_the_disk_as_it_is(cache, make_site, monkeypatch):
    site = make_site(news(6), CONFIG)
    if cache != "none":
        site.build()
    if cache == "broken":
        (site.root / ".sitegen" / "cache.db").write_bytes(b"no database at all" * 500)
    if cache == "other":
        monkeypatch.setattr(sitegen.build, "program", lambda: b"another")
    site.write({"content/world/new.md": article("New")})
    before = disk(site.root)
    folders = sorted(site.root.rglob("*"))
    told = site.build(dry_run=True)
    assert disk(site.root) == before
    assert sorted(site.root.rglob("*")) == folders
    assert told.published.written == site.build().published.written


def test_each_output_folder_has_a_snapshot_of_its_own(make_site, rendered):
    site = make_site(news(6), CONFIG)
    site.build()
    site.build(overrides={"output": "other"})
    rendered.clear()
    assert len(site.build().published.written) == 0
    assert len(site.build(overrides={"output": "other"}).published.written) == 0
    assert rendered == []
    shutil.rmtree(site.root / "other")
    assert len(site.build(overrides={"output": "other"}).published.written) > 20
    assert len(site.build().published.written) == 0


def test_sitegen_clean_removes_the_cache_and_what_was_built(make_site, monkeypatch):
    site = make_site({**news(3), "output/CNAME": "example.org"}, CONFIG)
    monkeypatch.chdir(site.root)
    assert run(["build", "-q"]) == 0
    assert (site.root / ".sitegen" / ".gitignore").read_text() == "*\n"
    site.write({"output/.sitegen-tmp/1": "from a build that was killed"})
    assert run(["clean", "-q"]) == 0
    assert not (site.root / ".sitegen").exists()
    assert site.outputs() == {"CNAME": b"example.org"}


def test_what_a_user_keeps_beside_the_cache_stays(make_site, monkeypatch):
    site = make_site(news(3), CONFIG)
    monkeypatch.chdir(site.root)
    assert run(["build", "-q"]) == 0
    site.write({".sitegen/mine.txt": "mine"})
    assert run(["clean", "-q"]) == 0
    assert {each.name for each in (site.root / ".sitegen").iterdir()} == {".gitignore", "mine.txt"}


def test_a_project_that_cannot_hold_a_cache_is_built_without_one(make_site):
    site = make_site({**news(4), ".sitegen": "a file where the folder would be"}, CONFIG)
    assert len(site.build().published.written) > 20
    assert len(site.build().published.written) == 0
    site.write({"content/new.md": article("New")})
    assert len(site.build().published.written) > 0


def test_a_cache_that_cannot_be_written_is_done_without(make_site, monkeypatch):
    site = make_site(news(4), CONFIG)
    site.build()
    connect = sqlite3.connect

    def read_only(file: str, **options: object) -> sqlite3.Connection:
        return connect(f"file:{file}?mode=ro" if file else "", uri=bool(file), **options)

    monkeypatch.setattr(sqlite3, "connect", read_only)
    monkeypatch.setattr(sitegen.cache, "_drop", lambda folder: None)
    site.write({"content/new.md": article("New")})
    site.build()
    assert "new.html" in site.outputs()


def test_a_full_disk_is_said_in_a_line(make_site, monkeypatch):
    def full(*_: object) -> None:
        raise sitegen.cache.CacheLostError("database or disk is full")

    site = make_site(news(4), CONFIG)
    monkeypatch.setattr(sitegen.cache.Cache, "put", full)
    with pytest.raises(SitegenError, match="cannot write a temporary file: database or disk"):
        site.build()


def test_a_cache_in_use_is_waited_for_and_never_thrown_away(make_site, monkeypatch):
    site = make_site(news(4), CONFIG)
    site.build()
    monkeypatch.setattr(sitegen.cache, "PATIENCE", 0.1)
    other = sqlite3.connect(site.root / ".sitegen" / "cache.db")
    other.execute("BEGIN IMMEDIATE")
    inode = (site.root / ".sitegen" / "cache.db").stat().st_ino
    site.write({"content/new.md": article("New")})
    site.build()
    other.close()
    assert "new.html" in site.outputs()
    assert (site.root / ".sitegen" / "cache.db").stat().st_ino == inode


def test_processes_threads_and_none_give_the_same_bytes_after_an_edit(make_site):
    files = news((FEW + 2) * BATCH)
    sites = [make_site(files, CONFIG) for _ in range(3)]
    edit = {name: str(text).replace("Monday", "Friday") for name, text in files.items()}
    with (
        ThreadPoolExecutor(2) as threads,
        ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes,
    ):
        for site, pool in zip(sites, (None, threads, processes), strict=True):
            site.build(executor=pool)
            site.write(edit)
            site.build(executor=pool)
            assert len(site.build(executor=pool).published.written) == 0
    assert sites[0].outputs() == sites[1].outputs() == sites[2].outputs()
    assert b"Friday" in sites[0].outputs()["world/n0.html"]


def test_versions_of_the_program_never_read_each_others_rows(make_site, monkeypatch, compiled):
    site = make_site(news(6), CONFIG)
    for version in (b"one", b"two", b"one"):
        for module in ("build", "look"):
            monkeypatch.setattr(f"sitegen.{module}.program", lambda made=version: made)
        compiled.clear()
        site.build()
        assert len(compiled) == 6
        site.build()
        assert len(compiled) == 6


@pytest.mark.parametrize("column", ["article", "body"])
@pytest.mark.parametrize("kind", ["flipped", "of another day", "gone"])
def test_a_text_that_is_not_the_one_asked_for_is_made_anew(column, kind, make_site):
    site = make_site(news(6), CONFIG)
    site.build()
    wanted = site.outputs()
    shutil.rmtree(site.root / "output")
    connection = sqlite3.connect(site.root / ".sitegen" / "cache.db")
    if kind == "flipped":
        connection.execute(f"UPDATE texts SET {column} = CAST('x' || {column} AS BLOB)")
    elif kind == "gone":
        connection.execute("DELETE FROM texts WHERE source LIKE '%n3.md'")
    else:
        for source, data in connection.execute(f"SELECT source, {column} FROM texts").fetchall():
            old = data.replace(b"weeks", b"years")
            crc = sitegen.cache._crc(source.encode(), old)
            connection.execute(
                f"UPDATE texts SET {column} = ?, {column}_crc = ? WHERE source = ?",
                (old, crc, source),
            )
    connection.commit()
    connection.close()
    site.build()
    assert site.outputs() == wanted


def test_warnings_are_shown_again_by_a_build_with_nothing_to_do(make_site, capsys, monkeypatch):
    site = make_site(
        {"content/a.md": "# A\n\n[B](b.md)\n", "content/b.md": article("B", draft="true")}, CONFIG
    )
    monkeypatch.chdir(site.root)
    for _ in range(3):
        assert run(["build"]) == 0
        said = capsys.readouterr().err
        assert "content/a.md:3: link to 'b.md', which is left out (draft)" in said
        assert "1 draft skipped, 1 warning" in said
    before = disk(site.root / "output")
    assert run(["build", "--strict"]) == 1
    assert disk(site.root / "output") == before
    with pytest.raises(ContentError, match="left out"):
        site.build(strict=True, clean=True)


def test_a_build_killed_before_its_end_leaves_nothing_behind(make_site, monkeypatch):
    site = make_site(news(4), CONFIG)
    site.build()
    wanted = site.outputs()
    with monkeypatch.context() as patch:
        patch.setattr(sitegen.cache.Cache, "keep", _killed)
        site.write({"content/new.md": article("New")})
        with pytest.raises(KeyboardInterrupt):
            site.build()
    assert "new.html" in site.outputs()
    (site.root / "content" / "new.md").unlink()
    site.build()
    assert site.outputs() == wanted


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("data", [None, b"{}", b"torn"])
def test_a_manifest_that_is_lost_is_written_again(data, make_site):
    site = make_site(news(4), CONFIG)
    site.build()
    wanted = site.outputs()
    manifest = site.root / "output" / ".sitegen.json"
    manifest.unlink() if data is None else manifest.write_bytes(data)
    assert len(site.build().published.written) == 0
    assert site.outputs() == wanted


def test_files_are_known_as_ours_while_the_cache_or_the_manifest_tells_so(make_site):
    site, other = make_site(news(4), CONFIG), make_site(news(3), CONFIG)
    site.build()
    (site.root / "output" / ".sitegen.json").unlink()
    *_, last = news(4)
    (site.root / last).unlink()
    site.build()
    other.build()
    assert site.outputs() == other.outputs()


EXTENSION = """
import markdown

class Nothing(markdown.Extension):
    def extendMarkdown(self, md):
        pass

def makeExtension(**options):
    return Nothing(**options)
"""


@pytest.mark.parametrize("name", ["one_of_ours.py", "more_of_ours/one.py", "own/__init__.py"])
def test_an_extension_of_the_projects_own_is_part_of_what_is_made(
    name, make_site, monkeypatch, compiled
):
    module = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    settings = f'[markdown]\nextensions = ["{module}"]\n'
    site = make_site({**news(2), name: EXTENSION}, CONFIG + settings)
    monkeypatch.syspath_prepend(str(site.root))
    site.build()
    site.build()
    assert len(compiled) == 2
    site.write({name: EXTENSION + "# more"})
    site.build()
    assert len(compiled) == 2  # this process has the code of before
    sitegen.stamp.loaded_code.cache_clear()  # as another one would begin
    site.build()
    assert len(compiled) == 4


@pytest.mark.parametrize("name", ["os", "sys", "__main__", "", ".x"])
def test_a_module_that_is_no_extension_is_named(name, make_site):
    site = make_site(news(1), CONFIG + f'[markdown]\nextensions = ["{name}"]\n')
    with pytest.raises(SitegenError, match=r"markdown\.extensions"):
        site.build()


def test_a_file_name_that_is_not_utf8_is_named(make_site):
    site = make_site(news(1), CONFIG)
    try:
        (site.root / "content" / os.fsdecode(b"\xff.md")).write_text("# X\n\nText.\n")
    except OSError:
        pytest.skip("this disk keeps no such names")
    with pytest.raises(ContentError, match=r"content/\\xff\.md: the file's name is not UTF-8"):
        site.build()


@pytest.mark.parametrize("mine", ["world", "world/n0.html/mine", "world/n0.html"])
def test_a_users_file_in_the_way_is_named_and_nothing_is_changed(mine, make_site):
    files = news(3)
    first = files.pop("content/world/2026-01-01-n0.md")
    world = files.pop("content/world/2026-01-03-n2.md")
    site = make_site({**files, "content/old.md": article("Old"), f"output/{mine}": "mine"}, CONFIG)
    site.build()
    before = disk(site.root / "output")
    (site.root / "content" / "old.md").unlink()
    site.write({"content/world/2026-01-01-n0.md": first, "content/world/2026-01-03-n2.md": world})
    with pytest.raises(PublishError, match="is in the way"):
        site.build()
    assert disk(site.root / "output") == before


BASE = {
    "content/a.md": article("A", date="2026-01-01") + "\nSee [that](s/c.md).\n",
    "content/b.md": article("B", date="2026-01-02"),
    "content/s/_index.md": "---\ntitle: S\n---\n",
    "content/s/c.md": article("C", date="2026-01-03"),
    "templates/robots.txt": '{% include "more.txt" ignore missing %}User-agent: *\n',
    "templates/404.html": '{% set name = "note" %}{% include "partials/" ~ name ~ ".html" %}',
    "templates/partials/note.html": '{% from "partials/deep.html" import word %}{{ word() }}',
    "templates/partials/deep.html": "{% macro word() %}one{% endmacro %}",
}
CHANGES = {
    "a template that was missing": ({"templates/more.txt": "Sitemap: x\n"}, "robots.txt"),
    "a template of a computed name": ({"templates/partials/note.html": "two"}, "404.html"),
    "a template of a template of a computed name": (
        {"templates/partials/deep.html": "{% macro word() %}two{% endmacro %}"},
        "404.html",
    ),
    "the slug of an article that is linked to": (
        {"content/s/c.md": article("C", date="2026-01-03", slug="sea")},
        "a.html",
    ),
    "a link's target that becomes a draft": (
        {"content/s/c.md": article("C", date="2026-01-03", draft="true")},
        "a.html",
    ),
    "a section's language": ({"content/s/_index.md": "---\nlanguage: de\n---\n"}, "s/c.html"),
    "a section's title": ({"content/s/_index.md": "---\ntitle: T\n---\n"}, "s/c.html"),
    "a string": ({"templates/strings/en.toml": 'skip = "x"\n'}, "a.html"),
    "the title of a neighbour": ({"content/s/c.md": article("X", date="2026-01-03")}, "b.html"),
    "the address of the site": ({"sitegen.toml": 'base_url = "https://x.org"\n'}, "a.html"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen_on_the_page_that_shows_it(change, make_site):
    files, page = CHANGES[change]
    theme = Path(__file__).parents[2] / "templates"
    strings = (theme / "strings" / "en.toml").read_text(encoding="utf-8")
    if change == "a string":
        (line,) = [each for each in strings.splitlines() if each.startswith("skip ")]
        files = {"templates/strings/en.toml": strings.replace(line, 'skip = "x"')}
    site, other = make_site(BASE, CONFIG), make_site({**BASE, **files}, CONFIG)
    other.write({name: data for name, data in files.items() if name == "sitegen.toml"})
    site.build()
    before = built(site)
    site.write(files)
    site.build()
    other.build()
    assert page in changed(before, built(site))
    assert site.outputs() == other.outputs()


def test_time_alone_lets_articles_go_live_and_expire_and_come_back(make_site):
    dates = {"old": "2026-01-01", "new": "2026-06-02"}
    files: dict[str, str | bytes] = {
        f"content/{name}.md": article(name, date=date) for name, date in dates.items()
    }
    files["content/gone.md"] = article("Gone", date="2026-01-01", expires="2026-06-03")
    site = make_site(files, CONFIG)
    for day, live in ((0, "old gone"), (1, "old gone new"), (2, "old new"), (0, "old gone")):
        site.build(selection=Selection(now=NOW + timedelta(days=day)))
        pages = {name.removesuffix(".html") for name in site.outputs()}
        assert pages & {"old", "new", "gone"} == set(live.split())
        again = site.build(selection=Selection(now=NOW + timedelta(days=day, seconds=1)))
        assert len(again.published.written) == 0


def test_the_page_that_somebody_waits_for_comes_first_and_once(make_site):
    site = make_site({"content/storks.md": article("Storks"), **news(6)}, CONFIG)
    seen: list[tuple[str, int]] = []
    page = site.root / "output/storks.html"

    def first() -> None:
        seen.append((page.read_text(), page.stat().st_mtime_ns))

    site.build(first=first)
    assert seen == []  # all pages are new
    file = site.root / "content/storks.md"
    file.write_text(file.read_text() + "\nAnd herons came, too.\n")
    before = built(site)
    site.build(first=first)
    ((text, time),) = seen
    assert "herons came" in text
    assert page.stat().st_mtime_ns == time  # it was right, and is not written again
    after = built(site)
    assert "storks.html" in changed(before, after)
    site.build(clean=True)
    assert changed(after, built(site)) == set()


def test_nothing_comes_first_where_something_is_wrong(make_site):
    site = make_site({"content/storks.md": article("Storks"), **news(3)}, CONFIG)
    site.build()
    before = built(site)
    site.write({"content/storks.md": article("Cranes"), "content/bridge.md": "---\n"})
    with pytest.raises(SitegenError):
        site.build(first=lambda: pytest.fail("came first"))
    assert built(site) == before
