"""Histograms as plain geometry, which the page draws as SVG."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 360, 184
LEFT, TOP, BASE = 14, 30, 158
GAP = 3
SHORTEST = 1.5
"""Height of a bar that stands for something, however little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar, its value, and its label, which is at the bar's beginning where bars are ranges."""

    label: str
    label_x: float
    value: int
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Where its value and label are centred."""
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A histogram; ``text`` says in words what it shows, for those who cannot see it."""

    id: str
    title: str
    axis: str
    text: str
    bars: tuple[Bar, ...]
    width: int = WIDTH
    height: int = HEIGHT
    base: int = BASE


def chart(
    id: str,
    title: str,
    axis: str,
    counted: str,
    labels: Sequence[str],
    values: Sequence[int],
    *,
    ranges: bool = False,
) -> Chart:
    """Draw a bar for each value; ``counted`` is what the values are numbers of.

    ``ranges``: each label is where its bar's range begins.
    """
    step = (WIDTH - 2 * LEFT) / len(values)
    scale = (BASE - TOP) / max(1, *values)
    bars = []
    for place, (label, value) in enumerate(zip(labels, values, strict=True)):
        height = max(SHORTEST, value * scale) if value else 0
        bars.append(
            Bar(
                label=label,
                label_x=round(LEFT + step * (place if ranges else place + 0.5), 2),
                value=value,
                x=round(LEFT + place * step + GAP / 2, 2),
                y=round(BASE - height, 2),
                width=round(step - GAP, 2),
                height=round(height, 2),
            )
        )
    names = [f"from {label}" for label in labels] if ranges else labels
    said = ", ".join(f"{name}: {value}" for name, value in zip(names, values, strict=True))
    return Chart(id=id, title=title, axis=axis, text=f"{counted}. {said}.", bars=tuple(bars))


def count_in(values: Iterable[float], edges: Sequence[float]) -> list[int]:
    """Count the values from each edge up to the next; the last edge takes all above it."""
    counts = [0] * len(edges)
    for value in values:
        place = sum(value >= edge for edge in edges) - 1
        counts[max(0, place)] += 1
    return counts
