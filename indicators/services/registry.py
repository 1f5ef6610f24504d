"""What the office looks up elsewhere and enters by hand: outside series, last year's results, factors of units."""

from __future__ import annotations

from collections.abc import Collection

from evaluation.actor import Actor
from evaluation.models import EvaluatedUnit
from evaluation.rules.registers import open_now
from evaluation.services.registry import Seen, put
from evaluation.verdict import Verdict
from indicators.models import LastResult, Series, UnitFactor


def keep_series(row: Series, fields: Collection[str], *, actor: Actor, seen: Seen | None = None) -> bool:
    """Enter or change an outside figure of a cycle that is not past scoring."""

    def guard(old: Series | None, new: Series) -> Verdict:
        return open_now((old or new).cycle_id)

    key = f"{row.cycle.code}/{row.code}"
    return put(row, fields, actor=actor, key=key, guard=guard, inside=[row.cycle_id], seen=seen)


def keep_last_result(row: LastResult, fields: Collection[str], *, actor: Actor, seen: Seen | None = None) -> bool:
    """Enter or change how a unit stood last year, while its cycle is not past scoring."""
    return _keep(row, fields, _key(row), actor, seen)


def keep_factor(row: UnitFactor, fields: Collection[str], *, actor: Actor, seen: Seen | None = None) -> bool:
    """Enter or change a factor of a unit, while its cycle is not past scoring."""
    return _keep(row, fields, f"{_key(row)}/{row.code}", actor, seen)


def _keep(row: LastResult | UnitFactor, fields: Collection[str], key: str, actor: Actor, seen: Seen | None) -> bool:
    cycle = row.evaluated_unit.cycle_id
    return put(row, fields, actor=actor, key=key, guard=_open, reach=_of_its_unit, inside=[cycle], seen=seen)


def _open(old: LastResult | UnitFactor | None, new: LastResult | UnitFactor) -> Verdict:
    return open_now((old or new).evaluated_unit.cycle_id)


def _of_its_unit(old: LastResult | UnitFactor | None, new: LastResult | UnitFactor) -> Collection[int]:
    """Asked of the database under the lock: the unit may have been moved since the row was looked at."""
    units = {one.evaluated_unit_id for one in (old, new) if one is not None}
    return set(EvaluatedUnit.objects.filter(pk__in=units).values_list("category_id", flat=True))


def _key(row: LastResult | UnitFactor) -> str:
    return f"{row.evaluated_unit.cycle.code}/{row.evaluated_unit.unit.code}"
