"""The working calendar as it is entered: which notice names which day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from evaluation.calendar.notice import NEW_YEAR
from evaluation.models import WorkingDay

_SEPARATOR = "："


class Citation(NamedTuple):
    """What a row keeps as its notice: the number of the notice and the holiday under which it names the day."""

    number: str
    holiday: str = ""

    @classmethod
    def of(cls, notice: str) -> Citation:
        """What is kept, taken apart."""
        number, separator, holiday = notice.rpartition(_SEPARATOR)
        return cls(number, holiday) if separator else cls(notice)

    def __str__(self) -> str:
        return _SEPARATOR.join(filter(None, self))


def named_by_notice_of(year: int) -> QuerySet[WorkingDay]:
    """The days that the notice of a year names: those of the year, and of December before if it is cited there.

    Days of December that are cited as the next New Year's Day is belong to the notice of the next year.
    """
    new_years = WorkingDay.objects.filter(day__in=[date(year, *NEW_YEAR), date(year + 1, *NEW_YEAR)])
    cited = dict(new_years.exclude(notice="").values_list("day__year", "notice"))
    asked = Q(day__year=year)
    if year + 1 in cited:
        asked &= ~Q(day__month=12, notice=cited[year + 1])
    if year in cited:
        asked |= Q(day__year=year - 1, day__month=12, notice=cited[year])
    return WorkingDay.objects.filter(asked).order_by("day")
