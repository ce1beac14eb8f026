"""What browsers are told: not what happened, but how things are, so that none can miss anything."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from sitegen.serve.model import Outcome

PAGES = (".html", ".htm", ".xml", ".json", ".txt")
"""What a page does not load: a change in such a file concerns nobody but its own readers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How the preview is: ``styles`` and ``assets`` are other words after each change of such a
    file, ``errors`` keep the pages from being newer."""

    styles: str
    assets: str
    errors: tuple[str, ...] = ()

    def after(self, outcome: Outcome, word: str) -> "State":
        """Return the state after a rebuild; ``word`` was never used before."""
        changed = [*outcome.written, *outcome.removed]
        styles = any(each.endswith(".css") for each in changed)
        assets = any(not each.endswith((".css", *PAGES)) for each in changed)
        return replace(
            self,
            styles=word if styles else self.styles,
            assets=word if assets else self.assets,
            errors=tuple(map(str, outcome.errors)),
        )


class Hub:
    """Hands each new state to all who listen; all but `put` belongs to the event loop."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.closed = False
        self.loop: asyncio.AbstractEventLoop | None = None
        self.waiting: set[asyncio.Event] = set()

    def put(self, state: State) -> None:
        """Set the state, from any thread, and wake all who listen: pages may be newer, too."""
        self.state = state
        self._wake()

    def close(self) -> None:
        """Let all who listen go, from any thread."""
        self.closed = True
        self._wake()

    def _wake(self) -> None:
        if self.loop and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._wake_all)

    def _wake_all(self) -> None:
        for each in self.waiting:
            each.set()

    async def states(self, patience: float) -> AsyncIterator[State | None]:
        """Yield the state now and after every change; ``None`` where nothing came for a while."""
        self.loop = asyncio.get_running_loop()
        woken = asyncio.Event()
        self.waiting.add(woken)
        try:
            yield self.state
            while not self.closed:
                try:
                    await asyncio.wait_for(woken.wait(), patience)
                except TimeoutError:
                    yield None
                    continue
                woken.clear()
                if not self.closed:
                    yield self.state
        finally:
            self.waiting.discard(woken)
