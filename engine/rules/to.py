"""`to`: one of the references, or simply a number."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, TypeAdapter

from engine.grammar.fields import FigureField
from engine.grammar.registry import Choice
from engine.grammar.source import keyed
from engine.rules import comparisons  # noqa: F401  (registers the comparisons)
from engine.rules.references import REFERENCES, Reference


def _reference(data: Any) -> Any:
    """`to: 100%` for `to: {constant: 100%}`."""
    number = isinstance(data, int | Decimal) or (isinstance(data, str) and data.endswith("%"))
    return keyed({"constant": data}, 0) if number else data


def _or_number(schema: dict[str, Any]) -> None:
    reference = dict(schema)
    schema.clear()
    schema["anyOf"] = [reference, TypeAdapter(FigureField).json_schema()]


@REFERENCES.choice
class ReferenceChoice(Choice[Reference]):
    """What a measure is held against."""


To = Annotated[ReferenceChoice, BeforeValidator(_reference), Field(json_schema_extra=_or_number)]
