"""What pydantic found wrong, said to a clerk, at its line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pydantic_core import ErrorDetails

from engine.grammar.fields import EVERY, shown
from engine.grammar.near import NOTHING, hint, nearest
from engine.grammar.source import Keyed, Step, key_lost, line_of, value_at
from engine.text import Place, Problem, Text

_CODE = "string_pattern_mismatch"
_SAID: dict[str, Text] = {
    "missing": Text("缺少“{key}”，请补上", '"{key}" is missing; add it'),
    "extra_forbidden": Text("这里不认识“{key}”，请删除或改正", '"{key}" is not known here; remove or correct it'),
    "literal_error": Text("“{key}”写成了“{value}”，只能是 {expected}", '"{key}" is "{value}" but must be {expected}'),
    "string_type": Text("“{key}”应是文字，写成了{value}", '"{key}" must be text, not {value}'),
    "int_type": Text("“{key}”应是整数，写成了{value}", '"{key}" must be a whole number, not {value}'),
    "bool_type": Text("“{key}”只能是 true 或 false，写成了{value}", '"{key}" must be true or false, not {value}'),
    _CODE: Text(
        "“{key}”写成了“{value}”；代码只用小写英文字母、数字和{mark}，以字母开头",
        '"{key}" is "{value}"; a code has small letters, digits and {mark} and starts with a letter',
    ),
    "greater_than": Text("“{key}”是 {value}，应大于 {gt}", '"{key}" is {value} but must be above {gt}'),
    "greater_than_equal": Text("“{key}”是 {value}，不应小于 {ge}", '"{key}" is {value} but must not be below {ge}'),
    "less_than_equal": Text("“{key}”是 {value}，不应大于 {le}", '"{key}" is {value} but must not be above {le}'),
    "too_short": Text("“{key}”至少要有 {min_length} 项", '"{key}" needs {min_length} or more entries'),
    "string_too_short": Text("“{key}”不能为空", '"{key}" must not be empty'),
    "string_too_long": Text(
        "“{key}”过长，最多 {max_length} 字", '"{key}" is too long: {max_length} characters at most'
    ),
}
_QUOTES = Text("；数字当文字用要加引号", "; put a number in quotes")
_BAD_KEY = Text(
    "“{key}”下的代码“{value}”不合要求；代码只用小写英文字母、数字和下划线，以字母开头",
    'the code "{value}" under "{key}" must have small letters, digits and underscores and start with a letter',
)
_BAD_NAME = Text("“{key}”下有一个名称是空的或过长", 'a name under "{key}" is empty or too long')
_MARKS = {True: Text("连字符", "hyphens"), False: Text("下划线", "underscores")}
_ELSEWHERE = Text(
    "“{key}”不写在这里，请删除或移到它该在的地方", '"{key}" does not belong here; remove it or move it to its place'
)
_NEEDS_A_BLOCK = Text(
    "“{key}”下面应分项写明（键: 值），写成了{value}", '"{key}" needs its own keys below it, not {value}'
)
_NEEDS_A_LIST = Text("“{key}”应是列表（每项以 - 开头），写成了{value}", '"{key}" must be a list (- item), not {value}')
_ITEM = Text(
    "“{key}”的第 {number} 项应分项写明（键: 值），写成了{value}",
    'item {number} of "{key}" needs keys of its own, not {value}',
)
_FILE = Text(
    "文件应从 language: 1 写起，逐行写“键: 值”，现在是{value}",
    "the file must consist of keys such as language: 1, not {value}",
)
_OTHER = Text("“{key}”写成了{value}，不符合要求（{message}）", '"{key}" is {value}: {message}')
_BLOCKS = {"model_type", "dict_type", "mapping_type", "model_attributes_type"}
_LISTS = {"tuple_type", "list_type"}
_HINTS = {
    "count": Text(
        "；可写 proportional（按比例）、completed（只计满步）或 started（不足一步按一步计）",
        "; say proportional, completed (whole steps only) or started (a step begun counts whole)",
    ),
}


def problems_of(found: Iterable[ErrorDetails], source: Any, file: str, words: frozenset[str]) -> list[Problem]:
    """Every mistake once, with the line of the innermost construct that the file has for it.

    `words` are the keys that the language has anywhere, to tell a misplaced one.
    """
    details = _without_echoes(list(found), source)
    return [Problem(Place(file, row=line_of(source, one["loc"])), _text(one, source, words)) for one in details]


def meant(details: ErrorDetails, source: Any) -> str:
    """The key that an unknown key was meant to be, if it is near one that the language has here."""
    *holder, key = details["loc"]
    here = value_at(source, holder)
    return nearest(str(key), here.known - set(here)) if isinstance(here, Keyed) else ""


def _without_echoes(found: list[ErrorDetails], source: Any) -> list[ErrorDetails]:
    """Without: too few items where the items themselves are wrong; keys missing only because of another mistake."""
    misspelt = {(details["loc"][:-1], meant(details, source)) for details in found if _extra(details)}
    kept = []
    for details in found:
        at, kind = details["loc"], details["type"]
        echo = kind == "too_short" and (wrong_inside(at, found) or _lost(source, at))
        echo |= kind == "missing" and ((at[:-1], at[-1]) in misspelt or _lost(source, at))
        if not echo:
            kept.append(details)
    return kept


def wrong_inside(location: tuple[Step, ...], found: Iterable[ErrorDetails]) -> bool:
    """Whether something further inside is wrong: pydantic then also finds the list around it too short."""
    return any(len(one["loc"]) > len(location) and one["loc"][: len(location)] == location for one in found)


def _extra(details: ErrorDetails) -> bool:
    return details["type"] == "extra_forbidden"


def _lost(source: Any, location: tuple[Step, ...]) -> bool:
    holder = value_at(source, location[:-1])
    return isinstance(holder, Keyed) and key_lost(holder, str(location[-1]))


def _text(details: ErrorDetails, source: Any, words: frozenset[str]) -> Text:
    context: dict[str, Any] = dict(details.get("ctx") or {})
    kind, location = details["type"], details["loc"]
    names = [part for part in location if isinstance(part, str) and part != EVERY and not part.startswith("[")]
    key = names[-1] if names else ""
    values: dict[str, Any] = {"key": key, "value": shown(details["input"]), "message": details["msg"]}
    if location and location[-1] == "[key]":
        values["key"] = names[-2] if len(names) > 1 else ""
        return (_BAD_KEY if kind == _CODE else _BAD_NAME).format(**values)
    own = context.get("text")
    if isinstance(own, Text):
        return own.format(**(context["values"] | {"key": key}))
    if kind == "literal_error":
        context["expected"] = _choices(context["expected"])
    if kind == _CODE:
        values["mark"] = _MARKS["-]" in context["pattern"]]
    near = meant(details, source) if _extra(details) else ""
    said = _sentence(kind, location, frozenset() if near else words)
    said = said.format(**(context | values | {"number": _number(location)}))
    in_lateness = "lateness" in names  # whose days are counted in another way than steps
    after = _HINTS.get(key, NOTHING) if kind == "missing" and not in_lateness else hint(near)
    if kind == "string_type" and isinstance(details["input"], int | Decimal):
        after = _QUOTES
    return Text(said.zh + after.zh, said.en + after.en)


def _sentence(kind: str, location: tuple[Step, ...], words: frozenset[str]) -> Text:
    if kind in _BLOCKS and not location:
        return _FILE
    if kind in _BLOCKS:
        return _ITEM if isinstance(location[-1], int) else _NEEDS_A_BLOCK
    if kind in _LISTS:
        return _NEEDS_A_LIST
    if kind == "extra_forbidden" and str(location[-1]) in words:
        return _ELSEWHERE
    return _SAID.get(kind, _OTHER)


def _number(location: tuple[Step, ...]) -> int:
    return location[-1] + 1 if location and isinstance(location[-1], int) else 0


def _choices(expected: str) -> Text:
    """`'a', 'b' or 'c'` in both languages."""
    words = re.findall(r"'([^']*)'", expected) or [expected]
    return Text("、".join(words[:-1]) + " 或 " * (len(words) > 1) + words[-1], expected.replace("'", ""))
