"""Pages become bytes: Jinja2 with autoescape and no undefined names, one environment a theme.

A template sees ``page``, ``site``, the page's own data, and these functions: ``href(path)`` (a
relative link), ``absolute(path)`` (with ``base_url``), ``asset(name)`` (a fingerprinted static
file), ``t(key)`` (a string in the page's language), ``body(source)`` and ``absolute_body(source)``.
"""

import functools
import hashlib
import posixpath
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

import jinja2
from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from markupsafe import Markup, escape

from sitegen.errors import Diagnostic
from sitegen.model import Body, Output, Page, SiteInfo, Theme
from sitegen.urls import encoded, relative, url_of

ESCAPED = (".html", ".xml")


def render_pages(
    pages: Sequence[Page], bodies: Mapping[str, Body], info: SiteInfo, theme: Theme
) -> list[Output | Diagnostic]:
    """Render a batch: an output or a diagnostic a page, in order."""
    return [_render(page, bodies, info, theme) for page in pages]


def static_outputs(theme: Theme) -> list[Output]:
    """Return the theme's static files, each with a fingerprint of its bytes in its name."""
    names = fingerprints(theme)
    return [Output(path=names[name], data=data) for name, data in theme.static]


@functools.lru_cache(maxsize=4)
def fingerprints(theme: Theme) -> Mapping[str, str]:
    """Return the published path of each static file, ``/static/style.1f3a9c2b.css``."""
    paths = {}
    for name, data in theme.static:
        stem, dot, suffix = name.rpartition(".")
        digest = hashlib.sha256(data).hexdigest()[:10]
        paths[name] = f"/static/{stem}.{digest}{dot}{suffix}" if dot else f"/static/{name}.{digest}"
    return paths


@functools.lru_cache(maxsize=4)
def environment(theme: Theme) -> jinja2.Environment:
    """Make the Jinja environment of a theme; templates compile once each."""
    made = jinja2.Environment(
        loader=jinja2.DictLoader(dict(theme.templates)),
        autoescape=lambda name: name is None or name.endswith(ESCAPED),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.filters.update(longdate=long_date, monthname=month_name, iso=datetime.isoformat)
    made.globals.update(direction=direction, language_name=language_name)
    return made


def _render(
    page: Page, bodies: Mapping[str, Body], info: SiteInfo, theme: Theme
) -> Output | Diagnostic:
    try:
        template = environment(theme).get_template(page.template)
        text = template.render(_context(page, bodies, info, theme))
    except Exception as error:  # a template can raise anything: it is the user's program
        return diagnose(error, page, theme)
    return Output(path=page.path, data=text.encode("utf-8"))


def _context(
    page: Page, bodies: Mapping[str, Body], info: SiteInfo, theme: Theme
) -> dict[str, Any]:
    absolute = functools.partial(_absolute, info.base_url)
    # A 404 page is served at any depth, so its links count from the root of the site.
    rooted = page.path == "/404.html"
    prefix = urlsplit(info.base_url).path
    href: Callable[[str], str] = (
        (lambda url: prefix + encoded(url)) if rooted else functools.partial(_href, page.path)
    )
    strings = translations(theme, page.language, info.language)
    static = fingerprints(theme)
    return {
        **page.data,
        "page": page,
        "site": info,
        "url": url_of(page.path),
        "href": href,
        "absolute": absolute,
        "asset": lambda name: href(static[name]),
        "t": strings.__getitem__,
        "strings": lambda language: translations(theme, language, info.language).__getitem__,
        "body": lambda source: _html(bodies[source], page.links[source], href),
        "absolute_body": lambda source: _html(bodies[source], page.links[source], absolute),
        "date": functools.partial(_short_date, page.language),
    }


def _href(file: str, url: str) -> str:
    return url if "://" in url else relative(url, file)


def _absolute(base: str, url: str) -> str:
    return url if "://" in url else base + encoded(url)


def _short_date(language: str, day: date) -> str:
    return long_date(day, language)


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


def direction(language: str) -> str:
    """Return ``rtl`` or ``ltr``."""
    return str(locale(language).text_direction)


def language_name(language: str) -> str:
    """Return a language's own name for itself."""
    return str(locale(language).get_display_name() or language)


def diagnose(error: Exception, page: Page, theme: Theme) -> Diagnostic:
    """Name the template and line where rendering failed, and the page in hand."""
    origins = dict(theme.origins)
    if isinstance(error, jinja2.TemplateSyntaxError):
        name, line = error.name or page.template, error.lineno
    elif isinstance(error, jinja2.TemplateNotFound):
        name, line = _last_frame(error, origins) or (page.template, None)
        return Diagnostic(
            path=origins.get(name, name),
            line=line,
            message=f"there is no template {error.name!r}, wanted for {page.source}",
        )
    else:
        name, line = _last_frame(error, origins) or (page.template, None)
    reason = str(error) or type(error).__name__
    return Diagnostic(
        path=origins.get(name, posixpath.join("templates", name)),
        line=line,
        message=f"{reason}, while rendering {page.source}",
    )


def _last_frame(error: Exception, origins: Mapping[str, str]) -> tuple[str, int | None] | None:
    """Return the innermost template and line of a traceback, as Jinja has rewritten it."""
    found = None
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        template = trace.tb_frame.f_globals.get("__jinja_template__")
        if (
            trace.tb_frame.f_code.co_name.startswith(
                ("root", "block", "template", "macro", "top-level")
            )
            or template
        ):
            known = trace.tb_frame.f_globals.get("name", name)
            if known in origins:
                found = (known, trace.tb_lineno)
        trace = trace.tb_next
    return found
