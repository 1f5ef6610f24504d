"""R10: facts and sheets as frozen bytes: the same whatever the way to them, and every bit of them counts."""

from __future__ import annotations

import json

import numpy as np
import pytest

from engine.exact import Exact
from engine.facts import Column, EvaluatedUnit, Facts, Key, SetFacts, in_one_order
from engine.score import score
from indicators.facts import load_facts
from scoring.freezing import Frozen, FrozenCategory, freeze, sha256_of, sheets_of, thaw
from tests.sample import SCHEMES, plan_of, sample_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory):
    return sample_of(tmp_path_factory)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_r10_frozen_facts_thaw_to_the_same_result(folder, scheme: str):
    plan = plan_of(scheme)
    facts, _ = load_facts(folder / scheme, plan)
    frozen = freeze(facts)
    again = thaw(frozen.head, frozen.parts)
    assert freeze(again) == frozen
    assert list(sheets_of(score(plan, again))) == list(sheets_of(score(plan, facts)))


def test_r10_the_hash_changes_with_any_byte(folder):
    facts, _ = load_facts(folder / "yiyang-2018", plan_of("yiyang-2018"))
    frozen = freeze(facts)
    [(code, part), *_] = frozen.parts.items()
    flipped = bytes([part.columns[0] ^ 1]) + part.columns[1:]
    others = [FrozenCategory(part.head, flipped), FrozenCategory(part.head + " ", part.columns)]
    hashes = {Frozen(frozen.common, {**frozen.parts, code: one}).sha256 for one in (part, *others)}
    assert len({*hashes, sha256_of(frozen.head + " ")}) == 4


def test_a_snapshot_of_another_format_is_refused(folder):
    facts, _ = load_facts(folder / "yiyang-2018", plan_of("yiyang-2018"))
    frozen = freeze(facts)
    head = json.dumps(json.loads(frozen.head) | {"format": 3})
    with pytest.raises(ValueError, match="format 3"):
        thaw(head, frozen.parts)


def test_a_sheet_has_a_number_and_a_status_for_each_node(folder):
    plan = plan_of("yiyang-2018")
    facts, _ = load_facts(folder / "yiyang-2018", plan)
    outcome = score(plan, facts)
    by_unit = {sheet.unit_code: sheet for sheet in sheets_of(outcome)}
    for result in outcome.sets:
        nodes = list(result.nodes())
        for row, unit in enumerate(result.units):
            sheet = by_unit[unit.code]
            for at, node in enumerate(nodes):
                packed = int.from_bytes(sheet.points[8 * at : 8 * at + 8], "big", signed=True)
                assert node.node.rounding.digits is not None
                expected = node.points[row] * 10**node.node.rounding.digits if node.counts()[row] else 0
                assert packed == expected
                assert sheet.statuses[at] == int(node.asked[row]) + 8 * bool(node.counts()[row])


@pytest.mark.parametrize(
    ("lists", "order"),
    [
        (["ad", "bc", "cd", "ab"], "abcd"),
        (["acd", "bd", "ab"], "abcd"),
        (["ab", "ba", "c"], "abc"),  # 相互矛盾：按先后出现
        ([], ""),
    ],
)
def test_answers_of_several_lists_come_in_an_order_of_all_of_them(lists: list[str], order: str):
    found = "".join(in_one_order(lists))
    assert sorted(found) == sorted(order)
    if lists != ["ab", "ba", "c"]:
        assert all([one for one in found if one in some] == list(some) for some in lists)
    else:
        assert found == order


@pytest.mark.parametrize(
    ("value", "width"),
    [(127, 1), (-128, 1), (128, 2), (-129, 2), (2**15, 4), (-(2**31), 4), (2**31, 8), (-(2**63), 8), (2**63 - 1, 8)],
)
def test_a_column_is_as_wide_as_its_largest_number(value: int, width: int):
    column = Column(Exact(np.array([0, value]), 100), np.zeros(2, dtype=np.int8))
    units = tuple(EvaluatedUnit(code, code, "a") for code in ("A", "B"))
    facts = Facts({"s": SetFacts(units, {Key("n", "actual", "actual"): column}, {}, {})})
    frozen = freeze(facts)
    assert len(frozen.parts["a"].columns) == 2 * (width + 1)
    [back] = thaw(frozen.head, frozen.parts).sets["s"].columns.values()
    assert back.values.num.tolist() == [0, value]
