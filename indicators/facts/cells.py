"""One cell → one value, or what is wrong with it and what would be right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from engine.calendar import end_of
from engine.text import Text
from indicators.tables import Cell

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_LARGEST = Decimal(10) ** 18
_MOST = 10**9  # far above any count of votes, far below what their sums may not exceed
NONE = ("无", "none")
YES, NO = ("是", "yes"), ("否", "no")


class Wrong(Exception):
    """A cell that cannot be used; carries what to tell."""

    def __init__(self, zh: str, en: str, **values: object) -> None:
        super().__init__(en)
        self.text = Text(zh, en).format(**values)


def text(cell: Cell) -> str:
    """Text as it stands; numbers of a workbook are taken as the digits people see."""
    if isinstance(cell, str):
        if cell != cell.strip():
            raise Wrong(
                "“{cell}”前后有空格或换行，请删去", '"{cell}" has blanks around it; remove them', cell=cell.strip()
            )
        return cell
    if isinstance(cell, Decimal):
        return format(cell, "f")
    raise Wrong("{cell} 应是文字", "{cell} must be text", cell=cell)


def code(cell: Cell) -> str:
    """A code: text without full-width characters."""
    found = text(cell)
    narrow = unicodedata.normalize("NFKC", found)
    if found != narrow:
        raise Wrong(
            "“{found}”含全角字符，应写作 {narrow}",
            '"{found}" has full-width characters; write {narrow}',
            found=found,
            narrow=narrow,
        )
    return found


def number(cell: Cell) -> Decimal:
    """A plain decimal number."""
    if isinstance(cell, Decimal):
        return _in_range(cell)
    if isinstance(cell, date):
        raise Wrong(
            "{cell} 是日期，这里要填数；请把单元格格式改为常规后重填",
            "{cell} is a date; set the cell to General and enter a number",
            cell=cell,
        )
    if not isinstance(cell, str):
        raise Wrong("{cell} 不是数", "{cell} is not a number", cell=cell)
    if _NUMBER.fullmatch(cell) and cell.isascii():
        return _in_range(Decimal(cell))
    narrow = unicodedata.normalize("NFKC", cell).replace("−", "-").replace(",", "").strip()
    if narrow != cell and _NUMBER.fullmatch(narrow):
        raise Wrong("“{cell}”应写作 {narrow}", '"{cell}" must be written {narrow}', cell=cell, narrow=narrow)
    raise Wrong(
        "“{cell}”不是数；只写数字、小数点和负号，如 12.5",
        '"{cell}" is not a number; write digits, a point, a minus sign: 12.5',
        cell=cell,
    )


def _in_range(value: Decimal) -> Decimal:
    if not value.is_finite() or abs(value) >= _LARGEST:
        raise Wrong("{value} 过大", "{value} is too large", value=value)
    return value


def count(cell: Cell) -> int:
    """A whole number from 0."""
    value = number(cell)
    if value < 0 or value % 1:
        raise Wrong("{cell} 应是不小于 0 的整数", "{cell} must be a whole number from 0", cell=cell)
    if value > _MOST:
        raise Wrong("{value} 过大", "{value} is too large", value=value)
    return int(value)


def place(cell: Cell) -> int:
    """A place in a ranking from 1; 0 where it is said that there was none."""
    if isinstance(cell, str) and cell.lower() in NONE:
        return 0
    try:
        found = count(cell)
    except Wrong:
        found = 0
    if found == 0:
        raise Wrong(
            "“{cell}”应是从 1 起的整数；上年没有名次的写 无",
            '"{cell}" must be a whole number from 1; none where there was no place',
            cell=cell,
        )
    return found


def label(cell: Cell) -> str | None:
    """Text that only helps people; whatever else stands there says nothing."""
    return cell.strip() or None if isinstance(cell, str) else None


def day(cell: Cell) -> date:
    """A date, without a time of day."""
    if isinstance(cell, datetime):
        raise Wrong("{cell} 有时刻，这里只填日期", "{cell} has a time of day; enter the date alone", cell=cell)
    if isinstance(cell, date):
        return cell
    if not isinstance(cell, str):
        raise Wrong("{cell} 应是日期，如 2024-01-31", "{cell} must be a date such as 2024-01-31", cell=cell)
    found = _day(unicodedata.normalize("NFKC", cell).strip())
    if found is None:
        raise Wrong("“{cell}”不是日期；请写成 2024-01-31", '"{cell}" is not a date; write it as 2024-01-31', cell=cell)
    if cell != found.isoformat():
        raise Wrong("“{cell}”应写作 {day}", '"{cell}" must be written {day}', cell=cell, day=found)
    return found


def moment(cell: Cell) -> datetime:
    """A date, which stands for its 24:00, or a date with a time of day."""
    if isinstance(cell, datetime):
        return cell.replace(second=0, microsecond=0)
    head, _, clock = cell.partition(" ") if isinstance(cell, str) else ("", "", "")
    if not clock:
        return end_of(day(cell))
    if clock == "24:00":
        return end_of(day(head))
    found = _CLOCK.fullmatch(clock)
    if found is None:
        raise Wrong(
            "“{cell}”的时刻应写成 17:30 这样，与日期隔一个空格",
            'the time in "{cell}" must be written like 17:30, one blank after the date',
            cell=cell,
        )
    if clock == "00:00":
        raise Wrong(
            "“{cell}”是一天的开始；到前一天 24:00 为止的，只写前一天的日期",
            '"{cell}" is the beginning of a day; for 24:00 of the day before write that date alone',
            cell=cell,
        )
    return datetime.combine(day(head), time(int(found[1]), int(found[2])))


def _day(written: str) -> date | None:
    match = _DATE.fullmatch(written)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def yes_no(cell: Cell) -> bool:
    """是 or 否."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, str) and cell.lower() in (*YES, *NO):
        return cell.lower() in YES
    raise Wrong("“{cell}”应填 是 或 否", '"{cell}" must be yes or no', cell=cell)


def as_it_is(cell: Cell) -> Cell:
    """The cell, to be understood later."""
    return cell


PARSERS: dict[str, Callable[[Cell], Any]] = {
    "code": code,
    "text": text,
    "number": number,
    "count": count,
    "place": place,
    "date": day,
    "moment": moment,
    "yes_no": yes_no,
    "shown": label,
    "value": as_it_is,
}
