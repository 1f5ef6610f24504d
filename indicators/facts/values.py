"""The value of a fact: a scaled integer, or why there is none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from engine.facts import Status
from engine.rules.base import FactSpec
from indicators.facts.cells import NO, NONE, YES, Wrong, number, text
from indicators.tables import Cell

NOT_APPLICABLE = ("不涉及", "n/a")
NOT_DRAWN = ("未抽中", "not drawn")
NOTHING = NONE
_LIKE_NOTHING = ("没有", "没有发生", "未发生", "零", "无发生", "不存在", "nothing", "no such")
_LIKE = {
    NOT_DRAWN[0]: ("未抽", "没抽", "没抽中", "没抽到", "未抽到", "未抽取", "未抽查", "没有抽中", "未被抽中", "undrawn"),
    NOT_APPLICABLE[0]: ("不适用", "未涉及", "无此项", "没有此项", "不参加", "不考核", "na", "n.a.", "not applicable"),
}
_BIGGEST = 2**63 - 1


def read_value(cell: Cell, fact: FactSpec) -> tuple[int, Status]:
    """A cell of the value column → the value scaled by the fact's decimals, and its status.

    Raises:
        Wrong: if it is neither a value of the fact's kind nor one of the words for having none.
    """
    if isinstance(cell, str):
        word = cell.strip().lower()
        if word != cell.lower() and word in (*NOT_APPLICABLE, *NOT_DRAWN, *NOTHING, *YES, *NO):
            text(cell)
        if word in NOT_APPLICABLE:
            return 0, Status.NOT_APPLICABLE
        if word in NOT_DRAWN:
            return 0, Status.NOT_DRAWN
        if word in NOTHING:
            return _nothing(cell, fact), Status.GIVEN
    if fact.kind == "yes_no":
        return _yes_no(cell), Status.GIVEN
    if isinstance(cell, str) and (meant := _meant(cell.strip(), fact)):
        raise Wrong(
            "“{cell}”不是数；是不是“{meant}”？", '"{cell}" is not a number; is it "{meant}"?', cell=cell, meant=meant
        )
    return scaled(number(cell), fact), Status.GIVEN


def _meant(cell: str, fact: FactSpec) -> str:
    """The word that was probably meant by another one."""
    word = cell.lower()
    if word in _LIKE_NOTHING:
        return NOTHING[0] if fact.kind == "count" else NOT_APPLICABLE[0]
    return next((meant for meant, words in _LIKE.items() if word in words), "")


def scaled(value: Decimal, fact: FactSpec) -> int:
    """The value × 10^decimals as an integer."""
    if fact.kind == "count" and value % 1:
        raise Wrong("{value} 是次数，次数应为整数", "{value} is a count and must be a whole number", value=value)
    top, bottom = value.as_integer_ratio()  # Decimal's own arithmetic would cut at 28 digits
    whole, rest = divmod(top * 10**fact.decimals, bottom)
    if rest:
        raise Wrong(
            "{value} 的小数位多于规定的 {places} 位",
            "{value} has more than the {places} decimals of this fact",
            value=value,
            places=fact.decimals,
        )
    if fact.kind == "count" and value < 0:
        raise Wrong("{value} 是次数，不能是负数", "{value} is a count and must not be negative", value=value)
    if abs(whole) > _BIGGEST:
        raise Wrong("{value} 过大", "{value} is too large", value=value)
    return int(whole)


def _nothing(cell: str, fact: FactSpec) -> int:
    if fact.kind != "count":
        raise Wrong(
            "“{cell}”只用于次数；没有这项工作请填 不涉及",
            '"{cell}" is for counts; write n/a where the work does not exist',
            cell=cell,
        )
    return 0


def _yes_no(cell: Cell) -> int:
    if isinstance(cell, bool):
        return int(cell)
    if isinstance(cell, str) and cell.lower() in (*YES, *NO):
        return int(cell.lower() in YES)
    shown = cell.isoformat() if isinstance(cell, date) else cell
    raise Wrong("“{cell}”应填 是、否 或 不涉及", '"{cell}" must be yes, no or n/a', cell=shown)
