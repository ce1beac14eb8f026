"""The output folder is the user's: what builds wrote is kept in order, all else stays."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import sitegen.publish
from sitegen.digest import digest
from sitegen.errors import PublishError
from sitegen.model import Output, Written
from sitegen.publish import (
    MANIFEST,
    MANY,
    STAGE,
    Published,
    clean,
    intact,
    publish,
    read_manifest,
    settled,
)


def outputs(**files: str) -> list[Output]:
    return [
        Output(path=f"/{name.replace('__', '/')}", data=data.encode(), key=b"k")
        for name, data in files.items()
    ]


def tree(folder: Path) -> dict[str, bytes]:
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in folder.rglob("*")
        if each.is_file() and each.name != MANIFEST
    }


def aged(folder: Path) -> None:
    """Wait until files are old enough to have stamps."""
    time.sleep(0.06)


def test_only_what_differs_is_written(tmp_path):
    publish(outputs(a="1", b="2"), tmp_path)
    before = {name: (tmp_path / name).stat() for name in ("a", "b")}
    done = publish(outputs(a="1", b="3", c="4"), tmp_path)
    assert (len(done.written), done.unchanged, len(done.removed)) == (2, 1, 0)
    assert (tmp_path / "a").stat() == before["a"]
    assert (tmp_path / "b").stat().st_ino != before["b"].st_ino
    assert tree(tmp_path) == {"a": b"1", "b": b"3", "c": b"4"}
    assert done.outputs.keys() == {"/a", "/b", "/c"}
    assert done.outputs["/b"].digest == digest(b"3")


def test_what_is_kept_is_not_made_and_stays(tmp_path):
    first = publish(outputs(a="1", b="2"), tmp_path)
    done = publish(outputs(b="2"), tmp_path, kept={"/a": first.outputs["/a"]})
    assert (len(done.written), done.unchanged, len(done.removed)) == (0, 2, 0)
    assert read_manifest(tmp_path) == {"a", "b"}
    done = publish(outputs(b="2"), tmp_path)
    assert len(done.removed) == 1
    assert tree(tmp_path) == {"b": b"2"}


def test_a_stage_that_a_killed_build_left_goes(tmp_path):
    (tmp_path / STAGE / "deep").mkdir(parents=True)
    (tmp_path / STAGE / "deep" / "1").write_text("old")
    publish(outputs(a="1"), tmp_path)
    assert tree(tmp_path) == {"a": b"1"}
    (tmp_path / STAGE).mkdir()
    clean(tmp_path)
    assert list(tmp_path.iterdir()) == []


def failing() -> Iterator[Output]:
    yield from outputs(a="2", b="2")
    raise KeyError("a template")


def test_a_build_that_fails_leaves_no_stage_and_no_change(tmp_path):
    publish(outputs(a="1"), tmp_path)
    manifest = (tmp_path / MANIFEST).read_bytes()
    with pytest.raises(KeyError):
        publish(failing(), tmp_path)
    assert tree(tmp_path) == {"a": b"1"}
    assert (tmp_path / MANIFEST).read_bytes() == manifest
    assert not (tmp_path / STAGE).exists()


def test_a_disk_that_refuses_is_named_and_leaves_no_stage(tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "x")

    publish(outputs(a="1"), tmp_path)
    monkeypatch.setattr(sitegen.publish, "_write", full)
    with pytest.raises(PublishError, match="cannot write: No space left on device"):
        publish(outputs(a="2"), tmp_path)
    assert tree(tmp_path) == {"a": b"1"}
    assert not (tmp_path / STAGE).exists()


def test_a_build_cut_short_amid_its_moves_is_known_to_the_next(tmp_path, monkeypatch):
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    publish(outputs(a="1", b="1"), tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(sitegen.publish._Moves, "put", killed)
        patch.setattr(sitegen.publish._Moves, "undo", lambda self: None)
        with pytest.raises(KeyboardInterrupt):
            publish(outputs(a="2", c="2"), tmp_path)
    assert {"a", "b", "c"} == read_manifest(tmp_path)
    done = publish(outputs(a="2", c="2"), tmp_path)
    assert tree(tmp_path) == {"a": b"2", "c": b"2"}
    assert len(done.written) == 2


def test_a_file_becomes_a_folder_and_the_reverse(tmp_path):
    for name in ("old.html", "old.html__index.html", "old.html__deep__x", "old.html"):
        publish(outputs(**{name: name}), tmp_path)
        assert tree(tmp_path) == {name.replace("__", "/"): name.encode()}
        assert read_manifest(tmp_path) == {name.replace("__", "/")}


@pytest.mark.parametrize(
    ("mine", "wanted", "named"),
    [
        ("a", "a", "/a"),
        ("a", "a__b", "/a"),
        ("a", "a__b__c", "/a"),
        ("a/b", "a", "/a"),
        ("a/b/c", "a", "/a"),
    ],
)
@pytest.mark.parametrize("dry_run", [True, False])
def test_a_users_file_in_the_way_is_refused(mine, wanted, named, dry_run, tmp_path):
    publish(outputs(old="1"), tmp_path)
    (tmp_path / mine).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / mine).write_text("mine")
    before = tree(tmp_path)
    with pytest.raises(PublishError) as caught:
        publish(outputs(**{wanted: "2"}), tmp_path, dry_run=dry_run)
    assert [each.path for each in caught.value.diagnostics] == [f"{tmp_path.name}{named}"]
    assert tree(tmp_path) == before


def test_a_folder_of_ours_with_a_users_file_in_it_is_in_the_way_of_a_file(tmp_path):
    publish(outputs(a__b="1"), tmp_path)
    (tmp_path / "a" / "mine").write_text("mine")
    with pytest.raises(PublishError, match="/a: is in the way"):
        publish(outputs(a="2"), tmp_path)
    assert tree(tmp_path) == {"a/b": b"1", "a/mine": b"mine"}


def test_a_link_to_nowhere_is_in_the_way(tmp_path):
    (tmp_path / "a").symlink_to("nowhere")
    with pytest.raises(PublishError, match="/a: is in the way"):
        publish(outputs(a="2"), tmp_path)


def test_a_published_file_that_became_a_folder_is_in_the_way(tmp_path):
    publish(outputs(a="1", b="1"), tmp_path)
    (tmp_path / "a").unlink()
    (tmp_path / "a").mkdir()
    with pytest.raises(PublishError, match="/a: is in the way"):
        publish(outputs(a="1", c="1"), tmp_path)
    assert tree(tmp_path) == {"b": b"1"}


def test_a_users_file_beside_ours_is_no_clash(tmp_path):
    (tmp_path / "world").mkdir()
    (tmp_path / "world" / "mine").write_text("mine")
    publish(outputs(world__a="1"), tmp_path)
    publish(outputs(b="1"), tmp_path)
    assert tree(tmp_path) == {"world/mine": b"mine", "b": b"1"}


def test_an_output_folder_may_be_reached_through_a_link(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "real" / "inner").mkdir()
    (tmp_path / "real" / "world").symlink_to("inner")
    publish(outputs(world__a="1"), tmp_path / "link")
    assert (tmp_path / "real" / "inner" / "a").read_bytes() == b"1"


def test_a_file_is_copied_and_a_dry_run_copies_none(tmp_path):
    source = tmp_path / "source.bin"
    source.write_bytes(bytes(100))
    given = [Output(path="/s/x.bin", file=source, key=b"k")]
    folder = tmp_path / "out"
    assert len(publish(given, folder, dry_run=True).written) == 1
    assert not folder.exists()
    publish(given, folder)
    assert tree(folder) == {"s/x.bin": bytes(100)}
    source.unlink()
    with pytest.raises(PublishError, match="No such file"):
        publish(given, folder)


def first(folder: Path) -> Published:
    done = publish(outputs(a="one", b="two"), folder)
    aged(folder)
    return done


def test_intact_gives_fresh_stamps_and_leaves_out_what_has_changed(tmp_path):
    done = first(tmp_path)
    assert {each.stamp for each in done.outputs.values()} == {b""}
    known = intact(done.outputs, tmp_path)
    assert known.keys() == {"/a", "/b"}
    assert b"" not in {each.stamp for each in known.values()}
    assert intact(known, tmp_path) == known
    before = (tmp_path / "a").stat()
    (tmp_path / "a").write_text("eno")
    os.utime(tmp_path / "a", ns=(before.st_atime_ns, before.st_mtime_ns))
    (tmp_path / "b").unlink()
    (tmp_path / "b").mkdir()
    assert intact(known, tmp_path) == {}
    shutil.rmtree(tmp_path)
    assert intact(known, tmp_path) == {}


def test_the_files_of_a_large_build_have_stamps_at_once(tmp_path):
    pages = [Output(path=f"/{number}", data=b"one", key=b"k") for number in range(MANY + 1)]
    done = publish(pages, tmp_path)
    assert b"" not in {each.stamp for each in done.outputs.values()}


def test_a_file_touched_but_not_changed_is_intact(tmp_path):
    known = intact(first(tmp_path).outputs, tmp_path)
    os.utime(tmp_path / "a", ns=(1, 1))
    again = intact(known, tmp_path)
    assert again["/a"].digest == known["/a"].digest
    assert again["/a"].stamp != known["/a"].stamp


def test_a_folder_is_settled_while_no_other_build_touches_it(tmp_path):
    manifest = first(tmp_path).manifest
    assert manifest
    assert settled(manifest, tmp_path)
    assert settled(None, tmp_path) is None
    (tmp_path / STAGE).mkdir()
    assert settled(manifest, tmp_path) is None
    publish(outputs(a="one", b="two"), tmp_path)
    assert settled(manifest, tmp_path)
    publish(outputs(a="one", c="two"), tmp_path)
    assert settled(manifest, tmp_path) is None
    (tmp_path / MANIFEST).unlink()
    assert settled(manifest, tmp_path) is None


@pytest.mark.parametrize("data", ["", "[]", '{"files": 3}', '{"files": ["../x", "/etc", 5]}'])
def test_a_broken_manifest_claims_nothing(data, tmp_path):
    (tmp_path / MANIFEST).write_text(data)
    assert read_manifest(tmp_path) == set()


def test_known_files_are_not_read_again(tmp_path, monkeypatch):
    known = intact(first(tmp_path).outputs, tmp_path)
    monkeypatch.setattr(sitegen.publish, "_holds", lambda *_: pytest.fail("read"))
    done = publish(outputs(a="one", b="two"), tmp_path, known=known)
    assert done.outputs == {
        path: Written(key=b"k", digest=each.digest, stamp=each.stamp)
        for path, each in known.items()
    }


def test_a_disk_that_takes_a_part_and_then_is_full_is_an_error(tmp_path):
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    publish(outputs(a="old"), tmp_path)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(PublishError, match="cannot write: File too large"):
            publish(outputs(a="n" * 10_000), tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert tree(tmp_path) == {"a": b"old"}
