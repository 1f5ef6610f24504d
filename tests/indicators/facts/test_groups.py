"""The column 分组 of the units: names of groups whose members the scheme leaves to the roster."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.language.read import read_scheme
from engine.language.scheme import EvaluationPlan
from engine.text import Problems
from indicators.facts import load_facts
from indicators.facts.wanted import sheets_for
from tests.sample import plan_of, scheme_file

GROUPS = """\
    groups:
      hills: {name: 山区县}
      border: {name: 边境县}
      counties: {name: 各县, categories: [county]}
    sets:
"""


def grouped() -> EvaluationPlan:
    """Yiyang's scheme, three of whose figures are compared in groups."""
    text = scheme_file("yiyang-2018").read_text(encoding="utf-8").replace("    sets:\n", GROUPS, 1)
    for code in ("hills", "border", "counties"):
        text = text.replace("efficacy: {of:", f"efficacy: {{among: {{group: {code}}}, of:", 1)
    return read_scheme(text, "s.yaml").evaluations[0]


def units(tmp_path: Path, *groups: str) -> Path:
    rows = [f"C0{number},县{number},区县（市）,{one}" for number, one in enumerate(groups, 1)]
    (tmp_path / "单位.csv").write_text("\n".join(["单位代码,单位名称,类别,分组", *rows]) + "\n", encoding="utf-8")
    return tmp_path


def test_a_unit_is_in_the_groups_named_beside_it(tmp_path):
    facts, _ = load_facts(units(tmp_path, "山区县、边境县", "边境县", ""), grouped())
    [one] = facts.sets.values()
    assert [unit.groups for unit in one.units] == [{"hills", "border"}, {"border"}, frozenset()]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("山区", "单位表里没有分组“山区”可填；有：山区县、边境县；几个分组之间用顿号（、）隔开"),
        ("山区县，边境县", "没有分组“山区县，边境县”可填"),
        ("各县", "分组“各县”有哪些单位由方案按类别定，这里不用填"),
    ],
)
def test_other_names_are_refused_at_their_cell(tmp_path, cell, said):
    with pytest.raises(Problems) as raised:
        load_facts(units(tmp_path, "", cell), grouped())
    [problem] = raised.value.found
    assert (problem.place.row, problem.place.column) == (3, "D")
    assert said in problem.what.zh


def test_a_scheme_without_such_groups_takes_none_and_asks_for_none(tmp_path):
    with pytest.raises(Problems):
        load_facts(units(tmp_path, "山区县"), plan_of("yiyang-2018"))
    keys = {name: [one.key for one in sheets_for(plan)[0].columns] for name, plan in PLANS.items()}
    assert ("groups" in keys["grouped"], "groups" in keys["plain"]) == (True, False)


PLANS = {"grouped": grouped(), "plain": plan_of("yiyang-2018")}
