"""Puts the preview together: a port, a builder, a watcher, a server, and an orderly end."""

import errno
import logging
import secrets
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from urllib.parse import quote

import uvicorn

from sitegen.batches import Reporter, Silence
from sitegen.errors import SitegenError
from sitegen.serve.app import make_app
from sitegen.serve.builder import Builder
from sitegen.serve.hub import Hub, State
from sitegen.serve.model import Ask, Outcome, Voice
from sitegen.serve.rebuild import preview_folder
from sitegen.serve.settle import Changes
from sitegen.serve.watch import Watcher

PORT = 8000
TRIES = 100
"""Ports tried, from the usual one on, where nobody asked for a certain one."""

HEARTBEAT = 5.0
"""Seconds after which it is seen to that the watches still hold."""


def serve(
    ask: Ask,
    voice: Voice,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    reload: bool = True,
    poll: bool = False,
    browse: bool = False,
) -> None:
    """Build the preview and serve it until somebody interrupts.

    Raises `SitegenError` where the address cannot be had, `KeyboardInterrupt` at the end.
    """
    folder = preview_folder(ask)
    listening = listen(host, port)
    if port is None and (taken := listening.getsockname()[1]) != PORT:
        voice.note(f"Port {PORT} is in use: taking {taken}.")
    with _ended(listening.close), _terminable():
        builder = Builder(ask)
        with _ended(builder.close):
            outcome = builder.rebuild(_First(voice.reporter))
            word = secrets.token_hex(4)
            start = State(styles=word, assets=word, errors=tuple(map(str, outcome.errors)))
            hub = Hub(start)
            director = Director(ask, builder, hub, voice, outcome, poll=poll)
            app = make_app(folder, hub, host=host, prefix=director.prefix, scripted=reload)
            with _ended(director.close):
                voice.serving(url := _url(host, listening, director.prefix()), outcome)
                director.start()
                if browse:
                    threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
                _Server(app, hub).run(sockets=[listening])


class Director:
    """Waits for changes, has the site rebuilt, and tells browsers and people."""

    def __init__(
        self, ask: Ask, builder: Builder, hub: Hub, voice: Voice, outcome: Outcome, *, poll: bool
    ) -> None:
        self.ask = ask
        self.builder = builder
        self.hub = hub
        self.voice = voice
        self.last = outcome
        self.changes = Changes()
        self.watcher = Watcher(self.changes.note, self._polls, matters=self.matters, poll=poll)
        self.thread = threading.Thread(target=self._run, name="sitegen-director", daemon=True)

    def prefix(self) -> str:
        """Return the path that the site is below."""
        return self.last.prefix

    def start(self) -> None:
        """Watch; what changed since the first build is looked at right away."""
        self._watch()
        self.changes.note()
        self.thread.start()

    def close(self) -> None:
        """End watching; a rebuild that is going on is left to the builder's end."""
        self.changes.close()
        self.builder.close()  # so that the thread waits for it no longer; serve closes the last one
        if self.thread.ident:
            self.thread.join(HEARTBEAT)
        self.watcher.close()

    def matters(self, path: str) -> bool:
        """Tell whether a changed path may change the site."""
        changed = Path(path)
        root = self.ask.file.parent.resolve()
        if changed.parent == root and (changed.suffix == ".py" or changed.name == self._settings):
            return True
        # As they are written, too: one may be a link, which is made to lead elsewhere.
        folders = {*self.last.watched, *(each.resolve() for each in self.last.watched)}
        return any(changed.is_relative_to(each) or each.is_relative_to(changed) for each in folders)

    @property
    def _settings(self) -> str:
        return self.ask.file.name

    def _run(self) -> None:
        while not self.changes.closed:
            with suppress(OSError):  # nobody hears: the terminal is gone, the browser may not be
                if self.changes.wait(HEARTBEAT):
                    self._watch()
                    self._take(self.builder.rebuild(_Later(self.voice, self.hub)))
                else:
                    self._watch(calm=True)

    def _watch(self, *, calm: bool = False) -> None:
        self.watcher.watch(self.last.watched, self.ask.file, calm=calm)

    def _take(self, outcome: Outcome) -> None:
        if self.changes.closed:
            return
        if outcome.watched != self.last.watched:
            self.changes.note()  # what happened there before it was watched
        before, self.last = self.last, outcome
        self.hub.put(self.hub.state.after(outcome, secrets.token_hex(4)))
        if outcome.written or outcome.removed or outcome.problems != before.problems:
            self.voice.rebuilt(outcome)

    def _polls(self, reason: str) -> None:
        self.voice.note(
            f"Cannot watch the folders ({reason}): looking at them every second instead."
        )
        self.changes.note()  # what has happened unseen


class _Later(Silence):
    """Says no more of a rebuild than for whom it waits; browsers get what is there first."""

    def __init__(self, voice: Voice, hub: Hub) -> None:
        self.voice = voice
        self.hub = hub

    def waiting(self, owner: str) -> None:
        """Say for whom."""
        self.voice.note(f"Waiting for another build ({owner}).")

    def first(self) -> None:
        """Let browsers look whether it is their page."""
        self.hub.put(self.hub.state)


class _First:
    """Hands on how far the first build has come; nobody waits for a certain page of it."""

    def __init__(self, reporter: Reporter) -> None:
        self.stage, self.advance, self.waiting = (
            reporter.stage, reporter.advance, reporter.waiting,
        )  # fmt: skip

    def first(self) -> None:
        """Do nothing."""


class _Server(uvicorn.Server):
    """A server that ends at once: streams of events would otherwise keep it."""

    def __init__(self, app: Callable[..., object], hub: Hub) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                log_level="error",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=1,
            )
        )
        self.hub = hub

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Let the listeners go, and wait for no download."""
        self.hub.close()
        super().handle_exit(sig, frame)
        self.force_exit = True
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL + 1)  # of what is cut off


def listen(host: str, port: int | None) -> socket.socket:
    """Take a port: the one asked for, or the first from the usual one on that is free."""
    for wanted in [port] if port is not None else range(PORT, PORT + TRIES):
        try:
            return _bound(host, wanted)
        except (socket.gaierror, UnicodeError) as error:
            reason = getattr(error, "strerror", "") or "that is no name of a host"
            raise SitegenError.of(f"cannot serve as {host!r}: {reason}") from None
        except OSError as error:
            if port is None and error.errno in (errno.EADDRINUSE, errno.EACCES):
                continue
            raise SitegenError.of(_refused(host, wanted, error), hint=_way_out(error)) from None
    raise SitegenError.of(f"no port from {PORT} to {PORT + TRIES - 1} is free", hint="see --port")


def _refused(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use"
    return f"cannot serve at {host}, port {port}: {error.strerror}"


def _way_out(error: OSError) -> str:
    if error.errno in (errno.EADDRINUSE, errno.EACCES):
        return "give another --port, or none to have one chosen"
    return ""


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    made = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":  # there it would mean to share the port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(128)
    except OSError:
        made.close()
        raise
    return made


def _url(host: str, listening: socket.socket, prefix: str) -> str:
    everywhere = host in {"0.0.0.0", "::"}
    name = "localhost" if everywhere else f"[{host}]" if ":" in host else host
    return f"http://{name}:{listening.getsockname()[1]}{quote(prefix)}/"


@contextmanager
def _ended(end: Callable[[], None]) -> Iterator[None]:
    """Do what ends a part, whatever happens, even while somebody interrupts again."""
    try:
        yield
    finally:
        with suppress(KeyboardInterrupt):
            end()


@contextmanager
def _terminable() -> Iterator[None]:
    """Let a request to terminate end all parts, as an interrupt does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
