"""F5: what a file is, is decided by its content; what is dangerous or too much is refused."""

from __future__ import annotations

import pytest

from evaluation.archives import MIB
from evaluation.evidence import pdf as pdf_module
from evaluation.evidence.checks import checked
from evaluation.evidence.kinds import kind_of
from evaluation.models import FileKind
from evaluation.verdict import Refused
from tests.evaluation.evidence.files import (
    EXCEL,
    JPEG,
    MAIN,
    SCAN,
    WORD,
    chunk,
    docx,
    office,
    packed,
    packed_objects,
    pdf,
    png,
    upload,
    xlsx,
)

MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
DTD = b'<!DOCTYPE x [<!ENTITY a "b">]><Types/>'


@pytest.mark.parametrize(("data", "kind"), [
    (pdf(), FileKind.PDF), (docx(), FileKind.DOCX), (xlsx(), FileKind.XLSX), (JPEG, FileKind.JPEG),
    (png(), FileKind.PNG), (JPEG + b"more of the camera", FileKind.JPEG),
    (pdf(packed_objects(b"<< /Type /Page >>")), FileKind.PDF),
    (pdf(b"/LaunchPad /JavaScripts\n"), FileKind.PDF),
])  # fmt: skip
def test_f5_a_file_is_what_its_content_says(data: bytes, kind: FileKind):
    assert kind_of(data) == kind


@pytest.mark.parametrize("name", ["a.docx", "a.exe", "a", "a.png"])
def test_f5_the_name_is_not_asked(name: str):
    assert checked(upload(xlsx(), name)).kind == FileKind.XLSX


@pytest.mark.parametrize(("data", "said"), [
    (b"MZ\x90\0", "程序"), (b"\x7fELF", "程序"), (b"#!/bin/sh", "脚本"), (b"<svg onload='x'/>", "SVG"),
    (b"\xef\xbb\xbf <!doctype html>", "网页"), (b"GIF89a", "GIF"), (b"\xd0\xcf\x11\xe0", "旧格式"), (b"Rar!", "压缩包"),
    (b"hello", "无法识别"), (b" %PDF-1.7", "无法识别"),
])  # fmt: skip
def test_f5_other_kinds_are_refused_by_what_they_are(data: bytes, said: str):
    with pytest.raises(Refused, match=said):
        checked(upload(data, "会议纪要.pdf"))


@pytest.mark.parametrize("body", [
    b"<< /S /JavaScript /JS (app.alert(1)) >>", b"<< /S /Launch /F (cmd.exe) >>", b"<< /S /J#61vaScript >>",
    packed_objects(b"<< /S /JavaScript >>"), packed_objects(b"<< /S /Launch >>", b"/Obj#53tm"),
])  # fmt: skip
def test_f5_a_pdf_that_does_something_is_refused(body: bytes):
    with pytest.raises(Refused, match="脚本或启动程序"):
        kind_of(pdf(body))


def test_f5_a_pdf_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdf_module, "_MAX_UNPACKED", 100)
    assert kind_of(pdf(packed_objects(b" " * 99))) == FileKind.PDF
    with pytest.raises(Refused, match="展开后过大"):
        kind_of(pdf(packed_objects(b" " * 60) * 2))


@pytest.mark.parametrize("data", [
    b"%PDF-1.7\nhalf of it", pdf()[:-7], pdf() + b"x" * 4096,
])  # fmt: skip
def test_f5_a_pdf_without_its_end_is_refused(data: bytes):
    with pytest.raises(Refused, match="PDF 不完整"):
        kind_of(data)


@pytest.mark.parametrize("data", [
    JPEG[:-2], b"\xff\xd8\xff" + b"x" * 100, b"\xff\xd8" + SCAN, b"\xff\xd8\xff<script>", b"\xff" * 10_000,
    b"\xff\xd8" + b"\xff\xfe\x00\x02" * 200_000,
])  # fmt: skip
def test_f5_a_jpeg_by_its_beginning_alone_is_refused(data: bytes):
    with pytest.raises(Refused, match=r"JPEG 图片已损坏|无法识别"):
        kind_of(data)


@pytest.mark.parametrize("data", [
    png()[:-1], png(chunk(b"IHDR")), png(chunk(b"IDAT"), chunk(b"IEND")), png(chunk(b"IHDR"), chunk(b"IEND")),
    png().replace(b"IDATx", b"IDATy"), png(b"<script>alert(1)</script>"),
])  # fmt: skip
def test_f5_a_png_by_its_beginning_alone_is_refused(data: bytes):
    with pytest.raises(Refused, match="PNG 图片已损坏"):
        kind_of(data)


@pytest.mark.parametrize(("data", "said"), [
    (docx(**{"word/vbaProject.bin": b"x"}), "带有宏"), (office(MACRO), "带有宏"),
    (packed({"a.txt": b"x"}), "是压缩包"), (office(MAIN.format("presentationml.presentation")), "是压缩包"),
    (office(WORD).replace(b"word/document.xml", b"word/elsewhere.xm"), "已损坏|是压缩包"),
    (packed({"[Content_Types].xml": DTD}), "已损坏"), (packed({"[Content_Types].xml": b"<Types"}), "已损坏"),
    (packed({"[content_types].XML": b"<Types/>"}), "是压缩包"),
    (packed({"[Content_Types].xml": b" " * (MIB + 1)}), "压缩得异常"), (docx()[:-30], "已损坏"),
    (b"PK\x03\x04" + b"PK\x01\x02" * 1001, "部件超过 1000 个"),
])  # fmt: skip
def test_f5_an_archive_that_is_no_plain_word_or_excel_file_is_refused(data: bytes, said: str):
    with pytest.raises(Refused, match=said):
        kind_of(data)


def test_f5_a_word_file_is_told_from_an_excel_file_by_its_main_part():
    assert kind_of(office(EXCEL)) == FileKind.XLSX
    with pytest.raises(Refused, match="是压缩包"):
        kind_of(
            packed({"[Content_Types].xml": f'<T xmlns="u"><Override PartName="/a" ContentType="{WORD}"/></T>'.encode()})
        )


@pytest.mark.parametrize("part", ["word/media/image1.png", "word/document.bin"])
def test_f5_a_zip_bomb_is_refused_unpacked(part: str):
    with pytest.raises(Refused, match="压缩得异常（超过 200 倍）"):
        kind_of(docx(**{part: b"\0" * (4 * MIB)}))


def test_f5_twenty_megabytes_are_taken_and_a_byte_more_is_not():
    whole = pdf(b"x" * (20 * MIB - len(pdf(b""))))
    assert len(whole) == 20 * MIB
    assert checked(upload(whole)).kind == FileKind.PDF
    with pytest.raises(Refused, match="超过 20 MB"):
        checked(upload(whole + b"\n"))


def test_f5_an_empty_file_and_a_name_without_end_are_refused():
    with pytest.raises(Refused, match="文件是空的"):
        checked(upload(b""))
    assert checked(upload(name="纪" * 196 + ".pdf")).name == "纪" * 196 + ".pdf"
    with pytest.raises(Refused, match="文件名超过 200 个字"):
        checked(upload(name="纪" * 197 + ".pdf"))


def test_a_refusal_says_why_in_english_too():
    with pytest.raises(Refused) as refused:
        kind_of(b"<html>")
    assert refused.value.reason.en == (
        "it is a web page, SVG or XML; only PDF, Word (.docx), Excel (.xlsx), JPEG and PNG are taken"
    )
