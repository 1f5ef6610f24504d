"""The sample city: repeatable, complete, and with the cases that hurt."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter, defaultdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from demo.city import TURNS, write_city
from demo.sheets import TITLES
from engine.language.read import read_scheme
from engine.score import score
from engine.score.counted import Why
from indicators.facts import load_facts
from tests.sample import SCHEMES, city_of, plan_of, read_rows

ROOT = Path(__file__).resolve().parent.parent.parent
SPECIALS = ("comprehensive", "party", "civility", "safety", "unity", "reform")
COUNTIES_AND_DEPARTMENTS = ("songyuan", "yiyang-2018")
WITH_OWN_LISTS = (*COUNTIES_AND_DEPARTMENTS, "zhangjiajie-2021/direct", "zhangjiajie-2021/delegated")
ALWAYS = {"单位", "采集数据"}
EXPECTED = {
    "songyuan": ALWAYS | {"目标与基数", "自定指标", "投票对象", "测评票", "测评汇总", "加分", "等次调整"},
    "yiyang-2018": ALWAYS | {"目标与基数", "自定指标", "扣分", "上年结果"},
    "zhangjiajie-2021/direct": ALWAYS | {"目标与基数", "自定指标", "加分", "扣分", "等次调整", "奖金总额", "人员"},
    "zhangjiajie-2021/delegated": ALWAYS | {"目标与基数", "自定指标", "等次调整"},
    "hongjiang-2010": ALWAYS | {"目标与基数", "测评票", "测评汇总", "等次调整"},
    "district-2022-1plus5/comprehensive": ALWAYS | {"目标与基数", "测评汇总", "加分", "扣分", "等次调整", "奖金总额"},
    "district-2022-1plus5/party": ALWAYS,
    "district-2022-1plus5/civility": ALWAYS | {"目标与基数"},
    "district-2022-1plus5/safety": ALWAYS | {"目标与基数"},
    "district-2022-1plus5/unity": ALWAYS | {"目标与基数"},
    "district-2022-1plus5/reform": ALWAYS,
}
Rows = list[dict[str, str]]


ORGANS = ("songyuan", "yiyang-2018", "zhangjiajie-2021/direct", "hongjiang-2010")
SMALL = ("songyuan", "zhangjiajie-2021")
DRAW = """
import sys
from pathlib import Path
from demo.city import write_city
from tests.sample import scheme_of
for name in sys.argv[3:]:
    write_city(scheme_of(name), int(sys.argv[2]), Path(sys.argv[1]))
"""


def generate(out: Path, hash_seed: str, seed: int = 2018) -> Path:
    """Two schemes of the city, drawn in a process of its own."""
    subprocess.run(
        [sys.executable, "-c", DRAW, str(out), str(seed), *SMALL],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        check=True,
    )
    return out


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*.csv"))}


@pytest.fixture(scope="session")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return city_of(tmp_path_factory)


@pytest.fixture(scope="session")
def city(years: Path) -> Path:
    return years / TURNS[1]


def sheet(city: Path, scheme: str, name: str) -> Rows:
    return read_rows(city / scheme / f"{name}.csv")


def readings(city: Path, scheme: str) -> dict[tuple[str, str, str], str]:
    rows = sheet(city, scheme, "采集数据")
    return {(row["单位代码"], row["指标代码"], row["数据项"]): row["数值"] for row in rows}


def test_the_same_seed_gives_the_same_bytes_whatever_the_hash_seed(years: Path, tmp_path: Path):
    drawn = contents(generate(tmp_path, "2"))
    assert drawn
    assert drawn == {name: data for name, data in contents(years).items() if name.split("/")[1] in SMALL}


def test_another_seed_gives_another_city(years: Path, tmp_path: Path):
    other, known = contents(generate(tmp_path, "1", seed=7)), contents(years)
    collected = [name for name in other if name.endswith("采集数据.csv")]
    assert collected
    assert all(other[name] != known[name] for name in collected)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_sheets_are_those_the_scheme_has_a_use_for(city: Path, scheme: str):
    assert {file.stem for file in (city / scheme).iterdir()} == EXPECTED[scheme]
    for name in EXPECTED[scheme]:
        rows = sheet(city, scheme, name)
        assert rows
        assert set(rows[0]) <= set(TITLES[name])


COUNTS = {
    "songyuan": {"C": 12, "D": 60},
    "yiyang-2018": {"C": 12, "D": 60},
    "zhangjiajie-2021/direct": {"D": 60, "S": 8, "Z": 5},
    "zhangjiajie-2021/delegated": {"S": 12, "E": 6},
    "hongjiang-2010": {"T": 8, "D": 60, "Z": 5},
    **{f"district-2022-1plus5/{one}": {"C": 12} for one in SPECIALS},
}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_whole_city_takes_part(years: Path, scheme: str):
    for turn in TURNS:
        units = sheet(years / turn, scheme, "单位")
        assert Counter(unit["单位代码"][0] for unit in units) == COUNTS[scheme]
        assert len({unit["单位名称"] for unit in units}) == len(units)


def test_a_unit_has_one_code_in_all_schemes(city: Path):
    for letter in "CTZS":
        found = {
            (unit["单位代码"], unit["单位名称"])
            for scheme in SCHEMES
            for unit in sheet(city, scheme, "单位")
            if unit["单位代码"].startswith(letter)
        }
        assert len(found) == len({code for code, _ in found})


def test_a_category_has_two_units(city: Path):
    assert Counter(unit["类别"] for unit in sheet(city, "yiyang-2018", "单位"))["政法类"] == 2


@pytest.mark.parametrize("scheme", ["yiyang-2018", "district-2022-1plus5/comprehensive"])
def test_last_years_value_is_the_one_of_the_year_before(years: Path, scheme: str):
    before = readings(years / TURNS[0], scheme)
    last = {
        (row["单位代码"], row["指标代码"], row["数据项"]): row["上年值"]
        for row in sheet(years / TURNS[1], scheme, "目标与基数")
        if row.get("上年值") and "/" not in row["指标代码"]
    }
    assert len(last) > 20
    assert {key: before[key] for key in last if before[key] not in ("0", "不涉及")}.items() <= last.items()


def test_last_years_results_are_those_that_came_out(years: Path):
    plan = plan_of("yiyang-2018")
    outcome = score(plan, load_facts(years / TURNS[0] / "yiyang-2018", plan)[0])
    told = {row["单位代码"]: row for row in sheet(years / TURNS[1], "yiyang-2018", "上年结果") if row["总分"]}
    assert len(told) == 71  # all but the one unit that is new
    for code, row in told.items():
        found = outcome.find(code)
        assert found
        assert (Fraction(row["总分"]), int(row["名次"])) == (found[0].total[found[1]], found[0].place[found[1]])


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_unit_has_every_fact_of_its_leaves(city: Path, scheme: str):
    given, plan = readings(city, scheme), plan_of(scheme)
    for unit in sheet(city, scheme, "单位"):
        part_of = next(one for one in plan.sets if unit["类别"] in one.categories.values())
        for leaf in part_of.leaves():
            for fact in leaf.facts if leaf.rule else ():
                assert given[unit["单位代码"], leaf.code, fact]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_category_has_units_to_be_held_against_each_other(city: Path, scheme: str):
    counted = Counter(row["类别"] for row in sheet(city, scheme, "单位"))
    assert set(counted) == {name for one in plan_of(scheme).sets for name in one.categories.values()}
    assert min(counted.values()) >= 2


@pytest.mark.parametrize("scheme", WITH_OWN_LISTS)
def test_own_marks_add_up_and_lists_differ_in_length(city: Path, scheme: str):
    plan = plan_of(scheme)
    full: dict[tuple[str, str], Fraction] = {}
    for part_of in plan.sets:
        for node in (node for node in part_of.leaves() if node.own):
            full |= {(name, node.code): node.full[code] for code, name in part_of.categories.items()}
    marks: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    length: Counter[tuple[str, str]] = Counter()
    for row in sheet(city, scheme, "自定指标"):
        marks[row["单位代码"], row["所属指标"]] += Decimal(row["分值"])
        length[row["单位代码"], row["所属指标"]] += 1
    assert dict(marks) == {
        (unit["单位代码"], node): one
        for unit in sheet(city, scheme, "单位")
        for (name, node), one in full.items()
        if name == unit["类别"]
    }
    assert len(set(length.values())) > 1


@pytest.mark.parametrize("scheme", [*COUNTIES_AND_DEPARTMENTS, "district-2022-1plus5/comprehensive"])
def test_two_units_have_the_same_facts_and_tie(city: Path, scheme: str):
    facts: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for (unit, leaf, fact), value in readings(city, scheme).items():
        facts[unit].append((leaf, fact, value))
    assert facts["C02"] == facts["C03"]
    assert facts["C02"] != facts["C04"]


@pytest.mark.parametrize("scheme", [*COUNTIES_AND_DEPARTMENTS, "hongjiang-2010"])
def test_some_work_is_not_applicable_and_some_results_are_zero(city: Path, scheme: str):
    values = Counter(readings(city, scheme).values())
    assert values["不涉及"]
    assert values["0"]
    assert values["无"]


def test_a_collector_is_judged_by_its_substitute_or_not_at_all(city: Path):
    rows = sheet(city, "songyuan", "采集数据")
    code = {row["单位名称"]: row["单位代码"] for row in sheet(city, "songyuan", "单位")}
    audit = next(r for r in rows if r["单位代码"] == code["市审计局"] and r["指标代码"] == "funds")
    assert audit["数值"] != "不涉及"
    assert audit["依据"].startswith("市监察局")
    own = [r["数值"] for r in rows if r["单位代码"] == code["市监察局"] and r["指标代码"] == "discipline"]
    assert own == ["不涉及", "不涉及"]


@pytest.mark.parametrize("scheme", ORGANS)
def test_every_collector_that_is_a_municipal_organ_of_its_own_is_evaluated(city: Path, scheme: str):
    names = {row["单位名称"] for row in sheet(city, scheme, "单位")}
    apart = {"市绩效办", "市委督查室", "市人民武装部"}
    collectors = {name for name in plan_of(scheme).written.collectors if "评估组" not in name}
    assert collectors - apart <= names


def test_some_units_are_not_drawn_in_the_spot_check(city: Path):
    drawn = [value for (_, leaf, _), value in readings(city, "songyuan").items() if leaf == "visits"]
    assert 0 < drawn.count("未抽中") < len(drawn)


def test_a_veto_rests_on_a_decision(city: Path):
    (veto,) = sheet(city, "songyuan", "等次调整")
    (written,) = plan_of("songyuan").written.veto
    assert veto["事由"] in written.grounds
    assert veto["决定机构"]
    assert veto["决定文号"]


@pytest.mark.parametrize(("scheme", "name"), [("songyuan", "加分"), ("yiyang-2018", "扣分")])
def test_claims_go_beyond_the_cap_and_name_one_matter_at_two_levels(city: Path, scheme: str, name: str):
    written = plan_of(scheme).written
    part = written.bonus if name == "加分" else written.deductions
    assert part
    assert part.at_most
    worth = {(one.name, level): points for one in part.standards for level, points in one.levels.items()}
    total: dict[str, Decimal] = defaultdict(Decimal)
    levels: Counter[tuple[str, str]] = Counter()
    for row in sheet(city, scheme, name):
        total[row["单位代码"]] += worth[row[f"{name}项"], row["级别"]]
        levels[row["单位代码"], row["事项"]] += 1
    assert max(total.values()) > part.at_most
    assert max(levels.values()) == 2


def test_a_ranking_ballot_ranks_exactly_the_units_in_charge(city: Path):
    listed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in sheet(city, "songyuan", "投票对象"):
        listed[row["投票"], row["投票人"]].add(row["单位代码"])
    ranked: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in sheet(city, "songyuan", "测评票"):
        if row["评价"].isdigit():
            ranked[row["投票"], row["投票人"]][row["单位代码"]] = row["评价"]
    assert {ballot: set(places) for ballot, places in ranked.items()} == listed
    for places in ranked.values():
        assert sorted(map(int, places.values())) == list(range(1, len(places) + 1))
    assert len({len(units) for units in listed.values()}) > 1


def test_a_gross_product_is_in_yuan_to_the_cent(city: Path):
    products = [Decimal(v) for (_, leaf, _), v in readings(city, "yiyang-2018").items() if leaf == "gdp"]
    assert max(products) > 10**11  # whose product with another one in cents needs more than 64 bits
    assert any(product % 1 for product in products)


def test_no_float_in_the_demo():
    for file in (ROOT / "demo").glob("*.py"):
        assert "float" not in file.read_text(encoding="utf-8")


EVERYTHING = """
    bonus:
      highest_only: true
      cut_off: 2018-12-31
      by: decision
      standards: [{code: award, name: 表彰, levels: {国家级: {effect: up_one}, 省级: 2}}]
    deductions:
      highest_only: true
      lead_share: 60%
      standards:
        - {code: upper, name: 上级失分, passed_on: 0.5}
        - {code: report, name: 迟报, lateness: {days: working, count: started, each: 0.5, at_most: 2}}
        - {code: circular, name: 通报, levels: {省级: 2, 市级: 1}}
"""


def test_whatever_a_scheme_says_of_bonuses_and_deductions_is_drawn_and_can_be_scored(tmp_path: Path):
    text = (ROOT / "schemes" / "songyuan.yaml").read_text(encoding="utf-8")
    start, end = text.index("    bonus:\n"), text.index("    grades:\n")
    scheme = read_scheme(text[:start] + EVERYTHING + text[end:], "everything.yaml")
    outcome = write_city(scheme, 2018, tmp_path)[-1].outcome
    found = [
        one for result in outcome.sets for extras in (*result.bonuses, *result.deductions) for one in extras.claims
    ]
    assert {one.why for one in found} >= {Why.COUNTS, Why.TOO_LATE, Why.UNDECIDED, Why.EXCUSED}
    assert {one.claim.standard for one in found if one.counted} == {"award", "upper", "report", "circular"}
    assert {one.claim.role for one in found} == {"", "lead", "assist"}
    assert any(one.lifts for one in found)


def test_a_scheme_that_the_city_does_not_know_is_drawn_and_scored_too(tmp_path: Path):
    """The textbook, which says everything that can be said: every sheet is filled, every way of scoring runs."""
    file = ROOT / "schemes" / "examples" / "qiquan-2025.yaml"
    years = write_city(read_scheme(file.read_text(encoding="utf-8"), file.name), 2018, tmp_path)
    assert [(year.plan.code, year.turn) for year in years] == [
        ("annual", 0), ("annual", 1), ("parks", 0), ("parks", 1),
    ]  # fmt: skip
    annual = years[1].folder
    assert {"系数", "专项结果", "人员", "奖金总额", "工作日历", "上年结果"} <= {file.stem for file in annual.iterdir()}
    readings = read_rows(annual / "采集数据.csv")
    assert {row["期次"] for row in readings} >= {"1月", "1季度", "上半年"}
    assert {row["评分单位"] for row in readings} >= {"市政务服务中心", "市信访局"}
