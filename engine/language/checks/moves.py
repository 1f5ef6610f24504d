"""Vetoes and promotions: each with grounds, effects that change something, keys that go together."""

from __future__ import annotations

from collections.abc import Iterator

from engine.grammar.fields import damaged
from engine.language.checks.conditions import below_reach
from engine.language.checks.report import Report
from engine.language.grades import Promotion, Scale, ToGrade, Veto
from engine.language.scheme import EvaluationPlan
from engine.text import Text

_NO_GRADE = Text("没有等次“{name}”", 'there is no grade "{name}"')


def check(plan: EvaluationPlan, report: Report) -> None:
    """Check one evaluation."""
    for scale in (plan.written, *plan.written.also_graded):
        for block in scale.moves:
            _effect(block, scale, report)
        for veto in scale.veto:
            _veto(veto, scale, plan, report)
        for promotion in scale.promotion:
            _promotion(promotion, scale, report)
        zh, en = (
            "事由“{name}”写了两次（第 {first} 行已有）",
            'the ground "{name}" is there twice (first in line {first})',
        )
        report.repeated(_grounds(scale), zh, en)


def _grounds(scale: Scale) -> Iterator[tuple[str, int]]:
    for block in scale.moves:
        yield from ((ground, block.line("grounds", place)) for place, ground in enumerate(block.grounds))


def _effect(block: Veto | Promotion, scale: Scale, report: Report) -> None:
    effect = block.effect
    if not isinstance(effect, ToGrade) or scale.lost("grades") or any(grade.lost("name") for grade in scale.grades):
        return
    names = [grade.name for grade in scale.grades]
    if effect.to not in names:
        report.unknown(effect.line("to"), _NO_GRADE, effect.to, names)
    elif isinstance(block, Veto) and effect.to == names[0]:
        zh = "否决把等次定为最高的“{name}”，不起作用；请写较低的等次"
        report.add(effect.line("to"), zh, 'a veto to the best grade "{name}" changes nothing', name=effect.to)
    elif isinstance(block, Promotion) and effect.to == names[-1]:
        zh = "提档到最低等次“{name}”，不起作用；请写较高的等次"
        report.add(effect.line("to"), zh, 'a promotion to the lowest grade "{name}" changes nothing', name=effect.to)


def _veto(veto: Veto, scale: Scale, plan: EvaluationPlan, report: Report) -> None:
    if not veto.grounds and veto.when is None and not veto.lost("grounds", "when"):
        zh = "否决没有写事由（grounds），也没有写自动生效的条件（when）；请至少写一样"
        report.add(veto.line(), zh, "a veto has neither grounds nor when; write at least one of them")
    if veto.when is not None and veto.by == "decision":
        zh = "写了 when 的否决自动生效，请写 by: automatic；要经决定的，删去 when，把事由写进 grounds"
        en = "a veto with when takes effect by itself: say by: automatic, or name grounds instead of when"
        report.add(veto.line("when"), zh, en)
    if veto.when is not None and not damaged(veto.when):
        below_reach(veto.when, plan, report)
    if veto.refill and not _has_quota(scale):
        zh = "refill（名额递补）要有名额（quota）才有意义；请删去"
        report.add(veto.line("refill"), zh, "refill has no meaning where no grade has a quota; remove it")


def _promotion(promotion: Promotion, scale: Scale, report: Report) -> None:
    if promotion.inside_quota and not _has_quota(scale):
        zh = "inside_quota（占用名额）要有名额（quota）才有意义；请删去"
        report.add(promotion.line("inside_quota"), zh, "inside_quota has no meaning without a quota; remove it")
    if promotion.despite_veto and not scale.veto and not scale.lost("veto"):
        zh = "despite_veto 要有否决（veto）才有意义；请删去"
        report.add(promotion.line("despite_veto"), zh, "despite_veto has no meaning without veto; remove it")


def _has_quota(scale: Scale) -> bool:
    return scale.lost("grades") or any(grade.quota is not None or grade.lost("quota") for grade in scale.grades)
