"""Families of constructs of which the file names one: `rule: {ratio: …}`, `panel: {tiers: …}`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from inspect import getdoc
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import GetJsonSchemaHandler, create_model, model_serializer, model_validator
from pydantic_core import CoreSchema

from engine.grammar.fields import Part, shown, wrong
from engine.grammar.near import hint, nearest
from engine.grammar.source import keyed
from engine.text import Text


class Kind(Part):
    """One member of a family; `word` is how the file calls it.

    A member whose only parameter is `alone` may be written without its name: `{fact: handled}` for
    `{fact: {code: handled}}`.
    """

    word: ClassVar[str]
    alone: ClassVar[str] = ""

    @classmethod
    def bare(cls) -> bool:
        """Whether the word may stand without parameters: `target`."""
        return not any(field.is_required() for field in cls.model_fields.values())

    def mistakes(self) -> Iterator[tuple[str, Text]]:
        """What is wrong with the parameters beyond their types: (key, what is wrong and what would be right)."""
        yield from ()

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        reference = handler(core)
        if not cls.alone:
            return reference
        whole = handler.resolve_ref_schema(reference)
        parameters = dict(whole)
        whole.clear()
        whole["anyOf"] = [parameters["properties"][cls.alone], parameters]
        return reference


K = TypeVar("K", bound=Kind)


class Choice(Part, Generic[K]):
    """What the file writes for a family: `word`, or `{word: parameters}`. Subclasses have one field per word."""

    family: ClassVar[Family[Any]]

    @model_validator(mode="before")
    @classmethod
    def _name_one(cls, data: Any) -> Any:
        known = sorted(cls.family.kinds)
        values = {"words": Text("、".join(known), ", ".join(known)), "family": cls.family.name}
        if isinstance(data, str):
            data = keyed({data: None}, 0)
        if not isinstance(data, dict) or len(data) != 1:
            zh, en = "这里应写且只写一种{family}：{words}", "write exactly one {family} here: {words}"
            raise wrong(zh, en, **values)
        word, parameters = next(iter(data.items()))
        if word not in cls.family.kinds:
            zh = "没有叫“{word}”的{family}；可用的有：{words}{near}"
            en = 'no {family} is called "{word}"; there are: {words}{near}'
            raise wrong(zh, en, word=shown(word), near=hint(nearest(str(word), known)), **values)
        alone, line = cls.family.kinds[word].alone, getattr(data, "line", 0)
        if parameters is None:
            return keyed({word: keyed({}, line)}, line)
        if alone and not isinstance(parameters, dict | Kind):
            return keyed({word: keyed({alone: parameters}, line)}, line)
        return data

    @model_serializer
    def _as_written(self) -> dict[str, Any]:
        return {self.chosen.word: self.chosen}

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Either a bare word, or one key with its parameters."""
        reference = handler(core)
        whole = handler.resolve_ref_schema(reference)
        words = {word: member["anyOf"][0] for word, member in whole["properties"].items()}
        kinds = cls.family.kinds.items()
        bare = [{"const": word, "description": getdoc(kind)} for word, kind in kinds if kind.bare()]
        whole |= {"title": cls.family.name.en, "properties": words, "minProperties": 1, "maxProperties": 1}
        one = dict(whole)
        whole.clear()
        whole["anyOf"] = [*bare, one]
        return reference

    @cached_property
    def chosen(self) -> K:
        """The member that the file names."""
        named: K = next(value for word in self.family.kinds if (value := getattr(self, word)) is not None)
        return named


C = TypeVar("C", bound=Choice[Any])


class Family(Generic[K]):
    """The registry of one family: word → class."""

    def __init__(self, zh: str, en: str) -> None:
        self.name = Text(zh, en)
        self.kinds: dict[str, type[K]] = {}

    def add(self, kind: type[K]) -> type[K]:
        """Class decorator: registers a member under its word."""
        self.kinds[kind.word] = kind
        return kind

    def choice(self, base: type[C]) -> type[C]:
        """Class decorator: the model for a field that holds one member; every member is registered by then."""
        fields: dict[str, Any] = {word: (kind | None, None) for word, kind in self.kinds.items()}
        choice = create_model(base.__name__, __base__=base, __doc__=base.__doc__, __module__=base.__module__, **fields)
        choice.family = self
        members: list[type[Part]] = [choice, *self.kinds.values()]
        for member in members:
            member.model_rebuild(force=True, _types_namespace={base.__name__: choice})
        return choice
