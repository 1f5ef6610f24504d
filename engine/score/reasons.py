"""Why a grade may move."""

from __future__ import annotations

from dataclasses import dataclass

from engine.facts import Move
from engine.language.grades import Promotion, Veto


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a grade may move: the block of the scheme, and the recorded move; none where a node falls short."""

    block: Veto | Promotion
    move: Move | None
    in_force: bool
