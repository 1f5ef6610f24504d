"""An archive from a stranger: what it declares is held against bounds before anything of it is unpacked."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

MIB = 1024 * 1024
MAX_ENTRIES = 1_000
MAX_UNPACKED_BYTES = 256 * MIB
MAX_PART_BYTES = 128 * MIB
MAX_RATIO = 200
RATIO_MATTERS_ABOVE = MIB

UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What the library raises for an archive that is not as it should be."""

_CENTRAL_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1


class Flaw(Enum):
    """Why an archive is left alone."""

    DAMAGED = "damaged"
    PASSWORD = "password"
    TOO_LARGE = "too large"
    BOMB = "bomb"
    MACROS = "macros"


class Found(NamedTuple):
    """A flaw, the part that has it, the limit that it passes."""

    flaw: Flaw
    part: str = "ZIP"
    limit: int = 0


def too_many_entries(data: bytes) -> bool:
    """Whether its directory is so long that to read it would hurt."""
    return data.count(_CENTRAL_ENTRY) > MAX_ENTRIES


def flaws_of(entries: Sequence[zipfile.ZipInfo]) -> Iterator[Found]:
    """What is wrong with an office document by what its directory says."""
    names = [key_of(info.filename) for info in entries]
    if len(set(names)) < len(names):
        yield Found(Flaw.DAMAGED)
    if sum(info.file_size for info in entries) > MAX_UNPACKED_BYTES:
        yield Found(Flaw.TOO_LARGE, limit=MAX_UNPACKED_BYTES // MIB)
    for info in entries:
        yield from _flaws_of_entry(info)
    if any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names):
        yield Found(Flaw.MACROS)


def _flaws_of_entry(info: zipfile.ZipInfo) -> Iterator[Found]:
    name = info.filename[:100]
    if info.flag_bits & _ENCRYPTED:
        yield Found(Flaw.PASSWORD, name)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        yield Found(Flaw.DAMAGED, name)  # the other methods unpack without a bound
    if info.file_size > MAX_PART_BYTES:
        yield Found(Flaw.TOO_LARGE, name, MAX_PART_BYTES // MIB)
    if info.file_size > RATIO_MATTERS_ABOVE and info.file_size > MAX_RATIO * info.compress_size:
        yield Found(Flaw.BOMB, name, MAX_RATIO)


def key_of(name: str) -> str:
    """The name of a part as programs compare it."""
    return name.replace("\\", "/").lstrip("/").lower()
