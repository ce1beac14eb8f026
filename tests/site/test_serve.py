"""`sitegen serve`: what is saved is served, whatever the way of saving and whatever goes wrong."""

import itertools
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.conftest import SiteFolder, article
from tests.serving import Server, descendants, is_alive, serving, until

CONFIG = 'title = "Test"\nbase_url = "https://example.org"\n'
FILES = {
    "content/storks.md": article("Storks", date="2026-01-01"),
    "content/bridge.md": article("Bridge", date="2026-01-02"),
    "content/news/harbour.md": article("Harbour", date="2026-01-03"),
    "content/secret.md": article("Secret", date="2026-01-04", draft="true"),
}


@pytest.fixture
def site(make_site: Callable[..., SiteFolder]) -> SiteFolder:
    return make_site(dict(FILES), CONFIG)


@pytest.fixture
def server(site: SiteFolder) -> Iterator[Server]:
    with serving(site.root) as started:
        yield started


def edited(site: SiteFolder, name: str, text: str) -> str:
    """Return an article with a sentence more."""
    return (site.root / name).read_text() + f"\nAnd {text} at last.\n"


def save_in_place(file: Path, text: str) -> None:
    """VS Code: the file is emptied, then written."""
    with open(file, "r+", encoding="utf-8") as opened:
        opened.truncate(0)
        opened.flush()
        opened.write(text)


def save_like_vim(file: Path, text: str) -> None:
    """Vim: a probe named 4913, the old file becomes the backup, a new one is written."""
    probe, swap = file.with_name("4913"), file.with_name(f".{file.name}.swp")
    swap.write_bytes(b"b0VIM")
    probe.touch()
    probe.unlink()
    backup = file.with_name(f"{file.name}~")
    file.rename(backup)
    file.write_text(text)
    backup.unlink()
    swap.unlink()


def save_like_sed(file: Path, text: str) -> None:
    """``sed -i``: a temporary file beside it takes its place."""
    temporary = file.with_name("sedX1aB2c")
    temporary.write_text(text)
    temporary.replace(file)


def save_from_elsewhere(file: Path, text: str) -> None:
    """Editors that write to another folder and move."""
    temporary = file.parents[2] / "editor-temporary"
    temporary.write_text(text)
    temporary.replace(file)


@pytest.mark.parametrize("save", [save_in_place, save_like_vim, save_like_sed, save_from_elsewhere])
def test_what_an_editor_saves_is_served(
    site: SiteFolder, server: Server, save: Callable[[Path, str], None]
) -> None:
    for turn in ("the first turn", "the second turn"):
        save(site.root / "content/storks.md", edited(site, "content/storks.md", turn))
        server.until_shown("/storks.html", turn)
    assert "error" not in server.said


@pytest.mark.skipif(not shutil.which("sed"), reason="sed is not installed")
def test_what_sed_itself_saves_is_served(site: SiteFolder, server: Server) -> None:
    subprocess.run(
        ["sed", "-i", "s/Mayor/Governor/", "content/storks.md"], cwd=site.root, check=True
    )
    server.until_shown("/storks.html", "Governor")


def test_an_article_that_is_renamed_deleted_or_new(site: SiteFolder, server: Server) -> None:
    content = site.root / "content"
    (content / "storks.md").rename(content / "herons.md")
    server.until_shown("/herons.html", "Storks")
    server.until_gone("/storks.html")
    (content / "herons.md").unlink()
    server.until_gone("/herons.html")
    site.write({"content/deep/er/owls.md": article("Owls")})
    server.until_shown("/deep/er/owls.html", "Owls")
    (content / "deep/er/owls.md").write_text(edited(site, "content/deep/er/owls.md", "by night"))
    server.until_shown("/deep/er/owls.html", "by night")


def test_drafts_are_shown_and_marked_and_the_output_folder_is_left_alone(
    site: SiteFolder, server: Server
) -> None:
    assert 'class="draft"' in server.get("/secret.html").text
    assert not (site.root / "output").exists()
    assert "reload.js" in server.get("/secret.html").text
    preview = site.root / ".sitegen/preview/secret.html"
    assert "reload.js" not in preview.read_text()


def test_drafts_can_be_left_out(site: SiteFolder) -> None:
    with serving(site.root, "--no-drafts") as server:
        assert server.get("/secret.html").status == 404
        assert "1 draft left out" in server.said


def test_a_build_beside_a_preview_makes_the_site_as_ever(site: SiteFolder, server: Server) -> None:
    site.build()
    alone = site.outputs()
    assert "secret.html" not in alone
    (site.root / "content/storks.md").write_text(edited(site, "content/storks.md", "once more"))
    server.until_shown("/storks.html", "once more")
    site.build()
    assert site.build().published.written == ()
    assert site.outputs().keys() == alone.keys()


def test_an_error_keeps_the_last_good_pages_and_goes_when_it_is_mended(
    site: SiteFolder, server: Server
) -> None:
    good = (site.root / "content/storks.md").read_text()
    (site.root / "content/storks.md").write_text(good.replace("date: 2026-01-01", "date: soon"))
    server.until_said("error: content/storks.md:3:")
    assert "> 3 | date: soon" in server.said
    assert server.get("/storks.html").status == 200
    (site.root / "content/storks.md").write_text(good.replace("Storks", "Cranes"))
    server.until_shown("/storks.html", "Cranes")


def test_settings_that_are_broken_at_the_start_are_mended_without_a_restart(
    site: SiteFolder,
) -> None:
    site.write({"sitegen.toml": "title = \n"})
    with serving(site.root) as server:
        assert "error: sitegen.toml:1:" in server.said
        answer = server.get("/")
        assert (answer.status, "reload.js" in answer.text) == (404, True)
        site.write({"sitegen.toml": 'title = "Mended"\n'})
        server.until_shown("/", "Mended")


def test_settings_that_name_another_folder_are_followed(site: SiteFolder, server: Server) -> None:
    site.write({"articles/owls.md": article("Owls"), "sitegen.toml": 'content = "articles"\n'})
    server.until_shown("/owls.html", "Owls")
    server.until_gone("/storks.html")
    (site.root / "articles/owls.md").write_text(edited(site, "articles/owls.md", "by night"))
    server.until_shown("/owls.html", "by night")


def test_a_template_that_is_broken_and_mended(site: SiteFolder, server: Server) -> None:
    site.write({"templates/article.html": "{% if %}"})
    server.until_said("error: templates/article.html:1:")
    assert server.get("/storks.html").status == 200
    site.write({"templates/article.html": "<p>{{ card.article.title }} anew</p>"})
    server.until_shown("/storks.html", "Storks anew")
    shutil.rmtree(site.root / "templates")
    server.until_shown("/storks.html", "<title>")


def test_the_content_folder_goes_and_comes_back(site: SiteFolder, server: Server) -> None:
    (site.root / "content").rename(site.root / "away")
    server.until_said("the content folder is not there")
    assert server.get("/storks.html").status == 200
    (site.root / "away").rename(site.root / "content")
    (site.root / "content/storks.md").write_text(edited(site, "content/storks.md", "back"))
    server.until_shown("/storks.html", "back")
    (site.root / "content/storks.md").write_text(edited(site, "content/storks.md", "and well"))
    server.until_shown("/storks.html", "and well")
    shutil.copytree(site.root / "content", site.root / "copy")
    shutil.rmtree(site.root / "content")
    server.until_said("the content folder is not there", times=2)
    shutil.copytree(site.root / "copy", site.root / "content")
    (site.root / "content/storks.md").write_text(edited(site, "content/storks.md", "anew"))
    server.until_shown("/storks.html", "anew")
    assert "Cannot watch" not in server.said


def test_a_content_folder_that_is_a_link_is_led_elsewhere(
    make_site: Callable[..., SiteFolder],
) -> None:
    site = make_site({"one/a.md": article("First"), "two/a.md": article("Second")})
    (site.root / "content").symlink_to("one", target_is_directory=True)
    with serving(site.root) as server:
        assert "First" in server.get("/a.html").text
        (site.root / "link").symlink_to("two", target_is_directory=True)
        (site.root / "link").replace(site.root / "content")
        server.until_shown("/a.html", "Second")
        (site.root / "two/a.md").write_text(article("Third"))
        server.until_shown("/a.html", "Third")


def test_a_stylesheet_changes_no_page(site: SiteFolder, server: Server) -> None:
    before = (site.root / ".sitegen/preview/storks.html").stat().st_mtime_ns
    site.write({"templates/static/style.css": "body { color: teal }"})
    server.until_shown("/static/style.css", "teal")
    assert (site.root / ".sitegen/preview/storks.html").stat().st_mtime_ns == before


def test_a_file_that_is_replaced_while_it_is_asked_for_is_whole(
    site: SiteFolder, server: Server
) -> None:
    preview = site.root / ".sitegen/preview"
    done = threading.Event()

    def replace() -> None:
        for number in itertools.count():
            if done.is_set():
                return
            (preview / ".sitegen-new").write_text("body { color: teal }" * (number % 9))
            os.replace(preview / ".sitegen-new", preview / "taken.css")

    thread = threading.Thread(target=replace)
    thread.start()
    try:
        server.until_shown("/taken.css", "teal")
        for _ in range(200):
            answer = server.get("/taken.css")  # which raises where bytes are missing
            assert answer.status == 200
            assert answer.text == "body { color: teal }" * (len(answer.text) // 20)
    finally:
        done.set()
        thread.join()


def test_a_flood_of_changes_is_one_build_or_two(site: SiteFolder) -> None:
    names = [f"content/flood/{number}.md" for number in range(300)]
    site.write({name: article(f"Flood {name}", paragraphs=1) for name in names})
    with serving(site.root) as server:
        for name in names:
            (site.root / name).write_text(article(f"Ebb {name}", paragraphs=1))
        for number in (0, 150, 299):
            server.until_shown(f"/flood/{number}.html", "Ebb")
        assert server.said.count(" written") <= 2, server.said


def test_a_touch_builds_nothing(site: SiteFolder, server: Server) -> None:
    (site.root / "content/storks.md").touch()
    (site.root / "content/bridge.md").write_text(edited(site, "content/bridge.md", "there"))
    server.until_shown("/bridge.html", "there")
    server.until_said(" written")
    assert server.said.count(" written") == 1


def test_a_local_markdown_extension_that_is_edited_is_loaded_anew(site: SiteFolder) -> None:
    code = (
        "from markdown.extensions import Extension\n"
        "from markdown.preprocessors import Preprocessor\n"
        "class Shout(Preprocessor):\n"
        "    def run(self, lines): return [each.replace('Mayor', '{}') for each in lines]\n"
        "class Loud(Extension):\n"
        "    def extendMarkdown(self, md): md.preprocessors.register(Shout(md), 'loud', 30)\n"
        "def makeExtension(**options): return Loud(**options)\n"
    )
    site.write({"loud.py": code.format("MAYOR")})
    site.write({"sitegen.toml": 'title = "T"\n[markdown]\nextensions = ["extra", "loud"]\n'})
    with serving(site.root) as server:
        assert "MAYOR" in server.get("/storks.html").text
        site.write({"loud.py": code.format("BOSS")})
        server.until_shown("/storks.html", "BOSS")


def test_polling_sees_changes_too(site: SiteFolder) -> None:
    with serving(site.root, "--poll") as server:
        (site.root / "content/storks.md").write_text(edited(site, "content/storks.md", "slowly"))
        server.until_shown("/storks.html", "slowly")


def test_without_reload_pages_are_as_they_will_be_published(site: SiteFolder) -> None:
    with serving(site.root, "--no-reload") as server:
        page = server.get("/storks.html").body
        assert page == (site.root / ".sitegen/preview/storks.html").read_bytes()


def test_a_site_below_a_path_is_served_below_it(site: SiteFolder) -> None:
    site.write({"sitegen.toml": 'title = "T"\nbase_url = "https://example.org/blog"\n'})
    with serving(site.root) as server:
        assert server.url.endswith("/blog")
        assert server.get("/").headers["location"] == "/blog/"
        assert "Storks" in server.get("/blog/storks.html").text
        assert server.get("/storks.html").status == 404
        script = '<script src="../.sitegen/reload.js"'
        assert script in server.get("/blog/").text


def test_it_serves_as_a_static_host_does(site: SiteFolder, server: Server) -> None:
    site.write({"content/news/chart.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"})
    site.write({"content/news/clip.mp4": bytes(range(256)) * 8})
    server.until("/news/clip.mp4", lambda answer: answer.status == 200)
    assert server.get("/news").headers["location"].endswith("/news/")
    assert server.get("/news/").headers["content-type"] == "text/html; charset=utf-8"
    assert server.get("/news/chart.svg").headers["content-type"] == "image/svg+xml"
    assert "css" in server.get("/static/style.css").headers["content-type"]
    part = server.get("/news/clip.mp4", Range="bytes=2-5")
    assert (part.status, part.body) == (206, b"\x02\x03\x04\x05")
    head = server.get("/storks.html", method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["content-length"]) == len(server.get("/storks.html").body)
    assert server.get("/storks.html").headers["cache-control"] == "no-store"
    tag = server.get("/static/style.css").headers["etag"]
    assert server.get("/static/style.css", If_None_Match=tag).status == 200
    missing = server.get("/no/such/page")
    assert (missing.status, "reload.js" in missing.text) == (404, True)
    assert server.get("/storks.html", method="POST").status == 405


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter there")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_it_ends_at_once_and_leaves_no_process(
    site: SiteFolder, number: signal.Signals, code: int
) -> None:
    with serving(site.root) as server:
        children = descendants(server.process.pid)
        assert children
        stream = socket.create_connection(("127.0.0.1", server.port))
        stream.sendall(b"GET /.sitegen/events?page=/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b"data:" in _received(stream, b"data:")
        server.process.send_signal(number)
        assert server.process.wait(10) == code
        until(lambda: not any(map(is_alive, children)), lambda: f"{children} are left")
        stream.close()
        assert "Traceback" not in server.said


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter there")
def test_a_server_that_is_killed_leaves_no_process(site: SiteFolder) -> None:
    with serving(site.root) as server:
        children = descendants(server.process.pid)
        server.process.kill()
        until(lambda: not any(map(is_alive, children)), lambda: f"{children} are left")


def test_a_builder_that_is_killed_is_replaced(site: SiteFolder, server: Server) -> None:
    for turn in (1, 2):
        for child in descendants(server.process.pid):
            if "spawn_main" in Path(f"/proc/{child}/cmdline").read_text():
                os.kill(child, signal.SIGKILL)
        site.write({"content/storks.md": article(f"Storks {turn}")})
        server.until_shown("/storks.html", f"Storks {turn}")
        server.until_said(" written", times=turn)


def test_a_builder_that_dies_of_an_article_is_told_and_goes_on_when_it_is_mended(
    site: SiteFolder,
) -> None:
    code = (
        "import os\nfrom markdown.extensions import Extension\n"
        "from markdown.preprocessors import Preprocessor\n"
        "class Trap(Preprocessor):\n"
        "    def run(self, lines): return os._exit(3) if 'BOOM' in str(lines) else lines\n"
        "class Trapped(Extension):\n"
        "    def extendMarkdown(self, md): md.preprocessors.register(Trap(md), 'trap', 30)\n"
        "def makeExtension(**options): return Trapped(**options)\n"
    )
    site.write({"trap.py": code})
    site.write({"sitegen.toml": 'title = "T"\n[markdown]\nextensions = ["extra", "trap"]\n'})
    with serving(site.root) as server:
        site.write({"content/storks.md": article("Storks") + "BOOM"})
        server.until_said("error: the process that builds has died twice")
        site.write({"content/storks.md": article("Herons")})
        server.until_shown("/storks.html", "Herons")


def test_a_name_with_reserved_characters_has_its_events(site: SiteFolder, server: Server) -> None:
    site.write({"content/a&b+c.html": "<body>Here</body>", "content/a b.html": "<body>Here</body>"})
    for path in ("/a%26b%2Bc.html", "/a&b+c.html", "/a%20b.html"):
        page = server.until_shown(path, "Here").text
        word = page.partition('data-page="')[2].partition('"')[0]
        assert word.startswith("200-")
        with socket.create_connection(("127.0.0.1", server.port)) as stream:
            ask = f"GET /.sitegen/events?page={quote(path, safe='')} HTTP/1.1\r\n"
            stream.sendall(f"{ask}Host: localhost\r\n\r\n".encode())
            assert f'"page": "{word}"'.encode() in _received(stream, b'"errors"')


def test_a_preview_folder_that_goes_comes_back(site: SiteFolder, server: Server) -> None:
    shutil.rmtree(site.root / ".sitegen/preview")
    assert server.get("/storks.html").status in {200, 404}
    (site.root / "content/storks.md").write_text(edited(site, "content/storks.md", "again"))
    server.until_shown("/storks.html", "again")
    assert "Traceback" not in server.said


@pytest.mark.parametrize("name", [".sitegen", ".sitegen/preview"])
def test_a_preview_folder_that_is_a_link_is_refused(site: SiteFolder, name: str) -> None:
    victim = site.root / "victim"
    victim.mkdir()
    (site.root / name).parent.mkdir(exist_ok=True)
    (site.root / name).symlink_to(victim, target_is_directory=True)
    done = subprocess.run(
        [sys.executable, "-m", "sitegen", "serve", "-p", "0"],
        cwd=site.root, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"{name}: is a link" in done.stderr
    assert not [*victim.iterdir()]


def test_a_base_url_with_an_encoded_path_is_served(site: SiteFolder) -> None:
    site.write(
        {"sitegen.toml": 'title = "T"\nbase_url = "https://example.org/my%20blog/b%C3%BC"\n'}
    )
    with serving(site.root) as server:
        assert server.url.endswith("/my%20blog/b%C3%BC")
        assert "Storks" in server.get("/my%20blog/b%C3%BC/storks.html").text


def test_an_interrupt_during_a_download_ends_at_once(site: SiteFolder) -> None:
    site.write({"content/big.bin": bytes(50_000_000)})
    with serving(site.root) as server:
        stream = socket.create_connection(("127.0.0.1", server.port))
        stream.sendall(b"GET /big.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert stream.recv(100)
        assert server.interrupt() == 130
        stream.close()
        assert "Traceback" not in server.said


def test_the_next_free_port_is_taken_and_told(site: SiteFolder) -> None:
    from sitegen.serve.server import PORT

    taken = None
    with suppress(OSError):  # if somebody else has it, that is as good
        taken = socket.create_server(("127.0.0.1", PORT))
    with serving(site.root, port=None) as server:
        assert f"Port {PORT} is in use: taking {server.port}." in server.said
        assert server.get("/storks.html").status == 200
    if taken:
        taken.close()


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root sets limits")
@pytest.mark.parametrize("limit", ["max_user_watches", "max_user_instances"])
def test_where_watches_are_used_up_it_says_so_and_polls(site: SiteFolder, limit: str) -> None:
    setting = Path("/proc/sys/fs/inotify") / limit
    before = setting.read_text()
    site.write({"content/a/b/c.md": article("Deep")})
    try:
        setting.write_text("3" if limit == "max_user_watches" else "0")
    except OSError:
        pytest.skip("the limit cannot be set here")
    try:
        with serving(site.root) as server:
            server.until_said("Cannot watch the folders")
            (site.root / "content/a/b/c.md").write_text(article("Deeper"))
            server.until_shown("/a/b/c.html", "Deeper")
    finally:
        setting.write_text(before)


def test_a_port_that_is_asked_for_and_busy_is_one_line(site: SiteFolder, server: Server) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sitegen", "serve", "-p", str(server.port)],
        cwd=site.root, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"error: port {server.port} is in use (give another --port, or none to have one chosen)"
    ]


def test_it_does_not_start_where_there_is_no_site(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sitegen", "serve"],
        cwd=tmp_path, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "sitegen init" in done.stderr


def _received(stream: socket.socket, wanted: bytes) -> bytes:
    stream.settimeout(10)
    found = b""
    while wanted not in found:
        found += stream.recv(65536)
    return found
