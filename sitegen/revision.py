"""A site as it was in an earlier revision, taken out of git without touching the working tree.

Blobs are read as they are stored, so no attribute of the repository leaves out or changes a file.
"""

import os
import posixpath
import subprocess
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sitegen.content import ARTICLE_SUFFIXES, CONFIG_NAMES
from sitegen.errors import SitegenError

BLOBS = 500
"""Files read from git in one go."""

REGULAR = ("100644", "100755")


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A commit, as it was asked for, and the site's folder below the repository's top."""

    name: str
    commit: str
    prefix: str
    root: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class PastSite:
    """A site of the past in a temporary folder: its settings file and its articles."""

    settings: Path
    content: Path


def find_revision(name: str, root: Path) -> Revision:
    """Find a revision of the repository that ``root`` lies in; raises `SitegenError`."""
    prefix = _git(root, "rev-parse", "--show-prefix").decode().strip("\n")
    try:
        commit = _git(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    except SitegenError:
        commit = b""
    if name.startswith("-") or not commit:
        raise SitegenError.of(
            f"there is no revision {name!r}", hint="`git log --oneline` and `git tag` list them"
        )
    return Revision(name=name, commit=commit.decode().strip(), prefix=prefix, root=root)


@contextmanager
def past_site(revision: Revision, settings: str) -> Iterator[PastSite]:
    """Put the settings file and the articles of a revision into a temporary folder.

    Files that are no articles are there, but empty. ``settings`` is today's settings file.
    """
    with TemporaryDirectory(prefix="sitegen-") as temporary:
        top = Path(temporary).resolve()
        here = top / revision.prefix
        here.mkdir(parents=True, exist_ok=True)
        names = list(dict.fromkeys((settings, *CONFIG_NAMES)))
        found = _blobs(revision, [revision.prefix + each for each in names])
        _write(found, top, revision)
        file = next((here / each for each in names if (here / each).is_file()), None)
        if file is None:
            raise SitegenError.of(f"has no {settings}", path=revision.name)
        content = posixpath.normpath(revision.prefix + _content_folder(file))
        if content.startswith("../"):
            raise SitegenError.of(
                "the content folder lies outside of the repository", path=revision.name
            )
        _write(_blobs(revision, [content]), top, revision)
        (top / content).mkdir(parents=True, exist_ok=True)
        yield PastSite(settings=file, content=top / content)


def _content_folder(settings: Path) -> str:
    """Read one setting alone, because another version's settings may have keys unknown here."""
    try:
        data = tomllib.loads(settings.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return "content"  # whoever reads the settings will say what is wrong
    if settings.name == "pyproject.toml":
        data = data.get("tool", {}).get("sitegen", {})
    return str(data.get("content", "content"))


def _blobs(revision: Revision, paths: Sequence[str]) -> dict[str, str]:
    """Return the regular files at or below ``paths``, and the name of each one's blob."""
    listed = _git(
        revision.root, "ls-tree", "-r", "-z", "--full-tree", revision.commit, "--", *paths
    )
    found = {}
    for entry in listed.decode("utf-8", "surrogateescape").split("\0"):
        head, _, path = entry.partition("\t")
        if head.startswith(REGULAR):
            found[path] = head.split()[2]
    return found


def _write(blobs: Mapping[str, str], top: Path, revision: Revision) -> None:
    wanted = []
    for path, blob in blobs.items():
        file = top / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if path.lower().endswith((*ARTICLE_SUFFIXES, ".toml")):
            wanted.append((file, blob))
        else:
            file.touch()
    for start in range(0, len(wanted), BLOBS):
        batch = wanted[start : start + BLOBS]
        asked = "".join(f"{blob}\n" for _, blob in batch).encode()
        stream = _git(revision.root, "cat-file", "--batch", given=asked)
        at = 0
        for file, _ in batch:
            line = stream.index(b"\n", at)
            size = int(stream[at:line].split()[2])
            file.write_bytes(stream[line + 1 : line + 1 + size])
            at = line + size + 2


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Run git in ``root``; raises `SitegenError` with the last line that it says."""
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=root,
            input=given,
            capture_output=True,
            check=False,
            env={**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"},
        )
    except FileNotFoundError:
        raise SitegenError.of(
            "git is not installed", hint="earlier revisions are taken out of git"
        ) from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
        raise SitegenError.of(said.removeprefix("fatal: ") or "git failed", path=str(root))
    return done.stdout
