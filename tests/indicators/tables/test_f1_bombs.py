"""F1: files made to exhaust the server are refused quickly and in little memory."""

from __future__ import annotations

import random
import struct
import warnings
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from engine.text import Problems
from indicators.tables import read_tables
from tests.indicators.tables.workbooks import (
    HEADER,
    cost_of,
    only_table,
    pack,
    parts_of,
    relations,
    said,
    sheet,
    workbook_xml,
)

SECONDS = 5
MEBIBYTES = 150
"""Of the whole process; Python with the modules of this package alone takes about 30."""


def assert_refused_cheaply(path: Path, *why: str, seconds: float = SECONDS, mebibytes: int = MEBIBYTES) -> None:
    cost = cost_of(path)
    for words in why:
        assert words in cost.said
    assert cost.seconds < seconds
    assert cost.mebibytes < mebibytes


def test_f1_zip_bomb(tmp_path: Path) -> None:
    bomb = sheet('<row r="1"><c r="A1"><v>' + "0" * 100_000_000 + "</v></c></row>")
    path = pack(tmp_path / "a.xlsx", parts_of(bomb))
    assert path.stat().st_size < 200_000
    assert_refused_cheaply(path, "sheet1.xml", "compressed more than 200 times")


def test_f1_unpacked_size_of_all_parts_together(tmp_path: Path) -> None:
    grain = random.Random(1).randbytes(20_000) * 2_000  # 40 MB that the ratio lets pass
    parts = {f"xl/media/{n}.bin": grain for n in range(7)}
    path = pack(tmp_path / "a.xlsx", {**parts_of(sheet(HEADER)), **parts}, level=1)
    assert path.stat().st_size < 32 * 1024 * 1024
    assert_refused_cheaply(path, "Unpacked, the workbook is larger than the limit of 256 MB")


def test_f1_one_part_too_large(tmp_path: Path) -> None:
    grain = random.Random(1).randbytes(20_000) * 7_000
    path = pack(tmp_path / "a.xlsx", {**parts_of(sheet(HEADER)), "xl/media/1.bin": grain})
    assert_refused_cheaply(path, "limit of 128 MB (xl/media/1.bin)")


def test_f1_file_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(33 * 1024 * 1024))
    assert_refused_cheaply(path, "larger than the limit of 32 MB")


def test_f1_ten_million_cells(tmp_path: Path) -> None:
    """Each sheet alone is within the limits; together they have 10.4 million cells."""
    cells = "".join(f'<c r="{chr(65 + column)}#"><v>1</v></c>' for column in range(26))
    row = f'<row r="#">{cells}</row>'
    rows = "".join(row.replace("#", str(number)) for number in range(1, 80_001)).encode()
    body = sheet("%").encode().replace(b"%", rows)
    path = pack(tmp_path / "a.xlsx", parts_of(*[body] * 4 + [sheet(HEADER)]), level=1)
    del body, rows
    assert_refused_cheaply(path, "more than the limit of 5200000 cells", seconds=20, mebibytes=300)


def test_f1_few_cells_that_span_millions(tmp_path: Path) -> None:
    """Two cells span the largest rectangle allowed, on each of fifty sheets."""
    corners = sheet(HEADER + '<row r="200000"><c r="Z200000"><v>1</v></c></row>')
    path = pack(tmp_path / "a.xlsx", parts_of(*[corners] * 50))
    assert_refused_cheaply(path, "cells together", seconds=20, mebibytes=600)


def test_f1_fifty_thousand_sheets(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.xlsx", parts_of(*[sheet(HEADER)] * 50_000), level=1)
    assert_refused_cheaply(path, "more than 1000 parts")


def test_f1_fifty_thousand_sheets_from_one_part(tmp_path: Path) -> None:
    listed = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r1"/>' for n in range(50_000))
    path = pack(tmp_path / "a.xlsx", {**parts_of(sheet(HEADER)), "xl/workbook.xml": workbook_xml(listed)})
    assert_refused_cheaply(path, "xl/workbook.xml")


def test_f1_fifty_one_sheets(tmp_path: Path) -> None:
    assert "There are 51 tables" in said(pack(tmp_path / "a.xlsx", parts_of(*[sheet(HEADER)] * 51)))
    read_tables(pack(tmp_path / "b.xlsx", parts_of(*[sheet(HEADER)] * 50)))


@pytest.mark.parametrize(
    "entity",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE a SYSTEM "http://example.com/a.dtd">',
    ],
)
@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml", "docProps/core.xml", "_rels/.rels"]
)
def test_f1_entities(tmp_path: Path, part: str, entity: str) -> None:
    parts = parts_of(sheet(HEADER))
    parts[part] = f'<?xml version="1.0" encoding="UTF-8"?>{entity}{parts.get(part, "<a/>")}'
    assert_refused_cheaply(pack(tmp_path / "a.xlsx", parts), part, "DOCTYPE or an entity")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_f1_entities_in_another_encoding(tmp_path: Path, encoding: str) -> None:
    body = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY x "y">]>{sheet(HEADER)}'
    assert "not encoded in UTF-8" in said(pack(tmp_path / "a.xlsx", parts_of(body.encode(encoding))))


def test_f1_declared_encoding(tmp_path: Path) -> None:
    body = f"<?xml version='1.0' encoding='GBK'?>{sheet(HEADER)}"
    assert "not encoded in UTF-8" in said(pack(tmp_path / "a.xlsx", parts_of(body)))


@pytest.mark.parametrize("quote", ["'", '"'])
def test_f1_shared_texts_that_promise_to_be_billions(tmp_path: Path, quote: str) -> None:
    """The parser would make room for 96 GB at once."""
    strings = f"<sst xmlns='{'x'}' uniqueCount ={quote}0004000000000{quote}><si><t>a</t></si></sst>"
    path = pack(tmp_path / "a.xlsx", {**parts_of(sheet(HEADER)), "xl/sharedStrings.xml": strings})
    assert_refused_cheaply(path, "sharedStrings.xml")


@pytest.mark.parametrize(
    "shape",
    [
        "<c>" * 9_000_000,
        "<c " + "".join(f'a{n}="" ' for n in range(2_500_000)) + "/>",
        '<row r="x"/>' * 2_000_000,
        '<c r="A0"><v>1</v></c>' * 1_000_000,
        '<c r="A1" t="e"><v>#N/A</v></c>' * 800_000,
        '<c r="A1"><f>1</f></c>' * 1_000_000,
        '<col min="1" max="9" hidden="1"/>' * 800_000 + HEADER,
        '<mergeCell ref="A1:B2"/>' * 1_000_000,
    ],
    ids=["nested", "attributes", "rows", "references", "errors", "formulas", "columns", "merged"],
)
def test_f1_survey_keeps_to_its_memory(tmp_path: Path, shape: str) -> None:
    """Sheets on which the exact look is slow and could pile things up; padded so that the ratio lets them pass."""
    grain = "".join(random.Random(1).choices("abcdefghijklmnop", k=600_000))
    body = sheet(f"{shape}<x>{grain}</x>")
    assert_refused_cheaply(pack(tmp_path / "a.xlsx", parts_of(body)), "a.xlsx", seconds=20, mebibytes=300)


def test_f1_entry_that_lies_about_its_size(tmp_path: Path) -> None:
    """What is read is what is declared, and the parser gets no more than that."""
    harmless = '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    path = pack(
        tmp_path / "a.xlsx", parts_of(f'{harmless}<row r="9"><c r="AB9"><v>1</v></c></row></sheetData></worksheet>')
    )
    _declare(path, "xl/worksheets/sheet1.xml", harmless.encode())
    assert zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode() == harmless
    assert "damaged" in said(path)


def _declare(path: Path, name: str, pretended: bytes) -> None:
    """Make the central directory say that an entry is `pretended`."""
    with zipfile.ZipFile(path) as archive:
        crc, size = archive.getinfo(name).CRC, archive.getinfo(name).file_size
    data = bytearray(path.read_bytes())
    directory = data.index(b"PK\x01\x02")
    truth = struct.pack("<L", crc)
    at = data.index(truth, directory)
    assert struct.unpack_from("<L", data, at + 8) == (size,)
    struct.pack_into("<L", data, at, zlib.crc32(pretended))
    struct.pack_into("<L", data, at + 8, len(pretended))
    path.write_bytes(data)


def test_f1_two_entries_of_one_name(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.xlsx", parts_of(sheet(HEADER)))
    with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("xl/worksheets/sheet1.xml", sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>'))
    assert "damaged" in said(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_f1_methods_that_unpack_without_a_bound(tmp_path: Path, method: int) -> None:
    path = pack(tmp_path / "a.xlsx", parts_of(sheet(HEADER)))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/theme/theme1.xml", "<a/>", compress_type=method)
    assert "damaged" in said(path)


def test_f1_truncated_archive(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.xlsx", parts_of(sheet(HEADER)))
    whole = path.read_bytes()
    for length in range(4, len(whole), 37):
        path.write_bytes(whole[:length])
        assert "damaged" in said(path)


def test_f1_every_flipped_byte_is_read_or_refused(tmp_path: Path) -> None:
    """No damage gets through as anything but tables or problems."""
    path = pack(tmp_path / "a.xlsx", parts_of(sheet(HEADER)))
    whole = path.read_bytes()
    for position in range(4, len(whole), 3):
        changed = bytearray(whole)
        changed[position] ^= 0x15
        path.write_bytes(changed)
        with suppress(Problems):
            assert only_table(read_tables(path)).header == ("单位", "值")


def test_f1_relationship_to_an_unusual_place_is_checked_all_the_same(tmp_path: Path) -> None:
    parts = parts_of(sheet(HEADER))
    parts["xl/_rels/workbook.xml.rels"] = relations(("r1", "worksheet", "../other/place.bin"))
    parts["other/place.bin"] = sheet(HEADER + '<row r="2"><c r="AB2"><v>1</v></c></row>')
    assert "Cell AB2" in said(pack(tmp_path / "a.xlsx", parts))
