"""How quotas meet units: what the count of seats decides by, and what a derivation says."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Cuts = NDArray[np.int64]  # one row per field of Cut, one column per unit; 0 for units that did not compete


class Cut(NamedTuple):
    """How a quota met one unit.

    The ranked members of its category, all seats, those that promotions have taken; of the candidates, how many stand
    before it, level with it (itself included) and on the same place.
    """

    members: int
    seats: int
    taken: int
    before: int
    level: int
    same_place: int

    @property
    def left(self) -> int:
        """The seats that go by place."""
        return max(self.seats - self.taken, 0)


def cut_of(cuts: Cuts, row: int) -> Cut:
    """How the quota met the unit in this row."""
    return Cut(*cuts[:, row].tolist())


def left(cuts: Cuts) -> NDArray[np.int64]:
    """The seats that go by place, per unit."""
    return np.asarray(np.maximum(_row(cuts, "seats") - _row(cuts, "taken"), 0))


def before(cuts: Cuts) -> NDArray[np.int64]:
    """The candidates before each unit."""
    return _row(cuts, "before")


def not_worse(cuts: Cuts) -> NDArray[np.int64]:
    """The candidates before each unit and level with it."""
    return before(cuts) + _row(cuts, "level")


def _row(cuts: Cuts, field: str) -> NDArray[np.int64]:
    return np.asarray(cuts[Cut._fields.index(field)])
