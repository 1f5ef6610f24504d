"""What a result brings: by grade, by band of the ranking, by places gained."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from engine.facts import LastResult
from engine.integers import whole
from engine.language.model import Evaluation
from engine.language.uses import Band, Use
from engine.score.context import Context
from engine.score.result import SetResult


def uses(
    result: SetResult, evaluation: Evaluation, last: Mapping[str, LastResult], context: Context
) -> dict[str, list[str | None]]:
    """Per use and unit what it brings; None where it brings nothing.

    Where both count, a grade goes before a place. What goes by rank does not reach units listed separately.
    """
    found: dict[str, list[str | None]] = {}
    for use in evaluation.use:
        if use.only_for in (None, result.plan.code):
            given = _given(use, result, evaluation, last, context)
            found[use.code] = [
                use.otherwise if one is None and (ranked or not (use.by_rank or use.by_rise)) else one
                for one, ranked in zip(given, context.ranked, strict=True)
            ]
    return found


def _given(
    use: Use, result: SetResult, evaluation: Evaluation, last: Mapping[str, LastResult], context: Context
) -> list[str | None]:
    if use.by_rise is not None:
        return _by_rise(use.by_rise, result, last, context)
    of_grade = [(use.by_grade or {}).get(result.main.final(row).zh) for row in range(len(context))]
    of_place = _by_rank(use.by_rank or (), result, context)
    return [grade if grade is not None else place for grade, place in zip(of_grade, of_place, strict=True)]


def extent(band: Band, members: int) -> int:
    """How many units a band has of so many: a number, or a share rounded as the band says."""
    size = band.first or band.last
    return 0 if size is None else whole(size.of(Fraction(members)), band.rounding or "down")


def _by_rank(bands: tuple[Band, ...], result: SetResult, context: Context) -> list[str | None]:
    """Bands are counted inwards from both ends, in the order written; the first that holds a place counts."""
    found: list[str | None] = [None] * len(context)
    for category in range(context.categories):
        rows = np.flatnonzero((context.category == category) & context.ranked)
        places = result.place[rows]
        ordered = np.sort(places)
        better = np.searchsorted(ordered, places, side="left")
        worse = len(rows) - np.searchsorted(ordered, places, side="right")
        taken_above = taken_below = 0
        for band in bands:
            size = extent(band, len(rows))
            ahead, start = (better, taken_above) if band.first else (worse, taken_below)
            for row in rows[(start <= ahead) & (ahead < start + size)]:
                found[row] = band.gives if found[row] is None else found[row]
            if band.first:
                taken_above += size
            else:
                taken_below += size
    return found


def _by_rise(band: Band, result: SetResult, last: Mapping[str, LastResult], context: Context) -> list[str | None]:
    """The units that gained most places inside their category, all of equal gain together; no gain, no award."""
    found: list[str | None] = [None] * len(context)
    for category in range(context.categories):
        rows = np.flatnonzero((context.category == category) & context.ranked)
        gains = {int(row): gain for row in rows if (gain := _gain(int(row), result, last)) > 0}
        rising = sorted(gains.values())
        for row, gain in gains.items():
            if len(rising) - bisect_right(rising, gain) < extent(band, len(rows)):
                found[row] = band.gives
    return found


def _gain(row: int, result: SetResult, last: Mapping[str, LastResult]) -> int:
    before = last.get(result.units[row].code)
    return before.place - int(result.place[row]) if before and before.place else 0
