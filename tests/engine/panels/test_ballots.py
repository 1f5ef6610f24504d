"""Ballots → tallies: what is counted, and every way a ballot can be wrong."""

from __future__ import annotations

import pytest

from engine.panels.ballots import Ballot, Ballots, tally_ballots
from engine.panels.panel import Panel
from tests.engine.making import yaml

TIERS = "{voters: 人, secrecy: signed, method: {tiers: {好: 100, 差: 60}}, not_counted: [不了解]}"
RANKED = (
    "{voters: 人, secrecy: signed, subjects: in_charge, not_counted: [不了解],"
    " method: {ranking: {points: [100, 95, 90], unequal_lists: same_points}}}"
)
SCORED = "{voters: 人, secrecy: signed, method: {score: {from: 60, to: 90, step: 2.5}}}"


def ballot(voter: str, answers: dict[int, str], own: int | None = None, noted: str = "") -> Ballot:
    """One answer for each unit (several with blanks between them), and the units with a note."""
    split = {unit: tuple(answer.split()) or ("",) for unit, answer in answers.items()}
    return Ballot(voter, split, own, {int(unit) for unit in noted})


def cast(panel: str, ballots: list[Ballot], units: int = 3, **lists: set[int]) -> Ballots:
    return tally_ballots(Panel.model_validate(yaml(panel)), units, ballots, lists)


def counted(panel: str, ballots: list[Ballot], units: int = 3, **lists: set[int]):
    found = cast(panel, ballots, units, **lists)
    return found.tally, [(fault.voter, fault.unit, fault.what.zh) for fault in found.wrong]


def test_answers_are_counted_per_subject():
    ballots = [ballot("甲", {0: "好", 1: "差", 2: "好"}), ballot("乙", {0: "好", 1: "好", 2: "不了解"})]
    tally, wrong = counted(TIERS, ballots)
    assert wrong == []
    assert tally.answers == ("好", "差", "不了解", "无效")
    assert tally.counts.tolist() == [[2, 0, 0, 0], [1, 1, 0, 0], [1, 0, 1, 0]]
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
    tally, wrong = counted(TIERS, [ballot("甲", answers)])
    ((voter, where, text),) = wrong
    assert (voter, where) == ("甲", unit)
    assert text.startswith(why)
    assert tally.counts.sum() == 0


def test_everything_wrong_with_a_ballot_is_said_at_once():
    _, wrong = counted(TIERS, [ballot("甲", {0: "坏", 1: "更坏"})])
    assert [unit for _, unit, _ in wrong] == [0, 1, 2]


@pytest.mark.parametrize(
    "panel",
    [TIERS, RANKED.replace("ranking: {points: [100, 95, 90], unequal_lists: same_points}", "tiers: {好: 1, 差: 0}")],
)
def test_w4_nobody_votes_for_himself(panel):
    everybody = {0, 1, 2}
    tally, wrong = counted(panel, [ballot("甲", {0: "好", 1: "好", 2: "好"}, own=1)], 甲=everybody)
    assert [(unit, text) for _, unit, text in wrong] == [(1, "不在这位投票人的对象名单里")]
    assert tally.counts.sum() == 0
    tally, wrong = counted(panel, [ballot("甲", {0: "好", 2: "好"}, own=1)], 甲=everybody)
    assert wrong == []
    assert tally.counts[:, 0].tolist() == [1, 0, 1]


def test_a_voter_ranks_the_units_on_his_list_and_others_are_on_nobodys():
    tally, wrong = counted(RANKED, [ballot("甲", {0: "2", 2: "1"})], units=4, 甲={0, 2}, 乙={3})
    assert wrong == []
    assert tally.counts[:, :3].tolist() == [[0, 1, 0], [0, 0, 0], [1, 0, 0], [0, 0, 0]]
    assert tally.listed.tolist() == [True, False, True, True]


@pytest.mark.parametrize(
    ("answers", "units", "why"),
    [
        ({0: "1", 1: "1", 2: "2"}, [0, 1], "同一张票上名次 1 用了两次"),
        ({0: "1", 1: "3", 2: "不了解"}, [1], "只有 2 个对象，没有第 3 名"),
        ({0: "1", 1: "2", 2: "4"}, [2], "名次分值表只有 3 个名次，没有第 4 名"),
        ({0: "1", 1: "2", 2: "0"}, [2], "没有“0”这种评价"),
        ({0: "1", 1: "2", 2: "三"}, [2], "没有“三”这种评价"),
        ({0: "1", 1: "2", 2: "３"}, [2], "没有“３”这种评价"),
        ({0: "1", 1: "2", 2: "2.5"}, [2], "没有“2.5”这种评价"),
        ({0: "1", 1: "2"}, [2], "这张票没有评这个单位"),
    ],
)
def test_a_ranking_uses_each_place_once_and_none_beyond_its_length(answers, units, why):
    tally, wrong = counted(RANKED, [ballot("甲", answers)], 甲={0, 1, 2})
    assert [unit for _, unit, _ in wrong] == units
    assert all(text.startswith(why) for _, _, text in wrong)
    assert tally.counts.sum() == 0


def test_a_list_longer_than_the_table_is_told_how_long_the_table_is():
    ballots = [ballot("甲", {0: "1", 1: "2", 2: "3", 3: "4"})]
    _, wrong = counted(RANKED, ballots, units=4, 甲={0, 1, 2, 3})
    assert wrong == [("甲", 3, "名次分值表只有 3 个名次，没有第 4 名；名单更长的，方案要写明其后各名的分值")]
    _, wrong = counted(SPREAD, [ballot("甲", {0: "1", 1: "9"})], units=5, 甲={0, 1})
    assert wrong == [("甲", 1, "最多排到第 5 名，没有第 9 名")]


def test_a_subject_off_the_list_is_refused():
    _, wrong = counted(RANKED, [ballot("甲", {0: "1", 1: "2"})], 甲={0})
    assert [(unit, text) for _, unit, text in wrong] == [(1, "不在这位投票人的对象名单里")]


def test_a_voter_without_a_list_has_no_subjects():
    _, wrong = counted(RANKED, [ballot("丙", {0: "1"})], 甲={0})
    assert wrong == [("丙", 0, "不在这位投票人的对象名单里")]


def test_r5_places_as_a_spreadsheet_writes_them():
    tally, wrong = counted(RANKED, [ballot("甲", {0: "1.0", 1: "2", 2: "3.00"})], 甲={0, 1, 2})
    assert wrong == []
    assert tally.counts[:, :3].tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    _, wrong = counted(RANKED, [ballot("甲", {0: "1.0", 1: "1"})], 甲={0, 1})
    assert [unit for _, unit, _ in wrong] == [0, 1]


@pytest.mark.parametrize(
    ("answer", "meant"), [("60", "60"), ("62.5", "62.5"), ("90", "90"), ("90.0", "90"), ("62.50", "62.5")]
)
def test_scores_within_the_range_and_on_a_step(answer, meant):
    tally, wrong = counted(SCORED, [ballot("甲", {0: answer})], units=1)
    assert wrong == []
    assert tally.counts.sum() == 1
    assert tally.answers[int(tally.counts[0].argmax())] == meant


@pytest.mark.parametrize("answer", ["59.5", "61", "92.5", "-60", "NaN", "Infinity", "1e400", "六十", "6０", "", "60分"])
def test_r5_any_other_score_is_refused(answer):
    _, wrong = counted(SCORED, [ballot("甲", {0: answer})], units=1)
    assert len(wrong) == 1


def test_the_order_of_ballots_does_not_matter():
    ballots = [
        ballot("甲", {0: "好", 1: "差", 2: "好"}),
        ballot("乙", {0: "好", 1: "好", 2: "不了解"}),
        ballot("丙", {0: "x"}),
    ]
    first, wrong = counted(TIERS, ballots)
    second, _ = counted(TIERS, ballots[::-1])
    assert first.counts.tolist() == second.counts.tolist()
    assert wrong[0][0] == "丙"


def test_w4_a_unit_that_only_its_own_member_has_on_his_list_is_on_nobodys():
    tally, wrong = counted(RANKED, [ballot("甲", {1: "1"}, own=0)], 3, 甲={0, 1})
    assert wrong == []
    assert tally.listed.tolist() == [False, True, False]
    assert tally.counts[1, 0] == 1


LIMITED = (
    "{voters: 人, secrecy: signed, not_counted: [不了解], limits: {好: %s, 中: 3}, %s"
    " method: {tiers: {好: 100, 中: 80, 差: 60}}}"
)


def five(answers: str, own: int | None = None) -> Ballot:
    return ballot("甲", dict(enumerate(answers.split())), own)


@pytest.mark.parametrize(
    ("limit", "rounding", "answers", "most"),
    [
        ("2", "", "好 好 中 中 中", None),
        ("2", "", "好 好 好 中 中", 2),
        ("1", "", "好 好 中 不了解 不了解", 1),
        ("30%", "limit_rounding: down,", "好 好 中 中 中", 1),  # 30 % of 5 = 1.5
        ("30%", "limit_rounding: half_up,", "好 好 中 中 中", None),
        ("30%", "limit_rounding: half_up,", "好 好 好 中 中", 2),
        ("25%", "limit_rounding: up,", "好 好 中 中 中", None),  # 1.25
        ("25%", "limit_rounding: half_up,", "好 好 中 中 中", 1),
    ],
)
@pytest.mark.parametrize("consequence", ["refuse", "void"])
def test_w4_a_ballot_that_breaks_a_limit_is_refused_or_void_as_said(limit, rounding, answers, most, consequence):
    found = cast(LIMITED % (limit, f"over_limit: {consequence}, {rounding}"), [five(answers)], 5)
    if most is None:
        assert (found.wrong, found.void) == ([], [])
        assert found.tally.counts[:, :4].sum() == 5
        return
    said = f"“好”给了 {answers.split().count('好')} 个，5 个对象最多给 {most} 个"
    if consequence == "refuse":
        assert [(fault.unit, fault.what.zh) for fault in found.wrong] == [(0, said)]
        assert found.tally.counts.sum() == 0
    else:
        assert found.wrong == []
        assert [(voter, why.zh) for voter, why in found.void] == [("甲", said)]
        assert found.tally.counts.tolist() == [[0, 0, 0, 0, 1]] * 5  # 无效


def test_w4_a_share_is_of_the_subjects_of_the_ballot():
    panel = LIMITED % ("50%", "over_limit: void, limit_rounding: down,")
    # five units, his own left out: 50 % of 4 = 2
    assert cast(panel, [ballot("甲", {1: "好", 2: "好", 3: "中", 4: "中"}, own=0)], 5).void == []
    [(_, why)] = cast(panel, [ballot("甲", {1: "好", 2: "好", 3: "好", 4: "中"}, own=0)], 5).void
    assert why.en == '"好" is given to 3 of 4 subjects, at most 2 are allowed'


SAME = "{voters: 人, secrecy: signed, all_same: %s, not_counted: [不了解], method: {tiers: {好: 100, 差: 60}}}"


def test_w4_a_ballot_that_gives_everyone_the_same_is_refused_void_or_allowed():
    alike = [ballot("甲", {0: "好", 1: "好", 2: "好"})]
    assert cast(SAME % "allow", alike).tally.counts[:, 0].tolist() == [1, 1, 1]
    refused = cast(SAME % "refuse", alike)
    assert [fault.what.zh for fault in refused.wrong] == ["3 个对象都是“好”"]
    assert refused.tally.counts.sum() == 0
    void = cast(SAME % "void", alike)
    assert (void.wrong, [why.zh for _, why in void.void]) == ([], ["3 个对象都是“好”"])
    assert void.tally.counts.tolist() == [[0, 0, 0, 1]] * 3


@pytest.mark.parametrize(
    "answers",
    [
        {0: "好", 1: "好", 2: "差"},
        {0: "好", 1: "好", 2: "不了解"},
        {0: "不了解", 1: "不了解", 2: "不了解"},  # says nothing, not the same
    ],
)
def test_w4_a_ballot_with_any_difference_counts(answers):
    assert cast(SAME % "void", [ballot("甲", answers)]).void == []


def test_w4_a_ballot_on_one_subject_cannot_but_give_everyone_the_same():
    assert cast(SAME % "refuse", [ballot("甲", {0: "好"})], units=1).wrong == []


NOTED = "{voters: 人, secrecy: signed, method: {score: {from: 60, to: 100, step: 1, note_outside: {from: 70, to: 95}}}}"


@pytest.mark.parametrize(("answer", "needed"), [("70", False), ("95", False), ("69", True), ("96", True), ("60", True)])
def test_points_outside_a_range_need_a_note(answer, needed):
    tally, wrong = counted(NOTED, [ballot("甲", {0: answer})], units=1)
    assert bool(wrong) == needed
    assert tally.counts.sum() == (not needed)
    if needed:
        assert wrong == [("甲", 0, f"{answer} 分不在 70 至 95 分之间，要写明理由（说明）")]
    assert counted(NOTED, [ballot("甲", {0: answer}, noted="0")], units=1)[1] == []


SPREAD = (
    "{voters: 人, secrecy: signed, subjects: in_charge, not_counted: [不了解],"
    " method: {ranking: {points: [100, 90, 60], unequal_lists: spread}}}"
)


def test_a_spread_ranking_counts_each_place_with_the_length_of_its_list():
    lists = {"甲": {0, 1, 2, 3, 4}, "乙": {0, 1}, "丙": {0}}
    ballots = [
        ballot("甲", {0: "1", 1: "2", 2: "3", 3: "4", 4: "5"}),
        ballot("乙", {0: "2", 1: "1"}),
        ballot("丙", {0: "1"}),
    ]
    tally, wrong = counted(SPREAD, ballots, units=5, **lists)
    assert wrong == []
    of_unit = [{answer: n for answer, n in zip(tally.answers, row, strict=True) if n} for row in tally.counts.tolist()]
    assert of_unit == [{"1/5": 1, "2/2": 1, "1/1": 1}, {"2/5": 1, "1/2": 1}, {"3/5": 1}, {"4/5": 1}, {"5/5": 1}]


def test_in_a_spread_ranking_who_is_not_known_is_not_ranked():
    tally, wrong = counted(SPREAD, [ballot("甲", {0: "2", 1: "不了解", 2: "1"})], 甲={0, 1, 2})
    assert wrong == []
    assert [tally.answers[int(row.argmax())] for row in tally.counts] == ["2/2", "不了解", "1/2"]
    _, wrong = counted(SPREAD, [ballot("甲", {0: "1", 1: "不了解", 2: "3"})], 甲={0, 1, 2})
    assert wrong == [("甲", 2, "只有 2 个对象，没有第 3 名")]


ASKED = (
    "{voters: 人, secrecy: signed, not_counted: [不了解], all_same: void, method: {questionnaire:"
    " {items: [{code: a, name: 态度, weight: 60}, {code: b, name: 效率, weight: 40}], scale: {满意: 100, 一般: 60}}}}"
)


def test_a_questionnaire_has_an_answer_for_each_item():
    tally, wrong = counted(ASKED, [ballot("甲", {0: "a/满意 b/不了解", 1: "b/一般 a/一般"})], units=2)
    assert wrong == []
    assert tally.answers == ("a/满意", "a/一般", "b/满意", "b/一般", "a/不了解", "b/不了解", "无效")
    assert tally.counts.tolist() == [[1, 0, 0, 0, 0, 1, 0], [0, 1, 0, 1, 0, 0, 0]]


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ("a/满意", "这张票没有答“效率”"),
        ("a/满意 a/一般 b/满意", "同一张票上“态度”答了两次"),
        ("a/满意 b/很好", "没有“b/很好”这种评价"),
        ("满意 a/满意 b/满意", "没有“满意”这种评价"),
        ("a/满意 b/满意 b/不了解", "同一张票上“效率”答了两次"),
    ],
)
def test_a_questionnaire_answered_in_part_or_twice_is_refused(answers, why):
    tally, wrong = counted(ASKED, [ballot("甲", {0: answers, 1: "a/满意 b/一般"})], units=2)
    assert [unit for _, unit, _ in wrong] == [0]
    assert wrong[0][2].startswith(why)
    assert tally.counts.sum() == 0


def test_the_same_points_for_everyone_are_said_in_both_languages():
    panel = SCORED.replace("method", "all_same: refuse, method")
    [fault] = cast(panel, [ballot("甲", {0: "65", 1: "65.0"})], units=2).wrong
    assert (fault.what.zh, fault.what.en) == ("2 个对象都是“65 分”", 'all 2 subjects have "65"')


def test_a_questionnaire_that_answers_the_same_of_everyone_is_void():
    [(_, why)] = cast(ASKED, [ballot("甲", {0: "a/满意 b/一般", 1: "a/满意 b/一般"})], units=2).void
    assert why.zh == "2 个对象都是“态度满意、效率一般”"


def test_two_answers_on_one_unit_are_refused():
    _, wrong = counted(TIERS, [ballot("甲", {0: "好 差"})], units=1)
    assert wrong == [("甲", 0, "同一张票上评了两次")]
