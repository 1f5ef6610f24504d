"""What the pages of results show: numbers of the stored sheets, explained by the run executed again."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from engine.explain import Derivation
from engine.facts import Status
from engine.text import Text
from evaluation.append_only import release
from evaluation.models import Category, Cycle, EvaluatedUnit, Role
from evaluation.services.revisions import facts_changed
from indicators.models import CycleScheme, LastResult
from indicators.selectors import plan_of
from scoring.models import Run, ScoredCategory, ScoreSheet
from scoring.selectors import results_of
from scoring.services.running import score_cycle
from scoring.showing.again import executed
from scoring.showing.beside import beside
from scoring.showing.last_year import Before, movement
from scoring.showing.nearness import Nearness
from scoring.showing.ranking import ranking_of
from scoring.showing.sheet import KINDS, tree_of
from tests.little import CLERK, CODE, little_run, person, unit_called


@pytest.fixture
def run(db, tmp_path: Path) -> Run:
    return little_run(tmp_path, counties=6)


@pytest.fixture
def office(run: Run) -> Client:
    client = Client()
    client.force_login(person(Role.OFFICE_CLERK))
    return client


def sheet_of(run: Run, name: str) -> ScoreSheet:
    return run.sheets.get(unit_name=name)


def text_of(client: Client, page: str, *args: object) -> str:
    html = client.get(reverse(page, args=[CODE, *args])).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html.split("<main")[1]))


def test_r9_every_derivation_ends_in_the_stored_total_and_adds_up(run: Run):
    again = executed(run)
    for sheet in run.sheets.all():
        derivation = again.derivation(sheet)
        assert again.agrees(sheet)
        assert derivation.points == Fraction(sheet.total)
        assert derivation.exact == sum(child.brings for child in derivation.children)


def test_the_points_of_every_node_are_those_packed_in_the_stored_sheet(run: Run):
    again = executed(run)
    for sheet in run.sheets.all():
        result, _ = again.seat(sheet)
        nodes = [node.node for node in result.nodes()]
        packed = memoryview(bytes(sheet.points)).cast("B")
        stored = [int.from_bytes(packed[8 * at : 8 * at + 8], "big", signed=True) for at in range(len(nodes))]
        derivation = again.derivation(sheet)
        for node, value, status in zip(nodes, stored, bytes(sheet.statuses), strict=True):
            found = derivation.find(node.code)
            assert isinstance(found, Derivation)
            assert (status & 7, bool(status & 8)) == (int(Status.GIVEN), True)
            assert found.points == Fraction(value, 10 ** (node.rounding.digits or 0))


def test_the_sheet_opens_down_to_the_fact_its_document_and_the_words_of_the_rule_book(run: Run, office: Client):
    said = text_of(office, "sheet", unit_called("县2").pk)
    assert "总分 98.25 / 100" in said
    for part in ("重点工作", "59.5 / 60", "服务群众", "信访办理", "依据：《核查表》第 2 号", "失分原因：进度偏慢",
                 "方案说明：由市绩效办核查", "采集：市统计局"):  # fmt: skip
        assert part in said, part


def test_the_words_by_which_lines_are_told_apart_are_those_of_the_engine(run: Run):
    again = executed(run)
    sheet = run.sheets.first()
    tree = tree_of(again.derivation(sheet), again.outcome.plan, sheet.set_code)
    kinds, open_ = set(), [tree]
    while open_:
        node = open_.pop()
        open_ += node.children
        kinds |= {line.kind for line in node.lines}
    assert kinds == {"step", *KINDS.values()}


def test_q7_bonus_and_deductions_are_called_so_in_both_languages(run: Run):
    plan, nothing = executed(run).outcome.plan, Fraction(0)
    extras = [Derivation(code, code, None, nothing, nothing, nothing, ()) for code in ("bonus", "deductions")]
    total = Derivation("annual", "年度考评", nothing, nothing, nothing, nothing, (), tuple(extras))
    assert [child.name for child in tree_of(total, plan, "all").children] == [
        Text("加分", "Bonus"),
        Text("扣分", "Deductions"),
    ]


def test_r10_a_sheet_that_scoring_does_not_give_again_is_not_explained(run: Run, office: Client):
    release(connection, ScoreSheet._meta.db_table)
    ScoreSheet.objects.filter(unit_name="县2").update(total=Decimal("99.99"), hash="0" * 64)
    said = text_of(office, "sheet", unit_called("县2").pk)
    assert "保存的得分表与用快照重新计算的不符" in said
    assert "总分怎么来的" not in said


def test_the_ranking_has_bars_on_one_axis_and_the_lines_of_the_grades(run: Run):
    ranking = ranking_of(run, run.cycle.categories.get(code="county"))
    bars = [row.bar for row in ranking.rows]
    assert bars == sorted(bars, reverse=True)
    assert [row.place for row in ranking.rows] == [1, 2, 3, 4, 5, 6]
    assert [(held.grade, held.units) for held in ranking.grades] == [("优秀", 2), ("良好", 4), ("一般", 0)]
    assert (ranking.best, ranking.lowest) == ("98.63", "96.75")


def test_how_close_the_next_grade_is(run: Run):
    """Two of six seats: the third is short of the second, by points; nobody is short of a line."""
    sheets = list(results_of(run).filter(category="county"))
    near = Nearness(plan_of(run.scheme).written, "county", sheets)
    said = {sheet.unit_name: near.of(sheet).zh for sheet in sheets}
    assert (said["县1"], said["县3"], said["县4"]) == (
        "已是最高等次",
        "距“优秀”名额末位 0.38 分",
        "距“优秀”名额末位 0.75 分",
    )
    without_others = Nearness(plan_of(run.scheme).written, "county", sheets, by_seats=False)
    assert without_others.of(sheet_of(run, "县3")).zh == "“优秀”按名额评定"


def test_below_a_line_what_is_missing_is_said(run: Run):
    sheet = sheet_of(run, "县6")
    sheet.total, sheet.grade_earned, sheet.grade = Decimal("78.4"), "一般", "一般"
    near = Nearness(plan_of(run.scheme).written, "county", [sheet])
    assert near.of(sheet).en == '1.60 to the line of "良好"'


def test_a_promotion_has_gone_some_of_the_way_and_a_veto_takes_no_points(run: Run):
    near = Nearness(plan_of(run.scheme).written, "county", [])
    sheet = ScoreSheet(total=Decimal("78.4"), grade_earned="一般", grade="优秀")
    assert near.of(sheet).zh == "已是最高等次"
    sheet.grade = "良好"
    assert near.of(sheet).zh == "距“优秀”线 11.60 分"
    sheet.grade = ""
    assert near.of(sheet).zh == "距“良好”线 1.60 分"


@pytest.mark.parametrize(
    ("before", "way", "places", "points"),
    [
        (Before(Decimal("90"), 3, "良好"), "up", 1, "+8.25"),
        (Before(Decimal("99"), 1, "优秀"), "down", 1, "−0.75"),
        (Before(Decimal("98.25"), 2, ""), "level", 0, "0.00"),
        (Before(None, 5, ""), "up", 3, ""),
        (Before(Decimal("90"), None, ""), "", 0, "+8.25"),
        (None, "", 0, ""),
    ],
)
def test_movement_against_last_year(run: Run, before: Before | None, way: str, places: int, points: str):
    moved = movement(sheet_of(run, "县2"), before, 2)
    assert (moved.way, moved.places, moved.points) == (way, places, points)


def test_the_ranking_shows_last_years_result_where_the_run_was_told_of_one(run: Run, office: Client):
    assert "与上年比" not in text_of(office, "ranking", "county")
    told = LastResult.objects.create(evaluated_unit=unit_called("县2"), total=Decimal("97"), place=5)
    facts_changed([unit_called("县2").category_id])
    assert "与上年比" not in text_of(office, "ranking", "county")
    score_cycle(cycle=run.cycle, actor=CLERK)
    assert "▲ 上升 3 位 +1.25 分" in text_of(office, "ranking", "county")
    told.delete()
    assert "▲ 上升 3 位 +1.25 分" in text_of(office, "ranking", "county")


def test_or_the_result_of_last_years_own_cycle(run: Run, office: Client, tmp_path: Path):
    before = Cycle.objects.create(code="little-2024", title="年度考评", year=2024)
    kept = run.scheme
    CycleScheme.objects.create(
        cycle=before, version=1, file_name="little.yaml", text=kept.text, sha256=kept.sha256, code=kept.code,
        evaluation=kept.evaluation,
    )  # fmt: skip
    old = Run.objects.create(
        cycle=before, scheme=before.schemes.get(), number=1, state="adopted", engine="0", result="1" * 64
    )
    unit = unit_called("县3").unit
    category = Category.objects.create(cycle=before, set_code="all", code="county", name="县区", position=0)
    then = EvaluatedUnit.objects.create(cycle=before, unit=unit, category=category, name="县3")
    scored = ScoredCategory.objects.create(run=old, category=category, revision=0, columns=b"")
    old.categories.add(scored)
    ScoreSheet.objects.create(
        scored=scored, evaluated_unit=then, unit_code=unit.code, unit_name="县3", set_code="all", category="county",
        total=Decimal("99"), place=1, said="{}", points=b"", statuses=b"",
    )  # fmt: skip
    assert "▼ 下降 2 位 −1.13 分" in text_of(office, "ranking", "county")


def test_a_unit_beside_its_category(run: Run):
    total, work, service = beside(executed(run), sheet_of(run, "县2"))
    assert (total.points, total.mean, total.best, total.place, total.of) == ("98.25", "97.69", "98.63", 2, 6)
    assert (work.points, work.mean, work.best, work.below) == ("59.50", "59.13", "59.75", False)
    assert [child.name for child in service.children] == ["信访办理", "热线办理"]
    assert service.children[0].place == 1


@pytest.mark.parametrize("page", ["ranking", "sheet", "beside"])
def test_a_cycle_that_is_not_scored_says_so(run: Run, office: Client, page: str):
    Run.objects.update(state="superseded")
    assert "尚未计分" in text_of(office, page, "county" if page == "ranking" else unit_called("县1").pk)


@pytest.mark.parametrize("page", ["ranking", "sheet", "beside"])
def test_a_page_of_results_takes_nothing(run: Run, office: Client, page: str):
    asked = reverse(page, args=[CODE, "county" if page == "ranking" else unit_called("县1").pk])
    assert office.post(asked).status_code == 405


@pytest.mark.parametrize("page", ["ranking", "sheet", "beside"])
def test_q2_pages_of_results_have_nothing_inline(run: Run, office: Client, page: str):
    html = office.get(reverse(page, args=[CODE, "county" if page == "ranking" else unit_called("县1").pk]))
    assert not re.search(r"<style|<script|\sstyle=|\son\w+=", html.content.decode())
