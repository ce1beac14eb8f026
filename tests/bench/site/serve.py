"""From the save to the new text being served: sitegen's preview beside Hugo's server.

    python -m tests.bench.site.serve [--articles 1000 10000] [--edits 15]

Both servers run the whole time, on sites of the same articles, and edits alternate between them:
whatever else the machine does, it does to both. Hugo is at its fastest, with pages in memory and
fast render, which leaves lists as they were. The table goes to the terminal and to
``tests/bench/results/serve.md``.
"""

import argparse
import http.client
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median

from tests.bench.machine import machine
from tests.bench.site.contenders import HUGO, SITEGEN, Contender, contenders, hugo_binary
from tests.bench.site.corpus import Article, write
from tests.bench.site.process import FailedError, memory, tree
from tests.bench.tables import Table
from tests.bench.wishes import at_most

RESULTS = Path(__file__).parents[1] / "results" / "serve.md"
PATIENCE = 120.0
"""Seconds after which a server that does not answer has failed."""

PAUSE = 0.5
"""Seconds between a server's answer and the next edit of its site: it may still be tidying up."""

FLOOD = 1000
"""Files changed at once."""

LONG = 400
"""Edits in a row, after which the memory should be what it was."""

NOTES = (
    "Wall time in ms from the write of an article's file until its page is served with the new "
    "sentence, asked for every 2 ms on one connection. Hugo keeps pages in memory and, after an "
    "edit, renders what was last asked for; sitegen ranks the article anew and publishes its page "
    "first, to its preview folder, then all else that changed, lists and feeds too. At 10,000 "
    "articles that is done some 0.4 s later.",
)


@dataclass
class Server:
    """A server of a contender's site, and the times that edits took, in seconds."""

    contender: Contender
    folder: Path
    port: int
    process: subprocess.Popen[bytes]
    log: Path
    times: list[float] = field(default_factory=list)

    def ask(self, path: str) -> str:
        """Return what is at a path, or nothing."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            return connection.getresponse().read().decode()
        except OSError:
            return ""
        finally:
            connection.close()

    def wait(self, path: str, text: str) -> float:
        """Wait until a text is served; return the seconds that it took."""
        start = time.perf_counter()
        while text not in self.ask(path):
            if time.perf_counter() - start > PATIENCE or self.process.poll() is not None:
                raise FailedError(f"{self.contender.name} serves no {text!r}:\n{self.said}")
            time.sleep(0.002)
        return time.perf_counter() - start

    @property
    def said(self) -> str:
        return self.log.read_text(errors="replace")

    @property
    def memory(self) -> float:
        """MiB of the process tree, shared pages counted once."""
        return sum(map(memory, tree(self.process.pid))) / 2**10

    def edit(self, article: Article, turn: int) -> float:
        """Edit an article; return the seconds until that is served."""
        text = f"edited{turn}times"
        middle = len(article.blocks) // 2
        block = f"{text} it was. {article.blocks[middle]}"
        blocks = (*article.blocks[:middle], block, *article.blocks[middle + 1 :])
        self.contender.write(replace(article, blocks=blocks), self.folder)
        return self.wait(path_of(article), text)


def path_of(article: Article) -> str:
    """Return the path of an article's page, which is the same for both."""
    return f"/{article.section}/{article.slug}.html"


def command(contender: Contender, port: int) -> Sequence[str]:
    """Return what starts a contender's server."""
    if contender.name == HUGO:
        return (hugo_binary(), "server", "--port", str(port), "--bind", "127.0.0.1")
    return (sys.executable, "-m", "sitegen", "serve", "--port", str(port))


@contextmanager
def serving(contender: Contender, articles: Sequence[Article], folder: Path) -> Iterator[Server]:
    """Serve a site of these articles."""
    site = folder / contender.name.lower()
    contender.write_site(articles, site)
    port, log = _free_port(), folder / f"{contender.name}.log"
    with open(log, "wb") as said:
        process = subprocess.Popen(command(contender, port), cwd=site, stdout=said, stderr=said)
    try:
        server = Server(contender, site, port, process, log)
        server.wait(path_of(articles[-1]), articles[-1].title)
        yield server
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def edits(count: int, number: int, folder: Path) -> list[Server]:
    """Have both serve so many articles, and edit one after the other ``number`` times."""
    articles = list(write(count))
    with ExitStack() as stack:
        servers = [
            stack.enter_context(serving(each, articles, folder))
            for each in contenders()
            if each.name in {SITEGEN, HUGO}
        ]
        time.sleep(2)
        edited = articles[count // 2]
        for turn in range(-2, number):  # the first two are not counted
            for server in servers:
                took = server.edit(edited, turn + 2)
                server.times += [took] if turn >= 0 else []
                time.sleep(PAUSE)
    return servers


def flood(folder: Path) -> tuple[float, int]:
    """Change many files at once; return the seconds until all are served, and the builds."""
    articles = list(write(FLOOD))
    (sitegen,) = (each for each in contenders() if each.name == SITEGEN)
    with serving(sitegen, articles, folder) as server:
        time.sleep(1)
        start = time.perf_counter()
        for article in articles:
            blocks = ("flooded it was.", *article.blocks)
            sitegen.write(replace(article, blocks=blocks), server.folder)
        for article in articles:
            server.wait(path_of(article), "flooded it was")
        return time.perf_counter() - start, server.said.count(" written")


def long_run(folder: Path) -> tuple[float, float]:
    """Edit a site many times; return the memory in MiB after a tenth of it, and at the end."""
    articles = list(write(100))
    (sitegen,) = (each for each in contenders() if each.name == SITEGEN)
    with serving(sitegen, articles, folder) as server:
        early = 0.0
        for turn in range(LONG):
            server.edit(articles[turn % len(articles)], turn)
            if turn == LONG // 10:
                early = server.memory
        return early, server.memory


def table(found: dict[int, list[Server]]) -> Table:
    """Show the times of both, and their ratio."""
    rows = [row(count, server, servers) for count, servers in found.items() for server in servers]
    return Table(
        title="From the save to the page",
        head=("articles", "server", "median ms", "edits", "ratio"),
        rows=rows,
        notes=NOTES,
    )


def row(count: int, server: Server, servers: Sequence[Server]) -> tuple[str, ...]:
    """Return the cells of a server that stood beside others."""
    hugo = median(next(each.times for each in servers if each.contender.name == HUGO))
    return (
        f"{count:,}",
        server.contender.name,
        f"{1000 * median(server.times):.0f}",
        f"{len(server.times)}: {1000 * min(server.times):.0f} to {1000 * max(server.times):.0f}",
        f"{median(server.times) / hugo:.3f}",
    )


def wanted(
    found: dict[int, list[Server]], flooded: tuple[float, int], grown: tuple[float, float]
) -> Table:
    """Show what was wanted and what was measured."""
    wishes = []
    for (count, servers), limit in zip(found.items(), (0.4, 0.3), strict=False):
        times = {each.contender.name: median(each.times) for each in servers}
        ratio = times[SITEGEN] / times[HUGO]
        wishes.append(at_most(f"save to page, {count:,} articles, Hugo's server", limit, ratio))
    seconds, builds = flooded
    wishes.append(at_most(f"builds of {FLOOD:,} files changed at once", 2, builds, "builds"))
    early, late = grown
    wishes.append(at_most(f"memory after {LONG} edits, to that after a tenth", 1.05, late / early))
    return Table(
        title="Wanted and measured",
        head=("what", "wanted", "measured", "reached"),
        rows=[each.row for each in wishes],
        notes=(
            f"The flood was served after {seconds:.1f} s, the writing of its files included. "
            f"Memory was {early:.0f} MiB, then {late:.0f} MiB.",
        ),
    )


def main() -> None:
    """Measure all sizes, the flood and the long run; print and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--edits", type=int, default=15)
    given = parser.parse_args()
    parts = ["# Previews, side by side", machine(("sitegen", "hugo", "watchdog", "uvicorn"))]
    print(*parts, sep="\n\n", end="\n\n", flush=True)
    found: dict[int, list[Server]] = {}
    try:
        for count in sorted(given.articles):
            with tempfile.TemporaryDirectory(prefix="sites-") as folder:
                found[count] = edits(count, given.edits, Path(folder))
        with tempfile.TemporaryDirectory(prefix="sites-") as folder:
            flooded = flood(Path(folder))
        with tempfile.TemporaryDirectory(prefix="sites-") as folder:
            grown = long_run(Path(folder))
    except FailedError as error:
        sys.exit(str(error))
    for each in (table(found), wanted(found, flooded, grown)):
        print(each, flush=True)
        parts.append(str(each).rstrip())
    RESULTS.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
