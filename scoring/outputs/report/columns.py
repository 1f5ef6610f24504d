"""The columns of the ranking: who, what each main part brings, the total, the grade and why it was moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from engine.exact import Exact
from engine.explain.moves import unrecorded_said
from engine.facts import EvaluatedUnit, Status
from engine.language.grades import Promotion
from engine.score.moving import moved, promotions
from engine.score.reasons import Reason
from engine.score.result import Graded, NodeResult, SetResult
from engine.score.rollup import carried, scales
from indicators.sheetwriter import Look, display_width, width_for
from scoring.outputs.report.pages import PLACES, QUIET, Pages, hundredths
from scoring.outputs.report.reasons import reason

NUMBER: Look = {"align": "right", "indent": 1}
_MIDDLE: Look = {"align": "center", "indent": 0}
_POINTS_WIDTH, _GROUND_WIDTH = 11, 36


@dataclass(frozen=True)
class Column:
    """One column: its title, its width, what it says of a unit and what it says beside the name of a category."""

    title: str
    width: int
    cell: Callable[[SetResult, int], Any]
    look: Look
    head: Callable[[SetResult, int], Fraction | None] = field(default=lambda result, category: None)
    rare: bool = False

    def special(self, value: Any) -> Look:
        """What steps back among points: a word in their place, and a zero where most have nothing."""
        word = isinstance(value, str) and "num_format" in self.look
        return QUIET if word or (self.rare and value == 0) else {}


class Columns:
    """Makes the columns that one outcome needs."""

    def __init__(self, pages: Pages) -> None:
        self.pages, self.say = pages, pages.say
        self.evaluation, self.sets = pages.outcome.plan.written, pages.outcome.sets

    def all(self) -> list[Column]:
        """The columns, without those that would be empty."""
        return [*self._who(), *self._parts(), *self._totals(), *self._graded()]

    def _who(self) -> Iterator[Column]:
        yield Column(self.say("名次", "Place"), 8, self.pages.place, _MIDDLE)
        units = [unit for result in self.sets for unit in result.units]
        categories = [title for result in self.sets for title in result.plan.categories.values()]
        names = [width_for(display_width(unit.name)) for unit in units]
        widest = max(names + [display_width(one) - 5 for one in categories])
        yield Column(self.say("单位", "Unit"), widest, lambda result, row: result.units[row].name, {})
        of_units: tuple[tuple[str, Callable[[EvaluatedUnit], str]], ...] = (
            (self.say("主管部门", "Supervising department"), lambda unit: unit.parent),
            (self.say("分管领导", "Leader"), lambda unit: unit.leader),
        )
        yield from (self._of_unit(title, of) for title, of in of_units if any(map(of, units)))

    def _of_unit(self, title: str, of: Callable[[EvaluatedUnit], str]) -> Column:
        """What the roster says of each unit."""
        width = max(10, *(width_for(display_width(of(unit))) for result in self.sets for unit in result.units))
        return Column(title, width, lambda result, row: of(result.units[row]), {})

    def _parts(self) -> Iterator[Column]:
        """One column per main part of any set."""
        names: dict[str, dict[str, None]] = {}
        for result in self.sets:
            for part in result.plan.parts:
                names.setdefault(part.code, {})[part.name] = None
        for code, called in names.items():
            title = " / ".join(called)
            yield Column(title, _POINTS_WIDTH, self._brought(code), _points(PLACES), self._worth(code))

    def _brought(self, code: str) -> Callable[[SetResult, int], Fraction | str | None]:
        """What a part brings to the total of a unit."""

        def cell(result: SetResult, row: int) -> Fraction | str | None:
            part, brings = self._carried.get((result.plan.code, code), (None, None))
            if part is None or brings is None:
                return self.say("不设", "none")
            why = reason(part, result.units[row], row)
            return why.word.to(self.pages.language) if why else hundredths(brings[row])

        return cell

    @cached_property
    def _carried(self) -> dict[tuple[str, str], tuple[NodeResult, Exact]]:
        """Every part and what it brings, by set and code."""
        found = {}
        for result in self.sets:
            brought = carried(result.parts, self._whole(result))
            for part, brings in zip(result.parts, brought, strict=True):
                found[result.plan.code, part.node.code] = part, brings
        return found

    def _whole(self, result: SetResult) -> Exact:
        return Exact.same(self.evaluation.full_marks, len(result.units))

    def _worth(self, code: str) -> Callable[[SetResult, int], Fraction | None]:
        """What full marks of a part are in the total, from a unit of the category for which every part counts."""

        def head(result: SetResult, category: int) -> Fraction | None:
            typical = (row for row in result.members(category) if everything_counts(result.parts, row))
            row = next(typical, None)
            if row is None:
                return None
            for part, scale in zip(result.parts, scales(result.parts, self._whole(result)), strict=True):
                if part.node.code == code and part.counts()[row]:
                    return hundredths(part.full[row] * scale[row])
            return None

        return head

    def _totals(self) -> Iterator[Column]:
        places, full = self.pages.total_places, Fraction(self.evaluation.full_marks)
        if self.evaluation.bonus:
            title = self.say("加分", "Bonus")
            yield Column(title, 9, lambda result, row: result.bonuses[row].total, _points(PLACES), rare=True)
        if self.evaluation.deductions:
            title = self.say("扣分", "Deductions")
            width = max(9, display_width(title) + 3)
            yield Column(title, width, lambda result, row: result.deductions[row].total, _points(PLACES), rare=True)
        total = self.say("总分", "Total")
        bold = {**_points(places), "bold": True}
        yield Column(total, 11, lambda result, row: result.total[row], bold, lambda result, category: full)

    def _graded(self) -> Iterator[Column]:
        moved = any(own for result in self.sets for own in result.main.reasons)
        width = self._width(result.main for result in self.sets)
        if moved:
            title = self.say("应得等次", "Earned grade")
            yield Column(title, max(10, width), self._grade(lambda result: result.main, "earned"), _MIDDLE)
        final = {**_MIDDLE, "bold": True}
        title = self.say("等次", "Grade")
        yield Column(title, max(9, width), self._grade(lambda result: result.main, "grade"), final)
        if moved:
            yield Column(self.say("调整依据", "Ground of the move"), _GROUND_WIDTH, self._moves, {"text_wrap": True})
        for scale in self.evaluation.also_graded:
            width = max(self._width(result.also[scale.code] for result in self.sets), display_width(scale.name) + 3)
            yield Column(scale.name, min(width, 16), self._grade(_second(scale.code), "grade"), _MIDDLE)

    def _width(self, scales: Iterable[Graded]) -> int:
        """Wide enough for every grade that a unit has."""
        names = [self.pages.grade(one, int(grade)) for one in scales for grade in (*one.grade, *one.earned)]
        return max((display_width(name) for name in names), default=0) + 4

    def _grade(self, which: Callable[[SetResult], Graded], of: str) -> Callable[[SetResult, int], str]:
        return lambda result, row: self.pages.grade(which(result), int(getattr(which(result), of)[row]))

    def _moves(self, result: SetResult, row: int) -> str:
        return self.say("；", "; ").join(self._move(one, result, row) for one in result.main.reasons[row])

    def _move(self, one: Reason, result: SetResult, row: int) -> str:
        """A ground, who decided on it, and that it changes nothing if so."""
        move = one.move
        ground = move.ground if move else unrecorded_said(one, result.main, row).to(self.pages.language)
        notes: list[str] = []
        if not one.in_force:
            notes.append(self.say("未决定", "not decided"))
        elif move is not None and move.decision:
            notes.append(
                self.say("{body}{decision}", "{body} {decision}").format(body=move.body, decision=move.decision)
            )
        elif move is not None:
            notes.append(self.say("自动生效", "by itself"))
        if one.in_force and not changes(one, result.main, row):
            notes.append(self.say("未改变等次", "changes nothing"))
        said = self.say("，", ", ").join(notes)
        return self.say("{ground}（{said}）", "{ground} ({said})").format(ground=ground, said=said) if said else ground


def _second(code: str) -> Callable[[SetResult], Graded]:
    return lambda result: result.also[code]


def _points(places: int) -> dict[str, Any]:
    """The look of points with so many places, however many the number has."""
    return {**NUMBER, "num_format": "0." + "0" * places if places else "0"}


def everything_counts(parts: tuple[NodeResult, ...], row: int) -> bool:
    """Whether every part that a unit's category has counts for the unit."""
    return all(part.status[row] in (Status.GIVEN, Status.LEFT_OUT) for part in parts)


def changes(one: Reason, graded: Graded, row: int) -> bool:
    """Whether a ground in force has a part in moving the grade: it would by itself, and no veto stands against it."""
    earned, own = int(graded.earned[row]), graded.reasons[row]
    cancelled = isinstance(one.block, Promotion) and one.block not in promotions(own)
    return graded.grade[row] != earned != moved(earned, [one], graded.scale) and not cancelled
