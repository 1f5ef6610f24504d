"""One number explained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from engine.show import show
from engine.text import Text

_ROUNDED = Text("四舍五入保留 {places} 位小数：{exact} → {points}", "rounded to {places} places: {exact} → {points}")

_LIMITED = Text("超出上下限，计 {exact} 分", "outside its limits: {exact} points")


@dataclass(frozen=True, slots=True)
class Derivation:
    """One number explained.

    `brings` is what it adds to the number above it, exactly: the children's `brings` add up to `exact` wherever the
    node is a plain or weighted sum. `points` is None where the node does not count for this unit.
    """

    code: str
    name: str
    full: Fraction | None
    exact: Fraction | None
    points: Fraction | None
    brings: Fraction
    lines: tuple[Text, ...]
    children: tuple[Derivation, ...] = ()

    def find(self, code: str) -> Derivation | None:
        """This number or one below it, by code."""
        if self.code == code:
            return self
        return next((found for child in self.children if (found := child.find(code))), None)


def limit_lines(raw: Fraction, exact: Fraction) -> Iterator[Text]:
    """Cap and floor, where they change anything."""
    if raw != exact:
        yield _LIMITED.format(exact=show(exact))


def rounding_lines(exact: Fraction, points: Fraction, places: int | None) -> Iterator[Text]:
    """The rounding, where it changes anything."""
    if places is not None and exact != points:
        yield _ROUNDED.format(places=places, exact=show(exact), points=show(points, places))
