"""Slugs, site-relative paths, and the way from one page to another.

A path begins with ``/`` and is not percent-encoded; a folder's ends with ``/`` and is published
as ``index.html`` in it. Links between pages are relative and name the file, so that a site works
under any prefix and straight from a disk.
"""

import posixpath
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote

INDEX = "index.html"
FRAGMENT_SAFE = "!$&'()*+,;=:@/?~-._%"
PATH_SAFE = "/!$'()*+,;=:@~"
PLAIN = re.compile(r"[A-Za-z0-9_./!$'()*+,;=:@~-]*").fullmatch
"""Matches a path in which nothing is to be encoded."""
DEVICES = frozenset(
    [
        "con",
        "prn",
        "aux",
        "nul",
        *(f"{name}{each}" for name in ("com", "lpt") for each in "123456789¹²³"),
    ]
)
"""Names of devices on Windows, where no file can have them, whatever its suffix."""

LONGEST = 200
"""Bytes of a slug: names of files may have 255, with what else is in them."""

NOWHERE = "\0"
"""The name of a folder that no path leads to."""

MARK = re.compile(r"[?#]").search
SIMPLE = re.compile(r"[\x00-%'-+\--\x7f]{1,79}").fullmatch
"""Matches a name of which slugify does no more than to lower it and to put hyphens between words.

It would read ``&amp;`` and ``1,000`` as HTML and as a number, and cut what is longer.
"""


@lru_cache(maxsize=1 << 14)
def slug_of(text: str) -> str:
    """Make a path segment: lower-case letters and digits of any script, hyphens; never empty.

    Text without a letter or digit (an emoji) becomes the code points of its first characters, and
    a name that Windows keeps for itself gets a hyphen.
    """
    composed = unicodedata.normalize("NFC", text)
    slug = _simple_slug(text) if SIMPLE(text) else _any_slug(composed)
    slug = slug or "-".join(f"{ord(each):x}" for each in composed[:8]) or "untitled"
    return f"{slug}-" if slug in DEVICES else slug


def _simple_slug(text: str) -> str:
    return re.sub(r"[\W_]+", "-", text.lower()).strip("-")


def _any_slug(text: str) -> str:
    # Imported here because few names need it.
    from slugify import slugify

    slug = str(slugify(text, allow_unicode=True, max_length=80, word_boundary=True))
    return slug.encode()[:LONGEST].decode(errors="ignore").strip("-")


def title_of(name: str) -> str:
    """Make a readable title of a folder's or a file's name."""
    words = re.sub(r"[-_\s]+", " ", posixpath.basename(name)).strip()
    return words[:1].upper() + words[1:]


@lru_cache(maxsize=1 << 14)
def folder_url(path: str) -> str:
    """Return the path of a folder below the content folder: ``World News`` → ``/world-news/``."""
    return "/" + "".join(f"{slug_of(part)}/" for part in path.split("/") if part)


def file_url(path: str) -> str:
    """Return the path at which a file beside the articles is published, its name kept."""
    name = unicodedata.normalize("NFC", posixpath.basename(path))
    return folder_url(posixpath.dirname(path)) + name


def file_of(url: str) -> str:
    """Return the file that a path is published as: ``/world/`` → ``/world/index.html``."""
    return url + INDEX if url.endswith("/") else url


def url_of(file: str) -> str:
    """Return the path under which a published file is known: the reverse of `file_of`."""
    return file.removesuffix(INDEX) if file.endswith("/" + INDEX) else file


def encoded(url: str) -> str:
    """Percent-encode a path, leaving its query and fragment as they are."""
    if PLAIN(url):
        return url
    path, mark, rest = _split(url)
    return quote(path, safe=PATH_SAFE) + mark + quote(rest, safe=FRAGMENT_SAFE + "#&")


def relative(url: str, file: str) -> str:
    """Return the link from the page published as ``file`` to ``url``, percent-encoded."""
    path, mark, rest = _split(url)
    way = encoded(_way(file_of(path), file))
    # A first segment with a colon would read as a scheme.
    if ":" in way and ":" in way.partition("/")[0]:
        way = "./" + way
    return way + mark + quote(rest, safe=FRAGMENT_SAFE + "#&") if mark else way


def rooted(url: str) -> str:
    """Return the part after the last ``../`` of a link that leads by way of the root."""
    return relative(url, f"/{NOWHERE}/").removeprefix("../")


def _way(target: str, file: str) -> str:
    """Return the path from a page to a file, through the nearest folder that both are in."""
    folder, up = file.rpartition("/")[0] + "/", ""
    while not target.startswith(folder):
        folder = folder[: folder.rindex("/", 0, -1) + 1]
        up += "../"
    return up + target[len(folder) :]


def _split(url: str) -> tuple[str, str, str]:
    found = MARK(url)
    if found is None:
        return url, "", ""
    at = found.start()
    return url[:at], url[at], url[at + 1 :]
