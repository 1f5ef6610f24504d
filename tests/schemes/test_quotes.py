"""What a rule book `says` is printed as its own words: quoted with marks of omission, and never another's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.grammar.fields import Part
from engine.grammar.walk import inside
from tests.sample import plan_of

# Sentences of the documents that more than one `says` quotes, or quotes with something left out.
SENTENCES = {
    "zhangjiajie-2021/direct": (
        "对于没有按照时间节点推进同时又不主动说明报告的，对于擅自变换年终评估资料报送要求的单位，"
        "要严格按照相关规则要求予以扣分影响甚至降等影响。",
        {"node", "extra_demands"},
    ),
    "songyuan": (
        "评估组汇总基础工作评估、跟踪评估、自我评估、民主评估、共性工作目标评估和重点工作目标评估得分，并提供给市政府领导，"
        "分别请市政府领导对各县（区）政府和市政府工作部门全年工作进行综合评价，现场打分。",
        {"leaders"},
    ),
    "yiyang-2018": (
        "对绩效评估管理结果处于末位水平的单位责任人则采取约谈、诫勉谈话或调整岗位等惩罚措施。",
        {"talk"},
    ),
}


def said(scheme: str) -> Iterator[tuple[str, str]]:
    """Code and words of everything that a rule book quotes."""
    for part in inside(plan_of(scheme).written, Part):
        words = getattr(part, "says", None)
        if words:
            yield str(getattr(part, "code", "")), words


def quoted(words: str, sentence: str) -> bool:
    """Whether the pieces between marks of omission stand in the sentence, in this order."""
    at = 0
    for piece in words.split("……"):
        at = sentence.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True


@pytest.mark.parametrize("scheme", SENTENCES)
def test_what_is_left_out_of_a_sentence_is_marked(scheme: str):
    sentence, codes = SENTENCES[scheme]
    words = {code: words for code, words in said(scheme) if code in codes}
    assert words.keys() == codes
    assert {code: one for code, one in words.items() if not quoted(one, sentence)} == {}


def test_the_slogans_of_the_district_are_not_the_citys_words():
    assert not {"distinctive", "supporting"} & {code for code, _ in said("district-2022-1plus5/comprehensive")}


def test_who_is_served_reviews_first():
    panel = next(node.panel for node in plan_of("hongjiang-2010").sets[0].leaves() if node.code == "meeting")
    assert panel
    assert panel.voters.startswith("服务对象、")
