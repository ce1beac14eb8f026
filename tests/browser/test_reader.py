"""What a reader does, in Debian's Chromium, on this repository's own site."""

import http.server
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest

from sitegen.build import build
from sitegen.content import load_config
from tests.browser.conftest import missing

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def output(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "output"
    build(load_config(None, ROOT, {"output": str(folder)}))
    return folder


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def url(output: Path) -> Iterator[str]:
    """Serve the site, because scripts of the checker cannot look into ``file:`` pages."""
    handler = partial(_Quiet, directory=str(output))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


ARTICLE = "/science/quieter-alarms.html"


def test_the_panel_is_closed_at_first_and_opens_by_click(page, url):
    page.goto(url + ARTICLE)
    panel = page.locator("#summary")
    assert not panel.is_visible()
    page.locator("details.summary > summary").click()
    assert panel.is_visible()


def test_the_panel_opens_by_keyboard(page, url):
    page.goto(url + ARTICLE)
    page.locator("details.summary > summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#summary").is_visible()
    page.keyboard.press("Space")
    assert not page.locator("#summary").is_visible()


def test_a_sentence_leads_to_its_paragraph(page, url):
    page.goto(url + ARTICLE)
    page.locator("details.summary > summary").click()
    link = page.locator("#summary li a").last
    sentence = link.inner_text()
    identity = link.get_attribute("href").removeprefix("#").partition(":~:")[0]
    link.click()
    paragraph = page.locator(f"[id='{identity}']")
    assert sentence in " ".join(paragraph.inner_text().split())
    page.wait_for_function(
        """id => { const box = document.getElementById(id).getBoundingClientRect();
        return box.top < innerHeight && box.bottom > 0; }""",
        arg=identity,
    )


def test_the_link_at_the_foot_opens_the_panel(page, url):
    page.goto(url + ARTICLE)
    page.locator(".back a").click()
    page.wait_for_function("document.querySelector('details.summary').open")


def test_previous_and_next_lead_there_and_back(page, url):
    page.goto(url + ARTICLE)
    page.locator(".neighbours .older").click()
    page.wait_for_url(lambda where: not where.endswith(ARTICLE))
    page.locator(".neighbours .newer").click()
    page.wait_for_url(url + ARTICLE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_window_and_axe_finds_nothing(
    scheme, width, browser, output, url
):
    from axe_playwright_python.sync_playwright import Axe

    opened = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    paths = ["/index.html", ARTICLE, "/tags/index.html", "/archive/index.html", "/404.html"]
    articles = [each for each in output.glob("*/*.html") if each.name != "index.html"]
    paths += [f"/{each.relative_to(output).as_posix()}" for each in articles if width == 390]
    found = {}
    for path in dict.fromkeys(paths):
        opened.goto(url + path)
        opened.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        violations = Axe().run(opened).response["violations"]
        problems = [each["id"] + ": " + each["nodes"][0]["html"] for each in violations]
        if opened.evaluate("document.documentElement.scrollWidth > innerWidth"):
            problems.append("wider than the window")
        if problems:
            found[path] = problems
    opened.close()
    assert found == {}


def test_every_panel_is_open_on_paper(page, url):
    page.goto(url + ARTICLE)
    page.emulate_media(media="print")
    assert page.locator("#summary li").first.bounding_box()["height"] > 0


def test_every_internal_link_resolves(output):
    broken = []
    for file in output.rglob("*.html"):
        tree = html5lib.parse(file.read_bytes(), namespaceHTMLElements=False)
        for element in tree.iter():
            for name in ("href", "src"):
                target = element.get(name)
                if target and not target.startswith(("https:", "mailto:")):
                    broken += _broken(target, file, output)
    assert broken == []


def _broken(target: str, file: Path, output: Path) -> list[str]:
    place = urlsplit(urljoin(f"/{file.relative_to(output).as_posix()}", target))
    found = output / unquote(place.path).lstrip("/")
    shown = f"{file.relative_to(output)}: {target}"
    if file.name == "404.html" and not found.suffix:
        found /= "index.html"
    if not found.is_file():
        return [shown]
    identity = unquote(place.fragment.partition(":~:")[0])
    if identity and f'id="{identity}"' not in found.read_text(encoding="utf-8"):
        return [shown]
    return []


def test_the_html_checker_finds_no_error_on_any_page(output):
    jar = Path(
        os.environ.get("VNU_JAR", "") or ROOT / ".cache/npm/node_modules/vnu-jar/build/dist/vnu.jar"
    )
    if not shutil.which("java"):
        missing("java")
    if not jar.is_file():
        missing("the Nu HTML checker (vnu-jar from npm)")
    result = subprocess.run(
        ["java", "-jar", jar, "--format", "json", "--skip-non-html", "--errors-only", output],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(result.stderr)["messages"]
    assert [f"{each['url']}: {each['message']}" for each in messages] == []
