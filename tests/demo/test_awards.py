"""The sample city has all that uses and conditions may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo.city import write_city
from engine.language.read import read_scheme
from engine.score import score
from indicators.facts.load import read_facts
from tests.sample import read_rows, scheme_file

USES = """    use:
      - {code: heads, name: 优秀人数, of: headcount, rounding: down, by_grade: {优秀: 20%}, otherwise: 15%}
      - {code: rise, name: 提升奖, by_rise: {on: total, first: 1, gives: 奖}}
      - {code: talk, name: 约谈, by_repeat: {last: 3, gives: 约谈}}
      - {code: same, name: 连续优秀, by_repeat: {grade: 优秀, gives: 记功}}
      - {code: pool, name: 奖金, distribute: {pool: p, by: total, times: headcount, persons: true}}
    special: {eco: {name: 生态考核, grades: [优秀, 合格, 不合格]}}
"""
CONDITION = "only_if: [no_veto, {evaluation: eco, grade: 合格}]"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("city")
    *_, last = write_city(read_scheme(_text(), "s.yaml"), 2018, folder)
    return last.folder


def _text() -> str:
    text = scheme_file("songyuan").read_text(encoding="utf-8")
    text = text[: text.index("    use:\n")] + USES
    return text.replace("{name: 优秀, from: 90}", f"{{name: 优秀, from: 90, {CONDITION}}}", 1)


def test_everything_is_there_and_every_pool_adds_up(city: Path):
    plan = read_scheme(_text(), "s.yaml").evaluations[0]
    reading = read_facts(city, plan)
    assert [problem.to("zh") for problem in reading.all_problems()] == []
    assert reading.facts
    outcome = score(plan, reading.facts)
    [pool] = outcome.distributions
    assert sum(share.amount for share in pool.shares) == pool.pool > 0
    assert all(sum(part for _, part in share.persons) == share.amount for share in pool.shares)
    gifts = {code: {gift for one in outcome.sets for gift in one.uses[code]} for code in ("rise", "talk", "same")}
    assert gifts == {"rise": {None, "奖"}, "talk": {None, "约谈"}, "same": {None, "记功"}}


def test_one_unit_is_new_and_one_took_no_part(city: Path):
    assert [row["名次"] for row in read_rows(city / "上年结果.csv")].count("无") == 1
    assert [row["总分"] for row in read_rows(city / "专项结果.csv")].count("不涉及") == 1
