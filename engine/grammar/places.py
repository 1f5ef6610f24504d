"""Rounding points: so many decimal places, half up unless another way is named."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema

from engine.grammar.fields import Part, shown, wrong
from engine.integers import Way

_NOT_PLACES = (
    "“{key}”写成了“{value}”；小数位数应是 0 至 9 的整数，不取舍写 none",
    '"{key}" is "{value}" but decimal places are a whole number from 0 to 9, or none for unrounded',
)
_NOT_DIGITS = (
    "“{key}”写成了“{value}”；小数位数应是 0 至 9 的整数",
    '"{key}" is "{value}" but decimal places are a whole number from 0 to 9',
)


def _is_places(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 9


def _digits(value: object) -> object:
    if not _is_places(value):
        raise wrong(*_NOT_DIGITS, value=shown(value))
    return value


_WHOLE_SCHEMA = {"type": "integer", "minimum": 0, "maximum": 9}
Digits = Annotated[int | None, BeforeValidator(_digits), WithJsonSchema(_WHOLE_SCHEMA)]


class Places(Part):
    """Decimal places of a rounding point and the way of rounding; None where the scheme leaves the value unrounded."""

    digits: Digits = Field(alias="places")
    way: Way


UNROUNDED = Places.model_construct(digits=None, way="half_up")


def half_up(digits: int) -> Places:
    """So many places, rounded in the usual way."""
    return Places(places=digits, way="half_up")


def _places(value: object) -> object:
    """`2` for half up at two places, `none` for not at all; a block names the way."""
    if isinstance(value, Places | dict):
        return value
    if value == "none":
        return UNROUNDED
    if isinstance(value, int) and _is_places(value):
        return half_up(value)
    raise wrong(*_NOT_PLACES, value=shown(value))


class _OrPlain:
    """For the editor: a number of places, or none, may stand in place of the block."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [_WHOLE_SCHEMA, {"const": "none"}, handler(core)]}


PlacesField = Annotated[Places, BeforeValidator(_places), _OrPlain()]
