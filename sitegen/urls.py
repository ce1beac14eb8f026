"""Slugs, site-relative paths, and the way from one page to another.

A path begins with ``/`` and is not percent-encoded; a folder's ends with ``/`` and is published
as ``index.html`` in it. Links between pages are relative and name the file, so that a site works
under any prefix and straight from a disk.
"""

import posixpath
import re
import unicodedata
from urllib.parse import quote

from slugify import slugify

INDEX = "index.html"
FRAGMENT_SAFE = "!$&'()*+,;=:@/?~-._%"


def slug_of(text: str) -> str:
    """Make a path segment: lower-case letters and digits of any script, hyphens; never empty.

    Text without a letter or digit (an emoji) becomes the code points of its first characters.
    """
    composed = unicodedata.normalize("NFC", text)
    slug = str(slugify(composed, allow_unicode=True, max_length=80, word_boundary=True))
    return slug or "-".join(f"{ord(each):x}" for each in composed[:8]) or "untitled"


def title_of(name: str) -> str:
    """Make a readable title of a folder's or a file's name."""
    words = re.sub(r"[-_\s]+", " ", posixpath.basename(name)).strip()
    return words[:1].upper() + words[1:]


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
    path, mark, rest = _split(url)
    return quote(path, safe="/!$'()*+,;=:@~") + mark + quote(rest, safe=FRAGMENT_SAFE + "#&")


def relative(url: str, file: str) -> str:
    """Return the link from the page published as ``file`` to ``url``, percent-encoded."""
    path, mark, rest = _split(url)
    way = posixpath.relpath(file_of(path), posixpath.dirname(file))
    way = encoded(way)
    # A first segment with a colon would read as a scheme.
    return (
        ("./" + way if ":" in way.split("/")[0] else way)
        + mark
        + quote(rest, safe=FRAGMENT_SAFE + "#&")
    )


def _split(url: str) -> tuple[str, str, str]:
    cut = min((at for at in (url.find("?"), url.find("#")) if at >= 0), default=len(url))
    return url[:cut], url[cut : cut + 1], url[cut + 1 :]
