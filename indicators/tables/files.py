"""Reading the bytes of one file from a stranger."""

from __future__ import annotations

from pathlib import Path

from engine.text import Place, Problem, Problems, Text
from evaluation.archives import MIB
from indicators.tables import messages
from indicators.tables.limits import MAX_FILE_BYTES


def read_bytes(path: Path, file: str) -> bytes:
    """A whole file, at most `MAX_FILE_BYTES`.

    Args:
        path: where it is.
        file: its name as shown to people.

    Raises:
        Problems: it is too large or cannot be opened.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise refusal(file, messages.NOT_READABLE.format(reason=error.strerror)) from error
    if len(data) > MAX_FILE_BYTES:
        raise refusal(file, messages.FILE_TOO_LARGE.format(limit=MAX_FILE_BYTES // MIB))
    return data


def refusal(file: str, what: Text) -> Problems:
    """The exception that says one thing of a whole file."""
    return Problems([Problem(Place(file), what)])
