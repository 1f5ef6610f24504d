"""A cycle small enough to be made anew in every test: two categories, a judged part, a part of two leaves."""

from __future__ import annotations

from pathlib import Path

from evaluation.actor import Actor
from evaluation.models import Cycle, EvaluatedUnit, Membership, Role, Unit, User
from indicators.facts import load_facts
from indicators.selectors import plan_of, scheme_in_force
from indicators.services.schemes import load_scheme
from scoring.models import Run
from scoring.services.entering import enter_facts
from scoring.services.running import score_cycle
from tests.sample import write_rows

CLERK = Actor("clerk", "test")
CODE = "little-2025"
SCHEME = """
language: 1
scheme: little
title: 小城
source: 《小城考评办法》
evaluations:
  - code: annual
    title: 年度考评
    full_marks: 100
    rounding: {leaf: 2, node: 2, panel: 2, total: 2}
    not_applicable: renormalise
    collectors: [市绩效办, 市统计局]
    sets:
      all:
        name: 各单位
        categories: {county: 县区, office: 部门}
    indicators:
      - {code: work, name: 重点工作, full_marks: 60, collector: 市绩效办, rule: judged, says: 由市绩效办核查}
      - code: service
        name: 服务群众
        full_marks: 40
        collector: 市统计局
        indicators:
          - {code: petitions, name: 信访办理, full_marks: 20, rule: judged}
          - {code: hotline, name: 热线办理, full_marks: 20, rule: judged}
    grades:
      - {name: 优秀, from: 90, quota: {share: 40%, rounding: down, ties: all_in}}
      - {name: 良好, from: 80}
      - {name: 一般}
"""


def little_cycle(folder: Path, *, counties: int = 2, offices: int = 2, year: int = 2025, scheme: str = SCHEME) -> Cycle:
    """The cycle with its facts entered, not yet scored; the first unit of a category is the best."""
    [cycle] = load_scheme(text=scheme, file="little.yaml", year=year, actor=CLERK)
    names = [(f"C{n:03}", f"县{n}", "县区", n) for n in range(1, counties + 1)]
    names += [(f"D{n:03}", f"局{n}", "部门", n) for n in range(1, offices + 1)]
    units = [{"单位代码": code, "单位名称": name, "类别": category} for code, name, category, _ in names]
    write_rows(folder / "单位.csv", units)
    write_rows(folder / "采集数据.csv", [row for code, _, _, n in names for row in _readings(code, n)])
    facts, _ = load_facts(folder, plan_of(scheme_in_force(cycle)))
    enter_facts(cycle=cycle, facts=facts, source="little", actor=CLERK)
    return cycle


def _readings(code: str, n: int) -> list[dict[str, str]]:
    loss = (n - 1) % 100 + 1
    points = {"work": 60 - loss / 4, "petitions": 19, "hotline": 20 - loss / 8}
    why = {"失分原因": "进度偏慢", "依据": f"《核查表》第 {n} 号"}
    return [{"单位代码": code, "指标代码": leaf, "数值": f"{value:.2f}", **why} for leaf, value in points.items()]


def little_run(folder: Path, **size: int) -> Run:
    """The same, scored."""
    return score_cycle(cycle=little_cycle(folder, **size), actor=CLERK)


def unit_called(name: str) -> EvaluatedUnit:
    """An evaluated unit of the little cycle."""
    return EvaluatedUnit.objects.get(cycle__code=CODE, name=name)


def person(role: Role | None, *, of: str = "", username: str = "") -> User:
    """A person in a role, in the office or in a unit of the cycle; without a role in none."""
    called = username or (role.value if role else "nobody")
    user = User.objects.create_user(called, password="it is long enough", name="某人")
    unit = unit_called(of).unit if of else Unit.objects.get_or_create(code="OFFICE", defaults={"name": "市绩效办"})[0]
    if role:
        Membership.objects.create(user=user, unit=unit, role=role)
    return user
