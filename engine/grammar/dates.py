"""Dates of a scheme file."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from engine.grammar.fields import shown, wrong

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOT_A_DATE = (
    "“{key}”写成了“{value}”，不是日期；请写成 2024-01-31",
    '"{key}" is "{value}", which is not a date; write it as 2024-01-31',
)


def _date(value: object) -> date:
    if isinstance(value, date):
        return value
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise wrong(*_NOT_A_DATE, value=shown(value))


DateField = Annotated[
    date, BeforeValidator(_date), WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"})
]
