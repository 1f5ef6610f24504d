"""Whether something is allowed, and why not."""

from __future__ import annotations

from dataclasses import dataclass

from engine.text import Text

_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Verdict:
    """True or false, with a reason where it is false."""

    allowed: bool
    reason: Text = _NOTHING

    def __bool__(self) -> bool:
        return self.allowed

    def insist(self) -> None:
        """Go on only if it is true.

        Raises:
            Refused: with its reason.
        """
        if not self:
            raise Refused(self.reason)


YES = Verdict(True)


def no(zh: str, en: str, **values: object) -> Verdict:
    """A refusal and its reason; `values` fill both sentences."""
    return Verdict(False, Text(zh, en).format(**values))


class Refused(Exception):
    """What was asked for is not allowed; `reason` says why, in both languages."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.zh)
        self.reason = reason
