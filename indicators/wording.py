"""The parameters of a scheme in sentences, as the head of a unit would read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import TypeVar

from engine.grammar.fields import EVERY, FULL_MARKS, Marks
from engine.grammar.places import Places
from engine.language.conditions import Condition, NodeReached, OtherGrade
from engine.language.grades import AlsoGraded, Grade, Promotion, Quota, ToGrade, Veto
from engine.language.model import Evaluation, Factor
from engine.language.scheme import EvaluationPlan, Indicator, IndicatorSetPlan
from engine.language.slots import Slots
from engine.language.uses import Band, Distribute, Repeat, Use, WeightByGrade, WeightByNode, WeightByRank
from engine.panels.panel import Panel
from engine.rules.among import NAMES
from engine.rules.wording import NOTHING, Words, in_brackets, joined, listed, marks_said, tight
from engine.show import percent, show
from engine.text import Text

N = TypeVar("N", Decimal, int)

NOT_APPLICABLE = {
    "renormalise": Text("不计，其余指标按比例放大", "left out, and the rest scaled up"),
    "mean": Text("按同类单位得分的平均计", "the mean of the category's points"),
    "full": Text("按满分计", "full marks"),
    "refuse": Text("不得报不涉及，报了即停止计分", "may not be reported: it stops the scoring"),
}
MISSING = {
    "block": Text("停止计分，逐个指出", "stops the scoring, each of them named"),
    "zero": Text("计 0 分", "0 points"),
    "mean": NOT_APPLICABLE["mean"],
}
NOT_DRAWN = {
    "renormalise": NOT_APPLICABLE["renormalise"],
    "mean": Text("按抽中单位得分的平均计", "the mean of those drawn"),
}
_ROUNDING = {
    "half_up": Text("四舍五入", "rounded half up"),
    "down": Text("只舍不入", "rounded down"),
    "up": Text("只入不舍", "rounded up"),
}
_COUNT = Text(" {n} 个", "{n}")
_BALLOT = {"refuse": Text("退回", "is refused"), "void": Text("作废", "is void")}
_ROLL_UPS = {
    "sum": Text("下级得分相加", "what is below it, added up"),
    "mean": Text("下级得分率的平均 × 满分", "the mean of the shares below × full marks"),
    "minimum": Text("下级得分率中最低的 × 满分", "the lowest share below × full marks"),
    "maximum": Text("下级得分率中最高的 × 满分", "the highest share below × full marks"),
    "geometric_mean": Text("下级得分率的几何平均 × 满分", "the geometric mean of the shares below × full marks"),
}
_WEIGHTED = Text("下级得分按权重折算后相加", "what is below it, converted by weight and added up")
_TAKES = {
    "mean": Text("每期按满分计，取平均", "each out of full marks, the mean counts"),
    "sum": Text("满分平分到各期，相加", "each out of its part of the full marks, added up"),
    "best": Text("每期按满分计，取最高的一期", "each out of full marks, the best counts"),
    "last": Text("每期按满分计，取最后一期", "each out of full marks, the last counts"),
    "pooled": Text("各期数据合计后计一次分", "the figures of all of them added up, scored once"),
}
_ON = {
    "half_up": Text("按四舍五入后的总分", "on the rounded total"),
    "down": Text("按舍去尾数后的总分", "on the total rounded down"),
    "up": Text("按尾数进一后的总分", "on the total rounded up"),
    "unrounded": Text("按未取舍的总分", "on the unrounded total"),
}
_TIES = {
    "competition": Text("同分并列，后面的名次空出（1、2、2、4）", "equal totals share a place (1, 2, 2, 4)"),
    "dense": Text("同分并列，后面的名次不空（1、2、2、3）", "equal totals share a place (1, 2, 2, 3)"),
    "error": Text("不得并列", "no ties allowed"),
}
_AT_THE_CUT = {
    "all_in": Text("末位并列的都算", "those level at the cut are all in"),
    "all_out": Text("末位并列的都不算", "those level at the cut are all out"),
}
_STILL_LEVEL = {"all_in": Text("都算", "those still level are all in"), "all_out": Text("都不算", "all out")}
_BY = {"decision": Text("由有权机关决定", "once decided"), "automatic": Text("自动生效", "by itself")}
_EFFECTS = {
    "down_one": Text("降低一个等次", "one grade down"),
    "bar_from_top": Text("不得评为最高等次", "barred from the best grade"),
    "lowest": Text("定为最低等次", "the lowest grade"),
    "not_graded": Text("不定等次", "not graded"),
    "up_one": Text("提高一个等次", "one grade up"),
    "top": Text("定为最高等次", "the best grade"),
}
_SECRECY = {"signed": Text("记名", "signed"), "anonymous": Text("无记名", "anonymous")}
_SUBJECTS = {
    "all": Text("评全部单位", "on all units"),
    "in_charge": Text("评各自分管的单位", "on the units in their charge"),
}
_TOO_FEW = {
    "block": Text("不足时停止计分", "fewer stop the scoring"),
    "drop": Text("不足时不计", "with fewer it is left out"),
    "mean": Text("不足时按同类单位得分的平均计", "with fewer the mean of the category's points counts"),
}
_NO_BALLOTS = {
    "block": Text("一票也没有时停止计分", "none at all stops the scoring"),
    "drop": Text("一票也没有时不计", "with none at all it is left out"),
}


def places_said(places: Places, way_too: bool) -> Text:
    """`2 位小数`, with the way of rounding or without; or not rounded."""
    if places.digits is None:
        return Text("不取舍", "unrounded")
    said = Text("{n} 位小数", "{n} place" if places.digits == 1 else "{n} places").format(n=places.digits)
    return joined([said, in_brackets(_ROUNDING[places.way])], "", "") if way_too else said


def rounding_said(evaluation: Evaluation) -> Text:
    """The rounding points of an evaluation."""
    points = evaluation.rounding
    named = {
        Text("末级指标", "leaf"): points.leaf,
        Text("上级指标", "node above"): points.node,
        Text("测评", "panel"): points.panel,
        Text("总分", "total"): points.total,
    }
    usual = all(places.way == "half_up" for places in named.values())
    each = listed(joined([name, places_said(places, not usual)], " ", " ") for name, places in named.items())
    return Text("四舍五入：{each}", "half up: {each}").format(each=each) if usual else each


def ranking_said(evaluation: Evaluation, names: Mapping[str, str]) -> Text:
    """On which total, and what equal totals get; `names` by code of indicator."""
    ranking = evaluation.ranking
    on = evaluation.rounding.total.way if ranking.on == "rounded" else ranking.on
    said = [_ON[on], _TIES[ranking.ties]]
    if ranking.break_ties_by:
        text = Text("同分的依次比：{names}", "equal totals are told apart by {names}")
        said.insert(1, text.format(names=listed(names.get(code, code) for code in ranking.break_ties_by)))
    return joined(said)


def grade_said(grade: Grade, last: bool, plan: EvaluationPlan, total: bool = True) -> Text:
    """Line, quota and conditions of a grade, of the total or of an indicator."""
    if last:
        return Text("其余", "the rest")
    said = []
    if grade.from_ is not None:
        text = Text("总分达到{line}" if total else "得分达到{line}", "from {line} on")
        said.append(text.format(line=marks_said(grade.from_)))
    if grade.below is not None:
        said.append(Text("不足{line}", "below {line}").format(line=marks_said(grade.below)))
    quota = _quota_said(grade.quota, plan) if grade.quota else NOTHING
    return joined([joined(said, "、", ", "), quota, conditions_said(grade.only_if, plan)])


def names_of(plan: EvaluationPlan) -> dict[str, str]:
    """The names of all indicators by code."""
    return {node.code: node.name for one in plan.sets for node in one.walk()}


def conditions_said(conditions: tuple[Condition, ...] | None, plan: EvaluationPlan) -> Text:
    """What must be met; nothing without conditions."""
    said = listed(_condition_said(condition, plan) for condition in conditions or ())
    return Text("条件：{said}", "if {said}").format(said=said) if said.zh else NOTHING


def _condition_said(condition: Condition, plan: EvaluationPlan) -> Text:
    if isinstance(condition, NodeReached):
        text = Text("“{name}”达到{marks}", '"{name}" has {marks}')
        return text.format(
            name=names_of(plan).get(condition.node, condition.node), marks=marks_said(condition.at_least)
        )
    if isinstance(condition, OtherGrade):
        text = Text("“{name}”为“{grade}”或更好", '"{name}" is "{grade}" or better')
        return text.format(name=plan.written.special[condition.evaluation].name, grade=condition.grade)
    return Text("没有一票否决", "there is no veto")


def _quota_said(quota: Quota, plan: EvaluationPlan) -> Text:
    shared = Text("名额为每类单位数的 {share}", "for {share} of the units of each category")
    numbered = Text("名额每类 {n} 个", "for {n} units of each category")
    if quota.share is not None:
        said = [shared.format(share=_each(quota.share, percent, plan)), _ROUNDING[quota.rounding or "down"]]
    else:
        said = [numbered.format(n=_each(quota.number or {}, show, plan))]
    least = Text("至少 {n} 个", "at least {n}").format(n=quota.at_least)
    ties = _AT_THE_CUT["all_in" if quota.all_in else "all_out"]
    if quota.break_by:
        names = names_of(plan)
        text = Text("末位并列的依次比{names}，还相同的{rest}", "those level at the cut compared by {names}; {rest}")
        still = _STILL_LEVEL["all_in" if quota.all_in else "all_out"]
        ties = text.format(names=listed(names.get(code, code) for code in quota.break_by), rest=still)
    return joined([*said, least if quota.at_least else NOTHING, ties], "，", ", ")


def _each(stated: Mapping[str, N], shown: Callable[[N], str], plan: EvaluationPlan) -> Text:
    """One figure for all categories, or each with its name."""
    if EVERY in stated:
        return _as_it_is(shown(stated[EVERY]))
    titles = {code: title for one in plan.sets for code, title in one.categories.items()}
    return listed(f"{titles.get(code, code)} {shown(value)}" for code, value in stated.items())


def move_said(block: Veto | Promotion, plan: EvaluationPlan) -> Text:
    """What moves a grade, and on which grounds."""
    grounds = list(map(_as_it_is, block.grounds))
    flags = []
    if isinstance(block, Veto):
        if block.when is not None:
            text = Text("“{name}”不足{marks}", '"{name}" below {marks}')
            name = names_of(plan).get(block.when.node, block.when.node)
            grounds.append(text.format(name=name, marks=marks_said(block.when.below)))
        flags = [Text("空出的名额递补", "the freed place goes to the next")] if block.refill else []
    else:
        flags += [Text("占用名额", "inside the quota")] if block.inside_quota else []
        flags += [Text("有否决也生效", "despite a veto")] if block.despite_veto else []
    text = Text("{effect}，{by}：{grounds}", "{effect}, {by}: {grounds}")
    said = text.format(effect=_effect_said(block), by=_BY[block.by], grounds=joined(grounds))
    return joined([said, *flags])


def _effect_said(block: Veto | Promotion) -> Text:
    if isinstance(block.effect, ToGrade):
        return Text("定为“{grade}”", 'the grade "{grade}"').format(grade=block.effect.to)
    return _EFFECTS[block.effect]


def also_said(scale: AlsoGraded, plan: EvaluationPlan) -> Text:
    """A second grade: on what, its grades and what moves them."""
    on = Text("按总分", "on the total")
    if scale.on != "total":
        on = Text("按“{name}”", 'on "{name}"').format(name=names_of(plan).get(scale.on, scale.on))
    named = Text("{name}（{said}）", "{name} ({said})")
    last = len(scale.grades) - 1
    grades = listed(
        named.format(name=grade.name, said=grade_said(grade, number == last, plan, scale.on == "total"))
        for number, grade in enumerate(scale.grades)
    )
    return joined([on, grades, *(move_said(block, plan) for block in scale.moves)])


def use_said(use: Use, plan: EvaluationPlan) -> Text:
    """What a result brings."""
    said: list[Text] = []
    if use.only_for is not None:
        names = {one.code: one.name for one in plan.sets}
        said.append(Text("限{name}", "only for {name}").format(name=names.get(use.only_for, use.only_for)))
    gives = Text("{who}：{gift}", "{who}: {gift}")
    said += [gives.format(who=grade, gift=gift) for grade, gift in (use.by_grade or {}).items()]
    said += [gives.format(who=_band_said(band), gift=band.gives) for band in use.by_rank or ()]
    if use.of is not None and use.rounding is not None:
        text = Text("按比例乘人数，{how}取整到人", "of the headcount, in whole persons, {how}")
        said.append(text.format(how=_ROUNDING[use.rounding]))
    if use.by_rise is not None:
        text = Text("{what}比上年上升最多的{size}：{gift}", "those who gained most {what}, {size}: {gift}")
        what = Text("名次", "places") if use.by_rise.on == "place" else Text("总分", "points")
        said.append(text.format(what=what, size=_size_said(use.by_rise), gift=use.by_rise.gives))
    if use.by_repeat is not None:
        said.append(_repeat_said(use.by_repeat))
    if use.by_score is not None:
        text = Text("总分 × {each}{heads}", "total × {each}{heads}")
        said.append(text.format(each=show(use.by_score.each), heads=_heads(use.by_score.times)))
    if use.distribute is not None:
        said.append(_distribute_said(use.distribute, plan))
    if use.otherwise is not None:
        said.append(gives.format(who=Text("其余", "the others"), gift=use.otherwise))
    return joined([*said, _as_it_is(use.says or "")])


def _heads(times: str | None) -> Text:
    return Text(" × 人数", " × headcount") if times else NOTHING


def _repeat_said(repeat: Repeat) -> Text:
    if repeat.grade is not None:
        text = Text("今年、上年都是“{grade}”：{gift}", '"{grade}" this year and last: {gift}')
        return text.format(grade=repeat.grade, gift=repeat.gives)
    text = Text("今年、上年都在每类后 {n} 名：{gift}", "among the last {n} of the category this year and last: {gift}")
    return text.format(n=repeat.last, gift=repeat.gives)


def _distribute_said(rule: Distribute, plan: EvaluationPlan) -> Text:
    weights = Text("{who} {weight}", "{who} {weight}")
    by = Text("加分", "bonus") if rule.by == "bonus" else Text("总分", "total")
    if isinstance(rule.by, WeightByGrade):
        each = listed(weights.format(who=grade, weight=show(weight)) for grade, weight in rule.by.grade.items())
        by = Text("等次系数（{each}）", "the weight of the grade ({each})").format(each=each)
    elif isinstance(rule.by, WeightByRank):
        bands = [weights.format(who=_band_said(band), weight=band.gives) for band in rule.by.rank]
        others = Text("其余 {weight}", "others {weight}").format(weight=show(rule.by.otherwise or 0))
        by = Text("名次系数（{each}）", "the weight of the place ({each})").format(each=listed([*bands, others]))
    elif isinstance(rule.by, WeightByNode):
        name = names_of(plan).get(rule.by.node, rule.by.node)
        by = Text("“{name}”得分", 'the score in "{name}"').format(name=name)
    text = Text("奖金总额“{pool}”按{by}{heads}分到单位", 'the pool "{pool}" by {by}{heads} among the units')
    persons = Text("再按系数分到人", "then among the persons of each by coefficient")
    said = text.format(pool=rule.pool, by=by, heads=_heads(rule.times))
    return joined([said, persons if rule.persons else NOTHING, Text("最大余数法取到分", "to the cent")], "，", ", ")


def _band_said(band: Band) -> Text:
    end = Text("每类前{size}", "the first {size} of each category")
    if band.first is None:
        end = Text("每类后{size}", "the last {size} of each category")
    return end.format(size=_size_said(band))


def _size_said(band: Band) -> Text:
    size: Marks = band.first or band.last or Marks(Decimal(0))
    if not size.relative:
        return Text(" {n} 名", "{n}").format(n=show(size.amount))
    text = Text(" {share}（{how}）", "{share} ({how})")
    return text.format(share=percent(size.amount), how=_ROUNDING[band.rounding or "down"])


def scored_said(node: Indicator, evaluation: Evaluation) -> Text:
    """How a node is scored: its rule, its list, its panel, or what is below it; then what it has of its own."""
    slots = slots_said(node.slots) if node.slots else NOTHING
    return joined([_rule_said(node, evaluation), slots, *_limits_said(node), *_ways_said(node, evaluation)])


def slots_said(slots: Slots) -> Text:
    """Who assesses with which share, or which periods and what they make together."""
    if not slots.by_assessor:
        return Text("按{first}至{last}分期，{take}", "by period, {first} to {last}, {take}").format(
            first=slots.names[0], last=slots.names[-1], take=_TAKES[slots.take]
        )
    if len(set(slots.shares)) == 1:
        text = Text("{names}分别评分，取平均", "assessed by {names}, the mean counts")
        return text.format(names=listed(slots.names))
    each = [f"{name} {percent(share)}" for name, share in zip(slots.names, slots.shares, strict=True)]
    text = Text("{each}分别评分，按比例相加", "assessed by {each}, added up by share")
    return text.format(each=listed(each))


def _rule_said(node: Indicator, evaluation: Evaluation) -> Text:
    to_zero = node.floor is not None and node.floor.amount == 0
    facts = {code: fact.name for code, fact in node.facts.items()}
    groups = {code: group.name for code, group in evaluation.groups.items()}
    words = Words(facts, evaluation.series, node.self_scored, to_zero, groups)
    if node.rule is not None:
        return node.rule.in_words(words)
    if node.panel is not None:
        return _panel_said(node.panel)
    if node.special:
        text = Text("“{name}”的总分按满分折算", 'the total of "{name}", converted to these full marks')
        return text.format(name=evaluation.special[node.special].name)
    if node.own is not None:
        rules = Text("“{name}”：{rule}", '"{name}": {rule}')
        each = joined(rules.format(name=name, rule=rule.in_words(words)) for name, rule in node.own.rules.items())
        text = Text("各单位自定指标，逐项计分后相加。{each}", "each unit's own indicators, scored and added up. {each}")
        return text.format(each=each)
    weighted = node.roll_up == "sum" and any(child.weight is not None for child in node.children)
    return _WEIGHTED if weighted else _ROLL_UPS[node.roll_up]


def _panel_said(panel: Panel) -> Text:
    who = Text("{voters}{secrecy}投票，{subjects}", "{voters} vote, {secrecy}, {subjects}")
    said = [who.format(voters=panel.voters, secrecy=_SECRECY[panel.secrecy], subjects=_SUBJECTS[panel.subjects])]
    said.append(panel.method.chosen.in_words())
    said += _checks_said(panel)
    said.append(panel.aggregate.chosen.in_words())
    if panel.scaled_to_best is not None:
        text = Text("以{among}最高分为满分折算", "scaled so that the best of {among} has full marks")
        said.append(text.format(among=NAMES[panel.scaled_to_best]))
    if panel.not_counted:
        text = Text("不计入：{answers}", "not counted: {answers}")
        said.append(text.format(answers=listed(panel.not_counted)))
    ballots = "ballot" if panel.minimum_ballots == 1 else "ballots"
    least = Text("有效票至少 {n} 张，{few}", f"at least {{n}} valid {ballots}, {{few}}")
    said.append(least.format(n=panel.minimum_ballots, few=_TOO_FEW[panel.below_minimum]))
    if panel.no_ballots != panel.below_minimum:
        said.append(_NO_BALLOTS[panel.no_ballots])
    return joined(said)


def _checks_said(panel: Panel) -> Iterator[Text]:
    """What a ballot must keep, and what happens to one that does not."""
    for tier, limit in (panel.limits or {}).items():
        most = _COUNT.format(n=show(limit.amount))
        if limit.relative:
            text = Text("对象的 {share}（{how}）", "{share} of the subjects ({how})")
            most = text.format(share=percent(limit.amount), how=_ROUNDING[panel.limit_rounding or "down"])
        text = Text("每票“{tier}”最多{most}", '"{tier}" at most {most} per ballot')
        yield tight(text.format(tier=tier, most=most))
    if panel.over_limit is not None:
        yield Text("超过限额的票{what}", "a ballot above a limit {what}").format(what=_BALLOT[panel.over_limit])
    if panel.all_same != "allow":
        yield Text("所有对象评得一样的票{what}", "a ballot that gives all the same {what}").format(
            what=_BALLOT[panel.all_same]
        )


def _limits_said(node: Indicator) -> Iterator[Text]:
    if node.factor is not None:
        yield Text("再乘{name}", "times the {name}").format(name=node.factor.name)
    if node.over is not None:
        text = Text(
            "超过满分的部分按 {rate} 记入加分，最多{most}", "beyond full marks {rate} is a bonus, at most {most}"
        )
        yield text.format(rate=percent(node.over.rate), most=marks_said(node.over.at_most))
    if node.cap is not None and (node.children or node.cap != FULL_MARKS):
        yield Text("最高{marks}", "at most {marks}").format(marks=marks_said(node.cap))
    if node.floor is not None and (node.children or node.floor.amount):
        yield Text("最低{marks}", "at least {marks}").format(marks=marks_said(node.floor))


def _ways_said(node: Indicator, evaluation: Evaluation) -> Iterator[Text]:
    """Rounding, and what happens without a figure, where a leaf differs from the evaluation."""
    points = evaluation.rounding
    usual = points.panel if node.panel else points.leaf if node.rule or node.special else points.node
    if node.rounding != usual:
        yield places_said(node.rounding, (usual.way, node.rounding.way) != ("half_up", "half_up"))
    if node.children:
        return
    ways = [
        (Text("不涉及的", "not applicable: "), NOT_APPLICABLE, node.not_applicable, evaluation.not_applicable),
        (Text("缺数据的", "missing: "), MISSING, node.missing, evaluation.missing),
        (Text("抽查未抽中的", "not drawn: "), NOT_DRAWN, node.not_drawn, None),
    ]
    for head, words, way, of_all in ways:
        if way is not None and way != of_all:
            yield joined([head, words[way]], "", "")


def collected_said(node: Indicator) -> Text:
    """Who reports the figures, and who does so for the collector itself."""
    if node.self_scored:
        return Text("被评估单位自评", "the unit itself")
    collectors = listed(dict.fromkeys(filter(None, node.collector.values())))
    if node.children or node.panel or not node.substitute:
        return collectors
    text = Text("（对采集单位自身：{who}）", " (on the collector itself: {who})")
    return joined([collectors, text.format(who=node.substitute)], "", "")


def factor_said(factor: Factor, categories: Mapping[str, str]) -> Text:
    """The values of a factor by category, or where they come from."""
    if factor.by_category is None:
        return Text("各单位的数见“系数”表", "each unit's value is on the sheet Factors")
    return listed(f"{categories.get(code, code)} {show(value)}" for code, value in factor.by_category.items())


def by_category_said(values: Mapping[str, Decimal] | None, one: IndicatorSetPlan) -> Text:
    """One number, or one for each category by name."""
    if values is None:
        return NOTHING
    if len(set(values.values())) == 1:
        return _as_it_is(show(next(iter(values.values()))))
    return listed(f"{one.categories[code]} {show(value)}" for code, value in values.items())


def marks_alone(marks: Marks) -> Text:
    """Points or a share of full marks, with nothing before them."""
    said = marks_said(marks)
    return Text(said.zh.strip(), said.en)


def _as_it_is(name: str) -> Text:
    return Text(name, name)
