"""Parameters in sentences: every rule, measure, reference and method of voting says its own in both languages."""

from __future__ import annotations

import re

import pytest

from engine.panels.methods import METHODS
from engine.panels.panel import MethodChoice
from engine.rules.base import RULES
from engine.rules.measures import MEASURES
from engine.rules.references import REFERENCES
from engine.rules.wording import Words
from tests.engine.making import rule_of, yaml

WORDS = Words({"done": "完成数", "planned": "计划数"}, {"national": "全国平均"}, groups={"hills": "山区县"})
PLAIN_WORDS = Words({"done": "done", "planned": "planned"}, {"national": "the nation"}, groups={"hills": "the hills"})

SAID = {
    "judged": "评分人评定，0 分至满分，最多 2 位小数",
    "all_or_nothing": "达到要求得满分，否则得 0 分",
    "deduct: {nothing_from: 3, each: {a: {name: 甲, points: 0.2}, b: {name: 乙, points: 1, at_most: 2}}}": (
        "每发生一次扣：甲 0.2 分，乙 1 分（最多扣 2 分），扣完为止；合计达到 3 次即不得分"
    ),
    "deduct: {each: {a: {name: 甲, points: 0, nothing_from: 1}, b: {name: 乙, points: 0.5}}}": (
        "每发生一次扣：乙 0.5 分，扣完为止；甲达到 1 次即不得分"
    ),
    "add: {each: {a: {name: 甲, points: 2}, b: {name: 乙, points: 1, at_most: 2}}}": (
        "每发生一次得：甲 2 分，乙 1 分（最多 2 分）"
    ),
    "ratio: {to: target, nothing_below: 60%}": "实际值 ÷ 目标值 × 满分；低于 60% 不得分",
    "ratio: {to: stretch, less_is_better: true}": "越低越好：挑战值 ÷ 实际值 × 满分，实际值不大于 0 的得本项最高分",
    "ratio: {to: baseline, reference_not_positive: 100%}": "实际值 ÷ 基数 × 满分；基数不大于 0 的得满分的 100%",
    "ratio: {of: {fact: done}, to: {fact: planned}}": "完成数 ÷ 计划数 × 满分",
    "ratio: {of: {share: {part: done, whole: planned, of_nothing: 100%}}, to: 95%}": (
        "占比（完成数 ÷ 计划数；分母为 0 时按 100% 计）÷ 95% × 满分"
    ),
    "ratio: {of: {growth: {fact: done, from_zero: 4%}}, to: {series: national}}": (
        "完成数的增速（(本年 − 上年) ÷ 上年的绝对值；上年为 0 时按 4% 计）÷ 外部数据“全国平均” × 满分"
    ),
    "ratio: {to: {mean_of_years: 3}}": "实际值 ÷ 近3年平均值 × 满分",
    "ratio: {to: last_year}": "实际值 ÷ 上年值 × 满分",
    "ratio: {to: {median: {among: all}}}": "实际值 ÷ 全部单位中位数 × 满分",
    "ratio: {to: worst}": "实际值 ÷ 本类别最差值 × 满分",
    "base_steps: {to: mean, base: 2, step: 1, up: 0.1, down: 0.2, count: completed, at_least: 1, at_most: 3}": (
        "实际值与本类别平均值持平得 2 分；每高 1 加 0.1 分，每低 1 减 0.2 分（只计满步）；最低 1 分，最高 3 分"
    ),
    "base_steps: {to: 4, base: 2, step: 1, up: 0, down: 1, count: started, at_least: 0, at_most: 2,"
    " less_is_better: true}": (
        "实际值与 4 持平得 2 分；每低 1 加 0 分，每高 1 减 1 分（不足一步按一步计）；最低 0 分，最高 2 分"
    ),
    "step_table: {of: {share: {part: done, whole: planned}}, steps: [{from: 95%, points: 100%},"
    " {above: 85%, points: 80%}], otherwise: 0}": (
        "占比（完成数 ÷ 计划数）≥ 95% 得满分的 100%；> 85% 得满分的 80%；其余得 0 分"
    ),
    "step_table: {on: ratio, to: target, reference_not_positive: 3, steps: [{from: 1%, points: 5}], otherwise: 1}": (
        "实际值 ÷ 目标值 ≥ 1% 得 5 分；其余得 1 分；目标值不大于 0 的得 3 分"
    ),
    "step_table: {on: difference, to: best, steps: [{up_to: -3, points: 5}], otherwise: 1}": (
        "实际值 − 本类别最好值 ≤ -3 得 5 分；其余得 1 分"
    ),
    "step_table: {on: difference, to: best, less_is_better: true, steps: [{up_to: 3, points: 5}], otherwise: 1}": (
        "实际值 − 本类别最好值（越低越好）≤ 3 得 5 分；其余得 1 分"
    ),
    "efficacy: {base: 60%, all_equal: 80%}": (
        "功效系数法：实际值在本类别中比较，最好的得满分，最差的得满分的 60%，其余按比例；各单位相同的得满分的 80%"
    ),
    "share_of_best: {of: increment, best_not_positive: 0}": (
        "增量（本年 − 上年）÷ 本类别最好值 × 满分；最好值不大于 0 的得 0 分"
    ),
    "rank_table: {places: [100%, 8], last: [0, 1], overlap: from_above}": (
        "实际值在本类别中由高到低排名：第 1 名满分的 100%、第 2 名 8 分、倒数第 1 名 0 分、倒数第 2 名 1 分；"
        "其后各名同第 2 名；两头重叠的按正数名次"
    ),
    "formula: min(full, done ÷ planned × full) - if(actual.target >= 60%, 1, sqrt(2, 3))": (
        "取最小(满分，完成数 ÷ 计划数 × 满分) − 如果(目标值 ≥ 60%，1，平方根(2，3 位))"
    ),
    "formula: {points: 'round(done.last_year / best_all(done) * series.national, 1)', less_is_better: true}": (
        "四舍五入(完成数的上年值 ÷ 全部单位完成数的最好值 × 外部数据“全国平均”，1 位)；最好值、最差值按越低越好取"
    ),
    "fixed: 80%": "得满分的 80%",
    "interpolated: {of: {fact: done}, knots: [{at: 60, points: 0}, {at: 90, points: 100%}], below: hold, above: 0}": (
        "完成数 60 得 0 分、90 得满分的 100%；其间按直线计算；低于 60 的同 60；高于 90 的得 0 分"
    ),
    "interpolated: {on: ratio, to: target, knots: [{at: 50%, points: 0}, {at: 100%, points: 9}], below: 1,"
    " above: extend}": (
        "实际值 ÷ 目标值 50% 得 0 分、100% 得 9 分；其间按直线计算；低于 50% 的得 1 分；高于 100% 的沿直线延伸"
    ),
    "marginal_bands: {to: 50, base: 80%, step: 2, count: started, up: [{steps: 2, points: 1}, {steps: 3, points: 0.5},"
    " {points: 0.2}], down: [{points: 1}]}": (
        "实际值与 50 持平得满分的 80%；每 2 为一步（不足一步按一步计），分段计算；"
        "高的：前 2 步每步加 1 分，其后 3 步每步加 0.5 分，再往后每步加 0.2 分；低的：每步减 1 分"
    ),
    "rank_steps: {each: 2%, at_least: 3}": (
        "实际值在本类别中由高到低排名：第 1 名得满分，每后一名减满分的 2%，最低 3 分"
    ),
    "rank_linear: {among: {group: hills}, less_is_better: true, first: 100%, last: 6}": (
        "实际值在山区县中由低到高排名：第 1 名得满分的 100%，末名得 6 分，其间均匀递减；只有一个单位的得满分的 100%"
    ),
    "rank_change: {base: 5, up: 1, down: 0.5, no_place: 0}": (
        "实际值在本类别中由高到低排名，与上年名次相比：持平得 5 分，每进一名加 1 分，每退一名减 0.5 分；"
        "上年没有名次的得 0 分"
    ),
    "above_both: {to: [target, {mean: {among: all}}], points: 8, otherwise: 0}": (
        "实际值同时高于目标值和全部单位平均值的得 8 分，其余得 0 分"
    ),
    "above_both: {less_is_better: true, to: [target, last_year], rate: {step: 2, each: 0.5, count: completed},"
    " otherwise: 1}": ("实际值同时低于目标值和上年值的，比其中最低者每低于 2 得 0.5 分（只计满步）；其余得 1 分"),
    "gate: {if: {of: {fact: done}, on: ratio, to: target, from: 100%}, then: {ratio: {to: {mean: {among: passed}}}},"
    " else: judged}": (
        "完成数 ÷ 目标值 ≥ 100% 的：实际值 ÷ 本类别达到条件的单位平均值 × 满分；"
        "其余的：评分人评定，0 分至满分，最多 2 位小数"
    ),
    "composite: {parts: [{name: 量, share: 40%, rule: judged}, {name: 质, share: 60%, rule: all_or_nothing}]}": (
        "量（占 40%）：评分人评定，0 分至满分，最多 2 位小数；质（占 60%）：达到要求得满分，否则得 0 分"
    ),
}


@pytest.mark.parametrize(("text", "said"), SAID.items(), ids=range(len(SAID)))
def test_a_rule_says_its_parameters(text: str, said: str):
    assert rule_of(text).in_words(WORDS).zh == said


@pytest.mark.parametrize("text", SAID)
def test_in_english_it_says_them_too(text: str):
    named = re.sub("[甲乙量质]", "kind", text)
    english = rule_of(named).in_words(PLAIN_WORDS).en
    assert english
    assert not re.search(r"[\u3000-\u9fff\uff00-\uffef{}“”]", english)


def test_a_unit_that_scores_itself_is_not_judged_by_anybody():
    assert rule_of("judged").in_words(Words(by_self=True)).zh.startswith("自评，")


def test_what_goes_below_zero_is_not_said_to_end_there():
    text = "deduct: {each: {a: {name: 甲, points: 1}}}"
    assert "扣完为止" not in rule_of(text).in_words(Words(to_zero=False)).zh


@pytest.mark.parametrize("family", [RULES, MEASURES, REFERENCES], ids=lambda family: family.name.en)
def test_every_member_of_a_family_is_among_these(family):
    told = " ".join(SAID)
    unsaid = {"constant": "to: 4", "fact": "{fact:"}
    assert [word for word in family.kinds if unsaid.get(word, word) not in told] == []


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("tiers: {好: 100, 一般: 80}", "分档评价：好 100 分、一般 80 分", "put in a tier: 好 100, 一般 80"),
        (
            "ranking: {points: [100, 98], unequal_lists: same_points}",
            "排名：第 1 名 100 分、第 2 名 98 分；名单长短不同的，同一名次分值相同",
            "ranked: place 1 100, place 2 98; a place has the same points however long the list",
        ),
        (
            "score: {from: 0, to: 10, step: 0.5}",
            "打分：0 至 10 分，每 0.5 分一档",
            "points from 0 to 10 by steps of 0.5",
        ),
        (
            "score: {from: 60, to: 100, step: 1, note_outside: {from: 70, to: 95}}",
            "打分：60 至 100 分，每 1 分一档；70 至 95 分以外的要写明理由",
            "points from 60 to 100 by steps of 1; with a reason outside 70 to 95",
        ),
        (
            "ranking: {points: [100, 98], unequal_lists: spread}",
            "排名：第 1 名 100 分、第 2 名 98 分；名单长短不同的，都按首尾对齐折合成 2 名：第一名同第一名，"
            "末名同第 2 名，其间均匀分布",
            "ranked: place 1 100, place 2 98; a list of another length is spread over 2 places: "
            "its first at the first, its last at the last",
        ),
        (
            "questionnaire: {items: [{code: a, name: 态度, weight: 60}, {code: b, name: 效率, weight: 40}],"
            " scale: {满意: 100, 一般: 60}}",
            "问卷：态度（权重 60）、效率（权重 40）；满意 100 分、一般 60 分；"
            "每题先平均，再按权重合计，没有人回答的题不计",
            "questionnaire: 态度 (weight 60), 效率 (weight 40); 满意 100, 一般 60; "
            "the mean of each item, then by weight; an item without answers drops out",
        ),
    ],
)
def test_a_method_of_voting_says_what_an_answer_is_worth(text: str, zh: str, en: str):
    method = MethodChoice.model_validate(yaml(text)).chosen
    assert method.word in METHODS.kinds
    assert (method.in_words().zh, method.in_words().en) == (zh, en)
