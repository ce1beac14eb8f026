"""Two builds at once: one waits and says for whom, or leaves; a dead one holds nobody up."""

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from sitegen.lock import locked
from tests.conftest import SiteFolder, article
from tests.serving import descendants, is_alive, serving, until

HOLD = (
    "import sys, time; from pathlib import Path; from sitegen.lock import locked\n"
    "with locked(Path('.sitegen'), wait=True, waiting=lambda owner: None):\n"
    "    print('held', flush=True); time.sleep(60)\n"
)


@pytest.fixture
def site(make_site: Callable[..., SiteFolder]) -> SiteFolder:
    made = make_site({f"content/{number}.md": article(f"Storks {number}") for number in range(9)})
    made.write({".sitegen/.gitignore": "*\n"})
    return made


@contextmanager
def held(site: SiteFolder) -> Iterator[subprocess.Popen[str]]:
    """Have another process hold the lock, as soon as none else does."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD], cwd=site.root, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        yield other
        other.kill()


def build(site: SiteFolder, *options: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "sitegen", "build", *options],
        cwd=site.root, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_a_build_leaves_where_it_is_not_to_wait(site: SiteFolder) -> None:
    with held(site) as other:
        done = build(site, "--no-wait")
    assert done.returncode == 1
    assert f"error: another build is at work here (process {other.pid}, since " in done.stderr
    assert "leave out --no-wait" in done.stderr
    assert not (site.root / "output").exists()


def test_a_build_waits_says_for_whom_and_goes_on_when_the_other_was_killed(
    site: SiteFolder,
) -> None:
    with held(site) as other, ThreadPoolExecutor() as pool:
        waiting = pool.submit(build, site)
        time.sleep(1)
        assert not waiting.done()
        os.kill(other.pid, signal.SIGKILL)
        done = waiting.result()
    assert done.returncode == 0, done.stderr
    assert f"Waiting for another build (process {other.pid}, since " in done.stderr
    assert done.stderr.count("Waiting") == 1
    assert "Storks" in site.page("0.html")


def test_two_builds_at_once_make_one_site(site: SiteFolder) -> None:
    with ThreadPoolExecutor() as pool:
        done = list(pool.map(lambda _: build(site), range(3)))
    assert [each.returncode for each in done] == [0, 0, 0], [each.stderr for each in done]
    outputs = site.outputs()
    site.build(overrides={"output": "clean"}, clean=True)
    site.root.joinpath("output").rename(site.root / "first")
    site.root.joinpath("clean").rename(site.root / "output")
    assert site.outputs() == outputs


def test_a_preview_waits_for_a_build_and_says_so(site: SiteFolder) -> None:
    with serving(site.root) as server:
        with held(site) as other:
            (site.root / "content/0.md").write_text(article("Cranes"))
            server.until_said(f"Waiting for another build (process {other.pid}, since ")
        server.until_shown("/0.html", "Cranes")


def test_looking_needs_no_lock(site: SiteFolder) -> None:
    with held(site):
        assert build(site, "--dry-run").returncode == 0


def test_there_is_no_lock_where_none_can_be(tmp_path: Path) -> None:
    with locked(tmp_path / "nowhere", wait=False, waiting=print):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="locks are another matter there")
def test_a_file_system_that_knows_no_locks_is_built_on(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    def unknown(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "lockf", unknown)
    site.build(wait=False)
    assert "Storks" in site.page("0.html")


def test_a_lock_whose_file_is_deleted_is_taken_on_the_new_one(tmp_path: Path) -> None:
    with locked(tmp_path, wait=False, waiting=print):
        (tmp_path / "lock").unlink()
    with locked(tmp_path, wait=False, waiting=print):
        assert str(os.getpid()) in (tmp_path / "lock").read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="processes are another matter there")
def test_a_build_that_is_killed_leaves_no_process_that_holds_the_lock(
    make_site: Callable[..., SiteFolder],
) -> None:
    site = make_site({f"content/s{number}.md": article(f"S {number}") for number in range(600)})
    with subprocess.Popen(
        [sys.executable, "-m", "sitegen", "build", "-j2"], cwd=site.root, stderr=subprocess.DEVNULL
    ) as first:
        until(lambda: bool(descendants(first.pid)), lambda: "no process was started")
        children = descendants(first.pid)
        first.kill()
    assert build(site, "--no-wait").returncode == 0
    until(lambda: not any(map(is_alive, children)), lambda: f"{children} are left")
