"""The reason that a person gives: there has to be one, and nobody writes a book."""

from __future__ import annotations

from engine.text import Text
from evaluation.verdict import Refused

LONGEST = 500
_NONE = Text("要写明理由", "a reason is needed")
_TOO_LONG = Text("理由不得超过 {longest} 字", "a reason has at most {longest} characters")


def given(reason: str) -> str:
    """The reason without blanks around it.

    Raises:
        Refused: there is none, or it is too long.
    """
    found = reason.strip()
    if not found:
        raise Refused(_NONE)
    if len(found) > LONGEST:
        raise Refused(_TOO_LONG.format(longest=LONGEST))
    return found
