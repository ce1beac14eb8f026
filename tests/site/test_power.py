"""A build that is killed at any moment: files are whole, and the next build finishes the work."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import SiteFolder, article
from tests.serving import serving

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nothing can be killed so there")
OWN = {".sitegen-tmp", ".sitegen.json"}
COUNT = 260
"""Articles: enough for processes to be started."""


def published(folder: Path) -> dict[str, bytes]:
    files = {each.relative_to(folder): each for each in folder.rglob("*") if each.is_file()}
    return {
        path.as_posix(): file.read_bytes()
        for path, file in files.items()
        if OWN.isdisjoint(path.parts)
    }


def start(site: SiteFolder, *options: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "sitegen", "build", "-q", *options],
        cwd=site.root,
        start_new_session=True,
        stderr=subprocess.PIPE,
    )


def built(site: SiteFolder, *options: str) -> float:
    """Build in a process of its own; return the seconds it took."""
    began = time.perf_counter()
    with start(site, *options) as process:
        assert process.stderr
        assert process.wait() == 0, process.stderr.read()
    return time.perf_counter() - began


def edit(site: SiteFolder, chance: random.Random) -> None:
    """Change much of the site, so that there is much to move."""
    kind = chance.randrange(4)
    if kind == 0:
        for number in chance.sample(range(COUNT), 40):
            site.write({f"content/a{number:03}.md": text(number, chance)})
    elif kind == 1:
        words = chance.randrange(1000)
        site.write({"sitegen.toml": f'title = "The {words}"\nbase_url = "https://example.org"\n'})
    elif kind == 2:
        for number in chance.sample(range(COUNT), 30):
            (site.root / f"content/a{number:03}.md").unlink(missing_ok=True)
    else:
        for number in range(COUNT):
            site.write({f"content/a{number:03}.md": text(number, random.Random(number))})


def text(number: int, chance: random.Random) -> str:
    tags = f"[tag{chance.randrange(9)}, tag{chance.randrange(9)}]"
    title = f"Storks {number} {chance.randrange(100)}"
    return article(title, paragraphs=3, date=f"2026-01-{1 + number % 28:02}", tags=tags)


def kills(site: SiteFolder, times: int, seed: int) -> int:
    """Kill builds at random moments; return how many were killed before their end.

    After each, every file is an old one or a new one, and whole.
    """
    chance = random.Random(seed)
    for number in range(COUNT):
        site.write({f"content/a{number:03}.md": text(number, chance)})
    longest = built(site)
    output, twin = site.root / "output", SiteFolder(site.root.with_name(f"{site.root.name}-twin"))
    killed = 0
    for turn in range(times):
        old = published(output)
        edit(site, chance)
        new = of_a_clean_build(site, twin)
        cold = turn % 10 == 9
        with start(site, *(["--clean"] if cold else [])) as process:
            time.sleep(chance.random() * longest * (1.0 if cold else 0.4))
            killed += process.poll() is None
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                process.kill()
        there = published(output)
        for path, data in there.items():
            assert data in (old.get(path), new.get(path)), (turn, path)
        assert old.keys() & new.keys() <= there.keys(), turn
        built(site)
        assert published(output) == new, turn
        assert not (output / ".sitegen-tmp").exists(), turn
    return killed


def of_a_clean_build(site: SiteFolder, twin: SiteFolder) -> dict[str, bytes]:
    """Return what a clean build gives, made in a twin of the site by its own incremental builds.

    That these equal clean ones is held elsewhere; to begin anew each time would take hours.
    """
    subprocess.run(["cp", "-r", f"{site.root}/content", f"{site.root}/sitegen.toml", "."],
                   cwd=_made(twin.root), check=True)  # fmt: skip
    for file in (twin.root / "content").rglob("*.md"):
        if not (site.root / file.relative_to(twin.root)).exists():
            file.unlink()
    twin.build(overrides={})
    return published(twin.root / "output")


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


def test_a_build_that_is_killed_leaves_whole_files_and_is_finished_by_the_next(
    make_site: Callable[..., SiteFolder],
) -> None:
    assert kills(make_site({}), 6, 1) >= 2


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 18))
def test_many_builds_that_are_killed(make_site: Callable[..., SiteFolder], seed: int) -> None:
    assert kills(make_site({}), 60, seed) >= 20


def test_a_preview_that_is_killed_is_finished_by_the_next(
    make_site: Callable[..., SiteFolder],
) -> None:
    site = make_site({f"content/s{number}.md": article(f"Storks {number}") for number in range(40)})
    chance = random.Random(1)
    for turn in range(3):
        with serving(site.root) as server:
            for number in range(40):
                title = f"Cranes {turn} {number}"
                (site.root / f"content/s{number}.md").write_text(article(title))
            time.sleep(chance.random() * 0.3)
            server.process.kill()
    with serving(site.root) as server:
        for number in (0, 20, 39):
            server.until_shown(f"/s{number}.html", f"Cranes 2 {number}")
