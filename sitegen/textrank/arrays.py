"""The kinds of arrays that go through the summariser, and the one way to sum them by groups."""

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
