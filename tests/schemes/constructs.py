"""Every construct of the scheme language, and those that a rule book uses: by word, by key, by option of a key.

A key whose value may differ by category is one construct more, and so is each function of a formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from inspect import get_annotations
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, BeforeValidator

from engine.grammar.fields import EVERY, MarksByCategory, Part
from engine.grammar.registry import Choice, Kind
from engine.language.model import Node, NodeBody
from engine.language.read import json_schema
from engine.language.scheme import Scheme
from engine.rules.expression.functions import FUNCTIONS
from engine.rules.expression.terms import Call, Term
from engine.rules.formula import Formula

_SAME = {NodeBody.__name__: Node.__name__}  # what `for` says at a node is what the node says
[_PER_CATEGORY] = [one.func for one in get_args(MarksByCategory) if isinstance(one, BeforeValidator)]


def all_constructs() -> set[str]:
    """`against: ratio`, `Against.to`, `Quota.ties`, `Quota.ties=all_in`, `Node.weight by category`, `formula: min` …"""
    named = {name.rpartition("__")[2] for name in json_schema()["$defs"]}
    parts = {one for part in set(_below(Part)) if part.__name__ in named for one in _of_class(part)}
    return parts | {_function(word) for word in FUNCTIONS}


def used_in(scheme: Scheme) -> set[str]:
    """The constructs of one rule book; an option that is the default counts where its construct is used."""
    return {one for plan in scheme.evaluations for one in _used(plan.written)}


def _below(part: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in part.__subclasses__():
        yield one
        yield from _below(one)


def _label(part: type[BaseModel]) -> str:
    if issubclass(part, Kind) and hasattr(part, "word"):
        return f"{part.__module__.rpartition('.')[2]}: {part.word}"
    return _SAME.get(part.__name__, part.__name__)


def _key(part: type[BaseModel], name: str) -> str:
    """A key by the class that declares it: what several rules share, such as `among`, is one construct.

    What an evaluation says about absent figures is the default of its nodes; steps are counted alike in every rule.
    """
    field = part.model_fields[name]
    declaring = next(one for one in reversed(part.__mro__) if name in get_annotations(one))
    label = "Node" if name in ("missing", "not_applicable") else _label(declaring)
    if name == "count" and "proportional" in _options([field.annotation]):
        label = "steps"
    return f"{label}.{field.alias or name}"


def _of_class(part: type[BaseModel]) -> Iterator[str]:
    if issubclass(part, Choice):
        return
    yield _label(part)
    for name, field in part.model_fields.items():
        key = _key(part, name)
        yield key
        yield from (f"{key}={option}" for option in _options([field.annotation, *field.metadata]))
        if _may_differ([field.annotation, *field.metadata]):
            yield _by_category(key)


def _options(annotations: list[Any]) -> Iterator[str]:
    for annotation in annotations:
        if get_origin(annotation) is Literal:
            yield from (option for option in get_args(annotation) if isinstance(option, str))
        else:
            yield from _options(list(get_args(annotation)))


def _may_differ(annotations: list[Any]) -> bool:
    """Whether a key takes one value for all, or one for each category."""
    return any(
        one.func is _PER_CATEGORY if isinstance(one, BeforeValidator) else _may_differ(list(get_args(one)))
        for one in annotations
    )


def _by_category(key: str) -> str:
    return f"{key} by category"


def _function(word: str) -> str:
    return f"formula: {word}"


def _functions(term: Term) -> Iterator[str]:
    if isinstance(term, Call):
        yield _function(term.word)
    for inner in term.inside():
        yield from _functions(inner)


def _used(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from _used(tuple(value.values()))
    elif isinstance(value, tuple):
        for item in value:
            yield from _used(item)
    elif isinstance(value, Choice):
        yield from _used(value.chosen)
    elif isinstance(value, Part):
        yield from _used_part(value)


def _used_part(value: Part) -> Iterator[str]:
    yield _label(type(value))
    if isinstance(value, Formula):
        yield from _functions(value.term)
    for name, field in type(value).model_fields.items():
        held, key = getattr(value, name), _key(type(value), name)
        if name in value.model_fields_set:
            yield key
        if isinstance(held, Mapping) and EVERY not in held and _may_differ([field.annotation, *field.metadata]):
            yield _by_category(key)
        yield from (f"{key}={one}" for one in (held if isinstance(held, tuple) else (held,)) if isinstance(one, str))
        yield from _used(held)
