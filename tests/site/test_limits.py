"""Articles that never end, and articles that processes die of, are named; the rest is built."""

import importlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sitegen.batches import SILENCE, Rescue, in_batches
from sitegen.errors import SitegenError
from sitegen.limits import OverTimeError, limited
from sitegen.pool import Pool, executor
from tests.conftest import SiteFolder, article

# An alarm may ring where Python can only ignore it, and then it rings again.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

EXTENSION = """
import os, signal, time
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

class Trap(Preprocessor):
    def run(self, lines):
        text = "\\n".join(lines)
        if "LOOPFOREVER" in text:
            while True:
                pass
        if "BACKTRACK" in text:
            import re
            re.match(r"(a*)*b", "a" * 64)
        if "DIENOW" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        return lines

class Trapped(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Trap(md), "trap", 100)

def makeExtension(**options):
    return Trapped(**options)
"""
CONFIG = 'title = "T"\n[markdown]\nextensions = ["extra", "{}"]\n[limits]\nseconds = 0.5\n'


@pytest.fixture
def site(
    make_site: Callable[..., SiteFolder], monkeypatch: pytest.MonkeyPatch, request
) -> Iterator[SiteFolder]:
    name = f"trap_{abs(hash(request.node.name))}"  # each test's own: modules are kept by name
    made = make_site(
        {f"content/a{number:03}.md": article(f"Storks {number}") for number in range(400)},
        CONFIG.format(name),
    )
    made.write({f"{name}.py": EXTENSION})
    monkeypatch.syspath_prepend(str(made.root))
    yield made
    sys.modules.pop(name, None)


posix = pytest.mark.skipif(sys.platform == "win32", reason="there is no alarm clock there")


@posix
@pytest.mark.parametrize("trap", ["LOOPFOREVER", "BACKTRACK"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_an_article_that_never_ends_is_named(site: SiteFolder, trap: str, jobs: int) -> None:
    site.write({"content/a100.md": article("Slow") + f"\n{trap}\n"})
    start = time.monotonic()
    with executor(jobs) as pool, pytest.raises(SitegenError) as raised:
        site.build(executor=pool)
    (found,) = raised.value.diagnostics
    assert str(found) == (
        "content/a100.md: takes longer than 0.5 s to read and summarise"
        " (simplify it, or raise 'seconds' under [limits])"
    )
    assert time.monotonic() - start < 60
    site.write({"content/a100.md": article("Quick")})
    assert site.build().pages > 400


@posix
def test_no_alarm_cuts_an_import_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "slow_to_import.py").write_text("import time\ntime.sleep(0.4)\nwhole = True\n")
    monkeypatch.syspath_prepend(str(tmp_path))

    def work() -> None:
        importlib.import_module("slow_to_import")
        time.sleep(10)

    with pytest.raises(OverTimeError), limited(0.1):
        work()
    assert sys.modules.pop("slow_to_import").whole


@posix
def test_an_index_that_never_ends_is_named(site: SiteFolder) -> None:
    site.write({"content/_index.md": "# Front\n\nLOOPFOREVER\n"})
    with pytest.raises(SitegenError, match=r"content/_index\.md: takes longer than 0\.5 s"):
        site.build()


@posix
def test_an_alarm_that_was_swallowed_rings_again() -> None:
    class Swallowing:
        def __del__(self) -> None:
            end = time.monotonic() + 0.3
            while time.monotonic() < end:
                pass

    def last() -> None:
        Swallowing()
        time.sleep(10)

    with pytest.raises(OverTimeError), limited(0.1):
        last()


@posix
def test_articles_that_processes_die_of_are_named_and_the_rest_is_kept(site: SiteFolder) -> None:
    for number in (100, 300):
        site.write({f"content/a{number}.md": article("Deadly") + "\nDIENOW\n"})
    with executor(2) as pool, pytest.raises(SitegenError) as raised:
        site.build(executor=pool)
    assert [each.path for each in raised.value.diagnostics] == [
        "content/a100.md",
        "content/a300.md",
    ]
    assert "the process that read it died" in str(raised.value)
    for number in (100, 300):
        site.write({f"content/a{number}.md": article("Mended")})
    assert site.build().pages > 400


@posix
def test_the_alarm_is_off_after_the_block() -> None:
    with limited(0.05):
        pass
    time.sleep(0.1)
    with pytest.raises(OverTimeError), limited(0.05):
        time.sleep(5)


def _doubled(batch: list[int]) -> list[int]:
    if 13 in batch:
        os._exit(1)
    if 17 in batch:
        time.sleep(60)
    return [2 * each for each in batch]


def _halves(batch: list[int]) -> tuple[list[int], list[int]] | None:
    middle = len(batch) // 2
    return (batch[:middle], batch[middle:]) if middle else None


RESCUE: Rescue[list[int], int] = Rescue(halves=_halves, lost=lambda batch: -batch[0])


def test_all_but_what_kills_its_process_is_done_in_order() -> None:
    batches = [[*range(at, at + 4)] for at in range(0, 40, 4) if at != 16]
    with Pool(2) as pool:
        done = list(in_batches(_doubled, batches, pool, SILENCE, RESCUE))
    assert done == [-13 if each == 13 else 2 * each for batch in batches for each in batch]


def test_a_process_that_keeps_silent_is_replaced() -> None:
    batches = [[*range(at, at + 2)] for at in range(0, 24, 2) if at != 12]
    rescue: Rescue[list[int], int] = Rescue(halves=_halves, lost=RESCUE.lost, patience=2)
    with Pool(2) as pool:
        done = list(in_batches(_doubled, batches, pool, SILENCE, rescue))
    assert done == [-17 if each == 17 else 2 * each for batch in batches for each in batch]
    with Pool(2) as pool:
        done = list(in_batches(_doubled, [[each] for each in range(10, 24)], pool, SILENCE, rescue))
    assert done == [-each if each in (13, 17) else 2 * each for each in range(10, 24)]


def test_without_a_rescue_a_dead_process_is_an_error() -> None:
    from concurrent.futures import BrokenExecutor

    with Pool(2) as pool, pytest.raises(BrokenExecutor):
        list(in_batches(_doubled, [[each] for each in range(20)], pool, SILENCE))


HUGE = {
    "links": "[a](b.md) " * 20_000,
    "references": "".join(f"[{n}]: https://example.org/{n}\n" for n in range(20_000)),
    "quotes": "> " * 5_000 + "deep",
    "lists": "\n".join("    " * min(n, 400) + "- deep" for n in range(1_000)),
    "emphasis": "*a **b _c __d " * 10_000,
    "stars": "*" * 100_000,
    "brackets": "[" * 50_000,
    "images": "![" * 30_000,
    "backticks": "".join("`" * (n % 40) + " " for n in range(10_000)),
    "table": "|".join("a" * 2_000) + "\n" + "|".join("-" * 2_000) + "\n" + "|" * 2_000,
    "rows": "a | b\n--|--\n" + "1 | 2\n" * 20_000,
    "tags": "<b>" * 20_000,
    "comments": "<!--" * 20_000,
    "entities": "&amp;" * 50_000,
    "footnotes": "".join(f"[^{n}] " for n in range(3_000)),
    "one word": "a" * 1_000_000,
    "many words": "word " * 200_000,
    "spaces": " " * 1_000_000 + "a",
    "lines": "\n" * 200_000 + "a",
    "underscores": "_a" * 50_000,
    "attributes": "a {: " + "b=c " * 20_000,
    "angle": "<" * 100_000,
    "nested brackets": "[" * 2_000 + "x" + "]" * 2_000,
    "hashes": "# a\n" * 20_000,
    "definition": "a\n: b\n\n" * 10_000,
}


@posix
@pytest.mark.slow
@pytest.mark.parametrize("name", HUGE)
def test_whatever_its_size_an_article_is_done_or_named_in_bounded_time(
    name: str, make_site: Callable[..., SiteFolder], tmp_path: Path
) -> None:
    site = make_site({"content/a.md": "# Huge\n\n" + HUGE[name]}, "[limits]\nseconds = 5\n")
    start = time.monotonic()
    try:
        site.build()
    except SitegenError as error:
        assert "content/a.md" in str(error)  # noqa: PT017  it may, or may not
    assert time.monotonic() - start < 60
