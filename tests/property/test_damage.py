"""A cache that lies: whatever byte of it is another one, the site is right, or an error is told."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.errors import SitegenError
from tests.conftest import SiteFolder, article


def flipped(file: Path, chance: random.Random) -> str:
    """Damage a file in one of the ways in which disks do."""
    data = bytearray(file.read_bytes())
    kind = chance.randrange(6)
    at = chance.randrange(len(data))
    if kind < 3:
        data[at] ^= 1 << chance.randrange(8)
    elif kind == 3:
        data[at : at + 512] = bytes(min(512, len(data) - at))
    elif kind == 4:
        del data[at:]
    else:
        other = chance.randrange(len(data))
        data[at : at + 64] = data[other : other + 64]
    file.write_bytes(data)
    return f"{kind} at {at}"


def damage(site: SiteFolder, times: int, seed: int) -> int:
    """Damage the cache and build, over and over; return how often an error was told."""
    chance = random.Random(seed)
    for number in range(12):
        site.write({f"content/a{number}.md": article(f"Storks {number}", tags="[a, b]")})
    site.build()
    errors = 0
    for turn in range(times):
        if turn % 3:
            number = chance.randrange(12)
            title = f"Cranes {number} {chance.randrange(3)}"
            site.write({f"content/a{number}.md": article(title, tags="[a, b]")})
        site.build(overrides={"output": "clean"}, clean=True)
        (site.root / ".sitegen/cache.db").unlink()
        site.build()
        if turn % 3 == 1:
            site.write({"content/a0.md": article(f"Herons {turn}", tags="[a]")})
        how = flipped(site.root / ".sitegen/cache.db", chance)
        try:
            site.build()
        except SitegenError:
            errors += 1
            continue
        made = site.outputs()
        other = SiteFolder(site.root)
        other.build(overrides={"output": "clean"}, clean=True)
        clean = {
            file.relative_to(site.root / "clean").as_posix(): file.read_bytes()
            for file in (site.root / "clean").rglob("*")
            if file.is_file()
        }
        assert made == clean, how
    return errors


def test_a_damaged_cache_never_gives_a_wrong_page(make_site: Callable[..., SiteFolder]) -> None:
    assert damage(make_site({}), 25, 3) == 0


@pytest.mark.slow
def test_a_cache_damaged_in_many_ways(make_site: Callable[..., SiteFolder]) -> None:
    assert damage(make_site({}), 500, 4) == 0
