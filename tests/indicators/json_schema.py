"""As much of JSON Schema as the schema of the scheme language uses; an unknown keyword is an error, not a pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

Schema = dict[str, Any]

SAYS_NOTHING = {"title", "description", "default", "$defs"}
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "null": (type(None),),
    "integer": (int,),
    "number": (int, Decimal),
}


def _is(value: Any, name: str) -> bool:
    return isinstance(value, TYPES[name]) and (name == "boolean") == isinstance(value, bool)


def _has_type(value: Any, names: str | list[str]) -> bool:
    return any(_is(value, name) for name in ([names] if isinstance(names, str) else names))


# keyword → the type it looks at, and whether a value of that type satisfies it
SIMPLE: dict[str, tuple[str | None, Callable[[Any, Any], bool]]] = {
    "type": (None, _has_type),
    "const": (None, lambda value, asked: value == asked),
    "enum": (None, lambda value, asked: value in asked),
    "pattern": ("string", lambda value, asked: re.search(asked, value) is not None),
    "minLength": ("string", lambda value, asked: len(value) >= asked),
    "maxLength": ("string", lambda value, asked: len(value) <= asked),
    "minimum": ("number", lambda value, asked: value >= asked),
    "maximum": ("number", lambda value, asked: value <= asked),
    "exclusiveMinimum": ("number", lambda value, asked: value > asked),
    "minItems": ("array", lambda value, asked: len(value) >= asked),
    "minProperties": ("object", lambda value, asked: len(value) >= asked),
    "maxProperties": ("object", lambda value, asked: len(value) <= asked),
    "required": ("object", lambda value, asked: set(asked) <= value.keys()),
}
NESTED = {"$ref", "anyOf", "oneOf", "properties", "patternProperties", "additionalProperties", "propertyNames", "items"}


def wrong_with(value: Any, schema: Schema, whole: Schema, at: str = "") -> list[str]:
    """Where a value breaks the schema, and what it breaks; empty if it is right."""
    assert schema.keys() <= SAYS_NOTHING | SIMPLE.keys() | NESTED, schema.keys()
    found = [
        f"{at}: {value!r} breaks {keyword} {schema[keyword]}"
        for keyword, (kind, holds) in SIMPLE.items()
        if keyword in schema and (kind is None or _is(value, kind)) and not holds(value, schema[keyword])
    ]
    if "$ref" in schema:
        found += wrong_with(value, whole["$defs"][schema["$ref"].removeprefix("#/$defs/")], whole, at)
    if "anyOf" in schema and all(tried := [wrong_with(value, one, whole, at) for one in schema["anyOf"]]):
        found += [f"{at}: no form fits", *min(tried, key=len)]
    if "oneOf" in schema and sum(not wrong_with(value, one, whole, at) for one in schema["oneOf"]) != 1:
        found.append(f"{at}: not exactly one form fits")
    for step, inner, one in _inside(value, schema):
        found += [f"{at}: {step} is not known"] if one is False else wrong_with(inner, one, whole, f"{at}/{step}")
    return found


def _inside(value: Any, schema: Schema) -> Iterator[tuple[str, Any, Any]]:
    """Each part of a value and the schema it must satisfy (`False`: it must not be there)."""
    if _is(value, "array") and "items" in schema:
        yield from ((str(number), item, schema["items"]) for number, item in enumerate(value))
    for key, inner in value.items() if _is(value, "object") else ():
        if "propertyNames" in schema:
            yield f"{key}?", key, schema["propertyNames"]
        patterns = [one for pattern, one in schema.get("patternProperties", {}).items() if re.search(pattern, key)]
        named = [schema["properties"][key]] if key in schema.get("properties", {}) else []
        others = [schema["additionalProperties"]] if "additionalProperties" in schema else []
        yield from ((key, inner, one) for one in (named + patterns or others) if one is not True)
