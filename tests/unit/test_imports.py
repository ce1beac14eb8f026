"""The walls between the modules: who may import whom."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "sitegen"
WALLS = {
    "errors": set(),
    "urls": set(),
    "digest": set(),
    "textrank": set(),
    "batches": {"pool"},
    "limits": {"errors", "model"},
    "stamp": {"digest"},
    "model": {"errors"},
    "config": {"errors"},
    "markup": {"errors"},
    "article": {"model", "errors", "config", "markup", "textrank", "urls", "digest"},
    "content": {"model", "errors", "config", "digest", "stamp"},
    "site": {"model", "errors", "config", "urls"},
    "collisions": {"model", "errors", "urls"},
    "pages": {"model", "errors", "config", "urls", "site", "digest", "collisions"},
    "keys": {"model", "digest"},
    "fragments": {"urls"},
    "render": {"model", "errors", "urls", "keys", "digest", "fragments"},
    "cache": {"model", "errors", "digest", "lock"},
    "lock": {"errors"},
    "publish": {"model", "errors", "digest", "stamp"},
    "serve": {
        "batches",
        "build",
        "cache",
        "config",
        "content",
        "errors",
        "look",
        "model",
        "pool",
        "stamp",
    },
    "sheets": {"cache", "digest", "model"},
    "pool": {"textrank", "work"},
    "report": {"errors", "article", "textrank"},
    "revision": {"errors", "content"},
    "work": {
        "article",
        "batches",
        "cache",
        "config",
        "errors",
        "limits",
        "model",
        "render",
        "sheets",
    },
}
SHELL = {"content", "publish", "revision", "stamp", "cache", "serve", "pool", "lock"}
FREE = {
    "build", "catalogue", "cli", "compilation", "look", "pick", "survey", "__init__", "__main__",
}  # fmt: skip


def rooms() -> list[str]:
    names = {file.relative_to(PACKAGE).parts[0].removesuffix(".py") for file in files()}
    return sorted(names - FREE)


def files() -> list[Path]:
    return [each for each in PACKAGE.rglob("*.py") if "starter" not in each.parts]


def imported(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are absolute"
            names = [node.module or ""]
        elif isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("sitegen.")}
    return found


@pytest.mark.parametrize("room", rooms())
def test_a_module_imports_only_what_its_room_may(room: str) -> None:
    own = [
        each for each in files() if each.relative_to(PACKAGE).parts[0].removesuffix(".py") == room
    ]
    for file in own:
        assert imported(file) - {room} <= WALLS[room], file


@pytest.mark.parametrize("room", sorted(set(WALLS) - SHELL))
def test_the_core_has_no_clock_no_environment_and_no_disk(room: str) -> None:
    forbidden = {"os", "time", "random", "subprocess", "shutil", "tempfile"}
    for file in files():
        if file.relative_to(PACKAGE).parts[0].removesuffix(".py") != room:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert not {each.name for each in node.names} & forbidden, file
