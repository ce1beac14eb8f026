"""From many events to one: waits until a burst of changes is over."""

import threading
import time

QUIET = 0.02
"""Seconds without an event after which a save is over: editors write, rename and tidy up."""

MANY, LONG_QUIET = 20, 0.2
"""After so many events it is no save but a checkout or a copy, which pauses for longer."""

CAP = 2.0
"""Seconds after which a burst that does not end is looked at all the same."""


class Changes:
    """Notes events, and tells when it is time to look."""

    def __init__(self) -> None:
        self.condition = threading.Condition()
        self.first = self.last = 0.0
        self.count = 0
        self.closed = False

    def note(self) -> None:
        """Note an event, from any thread."""
        with self.condition:
            self.last = time.monotonic()
            self.first = self.first if self.count else self.last
            self.count += 1
            self.condition.notify_all()

    def close(self) -> None:
        """Let nobody wait any longer."""
        with self.condition:
            self.closed = True
            self.condition.notify_all()

    def wait(self, patience: float) -> bool:
        """Wait for a burst and its end; ``False`` where there was none for so many seconds."""
        with self.condition:
            self.condition.wait_for(lambda: self.count or self.closed, patience)
            while self.count and not self.closed:
                left = self._left()
                if left <= 0:
                    self.count = 0
                    return True
                self.condition.wait(left)
            return False

    def _left(self) -> float:
        """Return the seconds for which all must stay quiet from now on."""
        quiet = LONG_QUIET if self.count >= MANY else QUIET
        return min(self.last + quiet, self.first + CAP) - time.monotonic()
