"""The small values a scheme file is made of: numbers, shares, marks, and the base of every construct."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    WithJsonSchema,
    model_validator,
)
from pydantic.functional_validators import ModelWrapValidatorHandler
from pydantic_core import PydanticCustomError

from engine.grammar.source import Keyed, any_lost, key_lost, keyed, line_of, overlaid
from engine.text import Text

_PERCENT = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)%")
_LARGEST = Decimal(10) ** 12
_MOST_PLACES = 10  # with _LARGEST: sums of thousands of figures stay exact in Python's 28 digits
_SHOWN = 40

_NOT_A_NUMBER = (
    "“{key}”写成了“{value}”，不是数；请用半角数字，如 12、0.5 或 30%，不加千分号、正号和单位",
    '"{key}" is "{value}", which is not a number; write 12, 0.5 or 30%, without separators, plus sign or unit',
)
_NOT_PLAIN = (
    "“{key}”写成了“{value}”；这里应是不带百分号的数，如 12 或 0.5",
    '"{key}" is "{value}" but must be a plain number such as 12 or 0.5',
)
_NOT_A_SHARE = (
    "“{key}”写成了“{value}”；这里应是 0% 至 100% 的百分比，如 30%",
    '"{key}" is "{value}" but must be a percentage from 0% to 100%, such as 30%',
)
_TOO_LARGE = (
    "“{key}”的数 {value} 过大，最大 {most}",
    'the number {value} of "{key}" is too large; the largest is {most}',
)
_TOO_FINE = (
    "“{key}”的数 {value} 小数位过多，最多 {most} 位",
    'the number {value} of "{key}" has too many decimal places; {most} at most',
)
_NO_GIFT = (
    "“{key}”写成了“{value}”；这里应是一个数、百分比或一句话",
    '"{key}" is "{value}" but must be a number, a percentage or a sentence',
)
_BLANK = ("“{key}”不能为空", '"{key}" must not be empty')


def wrong(zh: str, en: str, **values: object) -> PydanticCustomError:
    """A mistake in the file, to be raised by a validator; the parser adds file, line and `{key}`."""
    return PydanticCustomError("scheme", "{text}", {"text": Text(zh, en), "values": values})


def shown(value: object) -> Text:
    """What stands in the file, short enough for a message."""
    if value is None:
        return Text("空", "nothing")
    if isinstance(value, dict):
        return Text("分项", "a block")
    if isinstance(value, list):
        return Text("列表", "a list")
    text = str(value).lower() if isinstance(value, bool) else str(value)
    text = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return Text(text, text)


def _number(value: object) -> Decimal:
    number = Decimal("NaN")
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        number = Decimal(value)
    elif isinstance(value, str) and (match := _PERCENT.fullmatch(value)):
        number = Decimal(match[1]).scaleb(-2)
    if not number.is_finite():
        raise wrong(*_NOT_A_NUMBER, value=shown(value))
    exponent = number.as_tuple().exponent
    if abs(number) > _LARGEST:
        raise wrong(*_TOO_LARGE, value=shown(value), most=_LARGEST)
    if isinstance(exponent, int) and -exponent > _MOST_PLACES:
        raise wrong(*_TOO_FINE, value=shown(value), most=_MOST_PLACES)
    return number


def _plain(value: object) -> Decimal:
    if isinstance(value, str) and _PERCENT.fullmatch(value):
        raise wrong(*_NOT_PLAIN, value=value)
    return _number(value)


def _share(value: object) -> Decimal:
    if not isinstance(value, str) or not _PERCENT.fullmatch(value):
        raise wrong(*_NOT_A_SHARE, value=shown(value))
    number = _number(value)
    if not 0 <= number <= 1:
        raise wrong(*_NOT_A_SHARE, value=shown(value))
    return number


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that readings are held against, and whether it is written as a percentage."""

    amount: Decimal
    in_percent: bool


def _figure(value: object) -> Figure:
    return value if isinstance(value, Figure) else Figure(_number(value), isinstance(value, str))


@dataclass(frozen=True, slots=True)
class Marks:
    """Points, or (`relative`) a share of full marks."""

    amount: Decimal
    relative: bool = False

    def of(self, full: Fraction | Decimal) -> Fraction:
        return Fraction(self.amount) * (Fraction(full) if self.relative else 1)


FULL_MARKS = Marks(Decimal(1), relative=True)


def marks(value: object) -> Marks:
    """What the file writes as points or as a share of full marks."""
    if isinstance(value, Marks):
        return value
    return Marks(_number(value), relative=isinstance(value, str))


EVERY = "*"  # stands for every category in a value written once


def _by_category(value: object) -> object:
    if isinstance(value, dict):
        return value
    return keyed({EVERY: value}, 0)


def _gift(value: object) -> str:
    if isinstance(value, int | Decimal | str) and not isinstance(value, bool) and str(value).strip():
        return str(value)
    raise wrong(*_NO_GIFT, value=shown(value))


def _not_blank(value: str) -> str:
    if not value.strip():
        raise wrong(*_BLANK)
    return value


_PERCENT_SCHEMA = {"type": "string", "pattern": r"^-?\d+(\.\d+)?%$"}
_EITHER_SCHEMA = {"anyOf": [{"type": "number"}, _PERCENT_SCHEMA]}


def _category_schema(single: dict[str, Any]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [single, {"type": "object", "additionalProperties": single}]})


Plain = Annotated[Decimal, BeforeValidator(_plain), WithJsonSchema({"type": "number"})]
FigureField = Annotated[Figure, BeforeValidator(_figure), WithJsonSchema(_EITHER_SCHEMA)]
Share = Annotated[Decimal, BeforeValidator(_share), WithJsonSchema(_PERCENT_SCHEMA)]
MarksField = Annotated[Marks, BeforeValidator(marks), WithJsonSchema(_EITHER_SCHEMA)]
Whole = Annotated[int, Field(ge=0)]
Positive = Annotated[Plain, Field(gt=0)]
NotNegative = Annotated[Plain, Field(ge=0)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Name = Annotated[str, Field(max_length=200), AfterValidator(_not_blank)]
MarksByCategory = Annotated[
    Mapping[str, NotNegative], BeforeValidator(_by_category), _category_schema({"type": "number"})
]
SharesByCategory = Annotated[Mapping[str, Share], BeforeValidator(_by_category), _category_schema(_PERCENT_SCHEMA)]
WholeByCategory = Annotated[Mapping[str, Whole], BeforeValidator(_by_category), _category_schema({"type": "integer"})]
NameByCategory = Annotated[Mapping[str, Name], BeforeValidator(_by_category), _category_schema({"type": "string"})]
Gift = Annotated[str, BeforeValidator(_gift), WithJsonSchema({"type": ["string", "number"]})]


class Part(BaseModel):
    """A construct of the scheme file: immutable, no unknown keys, and every key knows its line."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True)
    _written: Keyed | None = PrivateAttr(None)

    @model_validator(mode="wrap")
    @classmethod
    def _remember_lines(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if isinstance(data, Keyed):
            data.known = frozenset(field.alias or name for name, field in cls.model_fields.items())
        part = handler(data)
        if isinstance(data, Keyed):
            part._written = data
        return part

    def line(self, *path: int | str) -> int:
        """The line in the file of a key, or of something below it (`"levels", "省级"`); else of the construct.

        0 where the construct stands for a shorthand.
        """
        return line_of(self._written, path) if self._written is not None else 0

    def lost(self, *keys: str) -> bool:
        """Whether one of the keys is not here, or lacks an entry, only because of a mistake already told."""
        return self._written is not None and any(key_lost(self._written, key) for key in keys)

    def overlaid(self, other: Part) -> Self:
        """A copy with what the other states in place of its own."""
        merged = self.model_copy(update={key: getattr(other, key) for key in other.model_fields_set})
        merged._written = overlaid(self._written or Keyed(), other._written or Keyed())
        return merged


def damaged(value: object) -> bool:
    """Whether anything inside a construct was lost to a mistake already told."""
    if isinstance(value, Part):
        own = value._written
        return (own is not None and any_lost(own)) or any(damaged(item) for item in value.__dict__.values())
    if isinstance(value, Mapping):
        return any(damaged(item) for item in value.values())
    return isinstance(value, tuple) and any(damaged(item) for item in value)
