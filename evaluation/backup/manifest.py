"""What a backup says of itself: when it was made, of which schema, up to which entry of the trail; what is in it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from evaluation.prints import Print

MANIFEST = "manifest.json"
DATABASE, HEADS, FILES = "database/", "audit/", "files/"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The last member of a backup.

    `database` is the kind of database, `migrations` are those applied to it, `number` and `hash` its head of the trail;
    `members` has every other member by name.
    """

    version: str
    made: str
    database: str
    migrations: list[str]
    number: int
    hash: str
    members: dict[str, Print]

    @property
    def files(self) -> dict[str, Print]:
        """The files of evidence, by their names in the folder."""
        return {name.removeprefix(FILES): one for name, one in self.members.items() if name.startswith(FILES)}

    def text(self) -> bytes:
        """As it stands in the backup."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @classmethod
    def of_text(cls, text: bytes) -> Manifest:
        """As it was written."""
        said = json.loads(text)
        members = {name: Print(*one) for name, one in said.pop("members").items()}
        return cls(**said, members=members)
