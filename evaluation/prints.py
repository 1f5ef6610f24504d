"""By what the content of a file is known again."""

from __future__ import annotations

import hashlib
from typing import NamedTuple, Protocol

BLOCK = 1024 * 1024


class Readable(Protocol):
    """What can be read piece by piece."""

    def read(self, size: int, /) -> bytes: ...


class Print(NamedTuple):
    """By what the content of a member is known again."""

    size: int
    sha256: str


class Hashed:
    """A stream of which is known, once it was read to its end, what it was."""

    def __init__(self, stream: Readable) -> None:
        self._stream, self._sha256, self._size = stream, hashlib.sha256(), 0

    def read(self, size: int = BLOCK) -> bytes:
        block = self._stream.read(size)
        self._sha256.update(block)
        self._size += len(block)
        return block

    @property
    def print(self) -> Print:
        return Print(self._size, self._sha256.hexdigest())


def print_of(stream: Readable) -> Print:
    """Read a stream to its end."""
    hashed = Hashed(stream)
    while hashed.read():
        pass
    return hashed.print
