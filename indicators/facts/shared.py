"""Deductions that several units share: one leads, others assist, and all say the same of the matter."""

from __future__ import annotations

from typing import Literal, NamedTuple

from engine.text import Text
from indicators.facts.grid import Grid

Role = Literal["", "lead", "assist"]
ALIKE = ("level", "above", "due", "done")  # what everybody who shares a matter must say alike

_SECOND_LEAD = Text("这一事项第 {first} 行已有牵头单位", "row {first} has the lead of this matter already")
_NO_ROLE = Text(
    "这一事项有牵头或协办单位，这里也要写明责任", "others lead or assist in this matter; say this unit's role"
)
_NOBODY_ASSISTS = Text(
    "这一事项没有协办单位，牵头以外的份额没有人承担；单独承担的空着",
    "nobody assists in this matter, so that nobody bears the rest; leave it empty for a unit that bears it alone",
)
_NOBODY_LEADS = Text(
    "这一事项没有牵头单位，牵头的份额没有人承担；请补上牵头单位，单独承担的空着",
    "nobody leads in this matter, so that nobody bears that share; add the lead, or leave it empty for a unit alone",
)
_UNLIKE = Text(
    "与牵头单位（第 {first} 行）的不同；同一事项的“{title}”应一样",
    "not as in row {first}, that of the lead; those who share a matter have the same {title}",
)


class Sharer(NamedTuple):
    """A row of a matter: its role (None: it cannot be read), and what it says of the matter, by key."""

    row: int
    unit: str | None
    role: Role | None
    says: tuple[object, ...]


class SharedMatters:
    """The rows of each matter, noted one by one."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.matters: dict[tuple[str, str], list[Sharer]] = {}

    def note(self, standard: str, matter: str, sharer: Sharer) -> None:
        """Note a row under its standard and matter."""
        self.matters.setdefault((standard, matter), []).append(sharer)

    def tell(self) -> None:
        """Tell what does not agree: a matter that is shared has one lead, somebody who assists, and nobody alone."""
        for sharers in self.matters.values():
            if any(one.role != "" for one in sharers) and not self._who(sharers):
                leads = [one for one in sharers if one.role == "lead"]
                assisting = [one for one in sharers if one.role == "assist"]
                if not leads:
                    self._wrong(assisting[0], "role", _NOBODY_LEADS)
                elif not self._unlike(leads, assisting):
                    said = {one.says for one in assisting}
                    for lead in [one for one in leads if one.says not in said]:
                        self._wrong(lead, "role", _NOBODY_ASSISTS)

    def _who(self, sharers: list[Sharer]) -> bool:
        """Whether something is wrong with who leads and who has a role at all."""
        leads = [one for one in sharers if one.role == "lead"]
        others = [one for one in leads if one.unit != leads[0].unit]
        for one in leads[1:] if others else ():
            self._wrong(one, "role", _SECOND_LEAD, first=self.grid.place(leads[0].row).row)
        alone = [one for one in sharers if one.role == ""]
        for one in alone:
            self._wrong(one, "role", _NO_ROLE)
        return bool(others or alone) or any(one.role is None for one in sharers)

    def _unlike(self, leads: list[Sharer], assisting: list[Sharer]) -> bool:
        """Whether somebody who assists says something else of the matter than the lead does in any row."""
        known, found = {one.says for one in leads}, False
        for one in [one for one in assisting if one.says not in known]:
            for key, own, other in zip(ALIKE, one.says, leads[0].says, strict=True):
                if own != other and None not in (own, other):  # what is empty or unknown has been told
                    first, title = self.grid.place(leads[0].row).row, self.grid.sheet.column(key).title
                    self._wrong(one, key, _UNLIKE, first=first, title=title)
            found = True
        return found

    def _wrong(self, one: Sharer, key: str, text: Text, **values: object) -> None:
        self.grid.wrong(one.row, key, "{said}", "{said}", said=text.format(**values))
