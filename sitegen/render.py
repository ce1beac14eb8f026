"""Pages become bytes: Jinja2 with autoescape and no undefined names, one environment a theme.

A template sees ``page``, ``site``, the page's own data, and these functions: ``href(path)`` (a
relative link), ``absolute(path)`` (with ``base_url``), ``asset(name)`` (a fingerprinted static
file), ``t(key)`` (a string in the page's language), ``strings(language)``, ``body(source)`` and
``absolute_body(source)`` (an article's HTML), ``identity(path)`` (a lasting id for feeds),
``fragment(template, **arguments)`` (a piece that many pages share, see `sitegen.fragments`).
"""

import functools
import hashlib
import operator
import posixpath
import re
import uuid
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import BuiltinMethodType, FunctionType, TracebackType
from typing import Any
from urllib.parse import urlsplit

import jinja2
from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from jinja2.meta import find_referenced_templates
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from sitegen.digest import digest
from sitegen.errors import Diagnostic
from sitegen.fragments import NAME, Fragments, Place, names_of
from sitegen.keys import ANY, References
from sitegen.model import Article, Body, Card, Link, Output, Page, SiteInfo, Theme
from sitegen.urls import encoded, relative, url_of

ESCAPED = (".html", ".xml")
NOT_FOUND = "/404.html"
"""The page that is served at any depth, so that its links count from the root of the site."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ShownCard:
    """A card as templates see it: with the article itself. It is what its ``card`` is."""

    card: Card
    article: Article
    url: str
    tags: tuple[Link, ...]
    authors: tuple[Link, ...]
    section: Link | None
    image: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ShownCard) and other.card == self.card

    def __hash__(self) -> int:
        return hash((self.card.url, self.card.article))


def render_pages(
    pages: Sequence[Page],
    articles: Mapping[str, Article],
    bodies: Mapping[str, Body],
    info: SiteInfo,
    theme: Theme,
) -> list[Output | Diagnostic]:
    """Render a batch: an output or a diagnostic a page, in order."""
    return [_render(page, articles, bodies, info, theme) for page in pages]


def static_outputs(theme: Theme) -> list[Output]:
    """Return the theme's static files as they are published."""
    return [
        Output(path=path, data=data, key=digest(data)) for path, data in _static(theme).values()
    ]


def assets(theme: Theme) -> Mapping[str, str]:
    """Return the published path of each static file by its name."""
    return {name: path for name, (path, _) in _static(theme).items()}


@functools.lru_cache(maxsize=4)
def _static(theme: Theme) -> Mapping[str, tuple[str, bytes]]:
    """Return the published path and bytes of each static file; ``url()`` in CSS follows it."""
    if not theme.fingerprints:
        return {name: (f"/static/{name}", data) for name, data in theme.static}
    made: dict[str, tuple[str, bytes]] = {}
    for name, data in sorted(theme.static, key=lambda each: each[0].endswith(".css")):
        if name.endswith(".css"):
            data = _with_fingerprints(name, data, made)
        stem, dot, suffix = name.rpartition(".") if "." in name else (name, "", "")
        digest = hashlib.sha256(data).hexdigest()[:10]
        made[name] = (f"/static/{stem}.{digest}{dot}{suffix}", data)
    return made


CSS_URL = re.compile(rb"""url\(\s*(["']?)([^"')]+?)\1\s*\)""")


def _with_fingerprints(name: str, css: bytes, made: Mapping[str, tuple[str, bytes]]) -> bytes:
    def renamed(match: re.Match[bytes]) -> bytes:
        target = posixpath.normpath(
            posixpath.join(posixpath.dirname(name), match[2].decode("utf-8", "replace"))
        )
        if target not in made:
            return match[0]
        return b'url("%s")' % relative(made[target][0], "/static/" + name).encode()

    return CSS_URL.sub(renamed, css)


class _Context(jinja2.runtime.Context):
    """Calls plain functions straight; Jinja looks three times whether one wants its context."""

    def call(self, obj: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        if type(obj) in _PLAIN:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return obj(*args, **kwargs)
        return super().call(obj, *args, **kwargs)


_PLAIN = (FunctionType, BuiltinMethodType, functools.partial)


class _Environment(jinja2.Environment):
    """Gives each template a dict of globals: every rendering copies it, a chain takes long."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


class _Sandbox(ImmutableSandboxedEnvironment, _Environment):
    pass


@functools.lru_cache(maxsize=4)
def environment(theme: Theme) -> jinja2.Environment:
    """Make the Jinja environment of a theme; templates compile once each."""
    made = (_Sandbox if theme.sandbox else _Environment)(
        loader=jinja2.FunctionLoader(functools.partial(_load, theme)),
        autoescape=lambda name: name is None or name.endswith(ESCAPED),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.context_class = _Context
    # Whatever a template writes into a script element is safe there; letters stay letters.
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
    made.filters.update(
        longdate=long_date, monthname=month_name, iso=datetime.isoformat, merged=operator.or_
    )
    made.filters.update(person=person, author=author)
    made.globals.update(direction=direction, language_name=language_name)
    return made


def references(theme: Theme, known: References) -> References:
    """Return what each template loads; what is ``known`` of the same texts is not read again."""
    found: dict[str, tuple[bytes, tuple[str, ...]]] = {}
    for name, text in theme.templates:
        made = digest(text.encode("utf-8", "surrogatepass"))
        same = name in known and known[name][0] == made
        found[name] = known[name] if same else (made, references_of(text, name, theme))
    return found


def references_of(text: str, name: str, theme: Theme) -> tuple[str, ...]:
    """Return the names of the templates that one extends, includes or imports.

    `ANY` stands for a name that is computed. A broken template loads nothing: it is not rendered.
    """
    try:
        tree = environment(theme).parse(text, name)
    except jinja2.TemplateSyntaxError:
        return ()
    names = (*find_referenced_templates(tree), *names_of(tree))
    return tuple(dict.fromkeys(each or ANY for each in names))


def _load(theme: Theme, name: str) -> tuple[str, str, None] | None:
    """Give Jinja a template and the file it came from, which it then names in tracebacks."""
    text = dict(theme.templates).get(name)
    return None if text is None else (text, dict(theme.origins)[name], None)


def _render(
    page: Page,
    articles: Mapping[str, Article],
    bodies: Mapping[str, Body],
    info: SiteInfo,
    theme: Theme,
) -> Output | Diagnostic:
    try:
        template = environment(theme).get_template(page.template)
        text = template.render(_context(page, articles, bodies, info, theme))
    except Exception as error:  # a template can raise anything: it is the user's program
        return diagnose(error, page, theme)
    return Output(path=page.path, data=text.encode("utf-8"))


def _shown(value: Any, articles: Mapping[str, Article]) -> Any:
    """Return a value of a page's data with the articles themselves in its cards."""
    if isinstance(value, Card):
        return ShownCard(
            card=value,
            article=articles[value.source],
            url=value.url,
            tags=value.tags,
            authors=value.authors,
            section=value.section,
            image=value.image,
        )
    if isinstance(value, tuple) and value and isinstance(value[0], Card):
        return tuple(_shown(each, articles) for each in value)
    return value


def _context(
    page: Page,
    articles: Mapping[str, Article],
    bodies: Mapping[str, Body],
    info: SiteInfo,
    theme: Theme,
) -> dict[str, Any]:
    href = _links_from(page.path, info)
    place = _place(page.path, href)
    names = _names(info, theme, page.language, href)
    absolute = names["absolute"]
    return {
        **names,
        **{name: _shown(value, articles) for name, value in page.data.items()},
        "page": page,
        "url": url_of(page.path),
        "body": lambda source: _html(bodies[source], page.links[source], href),
        "absolute_body": lambda source: _html(bodies[source], page.links[source], absolute),
        NAME: functools.partial(_fragments(info, theme).render, page.language, place),
    }


def _names(
    info: SiteInfo, theme: Theme, language: str, href: Callable[[str], str]
) -> dict[str, Any]:
    """Return what all pages in a language see; ``href`` makes their links."""
    return {
        "site": info,
        "href": href,
        "absolute": functools.partial(_absolute, info.base_url) if info.base_url else href,
        "asset": lambda name: href(_static(theme)[name][0]),
        "identity": functools.partial(_identity, info),
        "t": translations(theme, language, info.language).__getitem__,
        "strings": lambda other: translations(theme, other, info.language).__getitem__,
    }


@functools.lru_cache(maxsize=4)
def _fragments(info: SiteInfo, theme: Theme) -> Fragments:
    return Fragments(environment(theme), functools.partial(_names, info, theme))


def _links_from(file: str, info: SiteInfo) -> Callable[[str], str]:
    """Return the function that gives the links of a page; a list asks for some of them often."""
    prefix = urlsplit(info.base_url).path
    known: dict[str, str] = {}

    def way(url: str) -> str:
        if "://" in url:
            return url
        return prefix + encoded(url) if file == NOT_FOUND else relative(url, file)

    def href(url: str) -> str:
        if url not in known:
            known[url] = way(url)
        return known[url]

    return href


def _place(file: str, href: Callable[[str], str]) -> Place:
    folder = "" if file == NOT_FOUND else file[1:].rpartition("/")[0]
    root = "../" * (folder.count("/") + 1) if folder else ""
    # What is not in a folder shares nothing: the 404 page has other links than its neighbours.
    return Place(folder=folder or file, top=folder.partition("/")[0], root=root, href=href)


def _absolute(base: str, url: str) -> str:
    return url if "://" in url else base + encoded(url)


def _identity(info: SiteInfo, url: str) -> str:
    """Return a lasting id for a feed: the permalink, or a name-based UUID (RFC 9562)."""
    if info.base_url:
        return _absolute(info.base_url, url)
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{info.title} {url}").urn


def person(link: Link, absolute: Callable[[str], str]) -> dict[str, str]:
    """Describe an author as schema.org does."""
    return {"@type": "Person", **author(link, absolute)}


def author(link: Link, absolute: Callable[[str], str]) -> dict[str, str]:
    """Describe an author as JSON Feed does."""
    return {"name": link.name, "url": absolute(link.url)}


def _html(body: Body, links: Sequence[str | None], href: Callable[[str], str]) -> Markup:
    """Put an article's HTML together; a link to what is not published loses its attribute."""
    parts = [body.parts[0]]
    for attribute, url, part in zip(body.attributes, links, body.parts[1:], strict=True):
        if url is not None:
            parts.append(f' {attribute}="{escape(href(url))}"')
        parts.append(part)
    return Markup("".join(parts))


@functools.lru_cache(maxsize=256)
def translations(theme: Theme, language: str, fallback: str) -> Mapping[str, str]:
    """Return the theme's strings in a language, gaps filled from the site's, then English."""
    tables = dict(theme.strings)
    merged: dict[str, str] = {}
    for code in ("en", fallback.split("-")[0], fallback, language.split("-")[0], language):
        merged |= dict(tables.get(code, ()))
    return merged


@functools.lru_cache(maxsize=64)
def locale(language: str) -> Locale:
    """Return Babel's locale of a language; English where Babel knows none."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@functools.lru_cache(maxsize=4096)
def long_date(day: date, language: str) -> str:
    """Write a date out as the language does: ``18 de septiembre de 2026``."""
    pattern = "d MMMM y" if language.split("-")[0] == "en" and language != "en-US" else "long"
    return str(format_date(day, pattern, locale(language)))


@functools.lru_cache(maxsize=4096)
def month_name(month: int, language: str) -> str:
    """Write a month's name as it stands alone."""
    return str(format_date(date(2000, month, 1), "LLLL", locale(language)))


@functools.lru_cache(maxsize=64)
def direction(language: str) -> str:
    """Return ``rtl`` or ``ltr``."""
    return str(locale(language).text_direction)


@functools.lru_cache(maxsize=64)
def language_name(language: str) -> str:
    """Return a language's own name for itself."""
    return str(locale(language).get_display_name() or language)


def diagnose(error: Exception, page: Page, theme: Theme) -> Diagnostic:
    """Name the template and line where rendering failed, and the page in hand."""
    origins = dict(theme.origins)
    template = origins.get(page.template, page.template)
    path, line = _innermost(error.__traceback__, frozenset(origins.values())) or (template, None)
    if isinstance(error, jinja2.TemplateSyntaxError):
        path, line = origins.get(error.name or "", template), error.lineno
    message = str(error) or type(error).__name__
    if isinstance(error, jinja2.TemplateNotFound):
        message = f"there is no template {error.name!r}"
    return Diagnostic(path=path, line=line, message=f"{message}, while rendering {page.source}")


def _innermost(
    trace: TracebackType | None, origins: frozenset[str]
) -> tuple[str, int | None] | None:
    """Return the innermost template and line of a traceback, as Jinja has rewritten it."""
    found = None
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name in origins:
            found = (name, trace.tb_lineno)
        trace = trace.tb_next
    return found
