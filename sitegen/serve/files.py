"""The preview folder as a static host would serve it, with the reload script added to pages."""

import mimetypes
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from anyio.to_thread import run_sync
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from sitegen.serve.hub import State

HIDDEN = ".sitegen"
"""Names that begin so are sitegen's own, and no part of the site."""

NOWHERE = f"{HIDDEN}-nowhere"
"""A path at which there is no file."""

PAGES = (".html", ".htm")
LARGE = 1 << 22
"""Bytes of files that are sent in pieces."""

FOOT = re.compile(rb"</body\s*>", re.I)
BARE = b"<!doctype html>\n<title>%b</title>\n<h1>%b</h1>\n"

# The system's own table may be poor, or wrong, as it is known to be on Windows.
for _type, _suffix in (
    ("text/css", ".css"), ("text/javascript", ".js"), ("text/javascript", ".mjs"),
    ("application/json", ".json"), ("application/xml", ".xml"), ("image/svg+xml", ".svg"),
    ("image/webp", ".webp"), ("image/avif", ".avif"), ("font/woff2", ".woff2"),
    ("text/plain", ".txt"), ("application/wasm", ".wasm"),
):  # fmt: skip
    mimetypes.add_type(_type, _suffix)


@dataclass(frozen=True, slots=True)
class Found:
    """A page: its bytes, and a word that is another one whenever they are."""

    data: bytes
    word: str


class Files(StaticFiles):
    """Serves the folder; ``scripted``: pages get the script that reloads them."""

    def __init__(self, folder: Path, *, scripted: bool) -> None:
        super().__init__(directory=folder, html=True, check_dir=False)
        self.config_checked = True  # the folder may go, and come back with the next build
        self.scripted = scripted

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer a request: a file, a redirect to a folder, the 404 page."""
        try:
            response = await self._found(path, scope)
        except HTTPException as error:
            response = self._bare(error, scope)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    async def _found(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(_visible(path), scope)
        if not isinstance(response, FileResponse) or not _is_taken_whole(response, scope):
            return response
        # A build may replace the file at any moment: size and bytes must be of the same one.
        try:
            found = await run_sync(_read, response.path)
        except FileNotFoundError:
            raise HTTPException(404) from None
        if str(response.path).endswith(PAGES):
            return self._page(found, scope, response.status_code)
        del response.headers["Content-Length"]
        return Response(found.data, response.status_code, response.headers)

    def get_path(self, scope: Scope) -> str:
        """Return the file that is asked for; below ``root_path`` is the site, and nothing else."""
        inside = scope["path"].startswith(f"{scope['root_path']}/")
        return super().get_path(scope) if inside else NOWHERE

    async def word(self, url: str, prefix: str) -> str:
        """Return the word for what is at a path now, be it the 404 page."""
        scope: Scope = {
            "type": "http", "method": "GET", "path": url, "root_path": prefix, "headers": [],
        }  # fmt: skip
        try:
            response = await super().get_response(_visible(self.get_path(scope)), scope)
        except HTTPException as error:
            return str(error.status_code)
        if not isinstance(response, FileResponse):
            return "elsewhere"
        return f"{response.status_code}-{_stamp(os.stat(response.path))}"

    def is_not_modified(self, response_headers: Headers, request_headers: Headers) -> bool:
        """Send files anew each time: a preview is never old."""
        return False

    def _bare(self, error: HTTPException, scope: Scope) -> Response:
        """Answer where not even a 404 page is there: the site was not built yet."""
        if error.status_code != 404:
            return PlainTextResponse(error.detail, error.status_code, error.headers)
        said = error.detail.encode()
        return self._page(Found(BARE % (said, said), ""), scope, 404)

    def _page(self, found: Found, scope: Scope, status: int) -> Response:
        word = f"{status}-{found.word}" if found.word else str(status)
        script = _script(scope, word) if self.scripted else b""
        return HTMLResponse(with_script(found.data, script), status)


def with_script(page: bytes, script: bytes) -> bytes:
    """Put a script at the end of a page's body, or of a page that is none."""
    places = list(FOOT.finditer(page))
    at = places[-1].start() if places else len(page)
    return page[:at] + script + page[at:]


def _script(scope: Scope, word: str) -> bytes:
    """Return the element that loads the script; its address is relative, for proxies' sake."""
    state: State = scope["state_of_preview"]
    up = "../" * (scope["path"].count("/") - 1)
    values: Mapping[str, str] = {"page": word, "styles": state.styles, "assets": state.assets}
    data = "".join(f' data-{name}="{escape(value)}"' for name, value in values.items())
    return f'<script src="{up}{HIDDEN}/reload.js"{data}></script>'.encode()


def _visible(path: str) -> str:
    """Return a path, or one that is nowhere, where it leads to what is not the site's."""
    hidden = any(part.startswith(HIDDEN) for part in path.replace("\\", "/").split("/"))
    return NOWHERE if hidden or "\\" in path.replace(os.sep, "/") else path


def _is_taken_whole(response: FileResponse, scope: Scope) -> bool:
    """Tell whether a file is sent at once: pages are, and others that are small."""
    if str(response.path).endswith(PAGES):
        return True
    small = response.stat_result is not None and response.stat_result.st_size < LARGE
    return small and "range" not in Headers(scope=scope)


def _read(path: str | os.PathLike[str]) -> Found:
    with open(path, "rb") as file:
        stat = os.fstat(file.fileno())
        return Found(file.read(), _stamp(stat))


def _stamp(stat: os.stat_result) -> str:
    return f"{stat.st_mtime_ns:x}-{stat.st_size:x}"
