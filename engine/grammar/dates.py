"""Dates of a scheme file: a day of one year, and a day that every year has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from engine.grammar.fields import shown, wrong

_NO_LEAP_YEAR = 2001
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOT_A_DATE = (
    "“{key}”写成了“{value}”，不是日期；请写成 2024-01-31",
    '"{key}" is "{value}", which is not a date; write it as 2024-01-31',
)
_YEAR_DAY = re.compile(r"(next )?([0-9]{2})-([0-9]{2})")
_NOT_A_DAY = (
    "“{key}”写成了“{value}”，不是每年都有的日子；请写成 01-31，第二年的写成 next 01-31",
    '"{key}" is "{value}", which is not a day that every year has; write it as 01-31, of the year after as next 01-31',
)


@dataclass(frozen=True, slots=True, order=True)
class YearDay:
    """A day of the year of a cycle, or of the year after it."""

    next_year: bool
    month: int
    day: int

    def of(self, year: int) -> date:
        """The date, the cycle being of this year."""
        return date(year + self.next_year, self.month, self.day)


def _date(value: object) -> date:
    if isinstance(value, date):
        return value
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise wrong(*_NOT_A_DATE, value=shown(value))


def _year_day(value: object) -> YearDay:
    if isinstance(value, YearDay):
        return value
    try:
        if isinstance(value, str) and (match := _YEAR_DAY.fullmatch(value)):
            day = date(_NO_LEAP_YEAR, int(match[2]), int(match[3]))
            return YearDay(match[1] is not None, day.month, day.day)
    except ValueError:
        pass
    raise wrong(*_NOT_A_DAY, value=shown(value))


DateField = Annotated[
    date, BeforeValidator(_date), WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"})
]
YearDayField = Annotated[
    YearDay, BeforeValidator(_year_day), WithJsonSchema({"type": "string", "pattern": r"^(next )?\d{2}-\d{2}$"})
]
