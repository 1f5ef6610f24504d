"""The peer that most people would take: pandas with floats, from a table of facts or from one column per leaf."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from engine.facts import Facts, Key, Status

_RULES = ("judged", "ratio", "less is better", "steps")
_FULL = 10.0


class Frames(NamedTuple):
    """The same facts: as rows of unit and leaf, and as columns; the leaves and the units beside them."""

    rows: pd.DataFrame
    columns: Mapping[str, pd.DataFrame]
    leaves: pd.DataFrame
    units: pd.DataFrame


def frames_of(facts: Facts, leaves: int) -> Frames:
    """A value is NaN where there is none; a missing one and one that does not apply differ in `applies`."""
    one = facts.sets["all"]
    codes = [unit.code for unit in one.units]
    columns: dict[str, dict[str, np.ndarray]] = {"value": {}, "target": {}, "applies": {}}
    for number in range(leaves):
        actual = one.columns[Key(f"l{number}", "actual", "actual")]
        target = one.columns.get(Key(f"l{number}", "actual", "target"))
        columns["value"][f"l{number}"] = np.where(actual.status == Status.GIVEN, actual.values.num / 100, np.nan)
        columns["target"][f"l{number}"] = target.values.num / 100 if target else np.full(len(codes), np.nan)
        columns["applies"][f"l{number}"] = actual.status != Status.NOT_APPLICABLE
    wide = {name: pd.DataFrame(one, index=codes) for name, one in columns.items()}
    rows = pd.concat(
        [pd.DataFrame({"unit": codes, "leaf": leaf} | {name: one[leaf] for name, one in columns.items()})
         for leaf in columns["value"]],
        ignore_index=True,
    )  # fmt: skip
    leaf_table = pd.DataFrame({"leaf": list(columns["value"]), "rule": [_RULES[n % 4] for n in range(leaves)]})
    leaf_table["full"] = _FULL
    units = pd.DataFrame({"category": [unit.category for unit in one.units]}, index=codes)
    return Frames(rows, wide, leaf_table, units)


def by_rows(frames: Frames) -> tuple[pd.Series, pd.Series]:
    """Totals and places from the table of facts as it comes from a workbook or a database."""
    facts = frames.rows.merge(frames.leaves, on="leaf")
    share = facts.value / facts.target
    facts["points"] = np.select(
        [facts.rule == "judged", facts.rule == "ratio", facts.rule == "less is better"],
        [
            facts.value,
            (share * facts.full).clip(upper=facts.full),
            (facts.target / facts.value * facts.full).clip(upper=facts.full),
        ],
        np.select([share >= 1, share >= 0.9], [10, 8], 0),
    )
    facts["points"] = half_up(facts.points).where(facts.value.notna(), 0)
    facts["stake"] = facts.full.where(facts.applies, 0)
    sums = facts.groupby("unit")[["points", "stake"]].sum()
    return _placed(half_up(sums.points * frames.leaves.full.sum() / sums.stake), frames.units)


def by_columns(frames: Frames) -> tuple[pd.Series, pd.Series]:
    """Totals and places from frames of one column per leaf, prepared beforehand."""
    value, target, applies = (frames.columns[name] for name in ("value", "target", "applies"))
    points = {}
    for leaf, rule in zip(frames.leaves.leaf, frames.leaves.rule, strict=True):
        share = value[leaf] / target[leaf]
        if rule == "judged":
            points[leaf] = value[leaf]
        elif rule == "ratio":
            points[leaf] = half_up((share * _FULL).clip(upper=_FULL))
        elif rule == "less is better":
            points[leaf] = half_up((target[leaf] / value[leaf] * _FULL).clip(upper=_FULL))
        else:
            points[leaf] = pd.Series(np.select([share >= 1, share >= 0.9], [10, 8], 0), index=share.index)
    total = pd.DataFrame(points).where(value.notna(), 0).sum(axis=1)
    stake = applies.sum(axis=1) * _FULL
    return _placed(half_up(total * frames.leaves.full.sum() / stake), frames.units)


def half_up(numbers: pd.Series) -> pd.Series:
    """Two places, as one rounds half up with floats."""
    return np.floor(numbers * 100 + 0.5) / 100


def _placed(total: pd.Series, units: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    places = total.groupby(units.category).rank(method="min", ascending=False)
    return total.reindex(units.index), places.reindex(units.index)


def wrong(found: tuple[pd.Series, pd.Series], totals: list[int], places: list[int]) -> tuple[int, int]:
    """How many totals (in hundredths) and places differ from the exact ones."""
    total, place = found
    return int((np.rint(total * 100) != totals).sum()), int((place != places).sum())
