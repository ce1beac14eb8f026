"""The preview in Debian's Chromium: what an author sees while writing."""

from collections.abc import Callable, Iterator

import pytest

from tests.conftest import SiteFolder, article
from tests.serving import Server, serving

pytestmark = pytest.mark.browser

ERROR = "sitegen-overlay section"
"""Where an error is shown; Playwright looks into shadow roots by itself."""


SEEN = """seen => {
    Object.defineProperty(document, 'visibilityState', {value: seen, configurable: true});
    document.dispatchEvent(new Event('visibilitychange')); }"""
"""Makes a page believe that it is in sight, or is not."""


@pytest.fixture
def site(make_site: Callable[..., SiteFolder]) -> SiteFolder:
    return make_site(
        {
            "content/storks.md": article("Storks", paragraphs=40, date="2026-01-01"),
            "content/bridge.md": article("Bridge", date="2026-01-02"),
            "content/secret.md": article("Secret", date="2026-01-04", draft="true"),
            "templates/static/own.css": "",
        }
    )


@pytest.fixture
def server(site: SiteFolder) -> Iterator[Server]:
    with serving(site.root) as started:
        yield started


def edit(site: SiteFolder, name: str, old: str, new: str) -> None:
    file = site.root / name
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def mark(page) -> None:
    """Leave a mark that a reload takes away."""
    page.evaluate("window.loadedBefore = true")


def is_reloaded(page) -> None:
    page.wait_for_function("!window.loadedBefore && document.readyState === 'complete'")


def test_a_save_reloads_the_page_and_keeps_the_place_and_the_open_panel(page, site, server):
    page.goto(f"{server.url}/storks.html")
    page.locator("details.summary > summary").click()
    page.evaluate("scrollTo(0, 1200)")
    mark(page)
    edit(site, "content/storks.md", "storks 39", "the very last storks")
    is_reloaded(page)
    assert "the very last storks" in page.content()
    assert page.locator("#summary").is_visible()
    page.wait_for_function("Math.abs(scrollY - 1200) < 2")


def test_a_save_of_another_article_leaves_the_page_alone(page, site, server):
    page.goto(f"{server.url}/storks.html")
    mark(page)
    edit(site, "content/secret.md", "Mayor", "Governor")
    server.until_shown("/secret.html", "Governor")
    edit(site, "content/storks.md", "Mayor", "Governor")
    is_reloaded(page)


def test_all_tabs_are_reloaded(browser, site, server):
    tabs = [browser.new_page() for _ in range(3)]
    for tab in tabs:
        tab.goto(f"{server.url}/storks.html")
        mark(tab)
    edit(site, "content/storks.md", "Mayor", "Governor")
    for tab in tabs:
        is_reloaded(tab)
        assert "Governor" in tab.content()
        tab.close()


def test_a_stylesheet_is_swapped_without_a_reload(page, site, server):
    edit_css = site.root / "templates/static/style.css"
    page.goto(f"{server.url}/storks.html")
    mark(page)
    for colour in ("rgb(1, 2, 3)", "rgb(4, 5, 6)"):
        edit_css.write_text(f"body {{ color: {colour} }}")
        page.wait_for_function(
            "colour => getComputedStyle(document.body).color === colour", arg=colour
        )
    page.wait_for_function("document.querySelectorAll('link[rel=stylesheet]').length === 1")
    assert page.evaluate("window.loadedBefore")


def test_a_picture_that_changes_reloads_the_page(page, site, server):
    page.goto(f"{server.url}/storks.html")
    mark(page)
    site.write({"content/map.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"})
    is_reloaded(page)


def test_an_error_lies_over_the_page_and_goes_by_itself(page, site, server):
    page.goto(f"{server.url}/storks.html")
    mark(page)
    edit(site, "content/bridge.md", "date: 2026-01-02", "date: soon")
    shown = page.locator(ERROR)
    shown.wait_for()
    text = shown.inner_text()
    assert "error: content/bridge.md:3:" in text
    assert "> 3 | date: soon" in text
    assert text[text.index("error: content") :].strip() in server.said
    assert page.locator("h1", has_text="Storks").is_visible()
    edit(site, "content/bridge.md", "date: soon", "date: 2026-01-02")
    shown.wait_for(state="detached")
    assert page.evaluate("window.loadedBefore")


def test_an_error_is_text_and_no_markup(page, site, server):
    page.goto(f"{server.url}/storks.html")
    edit(site, "content/bridge.md", "date: 2026-01-02", "date: <img src=x onerror=alert(1)>")
    page.locator(ERROR).wait_for()
    assert page.locator(f"{ERROR} img").count() == 0
    assert "<img src=x" in page.locator(ERROR).inner_text()


def test_an_error_can_be_hidden_and_a_new_one_is_shown(page, site, server):
    page.goto(f"{server.url}/storks.html")
    edit(site, "content/bridge.md", "date: 2026-01-02", "date: soon")
    page.locator(ERROR).wait_for()
    page.keyboard.press("Escape")
    page.locator(ERROR).wait_for(state="detached")
    edit(site, "content/bridge.md", "date: soon", "date: later")
    page.locator(ERROR, has_text="later").wait_for()
    page.locator(f"{ERROR} button").click()
    page.locator(ERROR).wait_for(state="detached")


def test_a_page_that_is_opened_during_an_error_shows_it(page, site, server):
    edit(site, "content/bridge.md", "date: 2026-01-02", "date: soon")
    server.until_said("error: ")
    page.goto(f"{server.url}/storks.html")
    page.locator(ERROR).wait_for()


def test_a_broken_template_and_broken_settings_are_shown_too(page, site, server):
    page.goto(f"{server.url}/storks.html")
    site.write({"templates/article.html": "{% if %}"})
    page.locator(ERROR, has_text="templates/article.html:1").wait_for()
    (site.root / "templates/article.html").unlink()
    page.locator(ERROR).wait_for(state="detached")
    site.write({"sitegen.toml": "titel = 'Test'\n"})
    page.locator(ERROR, has_text="did you mean 'title'").wait_for()
    site.write({"sitegen.toml": "title = 'Mended'\n"})
    page.get_by_text("Mended").first.wait_for()


def test_a_site_that_is_broken_at_the_start_shows_why_and_then_itself(page, site):
    site.write({"sitegen.toml": "title = \n"})
    with serving(site.root) as server:
        page.goto(f"{server.url}/")
        page.locator(ERROR, has_text="sitegen.toml:1").wait_for()
        site.write({"sitegen.toml": "title = 'Mended'\n"})
        page.get_by_text("Mended").first.wait_for()


def test_an_article_that_is_renamed_or_deleted_is_not_found(page, site, server):
    page.goto(f"{server.url}/storks.html")
    (site.root / "content/storks.md").rename(site.root / "content/herons.md")
    page.locator("article.story").wait_for(state="detached")
    assert page.evaluate("fetch('').then(answer => answer.status)") == 404
    (site.root / "content/herons.md").rename(site.root / "content/storks.md")
    page.locator("article.story").wait_for()
    page.goto(f"{server.url}/bridge.html")
    (site.root / "content/bridge.md").unlink()
    page.locator("article.story").wait_for(state="detached")


def test_a_draft_is_marked(page, server):
    page.goto(f"{server.url}/secret.html")
    assert page.locator(".draft").first.is_visible()


def test_a_page_catches_up_when_the_server_is_back(page, site):
    with serving(site.root) as server:
        port = server.port
        page.goto(f"{server.url}/storks.html")
        mark(page)
        server.interrupt()
    edit(site, "content/storks.md", "Mayor", "Governor")
    with serving(site.root, port=port):
        is_reloaded(page)
        assert "Governor" in page.content()


def test_a_page_that_was_out_of_sight_catches_up(browser, site, server):
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(f"{server.url}/storks.html")
    mark(tab)
    tab.evaluate(SEEN, "hidden")
    edit(site, "content/storks.md", "Mayor", "Governor")
    server.until_shown("/storks.html", "Governor")
    assert tab.evaluate("window.loadedBefore")
    tab.evaluate(SEEN, "visible")
    is_reloaded(tab)
    assert "Governor" in tab.content()
    context.close()


def test_many_tabs_leave_a_connection_for_the_next(browser, server):
    context = browser.new_context()
    tabs = [context.new_page() for _ in range(8)]
    for tab in tabs:
        tab.goto(f"{server.url}/storks.html", timeout=20000)
        tab.evaluate(SEEN, "hidden")
    context.close()
