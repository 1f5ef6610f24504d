"""R1: the same facts give the same bytes: in another zone, locale and folder, hash seed, order of rows and columns."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest

from tests.sample import SCHEMES, asked_for, manage, read_rows, scheme_file, write_rows
from tests.scoring.conftest import Scored

ELSEWHERE = [
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "America/St_Johns", "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "4711"},
    {"TZ": "UTC", "LC_ALL": "POSIX", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "0"},
]


def shuffled(facts: Path, out: Path, seed: int) -> Path:
    """The same facts in another order of rows, columns and sheets."""
    dice = random.Random(seed)
    files = sorted(facts.glob("*.csv"))
    dice.shuffle(files)
    out.mkdir()
    for file in files:
        rows = read_rows(file)
        titles = list(rows[0])
        dice.shuffle(rows)
        dice.shuffle(titles)
        write_rows(out / file.name, rows, titles)
        assert out.joinpath(file.name).read_bytes() != file.read_bytes() or len(rows) < 2
    return out


def cells(report: Path) -> dict[str, bytes]:
    """The parts of a workbook that hold its contents."""
    with zipfile.ZipFile(report) as parts:
        return {name: parts.read(name) for name in parts.namelist() if not name.startswith("docProps/")}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("number", range(len(ELSEWHERE)))
def test_r1_elsewhere_and_in_another_order_the_same_bytes(
    city: Path, tmp_path: Path, scored: dict[str, Scored], scheme: str, number: int
):
    facts = shuffled(city / scheme, tmp_path / "facts", number)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    files = (scheme_file(scheme), facts, "a.xlsx", "--json", "a.json", *asked_for(scheme))
    done = manage("score_file", *files, cwd=elsewhere, **ELSEWHERE[number])
    assert (done.returncode, done.stderr) == (0, "")
    assert (elsewhere / "a.json").read_bytes() == scored[scheme].document.read_bytes()
    assert cells(elsewhere / "a.xlsx") == cells(scored[scheme].report)
    assert sorted(path.name for path in elsewhere.iterdir()) == ["a.json", "a.xlsx"]


def test_r1_problems_come_in_the_same_order(city: Path, tmp_path: Path):
    """Different files in one order: the text on the error stream is equal too."""
    facts = shuffled(city / "songyuan", tmp_path / "facts", 1)
    for name in ("采集数据", "测评票", "加分"):
        rows = read_rows(facts / f"{name}.csv")
        write_rows(facts / f"{name}.csv", [row | {"单位代码": f"{row['单位代码']}x"} for row in rows])
    said = {
        manage("score_file", scheme_file("songyuan"), facts, tmp_path / "a.xlsx", **one).stderr for one in ELSEWHERE[:2]
    }
    assert len(said) == 1
    assert 40 < said.pop().count("\n") < 250
