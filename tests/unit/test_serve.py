"""The parts of the preview, one by one and in this process."""

import asyncio
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.batches import SILENCE
from sitegen.errors import Diagnostic, Severity, SitegenError
from sitegen.serve.files import with_script
from sitegen.serve.hub import Hub, State
from sitegen.serve.model import Ask, Outcome, Problem
from sitegen.serve.problems import problem_of
from sitegen.serve.rebuild import Rebuilder, preview_folder
from sitegen.serve.server import Director, listen
from sitegen.serve.settle import CAP, Changes
from sitegen.serve.watch import Watcher
from sitegen.stamp import loaded_code
from tests.conftest import SiteFolder, article
from tests.serving import until

STATE = State(styles="a", assets="a")


def test_nothing_is_told_where_nothing_happens() -> None:
    changes = Changes()
    assert not changes.wait(0.01)


def test_a_burst_is_told_once_when_it_is_over() -> None:
    changes = Changes()
    for _ in range(5):
        changes.note()
    assert changes.wait(1)
    assert not changes.wait(0.01)


def test_a_burst_that_does_not_end_is_told_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QUIET", "LONG_QUIET"):  # a busy machine may well pause for longer than a save
        monkeypatch.setattr(f"sitegen.serve.settle.{name}", 1.0)
    changes = Changes()
    stop = threading.Event()

    def burst() -> None:
        while not stop.wait(0.005):
            changes.note()

    threading.Thread(target=burst, daemon=True).start()
    began = time.monotonic()
    assert changes.wait(10)
    assert CAP - 0.5 < time.monotonic() - began < CAP + 3
    stop.set()


def test_nobody_waits_for_what_is_closed() -> None:
    changes = Changes()
    threading.Timer(0.05, changes.close).start()
    assert not changes.wait(60)
    changes.note()
    assert not changes.wait(60)


def test_a_state_tells_apart_what_pages_load() -> None:
    def after(*written: str) -> State:
        return STATE.after(Outcome(written=written), "b")

    assert after("/a.html", "/feed.xml") == STATE
    assert after("/static/style.css") == State(styles="b", assets="a")
    assert after("/map.svg", "/a.html") == State(styles="a", assets="b")
    assert STATE.after(Outcome(removed=("/map.svg",)), "b").assets == "b"
    problem = Problem(severity=Severity.ERROR, line="a.md:1: no", snippet=("  > 1 | x",))
    warning = Problem(severity=Severity.WARNING, line="a.md:2: hm")
    failed = STATE.after(Outcome(problems=(problem, warning)), "b")
    assert failed.errors == ("error: a.md:1: no\n  > 1 | x",)


def test_listeners_get_the_state_now_and_each_one_after_it() -> None:
    async def listen() -> list[State | None]:
        hub, found = Hub(STATE), []
        async for state in hub.states(0.05):
            found.append(state)
            if len(found) == 1:
                hub.put(State(styles="b", assets="a"))
            elif len(found) == 3:
                threading.Thread(target=hub.close).start()
        return found

    assert asyncio.run(listen()) == [STATE, State(styles="b", assets="a"), None]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b"<body>a</body>", b"<body>aS</body>"),
        (b"<pre></body></pre></BODY ></html>", b"<pre></body></pre>S</BODY ></html>"),
        (b"no body", b"no bodyS"),
        (b"", b"S"),
    ],
)
def test_the_script_goes_to_the_end_of_the_body(page: bytes, expected: bytes) -> None:
    assert with_script(page, b"S") == expected


def test_a_problem_has_the_lines_around_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one\ntwo\x1b[31m\n\tthree\nfour\n")

    def snippet(path: str, line: int | None) -> tuple[str, ...]:
        return problem_of(Diagnostic(path=path, line=line, message="no"), tmp_path).snippet

    assert snippet("a.md", 2) == ("    1 | one", "  > 2 | two�[31m", "    3 |     three")
    assert snippet("a.md", 1) == ("  > 1 | one", "    2 | two�[31m")
    assert snippet("a.md", 4) == ("    3 |     three", "  > 4 | four")
    assert snippet("a.md", 99) == ()
    assert snippet("a.md", None) == ()
    assert snippet("gone.md", 1) == ()
    assert "{% block" in "".join(snippet("theme/base.html", 7))


def test_a_rebuild_tells_what_it_did_and_what_is_wrong(
    make_site: Callable[..., SiteFolder],
) -> None:
    site = make_site(
        {"content/a.md": article("A"), "content/b.md": article("B", draft="true")},
        'title = "T"\nbase_url = "https://example.org/my%20blog/"\n',
    )
    rebuilder = Rebuilder(Ask(file=site.root / "sitegen.toml", drafts=False))
    first = rebuilder.rebuild(None, SILENCE)
    assert "/a.html" in first.written
    assert (first.prefix, first.drafts, first.errors) == ("/my blog", 1, ())
    assert first.watched == (site.root / "content", site.root / "templates")
    assert rebuilder.rebuild(None, SILENCE).written == ()
    (site.root / "content/a.md").write_text("---\ntitel: A\n---\n")
    broken = rebuilder.rebuild(None, SILENCE)
    assert [str(each) for each in broken.errors] == [
        "error: content/a.md:2: unknown key 'titel' (did you mean 'title'?)\n"
        "    1 | ---\n  > 2 | titel: A\n    3 | ---"
    ]
    assert broken.watched == first.watched
    (site.root / "sitegen.toml").unlink()
    assert "there is no such settings file" in str(rebuilder.rebuild(None, SILENCE).errors[0])


def test_whatever_breaks_is_an_outcome(
    make_site: Callable[..., SiteFolder], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site({"content/a.md": article("A")})

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr("sitegen.serve.rebuild.build", broken)
    outcome = Rebuilder(Ask(file=site.root / "sitegen.toml")).rebuild(None, SILENCE)
    assert "ZeroDivisionError: by nought" in outcome.errors[0].line


def test_code_that_has_changed_spends_the_process_and_is_never_taken_for_what_it_loaded(
    make_site: Callable[..., SiteFolder], monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "extension_of_a_spent_process"
    code = (
        "from markdown.extensions import Extension\n"
        "def makeExtension(**options): return Extension()\n"
    )
    site = make_site({"content/a.md": article("A"), f"{name}.py": code})
    site.write({"sitegen.toml": f'title = "T"\n[markdown]\nextensions = ["{name}"]\n'})
    monkeypatch.syspath_prepend(str(site.root))
    rebuilder = Rebuilder(Ask(file=site.root / "sitegen.toml"))
    assert not rebuilder.rebuild(None, SILENCE).spent
    before = loaded_code((name,))
    site.write({f"{name}.py": f"{code}# edited\n"})
    assert rebuilder.rebuild(None, SILENCE).spent
    assert loaded_code((name,)) == before


def test_a_folder_that_cannot_be_is_an_error(tmp_path: Path) -> None:
    (tmp_path / ".sitegen").write_text("a file")
    with pytest.raises(SitegenError, match="cannot write"):
        preview_folder(Ask(file=tmp_path / "sitegen.toml"))


@pytest.mark.parametrize("poll", [False, True])
def test_a_watcher_tells_of_what_matters(tmp_path: Path, poll: bool) -> None:
    told: list[str] = []
    content, settings = tmp_path / "content", tmp_path / "sitegen.toml"
    content.mkdir()
    watcher = Watcher(
        lambda: told.append("changed"),
        told.append,
        matters=lambda path: "no" not in path,
        poll=poll,
    )
    try:
        watcher.watch([content, tmp_path / "templates"], settings)
        (content / "no.md").write_text("x")
        (content / "a.md").write_text("x")
        until(lambda: "changed" in told, lambda: str(told))
        (content / "a.md").read_text()
        content.rename(tmp_path / "away")
        (tmp_path / "away").rename(content)
        watcher.watch([content], settings)
        told.clear()
        (content / "b.md").write_text("x")
        until(lambda: "changed" in told, lambda: str(told))
        assert set(told) == {"changed"}
    finally:
        watcher.close()


def test_where_nothing_can_be_watched_it_polls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from watchdog.observers import Observer

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    told: list[str] = []
    monkeypatch.setattr(Observer, "schedule", full)
    watcher = Watcher(lambda: None, told.append, matters=lambda _: True, poll=False)
    try:
        watcher.watch([tmp_path], tmp_path / "sitegen.toml")
    finally:
        watcher.close()
    assert told == ["inotify watch limit reached"]
    assert watcher.polling


class Deaf:
    """A voice that keeps what it would say."""

    reporter = SILENCE

    def __init__(self) -> None:
        self.said: list[object] = []

    def serving(self, url: str, outcome: Outcome) -> None:
        self.said.append(url)

    def rebuilt(self, outcome: Outcome) -> None:
        self.said.append(outcome)

    def note(self, text: str) -> None:
        self.said.append(text)


class Built:
    """A builder whose outcomes are given."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = list(outcomes)

    def rebuild(self, _reporter: object) -> Outcome:
        return self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]

    def close(self) -> None:
        pass


def test_a_director_has_the_site_rebuilt_and_tells(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    first = Outcome(watched=(tmp_path / "content",))
    hub, voice = Hub(STATE), Deaf()
    changed = Outcome(watched=first.watched, written=("/map.svg",))
    builder = Built(changed, first)
    ask = Ask(file=tmp_path / "sitegen.toml")
    director = Director(ask, builder, hub, voice, first, poll=False)  # type: ignore[arg-type]
    try:
        assert director.matters(str(tmp_path / "content/a.md"))
        assert director.matters(str(tmp_path / "sitegen.toml"))
        assert director.matters(str(tmp_path / "own.py"))
        assert not director.matters(str(tmp_path / ".sitegen/cache.db"))
        director.start()
        (tmp_path / "content/a.md").write_text("x")
        until(lambda: voice.said == [changed], lambda: str(voice.said))
        assert hub.state.assets != STATE.assets
    finally:
        director.close()


def test_a_port_is_taken_or_refused() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(SitegenError, match="is in use"):
        listen("127.0.0.1", taken.getsockname()[1])
    for name in ("no.such.host.invalid", "..", "x" * 70):
        with pytest.raises(SitegenError, match="cannot serve as"):
            listen(name, 0)
    if os.name == "posix" and os.geteuid():
        with pytest.raises(SitegenError, match="cannot serve at"):
            listen("127.0.0.1", 1)
