"""What every sheet of the report needs: the book, the outcome, the language, and the looks they share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from engine.exact import Exact
from engine.score.result import Graded, Outcome, SetResult
from engine.text import Text
from indicators.sheetwriter import Book, Look

PROPOSED = Text("拟定，未经审定", "proposed, not decided")
SEPARATE = Text("单列", "separate")
PLACES = 2  # the fewest decimal places of points, so that they stand below each other

PART: Look = {"bold": True, "bg_color": "#DDEBF7"}
GROUP: Look = {"bold": True, "bg_color": "#F2F2F2"}
QUIET: Look = {"font_color": "#7F7F7F"}


@dataclass(frozen=True)
class Pages:
    """One report being written."""

    book: Book
    outcome: Outcome
    language: str

    def say(self, zh: str, en: str) -> str:
        return Text(zh, en).to(self.language)

    def titles(self, *pairs: str) -> list[str]:
        """Column titles written `中文 English`."""
        return [self.say(*pair.split(" ", 1)) for pair in pairs]

    def grade(self, graded: Graded, grade: int) -> str:
        """The name of a grade, or that there is none."""
        return graded.called(grade).to(self.language)

    @property
    def total_places(self) -> int:
        return self.outcome.plan.written.rounding.total.digits or 0

    def place(self, result: SetResult, row: int) -> int | str:
        """A unit's place, or that it has none."""
        return int(result.place[row]) or SEPARATE.to(self.language)

    def standings(self) -> Iterator[tuple[SetResult, int, str]]:
        """Every unit as it is ranked: its set, its row there, and the title of its category."""
        for result in self.outcome.sets:
            for number, title in enumerate(result.plan.categories.values()):
                for row in result.members(number):
                    yield result, row, title


def hundredths(value: Fraction | None) -> Fraction | None:
    """For reading only: half up at two places."""
    return None if value is None else Exact.of([value]).round(PLACES)[0]
