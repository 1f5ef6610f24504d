"""The word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

from engine.text import Text

_MEANT = Text("；是不是“{near}”？", '; did you mean "{near}"?')
NOTHING = Text("", "")
_LONGEST = 60


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word with the fewest slips of the pen, if there are few for its length; else nothing."""
    if len(word) > _LONGEST:
        return ""
    most = max(1, len(word) // 3)
    slips = {other: distance(word, other) for other in sorted(known) if abs(len(other) - len(word)) <= most}
    best = min(slips, key=lambda other: slips[other], default="")
    return best if best and 0 < slips[best] <= most and len(word) > 2 * slips[best] else ""


def hint(near: str) -> Text:
    """`did you mean …?`, or nothing."""
    return _MEANT.format(near=near) if near else NOTHING


def distance(a: str, b: str) -> int:
    """Letters added, left out, changed or swapped with their neighbour between two words."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        above, row = row, [i]
        for j, y in enumerate(b, 1):
            best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (x != y))
            swapped = i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y
            row.append(min(best, before[j - 2] + 1) if swapped else best)
        before = above
    return row[-1]
