"""A PDF from a stranger: whole, and without what starts something when it is opened."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from engine.text import Text
from evaluation.archives import MIB
from evaluation.models.evidence import FileKind
from evaluation.verdict import Refused

_DAMAGED = Text(
    "PDF 不完整（没有文件尾）；请重新导出或扫描", "the PDF is not whole (it has no end); export or scan it again"
)
_ACTS = Text(
    "PDF 带有脚本或启动程序的动作；请重新“打印”为 PDF，这样会去掉它",
    "the PDF contains a script or starts a program; print it to PDF again, which removes that",
)
_BOMB = Text(
    "PDF 展开后过大，像是恶意文件；请重新导出",
    "unpacked, the PDF is far too large, as a malicious file is; export it again",
)


def _named(*names: bytes) -> re.Pattern[bytes]:
    """One of these names; any letter of a name may be written as #xx."""
    escapable = (b"".join(b"(?:%c|#(?i:%02x))" % (letter, letter) for letter in name) for name in names)
    return re.compile(b"/(?:" + b"|".join(escapable) + b")(?![A-Za-z0-9#])")


_TAIL = 2048
_LOOK_BACK = 512
_MAX_UNPACKED = 64 * MIB
_END = b"endstream"
_ACTIVE, _PACKED = _named(b"JavaScript", b"Launch"), _named(b"ObjStm")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


def pdf_kind(data: bytes) -> FileKind:
    """It is a PDF.

    Scripts are looked for in the file itself and in its packed objects. Of an encrypted file the packed objects cannot
    be read: that a PDF is handed out as a download and never shown by the product does not depend on this.

    Raises:
        Refused: it is not whole, has a script or starts a program.
    """
    tail = data[-_TAIL:]
    if b"startxref" not in tail or b"%%EOF" not in tail:
        raise Refused(_DAMAGED)
    if _ACTIVE.search(data) or any(_ACTIVE.search(piece) for piece in _packed_objects(data)):
        raise Refused(_ACTS)
    return FileKind.PDF


def _packed_objects(data: bytes) -> Iterator[bytes]:
    room, last = _MAX_UNPACKED, data.rfind(_END) + len(_END)  # what has no end would be looked for again and again
    for found in _STREAM.finditer(data, 0, last):
        if not _PACKED.search(data, max(0, found.start() - _LOOK_BACK), found.start()):
            continue
        piece = _unpacked(found[1], room)
        room -= len(piece)
        if room <= 0:
            raise Refused(_BOMB)
        yield piece


def _unpacked(data: bytes, room: int) -> bytes:
    """What a stream holds, at most so much; what is packed in another way, or encrypted, as it is."""
    try:
        return zlib.decompressobj().decompress(data, room)
    except zlib.error:
        return data
