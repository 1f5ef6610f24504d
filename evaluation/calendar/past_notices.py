"""The notices of past years as the package `chinesecalendar` knows them, for a first filling of the calendar."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version

from chinese_calendar.constants import Holiday, holidays, workdays

from evaluation.calendar.notice import NamedDay

SOURCE = f"chinesecalendar {version('chinesecalendar')}"
_NAMES = {one.value: one.chinese for one in Holiday} | {
    Holiday.tomb_sweeping_day.value: "清明节",
    Holiday.dragon_boat_festival.value: "端午节",
    Holiday.mid_autumn_festival.value: "中秋节",
}
_NEW_YEAR = Holiday.new_years_day.value


def known_years() -> list[int]:
    """The years whose notice the package knows."""
    return sorted({day.year for day in holidays})


def days_named_for(year: int) -> list[NamedDay]:
    """The days that the notice of a year names; New Year's may begin in December before."""
    named = [(day, False, name) for day, name in holidays.items()] + [
        (day, True, name) for day, name in workdays.items()
    ]
    return sorted(NamedDay(day, works, _NAMES[name]) for day, works, name in named if _notice_of(day, name) == year)


def _notice_of(day: date, name: str) -> int:
    return day.year + (day.month == 12 and name == _NEW_YEAR)
