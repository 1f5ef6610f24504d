"""A node fed by another evaluation, explained."""

from __future__ import annotations

from collections.abc import Iterator

from engine.explain.derivation import limit_lines
from engine.explain.leaf import unasked
from engine.facts import Status
from engine.score.result import Basis, NodeResult
from engine.show import show
from engine.text import Text

_CONVERTED = Text(
    "“{name}”总分 {total}，满分 {most}；{total} ÷ {most} × {full} = {raw}",
    '"{name}": a total of {total}, full marks of {most}; {total} ÷ {most} × {full} = {raw}',
)


def special_lines(result: NodeResult, basis: Basis, row: int) -> Iterator[Text]:
    """The other total and its conversion, or why there is none."""
    node, unit, asked = result.node, basis.units[row], Status(int(result.asked[row]))
    if asked != Status.GIVEN:
        yield unasked(node, unit, asked, result.points[row])
        return
    found, raw = basis.others[unit.code, node.special], result.raw[row] if result.raw is not None else result.exact[row]
    yield _CONVERTED.format(
        name=basis.special[node.special].name,
        total=show(found.total or 0),
        most=show(found.full or 0),
        full=show(result.full[row]),
        raw=show(raw),
    )
    yield from limit_lines(raw, result.exact[row])
