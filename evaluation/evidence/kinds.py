"""What a file is, by its content; its name is not asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.text import Text
from evaluation.evidence.office import office_kind
from evaluation.evidence.pdf import pdf_kind
from evaluation.evidence.pictures import jpeg_kind, png_kind
from evaluation.models.evidence import FileKind
from evaluation.verdict import Refused

_TAKEN = Text(
    "只接收 PDF、Word（.docx）、Excel（.xlsx）、JPEG 和 PNG",
    "only PDF, Word (.docx), Excel (.xlsx), JPEG and PNG are taken",
)
_UNKNOWN = Text("内容无法识别；{taken}", "of an unknown kind; {taken}")
_NOT_TAKEN = Text("内容是{kind}；{taken}", "it is {kind}; {taken}")
_KINDS: Mapping[bytes, Callable[[bytes], FileKind]] = {
    b"%PDF-": pdf_kind,
    b"PK\x03\x04": office_kind,
    b"\xff\xd8\xff": jpeg_kind,
    b"\x89PNG\r\n\x1a\n": png_kind,
}
_OTHERS = {
    b"\xd0\xcf\x11\xe0": Text(
        "旧格式的 Word、Excel 文件，或设有密码", "a Word or Excel file in the old format, or one with a password"
    ),
    b"MZ": Text("程序", "a program"),
    b"\x7fELF": Text("程序", "a program"),
    b"#!": Text("脚本", "a script"),
    b"<": Text("网页、SVG 或 XML", "a web page, SVG or XML"),
    b"Rar!": Text("压缩包", "an archive"),
    b"7z\xbc\xaf": Text("压缩包", "an archive"),
    b"GIF8": Text("GIF 图片", "a GIF picture"),
}


def kind_of(data: bytes) -> FileKind:
    """What a whole file is by its structure.

    Raises:
        Refused: it is of no kind that is taken, damaged, or dangerous.
    """
    for start, kind_in in _KINDS.items():
        if data.startswith(start):
            return kind_in(data)
    begins = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    for start, kind in _OTHERS.items():
        if begins.startswith(start):
            raise Refused(_NOT_TAKEN.format(kind=kind, taken=_TAKEN))
    raise Refused(_UNKNOWN.format(taken=_TAKEN))
