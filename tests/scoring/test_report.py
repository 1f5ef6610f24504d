"""The result workbook: it says what the JSON says, to the cell, and in an order for people."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from django.utils import translation

from engine import VERSION
from indicators.sheetwriter import Book, percent, without_empty
from tests.sample import CHINESE, SCHEMES, plan_of, read_rows, scheme_file, scheme_of, write_rows
from tests.scoring import agreement
from tests.scoring.agreement import matrix
from tests.scoring.conftest import Scored
from tests.scoring.reading import number, opened, ranked, ranking_of, rows_of

MOVED, PENDING = "FFFCE4D6", "FFFFF2CC"


def score(facts: Path, folder: Path, scheme: str = "songyuan", name: str = "a") -> Scored:
    one = Scored(folder / f"{name}.xlsx", folder / f"{name}.json")
    call_command("score_file", str(scheme_file(scheme)), str(facts), str(one.report), json=str(one.document))
    return one


@pytest.fixture
def facts(city: Path, tmp_path: Path) -> Path:
    """Songyuan's facts, to be changed."""
    return shutil.copytree(city / "songyuan", tmp_path / "facts")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_report_has_its_sheets(scored: dict[str, Scored], scheme: str):
    book = opened(scored[scheme].report)
    matrices = [f"得分 {one.name}" for one in plan_of(scheme).sets]
    lost = ["失分（按指标）", "失分（按责任）"]
    uses = ["结果运用"] if plan_of(scheme).written.use else []
    shared = [use.distribute for use in plan_of(scheme).written.use if use.distribute and use.distribute.persons]
    uses += ["个人分配"] if shared else []
    claims = ["加分扣分"] if plan_of(scheme).written.bonus or plan_of(scheme).written.deductions else []
    assert book.sheetnames == ["排名", *uses, *matrices, *lost, *claims, "参数", "计分参数"]
    assert all(page.freeze_panes for page in book)
    assert all("拟定，未经审定" in (page.oddFooter.left.text or "") for page in book)
    assert not any(cell.data_type in "fe" for page in book for row in page.iter_rows() for cell in row)


# The ranking.


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_title_says_what_it_is_and_that_nobody_decided_it(scored: dict[str, Scored], scheme: str):
    title, _ = ranking_of(scored[scheme].report)
    known, plan = scheme_of(scheme), plan_of(scheme)
    assert title[0] == known.title
    assert title[1] == f"{plan.written.title}排名（拟定，未经审定）"
    assert title[2].split("　　") == [f"依据：{known.source}", f"方案指纹：{known.sha256[:12]}", f"引擎版本：{VERSION}"]


@pytest.mark.parametrize("what", agreement.ALL)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_it_says_what_the_json_says(scored: dict[str, Scored], scheme: str, what: str):
    agreement.ALL[what](scored[scheme], plan_of(scheme))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_category_stands_together_from_the_first_place_to_the_last(scored: dict[str, Scored], scheme: str):
    ranking = ranked(scored[scheme].report)
    categories = [title for one in plan_of(scheme).sets for title in one.categories.values()]
    assert list(dict.fromkeys(row["类别"] for row in ranking)) == categories
    for category in categories:
        mine = [row for row in ranking if row["类别"] == category]
        assert [row["名次"] for row in mine] == sorted(row["名次"] for row in mine)
        assert [row["总分"] for row in mine] == sorted((row["总分"] for row in mine), reverse=True)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_below_each_category_its_grades_are_counted(scored: dict[str, Scored], scheme: str):
    _, rows = ranking_of(scored[scheme].report)
    titles = {code: title for one in plan_of(scheme).sets for code, title in one.categories.items()}
    units = scored[scheme].units().values()
    found = Counter((titles[unit["category"]], unit["grade"]) for unit in units)
    for row in (row for row in rows if row["kind"] == "count"):
        grades = [(grade.name, found[row["类别"], grade.name]) for grade in plan_of(scheme).written.grades]
        counted = "，".join(f"{name} {count} 个" for name, count in grades)
        assert row["名次"] == f"共 {sum(count for _, count in grades)} 个单位：{counted}"


def test_a_category_says_what_each_part_is_worth(scored: dict[str, Scored]):
    worth = {
        "songyuan": ["满分 3", "满分 6", "满分 1", "满分 9", "满分 15", "满分 36", "满分 30", "满分 100"],
        "yiyang-2018": ["满分 40", "满分 25", "满分 20", "满分 15", "满分 100"],
    }
    for scheme, marks in worth.items():
        banners = [row for row in ranking_of(scored[scheme].report)[1] if row["kind"] == "banner"]
        for row in banners:
            assert [value for value in row.values() if str(value).startswith("满分")] == marks


def test_where_a_part_does_not_apply_it_is_said_who_has_its_points(scored: dict[str, Scored]):
    [row] = [row for row in ranked(scored["yiyang-2018"].report) if row["三大攻坚战"] == "不涉及"]
    assert row["高质量发展"] > 40
    assert "不计的主项" in ranking_of(scored["yiyang-2018"].report)[0][3]
    assert "不计的主项" not in ranking_of(scored["songyuan"].report)[0][3]


def test_columns_that_would_be_empty_are_not_there(scored: dict[str, Scored]):
    _, [first, *_] = ranking_of(scored["yiyang-2018"].report)
    assert not {"分管领导", "应得等次", "调整依据", "加分"} & set(first)
    _, [first, *_] = ranking_of(scored["songyuan"].report)
    assert {"分管领导", "应得等次", "调整依据", "加分"} <= set(first)
    assert "扣分" not in first


def test_the_department_over_a_unit_is_told_where_the_roster_names_one(facts: Path, tmp_path: Path):
    before = score(facts, tmp_path)
    assert "主管部门" not in ranked(before.report)[0]
    assert {unit["parent"] for unit in before.units().values()} == {None}
    over = {"D57": "市财政局", "D58": "市发展改革委"}
    units = [unit | {"主管部门": over.get(unit["单位代码"], "")} for unit in read_rows(facts / "单位.csv")]
    write_rows(facts / "单位.csv", units)
    one = score(facts, tmp_path, name="b")
    names = {unit["单位名称"]: over.get(unit["单位代码"]) for unit in units}
    assert {row["单位"]: row["主管部门"] for row in ranked(one.report)} == names
    assert {unit["name"]: unit["parent"] for unit in one.units().values()} == names


def fills(report: Path) -> dict[str, set[str]]:
    """The fills of the units' rows in the ranking."""
    page = opened(report)["排名"]
    return {
        row["单位"]: {cell.fill.fgColor.rgb for cell in page[row["line"]] if cell.fill.fill_type}
        for row in ranked(report)
    }


def test_a_unit_whose_grade_was_moved_stands_out(scored: dict[str, Scored]):
    found = fills(scored["songyuan"].report)
    [moved] = [name for name, fill in found.items() if fill]
    assert found[moved] == {MOVED}
    [row] = [row for row in ranked(scored["songyuan"].report) if row["单位"] == moved]
    grades = [grade.name for grade in plan_of("songyuan").written.grades]
    assert grades.index(row["等次"]) == grades.index(row["应得等次"]) + 1
    assert row["调整依据"] == "班子成员或公务员违法犯罪、严重违纪被查处（市绩效评估委员会会议纪要第 1 号）"
    assert "橙色" in ranking_of(scored["songyuan"].report)[0][3]
    assert not any(fills(scored["yiyang-2018"].report).values())


def test_units_listed_separately_and_undecided_moves_are_shown_as_such(
    facts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    units = read_rows(facts / "单位.csv")
    write_rows(facts / "单位.csv", [unit | {"单列": "是" if unit["单位代码"] == "C10" else ""} for unit in units])
    moves = read_rows(facts / "等次调整.csv")
    undecided = moves[0] | {"单位代码": "C10", "决定机构": "", "决定文号": ""}
    write_rows(facts / "等次调整.csv", [*moves, undecided])
    one = score(facts, tmp_path)
    unit = one.units()["C10"]
    assert (unit["place"], unit["listed_separately"]) == (None, True)
    mine = [row for row in ranked(one.report) if row["类别"] == "县（区）"]
    assert (mine[-1]["单位"], mine[-1]["名次"]) == (unit["name"], "单列")
    assert mine[-1]["调整依据"].endswith("（未决定）")
    assert mine[-1]["等次"] == mine[-1]["应得等次"]
    assert fills(one.report)[unit["name"]] == {PENDING}
    [count, *_] = [row["名次"] for row in ranking_of(one.report)[1] if row["kind"] == "count"]
    assert count.startswith("共 12 个单位（其中单列 1 个）：")
    [line] = [line for line in capsys.readouterr().out.splitlines() if unit["name"] in line]
    assert line.split()[0] == "单列"


@pytest.mark.parametrize("scheme", ["district-2022-1plus5/comprehensive", "zhangjiajie-2021/direct"])
def test_money_is_numbers_that_add_up_to_the_cent(scored: dict[str, Scored], scheme: str):
    """A spreadsheet's own sum of the column is the pool."""
    [use] = [use for use in plan_of(scheme).written.use if use.distribute]
    pool = Decimal(scored[scheme].distributions()[use.code]["pool"])
    sheets = {"结果运用": use.name} | ({"个人分配": "金额"} if use.distribute and use.distribute.persons else {})
    for title, column in sheets.items():
        page = opened(scored[scheme].report)[title]
        [at] = [cell.column for cell in page[1] if cell.value == column]
        cells = [page.cell(row, at) for row in range(2, page.max_row + 1)]
        amounts = [cell.value for cell in cells if cell.value is not None]
        assert round(Decimal(sum(amounts)), 2) == pool
        assert {cell.number_format for cell in cells if cell.value is not None} == {"#,##0.00"}


def test_what_is_given_is_a_number_where_it_reads_as_one(scored: dict[str, Scored]):
    """Shares are percentages, coefficients have the digits they have, words stay words."""
    page = opened(scored["hongjiang-2010"].report)["结果运用"]
    names = [cell.value for cell in page[1]]
    columns = {
        name: {cell.value: cell.number_format for cell in cells[1:]}
        for name, cells in zip(names, page.columns, strict=True)
    }
    assert columns["年度考核优秀比例"].items() <= {0.2: "0%", 0.15: "0%", 0.1: "0%"}.items()
    assert columns["奖金分配"].items() <= {1.2: "0.0", 1: "0", "不发": "General"}.items()
    assert set(columns["年度预算"]) <= {"优先安排", "正常安排", "从紧安排"}


# The matrix.


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_marks_above_the_matrix_are_those_of_the_json(scored: dict[str, Scored], scheme: str):
    units = scored[scheme].units().values()
    for one in plan_of(scheme).sets:
        codes, above, _ = matrix(scored[scheme].report, one.name)
        for code, full in zip(codes, above, strict=True):
            marks = {unit["nodes"][code]["full_marks"] for unit in units if unit["set"] == one.code}
            assert full == "按类别" if len(marks) > 1 else marks == {number(full)}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_codes_above_the_matrix_are_not_cut(scored: dict[str, Scored], scheme: str):
    """They stand left in small letters, in a column wide enough or smaller still."""
    for one in plan_of(scheme).sets:
        page = opened(scored[scheme].report)[f"得分 {one.name}"]
        widths = {n: one.width for one in page.column_dimensions.values() for n in range(one.min, one.max + 1)}
        codes = page[3][[cell.value for cell in page[3]].index("代码") + 1 :]
        assert codes
        for cell in codes:
            assert (cell.alignment.horizontal, cell.alignment.shrink_to_fit) == ("left", True)
            assert len(cell.value) * cell.font.size / 11 < widths[cell.column] or len(cell.value) > 22


def test_a_cell_says_why_it_does_not_count(facts: Path, tmp_path: Path):
    votes = [row for row in read_rows(facts / "测评票.csv") if row["投票"] == "vice_mayors" and row["评价"].isdigit()]
    last = max((row for row in votes if row["投票人"] == votes[-1]["投票人"]), key=lambda row: int(row["评价"]))
    nobodys = last["单位代码"]
    for sheet in ("投票对象.csv", "测评票.csv"):
        rows = read_rows(facts / sheet)
        write_rows(facts / sheet, [row for row in rows if (row["投票"], row["单位代码"]) != ("vice_mayors", nobodys)])
    code_of = {row["单位名称"]: row["单位代码"] for row in read_rows(facts / "单位.csv")}
    report = score(facts, tmp_path).report
    codes, _, rows = matrix(report, "市政府工作部门")
    cells = {(name, code): cell for name, _, *mine in rows for code, cell in zip(codes, mine, strict=True)}
    assert cells[nobodys, "vice_mayors"] == "无人评"
    assert cells[code_of["市监察局"], "discipline"] == "回避"  # it collects that and has no substitute
    assert cells[code_of["市信访局"], "petitions"] != "回避"  # it has one
    not_drawn = {row["单位代码"] for row in read_rows(facts / "采集数据.csv") if row["数值"] == "未抽中"}
    assert {name for (name, code), cell in cells.items() if (code, cell) == ("visits", "未抽中")} <= not_drawn
    legend = [cell.value for cell in opened(report)["得分 市政府工作部门"][1] if cell.value]
    assert [word in str(legend) for word in ("无人评：", "回避：", "未抽中：", "不设：")] == [True, True, True, False]


def test_what_is_made_of_others_stands_out_in_the_matrix(scored: dict[str, Scored]):
    page = opened(scored["songyuan"].report)["得分 县（区）政府"]
    by_code = {cell.value: page.cell(6, cell.column) for cell in page[3]}
    looks = {code: (cell.font.bold, bool(cell.fill.fill_type)) for code, cell in by_code.items() if code}
    assert (looks["common"], looks["clean"], looks["funds"]) == ((True, True), (True, True), (False, False))
    assert by_code["common"].fill.fgColor.rgb != by_code["clean"].fill.fgColor.rgb


# What was lost.


def losses(report: Path) -> list[dict[str, Any]]:
    """The rows by who answers without the sums at their heads."""
    return [row for row in rows_of(report, "失分（按责任）") if row["代码"]]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_is_lost_adds_up(scored: dict[str, Scored], scheme: str):
    """Full marks less points of every leaf that counts: by indicator, and by who answers for it."""
    by_indicator = rows_of(scored[scheme].report, "失分（按指标）")
    by_unit = losses(scored[scheme].report)
    names = {one.code: one.name for one in plan_of(scheme).sets}
    set_of = {code: names[unit["set"]] for code, unit in scored[scheme].units().items()}
    for row in by_indicator:
        mine = [one for one in by_unit if one["代码"] == row["代码"] and set_of[one["单位代码"]] == row["指标集"]]
        assert len(mine) == row["失分单位数"]
        assert sum(one["失分"] for one in mine) == pytest.approx(row["失分合计"])
        assert all(one["满分"] - one["得分"] == pytest.approx(one["失分"]) for one in mine)
        assert row["失分率"] == pytest.approx(row["失分合计"] / row["满分合计"], abs=0.000051)
    assert sum(row["失分单位数"] for row in by_indicator) == len(by_unit)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_leaders_and_units_have_their_sums_at_their_heads_the_dearest_first(scored: dict[str, Scored], scheme: str):
    rows = rows_of(scored[scheme].report, "失分（按责任）")
    by_unit = losses(scored[scheme].report)
    heads = [row for row in rows if not row["代码"] and row["单位代码"]]
    assert len(heads) == len({row["单位代码"] for row in by_unit})
    for head in heads:
        mine = [row for row in by_unit if row["单位代码"] == head["单位代码"]]
        after = rows[rows.index(head) + 1 :][: len(mine)]
        assert after == mine
        assert head["指标"] == f"共失分 {len(mine)} 项"
        assert head["折合总分"] == pytest.approx(sum(row["折合总分"] for row in mine), abs=0.0051 * len(mine))
        assert [row["折合总分"] for row in mine] == sorted((row["折合总分"] for row in mine), reverse=True)
    costs = [head["折合总分"] for head in heads if not head.get("分管领导")]
    assert costs == sorted(costs, reverse=True)


def test_a_leader_has_the_sum_of_the_units(scored: dict[str, Scored]):
    rows = rows_of(scored["songyuan"].report, "失分（按责任）")
    leaders = [row for row in rows if not row["单位代码"]]
    assert leaders[-1]["分管领导"] == "（没有分管领导）"
    costs = [row["折合总分"] for row in leaders[:-1]]
    assert costs == sorted(costs, reverse=True)
    for leader in leaders[:-1]:
        units = [row for row in rows if row["单位代码"] and not row["代码"] and row["分管领导"] == leader["分管领导"]]
        assert leader["单位"] == f"{len(units)} 个单位"
        assert leader["折合总分"] == pytest.approx(sum(unit["折合总分"] for unit in units), abs=0.0051 * len(units))


def test_losses_fold_under_their_units(scored: dict[str, Scored]):
    page = opened(scored["songyuan"].report)["失分（按责任）"]
    levels = [page.row_dimensions[line].outlineLevel for line in range(2, page.max_row + 1)]
    assert levels[:3] == [0, 1, 2]
    assert set(levels) == {0, 1, 2}
    assert page.sheet_properties.outlinePr.summaryBelow is False


def test_what_nobody_has_is_no_column_of_the_losses(scored: dict[str, Scored]):
    assert "牵头部门" not in losses(scored["songyuan"].report)[0]
    assert "分管领导" not in losses(scored["yiyang-2018"].report)[0]


def test_a_loss_comes_with_its_reason_and_document(scored: dict[str, Scored], city: Path):
    told = {(row["单位代码"], row["指标代码"]): row for row in read_rows(city / "songyuan" / "采集数据.csv")}
    lost = losses(scored["songyuan"].report)
    [law] = [row for row in lost if (row["单位代码"], row["代码"]) == ("D57", "law")]
    assert law["失分原因"] == told["D57", "law"]["失分原因"]
    assert law["依据"] == told["D57", "law"]["依据"]
    assert law["分管领导"]
    [key] = [row for row in lost if (row["单位代码"], row["代码"]) == ("C01", "key")]
    own = next(row for (unit, code), row in told.items() if unit == "C01" and code[:4] == "key/" and row["失分原因"])
    assert own["失分原因"] in key["失分原因"]
    assert own["依据"] in key["依据"]


def test_bonuses_are_listed_with_what_counted(scored: dict[str, Scored]):
    rows = rows_of(scored["songyuan"].report, "加分扣分")
    units = scored["songyuan"].units()
    for code in {row["单位代码"] for row in rows}:
        counted = sum(row["计入"] for row in rows if row["单位代码"] == code)
        assert min(counted, 5) == float(units[code]["bonus"])
    assert any(row["备注"] == "同一事项已按更高的计，不重复" and row["计入"] == 0 for row in rows)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_parameters_identify_the_scheme(scored: dict[str, Scored], scheme: str):
    values = {row["项目"]: row["内容"] for row in rows_of(scored[scheme].report, "参数")}
    document = json.loads(scored[scheme].document.read_text(encoding="utf-8"))
    assert values["方案指纹（SHA-256）"] == document["scheme_sha256"] == scheme_of(scheme).sha256
    assert values["引擎版本"] == document["engine"]
    rules = rows_of(scored[scheme].report, "计分参数")
    assert [row["代码"] for row in rules] == [node.code for one in plan_of(scheme).sets for node in one.walk()]


# Cells.


def test_f3_a_negative_number_stays_a_number(tmp_path: Path):
    book = Book(str(tmp_path / "a.xlsx"))
    values = [Fraction(-1, 2), Fraction(87355, 1000), Fraction(2, 3), Fraction(10**17 + 1, 1000), 5, "-0.5", None]
    book.table("表", ["值"], [[value] for value in values], places=2)
    book.close()
    cells = [row[0] for row in openpyxl.load_workbook(tmp_path / "a.xlsx")["表"].iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        (-0.5, "n"),
        (87.355, "n"),
        ("0.666666…", "s"),
        ("100000000000000.001", "s"),
        (5, "n"),
        ("-0.5", "s"),
        (None, "n"),
    ]
    assert [cell.number_format for cell in cells[:2]] == ["0.00", "0.000"]


def test_a_share_is_a_number_shown_as_a_percentage(tmp_path: Path):
    book = Book(str(tmp_path / "a.xlsx"))
    book.table("表", ["率", "说明"], [[percent(Fraction(1318, 10000)), "甲"]])
    book.close()
    [share, words] = openpyxl.load_workbook(tmp_path / "a.xlsx")["表"][2]
    assert (share.value, share.number_format) == (0.1318, "0.00%")
    assert words.alignment.indent == 1  # not glued to the number


def test_columns_without_anything_are_dropped_unless_there_is_nothing_at_all():
    assert without_empty(["a", "b", "c"], [[1, None, ""], [0, "", "x"]]) == (["a", "c"], [[1, ""], [0, "x"]])
    assert without_empty(["a", "b"], []) == (["a", "b"], [])


def test_in_english_only_names_are_chinese(city: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    with translation.override("en"):
        report = score(city / "songyuan", tmp_path).report
    assert capsys.readouterr().out.splitlines()[1].split() == ["Place", "Unit", "Total", "Grade"]
    book, plan = openpyxl.load_workbook(report), plan_of("songyuan")
    names = {use.name for use in plan.written.use} | {node.name for one in plan.sets for node in one.walk()}
    title, rows = ranking_of(report, "Ranking", "Place")
    assert "proposed, not decided" in title[1]
    assert not CHINESE.search(title[3])
    headers = {
        str(cell.value)
        for page in book.worksheets[1:]
        for cell in page[2 if page.title.startswith("Scores") else 1]
        if cell.value
    } | set(rows[0]) - {"类别"}
    assert not [header for header in headers - names if CHINESE.search(header)]
    legends = [str(cell.value) for page in book if page.title.startswith("Scores") for cell in page[1] if cell.value]
    assert [legend for legend in legends if CHINESE.search(legend)] == []
    words = {
        cell
        for page in book
        if page.title.startswith("Scores")
        for row in page.iter_rows(min_row=5, min_col=5)
        for cell in (str(one.value) for one in row)
    }
    assert [word for word in words if CHINESE.search(word)] == []
    labels = {str(row[0].value) for row in book["Parameters"].iter_rows(min_row=2)}
    standards = {one.name for one in plan.written.bonus.standards}  # type: ignore[union-attr]
    assert not [label for label in labels if CHINESE.search(label) and label.strip() not in standards]
