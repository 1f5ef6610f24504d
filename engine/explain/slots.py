"""A leaf in slots explained: every period or assessor by itself, and what they make together."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from engine.explain.derivation import Derivation
from engine.explain.leaf import leaf_lines
from engine.explain.rollup import kept_lines
from engine.facts import Facts, Key, Status
from engine.language.slots import Slots
from engine.rules.wording import bracketed, listed
from engine.score.result import NodeResult, Outcome, SetResult
from engine.score.slots import brought
from engine.show import percent, show
from engine.text import Text

_OUT = Text("不计：{names}", "left out: {names}")
_MEAN = Text("取平均：({points}) ÷ {n} = {raw}", "the mean: ({points}) ÷ {n} = {raw}")
_ONE = Text("{name}：{raw} 分", "{name}: {raw} points")
_SUM = Text("相加：{points} = {raw}", "added up: {points} = {raw}")
_SCALED = Text(
    "相加，其余按比例放大：({points}) ÷ {n} × {all} = {raw}", "added up and scaled: ({points}) ÷ {n} × {all} = {raw}"
)
_BEST = Text("取最高的一期，{name}：{raw} 分", "the best of them, {name}: {raw} points")
_LAST = Text("取最后一期，{name}：{raw} 分", "the last of them, {name}: {raw} points")
_WEIGHTED = Text("按比例：{points} = {raw}", "by share: {points} = {raw}")
_REWEIGHTED = Text("按比例：({points}) ÷ {rest} = {raw}", "by share: ({points}) ÷ {rest} = {raw}")
_POOLED = Text("{name}各期合计：{sum} = {total}", "{name}, all periods: {sum} = {total}")


def slot_items(result: NodeResult, row: int, whole: SetResult, outcome: Outcome) -> tuple[Derivation, ...]:
    """One derivation for each slot of a leaf."""
    if not result.slots or result.node.slots is None:
        return ()
    brings = brought(result.node.slots, result.slots)
    return tuple(
        _item(slot, row, amount[row], whole, outcome) for slot, amount in zip(result.slots, brings, strict=True)
    )


def _item(slot: NodeResult, row: int, brings: Fraction, whole: SetResult, outcome: Outcome) -> Derivation:
    node, counts = slot.node, slot.status[row] == Status.GIVEN
    lines = tuple(leaf_lines(slot, row, whole, outcome))
    exact, points = (slot.exact[row], slot.points[row]) if counts else (None, None)
    return Derivation(node.reported_as, node.slot, slot.full[row], exact, points, brings, lines)


def slot_lines(result: NodeResult, row: int) -> Iterator[Text]:
    """What the slots make together, and what becomes of it."""
    slots, raw = result.node.slots, result.raw
    counted = [slot for slot in result.slots if slot.status[row] == Status.GIVEN]
    if slots is None or raw is None or not counted:
        return
    out = [slot.node.slot for slot in result.slots if slot.status[row] == Status.NOT_APPLICABLE]
    if out:
        yield _OUT.format(names=listed(out))
    yield _together(slots, counted, row, raw[row])
    yield from kept_lines(result, row, raw[row])


def _together(slots: Slots, counted: list[NodeResult], row: int, raw: Fraction) -> Text:
    points = [bracketed(show(slot.points[row])) for slot in counted]
    values: dict[str, object] = {"raw": show(raw), "n": len(counted), "all": len(slots.names)}
    if slots.take in ("best", "last"):
        chosen = counted[-1] if slots.take == "last" else max(counted, key=lambda slot: slot.points[row])
        return (_LAST if slots.take == "last" else _BEST).format(name=chosen.node.slot, **values)
    if slots.take == "weighted":
        share_of = dict(zip(slots.names, slots.shares, strict=True))
        shares = [share_of[slot.node.slot] for slot in counted]
        if len(set(slots.shares)) > 1:
            each = " + ".join(f"{one} × {percent(share)}" for one, share in zip(points, shares, strict=True))
            text = _WEIGHTED if sum(shares) == 1 else _REWEIGHTED
            return text.format(points=each, rest=percent(sum(shares, Fraction(0))), **values)
    if len(counted) == 1 and (slots.take != "sum" or len(slots.names) == 1):
        return _ONE.format(name=counted[0].node.slot, **values)
    text = _MEAN if slots.take != "sum" else _SUM if len(counted) == len(slots.names) else _SCALED
    return text.format(points=" + ".join(points), **values)


def pooled_lines(result: NodeResult, row: int, whole: SetResult, facts: Facts) -> Iterator[Text]:
    """The sums that a pooled leaf is scored on."""
    node = result.node
    columns = facts.sets[whole.plan.code].columns
    names = node.slots.names if node.slots and result.asked[row] == Status.GIVEN else ()
    for need in sorted(node.reads()) if names else ():
        found = [columns.get(Key(node.code, *need, name)) for name in names]
        given = [one.values[row] for one in found if one is not None and one.status[row] == Status.GIVEN]
        if len(given) > 1:
            total = " + ".join(bracketed(show(value)) for value in given)
            name = node.facts[need.fact].name or node.name
            yield _POOLED.format(name=name, sum=total, total=show(sum(given, Fraction(0))))
