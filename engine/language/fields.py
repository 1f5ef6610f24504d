"""The small values a scheme file is made of: numbers, shares, marks, and the base of every construct."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, WithJsonSchema, model_validator
from pydantic.functional_validators import ModelWrapValidatorHandler
from pydantic_core import PydanticCustomError

from engine.language.source import Keyed, keyed
from engine.text import Text

_PERCENT = re.compile(r"(-?\d+(?:\.\d+)?)%")
_LARGEST = Decimal(10) ** 15


def wrong(zh: str, en: str, **values: object) -> PydanticCustomError:
    """A mistake in the file, to be raised by a validator; the parser adds file and line."""
    return PydanticCustomError("scheme", "{text}", {"text": Text(zh, en).format(**values)})


def _number(value: object) -> Decimal:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        number = Decimal(value)
    elif isinstance(value, str) and (match := _PERCENT.fullmatch(value)):
        number = Decimal(match[1]) / 100
    else:
        raise wrong("“{value}”不是数；应写成 12、0.5 或 30%", '"{value}" is not a number; write 12, 0.5 or 30%', value=value)
    if abs(number) > _LARGEST:
        raise wrong("数 {value} 过大", "the number {value} is too large", value=value)
    return number


def _plain(value: object) -> Decimal:
    if isinstance(value, str):
        raise wrong("“{value}”应是不带百分号的数，如 12 或 0.5", '"{value}" must be a plain number such as 12 or 0.5', value=value)
    return _number(value)


def _share(value: object) -> Decimal:
    if not isinstance(value, str) or not _PERCENT.fullmatch(value):
        raise wrong("“{value}”应是百分比，如 30%", '"{value}" must be a percentage such as 30%', value=value)
    return _number(value)


@dataclass(frozen=True, slots=True)
class Marks:
    """Points, or (`relative`) a share of full marks."""

    amount: Decimal
    relative: bool = False

    def of(self, full: Fraction | Decimal) -> Fraction:
        return Fraction(self.amount) * (Fraction(full) if self.relative else 1)


def _marks(value: object) -> Marks:
    if isinstance(value, Marks):
        return value
    return Marks(_number(value), relative=isinstance(value, str))


@dataclass(frozen=True, slots=True)
class Places:
    """Decimal places of a rounding point; `digits` is None where the scheme leaves the value unrounded (`none`)."""

    digits: int | None


def _places(value: object) -> Places:
    if isinstance(value, Places):
        return value
    if value == "none":
        return Places(None)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 9:
        return Places(value)
    raise wrong("小数位数应是 0 至 9 的整数，不取舍写 none", "decimal places are 0 to 9, or none for unrounded")


EVERY = "*"  # stands for every category in a value written once


def _by_category(value: object) -> object:
    if isinstance(value, dict):
        return value
    return keyed({EVERY: value}, 0)


_PERCENT_SCHEMA = {"type": "string", "pattern": r"^-?\d+(\.\d+)?%$"}
_EITHER_SCHEMA = {"anyOf": [{"type": "number"}, _PERCENT_SCHEMA]}

_PLACES_SCHEMA = {"anyOf": [{"type": "integer", "minimum": 0, "maximum": 9}, {"const": "none"}]}


def _category_schema(single: dict[str, Any]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [single, {"type": "object", "additionalProperties": single}]})


Plain = Annotated[Decimal, BeforeValidator(_plain), WithJsonSchema({"type": "number"})]
Amount = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema(_EITHER_SCHEMA)]
Share = Annotated[Decimal, BeforeValidator(_share), WithJsonSchema(_PERCENT_SCHEMA)]
MarksField = Annotated[Marks, BeforeValidator(_marks), WithJsonSchema(_EITHER_SCHEMA)]
Positive = Annotated[Plain, Field(gt=0)]
NotNegative = Annotated[Plain, Field(ge=0)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
PlacesField = Annotated[Places, BeforeValidator(_places), WithJsonSchema(_PLACES_SCHEMA)]
MarksByCategory = Annotated[Mapping[str, NotNegative], BeforeValidator(_by_category), _category_schema({"type": "number"})]
NameByCategory = Annotated[Mapping[str, Name], BeforeValidator(_by_category), _category_schema({"type": "string"})]
Gift = Annotated[str, BeforeValidator(str), WithJsonSchema({"type": ["string", "number"]})]


class Part(BaseModel):
    """A construct of the scheme file: immutable, no unknown keys, and every key knows its line."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True)
    _line: int = PrivateAttr(0)
    _lines: dict[str, int] = PrivateAttr(default_factory=dict)

    @model_validator(mode="wrap")
    @classmethod
    def _remember_lines(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        part = handler(data)
        if isinstance(data, Keyed):
            part._line, part._lines = data.line, data.lines
        return part

    def line(self, key: str = "") -> int:
        """The line of a key as written in the file, or of the construct itself."""
        return self._lines.get(key, self._line)
