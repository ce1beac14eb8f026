"""Look for input that a reader cannot stand, led by the branches that it takes.

    python -m tests.fuzz TARGET [--seconds 600]    hunt; TARGET may be `all`, one after the other
    python -m tests.fuzz TARGET FILE...            run the target on files, without a fuzzer

A hunt starts from ``tests/fuzz/corpus/TARGET/`` and from what earlier hunts left in
``.cache/fuzz/TARGET/corpus/``. The exit code is 1 where something was raised or took too long.
"""

import argparse
import subprocess
import sys
import time
import warnings
from collections.abc import Iterable
from pathlib import Path

from tests.fuzz.targets import CORPUS, TARGETS

ROOT = Path(__file__).parents[2]
FOUND = ROOT / ".cache" / "fuzz"
FAILURES = ("crash-*", "timeout-*", "oom-*")
"""Names that libFuzzer gives to the inputs that end a hunt."""

LONGEST_INPUT = 2048
"""Bytes. Python-Markdown needs seconds for as many opening brackets, and there is no way round."""

LONGEST_RUN = 20
"""Seconds for one input: far more than any reader needs for so few bytes."""


def main() -> int:
    """Replay the files given, or hunt."""
    given = arguments()
    names = list(TARGETS) if given.target == "all" else [given.target]
    if given.files:
        return replay(given.target, given.files)
    failed = [name for name in names if not hunt(name, given.seconds)]
    print(f"failed: {', '.join(failed)}" if failed else "nothing found")
    return 1 if failed else 0


def arguments() -> argparse.Namespace:
    """Read the command line."""
    assert __doc__
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("target", choices=[*TARGETS, "all"])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--seconds", type=int, default=600, help="how long each target runs")
    given = parser.parse_args()
    if given.files and given.target == "all":
        parser.error("say which target the files are for")
    return given


def replay(name: str, files: Iterable[Path]) -> int:
    """Run a target on files; what it raises comes through, with its traceback."""
    warnings.simplefilter("error")
    for file in files:
        print(f"{name}: {file}", flush=True)
        TARGETS[name].run(file.read_bytes())
    print("nothing raised")
    return 0


def hunt(name: str, seconds: int) -> bool:
    """Fuzz one target; tell whether it held, and how to see it fail where it did not."""
    started = time.time()
    print(f"== {name}: {seconds} s", flush=True)
    module = [sys.executable, "-m", "tests.fuzz.hunt", name]
    held = subprocess.run([*module, *options(name, seconds)], cwd=ROOT).returncode == 0
    for file in failures(name, started):
        print(f"to replay: python -m tests.fuzz {name} {file.relative_to(ROOT)}")
    return held


def options(name: str, seconds: int) -> list[str]:
    """Return libFuzzer's options; what it finds goes to the first folder of inputs."""
    folder = FOUND / name
    (folder / "corpus").mkdir(parents=True, exist_ok=True)
    dictionary = folder / "tokens.dict"
    dictionary.write_text("\n".join(map(quoted, TARGETS[name].tokens)) + "\n", encoding="ascii")
    return [
        f"-max_total_time={seconds}",
        f"-max_len={LONGEST_INPUT}",
        f"-timeout={LONGEST_RUN}",
        f"-dict={dictionary}",
        f"-artifact_prefix={folder}/",
        "-print_final_stats=1",
        str(folder / "corpus"),
        str(CORPUS / name),
    ]


def quoted(token: bytes) -> str:
    """Write a token as libFuzzer's dictionaries have it: every byte escaped is always right."""
    return '"' + "".join(f"\\x{byte:02x}" for byte in token) + '"'


def failures(name: str, since: float) -> list[Path]:
    """Return the inputs that ended a hunt which began at ``since``."""
    found = (file for pattern in FAILURES for file in (FOUND / name).glob(pattern))
    return sorted(file for file in found if file.stat().st_mtime >= since - 1)


if __name__ == "__main__":
    sys.exit(main())
