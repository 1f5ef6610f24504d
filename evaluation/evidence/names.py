"""The name of a file from a stranger: it is shown and handed out again, and never leads to a place on a disk."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from evaluation.models.evidence import FileKind

ENDINGS: Mapping[str, tuple[str, ...]] = {
    FileKind.PDF: (".pdf",),
    FileKind.DOCX: (".docx",),
    FileKind.XLSX: (".xlsx",),
    FileKind.JPEG: (".jpg", ".jpeg"),
    FileKind.PNG: (".png",),
}
NAMELESS = "文件"

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # controls, marks of direction, halves of characters, line ends
_FOLDERS = re.compile(r"[/\\]")
_RESERVED = re.compile(r'[:*?"<>|]|%(?=[0-9A-Fa-f]{2})')  # of Windows; what a browser might decode


def harmless(name: str) -> str:
    """A name without folders and without what cannot be seen, turns the line around, or means something to a system."""
    last = _FOLDERS.split(unicodedata.normalize("NFC", name))[-1]
    seen = "".join(one for one in last if unicodedata.category(one) not in _UNSEEN)
    return " ".join(_RESERVED.sub("_", seen).split()).strip(" .") or NAMELESS


def served_name(name: str, kind: str) -> str:
    """The name under which a file is handed out: it ends as its content says, whatever it was called."""
    name, endings = harmless(name), ENDINGS[kind]
    return name if name.lower().endswith(endings) else name + endings[0]
