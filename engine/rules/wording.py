"""How rules speak: the names of what they look at, who was compared with whom, points in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from engine.grammar.fields import Marks
from engine.show import percent, show
from engine.text import Text

NOTHING = Text("", "")
_MOST_NAMES = 3

SOURCE_TITLES = {
    "actual": NOTHING,
    "target": Text("目标值", "target"),
    "stretch": Text("挑战值", "stretch target"),
    "baseline": Text("基数", "baseline"),
    "last_year": Text("上年值", "last year"),
    "two_years_ago": Text("前年值", "two years ago"),
    "three_years_ago": Text("大前年值", "three years ago"),
}

ROUNDED = {
    "half_up": Text("四舍五入", "rounded half up"),
    "down": Text("只舍不入", "rounded down"),
    "up": Text("只入不舍", "rounded up"),
}


class Words(NamedTuple):
    """What the sentence of a rule needs from its leaf: the names of facts, outside figures and groups.

    `by_self` says that the unit reports on itself, `to_zero` that the leaf goes down to 0 and no further.
    """

    facts: Mapping[str, str] = {}
    series: Mapping[str, str] = {}
    by_self: bool = False
    to_zero: bool = True
    groups: Mapping[str, str] = {}

    def fact(self, code: str) -> str:
        """The name of a named fact."""
        return self.facts.get(code) or code


_ITS_CATEGORY = Text("同类", "its category")


@dataclass(frozen=True)
class Peers:
    """The units a row is compared with: the name of its category, and the unit of each row."""

    category: Text = _ITS_CATEGORY
    name: Callable[[int], str] = lambda row: ""


def joined(texts: Iterable[Text], zh: str = "；", en: str = "; ") -> Text:
    """Sentences in a row; those that say nothing leave no trace."""
    said = [text for text in texts if text.zh]
    return Text(zh.join(text.zh for text in said), en.join(text.en for text in said))


def listed(names: Iterable[object]) -> Text:
    """Names in a row."""
    return joined((name if isinstance(name, Text) else Text(str(name), str(name)) for name in names), zh="、", en=", ")


def marks_said(marks: Marks) -> Text:
    """` 5 分`, or `满分的 80%`: to stand behind a Chinese word, with the space that a number has there."""
    if marks.relative:
        return Text("满分的 {share}", "{share} of full marks").format(share=percent(marks.amount))
    return Text(" {points} 分", "{points} points").format(points=show(marks.amount))


def tight(text: Text) -> Text:
    """Without the space behind a Chinese bracket."""
    return Text(text.zh.replace("） ", "）"), text.en)


def limit_said(raw: Fraction, kept: Fraction) -> Text:
    """Which limit made one number of another."""
    above = Text("高于上限 {kept} 分，计 {kept} 分", "above its cap of {kept}: {kept} points")
    below = Text("低于下限 {kept} 分，计 {kept} 分", "below its floor of {kept}: {kept} points")
    return (above if raw > kept else below).format(kept=show(kept))


def named(names: list[str]) -> Text:
    """`甲县、乙县`; of more than three the first and how many."""
    known = [name for name in names if name]
    if len(known) <= _MOST_NAMES:
        return listed(known)
    text = Text("{names}等 {n} 个单位", "{names} and {more} more")
    return text.format(names=listed(known[:_MOST_NAMES]), n=len(known), more=len(known) - _MOST_NAMES)


def in_brackets(text: Text) -> Text:
    """The text in brackets; of nothing, nothing."""
    return Text(f"（{text.zh}）", f" ({text.en})") if text.zh else NOTHING


def spaced(name: Text) -> Text:
    """A name to stand between Chinese words: a number has blanks around it."""
    return Text(f" {name.zh} ", name.en) if name.zh[0] in "-0123456789" else name


def bracketed(number: str) -> str:
    """A number as part of an equation: `(-3)`."""
    return f"({number})" if number.startswith("-") else number
