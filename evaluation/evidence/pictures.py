"""Pictures, walked through from part to part: what is only called a picture does not come to its end."""

from __future__ import annotations

import zlib

from engine.text import Text
from evaluation.models.evidence import FileKind
from evaluation.verdict import Refused

_DAMAGED = Text("{kind} 图片已损坏或不完整", "the {kind} picture is damaged or not whole")

_SCAN, _END = 0xDA, b"\xff\xd9"
_MOST = 100_000  # parts; no camera makes so many
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_AFTER = {b"IHDR": b"IDAT", b"IDAT": b"IEND", b"IEND": b""}


def jpeg_kind(data: bytes) -> FileKind:
    """It is a JPEG.

    Raises:
        Refused: its segments do not lead through a frame to a scan that ends.
    """
    at, framed = 2, False
    for _ in range(_MOST):
        if data[at : at + 1] != b"\xff" or at + 4 > len(data):
            break
        marker = data[at + 1]
        framed = framed or marker in _FRAMES
        if marker == _SCAN and framed and data.find(_END, at) > 0:
            return FileKind.JPEG
        at += 2 + max(2, int.from_bytes(data[at + 2 : at + 4]))
    raise Refused(_DAMAGED.format(kind="JPEG"))


def png_kind(data: bytes) -> FileKind:
    """It is a PNG.

    Raises:
        Refused: its chunks do not lead from a header over an image to an end, or one is not what its sum says.
    """
    at, expected = 8, b"IHDR"
    for _ in range(_MOST):
        name, end = data[at + 4 : at + 8], at + 12 + int.from_bytes(data[at : at + 4])
        whole = end <= len(data) and zlib.crc32(data[at + 4 : end - 4]) == int.from_bytes(data[end - 4 : end])
        if not whole or expected == b"IHDR" != name:
            break
        if name == expected:
            expected = _AFTER[name]
        if not expected:
            return FileKind.PNG
        at = end
    raise Refused(_DAMAGED.format(kind="PNG"))
