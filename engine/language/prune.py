"""Cuts what is not grammatical out of the data, so that the checks can still look at the rest.

What is cut is marked as lost, and a required key gets a stand-in where one can be had; the checks ask for the marks and
keep silent about what only the mistake brought about.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from engine.grammar.source import Held, Keyed, Listed, Step, keyed, trail, value_at
from engine.language.messages import meant, wrong_inside
from engine.language.model import SchemeFile

_ROUNDS = 40
_UNREADABLE = "？"
_codes = count(1)


def _code() -> str:
    return f"unreadable_{next(_codes)}"


def _text() -> str:
    return _UNREADABLE


def _two() -> int:
    return 2


def _rounding() -> Keyed:
    return keyed(dict.fromkeys(("leaf", "node", "panel", "total"), 2), 0)


def _grades() -> list[Any]:
    return [keyed({"name": _UNREADABLE, "from": 1}, 0), keyed({"name": f"{_UNREADABLE} "}, 0)]


def _indicators() -> list[Any]:
    return [keyed({"code": _code(), "name": _UNREADABLE, "full_marks": 1, "by": "self", "rule": "judged"}, 0)]


_STAND_INS: dict[str, dict[str, Callable[[], Any]]] = {
    "": {"language": lambda: 1, "scheme": lambda: "unreadable", "title": _text, "source": _text},
    "evaluations": {
        "code": _code,
        "title": _text,
        "full_marks": lambda: 1,
        "rounding": _rounding,
        "collectors": lambda: [_UNREADABLE],
        "indicators": _indicators,
        "grades": _grades,
    },
    "rounding": {"leaf": _two, "node": _two, "panel": _two, "total": _two},
    "indicators": {"code": _code},
    "sets": {"name": _text},
    "groups": {"name": _text},
    "panel": {"voters": _text, "secrecy": lambda: "signed"},
    "bonus": {"highest_only": lambda: True},
    "deductions": {"highest_only": lambda: True},
    "standards": {"code": _code, "name": _text},
    "grades": {"name": _text},
    "special": {"name": _text},
    "veto": {"by": lambda: "decision", "effect": lambda: "down_one"},
    "promotion": {"by": lambda: "decision", "effect": lambda: "up_one"},
    "also_graded": {"code": _code, "name": _text, "on": lambda: "total", "grades": _grades},
    "use": {"code": _code, "name": _text},
    "by_rank": {"gives": _text},
    "by_rise": {"gives": _text},
    "by_repeat": {"gives": _text},
    "rank": {"gives": _text},
}


def prune(data: Any, error: ValidationError) -> SchemeFile | None:
    """The readable rest of a file, what is lost marked in it; None if nothing usable is left."""
    for _ in range(_ROUNDS):
        found = error.errors(include_url=False)
        if not _mend(data, found):
            return None
        try:
            return SchemeFile.model_validate(data)
        except ValidationError as still:
            error = still
    return None


def _mend(data: Any, found: list[ErrorDetails]) -> bool:
    cuts: dict[tuple[int, Step], tuple[Held, Step]] = {}
    for details in found:
        if details["type"] == "too_short" and wrong_inside(details["loc"], found):
            continue
        way = trail(data, details["loc"])
        if details["type"] == "missing" and _stands_in(value_at(data, details["loc"]), details["loc"]):
            continue
        if not way:
            return False
        holder, step = way[-1]
        cuts[id(holder), step] = way[-1]
        if isinstance(holder, Keyed) and details["type"] == "extra_forbidden":
            holder.lost |= {near for near in [meant(details, data)] if near}
            step = ""
        if isinstance(holder, Keyed) and step:
            holder.lost.add(str(step))
    for holder, step in sorted(cuts.values(), key=lambda cut: cut[1] if isinstance(cut[1], int) else 0, reverse=True):
        _cut(holder, step)
    return True


def _cut(holder: Held, step: Step) -> None:
    if isinstance(holder, Keyed):
        holder.pop(str(step), None)
    elif isinstance(holder, Listed):
        del holder[int(step)], holder.lines[int(step)]
        holder.lost = True


def _stands_in(construct: Any, location: tuple[Step, ...]) -> bool:
    """Put a stand-in for a missing key, if the language has one."""
    names = [part for part in location[:-1] if isinstance(part, str)]
    key = str(location[-1])
    for around in [*names[-2:][::-1], "" if not names else None]:
        make = _STAND_INS.get(around, {}).get(key) if around is not None else None
        if make and isinstance(construct, Keyed):
            construct[key] = make()
            construct.lines[key] = construct.line
            construct.lost.add(key)
            return True
    return False
