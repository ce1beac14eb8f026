"""Many edits with builds between them: nothing grows, nothing is left behind."""

import functools
import gc
import os
import random
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import SiteFolder, article

ARTICLES = 12
GROWTH = 12 * 2**20
"""Bytes that memory may be larger by: what was freed is not all given back."""


def edit(site: SiteFolder, chance: random.Random) -> None:
    """Edit, add, rename or delete an article, or edit a template or the settings."""
    content = site.root / "content"
    files = sorted(content.rglob("*.md"))
    kind = chance.randrange(10)
    if kind < 5 or len(files) < ARTICLES // 2:
        number = chance.randrange(ARTICLES)
        folder = chance.choice(("", "world/", "science/"))
        title = f"Storks {number} {chance.randrange(10**6)}"
        text = article(
            title, paragraphs=2, date=f"2026-01-{1 + number % 28:02}", tags=f"[t{number % 5}]"
        )
        site.write({f"content/{folder}a{number}.md": text})
    elif kind < 7:
        chance.choice(files).unlink()
    elif kind < 8:
        file = chance.choice(files)
        file.rename(file.with_name(f"b{chance.randrange(10**6)}.md"))
    elif kind < 9:
        site.write({"templates/404.html": f"<p>{chance.randrange(10**6)}</p>"})
    else:
        site.write({"sitegen.toml": f'title = "T{chance.randrange(3)}"\n'})


def cache_size(site: SiteFolder) -> int:
    return (site.root / ".sitegen/cache.db").stat().st_size


def handles() -> int:
    return len(os.listdir("/proc/self/fd"))


def memory() -> int:
    """Return the bytes in memory, but for those of caches that have a limit."""
    for each in gc.get_objects():
        if isinstance(each, functools._lru_cache_wrapper):
            each.cache_clear()
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def soak(site: SiteFolder, edits: int) -> None:
    chance = random.Random(7)
    for _ in range(ARTICLES * 2):
        edit(site, chance)
    site.build()
    early_memory = early_handles = early_cache = 0
    for turn in range(edits):
        edit(site, chance)
        site.build()
        if turn == edits // 4:
            early_memory = memory()
            early_handles, early_cache = handles(), cache_size(site)
    late_memory = memory()
    assert handles() <= early_handles
    assert cache_size(site) < 2 * early_cache
    assert late_memory < early_memory + GROWTH, (early_memory, late_memory)
    with sqlite3.connect(site.root / ".sitegen/cache.db") as cache:
        present = {each.relative_to(site.root / "content").as_posix()
                   for each in (site.root / "content").rglob("*.md")}  # fmt: skip
        assert {name for (name,) in cache.execute("SELECT source FROM entries")} == present
        assert {name for (name,) in cache.execute("SELECT source FROM texts")} == present
    cache.close()
    assert left_behind(site.root) == set()


def left_behind(root: Path) -> set[str]:
    """Return the temporary files in a project."""
    known = {".sitegen.json", ".sitegen", ".gitignore"}
    return {
        each.relative_to(root).as_posix()
        for each in root.rglob("*")
        if (each.name.startswith(".") or "tmp" in each.name or "journal" in each.name)
        and each.name not in known
        and each.stat().st_size
    }


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc tells what is open")


def test_nothing_grows_over_many_edits(make_site: Callable[..., SiteFolder]) -> None:
    soak(make_site({}), 24)


@pytest.mark.slow
def test_nothing_grows_over_two_thousand_edits(make_site: Callable[..., SiteFolder]) -> None:
    soak(make_site({}), 2000)
