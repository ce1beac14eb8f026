"""A stamp that has not changed means a file that has not: where that is not sure there is none."""

import os
import time
from pathlib import Path

import pytest

import sitegen.stamp
from sitegen.digest import digest, digest_of_chunks
from sitegen.stamp import COARSE, FINE, LARGE, digest_of_file, extension_code, program, stamp_of

TIMES = 1_700_000_000_123_456_789


class Stat:
    """What `os.stat` tells of a file."""

    def __init__(self, size: int = 5, modified: int = TIMES, changed: int = TIMES) -> None:
        self.st_size, self.st_mtime_ns, self.st_ctime_ns = size, modified, changed


def stamp(now: int, **given: int) -> bytes:
    return stamp_of(Stat(**given), now)  # type: ignore[arg-type]


def test_a_file_of_a_moment_ago_gets_no_stamp():
    assert stamp(TIMES) == b""
    assert stamp(TIMES + FINE - 1) == b""
    assert stamp(TIMES + FINE) != b""


def test_a_time_of_the_future_gets_no_stamp():
    assert stamp(TIMES - 10**12) == b""


def test_whole_milliseconds_may_be_those_of_a_slow_clock():
    whole = TIMES // 1_000_000 * 1_000_000
    assert stamp(whole + FINE, modified=whole, changed=whole) == b""
    assert stamp(whole + COARSE, modified=whole, changed=whole) != b""


def test_a_time_that_was_put_back_does_not_hide_the_change():
    now = TIMES + 10**12
    assert stamp(now, modified=TIMES, changed=now) == b""
    assert stamp(now, changed=TIMES + 10**9) != stamp(now)


def test_size_and_times_make_the_stamp():
    now = TIMES + 10**12
    one = stamp(now)
    assert one == stamp(now + 1)
    assert len({one, stamp(now, size=6), stamp(now, modified=5), stamp(now, changed=7)}) == 4


def test_a_file_just_written_has_no_stamp_and_soon_has_one(tmp_path):
    file = tmp_path / "a"
    file.write_text("x")
    assert stamp_of(file.stat(), time.time_ns()) == b""
    time.sleep(FINE / 1e9 + 0.01)
    assert stamp_of(file.stat(), time.time_ns()) != b""


@pytest.mark.parametrize("size", [0, 1, LARGE - 1, LARGE, LARGE + 1, 2 * LARGE, 2 * LARGE + 3])
def test_the_digest_of_a_file_is_that_of_its_bytes(size, tmp_path):
    data = os.urandom(size)
    (tmp_path / "a").write_bytes(data)
    assert digest_of_file(tmp_path / "a") == digest(data)
    assert digest_of_chunks((data[i : i + 7_777_777] for i in range(0, size, 7_777_777)), size) == (
        digest(data)
    )


def test_a_large_file_that_grows_is_taken_as_it_was(tmp_path, monkeypatch):
    data = os.urandom(LARGE + 10)
    (tmp_path / "a").write_bytes(data)
    fstat = os.fstat

    def grow(number: int) -> os.stat_result:
        stat = fstat(number)
        with open(tmp_path / "a", "ab") as opened:
            opened.write(b"more")
        return stat

    monkeypatch.setattr(os, "fstat", grow)
    assert digest_of_file(tmp_path / "a") == digest(data)


def test_any_change_in_the_code_or_beside_it_is_another_program(monkeypatch):
    known = program()
    assert program.__wrapped__() == known
    for name in ("_code", "_distributions"):
        with monkeypatch.context() as patch:
            now = [*getattr(sitegen.stamp, name)()]
            more = now[:-1]
            patch.setattr(sitegen.stamp, name, lambda found=more: iter(found))
            assert program.__wrapped__() != known


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("alone.py", "alone"),
        ("package/__init__.py", "package"),
        ("package/inner/deep.py", "package.inner.deep:Extension"),
        ("plain/deep.py", "plain.deep"),
    ],
)
def test_the_code_of_an_extension_of_ones_own_counts(file, name, tmp_path, monkeypatch):
    folder = tmp_path / "code"
    monkeypatch.syspath_prepend(str(folder))
    for each in ("alone.py", "package/__init__.py", "package/inner/deep.py", "plain/deep.py"):
        (folder / each).parent.mkdir(parents=True, exist_ok=True)
        (folder / each).write_text("one = 1\n")
    before = extension_code([name])
    assert before == extension_code([name]) != extension_code([])
    (folder / file).write_text("one = 2\n")
    assert extension_code([name]) != before


@pytest.mark.parametrize(
    "name", ["extra", "toc", "markdown.extensions.toc", "nowhere", "os", "sys"]
)
def test_what_comes_with_a_version_has_no_code_of_its_own(name):
    assert extension_code([name]) == extension_code([])


@pytest.mark.parametrize("name", ["", ".x", "__main__", "a b", ":"])
def test_what_is_no_module_has_no_code(name):
    assert isinstance(extension_code([name]), bytes)


def test_files_of_the_package_are_all_counted():
    names = {name for name, _ in sitegen.stamp._code()}
    package = Path(sitegen.stamp.__file__).parent
    assert names == {
        each.relative_to(package).as_posix().encode() for each in package.rglob("*.py")
    }
