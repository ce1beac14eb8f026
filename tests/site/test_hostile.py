"""Authors and themes that mean harm: what they write stays in its place."""

import os
import sys
from collections.abc import Callable

import pytest

from sitegen.errors import SitegenError
from tests.conftest import SiteFolder, article

Make = Callable[..., SiteFolder]
SECRET = "the words that must not get out"


def refused(site: SiteFolder) -> str:
    with pytest.raises(SitegenError) as raised:
        site.build()
    assert not any(each.is_file() for each in (site.root / "output").rglob("*"))
    return str(raised.value)


@pytest.fixture
def site(make_site: Make) -> SiteFolder:
    made = make_site({"content/a.md": article("A"), "secret.txt": SECRET})
    (made.root / "elsewhere").mkdir()
    (made.root / "elsewhere/secret.md").write_text(SECRET)
    return made


@pytest.mark.parametrize("target", ["../secret.txt", "../elsewhere/secret.md", "/etc/hostname"])
@pytest.mark.parametrize("name", ["b.md", "b.txt", "b.svg", "deep/b.md", "_index.md"])
def test_a_link_out_of_the_content_folder_is_refused(
    site: SiteFolder, name: str, target: str
) -> None:
    link = site.root / "content" / name
    link.parent.mkdir(exist_ok=True)
    goal = target if target.startswith("/") else site.root / target[3:]
    link.symlink_to(goal)
    assert f"content/{name}: is a link that leads out of the folder" in refused(site)


def test_links_to_folders_and_loops_are_named(site: SiteFolder) -> None:
    (site.root / "content/loop").symlink_to(".", target_is_directory=True)
    (site.root / "content/out").symlink_to("../elsewhere", target_is_directory=True)
    (site.root / "content/self").symlink_to("self")
    said = refused(site)
    assert "content/loop: is a link to a folder, which is not followed" in said
    assert "content/out: is a link to a folder, which is not followed" in said


def test_a_link_to_itself_is_named(site: SiteFolder) -> None:
    (site.root / "content/self.md").symlink_to("self.md")
    assert "content/self.md: " in refused(site)


def test_a_link_within_the_content_folder_is_read(site: SiteFolder) -> None:
    (site.root / "content/b.md").symlink_to("a.md")
    site.build()
    assert "A</h1>" in site.page("b.html")


def test_the_content_folder_itself_may_be_a_link(site: SiteFolder) -> None:
    (site.root / "content").rename(site.root / "real")
    (site.root / "content").symlink_to("real", target_is_directory=True)
    site.build()
    assert "A</h1>" in site.page("a.html")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders there")
def test_a_pipe_in_the_content_folder_holds_nobody_up(site: SiteFolder) -> None:
    os.mkfifo(site.root / "content/b.md")
    assert "content/b.md: is no file that can be read" in refused(site)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("image: javascript:alert(1)", "image: 'javascript:alert(1)' is no picture's address"),
        ("image: 'javascript://x/%0aalert(1)'", "is no picture's address"),
        ("image: data:image/png;base64,x", "is no picture's address"),
        ("image: ../secret.txt", "no such file in the content folder"),
        ("image: /../secret.txt", "no such file in the content folder"),
        ("image: /etc/passwd", "no such file in the content folder"),
        ("image: '//[x'", "content/b.md:"),
        ("template: ../secret.txt", "there is no template '../secret.txt'"),
        ("template: /etc/passwd", "there is no template '/etc/passwd'"),
        ("template: C:\\secret.txt", "there is no template"),
        ("aliases: [../out]", "'../out' is not a path of this site"),
        ("aliases: ['..\\out']", "is not a path of this site"),
        ("aliases: [/a/../../out]", "is not a path of this site"),
        ("aliases: [/.sitegen.json]", "is a hidden file"),
        ("aliases: [/.sitegen-tmp/old-0]", "is a hidden file"),
        ("aliases: [.htaccess]", "is a hidden file"),
        ("aliases: ['C:/out']", "no file on Windows can have ':' in its name"),
        ("aliases: [/aux/]", "'aux' is a device's name on Windows"),
        ("aliases: [/con.html]", "'con.html' is a device's name on Windows"),
        ("aliases: ['/a. /']", "Windows drops the end of the name"),
        ("aliases: ['/what?/']", "can have '?' in its name"),
        (f"aliases: [/{'a' * 300}]", "a name has at most 255 bytes"),
        ("tags: !!python/object/apply:os.system [id]", "broken YAML"),
        ("tags: &a [x]\nauthors: *a", "an alias (*) cannot be used here"),
    ],
)
def test_front_matter_leads_nowhere(site: SiteFolder, line: str, said: str) -> None:
    site.write({"content/b.md": f"---\ntitle: B\n{line}\n---\n\nText.\n"})
    assert said in refused(site)


def test_a_slug_leads_nowhere(site: SiteFolder) -> None:
    for number, slug in enumerate(("../../out", "/etc/x", "..\\x", "C:\\x", "%2e%2e%2fx", "con")):
        site.write({f"content/s{number}.md": article(f"S {number}", slug=f"'{slug}'")})
    site.build()
    assert {each for each in site.outputs() if each.count("/") == 0 and each.endswith(".html")} == {
        "404.html", "a.html", "index.html", "out.html", "etc-x.html", "x.html", "c-x.html",
        "2e-2e-2fx.html", "con-.html",
    }  # fmt: skip


LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join(['*' + a] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize("where", ["content/b.md", "content/news/_index.md"])
def test_a_billion_laughs_are_refused(site: SiteFolder, where: str) -> None:
    site.write({where: f"---\ntitle: B\n{LAUGHS}tags: *i\n---\n\nText.\n"})
    assert f"{where}:" in refused(site)


@pytest.mark.parametrize("name", ["a?.svg", "a:b.svg", 'a".svg', "nul", "com1.svg", "dot.", "x "])
@pytest.mark.skipif(sys.platform == "win32", reason="such files cannot be made there")
def test_a_file_that_windows_cannot_have_is_refused(site: SiteFolder, name: str) -> None:
    site.write({f"content/{name}": "x"})
    assert "Windows" in refused(site)


def test_names_that_differ_in_case_or_normalisation_alone_are_refused(site: SiteFolder) -> None:
    site.write({"content/Map.svg": "x", "content/map.svg": "y"})
    assert "map.svg" in refused(site)
    (site.root / "content/Map.svg").unlink()
    site.write({"content/caf\u00e9.svg": "x", "content/cafe\u0301.svg": "y"})
    assert "caf" in refused(site)


ESCAPES = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ href.__globals__ }}",
    "{{ site.__class__.__init__.__globals__ }}",
    "{{ page.__reduce__() }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ site.menu.append(1) }}",
    "{{ page.data.clear() }}",
    "{% set x = page.data.update({'a': 1}) %}",
)


@pytest.mark.parametrize("attack", ESCAPES)
def test_a_theme_in_the_sandbox_reaches_nothing(make_site: Make, attack: str) -> None:
    files = {"content/a.md": article("A"), "templates/article.html": attack}
    site = make_site(files, 'title = "T"\nsandbox = true\n')
    assert "templates/article.html:1: " in refused(site)


def test_the_default_theme_is_the_same_in_the_sandbox(make_site: Make) -> None:
    files = {"content/a.md": article("A", date="2026-01-01", tags="[x]")}
    site = make_site(files, 'title = "T"\n')
    site.build()
    free = site.outputs()
    site.write({"sitegen.toml": 'title = "T"\nsandbox = true\n'})
    site.build()
    assert site.outputs() == free


def test_an_asset_that_vanishes_is_named(site: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    from sitegen import publish

    site.write({"content/map.svg": "x"})
    write = publish._write

    def gone(output: object, file: str) -> None:
        (site.root / "content/map.svg").unlink(missing_ok=True)
        write(output, file)  # type: ignore[arg-type]

    monkeypatch.setattr(publish, "_write", gone)
    with pytest.raises(SitegenError, match=r"content/map\.svg: cannot write: No such file"):
        site.build()


def test_an_output_that_is_a_file_or_lies_in_one_is_named(site: SiteFolder) -> None:
    site.write({"output": "a file"})
    with pytest.raises(SitegenError, match="output"):
        site.build()
    with pytest.raises(SitegenError, match="output"):
        site.build(overrides={"output": "output/below"})
    assert (site.root / "output").read_text() == "a file"


def test_a_path_that_is_too_long_is_named(site: SiteFolder) -> None:
    deep = "/".join(["d" * 200] * 25)
    site.write({"content/b.md": f"---\ntitle: B\naliases: ['/{deep}/']\n---\n\nText.\n"})
    with pytest.raises(SitegenError, match="File name too long"):
        site.build()
    assert not (site.root / "output/a.html").exists()
