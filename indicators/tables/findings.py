"""Collecting what is wrong: bounded, so that a hostile file cannot fill the memory with complaints."""

from __future__ import annotations

from collections.abc import Iterable

from engine.text import Place, Problem, Text
from indicators.tables.limits import MAX_SAID
from indicators.tables.messages import AND_MORE


class Findings:
    """Problems of one kind at many places: the first `most` are kept, and that there are more is said."""

    def __init__(self, most: int = MAX_SAID) -> None:
        self._found: list[Problem] = []
        self._more = False
        self._most = most

    def add(self, place: Place, what: Text) -> None:
        """Keep one problem, unless there are many already."""
        if len(self._found) < self._most:
            self._found.append(Problem(place, what))
        else:
            self._more = True

    def problems(self) -> list[Problem]:
        """What was kept; when something was left out, a last line says so."""
        if not self._more:
            return list(self._found)
        whole = Place(self._found[0].place.file, self._found[0].place.sheet)
        return [*self._found, Problem(whole, AND_MORE.format(most=self._most))]


def listed(items: Iterable[object], most: int = 20) -> Text:
    """Things named one after the other, in the punctuation of each language; a long list ends in an ellipsis."""
    words = [str(item) for item in items]
    more = "……" if len(words) > most else ""
    return Text("、".join(words[:most]) + more, ", ".join(words[:most]) + more.replace("……", " …"))


def spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending numbers as stretches: 3, 4, 5, 9 → (3, 5), (9, 9)."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
