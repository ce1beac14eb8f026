"""The application: the site's files, the script that reloads them, and the events it listens to."""

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from urllib.parse import unquote

from starlette.datastructures import QueryParams
from starlette.responses import FileResponse, RedirectResponse, Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from sitegen.serve.files import HIDDEN, Files
from sitegen.serve.guard import Guard
from sitegen.serve.hub import Hub

SCRIPT = Path(__file__).with_name("reload.js")
BREATH = 15.0
"""Seconds after which a silent stream gives a sign, so that nobody between cuts it off."""


def make_app(
    folder: Path, hub: Hub, *, host: str, prefix: Callable[[], str], scripted: bool
) -> ASGIApp:
    """Make the application; ``prefix`` is the path that the site is below, at the moment."""
    return Guard(_Preview(Files(folder, scripted=scripted), hub, prefix), host)


class _Preview:
    """Leads each request to what answers it."""

    def __init__(self, files: Files, hub: Hub, prefix: Callable[[], str]) -> None:
        self.files = files
        self.hub = hub
        self.prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        path: str = scope["path"]
        prefix = self.prefix()
        scope["state_of_preview"] = self.hub.state
        if path == f"/{HIDDEN}/reload.js":
            await _script()(scope, receive, send)
        elif path == f"/{HIDDEN}/events":
            await self._events(scope)(scope, receive, send)
        elif prefix and path in {"/", prefix}:
            await RedirectResponse(f"{prefix}/")(scope, receive, send)
        else:
            await self.files({**scope, "root_path": prefix}, receive, send)

    def _events(self, scope: Scope) -> Response:
        page = unquote(QueryParams(scope["query_string"]).get("page", "/"))  # as a path comes
        return StreamingResponse(
            self._told(page),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    async def _told(self, page: str) -> AsyncIterator[str]:
        yield "retry: 500\n\n"
        async for state in self.hub.states(BREATH):
            if state is None:
                yield ": still here\n\n"
                continue
            told = {
                "page": await self.files.word(page, self.prefix()),
                "styles": state.styles,
                "assets": state.assets,
                "errors": state.errors,
            }
            yield f"data: {json.dumps(told)}\n\n"


def _script() -> Response:
    return FileResponse(SCRIPT, media_type="text/javascript", headers={"Cache-Control": "no-store"})


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
