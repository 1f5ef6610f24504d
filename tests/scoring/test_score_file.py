"""`score_file`: both files are written and say the same, or none is there and everything wrong is said."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from django.core.management import call_command

from tests.sample import (
    ROOT,
    SCHEMES,
    as_workbook,
    environ,
    manage,
    read_rows,
    scheme_file,
    write_rows,
)
from tests.scoring.conftest import Scored

SONGYUAN = str(scheme_file("songyuan"))


def leaves_of(data: Any) -> Any:
    if isinstance(data, dict):
        for value in data.values():
            yield from leaves_of(value)
    elif isinstance(data, list):
        for value in data:
            yield from leaves_of(value)
    else:
        yield data


@pytest.mark.parametrize("scheme", SCHEMES)
def test_json_numbers_are_text_and_keys_are_sorted(scored: dict[str, Scored], scheme: str):
    text = scored[scheme].document.read_text(encoding="utf-8")
    document = json.loads(text, parse_float=lambda number: pytest.fail(f"a float: {number}"))
    assert text == json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    places = {unit["place"] for unit in document["units"]}
    assert {type(leaf) for leaf in leaves_of(document)} <= {str, int, bool, type(None)}
    assert {leaf for leaf in leaves_of(document) if type(leaf) is int} <= places
    for unit in document["units"]:
        for key in ("base", "bonus", "deductions", "total"):
            assert re.fullmatch(r"-?\d+(\.\d+)?|-?\d+/\d+", unit[key])


def run(
    capsys: pytest.CaptureFixture[str], facts: Path, out: Path, scheme: str = SONGYUAN, **options: str
) -> tuple[int, str, str]:
    """Exit code, output and error stream."""
    try:
        call_command("score_file", scheme, str(facts), str(out), **options)
        code = 0
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_it_prints_the_rankings_and_is_quiet_in_a_pipe(city: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    code, out, error = run(capsys, city / "songyuan", tmp_path / "a.xlsx")
    assert (code, error) == (0, "")
    assert [line.split()[0] for line in out.splitlines()[:4]] == ["■", "名次", "1", "2"]
    assert out.count("■ ") == 4
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


class Terminal:
    """An error stream that somebody watches."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        self.text += text

    def isatty(self) -> bool:
        return True

    def flush(self) -> None:
        pass


def test_it_tells_a_terminal_what_it_does(city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    call_command("score_file", SONGYUAN, str(city / "songyuan"), str(tmp_path / "a.xlsx"), no_color=True)
    assert terminal.text.splitlines() == ["读取数据…", "计分：72 个单位…", "写出结果…"]


@pytest.fixture
def broken(city: Path, tmp_path: Path) -> Path:
    """Facts with three mistakes on two sheets."""
    folder = shutil.copytree(city / "songyuan", tmp_path / "facts")
    readings = read_rows(folder / "采集数据.csv")
    readings[3]["数值"] = "１２"
    readings[5]["单位代码"] = "C99"
    write_rows(folder / "采集数据.csv", readings)
    bonuses = read_rows(folder / "加分.csv")
    bonuses[0]["级别"] = "县级"
    write_rows(folder / "加分.csv", bonuses)
    return folder


def test_f4_everything_wrong_is_said_with_its_place_and_nothing_is_written(
    broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    out = tmp_path / "out"
    out.mkdir()
    code, printed, error = run(capsys, broken, out / "a.xlsx", json=str(out / "a.json"))
    assert (code, printed) == (1, "")
    assert error.splitlines() == [
        "facts/采集数据.csv[采集数据]!D5: “１２”应写作 12",
        "facts/采集数据.csv[采集数据]!A7: 单位表里没有代码“C99”",
        "facts/加分.csv[加分]!C2: “自主创新性突出贡献”没有级别“县级”；有：国家级、省级、市级",
    ]
    assert list(out.iterdir()) == []


def test_f4_an_earlier_result_is_left_alone(broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.xlsx").write_bytes(b"earlier")
    (out / "a.json").write_bytes(b"earlier too")
    assert run(capsys, broken, out / "a.xlsx", json=str(out / "a.json"))[0] == 1
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {"a.xlsx": b"earlier", "a.json": b"earlier too"}


def test_what_stops_the_scoring_names_file_unit_and_indicator(
    city: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    folder = shutil.copytree(city / "songyuan", tmp_path / "facts")
    readings = read_rows(folder / "采集数据.csv")
    readings[0]["数值"] = ""
    write_rows(folder / "采集数据.csv", [*readings[:-1], readings[-1] | {"数值": "9999"}])
    code, _, error = run(capsys, folder, tmp_path / "a.xlsx")
    assert code == 1
    first, second = error.splitlines()
    assert first == "facts/采集数据.csv[采集数据]!D2: 单位“C01 云汀区”，指标“organised 绩效评估的组织领导”：缺数据"
    assert second.startswith(f"facts/采集数据.csv[采集数据]!D{len(readings) + 1}: 单位“D60 ")
    assert "：评分 9999 超出 0 至满分 " in second
    assert not (tmp_path / "a.xlsx").exists()


def files_under(path: Path) -> list[str]:
    return sorted(str(file.relative_to(path)) for file in path.rglob("*") if file.is_file())


@pytest.mark.parametrize(
    ("out", "document", "said"),
    [
        ("nowhere/a.xlsx", None, "nowhere/a.xlsx: 写不了文件：没有这个文件或文件夹"),
        ("a.xlsx", "nowhere/a.json", "nowhere/a.json: 写不了文件：没有这个文件或文件夹"),
        ("folder", None, "folder: 写不了文件：这是文件夹，不是文件"),
        ("a.xlsx", "folder", "folder: 写不了文件：这是文件夹，不是文件"),
        ("file/a.xlsx", None, "file/a.xlsx: 写不了文件：上一级不是文件夹"),
        ("a.xlsx", "a.xlsx", "a.xlsx: 这个文件已有别的用处"),
        ("a.xlsx", "folder/../a.xlsx", "folder/../a.xlsx: 这个文件已有别的用处"),
        ("facts.xlsx", None, "facts.xlsx: 这个文件已有别的用处"),
        ("a.xlsx", "facts.xlsx", "facts.xlsx: 这个文件已有别的用处"),
    ],
)
def test_a_place_that_is_no_good_is_named_and_nothing_is_written(
    city: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], out: str, document: str | None, said: str
):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    facts = as_workbook(city / "songyuan", tmp_path / "facts.xlsx")
    before = facts.read_bytes()
    options = {"json": f"{tmp_path}/{document}"} if document else {}
    code, printed, error = run(capsys, facts, Path(f"{tmp_path}/{out}"), **options)
    assert (code, printed) == (1, "")
    assert error.startswith(f"{tmp_path}/{said}")
    assert error.count("\n") == 1
    assert files_under(tmp_path) == ["facts.xlsx", "file"]
    assert facts.read_bytes() == before


@pytest.mark.parametrize("full", ["xlsx", "json"])
def test_a_full_disk_leaves_nothing_behind(
    city: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, full: str
):
    def no_room(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "/somewhere/.tmpabc")

    target = "scoring.outputs.document.Path.write_text" if full == "json" else "zipfile.ZipFile.write"
    if full == "xlsx":
        monkeypatch.setattr(zipfile.ZipFile, "writestr", no_room)
    monkeypatch.setattr(target, no_room)
    code, _, error = run(capsys, city / "songyuan", tmp_path / "a.xlsx", json=str(tmp_path / "a.json"))
    assert code == 1
    assert error == f"{tmp_path}/a.{full}: 写不了文件：磁盘已满\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("scheme", "facts", "said"),
    [
        ("nowhere.yaml", None, "nowhere.yaml: 打不开文件：没有这个文件或文件夹"),
        ("", None, ": 打不开文件：这是文件夹，不是文件"),
        ("gbk.yaml", None, "gbk.yaml:2: 不是 UTF-8 文本，请另存为 UTF-8 编码"),
        (None, "nowhere", "nowhere: 没有这个文件或文件夹。"),
        (None, "empty", "empty: 文件夹里没有 CSV 文件。"),
        (None, "gbk.yaml", "gbk.yaml: 不能单独提交一个文本文件。"),
    ],
)
def test_paths_that_are_no_good_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], city: Path, scheme: str | None, facts: str | None, said: str
):
    (tmp_path / "empty").mkdir()
    (tmp_path / "gbk.yaml").write_bytes("language: 1\ntitle: 松原市\n".encode("gbk"))
    chosen = SONGYUAN if scheme is None else f"{tmp_path}/{scheme}".rstrip("/")
    code, printed, error = run(
        capsys, tmp_path / facts if facts else city / "songyuan", tmp_path / "a.xlsx", scheme=chosen
    )
    assert (code, printed) == (1, "")
    assert error.startswith(f"{chosen}{said}" if scheme == "" else f"{tmp_path}/{said}" if scheme else said)
    assert error.count("\n") == 1
    assert not (tmp_path / "a.xlsx").exists()


def test_an_unknown_evaluation_is_refused_with_those_there_are(
    city: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    code, _, error = run(capsys, city / "songyuan", tmp_path / "a.xlsx", evaluation="monthly")
    said = "要指明是哪项考核，例如 --evaluation annual；有：annual（政府绩效评估）"
    assert (code, error) == (1, f"{SONGYUAN}: {said}\n")
    assert run(capsys, city / "songyuan", tmp_path / "a.xlsx", evaluation="annual")[0] == 0


def test_the_folder_one_stands_in_can_be_scored(city: Path, tmp_path: Path):
    done = manage("score_file", SONGYUAN, ".", tmp_path / "a.xlsx", cwd=city / "songyuan")
    assert (done.returncode, done.stderr) == (0, "")
    done = manage("score_file", scheme_file("yiyang-2018"), ".", tmp_path / "b.xlsx", cwd=city / "songyuan")
    assert done.returncode == 1
    assert all(line.startswith("songyuan/") for line in done.stderr.splitlines())


def test_a_process_of_its_own_says_all_of_it(broken: Path, tmp_path: Path):
    done = manage("score_file", SONGYUAN, broken, tmp_path / "a.xlsx")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 3
    assert not (tmp_path / "a.xlsx").exists()


def piped(command: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """`manage.py … | head -1`, exit code and errors of the former kept."""
    words = " ".join(f"'{argument}'" for argument in (sys.executable, ROOT / "manage.py", command, *arguments))
    script = f"set -o pipefail; {words} | head -1"
    return subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("command", ["score_file", "explain_score", "scheme_schema"])
def test_a_reader_who_has_seen_enough_causes_no_traceback(city: Path, tmp_path: Path, command: str):
    out = tmp_path / "a.xlsx"
    rest = {
        "score_file": (SONGYUAN, city / "songyuan", out),
        "explain_score": (SONGYUAN, city / "songyuan", "--unit", "C01"),
        "scheme_schema": (),
    }[command]
    done = piped(command, *rest)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1
    assert out.exists() == (command == "score_file")


def unread(stream: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """`manage.py` with a stream that nobody reads any more."""
    reading, writing = os.pipe()
    os.close(reading)
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | {stream: writing}
    command = [sys.executable, str(ROOT / "manage.py"), *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=environ(), encoding="utf-8", check=False, **streams)  # type: ignore[call-overload]
    os.close(writing)
    return done  # type: ignore[no-any-return]


@pytest.mark.parametrize("command", ["score_file", "explain_score"])
def test_output_that_nobody_reads_is_no_failure(city: Path, tmp_path: Path, command: str):
    rest = {"score_file": [tmp_path / "a.xlsx"], "explain_score": ["--unit", "C01"]}[command]
    done = unread("stdout", command, SONGYUAN, city / "songyuan", *rest)
    assert (done.returncode, done.stderr) == (0, "")


def test_problems_that_nobody_reads_are_no_success(city: Path, tmp_path: Path):
    facts = shutil.copytree(city / "songyuan", tmp_path / "facts")
    rows = read_rows(facts / "采集数据.csv")
    write_rows(facts / "采集数据.csv", [row | {"数值": "x"} for row in rows])
    done = unread("stderr", "score_file", SONGYUAN, facts, tmp_path / "a.xlsx")
    assert done.returncode == 1
    assert not (tmp_path / "a.xlsx").exists()


def test_f2_a_formula_is_its_stored_value_and_that_is_said(
    city: Path, tmp_path: Path, scored: dict[str, Scored], capsys: pytest.CaptureFixture[str]
):
    """Every value of the readings becomes a formula that would give something else, were it run."""
    facts = tmp_path / "facts.xlsx"
    with xlsxwriter.Workbook(facts) as book:
        for file in sorted((city / "songyuan").glob("*.csv")):
            rows, page = read_rows(file), book.add_worksheet(file.stem)
            page.write_row(0, 0, list(rows[0]))
            for line, row in enumerate(rows, start=1):
                for column, (title, cell) in enumerate(row.items()):
                    if title == "数值" and line <= 20:
                        page.write_formula(line, column, "=1+1", value=float(cell) if cell[0].isdigit() else cell)
                    elif title == "依据" and line == 1 and file.stem == "采集数据":
                        page.write_formula(line, column, '=WEBSERVICE("http://127.0.0.1:9/")', value=cell)
                    else:
                        page.write_string(line, column, cell)
    out = tmp_path / "a.xlsx"
    code, _, error = run(capsys, facts, out, json=str(tmp_path / "a.json"))
    assert code == 0
    [note] = error.splitlines()
    assert note.startswith("facts.xlsx[采集数据]: 有 21 个公式单元格（")
    assert note.endswith("读取的是文件中保存的值，没有运行公式。")
    assert (tmp_path / "a.json").read_bytes() == scored["songyuan"].document.read_bytes()


NASTY = ["=1+1", "+A1", "@SUM(A1)", "-0.5", '=HYPERLINK("http://x","y")', "甲\t乙", "甲\n=1", "http://127.0.0.1/"]


def test_f3_names_reasons_and_matters_are_inert_in_the_report(city: Path, tmp_path: Path):
    facts = shutil.copytree(city / "songyuan", tmp_path / "facts")
    units = read_rows(facts / "单位.csv")
    for unit, name in zip(units, NASTY, strict=False):
        unit["单位名称"] = name
        unit["分管领导"] = name
    write_rows(facts / "单位.csv", units)
    readings = read_rows(facts / "采集数据.csv")
    write_rows(facts / "采集数据.csv", [row | {"失分原因": "=1+1", "依据": "+A1"} for row in readings])
    bonuses = read_rows(facts / "加分.csv")
    write_rows(facts / "加分.csv", [row | {"事项": f"@x{n}"} for n, row in enumerate(bonuses)])
    out = tmp_path / "a.xlsx"
    call_command("score_file", SONGYUAN, str(facts), str(out))
    cells = [cell for page in openpyxl.load_workbook(out) for row in page.iter_rows() for cell in row]
    texts = {str(cell.value) for cell in cells if cell.data_type == "s"}
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert {*NASTY, "=1+1", "+A1", "@x0"} <= texts
    assert not any(cell.hyperlink for cell in cells)
    with zipfile.ZipFile(out) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())


def test_messages_are_english_where_the_command_line_is(broken: Path, tmp_path: Path):
    done = manage("score_file", SONGYUAN, broken, tmp_path / "a.xlsx", LANGUAGE_CODE="en")
    assert done.stderr.splitlines()[:2] == [
        'facts/采集数据.csv[采集数据]!D5: "１２" must be written 12',
        'facts/采集数据.csv[采集数据]!A7: there is no unit "C99" in the units sheet',
    ]


@pytest.mark.parametrize("command", ["score_file", "explain_score", "make_workbook", "check_scheme", "scheme_schema"])
def test_help_has_an_example(command: str):
    done = manage(command, "--help")
    assert done.returncode == 0
    assert f"manage.py {command}" in done.stdout.partition("xample: ")[2]
