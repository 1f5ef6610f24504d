"""Word and Excel files: archives whose table of contents names a document or a workbook as the main part."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from engine.text import Text
from evaluation.archives import MAX_ENTRIES, MIB, UNREADABLE, Flaw, flaws_of, key_of, too_many_entries
from evaluation.models.evidence import FileKind
from evaluation.verdict import Refused

_CONTENTS = "[content_types].xml"
_MAX_CONTENTS = MIB
_MAIN = {
    f"application/vnd.openxmlformats-officedocument.{kind}.main+xml": found
    for kind, found in (
        ("wordprocessingml.document", FileKind.DOCX),
        ("spreadsheetml.sheet", FileKind.XLSX),
    )
}
_MACROS = Text(
    "文件带有宏；请另存为不带宏的 .docx 或 .xlsx", "the file contains macros; save it as .docx or .xlsx without them"
)
_DAMAGED = Text("文件已损坏，或不是由办公软件正常保存的", "the file is damaged, or was not saved by an office program")
_OTHER = Text(
    "内容是压缩包，不是 Word（.docx）或 Excel（.xlsx）文件",
    "it is an archive, and neither a Word (.docx) nor an Excel (.xlsx) file",
)
_TOO_MANY = Text("文件内部的部件超过 {limit} 个", "it consists of more than {limit} parts")
_SAID = {
    Flaw.DAMAGED: _DAMAGED,
    Flaw.PASSWORD: Text("文件设有密码；请取消密码后再上传", "it is protected by a password; remove the password first"),
    Flaw.TOO_LARGE: Text("文件展开后超过 {limit} MB", "unpacked, it is larger than {limit} MB"),
    Flaw.BOMB: Text(
        "文件压缩得异常（超过 {limit} 倍），像是恶意文件",
        "it is compressed more than {limit} times, as a malicious file is",
    ),
    Flaw.MACROS: _MACROS,
}


def office_kind(data: bytes) -> FileKind:
    """Whether it is a Word or an Excel file.

    Raises:
        Refused: it is neither, has macros, is damaged, or unpacks to something dangerous.
    """
    if too_many_entries(data):
        raise Refused(_TOO_MANY.format(limit=MAX_ENTRIES))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _kind_in(archive)
    except UNREADABLE:
        raise Refused(_DAMAGED) from None


def _kind_in(archive: zipfile.ZipFile) -> FileKind:
    for flaw, _, limit in flaws_of(archive.infolist()):
        raise Refused(_SAID[flaw].format(limit=limit))
    there = {key_of(info.filename): info for info in archive.infolist()}
    if _CONTENTS not in there:
        raise Refused(_OTHER)
    declared = _declared(archive, there[_CONTENTS])
    if any("macroEnabled" in kind for kind in declared.values()):
        raise Refused(_MACROS)
    for part, kind in declared.items():
        if kind in _MAIN and key_of(part) in there:
            return _MAIN[kind]
    raise Refused(_OTHER)


def _declared(archive: zipfile.ZipFile, contents: zipfile.ZipInfo) -> dict[str, str]:
    """The content types of the parts, as the table of contents says."""
    with archive.open(contents) as file:
        data = file.read(_MAX_CONTENTS + 1)
    if len(data) > _MAX_CONTENTS:
        raise Refused(_DAMAGED)
    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException):
        raise Refused(_DAMAGED) from None
    return {one.get("PartName", ""): one.get("ContentType", "") for one in root if one.tag.endswith("}Override")}
