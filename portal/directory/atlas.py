"""How many bodies serve each département, and the shade that shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

SHADES = 5  # that can be told apart, « none » included


@dataclass(frozen=True)
class Band:
    """The counts that share a shade, from `low` to `high`."""

    low: int
    high: int


class Atlas:
    """The counts of all départements by code, and the bands of their shades, the lightest first.

    The bands follow the counts of this map, so that differences are seen whether a need has four bodies everywhere or
    forty; « none » always has the lightest shade to itself.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts = counts
        met = sorted(set(counts.values()) - {0})
        groups = min(SHADES - 1, len(met))
        cuts = [round(at * len(met) / groups) for at in range(groups + 1)] if groups else [0]
        shared = [met[start:end] for start, end in zip(cuts, cuts[1:], strict=False)]
        self.bands = [Band(0, 0), *(Band(values[0], values[-1]) for values in shared)]

    def shade(self, code: str) -> int:
        """Return the shade of a département, 0 for none."""
        count = self.counts[code]
        return sum(count >= band.low for band in self.bands[1:])
