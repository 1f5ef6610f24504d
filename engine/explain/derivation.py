"""One number explained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from engine.grammar.places import Places
from engine.rules.wording import bracketed, limit_said
from engine.show import show
from engine.text import Text

_ROUNDED = {
    "half_up": Text(
        "四舍五入保留 {places} 位小数：{exact} → {points}", "rounded to {places} places: {exact} → {points}"
    ),
    "down": Text("舍去尾数，保留 {places} 位小数：{exact} → {points}", "cut to {places} places: {exact} → {points}"),
    "up": Text(
        "尾数进一，保留 {places} 位小数：{exact} → {points}", "rounded up to {places} places: {exact} → {points}"
    ),
}


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
        return next((one for one in self.walk() if one.code == code), None)

    def named(self, name: str) -> list[Derivation]:
        """This number and those below it that are called so."""
        return [one for one in self.walk() if one.name == name]

    def walk(self) -> Iterator[Derivation]:
        """This number and everything below it."""
        yield self
        for child in self.children:
            yield from child.walk()


_TIMES = Text("{name} {factor}：{raw} × {factor} = {product}", "{name} {factor}: {raw} × {factor} = {product}")


def factor_lines(name: str, factor: Fraction, raw: Fraction) -> Text:
    """What the factor makes of the points."""
    values = {"raw": bracketed(show(raw)), "product": show(raw * factor)}
    return _TIMES.format(name=name, factor=show(factor), **values)


def limit_lines(raw: Fraction, exact: Fraction) -> Iterator[Text]:
    """Cap and floor, where they change anything."""
    if raw != exact:
        yield limit_said(raw, exact)


def rounding_lines(exact: Fraction, points: Fraction, places: Places) -> Iterator[Text]:
    """The rounding, where it changes anything."""
    if places.digits is not None and exact != points:
        shown = {"exact": show(exact), "points": show(points, places.digits)}
        yield _ROUNDED[places.way].format(places=places.digits, **shown)


def sum_lines(numbers: list[Fraction], total: Fraction) -> Iterator[Text]:
    """The sum of several numbers; a single one is no sum."""
    if len(numbers) > 1:
        shown = " + ".join(bracketed(show(number)) for number in numbers)
        yield Text("{shown} = {total}", "{shown} = {total}").format(shown=shown, total=show(total))
