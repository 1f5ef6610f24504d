"""Which sheets a workbook has, and in which parts of the archive they stand."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from indicators.tables import messages
from indicators.tables.limits import MAX_TABLES
from indicators.tables.xlsx_safety import Package

_DEFAULT_WORKBOOK = "xl/workbook.xml"
_LONGEST_NAME = 100  # Excel allows 31


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet as the workbook lists it."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """The parts that hold data. `counts_from_1904`: dates are counted from 1904 as on old Macs."""

    sheets: tuple[Sheet, ...]
    strings: str | None
    styles: str | None
    counts_from_1904: bool


def read_workbook(package: Package) -> Workbook:
    """Follow the relationships from the root of the package to the sheets. Chart sheets hold no data and are left out.

    Raises:
        Problems: no workbook, too many sheets, a sheet without its part, links to other files.
    """
    main = _main_part(package)
    relations = _relations(package, main)
    listed = package.elements(main, frozenset({"sheet", "workbookPr"}))
    entries = [attributes for name, attributes in listed if name == "sheet"]
    _check_count(package, len(entries))
    if any(kind == "externalLink" for kind, _ in relations.values()):
        raise package.refusal(messages.EXTERNAL_LINKS)
    sheets = [_sheet(package, attributes, relations) for attributes in entries]
    _check_names(package, [sheet.name for sheet in sheets if sheet])
    by_kind = dict(relations.values())
    return Workbook(
        sheets=tuple(sheet for sheet in sheets if sheet),
        strings=by_kind.get("sharedStrings"),
        styles=by_kind.get("styles"),
        counts_from_1904=any(attributes.get("date1904") in ("1", "true") for _, attributes in listed),
    )


def _main_part(package: Package) -> str:
    root = _relations(package, "")
    return next((part for kind, part in root.values() if kind == "officeDocument"), _DEFAULT_WORKBOOK)


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Relationship id → (last word of its type, target part), for the targets inside the package."""
    folder, name = posixpath.split(part)
    table = posixpath.join(folder, "_rels", f"{name}.rels")
    if table not in package:
        return {}
    return {
        attributes.get("Id", ""): (
            attributes.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/"),
        )
        for _, attributes in package.elements(table, frozenset({"Relationship"}))
        if attributes.get("TargetMode") != "External"
    }


def _check_count(package: Package, count: int) -> None:
    if count > MAX_TABLES:
        raise package.refusal(messages.TOO_MANY_TABLES.format(count=count, limit=MAX_TABLES))


def _check_names(package: Package, names: list[str]) -> None:
    for index, name in enumerate(names):
        if name.casefold() in (earlier.casefold() for earlier in names[:index]):
            raise package.refusal(messages.SAME_SHEET_NAME.format(name=name))
        if not 0 < len(name) <= _LONGEST_NAME:
            raise package.refusal(messages.DAMAGED.format(part="workbook.xml"))


def _sheet(package: Package, attributes: dict[str, str], relations: dict[str, tuple[str, str]]) -> Sheet | None:
    identity = next((value for name, value in attributes.items() if name.endswith(":id")), "")
    kind, part = relations.get(identity, ("", ""))
    name = attributes.get("name", "")
    if kind in ("chartsheet", "dialogsheet"):
        return None
    if kind == "xlMacrosheet":
        raise package.refusal(messages.MACROS)
    if kind != "worksheet" or part not in package:
        raise package.refusal(messages.DAMAGED.format(part=name))
    return Sheet(name, part, attributes.get("state", "visible") != "visible")
