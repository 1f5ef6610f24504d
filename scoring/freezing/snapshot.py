"""Facts → canonical text and packed columns, and back: what a run read, to the last bit.

What holds for the whole evaluation is kept apart from what is known of the units of each category, so that a run that
reads one category anew shares all others with the run before it. A snapshot's head has the first and the hash of each
of the second. A category is JSON with one spelling, which says which columns follow. Each column is one big-endian
integer for each row, scaled by 10^decimals, then one byte for each row: its status. Columns of which nothing is known
are left out.

The first format had one head for everything and eight bytes for every integer; runs of that time are still read.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
from scoring.freezing.parts import join, split

FIRST_FORMAT, FORMAT = 1, 2
_KEY = len(Key._fields)


@dataclass(frozen=True, slots=True)
class FrozenCategory:
    """What is known of the units of one category, as it is kept: canonical text, and packed columns."""

    head: str
    columns: bytes

    @property
    def sha256(self) -> str:
        return _sha256(self.head, self.columns)


@dataclass(frozen=True, slots=True)
class Frozen:
    """Facts as they are kept: what holds for all as canonical text, each category apart, by its code."""

    common: str
    parts: Mapping[str, FrozenCategory]

    @property
    def head(self) -> str:
        return head_of(self.common, {code: part.sha256 for code, part in self.parts.items()})

    @property
    def sha256(self) -> str:
        """The hash that a run is known by, together with that of its scheme."""
        return sha256_of(self.head)


def head_of(common: str, parts: Mapping[str, str]) -> str:
    """The head of a snapshot: what holds for all, and the hash of each category; it vouches for everything."""
    return canonical({"format": FORMAT, "common": json.loads(common), "parts": dict(parts)})


def sha256_of(head: str, columns: bytes = b"") -> str:
    """The hash of a snapshot with this head; only the first format has columns of its own."""
    return _sha256(head, columns)


def _sha256(head: str, columns: bytes) -> str:
    return hashlib.sha256(head.encode() + b"\n" + columns).hexdigest()


def freeze(facts: Facts) -> Frozen:
    """The facts, in one spelling however they were put together."""
    common, parts = split(facts)
    return Frozen(
        canonical(_said(common, _Packer())), {code: freeze_category(part) for code, part in sorted(parts.items())}
    )


def freeze_category(part: Facts) -> FrozenCategory:
    """What is known of the units of one category, in one spelling."""
    packer = _Packer()
    return FrozenCategory(canonical(_said(part, packer)), packer.bytes())


def first_sha256_of(facts: Facts) -> str:
    """The hash that a run of the first format is known by, which kept the facts of all categories in one."""
    packer = _FirstPacker()
    return _sha256(canonical({"format": FIRST_FORMAT, **_everything(facts, packer)}), packer.bytes())


def _said(facts: Facts, packer: _Packer) -> dict[str, Any]:
    """Facts as plain data; what there is nothing of is left out."""
    return {key: value for key, value in _everything(facts, packer).items() if value}


def _everything(facts: Facts, packer: _Packer) -> dict[str, Any]:
    return {
        "sets": {code: _set(known, packer) for code, known in sorted(facts.sets.items())},
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

    def put(self, column: Column) -> tuple[int, ...]:
        """One column.

        Returns:
            The decimals that its values are scaled by, and the bytes of each: 1, 2, 4 or 8, as the largest needs.
        """
        num = np.where(column.status == Status.GIVEN, column.values.num, 0)
        width = self.width(num)
        self.parts += [num.astype(f">i{width}").tobytes(), column.status.astype("i1").tobytes()]
        return _decimals(column), width

    def width(self, num: NDArray[np.int64]) -> int:
        size = int(max(-(num.min(initial=0) + 1), num.max(initial=0)))
        return next(one for one in (1, 2, 4, 8) if size < 2 ** (8 * one - 1))

    def bytes(self) -> bytes:
        return b"".join(self.parts)


class _FirstPacker(_Packer):
    """As the first format had it: eight bytes for every number, of which nothing was said."""

    def put(self, column: Column) -> tuple[int, ...]:
        return super().put(column)[:1]

    def width(self, num: NDArray[np.int64]) -> int:
        return 8


def _decimals(column: Column) -> int:
    assert isinstance(column.values.den, int)
    return len(str(column.values.den)) - 1


def _known(column: Column) -> bool:
    return bool((column.status != Status.MISSING).any())


def _set(known: SetFacts, packer: _Packer) -> dict[str, Any]:
    there = sorted(key for key, column in known.columns.items() if _known(column))
    columns = [[*key, *packer.put(known.columns[key])] for key in there]
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
    there = sorted(source for source, column in rows.columns.items() if _known(column))
    columns = [[source, *packer.put(rows.columns[source])] for source in there]
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


def thaw(head: str, parts: Mapping[str, FrozenCategory], columns: bytes = b"") -> Facts:
    """The facts that were frozen.

    Args:
        head: of a snapshot.
        parts: what it vouches for, by the code of the category.
        columns: those of a snapshot of the first format, which has no parts: its head says everything.
    """
    said = json.loads(head)
    if said["format"] == FIRST_FORMAT:
        return _thawed(said, columns)
    if said["format"] != FORMAT:
        raise ValueError(f"a snapshot of format {said['format']}; this version reads formats up to {FORMAT}")
    known = [thaw_category(part) for _, part in sorted(parts.items())]
    return join(_thawed(said["common"], b""), known)


def thaw_category(part: FrozenCategory) -> Facts:
    """What is known of the units of one category."""
    return _thawed(json.loads(part.head), part.columns)


def _thawed(said: Mapping[str, Any], columns: bytes) -> Facts:
    reader = _Reader(columns)
    told: Mapping[str, Any] = defaultdict(dict, said)
    return Facts(
        sets={code: reader.set_of(known) for code, known in sorted(told["sets"].items())},
        series={code: Fraction(value) for code, value in told["series"].items()},
        bonuses=tuple(map(_claim_back, told["bonuses"])),
        deductions=tuple(map(_claim_back, told["deductions"])),
        moves=tuple(Move(*one) for one in told["moves"]),
        last_results={
            unit: LastResult(_decimal_back(total), place, grade, members)
            for unit, (total, place, grade, members) in told["last_results"].items()
        },
        other_results={
            (unit, code): OtherResult(_decimal_back(total), _decimal_back(full), grade)
            for unit, code, total, full, grade in told["other_results"]
        },
        factors={(unit, code): Fraction(value) for unit, code, value in told["factors"]},
        calendar=Calendar(*(frozenset(map(date.fromisoformat, told[key])) for key in ("off", "working"))),
        pools={code: Decimal(amount) for code, amount in told["pools"].items()},
        persons={
            unit: tuple(Person(code, name, Decimal(coefficient)) for code, name, coefficient in persons)
            for unit, persons in told["persons"].items()
        },
        sources={
            (unit, place, fact): Source(document, reason) for unit, place, fact, document, reason in told["sources"]
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

    def column(self, rows: int, decimals: int, width: int = 8) -> Column:
        values = np.frombuffer(self.packed, f">i{width}", rows, self.at).astype(np.int64)
        status = np.frombuffer(self.packed, "i1", rows, self.at + width * rows).astype(np.int8)
        self.at += (width + 1) * rows
        return Column(Exact(values, 10**decimals), status)

    def set_of(self, known: Mapping[str, Any]) -> SetFacts:
        units = tuple(_unit_back(one) for one in known["units"])
        columns = {Key(*one[:_KEY]): self.column(len(units), *one[_KEY:]) for one in known["columns"]}
        own = {code: self.own(rows) for code, rows in sorted(known["own"].items())}
        tallies = {code: _tally_back(tally, units) for code, tally in known["tallies"].items()}
        return SetFacts(units, columns, own, tallies)

    def own(self, known: Mapping[str, Any]) -> OwnRows:
        rows = known["rows"]
        unit, code, name, full, rule, role, measure = zip(*rows, strict=True)
        columns = {source: self.column(len(rows), *how) for source, *how in known["columns"]}
        exact = Exact.of(map(Fraction, full))
        return OwnRows(np.array(unit, dtype=np.intp), code, name, exact, rule, role, measure, columns)


def _unit_back(said: list[Any]) -> EvaluatedUnit:
    code, name, category, leader, listed, groups, headcount, parent = said
    return EvaluatedUnit(code, name, category, leader, listed, frozenset(groups), headcount, parent)


def _tally_back(said: Mapping[str, Any], units: tuple[EvaluatedUnit, ...]) -> Tally:
    answers = tuple(said["answers"])
    votes = {unit: dict(zip(answers, counts, strict=True)) for unit, counts in said["counts"].items()}
    return Tally.of(answers, [votes.get(unit.code) for unit in units])
