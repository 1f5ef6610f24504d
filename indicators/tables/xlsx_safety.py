"""An .xlsx is an archive from a stranger: everything is bounded and looked at before a parser sees it.

Nothing here trusts what the archive says of itself further than needed to refuse it. What is read through
`Package.read` is at most as long as declared; the parser later gets a fresh archive made of just these bytes,
so entries that lie about their size, appear twice or overlap cannot reach it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from engine.text import Place, Problem, Problems, Text
from evaluation.archives import MAX_ENTRIES, UNREADABLE, Flaw, flaws_of, key_of, too_many_entries
from indicators.tables import messages
from indicators.tables.xml_walk import walk

CONTENT_TYPES = "[content_types].xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

_DECLARED_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"'>]*)""")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MOST_ELEMENTS = 20_000


class Package:
    """The parts of a workbook, by lower-case name. `read` gives bytes that passed the checks of `unsafe_xml`."""

    def __init__(self, file: str, archive: zipfile.ZipFile) -> None:
        self._file = file
        self._archive = archive
        self._entries = {key_of(info.filename): info for info in archive.infolist()}
        self._unseen = {name for name in self._entries if name.endswith((".xml", ".rels"))}

    def __contains__(self, name: str) -> bool:
        return key_of(name) in self._entries

    def read(self, name: str) -> bytes:
        """The bytes of an XML part.

        Raises:
            Problems: the part is missing, damaged, or unsafe.
        """
        info = self._entries.get(key_of(name))
        if info is None:
            raise self.refusal(messages.DAMAGED.format(part=name))
        self._unseen.discard(key_of(name))
        try:
            data = self._archive.read(info)
        except UNREADABLE as error:
            raise self.refusal(messages.DAMAGED.format(part=info.filename)) from error
        if unsafe := unsafe_xml(data):
            raise self.refusal(unsafe.format(part=info.filename))
        return data

    def elements(self, name: str, wanted: frozenset[str]) -> list[tuple[str, dict[str, str]]]:
        """Name and attributes of the wanted elements of a small part, in order, whatever their prefix."""
        try:
            return _elements(self.read(name), wanted)
        except expat.ExpatError as error:
            raise self.refusal(messages.DAMAGED.format(part=name)) from error

    def unread_problems(self) -> Iterator[Problem]:
        """What is unsafe in the XML parts that nobody has read so far."""
        for name in sorted(self._unseen):
            try:
                self.read(name)
            except Problems as problems:
                yield from problems.found

    def refusal(self, what: Text) -> Problems:
        """The exception that says one thing of the whole file."""
        return Problems([Problem(Place(self._file), what)])


def open_package(file: str, data: bytes) -> Package:
    """Open a workbook whose bytes are given, after checking its structure and everything it declares.

    Args:
        file: the name of the file as shown to people.
        data: the whole file, at most `MAX_FILE_BYTES`.

    Raises:
        Problems: it is no .xlsx workbook, or an unsafe one; with all reasons.
    """
    if too_many_entries(data):
        raise Problems([Problem(Place(file), messages.TOO_MANY_PARTS.format(limit=MAX_ENTRIES))])
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except UNREADABLE as error:
        raise Problems([Problem(Place(file), messages.DAMAGED.format(part="ZIP"))]) from error
    if found := list(dict.fromkeys(_archive_problems(archive.infolist()))):
        raise Problems([Problem(Place(file), what) for what in found])
    package = Package(file, archive)
    _check_kind(package)
    return package


def unsafe_xml(data: bytes) -> Text | None:
    """Why an XML part must not be parsed, or None. The sentence lacks its `{part}`."""
    declared = _DECLARED_ENCODING.match(data.removeprefix(b"\xef\xbb\xbf")[:1000])
    if b"\0" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return messages.NOT_UTF8_XML
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        return messages.NOT_UTF8_XML
    return messages.DOCTYPE if _DOCTYPE.search(data) else None


_SAID = {
    Flaw.DAMAGED: messages.DAMAGED,
    Flaw.PASSWORD: messages.PASSWORD,
    Flaw.TOO_LARGE: messages.UNPACKS_TOO_LARGE,
    Flaw.BOMB: messages.BOMB,
    Flaw.MACROS: messages.MACROS,
}


def _archive_problems(entries: list[zipfile.ZipInfo]) -> Iterator[Text]:
    for flaw, part, limit in flaws_of(entries):
        yield _SAID[flaw].format(part=part, limit=limit)
    if any(key_of(info.filename).startswith("xl/externallinks/") for info in entries):
        yield messages.EXTERNAL_LINKS


_KINDS = {
    "wordprocessingml": messages.KIND_WORD,
    "presentationml": messages.KIND_SLIDES,
    "sheet.binary": messages.KIND_BINARY_SHEET,
    "spreadsheetml.template": messages.KIND_TEMPLATE,
}


def _check_kind(package: Package) -> None:
    if CONTENT_TYPES not in package:
        kind = messages.KIND_ODF if "mimetype" in package else messages.KIND_ZIP
        raise package.refusal(messages.NOT_A_WORKBOOK.format(kind=kind))
    declared = package.elements(CONTENT_TYPES, frozenset({"Default", "Override"}))
    types = {attributes.get("ContentType", "") for _, attributes in declared}
    if WORKBOOK_TYPE in types:
        return
    kinds = [text for mark, text in _KINDS.items() if any(mark in declared_type for declared_type in types)]
    if not kinds and any("macroEnabled" in declared_type for declared_type in types):
        raise package.refusal(messages.MACROS)
    raise package.refusal(messages.NOT_A_WORKBOOK.format(kind=(kinds or [messages.KIND_ZIP])[0]))


def _elements(data: bytes, wanted: frozenset[str]) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name in wanted:
            found.append((name, attributes))
            if len(found) > _MOST_ELEMENTS:
                raise expat.ExpatError("too many elements")

    walk(expat.ParserCreate(), data, start, lambda name: None)
    return found
