"""Bonuses and deductions, and the calendar that lateness is counted by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import NamedTuple

from engine.calendar import Calendar
from engine.facts import Claim, Delay
from engine.language.extras import Bonus, Deductions, DeductionStandard, Standard
from engine.show import show
from engine.text import Text
from indicators.facts.grid import Grid
from indicators.facts.roster import Roster
from indicators.facts.shared import ALIKE, Role, SharedMatters, Sharer

ROLES: dict[Text, Role] = {Text("牵头", "lead"): "lead", Text("协办", "assist"): "assist"}
_ROLES: dict[str | None, Role] = {name: role for said, role in ROLES.items() for name in (said.zh, said.en)}
OFF, WORK = ("放假", "off"), ("上班", "work")


class _Row(NamedTuple):
    """A row of claims as it stands; what is wrong or empty is None."""

    number: int
    unit: str | None
    standard: str | None
    level: str | None
    matter: str | None
    document: str | None
    day: date | None
    body: str | None
    decision: str | None
    role: str | None
    above: Decimal | None
    due: datetime | None
    done: datetime | None
    excused: bool | None


def read_claims(
    grid: Grid, roster: Roster, rules: Bonus | Deductions | None, calendar: Calendar | None
) -> tuple[Claim, ...]:
    """Bonuses or deductions; a standard may be named by its code or its name.

    Args:
        grid: the sheet.
        roster: the units.
        rules: what the scheme says of them.
        calendar: the working days; None where they cannot be told, so that nothing is said of unknown years.
    """
    if rules is None:
        return ()
    found = list(_Claims(grid, roster, rules, calendar).read())
    return tuple(sorted(found, key=lambda claim: claim.order))


class _Claims:
    def __init__(self, grid: Grid, roster: Roster, rules: Bonus | Deductions, calendar: Calendar | None) -> None:
        self.grid, self.roster, self.rules, self.calendar = grid, roster, rules, calendar
        self.standards: dict[str, Standard] = {name: one for one in rules.standards for name in (one.code, one.name)}
        self.taken: dict[tuple[str, ...], tuple[int, str | None]] = {}
        self.shared = SharedMatters(grid)

    def read(self) -> Iterator[Claim]:
        """Every row that can be used; what is wrong with the others is told."""
        for values in self.grid.rows(*_Row._fields[1:]):
            row = _Row(*values)
            seat, standard = self.roster.seat(self.grid, row.number, row.unit), self._standard(row)
            if standard and self._allowed(row, standard) and seat and row.matter and row.document:
                claim = Claim(
                    seat.unit.code, standard.code, row.level or "", row.matter, row.document, row.day, row.body or "",
                    row.decision or "", _ROLES.get(row.role, ""), row.above, _delay(row),
                )  # fmt: skip
                self._refuse_other_names(row, claim)
                yield claim
        self.shared.tell()

    def wrong(self, row: _Row, key: str, zh: str, en: str, cause: object = None, **values: object) -> bool:
        """Tell what is wrong with a cell; of one cause in a column only once."""
        self.grid.wrong(row.number, key, "{said}", "{said}", cause=cause, said=Text(zh, en).format(**values))
        return False

    def _standard(self, row: _Row) -> Standard | None:
        standard = self.standards.get(row.standard or "")
        if row.standard is not None and standard is None:
            known = "、".join(dict.fromkeys(one.name for one in self.standards.values()))
            zh = "方案里没有“{name}”；有：{known}"
            en = 'the scheme has no "{name}"; there are: {known}'
            self.wrong(row, "standard", zh, en, cause=row.standard, name=row.standard, known=known)
        return standard

    def _allowed(self, row: _Row, standard: Standard) -> bool:
        """Whether everything in the row is as the scheme asks for; what is not is told."""
        checks = [self._level(row, standard), self._day(row), self._decision(row), self._role(row, standard)]
        passed_on = isinstance(standard, DeductionStandard) and standard.passed_on is not None
        late = isinstance(standard, DeductionStandard) and standard.lateness is not None
        checks.append(self._asked(row, ("above",), standard, passed_on, "按上级扣分", "by what was lost above"))
        checks.append(self._asked(row, ("due", "done"), standard, late, "按迟报", "by lateness"))
        checks.append(late or self._asked(row, ("excused",), standard, False, "按迟报", "by lateness"))
        return all([*checks, self._above(row), self._moments(row, standard)])

    def _level(self, row: _Row, standard: Standard) -> bool:
        if row.level is None:
            return not standard.levels or self._empty(row, "level")
        if not standard.levels:
            zh, en = "“{name}”不分级别，请删去", '"{name}" has no levels; remove it'
            return self.wrong(row, "level", zh, en, name=standard.name)
        if row.level in standard.levels:
            return True
        zh = "“{name}”没有级别“{level}”；有：{known}"
        en = '"{name}" has no level "{level}"; there are: {known}'
        cause, known = (row.standard, row.level), "、".join(standard.levels)
        return self.wrong(row, "level", zh, en, cause=cause, name=row.standard, level=row.level, known=known)

    def _empty(self, row: _Row, key: str) -> bool:
        """Tell that a cell is empty, unless something else is wrong with it."""
        if self.grid.empty(row.number, key):
            title = self.grid.sheet.column(key).title
            self.wrong(row, key, "“{title}”没有填", '"{title}" is empty', title=title)
        return False

    def _day(self, row: _Row) -> bool:
        if row.day is not None or self.rules.cut_off is None:
            return True
        if self.grid.empty(row.number, "day"):
            zh = "“日期”没有填；方案规定了截止日期 {cut_off}"
            en = "the date is empty; the scheme has a cut-off date, {cut_off}"
            self.wrong(row, "day", zh, en, cause="no date", cut_off=self.rules.cut_off)
        return False

    def _decision(self, row: _Row) -> bool:
        if row.decision and not row.body:
            return self.wrong(row, "body", "有决定文号就要写决定机构", "a decision needs the body that took it")
        return True

    def _asked(
        self, row: _Row, keys: tuple[str, ...], standard: Standard, asked: bool, zh_way: str, en_way: str
    ) -> bool:
        """Whether cells that only one way of counting reads are filled there, and nowhere else."""
        right = True
        for key in keys:
            if asked and getattr(row, key) is None:
                right = self._empty(row, key)
            elif not asked and not self.grid.empty(row.number, key):
                zh = f"“{{name}}”不{zh_way}计，请删去"
                right = self.wrong(row, key, zh, f'"{{name}}" is not counted {en_way}; remove it', name=standard.name)
        return right

    def _above(self, row: _Row) -> bool:
        if row.above is not None and row.above <= 0:
            zh, en = "上级扣分应大于 0，写成了 {above}", "the points lost above must be more than 0, not {above}"
            return self.wrong(row, "above", zh, en, above=show(row.above))
        return True

    def _moments(self, row: _Row, standard: Standard) -> bool:
        late = standard.lateness if isinstance(standard, DeductionStandard) else None
        if row.due is None or row.done is None or late is None:
            return True
        if row.due.time() != time() and row.done.time() == time():
            zh = "应报时间写到了时刻，实报时间也要写到时刻"
            return self.wrong(row, "done", zh, "the due time has a time of day, so this one needs one too")
        counted = late.days == "working" and not row.excused
        year = self.calendar.unknown_year(row.due, row.done) if self.calendar and counted else None
        if year is not None:
            zh = "“工作日历”里没有 {year} 年的放假和上班安排（至少要有 {year}-01-01 放假），数不了工作日"
            en = "the calendar lacks {year} (at least {year}-01-01 off), so working days cannot be counted"
            return self.wrong(row, "done", zh, en, cause=year, year=year)
        return True

    def _role(self, row: _Row, standard: Standard) -> bool:
        shares = isinstance(self.rules, Deductions) and self.rules.lead_share is not None
        if row.role is not None and not shares:
            zh = "方案没有规定牵头、协办怎么分担（lead_share），请删去"
            return self.wrong(row, "role", zh, "the scheme does not share deductions (lead_share); remove it")
        known = row.role is None or row.role in _ROLES
        if not known:
            zh = "“{role}”应是 牵头 或 协办；单独承担的空着"
            self.wrong(row, "role", zh, '"{role}" must be lead or assist, or empty', role=row.role)
        if shares and row.matter:
            role = _ROLES.get(row.role, "") if known else None
            level = row.level if row.level in standard.levels else None
            says = tuple(getattr(row._replace(level=level), key) for key in ALIKE)
            self.shared.note(standard.code, row.matter, Sharer(row.number, row.unit, role, says))
        return known

    def _refuse_other_names(self, row: _Row, claim: Claim) -> None:
        """Once by its code, once by its name; where the names agree, the grid has said it."""
        key = claim.unit, claim.standard, claim.level, claim.matter
        first, called = self.taken.setdefault(key, (row.number, row.standard))
        if called != row.standard:
            zh, en = "第 {first} 行已有这一项", "row {first} has this one already"
            self.wrong(row, "standard", zh, en, first=self.grid.place(first).row)


def _delay(row: _Row) -> Delay | None:
    return Delay(row.due, row.done, bool(row.excused)) if row.due and row.done else None


def read_calendar(grid: Grid) -> Calendar:
    """The days off and the make-up workdays."""
    off: set[date] = set()
    working: set[date] = set()
    for row, day, arrangement in grid.rows("day", "arrangement"):
        if arrangement is not None and arrangement not in (*OFF, *WORK):
            zh = "“{arrangement}”应是 放假 或 上班"
            grid.wrong(row, "arrangement", zh, '"{arrangement}" must be off or work', arrangement=arrangement)
        elif day and arrangement:
            (off if arrangement in OFF else working).add(day)
    return Calendar(frozenset(off), frozenset(working))
