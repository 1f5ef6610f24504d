"""The one way in: a workbook or a folder, told apart by what it is and not by what it is called."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from engine.text import Text
from indicators.tables import messages
from indicators.tables.csv_folder import read_csv_folder
from indicators.tables.files import read_bytes, refusal
from indicators.tables.table import Tables
from indicators.tables.xlsx import read_xlsx

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_WORKBOOK = "EncryptedPackage".encode("utf-16-le")
_KINDS = (
    (b"%PDF", messages.KIND_PDF),
    (b"PK", messages.KIND_ZIP),
    (b"<", messages.KIND_MARKUP),
    (b"\xef\xbb\xbf<", messages.KIND_MARKUP),
)


def read_tables(path: Path, passing_over: Collection[str] = ()) -> Tables:
    """Read an .xlsx workbook, or a folder with one CSV file (UTF-8) for each table.

    Args:
        path: the file or the folder; its own name is what people are shown.
        passing_over: names of sheets for people, which are not looked at.

    Returns:
        The tables in the order of the sheets (of the file names for a folder), notes and problems.

    Raises:
        Problems: why nothing of the source can be read.
    """
    file = path.name or path.resolve().name
    if path.is_dir():
        return read_csv_folder(path, file, passing_over)
    if not path.is_file():
        raise refusal(file, messages.NOT_FOUND)
    data = read_bytes(path, file)
    if not data.startswith(_ZIP):
        raise refusal(file, _why_no_workbook(data))
    return read_xlsx(file, data, passing_over)


def _why_no_workbook(data: bytes) -> Text:
    if not data:
        return messages.EMPTY_FILE
    if data.startswith(_OLE):
        return messages.PASSWORD if _ENCRYPTED_WORKBOOK in data else messages.OLD_WORKBOOK
    for start, kind in _KINDS:
        if data.startswith(start):
            return messages.NOT_A_WORKBOOK.format(kind=kind)
    if b"\0" in data[:4096]:
        return messages.NOT_A_WORKBOOK.format(kind=messages.KIND_UNKNOWN)
    return messages.LONE_CSV
