"""What pydantic found wrong, said to a clerk, at its line."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from engine.language.source import Keyed, Listed
from engine.text import Place, Problem, Text

_SAID: dict[str, Text] = {
    "missing": Text("缺少“{key}”", '"{key}" is missing'),
    "extra_forbidden": Text("这里不认识“{key}”，请删除或改正", '"{key}" is not known here; remove or correct it'),
    "literal_error": Text("“{key}”写成了“{value}”，只能是 {expected}", '"{key}" is "{value}" but must be {expected}'),
    "string_type": Text("“{key}”应是文字，写成了 {value}", '"{key}" must be text, not {value}'),
    "int_type": Text("“{key}”应是整数，写成了 {value}", '"{key}" must be a whole number, not {value}'),
    "bool_type": Text("“{key}”只能是 true 或 false，写成了 {value}", '"{key}" must be true or false, not {value}'),
    "string_pattern_mismatch": Text(
        "“{key}”写成了“{value}”；代码只用小写英文字母、数字和下划线，以字母开头",
        '"{key}" is "{value}"; a code has small letters, digits and underscores and starts with a letter',
    ),
    "greater_than": Text("“{key}”是 {value}，应大于 {gt}", '"{key}" is {value} but must be above {gt}'),
    "greater_than_equal": Text("“{key}”是 {value}，应不小于 {ge}", '"{key}" is {value} but must not be below {ge}'),
    "less_than_equal": Text("“{key}”是 {value}，应不大于 {le}", '"{key}" is {value} but must not be above {le}'),
    "too_short": Text("“{key}”至少要有 {min_length} 项", '"{key}" needs at least {min_length} entries'),
    "string_too_short": Text("“{key}”不能为空", '"{key}" must not be empty'),
    "string_too_long": Text("“{key}”过长，最多 {max_length} 字", '"{key}" is too long: {max_length} characters at most'),
}
_NEEDS_A_BLOCK = Text("“{key}”下面应分项写明（键: 值），写成了 {value}", '"{key}" needs its own keys below it, not {value}')
_NEEDS_A_LIST = Text("“{key}”应是列表（每项以 - 开头），写成了 {value}", '"{key}" must be a list (- item), not {value}')
_OTHER = Text("“{key}”写成了 {value}，不符合要求：{message}", '"{key}" is {value}: {message}')
_BLOCKS = {"model_type", "dict_type", "mapping_type", "model_attributes_type"}
_LISTS = {"tuple_type", "list_type"}
_HINTS = {
    "count": Text(
        "：请写明 proportional（按比例）、completed（只计满步）或 started（不足一步按一步计）",
        ": say proportional, completed (whole steps only) or started (a step begun counts whole)",
    ),
}


def problems_of(error: ValidationError, source: Any, file: str, words: frozenset[str]) -> list[Problem]:
    """Every mistake once, with the line of the innermost construct that the file has for it.

    `words` are the keys of the language, for the hint at a misspelt one.
    """
    return [
        Problem(Place(file, row=_line(source, details["loc"])), _text(details, words))
        for details in _without_echoes(error.errors(include_url=False))
    ]


def _without_echoes(found: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """A list whose items are all wrong is also said to be too short; the items are enough."""
    for details in found:
        inside = any(len(d["loc"]) > len(details["loc"]) and d["loc"][: len(details["loc"])] == details["loc"] for d in found)
        if not (details["type"] == "too_short" and inside):
            yield details


def _text(details: ErrorDetails, words: frozenset[str]) -> Text:
    context = details.get("ctx") or {}
    if isinstance(context.get("text"), Text):
        return context["text"]
    key = next((str(part) for part in reversed(details["loc"]) if isinstance(part, str)), "")
    kind = details["type"]
    text = _NEEDS_A_BLOCK if kind in _BLOCKS else _NEEDS_A_LIST if kind in _LISTS else _SAID.get(kind, _OTHER)
    values = {"key": key, "value": _shown(details["input"]), "message": details["msg"]}
    said = text.format(**(context | values))
    hint = _hint(kind, key, words)
    return Text(said.zh + hint.zh, said.en + hint.en)


def _hint(kind: str, key: str, words: frozenset[str]) -> Text:
    if kind == "missing" and key in _HINTS:
        return _HINTS[key]
    near = get_close_matches(key, words, n=1, cutoff=0.75) if kind == "extra_forbidden" else []
    return Text("；是不是“{near}”？", '; did you mean "{near}"?').format(near=near[0]) if near else Text("", "")


def _shown(value: Any) -> str:
    if value is None:
        return "空"
    if isinstance(value, Keyed | Listed | dict | list):
        return "…"
    return str(value)


def _line(source: Any, location: tuple[int | str, ...]) -> int:
    line = source.line if isinstance(source, Keyed | Listed) else 1
    for step in location:
        if isinstance(source, Keyed) and step in source:
            line, source = source.lines[str(step)], source[str(step)]
        elif isinstance(source, Listed) and isinstance(step, int) and step < len(source):
            line, source = source.lines[step], source[step]
        else:
            break
    return line
