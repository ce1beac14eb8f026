"""Whatever happens between two builds, the second one leaves what a clean build would make.

A small site goes through random edits, some of them of its cache and of its published files.
After each step the same content is built in another folder that has never seen a build.
"""

import os
import random
import shutil
import string
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, example, given, note, settings
from hypothesis import strategies as st

from sitegen.build import Result
from sitegen.errors import SitegenError
from sitegen.model import Selection
from tests.conftest import NOW, SiteFolder

EXAMPLES = settings.default.max_examples if settings.default else 100
FEW = max(9, EXAMPLES // 10)
"""Each example builds a site a dozen times, so that the quick profile tries few of them."""

FOLDERS = ("", "world", "world/asia", "science", "guide/deep/deeper")
TAGS = ("sea", "Sea", "towns", "größe")
LANGUAGES = ("en", "de", "ar", "zh", "xx")
MOMENTS = (-40, -1, 0, 1, 40)
"""Days from today: the site's clock goes to and fro between them."""

PARTIALS = {
    "partials/note.html": "<i>note</i>",
    "partials/more.html": '{% include "partials/note.html" %}',
}
LAYOUTS = {
    "article.html": '{% extends "base.html" %}{% block main %}<h1>{{ card.article.title }}</h1>'
    '{{ body(card.source) }}{% include "partials/more.html" %}{% endblock %}',
    "robots.txt": '{% include "partials/missing.txt" ignore missing %}User-agent: *\n',
    "404.html": '{% set name = "note" %}{% include "partials/" ~ name ~ ".html" %}',
    "partials/meta.html": "{% macro meta(card) %}<p>{{ card.article.minutes }}</p>{% endmacro %}",
    "list.html": '{% import "partials/meta.html" as all with context %}'
    "{{ page.title }}{% for item in items %}{{ all.meta(item) }}{{ item.article.title }}"
    "{% endfor %}",
}
TEXTS = ("<b>one</b>", "<b>two</b>", '{% include "partials/note.html" %}', "{{ nothing }}", "{% if")
SETTINGS: dict[str, Sequence[str]] = {
    "title": ('"One"', '"Two"'),
    "base_url": ('"https://a.org"', '"https://b.org/x"', '""'),
    "page_size": ("2", "3", "1"),
    "language": ('"en"', '"de"'),
    "timezone": ('"UTC"', '"Asia/Tokyo"'),
    "menu": ("[]", '["world"]', '["science", "world"]'),
    "titel": ("1",),
    "summary.sentences": ("1", "2"),
    "feed.full": ("true", "false"),
    "feed.items": ("1", "3", "20"),
    "markdown.extensions": ('["extra"]', '["extra", "toc"]', "[]"),
}
FRONT: dict[str, Sequence[str]] = {
    "title": ("Bees", "Bats", "A longer one"),
    "date": ("2026-01-02", "2026-02-03", "2026-05-31", "2026-06-02", "1850-01-01", "2031-01-01"),
    "updated": ("2026-04-01", "2026-04-02"),
    "tags": ("[sea]", "[Sea, towns]", "[größe]"),
    "authors": ("[Ada]", "[Bob, Ada]"),
    "draft": ("true", "false"),
    "slug": ("one", "two", "index"),
    "language": LANGUAGES,
    "sentences": ("1", "2", "0.5"),
    "expires": ("2026-05-31", "2026-06-02", "2026-07-01"),
    "summary": ("false", "[Mine.]", "Ours."),
    "description": ("Short.", "Shore."),
    "aliases": ("[/old/]", "[/older.html]"),
    "image": ("/map.svg", "https://x.org/y.png"),
    "template": ("list.html", "own.html"),
    "titel": ("x",),
}
SENTENCES = (
    "The mill of {0} has ground corn for two hundred years without a pause.",
    "Engineers found {0} cracks in the northern wall after the flood.",
    "Mayor Renn said on Monday that the town would pay for the {0}.",
    "Nobody knows how the {0} came to be there, and nobody asks.",
)


@dataclass
class World:
    """A site in a folder, the moment of its builds, and what a user would remember of it."""

    site: SiteFolder
    fronts: dict[str, dict[str, str]] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    config: dict[str, str] = field(default_factory=dict)
    selection: Selection = field(default_factory=lambda: Selection(now=NOW))

    def write_article(self, path: str) -> None:
        lines = [f"{key}: {value}" for key, value in self.fronts[path].items()]
        text = "\n".join(["---", *lines, "---", "", self.bodies[path], ""])
        self.site.write({f"content/{path}": text})

    def write_config(self) -> None:
        top = [f"{key} = {value}" for key, value in sorted(self.config.items()) if "." not in key]
        inner = [f"{key} = {value}" for key, value in sorted(self.config.items()) if "." in key]
        self.site.write({"sitegen.toml": "\n".join([*top, *inner, ""])})

    def forget(self, path: str) -> None:
        (self.site.root / "content" / path).unlink()
        del self.fronts[path], self.bodies[path]


Edit = Callable[[World, random.Random], None]


def new_world(folder: Path, articles: int) -> World:
    world = World(SiteFolder(folder))
    world.config = {"title": '"One"', "base_url": '"https://a.org"', "page_size": "2"}
    chance = random.Random(articles)
    for _ in range(articles):
        add(world, chance)
    world.site.write(
        {
            "content/_index.md": "---\ntitle: Home\n---\nSee [the map](map.svg).\n",
            "content/world/_index.md": "---\ntitle: World\nlanguage: de\n---\nFar.\n",
            "content/map.svg": "<svg/>",
            "output/CNAME": "a.org",
            "output/world/mine.txt": "mine",
        }
    )
    world.write_config()
    return world


def some(world: World, chance: random.Random) -> str:
    return chance.choice(sorted(world.fronts))


def add(world: World, chance: random.Random) -> None:
    """Add an article; every third one links to another."""
    name = "".join(chance.choices(string.ascii_lowercase, k=3))
    folder = chance.choice(FOLDERS)
    path = f"{folder}/{name}.md".lstrip("/")
    body = "\n\n".join(
        " ".join(each.format(f"{name} {part}") for each in SENTENCES) for part in range(2)
    )
    if world.fronts and chance.random() < 0.3:
        body += f"\n\nSee [that](/{some(world, chance)}).\n"
    world.fronts[path] = {
        "title": f"Title {name}",
        "date": f"2026-0{chance.randint(1, 5)}-1{chance.randint(0, 9)}",
        "tags": f"[{chance.choice(TAGS)}]",
    }
    if folder.startswith("guide"):
        del world.fronts[path]["date"]
    world.bodies[path] = body
    world.write_article(path)


def delete(world: World, chance: random.Random) -> None:
    if len(world.fronts) > 3:
        world.forget(some(world, chance))


def move(world: World, chance: random.Random) -> None:
    path = some(world, chance)
    target = f"{chance.choice(FOLDERS)}/{chance.choice('abc')}{Path(path).name}".lstrip("/")
    front, body = world.fronts[path], world.bodies[path]
    world.forget(path)
    world.fronts[target], world.bodies[target] = front, body
    world.write_article(target)


def move_folder(world: World, chance: random.Random) -> None:
    """Rename a folder with all that is in it: the files keep their times."""
    content = world.site.root / "content"
    old, new = chance.sample(["world", "science", "sports", "arts"], 2)
    if (content / old).is_dir() and not (content / new).exists():
        (content / old).rename(content / new)
        for known in (world.fronts, world.bodies):
            for path in [each for each in known if each.startswith(f"{old}/")]:
                known[new + path.removeprefix(old)] = known.pop(path)  # type: ignore[index]


def edit_body(world: World, chance: random.Random) -> None:
    """Change a letter: the file's size stays."""
    path = some(world, chance)
    body = world.bodies[path]
    places = [place for place, letter in enumerate(body.split("\n\nSee")[0]) if letter.isalpha()]
    place = chance.choice(places)
    world.bodies[path] = body[:place] + chance.choice("abcXYZ") + body[place + 1 :]
    world.write_article(path)


def edit_in_the_past(world: World, chance: random.Random) -> None:
    """Change a letter and put the time of the change back, as `rsync -t` and archives do."""
    path = some(world, chance)
    before = (world.site.root / "content" / path).stat()
    world.bodies[path] = world.bodies[path].replace("mill", chance.choice(["mall", "mole"]))
    world.write_article(path)
    os.utime(world.site.root / "content" / path, ns=(before.st_atime_ns, before.st_mtime_ns))


def edit_front(world: World, chance: random.Random) -> None:
    path = some(world, chance)
    key = chance.choice(sorted(FRONT))
    if world.fronts[path].pop(key, None) is None or chance.random() < 0.7:
        world.fronts[path][key] = chance.choice(FRONT[key])
    world.write_article(path)


def link(world: World, chance: random.Random) -> None:
    path = some(world, chance)
    target = chance.choice(["/map.svg", "/" + some(world, chance), "/world", "https://x.org/"])
    world.bodies[path] += f"\n\nSee [here]({target}).\n"
    world.write_article(path)


def dangle(world: World, chance: random.Random) -> None:
    path = some(world, chance)
    world.bodies[path] += "\n\nSee [nowhere](nowhere.md).\n"
    world.write_article(path)


def edit_index(world: World, chance: random.Random) -> None:
    folder = chance.choice(FOLDERS)
    lines = chance.choice(
        ["title: World", "title: Earth", "language: de", "language: fr", "sentences: 1", "titel: x"]
    )
    body = chance.choice(["", "Hello.", "See [the map](/map.svg).", "[No](no.md)."])
    name = f"content/{folder}/_index.md".replace("//", "/")
    if (world.site.root / name).exists() and chance.random() < 0.3:
        (world.site.root / name).unlink()
    else:
        world.site.write({name: f"---\n{lines}\n---\n{body}\n"})


def edit_asset(world: World, chance: random.Random) -> None:
    name = chance.choice(["content/map.svg", "content/world/b.bin", "content/science/bees.html"])
    if name != "content/map.svg" and (world.site.root / name).exists() and chance.random() < 0.3:
        (world.site.root / name).unlink()
    else:
        world.site.write({name: chance.choice(["<svg/>", "<svg />", "<gvs/>"])})


def edit_template(world: World, chance: random.Random) -> None:
    folder = world.site.root / "templates"
    name = chance.choice([*LAYOUTS, *PARTIALS, "partials/missing.txt", "own.html"])
    if (folder / name).exists() and chance.random() < 0.4:
        (folder / name).unlink()
        return
    world.site.write({f"templates/{each}": text for each, text in PARTIALS.items()})
    own = [LAYOUTS[name]] * 4 if name in LAYOUTS else []
    own += [LAYOUTS[name].replace("<h1>", "<h1 >")] if name in LAYOUTS else []
    world.site.write({f"templates/{name}": chance.choice([*own, *TEXTS[: 3 if own else 5]])})


def edit_base(world: World, chance: random.Random) -> None:
    source = Path(__file__).parents[2] / "templates" / "base.html"
    text = source.read_text(encoding="utf-8")
    mark = chance.choice(["a", "b"])
    world.site.write({"templates/base.html": text.replace("<body>", f"<body data-mark={mark}>")})


def edit_strings(world: World, chance: random.Random) -> None:
    language = chance.choice(LANGUAGES)
    value = chance.choice(['skip = "x"', 'skip = "y"', "skip ="])
    source = Path(__file__).parents[2] / "templates" / "strings" / f"{language}.toml"
    text = source.read_text(encoding="utf-8") if source.is_file() else ""
    kept = "\n".join(line for line in text.splitlines() if not line.startswith("skip "))
    world.site.write({f"templates/strings/{language}.toml": f"{kept}\n{value}\n"})


def edit_static(world: World, chance: random.Random) -> None:
    name = chance.choice(["style.css", "dot.png"])
    text = chance.choice(['b { background: url("dot.png") }', "b { color: red }"])
    world.site.write({f"templates/static/{name}": text})


def edit_config(world: World, chance: random.Random) -> None:
    key = chance.choice(sorted(SETTINGS))
    if world.config.pop(key, None) is None or chance.random() < 0.7:
        world.config[key] = chance.choice(SETTINGS[key])
    world.write_config()


def choose(world: World, chance: random.Random) -> None:
    world.selection = replace(
        world.selection, drafts=chance.random() < 0.5, future=chance.random() < 0.3
    )


def turn_the_clock(world: World, chance: random.Random) -> None:
    world.selection = replace(
        world.selection, now=NOW + timedelta(days=chance.choice(MOMENTS), seconds=5)
    )


def published(world: World) -> list[Path]:
    output = world.site.root / "output"
    mine = {output / "CNAME", output / "world" / "mine.txt", output / ".sitegen.json"}
    return sorted(each for each in output.rglob("*") if each.is_file() and each not in mine)


def lose_a_page(world: World, chance: random.Random) -> None:
    if files := published(world):
        chance.choice(files).unlink()


def spoil_a_page(world: World, chance: random.Random) -> None:
    """Change a published file, but neither its size nor its time."""
    if files := published(world):
        file = chance.choice(files)
        before = file.stat()
        file.write_bytes(file.read_bytes()[::-1])
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def lose_the_output(world: World, chance: random.Random) -> None:
    for each in (*published(world), world.site.root / "output" / ".sitegen.json"):
        each.unlink(missing_ok=True)


def leave_a_stage(world: World, chance: random.Random) -> None:
    world.site.write({"output/.sitegen-tmp/3f": "from a build that was killed"})


def damage_the_cache(world: World, chance: random.Random) -> None:
    file = world.site.root / ".sitegen" / "cache.db"
    if not file.exists():
        return
    data = bytearray(file.read_bytes())
    kind = chance.choice(["flip", "flip", "flip", "zeros", "cut", "garbage", "empty", "gone"])
    if kind == "gone":
        shutil.rmtree(file.parent)
        return
    if kind == "flip":
        for _ in range(chance.choice([1, 1, 50])):
            data[chance.randrange(len(data) or 1)] ^= 1 << chance.randrange(8)
    elif kind == "zeros":
        start = chance.randrange(len(data) or 1)
        data[start : start + 4096] = bytes(len(data[start : start + 4096]))
    elif kind == "cut":
        del data[chance.randrange(len(data) or 1) :]
    else:
        data = bytearray(b"" if kind == "empty" else chance.randbytes(5000))
    file.write_bytes(data)


EDITS: tuple[Edit, ...] = (
    edit_body, edit_front, edit_front, edit_in_the_past, add, delete, move, move_folder, link,
    dangle, edit_index, edit_asset, edit_template, edit_template, edit_base, edit_strings,
    edit_static, edit_config, edit_config, choose, turn_the_clock, lose_a_page, spoil_a_page,
    lose_the_output, leave_a_stage, damage_the_cache,
)  # fmt: skip

Step = tuple[Edit, int]
STEPS = st.lists(
    st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 9999)), min_size=1, max_size=3),
    min_size=1,
    max_size=6,
)

Stats = Mapping[str, tuple[int, int]]
Built = Result | tuple[str, ...]


def attempt(site: SiteFolder, selection: Selection, **options: object) -> Built:
    """Build; return the result, or what is wrong."""
    try:
        return site.build(selection=selection, **options)
    except SitegenError as error:
        return tuple(map(str, error.diagnostics))


def stats(site: SiteFolder) -> Stats:
    found = {}
    output = site.root / "output"
    for file in output.rglob("*"):
        if file.is_file():
            stat = file.stat()
            found[file.relative_to(output).as_posix()] = (stat.st_ino, stat.st_mtime_ns)
    return found


def inputs(site: SiteFolder) -> dict[str, bytes]:
    return {
        file.relative_to(site.root).as_posix(): file.read_bytes()
        for file in site.root.rglob("*")
        if file.is_file() and file.relative_to(site.root).parts[0] not in {"output", ".sitegen"}
    }


def clean_build(world: World, folder: Path) -> tuple[Built, dict[str, bytes]]:
    """Build the same content in a folder without a past."""
    shutil.rmtree(folder, ignore_errors=True)
    site = SiteFolder(folder)
    site.write({**inputs(world.site)})
    return attempt(site, world.selection), site.outputs()


def told(built: Built) -> object:
    if isinstance(built, tuple):
        return built
    return built.pages, built.skipped, built.diagnostics


def check(world: World, elsewhere: Path) -> bool:
    """Build and compare with a clean build; tell whether the site is right."""
    site = world.site
    before, old_bytes = stats(site), site.outputs()
    told_first = attempt(site, world.selection, dry_run=True)
    assert stats(site) == before
    built = attempt(site, world.selection)
    after, new_bytes = stats(site), site.outputs()
    expected, right_bytes = clean_build(world, elsewhere)
    assert told(built) == told(expected) == told(told_first)
    if isinstance(built, tuple):
        assert (after, new_bytes) == (before, old_bytes) or not has_no_stage(old_bytes)
        return False
    assert isinstance(told_first, Result)
    assert told_first.published.written == built.published.written
    mine = {name: new_bytes.pop(name) for name in ("CNAME", "world/mine.txt")}
    assert mine == {"CNAME": b"a.org", "world/mine.txt": b"mine"}
    assert new_bytes.keys() == right_bytes.keys()
    assert [name for name in new_bytes if new_bytes[name] != right_bytes[name]] == []
    for name, data in new_bytes.items():
        if old_bytes.get(name) == data:
            assert after[name] == before[name], name
    again = attempt(site, world.selection)
    assert isinstance(again, Result)
    assert (again.published.written, again.published.removed) == ((), ())
    assert told(again) == told(built)
    assert stats(site) == after
    return True


def has_no_stage(outputs: Mapping[str, bytes]) -> bool:
    """Tell whether no build was cut short: the next one clears away what that one left."""
    return not any(name.startswith(".sitegen-tmp") for name in outputs)


def undo(world: World, good: Mapping[str, bytes], remembered: World) -> None:
    now = inputs(world.site)
    for name in now.keys() - good.keys():
        (world.site.root / name).unlink()
    world.site.write({name: data for name, data in good.items() if now.get(name) != data})
    world.fronts = {path: dict(front) for path, front in remembered.fronts.items()}
    world.bodies, world.config = dict(remembered.bodies), dict(remembered.config)
    world.selection = remembered.selection


def memory(world: World) -> World:
    return World(
        world.site,
        fronts={path: dict(front) for path, front in world.fronts.items()},
        bodies=dict(world.bodies),
        config=dict(world.config),
        selection=world.selection,
    )


@settings(
    max_examples=FEW,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(articles=st.integers(8, 20), steps=STEPS)
@example(articles=9, steps=[[(edit, 1)] for edit in EDITS])
@example(articles=9, steps=[[(damage_the_cache, seed), (edit_body, seed)] for seed in range(8)])
@example(articles=20, steps=[[(turn_the_clock, seed)] for seed in range(6)])
def test_a_build_after_any_edits_equals_a_clean_one(articles: int, steps: list[list[Step]]) -> None:
    with TemporaryDirectory() as temporary:
        world = new_world(Path(temporary, "site"), articles)
        elsewhere = Path(temporary, "clean")
        assert check(world, elsewhere)
        for step in steps:
            good, remembered = inputs(world.site), memory(world)
            for edit, seed in step:
                note(f"{edit.__name__} {seed}")
                edit(world, random.Random(seed))
            if not check(world, elsewhere):
                undo(world, good, remembered)
                assert check(world, elsewhere)
