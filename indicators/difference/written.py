"""What stands in a scheme file of a construct, value by value, as a clerk would find it there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Any

from engine.grammar.fields import EVERY, Figure, Marks, Part
from engine.grammar.registry import Choice
from engine.rules.wording import joined
from engine.show import percent, show
from engine.text import Text


def flattened(part: Part, without: Iterable[str] = ()) -> dict[str, str]:
    """All that stands in the file of a construct: key path → value. Some keys of its own may be left out."""
    stated = {key: value for key, value in _stated(part).items() if key not in set(without)}
    return dict(_paths(stated, ""))


def _stated(part: Part) -> dict[str, Any]:
    named = {name: field.alias or name for name, field in type(part).model_fields.items()}
    return {named[name]: getattr(part, name) for name in named if name in part.model_fields_set}


def _paths(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Choice):
        value = {value.chosen.word: _stated(value.chosen)} if value.chosen.model_fields_set else value.chosen.word
    elif isinstance(value, Part):
        value = _stated(value)
    elif is_dataclass(value) and not isinstance(value, Marks | Figure):
        value = {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _paths(inner, path if key == EVERY else f"{path}.{key}".lstrip("."))
    elif isinstance(value, tuple | list):
        for number, inner in enumerate(value, 1):
            yield from _paths(inner, f"{path}.{number}")
    else:
        yield path, _shown(value)


def _shown(value: Any) -> str:
    if isinstance(value, Marks):
        return percent(value.amount) if value.relative else show(value.amount)
    if isinstance(value, Figure):
        return percent(value.amount) if value.in_percent else show(value.amount)
    if isinstance(value, Decimal):
        return show(value)
    return str(value).lower() if isinstance(value, bool) or value is None else str(value)


def different_keys(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """The key paths that say something else, or stand on one side only."""
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def told_by(key: str, patterns: Iterable[str]) -> bool:
    """Whether a key path is one of those that a sentence tells; a pattern also stands for all below it."""
    return any(fnmatchcase(key, pattern) or fnmatchcase(key, f"{pattern}.*") for pattern in patterns)


def written_said(written: Mapping[str, str], keys: set[str]) -> Text:
    """Some of what stands in the file, as it is written there."""
    stated = (f"{key}: {written[key]}" for key in sorted(keys) if key in written)
    return joined(Text(said, said) for said in stated)
