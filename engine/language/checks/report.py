"""Where the checks put what they find."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.grammar.near import hint, nearest
from engine.text import Place, Problem, Text

_ONLY = Text("{said}（{where}）", "{said} ({where})")


class Report:
    """Collects problems; the same problem found in several indicator sets or categories is told once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: dict[tuple[int, Text], None] = {}
        self.places: dict[tuple[int, Text], dict[str, None]] = {}
        self.everywhere: dict[tuple[int, Text], int] = {}

    def add(self, line: int, zh: str, en: str, **values: object) -> None:
        """Note a problem at a line; `values` fill both sentences."""
        self.found[(line, Text(zh, en).format(**values))] = None

    def add_in(self, where: str, among: int, line: int, what: Text) -> None:
        """Note a problem of one category; if not all of so many have it, the message will name those that do."""
        self.found[line, what] = None
        self.places.setdefault((line, what), {})[where] = None
        self.everywhere[line, what] = max(among, self.everywhere.get((line, what), 0))

    def unknown(self, line: int, what: Text, name: str, known: Iterable[str]) -> None:
        """Complain of a name that stands nowhere else, with the one that was probably meant; the text has {name}."""
        said, near = what.format(name=name), hint(nearest(name, known))
        self.add(line, "{said}{near}", "{said}{near}", said=said, near=near)

    def repeated(self, named: Iterable[tuple[str, int]], zh: str, en: str) -> None:
        """Complain of every name that stands a second time; the texts have {name} and {first} (a line)."""
        first: dict[str, int] = {}
        for name, line in named:
            if name in first:
                self.add(line, zh, en, name=name, first=first[name])
            first.setdefault(name, line)

    def confusable(self, what: Text, listed: Sequence[tuple[str, str, int]]) -> None:
        """Complain of a name that another of its kind has as its name or its code: facts may go by either.

        Args:
            what: how the kind is called.
            listed: code, name and line of the name of each.
        """
        zh = "有两个{what}都叫“{name}”（第 {first} 行已有），请改名以便区分"
        en = 'two {what}s are called "{name}" (first in line {first}); rename one'
        values = {"zh": zh.replace("{what}", what.zh), "en": en.replace("{what}", what.en)}
        self.repeated(((name, line) for _, name, line in listed), **values)
        for code, name, line in listed:
            for other, _, first in listed:
                if name == other != code:
                    zh = "{what}的名称“{name}”是另一个的代码（第 {first} 行），请改名以便区分"
                    en = 'the {what} "{name}" is called as the code of another (line {first}); rename it'
                    self.add(line, zh, en, what=what, name=name, first=first)

    def problems(self) -> list[Problem]:
        """Everything found, by line."""
        ordered = sorted(self.found, key=lambda found: found[0])
        return [Problem(Place(self.file, row=max(line, 1)), self._said(line, what)) for line, what in ordered]

    def _said(self, line: int, what: Text) -> Text:
        where = self.places.get((line, what), {})
        if len(where) == self.everywhere.get((line, what), 0):
            return what
        return _ONLY.format(said=what, where=Text("、".join(where), ", ".join(where)))
