"""The State Council's yearly notice of holidays, read from its text as somebody pastes it.

It has a line for each holiday, such as 二、春节：2月15日（周日）至23日（周一）放假调休，共9天。2月14日（周六）上班。
What it says twice is checked: weekdays in brackets, the number of days. Whatever looks like a day and is not understood
is told; nothing is left out in silence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from engine.text import Place, Problem, Problems, Text

NEW_YEAR = (1, 1)
LONGEST_NAME = 60
_LONGEST = 15  # days; no holiday has been so long
_SATURDAY = 5
_WEEKDAYS = "一二三四五六日"
_ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TITLE = re.compile(r"关于(\d{4})年")
_NEXT_ITEM = re.compile(r"(?<=[。;])\s*(?=[一二三四五六七八九十]+、)")
_ITEM = re.compile(r"(?:[一二三四五六七八九十]+、|\d+[、.])?\s*(?P<name>[^\s:。,;\d][^:。,;\d]*):(?P<says>.+)")
_CLAUSE = re.compile(r"[。;]|,(?=\d)")
_DAY = r"(?:(?P<year{0}>\d{{4}})年)?(?:(?P<month{0}>\d{{1,2}})月)?(?P<day{0}>\d{{1,2}})日(?:\((?P<note{0}>[^()]*)\))?"
_SPAN = re.compile(_DAY.format(1) + r"(?:\s*(?:至|到|-|–|—|~)+\s*" + _DAY.format(2) + ")?")
_SUM = re.compile(r"(?:共|放假)\s*(\d{1,3})\s*天")
_NOTE = re.compile(r"(?:周|星期)([一二三四五六日天])")
_ADVICE = re.compile(r"鼓励|休息")

_OTHER_YEAR = Text("这是{found}年的通知，不是{year}年的", "this is the notice of {found}, not of {year}")
_NAMELESS = Text("没有写明是哪个节日：应为“节日：日期”", "it does not say for which holiday: write “holiday: days”")
_NEITHER = Text("“{clause}”没有写明放假还是上班", "“{clause}” does not say whether it is off (放假) or worked (上班)")
_BOTH = Text("“{clause}”既说放假又说上班，请分成两句", "“{clause}” says both off and worked; make it two sentences")
_UNREAD = Text("“{clause}”中的日期看不懂", "the days in “{clause}” cannot be understood")
_NO_SUCH_DAY = Text("没有{said}这一天", "there is no such day as {said}")
_WEEKDAY = Text("{day} 是星期{is_}，不是星期{said}", "{day} is a {is_}, not a {said}")
_BACKWARDS = Text("{first} 至 {last}：截止早于开始", "{first} to {last} ends before it begins")
_TOO_LONG = Text("{first} 至 {last} 有 {days} 天，太长", "{first} to {last} is {days} days, which is too long")
_SUM_IS = Text("写的是共 {said} 天，日期算来是 {days} 天", "it says {said} days, but the dates make {days}")
_NO_WEEKEND = Text("{day} 不是周末，用不着调休上班", "{day} is no weekend day; it is worked anyway")
_ELSEWHERE = Text("{day} 不在{year}年（或上年12月）", "{day} is not in {year}, nor in the December before")
_TWICE = Text("{day} 已在第 {line} 行出现过", "{day} stands on line {line} already")
_NOTHING = Text("没有读到任何放假安排", "no arrangement of holidays is found")
_NO_NEW_YEAR = Text("没有{year}年1月1日放假", "{year}-01-01 is not named as a holiday")
_LONG_NAME = Text("节日名称太长", "the name of the holiday is too long")


class NamedDay(NamedTuple):
    """A day that a notice names: off or worked, and for which holiday."""

    day: date
    works: bool
    holiday: str


def read_notice(text: str, year: int) -> list[NamedDay]:
    """The days that the notice of a year names, in their order.

    Raises:
        Problems: everything that is wrong with it, each with its line (`Place.row`; 0 is the whole text).
    """
    reader = _Reader(year)
    for number, line in enumerate(text.splitlines(), 1):
        reader.read(number, unicodedata.normalize("NFKC", line))
    return reader.finished()


def complete(days: Collection[NamedDay], year: int) -> Iterator[Text]:
    """What is missing, or in the wrong year, so that these days are not the notice of a year."""
    if not any(one.day == date(year, *NEW_YEAR) and not one.works for one in days):
        yield _NO_NEW_YEAR.format(year=year)
    for one in days:
        if not date(year - 1, 12, 1) <= one.day <= date(year, 12, 31):
            yield _ELSEWHERE.format(day=one.day, year=year)


class _Reader:
    """Reads line by line; keeps the days by date with the line on which they stand, and what is wrong."""

    def __init__(self, year: int) -> None:
        self.year, self.line = year, 0
        self.days: dict[date, tuple[NamedDay, int]] = {}
        self.problems: list[Problem] = []

    def read(self, number: int, line: str) -> None:
        """One line, which may hold several items."""
        self.line = number
        for found in _TITLE.findall(line):
            if int(found) != self.year:
                self._wrong(_OTHER_YEAR, found=found, year=self.year)
        for part in _NEXT_ITEM.split(line):
            self._read_item(part.strip())

    def finished(self) -> list[NamedDay]:
        """The days, if nothing is wrong."""
        self.line = 0
        if not self.days and not self.problems:
            self._wrong(_NOTHING)
        elif not self.problems:
            for what in complete([one for one, _ in self.days.values()], self.year):
                self._wrong(what)
        if self.problems:
            raise Problems(self.problems)
        return [self.days[day][0] for day in sorted(self.days)]

    def _wrong(self, what: Text, **values: object) -> None:
        self.problems.append(Problem(Place(row=self.line), what.format(**values)))

    def _read_item(self, part: str) -> None:
        item = _ITEM.fullmatch(part)
        if item is None:
            if _SPAN.search(part) and _says(part):
                self._wrong(_NAMELESS)
            return
        name = item["name"].strip()
        if len(name) > LONGEST_NAME:
            self._wrong(_LONG_NAME)
        for clause in _CLAUSE.split(item["says"]):
            self._read_clause(clause.strip(), name)

    def _read_clause(self, clause: str, name: str) -> None:
        """One sentence: the days that are off, or those that are worked."""
        said, dated = _says(clause), _SPAN.search(clause)
        if _ADVICE.search(clause) or not (said or dated):
            return
        if len(said) != 1:
            self._wrong(_BOTH if said else _NEITHER, clause=clause)
        elif not dated or re.search(r"\d", _SUM.sub("", _SPAN.sub("", clause))):
            self._wrong(_UNREAD, clause=clause)
        else:
            works = said == ["上班"]
            days = list(self._days(clause))
            self._check_sum(clause, days)
            for day in days:
                self._keep(NamedDay(day, works, name))

    def _days(self, clause: str) -> Iterator[date]:
        """The days of a sentence; a month or year that is not said is that of the day before it."""
        month = None
        for span in _SPAN.finditer(clause):
            first = self._day(span, "1", self.year, month)
            month = first.month if first else None
            if first is None or span["day2"] is None:
                yield from filter(None, [first])
                continue
            last = self._day(span, "2", self.year if span["year1"] else first.year, month)
            yield from self._between(first, last)

    def _day(self, span: re.Match[str], at: str, year: int, month: int | None) -> date | None:
        """One end of a span, its weekday checked; None where there is no such day."""
        said_year, said_month = span[f"year{at}"], span[f"month{at}"]
        month = int(said_month) if said_month else month
        try:
            day = date(int(said_year or year), month or 0, int(span[f"day{at}"]))
        except ValueError:
            self._wrong(_NO_SUCH_DAY, said=span[0])
            return None
        note = _NOTE.search(span[f"note{at}"] or "")
        said = _WEEKDAYS.index(note[1].replace("天", "日")) if note else day.weekday()
        if said != day.weekday():
            self._wrong(_WEEKDAY, day=day, is_=_weekday(day.weekday()), said=_weekday(said))
        return day

    def _between(self, first: date, last: date | None) -> Iterator[date]:
        if last is None:
            return
        days = (last - first).days + 1
        if days < 1:
            self._wrong(_BACKWARDS, first=first, last=last)
        elif days > _LONGEST:
            self._wrong(_TOO_LONG, first=first, last=last, days=days)
        else:
            yield from (first + timedelta(days=n) for n in range(days))

    def _check_sum(self, clause: str, days: list[date]) -> None:
        said = _SUM.search(clause)
        if said and days and int(said[1]) != len(days):
            self._wrong(_SUM_IS, said=said[1], days=len(days))

    def _keep(self, named: NamedDay) -> None:
        if named.works and named.day.weekday() < _SATURDAY:
            self._wrong(_NO_WEEKEND, day=named.day)
        if named.day in self.days:
            self._wrong(_TWICE, day=named.day, line=self.days[named.day][1])
        self.days[named.day] = named, self.line


def _weekday(number: int) -> Text:
    return Text(_WEEKDAYS[number], _ENGLISH[number])


def _says(clause: str) -> list[str]:
    """Which of the two a sentence says: off, worked."""
    return [word for word in ("放假", "上班") if word in clause]
