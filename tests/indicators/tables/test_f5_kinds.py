"""F5: what a file is shows in its content; each wrong kind is told what to save as."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from indicators.tables import read_tables
from tests.indicators.tables.workbooks import (
    HEADER,
    content_types,
    only_table,
    pack,
    parts_of,
    refused,
    relations,
    said,
    sheet,
    workbook_xml,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
OFFICE_TYPE = "application/vnd.openxmlformats-officedocument"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的"),
        (OLE, "旧格式"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "设有密码"),
        (b"%PDF-1.7", "是 PDF"),
        (b"<html><table></table></html>", "是网页或 XML"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "是网页或 XML"),
        (b"PK\x05\x06" + bytes(18), "是压缩包"),
        (b"PK\x03\x04", "已损坏"),
        (b"\x89PNG\r\n\x1a\n\0\0", "无法识别"),
        ("单位,值\n甲,1\n".encode(), "放进同一个文件夹"),
    ],
)
def test_f5_other_files_named_xlsx(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    [problem] = refused(path)
    assert str(problem.place) == "a.xlsx"
    assert words in problem.to("zh")


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        (f"{OFFICE_TYPE}.wordprocessingml.document.main+xml", "是 Word 文档"),
        (f"{OFFICE_TYPE}.presentationml.presentation.main+xml", "是演示文稿"),
        (f"{OFFICE_TYPE}.spreadsheetml.template.main+xml", "是工作簿模板"),
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", "是二进制工作簿"),
        ("application/vnd.ms-excel.sheet.macroEnabled.main+xml", "带有宏"),
        ("application/xml", "是压缩包"),
    ],
)
def test_f5_other_documents_in_an_archive(tmp_path: Path, declared: str, words: str) -> None:
    parts = {**parts_of(sheet(HEADER)), "[Content_Types].xml": content_types(declared)}
    [problem] = refused(pack(tmp_path / "a.xlsx", parts))
    assert words in problem.to("zh")


def test_f5_open_document_and_plain_archives(tmp_path: Path) -> None:
    ods = pack(
        tmp_path / "a.xlsx", {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}
    )
    assert "is OpenDocument" in said(ods)
    assert "is a zip archive" in said(pack(tmp_path / "b.xlsx", {"数据.csv": "a\n1\n"}))


def test_f5_the_name_does_not_matter(tmp_path: Path) -> None:
    path = pack(tmp_path / "8f3a0c", parts_of(sheet(HEADER)))
    assert only_table(read_tables(path)).file == "8f3a0c"


def test_f5_nothing_there(tmp_path: Path) -> None:
    [problem] = refused(tmp_path / "facts.xlsx")
    assert problem.to("zh") == "facts.xlsx: 没有这个文件或文件夹。"


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"])
def test_f1_macros(tmp_path: Path, part: str) -> None:
    path = pack(tmp_path / "a.xlsx", {**parts_of(sheet(HEADER)), part: "<a/>"})
    assert "contains macros" in said(path)


def test_f1_external_links(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.xlsx", {**parts_of(sheet(HEADER)), "xl/externalLinks/externalLink1.xml": "<a/>"})
    assert "linked to other files" in said(path)
    parts = parts_of(sheet(HEADER))
    parts["xl/_rels/workbook.xml.rels"] = relations(
        ("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "externalLink", "elsewhere.xml")
    )
    assert "linked to other files" in said(pack(tmp_path / "b.xlsx", parts))


def test_f1_all_reasons_of_an_archive_at_once(tmp_path: Path) -> None:
    parts = {**parts_of(sheet(HEADER)), "xl/vbaProject.bin": "x", "xl/externalLinks/externalLink1.xml": "<a/>"}
    parts["xl/media/a.bin"] = "0" * 2_000_000
    assert len(refused(pack(tmp_path / "a.xlsx", parts))) == 3


def test_f1_encrypted_entries(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.xlsx", parts_of(sheet(HEADER)))
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert "protected by a password" in said(path)


@pytest.mark.parametrize("missing", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"])
def test_f5_missing_parts(tmp_path: Path, missing: str) -> None:
    parts = parts_of(sheet(HEADER))
    del parts[missing]
    assert "damaged" in said(pack(tmp_path / "a.xlsx", parts))


@pytest.mark.parametrize(
    "body", ["", "<worksheet>", "no xml", "<worksheet><sheetData></worksheet>", "<worksheet><sheetData/>"]
)
def test_f5_broken_sheet(tmp_path: Path, body: str) -> None:
    [problem] = refused(pack(tmp_path / "a.xlsx", parts_of(body, sheet(HEADER))))
    assert str(problem.place) == "a.xlsx[表1]"


def test_f5_the_workbook_may_stand_elsewhere(tmp_path: Path) -> None:
    """As some office suites write it: other names, absolute targets, other prefixes, back-slashes."""
    parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations(("x", "officeDocument", "/book/Main.xml")),
        "book\\main.xml": workbook_xml('<sheet name="数据" sheetId="1" r:id="a"/>').replace("r:", "q:"),
        "book/_rels/main.xml.rels": relations(("a", "worksheet", "/book/S.XML")),
        "book/s.xml": sheet(HEADER),
    }
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body.replace("xmlns:r=", "xmlns:q="))
    assert only_table(read_tables(path)).name == "数据"
