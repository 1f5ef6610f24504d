"""The empty workbook of a scheme: opened again and looked at cell by cell, then filled as a person would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from engine.facts import EvaluatedUnit, Status
from engine.panels.panel import Panel
from engine.score import score
from engine.text import Problems
from indicators.facts import load_facts, read_facts
from indicators.facts.load import load_units
from indicators.facts.sheets import SHEETS, Sheet
from indicators.facts.wanted import sheets_for
from indicators.template import write_template
from scoring.command import scored
from scoring.outputs.document import as_document
from tests.indicators.facts.workshop import plan as series_plan
from tests.sample import CHINESE, SCHEMES, plan_of, read_rows, scheme_file, scheme_of

YELLOW, GREY, DARK = "FFFFF9E5", "FFF2F2F2", "FFBFBFBF"
AS_TYPED = {"code": "@", "text": "@", "date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm"}
TEMPLATES = [(scheme, known) for scheme in SCHEMES for known in (True, False)]
BY_TITLE = {sheet.title.zh: sheet for sheet in SHEETS}


@pytest.fixture(scope="module")
def made(city: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, bool], Path]:
    """Both templates of each scheme, with units and without."""
    folder = tmp_path_factory.mktemp("templates")
    found = {}
    for scheme, known in TEMPLATES:
        file = found[scheme, known] = folder / f"{scheme.replace('/', '-')}-{known}.xlsx"
        units = load_units(city / scheme / "单位.csv", plan_of(scheme))
        some = units if scheme in ("songyuan", "yiyang-2018") else units[::4]
        write_template(str(file), scheme_of(scheme), plan_of(scheme), some if known else [], "zh-hans")
    return found


@cache
def opened(file: Path) -> Workbook:
    return openpyxl.load_workbook(file)


def titles(page: Worksheet) -> list[str]:
    return [str(cell.value) for cell in page[1]]


def at(page: Worksheet) -> dict[str, int]:
    """Column title → column number."""
    return {title: number for number, title in enumerate(titles(page), start=1)}


def fill_of(page: Worksheet, row: int, column: int) -> str:
    return str(page.cell(row, column).fill.fgColor.rgb)


def prepared(page: Worksheet) -> list[dict[str, str]]:
    rows = page.iter_rows(min_row=2, values_only=True)
    return [dict(zip(titles(page), row, strict=True)) for row in rows if row[0] is not None]


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_the_sheets_are_those_the_scheme_has_a_use_for(made: Any, template: tuple[str, bool]):
    book, wanted = opened(made[template]), sheets_for(plan_of(template[0]))
    assert book.sheetnames == ["说明", "指标一览", *(sheet.title.zh for sheet in wanted), "选项"]
    for sheet in wanted:
        assert titles(book[sheet.title.zh]) == [column.title.zh for column in sheet.columns]


def test_each_scheme_asks_for_what_it_uses():
    names = {scheme: {sheet.key for sheet in sheets_for(plan_of(scheme))} for scheme in SCHEMES}
    both = {"units", "targets", "readings", "own"}
    assert names["songyuan"] == both | {"subjects", "ballots", "tallies", "bonuses", "moves"}
    assert names["yiyang-2018"] == both | {"deductions", "last_results"}


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_the_header_stays_in_view_and_says_what_belongs_below(made: Any, template: tuple[str, bool]):
    for sheet in sheets_for(plan_of(template[0])):
        page = opened(made[template])[sheet.title.zh]
        assert re.fullmatch("[ABC]2", str(page.freeze_panes))
        assert page.print_title_rows == "$1:$1"
        for cell, column in zip(page[1], sheet.columns, strict=True):
            assert column.note.zh
            assert cell.comment.text == column.note.zh
            assert cell.font.bold
            assert page.column_dimensions[cell.column_letter].width >= 6


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_nothing_is_merged_or_hidden(made: Any, template: tuple[str, bool]):
    for page in opened(made[template]):
        assert page.sheet_state == "visible"
        assert not page.merged_cells.ranges
        assert not any(one.hidden for one in (*page.row_dimensions.values(), *page.column_dimensions.values()))


def lists_of(book: Workbook, page: Worksheet) -> Iterator[tuple[int, int, list[str]]]:
    """Column, last row and choices of every drop-down of a sheet."""
    for rule in page.data_validations.dataValidation:
        if rule.type != "list":
            continue
        if rule.formula1.startswith('"'):
            options = rule.formula1.strip('"').split(",")
        else:
            sheet, _, cells = rule.formula1.rpartition("!")
            left, top, right, bottom = range_boundaries(cells.replace("$", ""))
            assert (sheet.strip("'"), left, top) == ("选项", right, 2)
            options = [book["选项"].cell(row, left).value for row in range(top, bottom + 1)]
            assert book["选项"].cell(bottom + 1, left).value is None
        assert all(isinstance(option, str) and option for option in options)
        for found in str(rule.sqref).split():
            left, top, right, bottom = range_boundaries(found)
            assert left == right
            assert top >= 2
            yield left, bottom, options


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_lists_have_all_that_the_scheme_knows_and_reach_beyond_the_rows(made: Any, template: tuple[str, bool]):
    scheme, known = template
    book, plan = opened(made[template]), plan_of(scheme)
    found: dict[tuple[str, str], list[str]] = {}
    for sheet in sheets_for(plan):
        page = book[sheet.title.zh]
        rows = len(prepared(page))
        for column, last, options in lists_of(book, page):
            title = titles(page)[column - 1]
            if title != "数值":
                assert last >= rows + 100
            found.setdefault((sheet.title.zh, title), options)
    assert ("单位", "单位代码") not in found  # a new unit may be added
    assert (("采集数据", "单位代码") in found) == known
    assert found["单位", "类别"] == [title for one in plan.sets for title in one.categories.values()]
    assert found["单位", "单列"] == ["是", "否"]
    assert found["采集数据", "指标代码"] == found.get(("目标与基数", "指标代码"), found["采集数据", "指标代码"])
    if scheme == "songyuan":
        assert found["测评汇总", "投票"] == ["organs", "society"]
        assert found["测评汇总", "评价"] == ["满意", "基本满意", "不满意", "不了解", "无效"]
        assert found["测评票", "投票"] == ["mayor", "vice_mayors", "deputies"]
        assert found["测评票", "评价"] == ["第一等次", "第二等次", "第三等次", *map(str, range(1, 11))]
        assert found["投票对象", "投票"] == ["vice_mayors", "deputies"]
        assert found["加分", "级别"] == ["国家级", "省级", "市级", "全省第一", "全省前三"]
        assert len(found["等次调整", "事由"]) == 3
    elif scheme == "yiyang-2018":
        assert found["自定指标", "计分方法"] == ["完成率", "办结"]
        assert found["扣分", "扣分项"] == ["督查通报", "巡视巡察发现严重问题", "审计查出严重问题"]


OWN_LISTS = [name for name in SCHEMES if any(leaf.own for one in plan_of(name).sets for leaf in one.leaves())]


@pytest.mark.parametrize("scheme", OWN_LISTS)
def test_codes_of_own_indicators_can_be_typed_where_other_codes_are_chosen(made: Any, scheme: str):
    page = opened(made[scheme, True])["采集数据"]
    letter = get_column_letter(at(page)["指标代码"])
    [rule] = [one for one in page.data_validations.dataValidation if str(one.sqref).startswith(letter)]
    assert rule.errorStyle == "warning"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_option_is_understood_by_the_reader(made: Any, scheme: str, tmp_path: Path, city: Path):
    """Each option is written once into a row of its sheet; none is called unknown."""
    book, plan = opened(made[scheme, True]), plan_of(scheme)
    for sheet in sheets_for(plan):
        page = book[sheet.title.zh]
        for column, _, options in lists_of(book, page):
            title = titles(page)[column - 1]
            for option in options:
                said = _said_of(option, title, sheet, tmp_path, city / scheme, scheme)
                about = [line for line in said if f"“{option}”" in line and "数据项" not in line]
                assert not [line for line in about if "没有" in line or "应" in line]


def answers_of(panel: Panel) -> list[str]:
    return [*panel.method.chosen.answers(), *panel.not_counted]


def _said_of(option: str, title: str, sheet: Sheet, path: Path, facts: Path, scheme: str) -> list[str]:
    """What the reader says of a folder with the units and one row that has the option; other cells may be missing."""
    sets = list(plan_of(scheme).sets)
    of = sets[-1] if sheet.key in ("own", "subjects") or option.isdigit() else sets[0]
    if title == "指标代码":
        of = next(one for one in sets if any(leaf.code == option for leaf in one.leaves()))
    secrecy = "anonymous" if sheet.key == "tallies" else "signed"
    panels = [leaf for leaf in of.leaves() if leaf.panel and leaf.panel.secrecy == secrecy]
    asking = [leaf for leaf in panels if leaf.panel and option in answers_of(leaf.panel)]
    usual = {
        "单位代码": f"{of.code[0].upper()}01",
        "投票": next((leaf.code for leaf in [*asking, *panels]), ""),
        "类别": next(iter(of.categories.values())),
    }
    row = usual | {title: option}
    columns = [column.title.zh for column in sheet.columns]
    text = f"{','.join(columns)}\n{','.join(row.get(column, '') for column in columns)}\n"
    for old in path.glob("*.csv"):
        old.unlink()
    (path / "单位.csv").write_text((facts / "单位.csv").read_text(encoding="utf-8"), encoding="utf-8")
    if sheet.key == "units":
        text = text.replace(",,", ",新单位,", 1)
    (path / f"{sheet.title.zh}.csv").write_text(text, encoding="utf-8")
    try:
        load_facts(path, plan_of(scheme))
    except Problems as problems:
        return [problem.what.zh for problem in problems.found]
    return []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_row_is_prepared_for_everything_that_the_sample_reports(made: Any, city: Path, scheme: str):
    """The sample is drawn from the scheme by other code: what it reports of common indicators is what is asked for."""
    book = opened(made[scheme, True])
    listed = {row["单位代码"] for row in prepared(book["单位"])}
    for name in ("采集数据", "目标与基数"):
        if name not in book.sheetnames:  # no rule reads what was known before the year
            assert not (city / scheme / f"{name}.csv").exists()
            continue
        asked = [(row["单位代码"], row["指标代码"], row["数据项"]) for row in prepared(book[name])]
        rows = [row for row in read_rows(city / scheme / f"{name}.csv") if row["单位代码"] in listed]
        told = {(row["单位代码"], row["指标代码"], row["数据项"]) for row in rows if "/" not in row["指标代码"]}
        assert len(asked) == len(set(asked))
        if name == "采集数据":
            itself = {(row["单位代码"], row["指标代码"], row["数据项"]) for row in rows if row["数值"] == "不涉及"}
            assert set(asked) <= told
            assert told - set(asked) <= itself  # a collector without a substitute is not asked about itself
        else:
            assert told <= set(asked)
    names = {row["单位代码"]: row["单位名称"] for row in read_rows(city / scheme / "单位.csv")}
    assert {row["单位代码"]: row["单位名称"] for row in prepared(book["采集数据"])}.items() <= names.items()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_rows_of_a_fact_stand_together_and_name_their_collector(made: Any, scheme: str):
    rows = prepared(opened(made[scheme, True])["采集数据"])
    runs = [key for key, _ in groupby(rows, key=lambda row: (row["单位代码"][0], row["指标代码"], row["数据项"]))]
    assert len(runs) == len(set(runs))
    assert all(row["采集单位"] for row in rows)
    assert all(row["采集单位"] != row["单位名称"] or row["指标代码"] == "self" for row in rows)


def test_the_colours_say_what_to_fill(made: Any):
    page = opened(made["yiyang-2018", True])["目标与基数"]
    where = at(page)
    [gdp] = [row for row in range(2, 400) if (page.cell(row, 1).value, page.cell(row, 3).value) == ("C01", "gdp")]
    assert fill_of(page, gdp, where["单位代码"]) == GREY
    assert fill_of(page, gdp, where["上年值"]) == YELLOW
    assert fill_of(page, gdp, where["目标值"]) == DARK
    page = opened(made["yiyang-2018", True])["采集数据"]
    looks = {title: fill_of(page, 2, column) for title, column in at(page).items()}
    assert {title for title, look in looks.items() if look == YELLOW} == {"数值", "失分原因", "依据"}
    assert {look for title, look in looks.items() if title not in ("数值", "失分原因", "依据")} == {GREY}


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_a_sheet_without_known_rows_has_yellow_ones(made: Any, template: tuple[str, bool]):
    for sheet in sheets_for(plan_of(template[0])):
        page = opened(made[template])[sheet.title.zh]
        if prepared(page):
            continue
        for index, column in enumerate(sheet.columns, start=1):
            assert {fill_of(page, row, index) for row in (2, 50, 101)} == {GREY if column.kind == "shown" else YELLOW}


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_text_that_is_typed_stays_text(made: Any, template: tuple[str, bool]):
    """Else `007` becomes 7 and `3-5` a date."""
    for sheet in sheets_for(plan_of(template[0])):
        page = opened(made[template])[sheet.title.zh]
        for index, column in enumerate(sheet.columns, start=1):
            typed = AS_TYPED.get(column.kind, "General")
            if fill_of(page, 2, index) == YELLOW:
                assert page.cell(2, index).number_format == typed
            if typed != "General":
                [below] = [one for one in page.column_dimensions.values() if (one.min or 0) <= index <= (one.max or 0)]
                assert below.number_format == typed


def test_outside_figures_are_asked_for_by_code(tmp_path: Path):
    plan = series_plan("series")
    write_template(str(tmp_path / "a.xlsx"), scheme_of("yiyang-2018"), plan, [], "zh-hans")
    page = openpyxl.load_workbook(tmp_path / "a.xlsx")["外部数据"]
    assert [cell.value for cell in page[2]] == ["national", None, None]
    assert [fill_of(page, 2, column) for column in (1, 2, 3)] == [GREY, YELLOW, YELLOW]


def test_notes_tell_how_to_fill(made: Any):
    page = opened(made["songyuan", True])["说明"]
    lines = [str(row[1].value) for row in page.iter_rows() if row[1].value]
    assert lines[0] == "松原市政府绩效评估"
    text = "\n".join(lines)
    for word in ("浅黄色", "不涉及", "未抽中", "“无”", "如 key/1", "测评汇总：", "等次调整："):
        assert word in text
    assert "上年结果" not in text
    assert [cell.value for cell in page["A"][1:9]] == list(range(1, 9))
    wrapped = [row for row in range(1, page.max_row + 1) if len(str(page.cell(row, 2).value or "")) > 50]
    assert all(page.row_dimensions[row].height >= 30 for row in wrapped)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_overview_lists_every_code_that_the_sheets_ask_for(made: Any, scheme: str):
    page = opened(made[scheme, True])["指标一览"]
    rows = prepared(page)
    assert all(cell.comment and cell.comment.text for cell in page[1])
    leaves = [(one.name, leaf) for one in plan_of(scheme).sets for leaf in one.leaves()]
    assert [key for key, _ in groupby((row["指标集"], row["代码"], row["名称"]) for row in rows)] == [
        (name, leaf.code, leaf.name) for name, leaf in leaves
    ]
    told = {(row["指标集"], row["代码"], str(row["数据项"]).partition(" ")[0]): row for row in rows if row["数据项"]}
    for name, leaf in leaves:
        for code, spec in leaf.facts.items() if leaf.rule else ():
            row = told.pop((name, leaf.code, code))
            assert (row["计量单位"] or "", row["小数位"]) == (spec.measure, str(spec.decimals))
            assert row["满分"]
            assert row["采集单位"]
    assert not told


def test_full_marks_are_shown_beside_judged_points(made: Any):
    rows = prepared(opened(made["songyuan", True])["采集数据"])
    shown = {(row["单位代码"], row["指标代码"]): row["满分"] for row in rows}
    assert (shown["C01", "organised"], shown["D01", "law"], shown["C01", "discipline"]) == ("20", "3", None)


def test_the_value_cells_say_what_they_take(made: Any):
    page = opened(made["songyuan", True])["采集数据"]
    told = {str(rule.promptTitle): str(rule.prompt) for rule in page.data_validations.dataValidation if rule.prompt}
    assert told["绩效评估的组织领导"] == "分，最多 2 位小数。也可填：不涉及"
    assert told["不定期实地踏查"].endswith("也可填：不涉及、未抽中")
    assert "无" in told["遵纪守法"]
    page = opened(made["yiyang-2018", True])["采集数据"]
    lists = {tuple(options) for _, _, options in lists_of(opened(made["yiyang-2018", True]), page) if "是" in options}
    assert lists == {("是", "否", "不涉及")}


def test_the_empty_template_is_readable_and_lacks_only_data(made: Any):
    facts, notes = load_facts(made["yiyang-2018", True], plan_of("yiyang-2018"))
    assert notes == []
    columns = [column for one in facts.sets.values() for column in one.columns.values()]
    assert not any((column.status == Status.GIVEN).any() for column in columns)
    with pytest.raises(Problems) as stopped:
        score(plan_of("yiyang-2018"), facts)
    assert {problem.what.zh.partition("”：")[2] for problem in stopped.value.found} == {
        "缺数据",
        "自定指标分值合计 0，应为 40",
    }


def test_the_empty_template_lacks_the_counts_of_votes_unit_by_unit(made: Any):
    plan = plan_of("songyuan")
    reading = read_facts(made["songyuan", True], plan)
    _, stopped = scored(plan, reading, trace=False)
    told = [problem for problem in stopped if problem.place.sheet == "测评汇总"]
    assert {problem.what.zh.partition("”：")[2] for problem in told} == {"还没有票：这个单位一格票数也没有填"}
    assert len({problem.place for problem in told}) == len(told) == 72 * 2
    assert {problem.place.column for problem in told} == {"E"}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_template_without_units_lacks_units(made: Any, scheme: str):
    with pytest.raises(Problems) as refused:
        load_facts(made[scheme, False], plan_of(scheme))
    said = [problem.what.zh for problem in refused.value.found]
    pools = {use.distribute.pool for use in plan_of(scheme).written.use if use.distribute}
    assert said == ["没有“单位”表，或表里没有单位", *("“金额”没有填" for _ in pools)]


def fill_in(template: Path, facts: Path, out: Path) -> None:
    """As a person does: find the prepared row and fill its yellow cells; add a row where none is prepared."""
    book = openpyxl.load_workbook(template)
    for file in sorted(facts.glob("*.csv")):
        page, sheet = book[file.stem], BY_TITLE[file.stem]
        where = at(page)
        names = [name for key in sheet.unique if (name := sheet.column(key).title.zh) in where]
        rows = {tuple(page.cell(row, where[name]).value for name in names): row for row in range(2, page.max_row + 1)}
        used = {row for key, row in rows.items() if any(key)}
        free = (row for row in range(2, 10_000) if row not in used)
        for record in read_rows(file):
            key = tuple(record.get(name) or None for name in names)
            row = rows.get(key) or next(free)
            for title, cell in record.items():
                old = page.cell(row, where[title])
                if cell and not (old.value == cell and fill_of(page, row, where[title]) == GREY):
                    assert row not in used or fill_of(page, row, where[title]) == YELLOW
                    old.value = _typed(cell) if sheet_kind(sheet, title) in ("value", "number", "count") else cell
    book.save(out)


def sheet_kind(sheet: Sheet, title: str) -> str:
    return next(column.kind for column in sheet.columns if column.title.zh == title)


def _typed(cell: str) -> str | int | float:
    if re.fullmatch(r"-?\d+", cell):
        return int(cell)
    return float(cell) if re.fullmatch(r"-?\d+\.\d+", cell) else cell


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("known", [True, False], ids=["units", "no-units"])
def test_a_filled_template_scores_as_the_folder_does(made: Any, city: Path, tmp_path: Path, scheme: str, known: bool):
    filled = tmp_path / "filled.xlsx"
    fill_in(made[scheme, known], city / scheme, filled)
    documents = []
    for source in (city / scheme, filled):
        facts, notes = load_facts(source, plan_of(scheme))
        assert notes == []
        documents.append(as_document(scheme_of(scheme), score(plan_of(scheme), facts, trace=True)))
    assert documents[0] == documents[1]


NASTY = ["=1+1", "+A1", "@x", "-0.5", '=HYPERLINK("http://x","y")', "甲\t乙", "甲\r\n乙", "\t=1", "_x000D_", "'=1"]


@pytest.mark.parametrize("name", NASTY)
def test_f3_a_name_that_looks_like_a_formula_stays_text(tmp_path: Path, name: str):
    units = [EvaluatedUnit("=1", name, "county", leader=name), EvaluatedUnit("+A1", "乙", "county")]
    file = tmp_path / "a.xlsx"
    write_template(str(file), scheme_of("songyuan"), plan_of("songyuan"), units, "zh-hans")
    book = openpyxl.load_workbook(file)
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(cell.data_type == "s" or page_number(cell.value) for cell in cells)
    assert book["单位"]["A2"].value == "=1"
    assert book["单位"]["B2"].value.replace("_x000D_", "\r") == name.replace("_x000D_", "\r")
    assert not any(cell.hyperlink for cell in cells)


def page_number(value: object) -> bool:
    return isinstance(value, int) and 1 <= value <= 9  # the steps of the notes


def test_f3_such_names_come_back_unchanged(tmp_path: Path):
    names = ["=1+1", "+A1", "@x", "-0.5", "甲\t乙", "甲\n乙"]
    units = [EvaluatedUnit(f"C{number}", name, "county") for number, name in enumerate(names)]
    file = tmp_path / "a.xlsx"
    write_template(str(file), scheme_of("yiyang-2018"), plan_of("yiyang-2018"), units, "zh-hans")
    facts, notes = load_facts(file, plan_of("yiyang-2018"))
    assert [unit.name for unit in facts.sets["counties"].units] == names
    assert notes == []


def test_in_english_only_names_are_chinese(tmp_path: Path, city: Path):
    units = load_units(city / "songyuan" / "单位.csv", plan_of("songyuan"))
    file = tmp_path / "a.xlsx"
    write_template(str(file), scheme_of("songyuan"), plan_of("songyuan"), units, "en")
    book = openpyxl.load_workbook(file)
    assert book.sheetnames[:3] == ["Notes", "Indicators", "Units"]
    assert book.sheetnames[-1] == "Options"
    for page in book:
        for cell in page[1] if page.title != "Notes" else []:
            assert not CHINESE.search(str(cell.value))
            assert cell.comment is None or not CHINESE.search(cell.comment.text.replace("无效", ""))
        for rule in page.data_validations.dataValidation:
            measure, _, words = str(rule.prompt or "").partition(", at most ")
            assert measure in ("", "分", "人次", "件", "起", "次")  # the scheme's own words
            assert not CHINESE.search(str(rule.error or "") + words)
    notes = [str(row[1].value) for row in book["Notes"].iter_rows(min_row=2) if row[1].value]
    assert not [line for line in notes if CHINESE.search(line.replace("政府绩效评估", "").replace("无效", ""))]


def test_the_command_says_what_it_wrote(tmp_path: Path, city: Path, capsys: pytest.CaptureFixture[str]):
    out = tmp_path / "空表.xlsx"
    units = city / "songyuan" / "单位.csv"
    call_command("make_workbook", str(scheme_file("songyuan")), str(out), units=str(units))
    assert capsys.readouterr() == (f"已写出 {out}：72 个单位\n", "")
    assert [path.name for path in tmp_path.iterdir()] == ["空表.xlsx"]


def test_the_help_names_every_column_of_the_units(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        call_command("make_workbook", "--help")
    told = "".join(capsys.readouterr().out.split())
    assert ",".join(column.title.zh for column in BY_TITLE["单位"].columns) in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("单位代码,单位名称,类别\nC01,云汀区,乡镇\n", "units.csv[units]!C2: 方案里没有类别“乡镇”"),
        ("单位代码,单位名称\nC01,云汀区\n", "units.csv[units]: 缺少列“类别”"),
        ("单位代码,单位名称,类别\n", "units.csv: 没有单位"),
        ("", "units.csv: 没有单位"),
    ],
)
def test_wrong_units_stop_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str):
    (tmp_path / "units.csv").write_text(text, encoding="utf-8")
    arguments = [str(scheme_file("songyuan")), str(tmp_path / "a.xlsx")]
    with pytest.raises(SystemExit) as stopped:
        call_command("make_workbook", *arguments, units=str(tmp_path / "units.csv"))
    assert stopped.value.code == 1
    assert said in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["units.csv"]


@pytest.mark.parametrize("out", ["units.csv", "nowhere/a.xlsx", "."])
def test_a_place_that_is_no_good_is_named(tmp_path: Path, city: Path, capsys: pytest.CaptureFixture[str], out: str):
    units = tmp_path / "units.csv"
    units.write_bytes((city / "songyuan" / "单位.csv").read_bytes())
    before = units.read_bytes()
    with pytest.raises(SystemExit):
        call_command("make_workbook", str(scheme_file("songyuan")), str(tmp_path / out), units=str(units))
    error = capsys.readouterr().err
    assert error.startswith(f"{tmp_path / out}: ")
    assert "文件" in error
    assert units.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["units.csv"]
