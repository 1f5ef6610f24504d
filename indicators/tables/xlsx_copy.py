"""The clean archive that the parser gets: made by us, of bytes that were checked."""

from __future__ import annotations

import zipfile
from types import TracebackType
from typing import IO, Self

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"


class CleanCopy:
    """Writes a minimal workbook. Its sheets are told apart by their place: the n-th added is the n-th sheet."""

    def __init__(self, target: IO[bytes], counts_from_1904: bool) -> None:
        self._archive = zipfile.ZipFile(target, "w", zipfile.ZIP_STORED)
        self._counts_from_1904 = counts_from_1904
        self._sheets = 0

    def add_sheet(self, data: bytes) -> int:
        """Add a worksheet; returns its index from 0."""
        self._sheets += 1
        self._archive.writestr(f"xl/worksheets/sheet{self._sheets}.xml", data)
        return self._sheets - 1

    def add_strings(self, data: bytes) -> None:
        """Add the texts that the sheets share."""
        self._archive.writestr("xl/sharedStrings.xml", data)

    def add_styles(self, data: bytes) -> None:
        """Add the formats, which tell dates from numbers."""
        self._archive.writestr("xl/styles.xml", data)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._archive:
            if kind is None:
                self._write_frame()

    def _write_frame(self) -> None:
        numbers = range(1, self._sheets + 1)
        sheets = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
        relations = [(f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
        relations += [("strings", "sharedStrings", "sharedStrings.xml"), ("styles", "styles", "styles.xml")]
        self._write("[Content_Types].xml", _content_types())
        self._write("_rels/.rels", _relations([("workbook", "officeDocument", "xl/workbook.xml")]))
        self._write("xl/_rels/workbook.xml.rels", _relations(relations))
        self._write(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr date1904="{self._counts_from_1904:d}"/>'
            f"<sheets>{sheets}</sheets></workbook>",
        )

    def _write(self, name: str, body: str) -> None:
        self._archive.writestr(name, _DECLARATION + body)


def _content_types() -> str:
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET}.sheet.main+xml"/></Types>'
    )


def _relations(entries: list[tuple[str, str, str]]) -> str:
    items = "".join(
        f'<Relationship Id="{identity}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for identity, kind, target in entries
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'
