"""Where the checks put what they find."""

from __future__ import annotations

from collections.abc import Iterable

from engine.text import Place, Problem, Text


class Report:
    """Collects problems; the same problem found in two indicator sets is told once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: dict[tuple[int, Text], None] = {}

    def add(self, line: int, zh: str, en: str, **values: object) -> None:
        """Note a problem at a line; `values` fill both sentences."""
        self.found[(line, Text(zh, en).format(**values))] = None

    def repeated(self, named: Iterable[tuple[str, int]], zh: str, en: str) -> None:
        """Complain of every name that stands a second time; the texts have {name} and {first} (a line)."""
        first: dict[str, int] = {}
        for name, line in named:
            if name in first:
                self.add(line, zh, en, name=name, first=first[name])
            first.setdefault(name, line)

    def problems(self) -> list[Problem]:
        """Everything found, by line."""
        return [Problem(Place(self.file, row=line), text) for line, text in sorted(self.found, key=lambda found: found[0])]
