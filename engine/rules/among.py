"""Who a unit is compared with: `among`, and the comparison set that it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, NamedTuple

import numpy as np
from pydantic import BeforeValidator, WithJsonSchema

from engine.exact import Mask, Rows
from engine.grammar.fields import shown, wrong
from engine.integers import Ints
from engine.rules.wording import Words
from engine.text import Text

_CODE = r"^[a-z][a-z0-9_]*$"
_WORDS = ("category", "all", "passed")
_WRONG = (
    "“{key}”写成了“{value}”，只能是 category（本类别）、all（全部单位）、passed（达到条件的）或 {{group: 分组代码}}",
    '"{key}" is "{value}" but must be category, all, passed or {{group: CODE}}',
)
_SCHEMA = {
    "anyOf": [
        {"enum": list(_WORDS)},
        {
            "type": "object",
            "properties": {"group": {"type": "string", "pattern": _CODE}},
            "required": ["group"],
            "additionalProperties": False,
        },
    ]
}
NAMES = {
    "category": Text("本类别", "its category"),
    "all": Text("全部单位", "all units"),
    "passed": Text("本类别达到条件的单位", "those of its category that met the condition"),
}
_COUNTED = {
    "category": Text("{category} {n} 个单位", "the {n} units of {category}"),
    "all": Text("全部 {n} 个单位", "all {n} units"),
    "passed": Text("{category}达到条件的 {n} 个单位", "the {n} units of {category} that met the condition"),
    "group": Text("{group} {n} 个单位", "the {n} units of {group}"),
}


@dataclass(frozen=True, slots=True)
class Among:
    """A comparison set as the file names it: the category, everybody, those who passed the gate, or a named group."""

    word: str
    group: str = ""

    def in_words(self, words: Words) -> Text:
        """The set, as a sentence about the rule names it."""
        name = words.groups.get(self.group, self.group)
        return Text(name, name) if self.group else NAMES[self.word]

    def counted(self, n: int, category: Text, group: str) -> Text:
        """The set and how many units are in it: `县（区）10 个单位`."""
        return _COUNTED[self.word].format(n=n, category=category, group=group)


CATEGORY = Among("category")
ALL = Among("all")


def _among(value: object) -> Among:
    if isinstance(value, Among):
        return value
    if isinstance(value, str) and value in _WORDS:
        return Among(value)
    if isinstance(value, dict) and set(value) == {"group"} and re.match(_CODE, str(value["group"])):
        return Among("group", str(value["group"]))
    raise wrong(*_WRONG, value=shown(value))


AmongField = Annotated[Among, BeforeValidator(_among), WithJsonSchema(_SCHEMA)]


class Group(NamedTuple):
    """A named group: what people call it, and which rows belong to it."""

    name: str
    rows: Mask


@dataclass(frozen=True, slots=True)
class Comparison:
    """Who is compared with whom: `groups[i]`, below `count`, numbers the set that row i is held against.

    `members` are the rows that belong to their set. A row that does not is measured against it and is nobody's measure.
    """

    groups: Rows
    count: int
    members: Mask

    def sizes(self) -> Rows:
        """Per row the number of members of its set."""
        return np.bincount(self.groups[self.members], minlength=self.count)[self.groups]

    def places(self, keys: Ints) -> Ints:
        """Per row its place, the largest key first: 1, 2, 2, 4; for a row that is no member, the one it would take."""
        return places_among(keys, self.groups, self.members)

    def members_beside(self, row: int) -> list[int]:
        """The members of the set that a row is held against."""
        return [int(one) for one in np.flatnonzero((self.groups == self.groups[row]) & self.members)]


def places_among(keys: Ints, groups: Rows, members: Mask) -> Ints:
    """Competition places (1, 2, 2, 4) within each group, the largest key first, counted among the members alone."""
    places = np.ones(len(keys), dtype=np.int64)
    for group in np.unique(groups):
        rows = np.flatnonzero(groups == group)
        ordered = np.sort(keys[rows[members[rows]]])
        places[rows] = len(ordered) - np.searchsorted(ordered, keys[rows], side="right") + 1
    return places
