"""Facts taken apart by category, so that what has not changed is kept once, and put together again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.exact import Exact, Rows
from engine.facts import Claim, Column, EvaluatedUnit, Facts, Move, OwnRows, SetFacts, Status, Tally, in_one_order

Of = TypeVar("Of", Claim, Move)
K = TypeVar("K")
V = TypeVar("V")


def split(facts: Facts) -> tuple[Facts, dict[str, Facts]]:
    """What holds for the whole evaluation, and what is known of the units of each category, by its code.

    Deductions that units share by their parts in a matter hold for all: the share of one depends on the others.
    """
    home = {unit.code: unit.category for known in facts.sets.values() for unit in known.units}

    def listed(rows: Iterable[Of]) -> Mapping[str, list[Of]]:
        found: dict[str, list[Of]] = defaultdict(list)
        for row in rows:
            found[home[row.unit]].append(row)
        return found

    def told(rows: Mapping[K, V], unit_of: Callable[[K], str]) -> Mapping[str, dict[K, V]]:
        found: dict[str, dict[K, V]] = defaultdict(dict)
        for key, value in rows.items():
            found[home[unit_of(key)]][key] = value
        return found

    bonuses, moves = listed(facts.bonuses), listed(facts.moves)
    deductions = listed(one for one in facts.deductions if not one.role)
    last, persons = told(facts.last_results, str), told(facts.persons, str)
    others, factors = told(facts.other_results, itemgetter(0)), told(facts.factors, itemgetter(0))
    sources = told(facts.sources, itemgetter(0))
    parts = {
        category: Facts(
            sets={set_code: _rows_of(known, rows)},
            bonuses=tuple(bonuses[category]), deductions=tuple(deductions[category]), moves=tuple(moves[category]),
            last_results=last[category], other_results=others[category], factors=factors[category],
            persons=persons[category], sources=sources[category],
        )
        for set_code, known in facts.sets.items()
        for category, rows in _rows_by_category(known.units).items()
    }  # fmt: skip
    common = Facts(
        sets={}, series=facts.series, calendar=facts.calendar, pools=facts.pools,
        deductions=tuple(one for one in facts.deductions if one.role),
    )  # fmt: skip
    return common, parts


def _rows_by_category(units: Sequence[EvaluatedUnit]) -> dict[str, Rows]:
    found: dict[str, list[int]] = defaultdict(list)
    for row, unit in enumerate(units):
        found[unit.category].append(row)
    return {category: np.array(rows, dtype=np.intp) for category, rows in found.items()}


def _rows_of(known: SetFacts, rows: Rows) -> SetFacts:
    """Some rows of a set."""
    return SetFacts(
        units=tuple(known.units[row] for row in rows),
        columns={key: _taken(column, rows) for key, column in known.columns.items()},
        own={node: _own_of(one, rows) for node, one in known.own.items()},
        tallies={
            node: Tally(one.answers, one.counts[rows], one.listed[rows]) for node, one in known.tallies.items()
        },
    )  # fmt: skip


def _taken(column: Column, rows: Rows) -> Column:
    return Column(column.values.take(rows), column.status[rows])


def _own_of(own: OwnRows, units: Rows) -> OwnRows:
    """The own indicators of some units, which count from 0."""
    rows = np.flatnonzero(np.isin(own.unit, units))
    said = {name: tuple(getattr(own, name)[row] for row in rows) for name in _OWN_WORDS}
    columns = {source: _taken(column, rows) for source, column in own.columns.items()}
    return OwnRows(unit=np.searchsorted(units, own.unit[rows]), full=own.full.take(rows), columns=columns, **said)


_OWN_WORDS = ("code", "name", "rule", "role", "measure")


# Together again.


def join(common: Facts, parts: Sequence[Facts]) -> Facts:
    """The facts that were taken apart."""
    sets: dict[str, list[SetFacts]] = defaultdict(list)
    for part in parts:
        for code, known in part.sets.items():
            sets[code].append(known)
    together: dict[str, Any] = {
        name: {key: value for part in parts for key, value in getattr(part, name).items()}
        for name in ("last_results", "other_results", "factors", "persons", "sources")
    }
    for name in ("bonuses", "deductions"):
        claims = [one for part in (common, *parts) for one in getattr(part, name)]
        together[name] = tuple(sorted(claims, key=_order))
    together["moves"] = tuple(sorted(move for part in parts for move in part.moves))
    return replace(common, sets={code: _joined(known) for code, known in sorted(sets.items())}, **together)


def _order(claim: Claim) -> tuple[str, ...]:
    return claim.order


def _joined(pieces: Sequence[SetFacts]) -> SetFacts:
    """One set from its categories, its units by code again."""
    units = [unit for piece in pieces for unit in piece.units]
    order = np.array(sorted(range(len(units)), key=lambda row: units[row].code), dtype=np.intp)
    sizes = [len(piece.units) for piece in pieces]
    keys = dict.fromkeys(key for piece in pieces for key in piece.columns)
    nodes = dict.fromkeys(node for piece in pieces for node in piece.own)
    panels = dict.fromkeys(node for piece in pieces for node in piece.tallies)
    return SetFacts(
        units=tuple(units[row] for row in order),
        columns={key: _column([piece.columns.get(key) for piece in pieces], sizes, order) for key in keys},
        own={node: _own([piece.own.get(node) for piece in pieces], sizes, order) for node in nodes},
        tallies={node: _tally([piece.tallies.get(node) for piece in pieces], sizes, order) for node in panels},
    )


def _column(pieces: Sequence[Column | None], sizes: Sequence[int], order: Rows) -> Column:
    den = max(_den(piece.values) for piece in pieces if piece is not None)
    values = [
        np.zeros(size, dtype=np.int64) if piece is None else piece.values.num * (den // _den(piece.values))
        for piece, size in zip(pieces, sizes, strict=True)
    ]
    status = [
        np.full(size, Status.MISSING, dtype=np.int8) if piece is None else piece.status
        for piece, size in zip(pieces, sizes, strict=True)
    ]
    return Column(Exact(np.concatenate(values)[order], den), np.concatenate(status)[order])


def _den(values: Exact) -> int:
    assert isinstance(values.den, int), "facts have one scale in a column"
    return values.den


def _own(pieces: Sequence[OwnRows | None], sizes: Sequence[int], order: Rows) -> OwnRows:
    starts = np.cumsum([0, *sizes[:-1]])
    seat = np.argsort(order)
    there = [(piece, start) for piece, start in zip(pieces, starts, strict=True) if piece is not None]
    unit = np.concatenate([seat[piece.unit + start] for piece, start in there])
    rows = np.argsort(unit, kind="stable")
    said = {name: [word for piece, _ in there for word in getattr(piece, name)] for name in _OWN_WORDS}
    full = [value for piece, _ in there for value in piece.full.fractions()]
    lengths = [len(piece.code) for piece, _ in there]
    sources = dict.fromkeys(source for piece, _ in there for source in piece.columns)
    return OwnRows(
        unit=unit[rows],
        full=Exact.of(full[row] for row in rows),
        columns={
            source: _column([piece.columns.get(source) for piece, _ in there], lengths, rows) for source in sources
        },
        **{name: tuple(words[row] for row in rows) for name, words in said.items()},
    )


def _tally(pieces: Sequence[Tally | None], sizes: Sequence[int], order: Rows) -> Tally:
    answers = in_one_order([piece.answers for piece in pieces if piece is not None])
    at = {answer: number for number, answer in enumerate(answers)}
    counts: list[NDArray[np.int64]] = []
    for piece, size in zip(pieces, sizes, strict=True):
        table = np.zeros((size, len(answers)), dtype=np.int64)
        if piece is not None:
            table[:, [at[answer] for answer in piece.answers]] = piece.counts
        counts.append(table)
    listed = [
        np.zeros(size, dtype=bool) if piece is None else piece.listed for piece, size in zip(pieces, sizes, strict=True)
    ]
    return Tally(answers, np.concatenate(counts)[order], np.concatenate(listed)[order])
