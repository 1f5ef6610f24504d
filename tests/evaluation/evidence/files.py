"""Files as people and attackers make them, from their parts."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile

from evaluation.evidence.folder import write
from evaluation.models import Evidence

MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
WORD, EXCEL = MAIN.format("wordprocessingml.document"), MAIN.format("spreadsheetml.sheet")
SCAN = b"\xff\xda\x00\x04ab" + b"\x12\x34" + b"\xff\xd9"
JPEG = b"\xff\xd8" + b"\xff\xe0\x00\x04JF" + b"\xff\xc0\x00\x04\x08\x01" + SCAN


def pdf(body: bytes = b"1 0 obj\n<< /Type /Catalog >>\nendobj\n") -> bytes:
    return b"%PDF-1.7\n" + body + b"startxref\n9\n%%EOF\n"


def packed_objects(text: bytes, kind: bytes = b"/ObjStm") -> bytes:
    """Objects of a PDF as its newer versions pack them."""
    return b"5 0 obj\n<< /Type " + kind + b" /Filter /FlateDecode >>\nstream\n" + zlib.compress(text) + b"\nendstream\n"


def office(main: str, part: str = "word/document.xml", **more: bytes) -> bytes:
    """An archive whose table of contents says that its main part is of this type."""
    contents = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{part}" ContentType="{main}"/></Types>'
    )
    return packed({"[Content_Types].xml": contents.encode(), part: b"<x/>", **more})


def docx(**more: bytes) -> bytes:
    return office(WORD, **more)


def xlsx() -> bytes:
    return office(EXCEL, "xl/workbook.xml")


def packed(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def chunk(name: bytes, body: bytes = b"") -> bytes:
    return len(body).to_bytes(4) + name + body + zlib.crc32(name + body).to_bytes(4)


def png(*chunks: bytes) -> bytes:
    shown = chunks or (chunk(b"IHDR", b"\0" * 13), chunk(b"IDAT", b"x"), chunk(b"IEND"))
    return b"\x89PNG\r\n\x1a\n" + b"".join(shown)


def upload(data: bytes | None = None, name: str = "纪要.pdf") -> SimpleUploadedFile:
    """A file as a request brings it, under a name that nothing has cleaned."""
    file = SimpleUploadedFile("x", pdf() if data is None else data)
    file._name = name
    return file


def kept_file(pk: int | None = None, name: str = "纪要.pdf") -> Evidence:
    """A file that lies in the folder and has its row."""
    stored, seen = write(BytesIO(pdf()))
    return Evidence.objects.create(
        pk=pk, name=name, kind="pdf", size=seen.size, sha256=seen.sha256, stored=stored, uploader_name="某人"
    )
