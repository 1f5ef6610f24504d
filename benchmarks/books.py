"""The peer with a table at hand: pandas with floats, from the fact workbook to a workbook of results."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from benchmarks.frames import half_up

_UNIT, _LEAF, _CATEGORY, _VALUE, _TARGET = "单位代码", "指标代码", "类别", "数值", "目标值"
_FULL, _PANEL_FULL, _KINDS = 10.0, 100.0, 10
_TIERS = {"好": 100, "较好": 90, "一般": 80}
_NOT_APPLICABLE = "不涉及"


def by_workbook(source: Path, out: Path, leaves: int, engine: Literal["openpyxl", "calamine"]) -> pd.DataFrame:
    """Read the facts, score them, write points, totals, places and grades; returns what was written of the totals."""
    book = pd.read_excel(source, sheet_name=None, engine=engine)
    units, facts = book["单位"].set_index(_UNIT), _facts(book)
    facts["points"] = _points(facts)
    points = facts.pivot(index=_UNIT, columns=_LEAF, values="points")
    points = points.reindex(index=units.index, columns=[f"l{n}" for n in range(leaves)]).fillna(0)
    votes = book["测评汇总"].pivot(index=_UNIT, columns="评价", values="票数").reindex(units.index).fillna(0)
    points["leaders"] = half_up((votes * pd.Series(_TIERS)).sum(axis=1) / votes.sum(axis=1))
    full = leaves * _FULL + _PANEL_FULL
    away = facts.loc[~facts.applies, _UNIT].value_counts().reindex(units.index).fillna(0)
    results = units.copy()
    results["total"] = half_up(points.sum(axis=1) * full / (full - away * _FULL))
    results["place"] = results.groupby(_CATEGORY).total.rank(method="min", ascending=False).astype(int)
    results["grade"] = np.where(results.total >= full * 0.9, "优秀", "合格")
    with pd.ExcelWriter(out) as writer:
        results.to_excel(writer, sheet_name="名次")
        points.to_excel(writer, sheet_name="得分")
    return results


def results_of(results: pd.DataFrame) -> dict[str, tuple[float, int]]:
    """By unit the total and the place."""
    return {str(row.Index): (row.total, row.place) for row in results.itertuples()}


def _facts(book: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """One row per reading, with the category and the target beside it."""
    facts = book["采集数据"].merge(book["单位"][[_UNIT, _CATEGORY]], on=_UNIT)
    facts = facts.merge(book["目标与基数"][[_UNIT, _LEAF, _TARGET]], on=[_UNIT, _LEAF], how="left")
    facts["applies"] = facts[_VALUE] != _NOT_APPLICABLE
    facts[_VALUE] = pd.to_numeric(facts[_VALUE], errors="coerce")
    return facts


def _points(facts: pd.DataFrame) -> pd.Series:
    """The ten rules of `mixed`, a column for each and one chosen."""
    value, target = facts[_VALUE], facts[_TARGET]
    among = facts.groupby([_LEAF, _CATEGORY])[_VALUE]
    best, worst, members = among.transform("max"), among.transform("min"), among.transform("count")
    place, away = among.rank(method="min", ascending=False), value - among.transform("mean")
    kind = facts[_LEAF].str[1:].astype(int) % _KINDS
    rules = [
        value,
        value / target * _FULL,
        (target / value * _FULL).where(value > 0, _FULL),
        np.select([value / target >= 1, value / target >= 0.9], [10.0, 8.0], 0.0),
        (8 + np.sign(away) * np.floor(away.abs() / 100) * 0.1).clip(lower=5),
        (6 + (value - worst) * 4 / (best - worst)).where(best > worst, _FULL),
        (value / best * _FULL).where(best > 0, 0),
        11 - place.clip(upper=6),
        10 - (place - 1) * 4 / (members - 1).clip(lower=1),
        value / 5000,
    ]
    chosen = np.select([kind == number for number in range(_KINDS)], rules)
    return half_up(pd.Series(chosen, index=facts.index).clip(0, _FULL)).where(value.notna(), 0)
