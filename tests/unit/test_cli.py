"""The command line, run as a user runs it, in this process."""

import json
import subprocess
import sys

import pytest

from sitegen.cli import run


@pytest.fixture
def site(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("NO_COLOR", "1")
    assert run(["init", str(tmp_path / "site"), "--title", 'The "Moor" Post']) == 0
    monkeypatch.chdir(tmp_path / "site")
    capsys.readouterr()
    return tmp_path / "site"


def test_a_new_site_builds_at_once_and_a_second_build_writes_nothing(site, capsys):
    assert run(["build"]) == 0
    assert "pages (" in capsys.readouterr().err
    assert run(["build"]) == 0
    assert "(0 written)" in capsys.readouterr().err
    assert "The &#34;Moor&#34; Post" in (site / "output/index.html").read_text()


def test_init_refuses_a_folder_that_is_not_empty(site, capsys):
    assert run(["init", "."]) == 1
    assert "is not empty" in capsys.readouterr().err


def test_new_makes_a_draft_that_is_left_out(site, capsys):
    assert run(["new", "A storm: what now?", "-s", "news"]) == 0
    path = capsys.readouterr().out.strip()
    assert path.endswith("-a-storm-what-now.md")
    (site / path).write_text((site / path).read_text() + "Text.\n")
    assert run(["new", "A storm: what now?", "-s", "news"]) == 1
    assert run(["new", "Plain", "--txt"]) == 0
    assert run(["new", "Out", "-s", "../.."]) == 1
    capsys.readouterr()
    assert run(["build", "-v"]) == 0
    err = capsys.readouterr().err
    assert "left out: draft" in err
    assert "2 drafts skipped" in err


def test_list_shows_all_articles(site, capsys):
    assert run(["list"]) == 0
    assert "published  2026-01-05  news/" in capsys.readouterr().out
    assert run(["list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["title"] == "A library that lends garden tools"


def test_clean_deletes_what_was_built(site, capsys):
    run(["build"])
    (site / "output/CNAME").write_text("x")
    assert run(["clean"]) == 0
    assert [each.name for each in (site / "output").iterdir()] == ["CNAME"]


def test_build_writes_json_and_dry_run_nothing(site, capsys):
    assert run(["build", "--json", "-n", "-j", "2"]) == 0
    assert json.loads(capsys.readouterr().out)["written"] > 10
    assert not (site / "output").exists()


def test_flags_go_before_the_environment_and_that_before_the_file(site, monkeypatch):
    monkeypatch.setenv("SITEGEN_BASE_URL", "https://env.example")
    run(["build"])
    assert "https://env.example/sitemap.xml" in (site / "output/robots.txt").read_text()
    run(["build", "--base-url", "https://flag.example"])
    assert "https://flag.example/sitemap.xml" in (site / "output/robots.txt").read_text()


def test_errors_have_their_exit_codes(site, capsys):
    assert run(["buidl"]) == 2
    assert "did you mean 'build'?" in capsys.readouterr().err
    assert run(["build", "--nonsense"]) == 2
    assert run(["build", "-c", "missing.toml"]) == 1
    assert "missing.toml: there is no such settings file" in capsys.readouterr().err
    (site / "content/bad.md").write_text("---\ntitel: x\n---\n")
    capsys.readouterr()
    assert run(["build"]) == 1
    err = capsys.readouterr().err
    assert err == (
        "error: content/bad.md:2: unknown key 'titel' (did you mean 'title'?)\n"
        "1 error. Nothing was written.\n"
    )


def test_a_folder_without_settings_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["build"]) == 1
    assert "no sitegen.toml" in capsys.readouterr().err


def test_help_is_there_before_anything_heavy_is_imported():
    code = "import sys; from sitegen.cli import run; run(['--help']); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    *text, modules = done.stdout.strip().split("\n")
    assert any("Summarise any text" in line for line in text)
    assert "click" in modules.split()
    assert not {"numpy", "jinja2", "rich", "markdown", "yaml"} & {*modules.split()}


def test_an_interrupt_is_exit_130(site, monkeypatch, capsys):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("sitegen.build.build", interrupted)
    assert run(["build"]) == 130
