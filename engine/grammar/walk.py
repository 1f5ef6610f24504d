"""Looking into constructs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from engine.grammar.fields import Part

P = TypeVar("P", bound=Part)


def inside(value: object, kind: type[P], outside: type[Part] | None = None) -> Iterator[P]:
    """Every construct of a kind inside a value, the value itself included; those `outside` are not looked into."""
    if isinstance(value, kind):
        yield value
    if outside is not None and isinstance(value, outside):
        return
    inner: Iterable[object] = ()
    if isinstance(value, Part):
        inner = value.__dict__.values()
    elif isinstance(value, Mapping):
        inner = value.values()
    elif isinstance(value, tuple):
        inner = value
    for item in inner:
        yield from inside(item, kind, outside)
