"""Cuts what is not grammatical out of the data, so that the checks can still look at the rest."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from engine.language.model import SchemeFile
from engine.language.source import Keyed, Listed

_ROUNDS = 30


def prune(data: Any, error: ValidationError) -> tuple[SchemeFile | None, set[int]]:
    """The readable rest of a file and the lines of the constructs that something was cut from.

    None if nothing usable is left. A problem at one of the lines may be a consequence of the cut.
    """
    touched: set[int] = set()
    for _ in range(_ROUNDS):
        for details in reversed(error.errors(include_url=False)):
            _cut(data, details, touched)
        try:
            return SchemeFile.model_validate(data), touched
        except ValidationError as still:
            error = still
    return None, touched


def _cut(data: Any, details: ErrorDetails, touched: set[int]) -> None:
    trail: list[tuple[Any, int | str]] = []
    here = data
    for step in details["loc"]:
        inside = (isinstance(here, Keyed) and step in here) or (isinstance(here, Listed) and isinstance(step, int) and step < len(here))
        if not inside:
            break
        trail.append((here, step))
        here = here[step]
    if not trail:
        return
    holder, step = trail[-1]
    if isinstance(holder, Keyed):
        touched |= {holder.line, *holder.lines.values()}
        holder.pop(step, None)
    else:
        touched |= {holder.line, *holder.lines, *(trail[-2][0].lines.values() if len(trail) > 1 and isinstance(trail[-2][0], Keyed) else ())}
        del holder[step], holder.lines[step]  # type: ignore[arg-type]
