"""Who may ask: the browser of the person at this machine, and no page that it happens to be on.

A page elsewhere can make a browser ask a local server: under a name of its own that it has lead
here (DNS rebinding), or openly, from its own origin. Both are refused. Starlette's
``TrustedHostMiddleware`` wants a list of names; an address is always right, for nobody can make
it lead elsewhere.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

OTHERS = "this preview does not answer to pages of other sites"


class Guard:
    """Lets requests through that come from where they should; ``host`` is the name served."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        self.app = app
        self.host = host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse to."""
        if scope["type"] == "http" and (reason := refusal(Headers(scope=scope), self.host)):
            await PlainTextResponse(reason + "\n", status_code=403)(scope, receive, send)
        elif scope["type"] in {"http", "lifespan"}:
            await self.app(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})


def refusal(headers: Headers, host: str) -> str:
    """Return why a request is refused, or nothing."""
    asked = headers.getlist("host")
    if len(asked) != 1 or not is_own(_name(asked[0]), host):
        return "this preview does not go by that name; to give it one, start it with --host NAME"
    origin = headers.get("origin")
    if origin is not None and origin.partition("://")[2].lower() != asked[0].lower():
        return OTHERS
    # Links from elsewhere may lead here; images, scripts and frames of other sites may not.
    foreign = headers.get("sec-fetch-site") in {"cross-site", "same-site"}
    followed = headers.get("sec-fetch-mode") == "navigate"
    if foreign and not (followed and headers.get("sec-fetch-dest", "document") == "document"):
        return OTHERS
    return ""


def is_own(name: str, host: str) -> bool:
    """Tell whether a name is this machine's: an address, localhost, or the name served."""
    if name in {"localhost", host.lower()} or name.endswith(".localhost"):
        return bool(name)
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _name(host: str) -> str:
    """Return the name in a Host header, without its port."""
    try:
        found = urlsplit(f"//{host}")
    except ValueError:
        return ""
    return (found.hostname or "") if found.netloc == host else ""
