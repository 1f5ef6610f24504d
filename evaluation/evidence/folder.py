"""The folder of the files: random names, two letters of which are a folder; a file is there whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from evaluation.prints import Hashed, Print, Readable

_INCOMING = ".incoming"  # inside the folder, since a file can be renamed within one file system only


def place_of(stored: str) -> Path:
    """Where the file is that is stored under a name."""
    return Path(settings.FILES) / stored[:2] / stored


def kept_files() -> Iterator[Path]:
    """Every file in the folder, but for those that are being written, in the order of their names."""
    for path in sorted(Path(settings.FILES).rglob("*")):
        if path.is_file() and _INCOMING not in path.parts:
            yield path


def write(source: Readable) -> tuple[str, Print]:
    """Write a file whole, and to the disk, before it gets its name.

    Returns:
        The random name, size and hash.

    Raises:
        OSError: it cannot be written; nothing of it is left.
    """
    stored, hashed = secrets.token_hex(16), Hashed(source)
    fresh, place = Path(settings.FILES) / _INCOMING / stored, place_of(stored)
    for folder in (fresh.parent, place.parent):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        with fresh.open("xb") as file:
            shutil.copyfileobj(hashed, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(place)
    finally:
        fresh.unlink(missing_ok=True)
    _to_disk(place.parent)
    return stored, hashed.print


def _to_disk(folder: Path) -> None:
    """That a name is new has to reach the disk, too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
