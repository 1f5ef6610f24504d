"""Families of constructs of which the file names one: `rule: {ratio: …}`, `panel: {tiers: …}`."""

from __future__ import annotations

from typing import Any, ClassVar, Generic, TypeVar, cast

from pydantic import create_model, model_validator

from engine.language.fields import Part, wrong
from engine.language.source import Keyed, keyed
from engine.text import Text


class Kind(Part):
    """One member of a family; `word` is how the file calls it."""

    word: ClassVar[str]


K = TypeVar("K", bound=Kind)


class Choice(Part):
    """What the file writes for a family: `word`, or `{word: parameters}`. Subclasses have one field per word."""

    family: ClassVar[Family[Any]]

    @model_validator(mode="before")
    @classmethod
    def _name_one(cls, data: Any) -> Any:
        words = ", ".join(sorted(cls.family.kinds))
        family = cls.family.name
        if isinstance(data, str):
            data = keyed({data: None}, 0)
        if not isinstance(data, dict) or len(data) != 1:
            raise wrong("这里应写且只写一种{family}：{words}", "write exactly one {family} here: {words}", words=words, family=family)
        word, parameters = next(iter(data.items()))
        if word not in cls.family.kinds:
            text = "没有叫“{word}”的{family}；可用的有：{words}", 'no {family} is called "{word}"; there are: {words}'
            raise wrong(*text, word=word, words=words, family=family)
        if parameters is None:
            return keyed({word: keyed({}, data.line)}, data.line) if isinstance(data, Keyed) else {word: {}}
        return data

    @property
    def chosen(self) -> Any:
        """The member that the file names."""
        return next(value for word in self.family.kinds if (value := getattr(self, word)) is not None)


class Family(Generic[K]):
    """The registry of one family: word → class."""

    def __init__(self, zh: str, en: str) -> None:
        self.name = Text(zh, en)
        self.kinds: dict[str, type[K]] = {}

    def add(self, kind: type[K]) -> type[K]:
        """Class decorator: registers a member under its word."""
        self.kinds[kind.word] = kind
        return kind

    def choice(self, name: str) -> type[Choice]:
        """The model for a field that holds one member; call it once every member is registered."""
        fields: dict[str, Any] = {word: (kind | None, None) for word, kind in self.kinds.items()}
        choice = cast(type[Choice], create_model(name, __base__=Choice, **fields))
        choice.family = self
        for member in (choice, *self.kinds.values()):
            member.model_rebuild(force=True, _types_namespace={name: choice})
        return choice
