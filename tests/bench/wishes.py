"""What was wanted of a benchmark and what was measured, and whether that is enough."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was wanted and what was measured, which is ``short`` of it where above 0."""

    what: str
    wanted: str
    measured: str
    short: float

    @property
    def row(self) -> tuple[str, str, str, str]:
        verdict = "yes" if self.short <= 0 else f"NO, short by {self.short:.2g}"
        return self.what, self.wanted, self.measured, verdict


def at_least(what: str, wanted: float, got: float, low: float) -> Wish:
    """Wish for a gain of so much whose interval is above 0."""
    return Wish(
        what=what,
        wanted=f"≥ {wanted:+.1f}, interval above 0",
        measured=f"{got:+.2f}, interval from {low:+.2f}",
        short=max(wanted - got, -low),
    )


def at_most(what: str, wanted: float, got: float, unit: str = "times") -> Wish:
    """Wish for a ratio or an amount no higher than so much."""
    return Wish(
        what=what,
        wanted=f"≤ {wanted:.3g} {unit}",
        measured=f"{got:.3g} {unit}",
        short=got - wanted,
    )
