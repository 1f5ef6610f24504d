"""A node fed by another evaluation, explained."""

from __future__ import annotations

from collections.abc import Iterator

from engine.explain.absent import absent_lines
from engine.explain.derivation import limit_lines
from engine.facts import Status
from engine.score.result import NodeResult, Outcome, SetResult
from engine.show import show
from engine.text import Text

_CONVERTED = Text(
    "“{name}”总分 {total}，满分 {most}；{total} ÷ {most} × {full} = {raw}",
    '"{name}": a total of {total}, full marks of {most}; {total} ÷ {most} × {full} = {raw}',
)


def special_lines(result: NodeResult, row: int, whole: SetResult, outcome: Outcome) -> Iterator[Text]:
    """The other total and its conversion, or why there is none."""
    if result.asked[row] != Status.GIVEN:
        yield from absent_lines(result, row, whole, outcome)
        return
    node, basis = result.node, whole.basis
    found, raw = (
        basis.others[whole.units[row].code, node.special],
        result.raw[row] if result.raw is not None else result.exact[row],
    )
    yield _CONVERTED.format(
        name=basis.special[node.special].name,
        total=show(found.total or 0),
        most=show(found.full or 0),
        full=show(result.full[row]),
        raw=show(raw),
    )
    yield from limit_lines(raw, result.exact[row])
