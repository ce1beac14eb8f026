"""One run of libFuzzer: ``python -m tests.fuzz.hunt TARGET OPTION...``, by `tests.fuzz.__main__`.

It has a process of its own because libFuzzer ends the one that it runs in, and because code is
instrumented as it is imported.
"""

import sys
import warnings
from contextlib import suppress

import atheris

MEASURED = ["sitegen", "markdown", "tomllib"]
"""The packages whose branches lead the fuzzer on. What is written in C is not seen."""

with atheris.instrument_imports(include=MEASURED):
    from tests.fuzz.targets import TARGETS, Target, seeds


def warm(name: str, target: Target) -> None:
    """Import what is imported late, so that it is measured too; libFuzzer will run these again."""
    with atheris.instrument_imports(include=MEASURED):
        for seed in seeds(name):
            with suppress(Exception):
                target.run(seed.read_bytes())


def main() -> None:
    """Hunt until libFuzzer has had its time or something is raised; a warning is an error."""
    name, *options = sys.argv[1:]
    warnings.simplefilter("error")
    warm(name, TARGETS[name])
    atheris.Setup([sys.argv[0], *options], TARGETS[name].run)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
