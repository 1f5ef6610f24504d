"""Facts → canonical text and packed columns, and back: what a run read, to the last bit.

The head is JSON with one spelling; it says which columns follow. Each column is one big-endian int64 for each row,
scaled by 10^decimals, then one byte for each row: its status. Columns of which nothing is known are left out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from engine.calendar import Calendar
from engine.exact import Exact
from engine.facts import (
    Claim,
    Column,
    Delay,
    EvaluatedUnit,
    Facts,
    Key,
    LastResult,
    Move,
    OtherResult,
    OwnRows,
    Person,
    SetFacts,
    Source,
    Status,
    Tally,
)
from evaluation.fields import written
from evaluation.services.audit import canonical

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Frozen:
    """Facts as they are kept."""

    head: str
    columns: bytes

    @property
    def sha256(self) -> str:
        """The hash that a run is known by, together with that of its scheme."""
        return hashlib.sha256(self.head.encode() + b"\n" + self.columns).hexdigest()


def freeze(facts: Facts) -> Frozen:
    """The facts, in one spelling however they were put together."""
    packer = _Packer()
    sets = {code: _set(known, packer) for code, known in sorted(facts.sets.items())}
    head = {
        "format": FORMAT,
        "sets": sets,
        "series": {code: _fraction(value) for code, value in facts.series.items()},
        "bonuses": [_claim(one) for one in sorted(facts.bonuses, key=_order)],
        "deductions": [_claim(one) for one in sorted(facts.deductions, key=_order)],
        "moves": [[m.unit, m.ground, m.body, m.decision] for m in sorted(facts.moves)],
        "last_results": {
            unit: [_decimal(one.total), one.place, one.grade, one.members] for unit, one in facts.last_results.items()
        },
        "other_results": [
            [unit, code, _decimal(one.total), _decimal(one.full), one.grade]
            for (unit, code), one in sorted(facts.other_results.items())
        ],
        "factors": [[unit, code, _fraction(value)] for (unit, code), value in sorted(facts.factors.items())],
        "off": sorted(day.isoformat() for day in facts.calendar.off),
        "working": sorted(day.isoformat() for day in facts.calendar.working),
        "pools": {code: written(amount) for code, amount in facts.pools.items()},
        "persons": {
            unit: [[one.code, one.name, written(one.coefficient)] for one in persons]
            for unit, persons in facts.persons.items()
        },
        "sources": [[*key, one.document, one.reason] for key, one in sorted(facts.sources.items())],
    }
    return Frozen(canonical(head), packer.bytes())


def _order(claim: Claim) -> tuple[str, ...]:
    return *claim.order, claim.role


def _fraction(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else written(value)


class _Packer:
    """Columns one after the other."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def put(self, column: Column, decimals: int) -> None:
        """One column, its values scaled so."""
        scale = 10**decimals
        den = column.values.den
        assert isinstance(den, int), "facts have one scale in a column"
        assert scale % den == 0
        num = np.where(column.status == Status.GIVEN, column.values.num, 0) * (scale // den)
        self.parts += [num.astype(">i8").tobytes(), column.status.astype("i1").tobytes()]

    def bytes(self) -> bytes:
        return b"".join(self.parts)


def _decimals(column: Column) -> int:
    assert isinstance(column.values.den, int)
    return len(str(column.values.den)) - 1


def _known(column: Column) -> bool:
    return bool((column.status != Status.MISSING).any())


def _set(known: SetFacts, packer: _Packer) -> dict[str, Any]:
    columns = []
    for key in sorted(key for key, column in known.columns.items() if _known(column)):
        decimals = _decimals(known.columns[key])
        packer.put(known.columns[key], decimals)
        columns.append([*key, decimals])
    return {
        "units": [_unit(unit) for unit in known.units],
        "columns": columns,
        "own": {code: _own(rows, packer) for code, rows in sorted(known.own.items()) if len(rows.code)},
        "tallies": {code: _tally(tally, known) for code, tally in known.tallies.items()},
    }


def _unit(unit: EvaluatedUnit) -> list[Any]:
    who = [unit.code, unit.name, unit.category, unit.leader, unit.listed_separately, sorted(unit.groups)]
    return [*who, unit.headcount, unit.parent]


def _own(rows: OwnRows, packer: _Packer) -> dict[str, Any]:
    listed = [
        [int(unit), *rest]
        for unit, *rest in zip(
            rows.unit, rows.code, rows.name, map(_fraction, rows.full.fractions()), rows.rule, rows.role, rows.measure,
            strict=True,
        )
    ]  # fmt: skip
    columns = []
    for source in sorted(source for source, column in rows.columns.items() if _known(column)):
        decimals = _decimals(rows.columns[source])
        packer.put(rows.columns[source], decimals)
        columns.append([source, decimals])
    return {"rows": listed, "columns": columns}


def _tally(tally: Tally, known: SetFacts) -> dict[str, Any]:
    """The answers that got votes, in the order of the panel."""
    at = [number for number in range(len(tally.answers)) if tally.counts[:, number].any()]
    used = [tally.answers[number] for number in at]
    listed = [row for row in range(len(known.units)) if tally.listed[row]]
    return {"answers": used, "counts": {known.units[row].code: tally.counts[row, at].tolist() for row in listed}}


def _claim(claim: Claim) -> list[Any]:
    delay = claim.delay
    return [
        claim.unit, claim.standard, claim.level, claim.matter, claim.document,
        claim.day.isoformat() if claim.day else None, claim.body, claim.decision, claim.role, _decimal(claim.above),
        [delay.due.isoformat(), delay.done.isoformat(), delay.excused] if delay else None,
    ]  # fmt: skip


# Back.


def thaw(frozen: Frozen) -> Facts:
    """The facts that were frozen."""
    head = json.loads(frozen.head)
    if head["format"] != FORMAT:
        raise ValueError(f"a snapshot of format {head['format']}; this version reads format {FORMAT}")
    reader = _Reader(frozen.columns)
    return Facts(
        sets={code: reader.set_of(known) for code, known in sorted(head["sets"].items())},
        series={code: Fraction(value) for code, value in head["series"].items()},
        bonuses=tuple(map(_claim_back, head["bonuses"])),
        deductions=tuple(map(_claim_back, head["deductions"])),
        moves=tuple(Move(*one) for one in head["moves"]),
        last_results={
            unit: LastResult(_decimal_back(total), place, grade, members)
            for unit, (total, place, grade, members) in head["last_results"].items()
        },
        other_results={
            (unit, code): OtherResult(_decimal_back(total), _decimal_back(full), grade)
            for unit, code, total, full, grade in head["other_results"]
        },
        factors={(unit, code): Fraction(value) for unit, code, value in head["factors"]},
        calendar=Calendar(*(frozenset(map(date.fromisoformat, head[key])) for key in ("off", "working"))),
        pools={code: Decimal(amount) for code, amount in head["pools"].items()},
        persons={
            unit: tuple(Person(code, name, Decimal(coefficient)) for code, name, coefficient in persons)
            for unit, persons in head["persons"].items()
        },
        sources={
            (unit, place, fact): Source(document, reason) for unit, place, fact, document, reason in head["sources"]
        },
    )


def _decimal_back(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _claim_back(said: list[Any]) -> Claim:
    unit, standard, level, matter, document, day, body, decision, role, above, delay = said
    when = Delay(datetime.fromisoformat(delay[0]), datetime.fromisoformat(delay[1]), delay[2]) if delay else None
    on = date.fromisoformat(day) if day else None
    who = (unit, standard, level, matter, document)
    return Claim(*who, on, body, decision, role, _decimal_back(above), when)


class _Reader:
    """Takes columns off the packed bytes, in the order of the head."""

    def __init__(self, packed: bytes) -> None:
        self.packed, self.at = memoryview(packed), 0

    def column(self, rows: int, decimals: int) -> Column:
        values = np.frombuffer(self.packed, ">i8", rows, self.at).astype(np.int64)
        status = np.frombuffer(self.packed, "i1", rows, self.at + 8 * rows).astype(np.int8)
        self.at += 9 * rows
        return Column(Exact(values, 10**decimals), status)

    def set_of(self, known: Mapping[str, Any]) -> SetFacts:
        units = tuple(_unit_back(one) for one in known["units"])
        columns = {Key(*key): self.column(len(units), decimals) for *key, decimals in known["columns"]}
        own = {code: self.own(rows) for code, rows in sorted(known["own"].items())}
        tallies = {code: _tally_back(tally, units) for code, tally in known["tallies"].items()}
        return SetFacts(units, columns, own, tallies)

    def own(self, known: Mapping[str, Any]) -> OwnRows:
        rows = known["rows"]
        unit, code, name, full, rule, role, measure = zip(*rows, strict=True)
        columns = {source: self.column(len(rows), decimals) for source, decimals in known["columns"]}
        exact = Exact.of(map(Fraction, full))
        return OwnRows(np.array(unit, dtype=np.intp), code, name, exact, rule, role, measure, columns)


def _unit_back(said: list[Any]) -> EvaluatedUnit:
    code, name, category, leader, listed, groups, headcount, parent = said
    return EvaluatedUnit(code, name, category, leader, listed, frozenset(groups), headcount, parent)


def _tally_back(said: Mapping[str, Any], units: tuple[EvaluatedUnit, ...]) -> Tally:
    answers, counts = tuple(said["answers"]), said["counts"]
    table = np.array([counts.get(unit.code, [0] * len(answers)) for unit in units], dtype=np.int64)
    listed = np.array([unit.code in counts for unit in units], dtype=bool)
    return Tally(answers, table.reshape(len(units), len(answers)), listed)
