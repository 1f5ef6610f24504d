"""Everything wrong with the facts is told in one run, each at its cell, without what only follows from it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command

from engine.text import Problem, Problems
from indicators.facts import read_facts
from indicators.facts.findings import ordered
from scoring.command import scored
from tests.sample import Rows, as_workbook, plan_of, read_rows, scheme_file, write_rows

Edit = Callable[[Rows], Rows | None]


def told(path: Path, scheme: str = "songyuan") -> list[str]:
    """What `score_file` says of these facts."""
    plan = plan_of(scheme)
    reading = read_facts(path, plan, scheme)
    outcome, stopped = scored(plan, reading, trace=False)
    found: list[Problem] = ordered([*reading.all_problems(), *stopped])
    assert (outcome is None) or found == reading.all_problems()
    return [problem.to("zh").replace(f"{path.name}/", "").partition(".csv")[2] or problem.to("zh") for problem in found]


@pytest.fixture
def edited(city: Path, tmp_path: Path) -> Callable[..., Path]:
    """A copy of a city with some of its sheets changed."""

    def edit(scheme: str = "songyuan", **edits: Edit) -> Path:
        folder = shutil.copytree(city / scheme, tmp_path / "facts")
        for name, change in edits.items():
            rows = read_rows(folder / f"{name}.csv")
            write_rows(folder / f"{name}.csv", change(rows) or rows)
        return folder

    return edit


def set_cell(title: str, value: str, **where: str) -> Edit:
    """One cell of the rows that have these values changed; the number of the row does not matter."""

    def change(rows: Rows) -> None:
        found = [row for row in rows if all(row[key] == wanted for key, wanted in where.items())]
        assert found
        for row in found:
            row[title] = value

    return change


def test_facts_that_are_right_have_nothing_told(city: Path):
    assert told(city / "songyuan") == []
    assert told(city / "yiyang-2018", "yiyang-2018") == []


def test_structure_cells_and_scoring_are_told_together(city: Path, tmp_path: Path):
    file = as_workbook(city / "songyuan", tmp_path / "facts.xlsx")
    book = openpyxl.load_workbook(file)
    page = book["采集数据"]
    last = page.max_row
    page.row_dimensions[3].hidden = True  # of C01
    page["D40"] = "１２"  # of C02
    page.cell(last, 4).value = 9999  # of D24
    book["加分"]["C2"] = "#N/A"
    book.save(file)
    lines = told(file)
    assert [line.partition(": ")[0] for line in lines] == [
        "facts.xlsx[采集数据]!3",
        "facts.xlsx[采集数据]!D40",
        f"facts.xlsx[采集数据]!D{last}",
        "facts.xlsx[加分]!C2",
    ]
    assert "评分 9999 超出 0 至满分 " in lines[2]


def test_merged_cells_have_no_consequences(city: Path, tmp_path: Path):
    file = as_workbook(city / "songyuan", tmp_path / "facts.xlsx")
    book = openpyxl.load_workbook(file)
    book["采集数据"].merge_cells("A10:A12")
    book.save(file)
    [line] = told(file)
    assert line.startswith("facts.xlsx[采集数据]!A10: A10:A12 是合并单元格")


def test_what_stops_the_scoring_is_placed_with_its_figures(edited: Callable[..., Path]):
    def readings(rows: Rows) -> Rows:
        set_cell("数值", "50", 单位代码="C02", 指标代码="petitions", 数据项="settled")(rows)
        set_cell("数值", "40", 单位代码="C02", 指标代码="petitions", 数据项="received")(rows)
        set_cell("数值", "25", 单位代码="C01", 指标代码="organised")(rows)
        set_cell("数值", "", 单位代码="C03", 指标代码="petitions")(rows)
        return [row for row in rows if (row["单位代码"], row["指标代码"]) not in {("C04", "law"), ("C05", "law")}]

    target = set_cell("目标值", "0", 单位代码="D03", 指标代码="capacity")
    own = set_cell("分值", "1", 单位代码="D24", 代码="1")
    lines = told(edited(采集数据=readings, 目标与基数=target, 自定指标=own))
    places = [line.partition(": ")[0] for line in lines]
    words = [line.rpartition("”：")[2] for line in lines]
    assert "目标值 0 不大于 0，方案没有写明怎么算（reference_not_positive）" in words
    assert "缺数据（C04、C05，表里没有相应的行）" in words
    assert "评分 25 超出 0 至满分 20" in words
    assert "按期办结件数 50 多于受理件数 40" in words
    assert words.count("缺数据") == 2
    assert words[-1].startswith("自定指标分值合计 ")
    assert [place.partition("]")[0] for place in places] == [
        "[目标与基数", *["[采集数据"] * (len(lines) - 2), "[自定指标"
    ]  # fmt: skip
    assert all("!" in place for place, said in zip(places, words, strict=True) if "没有相应的行" not in said)


@pytest.mark.parametrize("sheet", ["目标与基数", "采集数据", "自定指标", "测评汇总", "测评票", "投票对象", "单位"])
def test_a_sheet_that_is_not_there_is_told_once(edited: Callable[..., Path], sheet: str):
    folder = edited()
    (folder / f"{sheet}.csv").unlink()
    [line] = told(folder)
    assert line == ("facts: 没有“单位”表，或表里没有单位" if sheet == "单位" else f"facts: 缺少“{sheet}”表")


@pytest.mark.parametrize("sheet", ["目标与基数", "采集数据", "自定指标", "测评汇总", "测评票", "投票对象", "单位"])
def test_a_sheet_that_cannot_be_read_is_told_once(edited: Callable[..., Path], sheet: str):
    folder = edited()
    (folder / f"{sheet}.csv").write_bytes((folder / f"{sheet}.csv").read_text(encoding="utf-8").encode("gbk"))
    [line] = told(folder)
    assert "像是 GBK" in line


@pytest.mark.parametrize(("sheet", "title"), [("采集数据", "数值"), ("测评汇总", "票数"), ("自定指标", "代码")])
def test_a_column_that_is_not_there_is_told_once(edited: Callable[..., Path], sheet: str, title: str):
    def without(rows: Rows) -> Rows:
        return [{key: cell for key, cell in row.items() if key != title} for row in rows]

    assert told(edited(**{sheet: without})) == [f"[{sheet}]: 缺少列“{title}”"]


def test_a_unit_whose_row_is_wrong_is_told_once(edited: Callable[..., Path]):
    [line] = told(edited(单位=set_cell("类别", "乡镇", 单位代码="D03")))
    assert line.startswith("[单位]!C40: 方案里没有类别“乡镇”")


def test_a_panel_that_nobody_filled_is_told_once(edited: Callable[..., Path]):
    def without(rows: Rows) -> Rows:
        return [row for row in rows if row["投票"] != "organs"]

    [line] = told(edited(测评汇总=without))
    units = "C01、C02、C03、C04、C05 等 72 个"
    assert line == f"[测评汇总]: 指标“organs 机关评议”：没有测评票（{units}，表里没有相应的行）"


def test_a_count_left_empty_is_nothing_and_a_unit_left_empty_has_no_ballots(edited: Callable[..., Path]):
    def counts(rows: Rows) -> None:
        set_cell("票数", "", 投票="organs", 单位代码="C01", 评价="无效")(rows)
        set_cell("票数", "", 投票="society", 单位代码="C02")(rows)

    [line] = told(edited(测评汇总=counts))
    assert line.endswith("单位“C02 锦湾区”，指标“society 社会各界评议”：还没有票：这个单位一格票数也没有填")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (set_cell("名次", "", 单位代码="C02"), "!C3: 名次没有填；上年没有名次的写 无"),
        (lambda rows: rows[1:], ": 缺少单位 C01 云汀区 的行；上年没有名次的，名次写 无"),
        (set_cell("名次", "0", 单位代码="C02"), "!C3: “0”应是从 1 起的整数；上年没有名次的写 无"),
    ],
)
def test_last_years_places_are_all_told(edited: Callable[..., Path], change: Edit, said: str):
    assert told(edited("yiyang-2018", 上年结果=change), "yiyang-2018") == [f"[上年结果]{said}"]


@pytest.mark.parametrize(
    ("title", "label", "said"),
    [
        ("单位名称", "锦湾区", "“锦湾区”与 C01 不符，C01 是“云汀区”"),
        ("指标名称", "普法", "“普法”与 organised 不符，organised 是“绩效评估的组织领导”"),
        ("采集单位", "市审计局", "“市审计局”与 organised 不符，organised 是“市绩效办”"),
        ("数据项名称", "件数", "“件数”与 organised actual 不符"),
    ],
)
def test_a_label_must_say_what_its_code_says(edited: Callable[..., Path], title: str, label: str, said: str):
    def labelled(rows: Rows) -> Rows:
        assert (rows[0]["单位代码"], rows[0]["指标代码"]) == ("C01", "organised")
        return [row | {title: "" if number else label} for number, row in enumerate(rows)]

    [line] = told(edited(采集数据=labelled))
    assert said in line


def test_a_workbook_of_another_scheme_is_refused(tmp_path: Path):
    out = str(tmp_path / "a.xlsx")
    call_command("make_workbook", str(scheme_file("songyuan")), out)
    with pytest.raises(Problems) as stopped:
        told(Path(out), "yiyang-2018")
    assert str(stopped.value).startswith("a.xlsx: 这是“songyuan”方案的工作簿，不是“yiyang-2018”的")


def test_a_workbook_that_is_there_is_overwritten_only_by_force(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    out = tmp_path / "a.xlsx"
    out.write_bytes(b"filled")
    with pytest.raises(SystemExit):
        call_command("make_workbook", str(scheme_file("songyuan")), str(out))
    assert capsys.readouterr().err.startswith(f"{out}: 已有这个文件，里面可能有填好的数据")
    assert out.read_bytes() == b"filled"
    call_command("make_workbook", str(scheme_file("songyuan")), str(out), force=True)
    assert out.read_bytes().startswith(b"PK")
