"""An error in any call that writes: the last good site stays, and the next build goes on.

Python tells an audit hook of every call that opens, makes, renames, links or deletes a file, and
an exception from the hook is what the caller gets. What an open file writes is not told, so that
is wrapped besides.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from sitegen import publish
from sitegen.errors import SitegenError
from tests.conftest import SiteFolder, article

CALLS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.truncate"}
OWN = {".sitegen-tmp", ".sitegen.json"}


class Faults:
    """Lets the calls under a folder pass, up to one; ``told`` are those that were made."""

    def __init__(self) -> None:
        self.folder = ""
        self.number: int | None = None
        self.error = errno.EIO
        self.told: list[str] = []

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.folder or event not in CALLS:
            return
        path = arguments[0]
        if isinstance(path, str | bytes | os.PathLike) and self._is_inside(path):
            self.met(f"{event} {os.fsdecode(path)}", os.fsdecode(path))

    def met(self, what: str, path: str) -> None:
        self.told.append(what)
        if len(self.told) - 1 == self.number:
            raise OSError(self.error, os.strerror(self.error), path)

    def _is_inside(self, path: Any) -> bool:
        return os.fsdecode(path).startswith(self.folder)

    @contextmanager
    def at(self, number: int | None, folder: Path, error: int = errno.EIO) -> Iterator[None]:
        """Let the call of that number under a folder fail."""
        self.number, self.error, self.told = number, error, []
        self.folder = str(folder)
        try:
            yield
        finally:
            self.folder = ""


FAULTS = Faults()
sys.addaudithook(FAULTS.hook)


@pytest.fixture(autouse=True)
def writes_are_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    write = publish._write

    def told(output: Any, file: str) -> None:
        if FAULTS.folder:
            FAULTS.met(f"write {file}", file)
        write(output, file)

    monkeypatch.setattr(publish, "_write", told)


@pytest.fixture
def site(make_site: Callable[..., SiteFolder]) -> SiteFolder:
    """Give a site that was built, and then edited: files to write, to replace and to remove."""
    made = make_site(
        {
            "content/storks.md": article("Storks", date="2026-01-01"),
            "content/bridge.md": article("Bridge", date="2026-01-02"),
            "content/old/harbour.md": article("Harbour", date="2026-01-03"),
            "content/old/map.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
            "content/was/thing.txt": "A folder\n\nthat becomes a file.",
        }
    )
    made.build()
    return made


def edit(site: SiteFolder) -> None:
    site.write({"content/storks.md": article("Cranes", date="2026-01-01")})
    site.write({"content/new/owls.md": article("Owls", date="2026-01-04")})
    (site.root / "content/old/harbour.md").unlink()
    (site.root / "content/old/map.svg").unlink()
    (site.root / "content/was/thing.txt").unlink()
    (site.root / "content/was").rmdir()
    site.write({"content/was": "<p>A file.</p>"})


def published(site: SiteFolder) -> dict[str, bytes]:
    return {name: data for name, data in site.outputs().items() if not OWN & set(name.split("/"))}


def test_an_error_in_any_call_leaves_the_old_site_or_the_new_one(
    site: SiteFolder, tmp_path: Path
) -> None:
    before = published(site)
    edit(site)
    with FAULTS.at(None, site.root / "output"):
        site.build(dry_run=True)
    clean = SiteFolder(tmp_path / "clean")
    clean.write(
        {each.relative_to(site.root).as_posix(): each.read_bytes()
         for each in [site.root / "sitegen.toml", *(site.root / "content").rglob("*")]
         if each.is_file()}
    )  # fmt: skip
    clean.build()
    after = published(clean)
    assert before != after
    failures = number = 0
    while True:
        error = (errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO)[number % 4]
        with FAULTS.at(number, site.root / "output", error):
            failed = failure(site)
        told = FAULTS.told[-1] if FAULTS.told else ""
        if failed:
            failures += 1
            assert "output" in failed
            # A folder that could not be removed is in the way of the file that follows.
            assert os.strerror(error) in failed or "Is a directory" in failed
            assert published(site) == before, told
        else:
            assert published(site) == after, told
            if len(FAULTS.told) <= number:
                break
            _again(site, before)
        number += 1
    assert failures > 30


def failure(site: SiteFolder) -> str:
    """Build; return what is said where that fails."""
    try:
        site.build()
    except SitegenError as raised:
        return str(raised)
    return ""


def _again(site: SiteFolder, before: dict[str, bytes]) -> None:
    """Bring the site back to what it was before it was edited, and edit it."""
    site.write({"content/storks.md": article("Storks", date="2026-01-01")})
    site.write({"content/old/harbour.md": article("Harbour", date="2026-01-03")})
    site.write({"content/old/map.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"})
    (site.root / "content/new/owls.md").unlink()
    (site.root / "content/was").unlink()
    site.write({"content/was/thing.txt": "A folder\n\nthat becomes a file."})
    site.build()
    assert published(site) == before
    edit(site)


def test_a_disk_without_hard_links_is_written_too(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no hard links here")

    monkeypatch.setattr(os, "link", refused)
    edit(site)
    site.build()
    assert "Cranes" in site.page("storks.html")
