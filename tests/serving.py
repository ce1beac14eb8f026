"""`sitegen serve` as people start it: a process, a port, what it says, and how it ends."""

import http.client
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 30.0
"""Seconds after which a test gives up; machines are shared."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Server:
    """A running preview of the site in a folder."""

    def __init__(self, root: Path, *options: str, port: int | None = 0) -> None:
        self.root = root
        ports = [] if port is None else ["-p", str(port)]
        command = [sys.executable, "-m", "sitegen", "serve", *ports, *options]
        self.process = subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True)
        self.lines: list[str] = []
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self.lines.append(line.rstrip("\n"))

    @property
    def said(self) -> str:
        return "\n".join(self.lines)

    @property
    def url(self) -> str:
        found = re.search(r"Serving at (http://\S+)", self.said)
        assert found, self.said
        return found[1].rstrip("/")

    @property
    def port(self) -> int:
        found = re.search(r":(\d+)", self.url.removeprefix("http://"))
        assert found
        return int(found[1])

    def get(self, path: str, *, method: str = "GET", **headers: str) -> Answer:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, headers=given)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def until(self, path: str, found: Callable[[Answer], bool]) -> Answer:
        """Ask until the answer is right; fail with the last one, and with what was said."""
        end = time.monotonic() + PATIENCE
        while not found(answer := self.get(path)):
            assert time.monotonic() < end, (answer.status, answer.text[-2000:], self.said)
            time.sleep(0.01)
        return answer

    def until_shown(self, path: str, text: str) -> Answer:
        return self.until(path, lambda answer: text in answer.text)

    def until_gone(self, path: str) -> Answer:
        return self.until(path, lambda answer: answer.status == 404)

    def until_said(self, text: str, times: int = 1) -> None:
        until(lambda: self.said.count(text) >= times, lambda: self.said)

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.process.wait()
        self.reader.join(PATIENCE)
        assert self.process.stderr
        self.process.stderr.close()


def until(true: Callable[[], bool], what: Callable[[], str]) -> None:
    """Wait for something to become true; fail with what is there instead."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, what()
        time.sleep(0.01)


@contextmanager
def serving(root: Path, *options: str, port: int | None = 0) -> Iterator[Server]:
    """Serve a site until the end of a test."""
    server = Server(root, *options, port=port)
    try:
        until(
            lambda: "Serving at" in server.said or server.process.poll() is not None,
            lambda: server.said,
        )
        assert server.process.poll() is None, server.said
        yield server
    finally:
        server.close()


def descendants(process: int) -> list[int]:
    """Return the processes that one has started, and those that these have."""
    found = subprocess.run(
        ["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout.split()
    parents = dict(zip(map(int, found[::2]), map(int, found[1::2]), strict=True))
    children = [each for each, parent in parents.items() if parent == process]
    return children + [below for each in children for below in descendants(each)]


def is_alive(process: int) -> bool:
    """Tell whether a process is there, and more than a number that nobody has asked about."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
