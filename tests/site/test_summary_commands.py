"""`sitegen summary`, run as a user runs it, in this process."""

import io
import json
import shutil
import subprocess
import sys

import pytest

from sitegen.cli import run
from tests.conftest import article

MILL = """The council has bought the old mill by the river.
The mill will reopen as a museum next spring.
Engineers found cracks in the wheel of the mill last winter.
The council will repair the wheel before the museum opens.
Nobody knows what the repair of the wheel will cost.
The river floods the cellar of the mill every spring.
The miller has moved to another town.
Her boat is for sale."""
GIT = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def here(make_site, monkeypatch):
    """A folder to work in, which is a site."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780272000")
    site = make_site(
        {
            "content/news/_index.md": "---\nsentences: 1\n---\n",
            "content/news/mill.txt": f"A mill is sold\n\n{MILL}\n",
            "content/a.md": article("A"),
            "content/b.md": article("B", summary="One thing."),
            "content/tiny.md": "# Tiny\n\nOne sentence only.\n",
            "content/none.md": article("None", summary="false"),
            "content/draft.md": article("Draft", draft="true"),
        }
    )
    monkeypatch.chdir(site.root)
    return site


@pytest.fixture
def call(capsys):
    """Run a command; return its exit code, stdout and stderr."""

    def runs(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(["summary", *arguments])
        done = capsys.readouterr()
        return code, done.out, done.err

    return runs


def typed(monkeypatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


# A file


def test_a_file_outside_of_any_site_is_summarised(tmp_path, monkeypatch, call):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mill.txt").write_text(f"A mill is sold\n\n{MILL}\n")
    code, out, err = call("mill.txt")
    assert (code, err) == (0, "")
    assert len(out.splitlines()) == 3
    assert all(line in MILL.splitlines() for line in out.splitlines())


def test_the_sites_settings_and_the_sections_hold_for_a_file_in_it(here, call):
    assert len(call("content/news/mill.txt")[1].splitlines()) == 1
    here.write({"sitegen.toml": "[summary]\nratio = 0.5\n"})
    (here.root / "content/news/_index.md").unlink()
    assert len(call("content/news/mill.txt")[1].splitlines()) == 4


@pytest.mark.parametrize(
    ("options", "sentences"),
    [(("-n", "2"), 2), (("--sentences", "4"), 4), (("--ratio", "0.5"), 4)],
)
def test_the_length_that_is_asked_for_goes_before_all_settings(here, call, options, sentences):
    assert len(call("content/news/mill.txt", *options)[1].splitlines()) == sentences


def test_two_lengths_at_a_time_are_a_usage_error(here, call):
    code, _, err = call("-n", "2", "--words", "30", "content/a.md")
    assert code == 2
    assert "give one of -n/--sentences, --words and --ratio" in err


@pytest.mark.parametrize("option", [("-n", "0"), ("--ratio", "0"), ("--ratio", "2"), ("-l", "?!")])
def test_a_length_or_language_that_makes_no_sense_is_a_usage_error(here, call, option):
    assert call(*option, "content/a.md")[0] == 2


def test_standard_input_is_text_that_needs_no_title(monkeypatch, call):
    typed(monkeypatch, MILL)
    code, out, _ = call("-", "-n", "1", "--json")
    data = json.loads(out)
    assert (code, data["title"], data["available"]) == (0, "", 8)
    typed(monkeypatch, f"A mill is sold\n\n{MILL}")
    data = json.loads(call("-", "-n", "1", "--json")[1])
    assert (data["title"], data["available"]) == ("A mill is sold", 8)
    typed(monkeypatch, f"# A mill is sold\n\n> {MILL}")
    data = json.loads(call("-", "--markdown", "-n", "1", "--json", "--title", "Other")[1])
    assert (data["title"], data["available"]) == ("Other", 8)


def test_several_files_stand_each_under_its_name(here, call):
    _, out, err = call("content/a.md", "content/news/mill.txt", "content/tiny.md")
    lines = out.splitlines()
    assert lines[0] == "content/a.md"
    assert lines[4:6] == ["", "content/news/mill.txt"]
    assert len(lines) == 7
    assert "content/tiny.md: has 1 sentence, too few for a summary" in err


def test_a_text_of_too_few_sentences_says_so(here, call):
    assert call("content/tiny.md")[1] == ""
    assert "no more than asked for" in call("content/tiny.md", "-n", "3")[2]
    here.write({"content/empty.md": "# Only a title\n"})
    assert "no sentence that a summary could take" in call("content/empty.md")[2]


def test_what_the_site_shows_instead_is_told(here, call):
    assert "the editor's own summary" in call("content/b.md")[2]
    assert "shows no summary" in call("content/none.md")[2]
    assert len(call("content/b.md")[1].splitlines()) == 3
    assert call("content/b.md", "-q")[2] == ""


def test_json_has_the_sentences_with_their_places(here, call):
    data = json.loads(call("content/news/mill.txt", "-n", "2", "--json", "--explain")[1])
    assert {*data} >= {"source", "title", "language", "words", "available", "converged", "notes"}
    for each in data["sentences"]:
        start, end = each["span"]
        assert end - start == len(each["text"])
    assert len(data["explained"]) == 8
    assert sum(each["taken"] for each in data["explained"]) == 2
    assert all(each["reason"] and each["shares"] for each in data["explained"])
    several = json.loads(call("--json", "content/a.md", "content/b.md")[1])
    assert [each["source"] for each in several] == ["content/a.md", "content/b.md"]


def test_an_explanation_fits_eighty_columns_and_has_every_sentence(here, call):
    _, out, _ = call("content/news/mill.txt", "--explain", "-n", "2")
    lines = out.splitlines()
    assert lines[0] == "A mill is sold"
    assert lines[1].startswith("2 of 8 sentences taken, ")
    assert max(map(len, lines)) <= 80
    head = next(number for number, line in enumerate(lines) if line.startswith(" No."))
    rows = [line for line in lines[head + 1 :] if line[:4].strip()]
    assert [int(row[:4]) for row in rows] == list(range(1, 9))
    assert sum(" taken " in row[:12] for row in rows) == 2


def test_all_broken_files_are_named_and_the_others_summarised(here, call):
    here.write({"content/bad.md": "---\ntitel: x\n---\n", "latin.txt": b"T\n\nCaf\xe9.\n"})
    code, out, err = call("content/bad.md", "latin.txt", "gone.txt", "content", "content/a.md")
    assert code == 1
    assert out.splitlines()[0] == "content/a.md"
    assert err.splitlines() == [
        "error: content/bad.md:2: unknown key 'titel' (did you mean 'title'?)",
        "error: latin.txt:3: not UTF-8: byte 0xe9 (save the file as UTF-8)",
        "error: gone.txt: there is no such file",
        "error: content: is a folder (name the files in it)",
        "4 errors.",
    ]


def test_without_a_file_the_help_has_the_commands(call):
    code, out, _ = call()
    assert code == 0
    assert all(f"\n  {name} " in out for name in ("check", "diff", "pin", "report"))
    assert "--explain" in out
    assert call("--help")[1] == out


def test_a_mistyped_command_gets_the_nearest(here, call):
    code, _, err = call("reprot")
    assert code == 2
    assert "no such file or command 'reprot' (did you mean 'report'?)" in err


def test_a_file_named_like_a_command_is_reached_by_its_path(here, call):
    here.write({"report": f"A mill is sold\n\n{MILL}\n", "reprot": f"A mill\n\n{MILL}\n"})
    assert len(call("./report")[1].splitlines()) == 3
    assert len(call("reprot")[1].splitlines()) == 3


# The report


def test_the_report_covers_what_is_published(here, call):
    data = json.loads(call("report", "--json")[1])
    assert list(data) == ["title", "totals", "articles"]
    found = {each["source"]: each for each in data["articles"]}
    assert {*found} == {"a.md", "b.md", "news/mill.txt", "none.md", "tiny.md"}
    assert {name: each["by"] for name, each in found.items()} == {
        "a.md": "extract",
        "news/mill.txt": "extract",
        "b.md": "editor",
        "none.md": "none",
        "tiny.md": "none",
    }
    assert found["tiny.md"]["why"] == "too few sentences"
    assert found["news/mill.txt"]["url"] == "/news/mill.html"
    assert len(found["news/mill.txt"]["digest"]) == 12
    assert sum(data["totals"]["positions"]) == 4
    drafts = json.loads(call("report", "--json", "-D")[1])
    assert len(drafts["articles"]) == 6


def test_the_report_is_a_plain_table(here, call):
    _, out, _ = call("report")
    assert out.splitlines()[0].split() == [
        *("concern", "length", "lead", "twice", "dangling", "missing", "article"),
    ]
    assert "5 articles: 2 extracts, 1 by the editor, 2 without" in out
    assert "  tiny.md: too few sentences (1)" in out
    assert "\x1b" not in out


def test_processes_give_the_same_report(here, call):
    assert call("report", "--json", "-j", "2")[1] == call("report", "--json")[1]


def test_the_page_is_written_and_a_broken_article_is_named(here, call):
    code, out, err = call("report", "--html", "report.html")
    assert (code, out) == (0, "")
    assert "report.html: 5 articles measured" in err
    assert (here.root / "report.html").read_text().startswith("<!doctype html>")
    assert "cannot write" in call("report", "--html", "no/such/folder.html")[2]
    here.write({"content/bad.md": "---\ntitel: x\n---\n"})
    code, _, err = call("report")
    assert code == 1
    assert "error: content/bad.md:2: unknown key 'titel'" in err


# Pins


def test_a_pinned_summary_is_stale_when_the_text_changes(here, call, capsys):
    code, _, err = call("check")
    assert code == 0
    assert "note: content/b.md:3: the editor's summary was never pinned to the text" in err
    assert call("check", "--strict")[0] == 1
    assert "1 summary pinned, 0 already were" in call("pin")[2]
    assert "0 summaries pinned, 1 already were" in call("pin")[2]
    assert call("check", "--strict")[0] == 0
    file = here.root / "content/b.md"
    file.write_text(file.read_text().replace("Monday", "Friday", 1))
    code, _, err = call("check")
    assert code == 1
    assert err.startswith(
        "error: content/b.md:4: the editor's summary is older than the text"
        " (read it again, then `sitegen summary pin content/b.md`)\n"
    )
    assert json.loads(call("check", "--json")[1])[0]["state"] == "stale"
    assert run(["build"]) == 0
    assert "warning: content/b.md:4: the editor's summary is older" in capsys.readouterr().err
    assert run(["build", "--strict"]) == 1
    assert call("pin", "content/b.md")[0] == 0
    assert call("check")[0] == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_texts_pin_is_found_in_any_encoding(here, call, encoding):
    file = here.root / "content/boat.txt"
    file.write_bytes("The boat\r\nSUMMARY: It sails.\r\n\r\nIt sails at noon.".encode(encoding))
    assert "note: content/boat.txt:2: the editor's summary was never pinned" in call("check")[2]
    assert "2 summaries pinned" in call("pin")[2]
    assert "SUMMARY_FOR: " in file.read_bytes().decode(encoding)
    assert call("check", "--strict")[0] == 0


def test_pin_refuses_what_has_no_editors_summary_and_writes_nothing(here, call):
    before = (here.root / "content/b.md").read_bytes()
    code, _, err = call("pin", "content/b.md", "content/a.md", "gone.md")
    assert code == 1
    assert "content/a.md: has no summary by the editor to pin" in err
    assert "gone.md: there is no such file" in err
    assert (here.root / "content/b.md").read_bytes() == before


def test_pin_keeps_a_files_mode_and_follows_a_link(here, call):
    real = here.root / "content/.drawer/b-real.md"
    file = here.root / "content/b.md"
    real.parent.mkdir()
    file.rename(real)
    real.chmod(0o640)
    file.symlink_to(".drawer/b-real.md")
    assert call("pin")[0] == 0
    assert file.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert "summary_for: " in real.read_text()
    assert not [*here.root.rglob("*sitegen-tmp")]


# Differences


@pytest.fixture
def repository(here):
    """The site in a subfolder of a repository, with one commit, tagged v1."""
    top = here.root.parent
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "one"], ["tag", "v1"]):
        subprocess.run([*GIT, *words], cwd=top, check=True)
    return here


@needs_git
def test_a_change_of_settings_is_shown_and_edited_articles_are_counted(repository, call):
    assert call("diff", "v1")[1] == "0 of 5 summaries differ from v1\n"
    repository.write({"sitegen.toml": "[summary]\nsentences = 2\n"})
    file = repository.root / "content/news/mill.txt"
    file.write_text(file.read_text().replace("The council has bought", "Ada Winter has bought"))
    (repository.root / "content/tiny.md").unlink()
    repository.write({"content/new.md": article("New")})
    code, out, _ = call("diff", "v1")
    assert code == 0
    assert out.startswith("content/a.md: A\n")
    assert len([line for line in out.splitlines() if line.startswith("- ")]) == 1
    assert out.endswith("1 of 3 summaries differ from v1; 1 edited since, 1 new, 1 gone\n")
    assert call("diff", "v1", "--stat")[1].splitlines()[0] == "content/a.md -1 +0"
    assert call("diff", "v1", "--exit-code")[0] == 1
    assert call("diff", "v1", "--exit-code", "--stat", "-q")[0] == 1
    data = json.loads(call("diff", "v1", "--json", "--all")[1])
    assert (data["compared"], data["edited"], data["added"], data["removed"]) == (3, 1, 1, 1)
    assert data["changes"][0]["lines"][-1]["mark"] in {"-", " "}


@needs_git
def test_an_edited_article_is_listed_where_all_are_asked_for(repository, call):
    file = repository.root / "content/news/mill.txt"
    file.write_text(f"A mill is sold\n\n{MILL.replace('mill', 'barn').replace('wheel', 'roof')}\n")
    assert "mill.txt" not in call("diff", "v1")[1]
    assert "content/news/mill.txt: A mill is sold (edited)" in call("diff", "v1", "--all")[1]
    subprocess.run([*GIT, "checkout", "-q", "."], cwd=repository.root, check=True)
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert call("diff", "v1")[1] == "0 of 5 summaries differ from v1\n"


@needs_git
def test_attributes_and_other_folders_do_not_hide_the_past(repository, call):
    repository.write({".gitattributes": "content export-ignore\n"})
    subprocess.run([*GIT, "add", "-A"], cwd=repository.root, check=True)
    subprocess.run([*GIT, "commit", "-qm", "two"], cwd=repository.root, check=True)
    assert call("diff", "HEAD")[1] == "0 of 5 summaries differ from HEAD\n"


@needs_git
def test_another_version_makes_the_old_summaries(repository, call, tmp_path):
    """Another version is a command that answers ``summary report --json`` in the past's folder."""
    report = {
        "articles": [
            {"source": "a.md", "title": "A", "digest": "?", "by": "extract", "sentences": []}
        ]
    }
    other = tmp_path / "other.py"
    other.write_text(
        "import sys, pathlib\n"
        "assert sys.argv[1:] == ['summary', 'report', '--json'], sys.argv\n"
        "assert pathlib.Path('content/a.md').is_file()\n"
        f"print({json.dumps(report)!r})\n"
    )
    code, out, _ = call("diff", "v1", "--using", f"{sys.executable} {other}")
    assert code == 0
    assert out.startswith("content/a.md: A\n+ ")
    assert out.endswith("1 of 1 summaries differ from v1; 4 new\n")


@needs_git
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["nope"], "there is no revision 'nope'"),
        (["v1", "--using", "/no/such/sitegen"], "/no/such/sitegen: cannot run: No such file"),
        (["v1", "--using", "false"], "false: `summary report --json` failed: exit 1"),
        (["v1", "--using", "echo"], "echo: wrote no report that can be read"),
    ],
)
def test_what_stops_a_comparison_is_one_clear_line(repository, call, arguments, expected):
    code, out, err = call("diff", *arguments)
    assert (code, out) == (1, "")
    assert expected in err
    assert err.count("error: ") == 1


@needs_git
def test_a_past_that_is_broken_is_named_with_its_revision(repository, call):
    repository.write({"content/bad.md": "---\ntitel: x\n---\n"})
    subprocess.run([*GIT, "add", "-A"], cwd=repository.root, check=True)
    subprocess.run([*GIT, "commit", "-qm", "two"], cwd=repository.root, check=True)
    (repository.root / "content/bad.md").unlink()
    code, _, err = call("diff", "HEAD")
    assert code == 1
    assert "error: HEAD:content/bad.md:2: unknown key 'titel'" in err


def test_a_folder_that_is_no_repository_is_named(here, call, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(here.root.parents[1]))
    if shutil.which("git"):
        assert "not a git repository" in call("diff", "HEAD")[2]
    monkeypatch.setenv("PATH", "/no/such/folder")
    code, _, err = call("diff", "HEAD")
    assert code == 1
    assert "git is not installed" in err


# Elsewhere


def test_what_the_summariser_notes_is_a_note_of_the_build(make_site, monkeypatch):
    from dataclasses import replace

    from sitegen import textrank

    real = textrank.summarize_many

    def noting(documents, **_):
        return [
            replace(each, notes=("words are compared as they are",)) for each in real(documents)
        ]

    monkeypatch.setattr(textrank, "summarize_many", noting)
    site = make_site(
        {"content/a.md": article("A", language="xx"), "content/b.md": article("B", summary="Own.")}
    )
    notes = [str(each) for each in site.build().diagnostics]
    assert notes == ["content/a.md: words are compared as they are"]


def test_the_length_of_summaries_comes_from_front_matter_then_section_then_settings(make_site):
    files = {
        "content/a.md": article("A", sentences="1"),
        "content/s/_index.md": "---\nsentences: 0.5\n---\n",
        "content/s/b.md": article("B"),
        "content/s/c.md": article("C", sentences="2"),
        "content/d.md": article("D"),
    }
    counts = {}
    for setting in ("ratio = 0.3", "words = 25"):
        site = make_site(files, f"[summary]\n{setting}\n")
        site.build()
        pages = ("a", "s/b", "s/c", "d")
        counts[setting] = [site.page(f"{each}.html").count('<li><a href="#p') for each in pages]
    assert counts["ratio = 0.3"] == [1, 6, 2, 4]
    assert counts["words = 25"][:3] == [1, 6, 2]
