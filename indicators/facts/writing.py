"""Facts → the sheets that say them: what is read from these sheets is what was written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from engine.calendar import moment_said
from engine.facts import Claim, Column, EvaluatedUnit, Facts, Key, OwnRows, SetFacts, Source, Status
from engine.language.scheme import EvaluationPlan, Indicator, IndicatorSetPlan
from engine.rules.inputs import ACTUAL
from engine.show import shifted, show
from indicators.facts import sheets
from indicators.facts.cells import NO, NONE, YES
from indicators.facts.extras import OFF, ROLES, WORK
from indicators.facts.values import NOT_APPLICABLE, NOT_DRAWN

Row = dict[str, str]  # by key of the column
Rows = dict[str, list[Row]]  # by key of the sheet

_ABSENT = {Status.NOT_APPLICABLE: NOT_APPLICABLE[0], Status.NOT_DRAWN: NOT_DRAWN[0]}
_ROLE_WORDS = {role: said.zh for said, role in ROLES.items()}


def rows_of(facts: Facts, plan: EvaluationPlan) -> Rows:
    """The rows of every sheet, in the order of units and codes.

    Args:
        facts: what is known; votes are written as counts.
        plan: the evaluation that they belong to.
    """
    found: Rows = {sheet.key: [] for sheet in sheets.SHEETS}
    for one in plan.sets:
        if one.code in facts.sets:
            _Set(one, facts.sets[one.code], facts, found).write()
    for key, rows in _others(facts):
        found[key] = list(rows)
    return found


def csv_files(rows: Rows) -> dict[str, bytes]:
    """One CSV file for each sheet that has rows, by file name: UTF-8, the columns that are used."""
    found = {}
    for sheet in sheets.SHEETS:
        mine = rows[sheet.key]
        if mine:
            keys = [one.key for one in sheet.columns if one.needed or any(row.get(one.key) for row in mine)]
            text = io.StringIO(newline="")
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow([sheet.column(key).title.zh for key in keys])
            writer.writerows([row.get(key, "") for key in keys] for row in mine)
            found[f"{sheet.title.zh}.csv"] = text.getvalue().encode()
    return found


_NO_SOURCE = Source()


def _said(column: Column, kind: str) -> list[str | None]:
    """What the cells of a column say; None where nothing is known."""
    den = column.values.den
    assert isinstance(den, int), "facts have one scale in a column"
    places = len(str(den)) - 1
    yes_no = kind == "yes_no"
    given = Status.GIVEN
    return [
        _ABSENT.get(Status(status)) if status != given else (YES if value else NO)[0] if yes_no
        else shifted(value, places)
        for value, status in zip(column.values.num.tolist(), column.status.tolist(), strict=True)
    ]  # fmt: skip


def _yes(value: bool) -> str:
    return YES[0] if value else ""


class _Set:
    """One indicator set being written."""

    def __init__(self, plan: IndicatorSetPlan, known: SetFacts, facts: Facts, into: Rows) -> None:
        self.plan, self.known, self.facts, self.into = plan, known, facts, into
        self.leaves = {leaf.code: leaf for leaf in plan.leaves()}

    def write(self) -> None:
        for unit in self.known.units:
            self.into["units"].append(self._unit(unit))
        for key in sorted(self.known.columns):
            self._column(key, self.known.columns[key])
        for code in sorted(self.known.own):
            self._own(self.leaves[code], self.known.own[code])
        for code in sorted(self.known.tallies):
            self._tally(code)
        self._merge_targets()

    def _unit(self, unit: EvaluatedUnit) -> Row:
        groups = [self.plan.groups[code].name for code in sorted(unit.groups)]
        return {
            "unit": unit.code,
            "name": unit.name,
            "category": self.plan.categories[unit.category],
            "leader": unit.leader,
            "parent": unit.parent,
            "listed_separately": _yes(unit.listed_separately),
            "headcount": "" if unit.headcount is None else str(unit.headcount),
            "groups": "、".join(groups),
        }

    def _column(self, key: Key, column: Column) -> None:
        leaf = self.leaves[key.indicator]
        said = _said(column, leaf.facts[key.fact].kind)
        for unit, value in zip(self.known.units, said, strict=True):
            if value is not None:
                self._figure(key, unit.code, key.indicator, leaf, value)

    def _figure(self, key: Key, unit: str, indicator: str, leaf: Indicator, value: str) -> None:
        said = {"unit": unit, "indicator": indicator, "fact": key.fact}
        if key.source != "actual":
            self.into["targets"].append({**said, "period": key.slot, key.source: value})
            return
        place = f"{indicator}/{key.slot}" if key.slot else indicator
        source = self.facts.sources.get((unit, place, key.fact), _NO_SOURCE)
        slot = "assessor" if leaf.slots is not None and leaf.slots.by_assessor else "period"
        rests = {"reason": source.reason, "document": source.document}
        self.into["readings"].append({**said, slot: key.slot, "value": value, **rests})

    def _own(self, node: Indicator, rows: OwnRows) -> None:
        assert node.own is not None
        kinds = {rule: node.own.facts[rule].kind for rule in rows.rule}
        said = {(source, kind): _said(one, kind) for source, one in rows.columns.items() for kind in {*kinds.values()}}
        for at, code in enumerate(rows.code):
            unit = self.known.units[int(rows.unit[at])].code
            self.into["own"].append(
                {
                    "unit": unit, "node": node.code, "code": code, "name": rows.name[at], "rule": rows.rule[at],
                    "full_marks": show(rows.full[at]), "role": rows.role[at], "measure": rows.measure[at],
                }
            )  # fmt: skip
            for source in sorted(rows.columns):
                if (value := said[source, kinds[rows.rule[at]]][at]) is not None:
                    self._figure(Key(node.code, ACTUAL, source), unit, f"{node.code}/{code}", node, value)

    def _tally(self, code: str) -> None:
        tally = self.known.tallies[code]
        for row, unit in enumerate(self.known.units):
            for number, answer in enumerate(tally.answers):
                if tally.listed[row] and (tally.counts[row, number] or number == 0):
                    said = {"panel": code, "unit": unit.code, "answer": answer}
                    self.into["tallies"].append({**said, "count": str(int(tally.counts[row, number]))})

    def _merge_targets(self) -> None:
        """One row for all that is known before the year of one fact."""
        merged: dict[tuple[str, ...], Row] = {}
        for row in self.into["targets"]:
            merged.setdefault((row["unit"], row["indicator"], row["fact"], row["period"]), {}).update(row)
        self.into["targets"] = list(merged.values())


def _others(facts: Facts) -> Iterator[tuple[str, Iterator[Row]]]:
    yield "bonuses", map(_claim, facts.bonuses)
    yield "deductions", map(_claim, facts.deductions)
    yield "calendar", _days(facts)
    yield "moves", ({"unit": m.unit, "ground": m.ground, "body": m.body, "decision": m.decision} for m in facts.moves)
    yield "series", ({"code": code, "value": show(value)} for code, value in sorted(facts.series.items()))
    yield "factors", _factors(facts)
    yield "last_results", _last_results(facts)
    yield "other_results", _other_results(facts)
    yield "pools", ({"code": code, "amount": show(amount)} for code, amount in sorted(facts.pools.items()))
    yield "persons", _persons(facts)


def _claim(claim: Claim) -> Row:
    delay = claim.delay
    return {
        "unit": claim.unit, "standard": claim.standard, "level": claim.level, "matter": claim.matter,
        "document": claim.document, "day": claim.day.isoformat() if claim.day else "", "body": claim.body,
        "decision": claim.decision, "role": _ROLE_WORDS.get(claim.role, "") if claim.role else "",
        "above": _number(claim.above), "due": moment_said(delay.due) if delay else "",
        "done": moment_said(delay.done) if delay else "", "excused": _yes(delay is not None and delay.excused),
    }  # fmt: skip


def _number(value: Decimal | Any) -> str:
    return "" if value is None else show(value)


def _days(facts: Facts) -> Iterator[Row]:
    calendar = facts.calendar
    for day in sorted(calendar.off | calendar.working):
        yield {"day": day.isoformat(), "arrangement": OFF[0] if day in calendar.off else WORK[0]}


def _factors(facts: Facts) -> Iterator[Row]:
    for (unit, code), value in sorted(facts.factors.items()):
        yield {"unit": unit, "factor": code, "value": show(value)}


def _last_results(facts: Facts) -> Iterator[Row]:
    for unit, last in sorted(facts.last_results.items()):
        yield {
            "unit": unit, "total": _number(last.total), "place": NONE[0] if last.place is None else str(last.place),
            "grade": last.grade, "members": "" if last.members is None else str(last.members),
        }  # fmt: skip


def _other_results(facts: Facts) -> Iterator[Row]:
    for (unit, code), other in sorted(facts.other_results.items()):
        total = NOT_APPLICABLE[0] if other.total is None else show(other.total)
        grade = other.grade
        yield {"unit": unit, "evaluation": code, "total": total, "full_marks": _number(other.full), "grade": grade}


def _persons(facts: Facts) -> Iterator[Row]:
    for unit, persons in sorted(facts.persons.items()):
        for one in persons:
            yield {"unit": unit, "person": one.code, "name": one.name, "coefficient": show(one.coefficient)}
