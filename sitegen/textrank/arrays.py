"""The kinds of arrays that go through the summariser, and how they are summed and sorted.

``np.unique`` is not used: it brings in ``numpy.ma``, which takes longer than to rank an article.
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]
else:  # What only type checkers need takes a millisecond to import.
    Floats = Ints = Bools = np.ndarray


def sum_by(group: Ints, values: Floats | Bools, groups: int) -> Floats:
    """Return, for each of ``groups`` groups, the sum of its values, taken in their order."""
    return np.bincount(group, values, groups).astype(np.float64, copy=False)


def changes(values: Ints) -> Bools:
    """Mark the first value, and each that differs from the one before it."""
    found = np.ones(len(values), dtype=np.bool_)
    found[1:] = values[1:] != values[:-1]
    return found


def sorted_places(keys: Ints) -> tuple[Ints, Ints]:
    """Return the keys sorted, and where each stood; equal ones keep their order.

    The place rides in the low bits, because numpy sorts numbers many times as fast as it sorts
    an index.
    """
    bits = len(keys).bit_length()
    packed = (keys << bits) | np.arange(len(keys))
    packed.sort()
    return packed >> bits, packed & ((1 << bits) - 1)
