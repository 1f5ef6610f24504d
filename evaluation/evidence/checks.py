"""An upload before anything of it is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core.files.base import File

from engine.text import Text
from evaluation.archives import MIB
from evaluation.evidence.kinds import kind_of
from evaluation.evidence.names import harmless
from evaluation.models.evidence import FileKind
from evaluation.verdict import Refused

MAX_BYTES = 20 * MIB
MAX_FILES = 20
MAX_NAME = 200

_EMPTY = Text("文件是空的", "the file is empty")
_TOO_LARGE = Text("超过 {limit} MB", "larger than {limit} MB")
_LONG_NAME = Text("文件名超过 {limit} 个字", "its name is longer than {limit} characters")


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept: its harmless name, what it is, the hash of its content."""

    file: File[bytes]
    name: str
    kind: FileKind
    sha256: str


def checked(file: File[bytes]) -> Checked:
    """Look at a file from a stranger, in whole.

    Raises:
        Refused: too large, empty, too long a name, or of no kind that is taken.
    """
    name = harmless(file.name or "")
    if len(name) > MAX_NAME:
        raise Refused(_LONG_NAME.format(limit=MAX_NAME))
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    if not data:
        raise Refused(_EMPTY)
    if len(data) > MAX_BYTES:
        raise Refused(_TOO_LARGE.format(limit=MAX_BYTES // MIB))
    return Checked(file, name, kind_of(data), hashlib.sha256(data).hexdigest())
