"""What moved a grade, or did not: what each ground is, who decided, and what becomes of several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.language.grades import Promotion, Scale, ToGrade, Veto
from engine.rules.wording import NOTHING, joined
from engine.score.moving import promotions, vetoes
from engine.score.reasons import Reason
from engine.score.result import NOT_GRADED, Graded
from engine.show import show
from engine.text import Text

_VETO = Text("一票否决", "veto")
_LIFT = Text("提档进位", "promotion")
_TITLES = {
    "down_one": Text("降等", "lowered"),
    "bar_from_top": Text("一票否优", "barred from the best grade"),
    "up_one": _LIFT,
    "top": Text("一票肯定", "affirmed"),
}
_EFFECTS = {
    "down_one": Text("降低一个等次", "one grade down"),
    "bar_from_top": Text("不得评为“{best}”", 'not "{best}"'),
    "lowest": Text("定为最低等次“{lowest}”", 'the lowest grade, "{lowest}"'),
    "not_graded": Text("不定等次", "not graded"),
    "up_one": Text("提高一个等次", "one grade up"),
    "top": Text("定为最高等次“{best}”", 'the best grade, "{best}"'),
}
_NOT_ABOVE = Text("降为“{to}”，更低的不变", 'down to "{to}", a lower one stays')
_NOT_BELOW = Text("升为“{to}”，更高的不变", 'up to "{to}", a better one stays')
_REASON = Text("{title}（{effect}）：{ground}{force}", "{title} ({effect}): {ground}{force}")
_DECIDED = Text("；{body}决定，文号 {decision}", "; decided by {body}, document {decision}")
_BY_ITSELF = Text("；自动生效", "; takes effect by itself")
_PENDING = Text("；尚未决定，不影响等次", "; not decided, changes nothing")
_SHORT = Text("“{name}”{points} 分 < {line}，自动生效", '"{name}" has {points} < {line}: takes effect by itself')
_BY_BONUS = Text("加分提高等次", "a bonus lifts the grade")
_LOWERED_ONCE = Text("有几个否决事由，不累加，只按最重的降一次", "several grounds lower once, by the heaviest")
_LIFTED_ONCE = Text("有几个提升事由，不累加，只按最高的升一次", "several grounds lift once, by the highest")
_CANCELLED = Text("有否决在先，提档不生效", "a veto stands against the promotion")
_MOVED = Text("等次由“{earned}”调整为“{final}”", 'the grade moves from "{earned}" to "{final}"')
_NONE = Text("等次由“{earned}”调整为不定等次", 'the grade "{earned}" is taken away: not graded')
_UNCHANGED = Text("未改变等次，仍为“{final}”", 'the grade does not change: "{final}"')
_REFILLED = Text("空出的名额递补给下一名", "the place it frees goes to the next")


def move_lines(graded: Graded, row: int) -> Iterator[Text]:
    """Every reason for moving the grade of a unit, and what they make of it together."""
    own = graded.reasons[row]
    yield from (_reason(one, graded, row) for one in own)
    yield from _together(own)
    earned, final = int(graded.earned[row]), int(graded.grade[row])
    names = {"earned": graded.called(earned), "final": graded.called(final)}
    if final != earned:
        said = (_NONE if final == NOT_GRADED else _MOVED).format(**names)
        refilled = graded.apart[row] and any(block.refill for block in vetoes(own)) and _has_seats(graded, row)
        yield joined([said, _REFILLED if refilled else NOTHING])
    elif any(one.in_force for one in own):
        yield _UNCHANGED.format(**names)


def unrecorded_said(one: Reason, graded: Graded, row: int) -> Text:
    """A reason without a record: a bonus that lifts the grade, or a node that falls short."""
    when = one.block.when if isinstance(one.block, Veto) else None
    if when is None:
        return _BY_BONUS
    node = graded.basis.nodes[when.node]
    line = show(when.below.of(node.full[row]))
    return _SHORT.format(name=node.node.name, points=show(node.points[row]), line=line)


def _reason(one: Reason, graded: Graded, row: int) -> Text:
    values = {"title": _title(one.block, graded.scale), "effect": _effect(one.block, graded.scale)}
    if one.move is None:
        return _REASON.format(ground=unrecorded_said(one, graded, row), force=NOTHING, **values)
    force = _DECIDED if one.move.decision else _BY_ITSELF if one.in_force else _PENDING
    said = force.format(body=one.move.body, decision=one.move.decision)
    return _REASON.format(ground=one.move.ground, force=said, **values)


def _title(block: Veto | Promotion, scale: Scale) -> Text:
    """What people call it, by its effect."""
    if not isinstance(block.effect, ToGrade):
        return _TITLES.get(block.effect, _VETO)
    if isinstance(block, Promotion):
        return _LIFT
    return _VETO if block.effect.to == scale.grades[-1].name else _TITLES["down_one"]


def _effect(block: Veto | Promotion, scale: Scale) -> Text:
    grades = {"best": scale.grades[0].name, "lowest": scale.grades[-1].name}
    if not isinstance(block.effect, ToGrade):
        return _EFFECTS[block.effect].format(**grades)
    if isinstance(block, Promotion):
        return _NOT_BELOW.format(to=block.effect.to)
    word = _EFFECTS["lowest"] if block.effect.to == grades["lowest"] else _NOT_ABOVE
    return word.format(to=block.effect.to, **grades)


def _together(own: Sequence[Reason]) -> Iterator[Text]:
    """That several reasons count once, and that a veto cancels promotions."""
    lifts = [one for one in own if one.in_force and isinstance(one.block, Promotion)]
    counting = [one for one in lifts if one.block in promotions(own)]
    if sum(one.in_force and isinstance(one.block, Veto) for one in own) > 1:
        yield _LOWERED_ONCE
    if len(counting) > 1:
        yield _LIFTED_ONCE
    if len(counting) < len(lifts):
        yield _CANCELLED


def _has_seats(graded: Graded, row: int) -> bool:
    return bool(graded.place[row]) and graded.scale.grades[int(graded.earned[row])].quota is not None
