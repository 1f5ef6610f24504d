"""How the numbers below a node become its own: what is left out, what each brings, and what they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from engine.exact import Exact
from engine.explain.derivation import Derivation, factor_lines, limit_lines, sum_lines
from engine.facts import Status
from engine.rules.wording import listed
from engine.score.result import NodeResult
from engine.score.rollup import at_stake, carried
from engine.show import show
from engine.text import Text

_EXTREME = Text(
    "得分率{way}的是“{name}”：{points} ÷ {below} × {full} = {exact}",
    'the {way} share is that of "{name}": {points} ÷ {below} × {full} = {exact}',
)
_ROOT = Text(
    "{n} 项得分率（{shares}）的几何平均 × 满分 {full}，得 {exact}",
    "the geometric mean of the {n} shares ({shares}) × full marks of {full}: {exact}",
)
_MEAN = Text(
    "得分率的平均：({shares}) ÷ {n} × {full} = {exact}",
    "the mean of the shares: ({shares}) ÷ {n} × {full} = {exact}",
)
_OUT = Text("不计：{names}", "left out: {names}")
_WEIGHTS_LEFT = Text(
    "不计：{names}；其余指标权重合计 {rest}（原为 {all}），按比例放大",
    "left out: {names}; the remaining weights add to {rest} instead of {all}: the rest is scaled up",
)
_MARKS_LEFT = Text(
    "不计：{names}；其余指标满分合计 {rest}（原为 {all}），按比例放大",
    "left out: {names}; the remaining full marks add to {rest} instead of {all}: the rest is scaled up",
)
_COUNTS_AS = Text("折算计入上级：{sum} = {brings}", "counts above as {sum} = {brings}")


@dataclass(frozen=True)
class Family:
    """The children of one node or of the total: what they fill, the stakes that count, and what each brings."""

    children: tuple[NodeResult, ...]
    full: Exact
    stakes: Exact
    brought: list[Exact]

    @classmethod
    def of(cls, children: tuple[NodeResult, ...], full: Exact) -> Family:
        """The family of these children."""
        return cls(children, full, at_stake(children, full), carried(children, full))

    def left_out(self, row: int, adds_up: bool) -> Iterator[Text]:
        """What does not count for this unit, and the stakes that remain."""
        out = [child for child in self.children if child.status[row] == Status.NOT_APPLICABLE]
        if not out or len(out) == len(self.children):
            return
        names = listed(child.node.name for child in out)
        rest = self.stakes[row]
        everything = rest + sum((child.stake[row] for child in out), Fraction(0))
        text = _OUT if not adds_up else _MARKS_LEFT if out[0].node.weight is None else _WEIGHTS_LEFT
        yield text.format(names=names, rest=show(rest), all=show(everything))

    def conversion(self, child: NodeResult, brings: Fraction, row: int) -> Iterator[Text]:
        """How the points of a child become what it brings, where they do not count as they are."""
        points, stakes, full = child.points[row], self.stakes[row], self.full[row]
        if points in (0, brings):
            return
        factors = [show(points)]
        if child.node.weight is not None:
            factors.append(f"{show(child.full[row])} × {show(child.stake[row])}")
        if child.node.weight is None or stakes != full:
            factors.append(f"{show(stakes)} × {show(full)}")
        yield _COUNTS_AS.format(sum=" ÷ ".join(factors), brings=show(brings))


def converted(points: Fraction, stakes: Fraction, full: Fraction, brings: Fraction) -> Iterator[Text]:
    """The same for an own indicator, where something else in the list does not count."""
    if points not in (0, brings):
        yield _COUNTS_AS.format(sum=f"{show(points)} ÷ {show(stakes)} × {show(full)}", brings=show(brings))


def left_out_of_list(items: tuple[Derivation, ...], full: Fraction) -> Iterator[Text]:
    """The own indicators that do not count, and the marks that remain."""
    out = [item for item in items if item.points is None]
    rest = sum((item.full or Fraction(0) for item in items if item.points is not None), Fraction(0))
    if out and len(out) < len(items):
        yield _MARKS_LEFT.format(names=listed(item.name for item in out), rest=show(rest), all=show(full))


def roll_up_lines(result: NodeResult, children: tuple[Derivation, ...], row: int) -> Iterator[Text]:
    """What the numbers below make together."""
    counted = [child for child in children if child.points is not None]
    raw = result.raw[row] if result.raw is not None else result.exact[row]
    if result.node.roll_up == "sum":
        numbers = [child.brings for child in counted]
        raw = sum(numbers, Fraction(0))
        yield from sum_lines(numbers, raw)
    elif result.node.roll_up == "geometric_mean":
        yield _ROOT.format(
            n=len(counted), shares=listed(map(_said, counted)), full=_multiplied_full(result, row), exact=show(raw)
        )
        yield from limit_lines(raw, result.exact[row])
        return
    else:
        yield _WAYS[result.node.roll_up](counted, show(result.full[row]), show(raw))
    yield from kept_lines(result, row, raw)


def _multiplied_full(result: NodeResult, row: int) -> str:
    """Full marks under a root, with the factor that is in the root."""
    full = show(result.full[row])
    if result.factor is None or result.node.factor is None:
        return full
    return f"{full} × {result.node.factor.name} {show(result.factor[row])}"


def kept_lines(result: NodeResult, row: int, raw: Fraction) -> Iterator[Text]:
    """Factor, cap and floor: how what a rule or the numbers below make becomes the exact value of a node."""
    if result.factor is not None and result.node.factor is not None:
        yield factor_lines(result.node.factor.name, result.factor[row], raw)
        raw *= result.factor[row]
    yield from limit_lines(raw, result.exact[row])


def _share(child: Derivation) -> Fraction:
    return (child.points or Fraction(0)) / (child.full or 1)


def _said(child: Derivation) -> str:
    return f"{show(child.points or 0)} ÷ {show(child.full or 1)}"


def _mean(children: list[Derivation], full: str, raw: str) -> Text:
    shares = " + ".join(_said(child) for child in children)
    return _MEAN.format(n=len(children), shares=shares, full=full, exact=raw)


def _extreme(child: Derivation, way: Text, full: str, raw: str) -> Text:
    values = {"points": show(child.points or 0), "below": show(child.full or 1), "full": full, "exact": raw}
    return _EXTREME.format(way=way, name=child.name, **values)


def _lowest(children: list[Derivation], full: str, raw: str) -> Text:
    return _extreme(min(children, key=_share), Text("最低", "lowest"), full, raw)


def _highest(children: list[Derivation], full: str, raw: str) -> Text:
    return _extreme(max(children, key=_share), Text("最高", "highest"), full, raw)


_WAYS = {"mean": _mean, "minimum": _lowest, "maximum": _highest}
