"""The cases that hurt, each by what it does to a score, a place or a grade; not only that the sample city has them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from demo.city import TURNS, write_city
from demo.names import GROWTH_ELSEWHERE, MATTERS
from engine.facts import Status
from engine.grammar.fields import Part
from engine.grammar.walk import inside
from engine.language.grades import Promotion, Veto
from engine.score import score
from engine.score.result import NodeResult, Outcome, SetResult
from indicators.facts import load_facts
from tests.sample import RULE_BOOKS, SCHEMES, city_of, plan_of, read_rows, scheme_of

MOVING = [scheme for scheme in SCHEMES if plan_of(scheme).written.moves]
COMPETING = [scheme for scheme in SCHEMES if any(grade.quota for grade in plan_of(scheme).written.grades)]
WITH_BONUS = [scheme for scheme in SCHEMES if plan_of(scheme).written.bonus]
LESS_IS_BETTER = {
    "yiyang-2018": {"energy", "pm25", "crime"},
    "zhangjiajie-2021/direct": {"energy"},
    "hongjiang-2010": {"unit_energy", "meetings", "running_costs"},
    "district-2022-1plus5/comprehensive": {"energy"},
    "district-2022-1plus5/safety": {"crime"},
}
REFERENCES = ("目标值", "上年值", "前年值", "大前年值")
DIRECT, COMPREHENSIVE = "zhangjiajie-2021/direct", "district-2022-1plus5/comprehensive"
ALWAYS_LEVEL = {"C02", "C03"}


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return city_of(tmp_path_factory)


@pytest.fixture(scope="module")
def city(years: Path) -> Path:
    return years / TURNS[1]


def outcome_of(city: Path, scheme: str) -> Outcome:
    plan = plan_of(scheme)
    return score(plan, load_facts(city / scheme, plan)[0])


def leaves(outcome: Outcome) -> Iterator[tuple[SetResult, NodeResult]]:
    """Every leaf of every set that a rule scores."""
    for result in outcome.sets:
        yield from ((result, node) for node in result.nodes() if node.node.rule is not None)


def number(cell: str) -> Fraction | None:
    """What a cell says, if it says a number."""
    return Fraction(cell) if cell[:1].isdigit() else None


def moves_of(outcome: Outcome) -> dict[Veto | Promotion, tuple[int, int]]:
    """Every veto and promotion on record: the earned and the final grade of its unit, both by position."""
    found: dict[Veto | Promotion, tuple[int, int]] = {}
    for result in outcome.sets:
        for row, reasons in enumerate(result.main.reasons):
            for reason in reasons:
                assert reason.block not in found
                found[reason.block] = int(result.earned[row]), int(result.grade[row])
    return found


def assert_moves_have_an_effect(outcome: Outcome) -> None:
    scale, moves = outcome.plan.written, moves_of(outcome)
    assert moves.keys() == {move for move in scale.moves if move.grounds}
    for move, (earned, final) in moves.items():
        assert final > earned if isinstance(move, Veto) else final < earned


def test_four_rule_books_move_grades():
    assert MOVING == ["songyuan", DIRECT, "zhangjiajie-2021/delegated", "hongjiang-2010", COMPREHENSIVE]


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("scheme", MOVING)
def test_every_veto_lowers_a_grade_and_every_promotion_lifts_one(years: Path, scheme: str, turn: str):
    assert_moves_have_an_effect(outcome_of(years / turn, scheme))


@pytest.mark.parametrize("book", RULE_BOOKS)
def test_grades_are_moved_and_seats_shared_in_another_city_too(tmp_path: Path, book: str):
    for year in write_city(scheme_of(book), 7, tmp_path):
        assert_moves_have_an_effect(year.outcome)
        if year.turn == 1 and any(grade.quota for grade in year.plan.written.grades):
            assert_seats_are_shared(year.outcome)


def test_what_lifts_straight_to_the_top_goes_to_the_lowest(city: Path):
    outcome = outcome_of(city, COMPREHENSIVE)
    [result] = outcome.sets
    moves = {move.effect: change for move, change in moves_of(outcome).items()}
    assert moves["up_one"][1] == moves["up_one"][0] - 1
    others = [row for row, unit in enumerate(result.units) if unit.code not in ALWAYS_LEVEL]
    assert moves["top"] == (max(int(result.earned[row]) for row in others), 0)


@pytest.mark.parametrize("scheme", COMPETING)
def test_the_seats_of_a_quota_end_between_units_that_are_level(city: Path, scheme: str):
    assert_seats_are_shared(outcome_of(city, scheme))


def test_three_rule_books_have_quotas():
    assert COMPETING == ["yiyang-2018", DIRECT, "zhangjiajie-2021/delegated", "hongjiang-2010"]


def assert_seats_are_shared(outcome: Outcome) -> None:
    assert [tied for result in outcome.sets for tied in at_the_cut(result)]


def at_the_cut(result: SetResult) -> Iterator[int]:
    """Places that units with the points for the top grade share where the quota ends between them.

    All quotas are of 30 %, half up, at least one, all in; the line is 90 % of full marks.
    """
    line = Fraction(9, 10) * sum((part.full[0] for part in result.parts), Fraction(0))
    for category in range(len(result.plan.categories)):
        ranked = [row for row in result.members(category) if result.place[row]]
        seats = max(math.floor(Fraction(3, 10) * len(ranked) + Fraction(1, 2)), 1)
        if seats >= len(ranked):
            continue
        last, next_one = ranked[seats - 1], ranked[seats]
        if result.place[last] == result.place[next_one] and result.total[last] >= line:
            assert result.total[last] == result.total[next_one]
            assert sum(result.earned[row] == 0 for row in ranked) > seats
            yield int(result.place[last])


@pytest.mark.parametrize("scheme", WITH_BONUS)
def test_some_unit_brings_more_than_a_cap_of_the_bonus_lets_through(years: Path, scheme: str):
    for turn in TURNS:
        extras = [one for result in outcome_of(years / turn, scheme).sets for one in result.bonuses]
        brought = [
            sum(claim.counted for claim in one.claims) + sum(over.points for over in one.over.values())
            for one in extras
        ]
        assert any(points > one.total > 0 for points, one in zip(brought, extras, strict=True))


def test_the_bonus_of_a_county_ends_at_300(city: Path):
    [result] = outcome_of(city, COMPREHENSIVE).sets
    assert max(one.total for one in result.bonuses) == 300


def test_faults_in_collecting_are_those_of_collectors(years: Path):
    collectors = set(plan_of(DIRECT).written.collectors)
    kinds = {"数据采集不规范或出现差错": "数据采集", "擅自变换年终评估资料报送要求": "资料报送要求"}
    for turn in TURNS:
        name = {row["单位代码"]: row["单位名称"] for row in read_rows(years / turn / DIRECT / "单位.csv")}
        claims = [row for row in read_rows(years / turn / DIRECT / "扣分.csv") if row["扣分项"] in kinds]
        assert {row["扣分项"] for row in claims} == set(kinds)
        assert {name[row["单位代码"]] for row in claims} <= collectors
        assert all(row["事项"] in MATTERS[kinds[row["扣分项"]]] for row in claims)


def test_growth_above_both_is_claimed_where_it_is_and_nowhere_else(years: Path):
    leaf = {one.code: one.name for one in plan_of(COMPREHENSIVE).sets[0].leaves()}
    for turn in TURNS:
        folder = years / turn / COMPREHENSIVE
        high = {
            (row["单位代码"], f"{leaf[row['指标代码']]} {row['数值']}%")
            for row in read_rows(folder / "采集数据.csv")
            if (elsewhere := GROWTH_ELSEWHERE.get(leaf[row["指标代码"]]))
            and all(Fraction(row["数值"]) > Fraction(one) for one in elsewhere)
        }
        claimed = [
            (row["单位代码"], row["事项"].partition("，")[0])
            for row in read_rows(folder / "加分.csv")
            if row["加分项"] == "两个高于"
        ]
        assert Counter(claimed) == Counter(high)
        assert 0 < len({unit for unit, _ in high}) < 12


@pytest.mark.parametrize("scheme", ["songyuan", "yiyang-2018", "hongjiang-2010"])
def test_a_unit_that_achieved_nothing_has_no_points_for_it(city: Path, scheme: str):
    """More would be better, a target above 0 was set, the unit reports 0: nothing but a real zero."""
    outcome = outcome_of(city, scheme)
    target = {(row["单位代码"], row["指标代码"]): row["目标值"] for row in read_rows(city / scheme / "目标与基数.csv")}
    nothing = {
        (row["单位代码"], row["指标代码"])
        for row in read_rows(city / scheme / "采集数据.csv")
        if row["数值"] == "0" and (number(target.get((row["单位代码"], row["指标代码"]), "")) or 0) > 0
    }
    found = [
        (node.status[at], node.points[at])
        for result, node in leaves(outcome)
        for at, unit in enumerate(result.units)
        if (unit.code, node.node.code) in nothing and not is_less_better(node)
    ]
    assert found
    assert set(found) == {(Status.GIVEN, 0)}


def is_less_better(node: NodeResult) -> bool:
    return any(getattr(part, "less_is_better", False) for part in inside(node.node.rule, Part))


@pytest.mark.parametrize("scheme", LESS_IS_BETTER)
def test_where_less_is_better_some_have_less_and_full_marks_and_some_have_more_and_fewer(city: Path, scheme: str):
    """The reference of each of these leaves is a target, last year's value, or the mean of the years that are known."""
    known = {(row["单位代码"], row["指标代码"]): row for row in read_rows(city / scheme / "目标与基数.csv")}
    actual = {(row["单位代码"], row["指标代码"]): row["数值"] for row in read_rows(city / scheme / "采集数据.csv")}
    seen: dict[str, set[tuple[bool, bool]]] = {}
    for result, node in leaves(outcome_of(city, scheme)):
        for at, unit in enumerate(result.units):
            value = number(actual.get((unit.code, node.node.code), ""))
            if node.node.code not in LESS_IS_BETTER[scheme] or value is None:
                continue
            row = known[unit.code, node.node.code]
            past = [Fraction(row[title]) for title in REFERENCES if row.get(title)]
            more = value > sum(past) / len(past)
            seen.setdefault(node.node.code, set()).add((more, bool(node.points[at] < node.full[at])))
    assert seen == {leaf: {(False, False), (True, True)} for leaf in LESS_IS_BETTER[scheme]}


@pytest.mark.parametrize(("scheme", "second_tiers"), [(DIRECT, 8), ("zhangjiajie-2021/delegated", 12)])
def test_second_tier_units_are_under_a_department_that_the_city_evaluates(city: Path, scheme: str, second_tiers: int):
    evaluated = {row["单位名称"] for row in read_rows(city / DIRECT / "单位.csv") if row["单位代码"].startswith("D")}
    units = [unit for result in outcome_of(city, scheme).sets for unit in result.units]
    parents = {unit.code: unit.parent for unit in units if unit.parent}
    assert parents.keys() == {unit.code for unit in units if unit.code.startswith("S")}
    assert len(parents) == second_tiers
    assert set(parents.values()) <= evaluated


def test_where_nobody_is_under_a_department_there_is_no_column_for_it(city: Path):
    assert "主管部门" not in read_rows(city / "songyuan" / "单位.csv")[0]
