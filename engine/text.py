"""What the product says to people, in both languages at once, and where it points."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in Chinese and in English. The edge that shows it chooses the language."""

    zh: str
    en: str

    def format(self, **values: object) -> Text:
        """Fill both sentences; a value that is itself a Text is filled in its own language."""
        zh = {key: value.zh if isinstance(value, Text) else value for key, value in values.items()}
        en = {key: value.en if isinstance(value, Text) else value for key, value in values.items()}
        return Text(self.zh.format(**zh), self.en.format(**en))

    def to(self, language: str) -> str:
        """The sentence for a language code such as `zh-hans` or `en`."""
        return self.en if language.startswith("en") else self.zh

    def __str__(self) -> str:
        return self.zh


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a line of a text file, or a cell of a sheet.

    `row` counts from 1 (0: the whole file or sheet); `column` is the letter of the column.
    """

    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        if self.sheet:
            cell = f"!{self.column}{self.row}" if self.row else ""
            return f"{self.file}[{self.sheet}]{cell}"
        return f"{self.file}:{self.row}" if self.row else self.file


@dataclass(frozen=True, slots=True)
class Subject:
    """What a problem of scoring is about: a unit, an indicator, perhaps an own indicator or a slot; the bare reason."""

    unit: str
    indicator: str
    item: str
    why: Text
    slot: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and what would be right, with its place, or with the subject from which the place is found."""

    place: Place
    what: Text
    subject: Subject | None = None

    def to(self, language: str) -> str:
        """One line: the place, if it has one, then the sentence."""
        place = str(self.place)
        return f"{place}: {self.what.to(language)}" if place else self.what.to(language)


@dataclass(slots=True)
class Problems(Exception):
    """Everything that is wrong with an input, all at once; the input was not used."""

    found: list[Problem] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join(problem.to("zh-hans") for problem in self.found)
