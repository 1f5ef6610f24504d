"""Ballots → tallies: what is counted, and every way a ballot can be wrong."""

from __future__ import annotations

import pytest

from engine.panels.ballots import Ballot, tally_ballots
from engine.panels.panel import Panel
from tests.engine.making import yaml

TIERS = "{voters: 人, secrecy: signed, method: {tiers: {好: 100, 差: 60}}, not_counted: [不了解]}"
RANKED = (
    "{voters: 人, secrecy: signed, subjects: in_charge, not_counted: [不了解],"
    " method: {ranking: {points: [100, 95, 90], unequal_lists: same_points}}}"
)
SCORED = "{voters: 人, secrecy: signed, method: {score: {from: 60, to: 90, step: 2.5}}}"


def counted(panel: str, ballots: list[Ballot], units: int = 3, **lists: set[int]):
    tally, wrong = tally_ballots(Panel.model_validate(yaml(panel)), units, ballots, lists)
    return tally, [(voter, unit, text.zh) for voter, unit, text in wrong]


def test_answers_are_counted_per_subject():
    ballots = [Ballot("甲", {0: "好", 1: "差", 2: "好"}), Ballot("乙", {0: "好", 1: "好", 2: "不了解"})]
    tally, wrong = counted(TIERS, ballots)
    assert wrong == []
    assert tally.answers == ("好", "差", "不了解")
    assert tally.counts.tolist() == [[2, 0, 0], [1, 1, 0], [1, 0, 1]]
    assert tally.listed.tolist() == [True] * 3


@pytest.mark.parametrize(
    ("answers", "unit", "why"),
    [
        ({0: "好", 1: "很好", 2: "差"}, 1, "没有“很好”这种评价；有：好、差、不了解"),
        ({0: "好", 1: "", 2: "差"}, 1, "没有“”这种评价"),
        ({0: "好", 2: "差"}, 1, "这张票没有评这个单位"),
    ],
)
def test_a_ballot_with_anything_wrong_is_not_counted_at_all(answers, unit, why):
    tally, wrong = counted(TIERS, [Ballot("甲", answers)])
    ((voter, where, text),) = wrong
    assert (voter, where) == ("甲", unit)
    assert text.startswith(why)
    assert tally.counts.sum() == 0


def test_everything_wrong_with_a_ballot_is_said_at_once():
    _, wrong = counted(TIERS, [Ballot("甲", {0: "坏", 1: "更坏"})])
    assert [unit for _, unit, _ in wrong] == [0, 1, 2]


@pytest.mark.parametrize(
    "panel",
    [TIERS, RANKED.replace("ranking: {points: [100, 95, 90], unequal_lists: same_points}", "tiers: {好: 1, 差: 0}")],
)
def test_w4_nobody_votes_for_himself(panel):
    everybody = {0, 1, 2}
    tally, wrong = counted(panel, [Ballot("甲", {0: "好", 1: "好", 2: "好"}, own=1)], 甲=everybody)
    assert [(unit, text) for _, unit, text in wrong] == [(1, "不在这位投票人的对象名单里")]
    assert tally.counts.sum() == 0
    tally, wrong = counted(panel, [Ballot("甲", {0: "好", 2: "好"}, own=1)], 甲=everybody)
    assert wrong == []
    assert tally.counts[:, 0].tolist() == [1, 0, 1]


def test_a_voter_ranks_the_units_on_his_list_and_others_are_on_nobodys():
    tally, wrong = counted(RANKED, [Ballot("甲", {0: "2", 2: "1"})], units=4, 甲={0, 2}, 乙={3})
    assert wrong == []
    assert tally.counts[:, :3].tolist() == [[0, 1, 0], [0, 0, 0], [1, 0, 0], [0, 0, 0]]
    assert tally.listed.tolist() == [True, False, True, True]


@pytest.mark.parametrize(
    ("answers", "units", "why"),
    [
        ({0: "1", 1: "1", 2: "2"}, [0, 1], "同一张票上名次 1 用了两次"),
        ({0: "1", 1: "3", 2: "不了解"}, [1], "只有 2 个对象，没有第 3 名"),
        ({0: "1", 1: "2", 2: "4"}, [2], "没有“4”这种评价"),
        ({0: "1", 1: "2", 2: "0"}, [2], "没有“0”这种评价"),
        ({0: "1", 1: "2", 2: "三"}, [2], "没有“三”这种评价"),
        ({0: "1", 1: "2", 2: "３"}, [2], "没有“３”这种评价"),
        ({0: "1", 1: "2", 2: "2.5"}, [2], "没有“2.5”这种评价"),
        ({0: "1", 1: "2"}, [2], "这张票没有评这个单位"),
    ],
)
def test_a_ranking_uses_each_place_once_and_none_beyond_its_length(answers, units, why):
    tally, wrong = counted(RANKED, [Ballot("甲", answers)], 甲={0, 1, 2})
    assert [unit for _, unit, _ in wrong] == units
    assert all(text.startswith(why) for _, _, text in wrong)
    assert tally.counts.sum() == 0


def test_a_subject_off_the_list_is_refused():
    _, wrong = counted(RANKED, [Ballot("甲", {0: "1", 1: "2"})], 甲={0})
    assert [(unit, text) for _, unit, text in wrong] == [(1, "不在这位投票人的对象名单里")]


def test_a_voter_without_a_list_has_no_subjects():
    _, wrong = counted(RANKED, [Ballot("丙", {0: "1"})], 甲={0})
    assert wrong == [("丙", 0, "不在这位投票人的对象名单里")]


def test_r5_places_as_a_spreadsheet_writes_them():
    tally, wrong = counted(RANKED, [Ballot("甲", {0: "1.0", 1: "2", 2: "3.00"})], 甲={0, 1, 2})
    assert wrong == []
    assert tally.counts[:, :3].tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    _, wrong = counted(RANKED, [Ballot("甲", {0: "1.0", 1: "1"})], 甲={0, 1})
    assert [unit for _, unit, _ in wrong] == [0, 1]


@pytest.mark.parametrize(
    ("answer", "meant"), [("60", "60"), ("62.5", "62.5"), ("90", "90"), ("90.0", "90"), ("62.50", "62.5")]
)
def test_scores_within_the_range_and_on_a_step(answer, meant):
    tally, wrong = counted(SCORED, [Ballot("甲", {0: answer})], units=1)
    assert wrong == []
    assert tally.counts.sum() == 1
    assert tally.answers[int(tally.counts[0].argmax())] == meant


@pytest.mark.parametrize("answer", ["59.5", "61", "92.5", "-60", "NaN", "Infinity", "1e400", "六十", "6０", "", "60分"])
def test_r5_any_other_score_is_refused(answer):
    _, wrong = counted(SCORED, [Ballot("甲", {0: answer})], units=1)
    assert len(wrong) == 1


def test_the_order_of_ballots_does_not_matter():
    ballots = [
        Ballot("甲", {0: "好", 1: "差", 2: "好"}),
        Ballot("乙", {0: "好", 1: "好", 2: "不了解"}),
        Ballot("丙", {0: "x"}),
    ]
    first, wrong = counted(TIERS, ballots)
    second, _ = counted(TIERS, ballots[::-1])
    assert first.counts.tolist() == second.counts.tolist()
    assert wrong[0][0] == "丙"


def test_w4_a_unit_that_only_its_own_member_has_on_his_list_is_on_nobodys():
    tally, wrong = counted(RANKED, [Ballot("甲", {1: "1"}, own=0)], 3, 甲={0, 1})
    assert wrong == []
    assert tally.listed.tolist() == [False, True, False]
    assert tally.counts[1, 0] == 1
