"""Every word that the JSON Schema of a scheme file knows, and which of them a drawn scheme uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

# Words without arithmetic: for people, for who reports, and longer or shorter ways to say the same.
WITHOUT_ARITHMETIC = {
    "Bonus.consents",
    "FactSpec.measure",
    "Grade.below",
    "Node.by",
    "Node.lead",
    "Node.says",
    "Node.substitute",
    "Rise.last",  # a band has it; for a rise the linter refuses it
    "DeductionStandard.says",
    "Evaluation.timetable",
    "Standard.says",
    "Use.says",
}
WITHOUT_ARITHMETIC_AT_ALL = ("TimetableRow.",)  # whatever a planned window says: no point depends on it
# A set's own version of a node says what a node says.
SAME = {"NodeBody": "Node"}
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def words(schema: Mapping[str, Any]) -> set[str]:
    """`Construct.key`, and `Construct.key=word` where a key takes one of several words."""
    found: set[str] = set()
    for name, construct in {"SchemeFile": schema, **schema["$defs"]}.items():
        for one in _alternatives(construct):
            for key, inner in one.get("properties", {}).items():
                found.add(f"{SAME.get(name, name)}.{key}")
                found |= {f"{SAME.get(name, name)}.{key}={word}" for word in _enumerated(inner)}
    return found


def _choices(schema: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return schema.get("anyOf", schema.get("oneOf", []))  # type: ignore[no-any-return]


def _alternatives(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield schema
    for inner in _choices(schema):
        yield from _alternatives(inner)


def _enumerated(schema: Mapping[str, Any]) -> list[str]:
    found = [word for one in _alternatives(schema) for word in one.get("enum", [])]
    found += [str(one["const"]) for one in _alternatives(schema) if "const" in one]
    return found if len(found) > 1 else []


class Walk:
    """Follows a scheme along the schema and remembers the words that it meets."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.schema = schema
        self.met: set[str] = set()

    def whole(self, scheme: Mapping[str, Any]) -> None:
        self._along(self.schema, scheme, "SchemeFile")

    def _along(self, schema: Mapping[str, Any], value: Any, name: str) -> None:
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            self._along(self.schema["$defs"][name], value, SAME.get(name, name))
        elif _choices(schema):
            fitting = next((one for one in _choices(schema) if self._fits(one, value)), None)
            assert fitting is not None, f"{name}: nothing fits {value}"
            self._along(fitting, value, name)
        elif isinstance(value, list):
            for one in value:
                self._along(schema["items"], one, name)
        elif isinstance(value, dict):
            for key, inner in value.items():
                self._key(schema, key, inner, name)

    def _key(self, schema: Mapping[str, Any], key: str, inner: Any, name: str) -> None:
        if key in schema.get("properties", {}):
            said = schema["properties"][key]
            self.met.add(f"{name}.{key}")
            if isinstance(inner, str) and inner in _enumerated(said):
                self.met.add(f"{name}.{key}={inner}")
            self._along(said, inner, name)
        else:
            self._along(_of_any_key(schema), inner, name)

    def _fits(self, schema: Mapping[str, Any], value: Any) -> bool:
        if "$ref" in schema:
            return self._fits(self.schema["$defs"][schema["$ref"].rpartition("/")[2]], value)
        if _choices(schema):
            return any(self._fits(one, value) for one in _choices(schema))
        if isinstance(value, dict):
            known, required = schema.get("properties", {}), schema.get("required", [])
            more = _of_any_key(schema)
            return (
                schema.get("type") == "object"
                and all(key in value for key in required)
                and all(self._fits(known.get(key, more), inner) for key, inner in value.items())
            )
        if isinstance(value, list):
            return schema.get("type") == "array" and all(self._fits(schema["items"], one) for one in value)
        return _text_fits(schema, value)


def _of_any_key(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """What stands under a key that has no name of its own."""
    for inner in schema.get("patternProperties", {}).values():
        return inner  # type: ignore[no-any-return]
    more = schema.get("additionalProperties", False)
    return more if isinstance(more, dict) else {"type": "nothing"}


def _text_fits(schema: Mapping[str, Any], value: str) -> bool:
    if "const" in schema:
        return str(schema["const"]) == value
    if "enum" in schema:
        return value in schema["enum"]
    kinds = schema.get("type", "")
    if isinstance(kinds, list):
        return any(_text_fits({**schema, "type": kind}, value) for kind in kinds)
    if kinds in ("number", "integer"):
        return NUMBER.fullmatch(value) is not None
    if kinds == "boolean":
        return value in ("true", "false")
    return kinds == "string" and re.search(schema.get("pattern", ""), value) is not None
