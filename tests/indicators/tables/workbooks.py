"""Workbooks made by hand, part by part, as an attacker would; and what reading one costs."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from engine.text import Problem, Problems
from indicators.tables import Table, Tables, read_tables

ROOT = Path(__file__).resolve().parents[3]
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>单位</t></is></c><c r="B1" t="inlineStr"><is><t>值</t></is></c></row>'
)


def sheet(rows: str, before: str = "", after: str = "") -> str:
    """A worksheet: its rows, what stands before and after them."""
    return f'<worksheet xmlns="{SPREADSHEET}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def content_types(main: str = MAIN_TYPE) -> str:
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>'
    )


def relations(*entries: tuple[str, str, str]) -> str:
    items = "".join(f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{to}"/>' for i, kind, to in entries)
    return f'<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'


def workbook_xml(sheets: str) -> str:
    return f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'


def parts_of(*sheets: str | bytes) -> dict[str, str | bytes]:
    """The parts of a workbook with these sheets, called 表1, 表2 and so on."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
    targets = [(f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook_xml(listed),
        "xl/_rels/workbook.xml.rels": relations(*targets, ("s", "sharedStrings", "sharedStrings.xml")),
        **{f"xl/worksheets/sheet{n}.xml": body for n, body in zip(numbers, sheets, strict=True)},
    }


def pack(path: Path, parts: dict[str, str | bytes], level: int = 6) -> Path:
    """Write the parts as they are."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return path


def refused(path: Path) -> list[Problem]:
    """The problems of a file that must not be read."""
    try:
        found = read_tables(path).problems
    except Problems as raised:
        found = raised.found
    assert found
    return found


def said(path: Path) -> str:
    """All of them as English text, one a line."""
    return "\n".join(problem.to("en") for problem in refused(path))


def only_table(tables: Tables) -> Table:
    [table] = tables.tables
    return table


@dataclass(frozen=True)
class Cost:
    """What a process of its own took to read a file."""

    said: str
    seconds: float
    mebibytes: int


_CHILD = """
import json, resource, sys, time
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
from engine.text import Problems
from indicators.tables import read_tables
began, said = time.monotonic(), ""
try:
    found = read_tables(Path(sys.argv[1])).problems
except Problems as problems:
    found = problems.found
said = "\\n".join(problem.to("en") for problem in found)
seconds = time.monotonic() - began
[peak] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
print(json.dumps([said, seconds, int(peak.split()[1]) // 1024]))  # getrusage would count the parent's memory
"""


def cost_of(path: Path) -> Cost:
    """Read in a child whose address space is bounded, so that a mistake kills the child and not the machine."""
    command = [sys.executable, "-c", _CHILD, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return Cost(*json.loads(done.stdout))
