"""A fragment shows on every page what its template would show there."""

import jinja2
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.fragments import Fragments
from sitegen.model import SiteInfo
from sitegen.render import NOT_FOUND, _links_from, _place

SEGMENT = st.sampled_from(["world", "world-2", "tags", "a&b", "ü", "x:y", "2020", "-"])
FOLDERS = st.lists(SEGMENT, max_size=3).map(lambda parts: "/" + "".join(f"{p}/" for p in parts))
FILES = st.one_of(
    st.builds("{}{}.html".format, FOLDERS, SEGMENT), FOLDERS.map("{}index.html".format)
)
URLS = st.one_of(
    FILES,
    FOLDERS,
    st.builds("{}#p1:~:text=a%20b,c&d".format, FILES),
    st.builds("{}?q=a b".format, FILES),
    st.just("https://example.org/?a=1&b=2"),
)
TEMPLATE = """{% for url in urls %}<a href="{{ href(url) }}">{{ url }}</a>{% endfor %}."""


@given(st.lists(FILES, min_size=1, max_size=4), st.lists(URLS, max_size=4), st.booleans())
@example(["/404.html", "/index.html", "/404.html"], ["/", "/x:y.html", "/world/"], False)
def test_a_fragment_has_the_links_that_the_page_itself_would_have(files, urls, based) -> None:
    base = "https://a.org/b" if based else ""
    info = SiteInfo(title="A", description="", base_url=base, language="en")
    environment = jinja2.Environment(loader=jinja2.DictLoader({"links": TEMPLATE}), autoescape=True)
    fragments = Fragments(environment, lambda language, href: {"href": href})
    for file in [*files, *files, NOT_FOUND]:
        href = _links_from(file, info)
        shown = fragments.render("en", _place(file, href), "links", urls=tuple(urls))
        assert shown == environment.get_template("links").render(href=href, urls=urls)
