"""Errors planted in `base.yaml`: what is changed, where the problem must be told, and what must be said."""

# ruff: noqa: E501  (one row of a table is one line)
from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

BASE = Path(__file__).with_name("base.yaml").read_text(encoding="utf-8")


class Planted(NamedTuple):
    """A change of the base scheme: `old` is replaced by `new`, once.

    The one problem stands in the first line that contains `at` beyond the text `after`; it says every one of `says`.
    """

    what: str
    old: str
    new: str
    at: str
    says: tuple[str, ...]
    after: str = ""

    @property
    def text(self) -> str:
        assert self.old in BASE, f"{self.old!r} is not in the base scheme"
        return BASE.replace(self.old, self.new, 1)

    @property
    def line(self) -> int:
        start = self.text.index(self.after) + len(self.after)
        return self.text.count("\n", 0, self.text.index(self.at, start)) + 1


def row(what: str, old: str, new: str, at: str, *says: str, after: str = "") -> Planted:
    return Planted(what, old, new, at, says, after)


def between(start: str, end: str) -> str:
    """A piece of the base scheme, from one text up to another."""
    return BASE[BASE.index(start) : BASE.index(end)]


ROUNDING = "    rounding: {leaf: 2, node: 2, panel: 2, total: 2}\n"
COLLECTORS = between("    collectors:\n", "    series:")
GRADES = between("    grades:\n", "    veto:")
TIERS = between("                tiers:\n", "              not_counted:")
RANKED = between("                ranking:\n", "    bonus:")
LEADERS = between("          - code: leaders\n", "          - code: peers")
PEERS = between("          - code: peers\n", "    bonus:")
WORK = between("      - code: work\n", "      - code: opinion")
REVENUE = between("          - code: revenue\n", "          - code: growth")
STEPS = between("              base_steps:\n", "          - code: revenue")
TABLE = between("              step_table:\n", "          - code: growth")
PARTS = between("              composite:\n", "      - code: work")
FACTS = between("            facts:\n", "            rule:\n              step_table")
HONOURS = "parts: {honours: {name: 荣誉, at_most: %s}}"
BONUS = between("    bonus:\n", "    deductions:")
DEDUCTIONS = between("    deductions:\n", "    ranking:\n      break")
USES = between("      - code: staff\n", "      - code: progress")
OUTPUT_FACT = "            fact: {name: 生产总值, measure: 亿元}\n"
SETS = between("    sets:\n", "    indicators:")
TREE = between("    collectors:\n", "    bonus:")
TO_TIES = between("      - code: work\n", "    grades:")
ONE_SET = """\
    collectors: [统计局]
    sets:
      counties: {name: 县区, categories: {county: 县级}}
      departments: {name: 部门, categories: {office: 机关类}}
    indicators:
      - {code: economy, name: 经济, full_marks: 100, collector: 统计局, for: {counties: {rule: judged}}}
"""
PARTED = """\
            by: self
            indicators:
              - {code: quality, name: 质量, full_marks: 20, rule: judged}
"""


def bonus(of_all: str = "", of_the_kind: str = "") -> str:
    """The bonus with further keys of its own and of its kind, the cap of the kind left out."""
    kind = "".join(f"          {key}\n" for key in of_the_kind.split(", ") if key)
    own = f"      {of_all}\n" if of_all else ""
    return BONUS.replace("          at_most: 4\n", kind).replace("      consents:\n", f"{own}      consents:\n")


NOT_A_NUMBER = "不是数；请用半角数字"
JUDGED = "            by: self\n            rule: judged\n"
OWN_JUDGED = "                评定: judged\n"
DEDUCT = "            by: self\n            rule: {deduct: {%s}}\n"
VOTE = "              method: {score: {from: %s, to: %s, step: %s}}\n              not_counted: [弃权]\n"
TO_REVENUE = between("    sets:\n", "            facts:\n              taxes")


def factored(values: str, code: str = "difficulty") -> str:
    """The base scheme up to revenue, with a factor of these values; revenue names the factor of a code."""
    head = TO_REVENUE.replace(
        "    sets:", f"    factors:\n      difficulty: {{name: 难度, by_category: {{{values}}}}}\n    sets:"
    )
    return head + (f"            factor: {code}\n" if code else "")


def slotted(keys: str) -> str:
    """Revenue with keys for its slots in place of its collector."""
    return REVENUE.replace("            collector: 财政局\n", f"            {keys}\n")


GATE = """\
              gate:
                if: {of: {fact: taxes}, %s}
                then: {%s}
                else: {formula: taxes ÷ income}
"""
OVER = REVENUE.replace("full_marks: 20\n", "full_marks: 20\n            over_fulfilment: {%s}\n").replace(
    TABLE, "              formula: taxes ÷ income × full\n"
)
TO_BONUS = between("          - code: revenue\n", "      highest_only: true\n      consents")
IN_A_MINIMUM = between("        substitute: 督查室\n", "      highest_only: true\n      consents")
STANDARDS = between("      standards:\n        - code: honours", "    deductions:")


def overfull(part: str, written: str, among: str = TO_BONUS) -> str:
    """The base scheme from revenue to the bonus, with a part written so and a bonus for over-fulfilment."""
    old = {"work": WORK, "revenue": REVENUE}[part]
    return among.replace(old, written).replace(
        "      at_most: 5\n", "      at_most: 5\n      over_fulfilment: {at_most: 4}\n"
    )


GRAMMAR = [
    row("unknown key", "scheme: base", "scheme: base\ncolour: red", "colour", "这里不认识“colour”"),
    row("misspelt key", "    not_applicable:", "    not_aplicable:", "not_aplicable", "不认识“not_aplicable”", "是不是“not_applicable”？"),
    row("misspelt required key", "    full_marks: 100\n    rounding", "    fullmarks: 100\n    rounding", "fullmarks", "是不是“full_marks”？"),
    row("misspelt optional key", "            full_marks: 20\n" + OUTPUT_FACT, "            full_mark: 20\n" + OUTPUT_FACT, "full_mark:", "是不是“full_marks”？"),
    row("misspelt collector", "        collector: 统计局", "        colector: 统计局", "colector", "是不是“collector”？"),
    row("key in a wrong place", "              secrecy: signed", "              secrecy: signed\n              weight: 3", "weight: 3", "“weight”不写在这里"),
    row("duplicate key", "title: 示例方案", "title: 示例方案\ntitle: 又一个", "title: 又一个", "“title”写了两次（第 3 行已有）"),
    row("missing key at the top", "title: 示例方案\n", "", "language", "缺少“title”"),
    row("missing key of an evaluation", ROUNDING, "", "  - code: annual", "缺少“rounding”"),
    row("missing rounding point", "panel: 2, ", "", "rounding:", "缺少“panel”"),
    row("missing grades", GRADES, "", "  - code: annual", "缺少“grades”"),
    row("missing collectors", COLLECTORS, "", "  - code: annual", "缺少“collectors”"),
    row("missing name of a set", "      counties:\n        name: 县区\n", "      counties:\n", "counties:", "缺少“name”"),
    row("missing code of an indicator", "          - code: output\n            name", "          - name", "- name: 生产总值", "缺少“code”"),
    row("missing name of an indicator", "      - code: work\n        name: 重点工作\n", "      - code: work\n", "code: work", "指标“work”没有写名称"),
    row("steps without a way of counting", "                count: proportional\n", "", "base_steps", "缺少“count”", "proportional（按比例）、completed（只计满步）或 started（不足一步按一步计）"),
    row("missing secrecy", "              secrecy: signed\n", "", "panel:", "缺少“secrecy”", after="领导测评"),
    row("wrong word of a few", "count: proportional", "count: whole", "count: whole", "“count”写成了“whole”，只能是 proportional、completed 或 started"),
    row("wrong language version", "language: 1", "language: 2", "language", "“language”写成了“2”，只能是 1"),
    row("number for text", "title: 年度评估", "title: 2018", "title: 2018", "“title”应是文字，写成了2018", "加引号"),
    row("text for a whole number", "              secrecy: signed\n", "              secrecy: signed\n              minimum_ballots: 三\n", "三", "“minimum_ballots”应是整数"),
    row("text for true or false", "      highest_only: true", "      highest_only: 是", "是\n", "“highest_only”只能是 true 或 false", after="bonus:"),
    row("bad code", "code: output", "code: 产值", "产值\n", "“code”写成了“产值”；代码只用小写英文字母、数字和下划线"),
    row("bad scheme code", "scheme: base", "scheme: my_base", "my_base", "小写英文字母、数字和连字符"),
    row("bad category code", "          county: 县级", "          County: 县级\n          county: 县", "County", "“categories”下的代码“County”不合要求"),
    row("full marks of zero for all", "    full_marks: 100\n    rounding", "    full_marks: 0\n    rounding", "full_marks: 0", "“full_marks”是 0，应大于 0"),
    row("negative points", "            国家级: 3", "            国家级: -3", "-3", "“国家级”是 -3，不应小于 0"),
    row("years beyond three", "to: {series: nation}", "to: {mean_of_years: 5}", "mean_of_years", "“years”是 5，不应大于 3"),
    row("empty list", "      grounds:\n        - 重大事故", "      grounds: []", "grounds: []", "“grounds”至少要有 1 项"),
    row("one grade", between("      - name: 良好", "    veto:"), "", "grades:", "“grades”至少要有 2 项"),
    row("for without sets", "code: leaders", "code: leaders\n            for: {}", "for: {}", "“for”至少要有 1 项"),
    row("empty name", "title: 示例方案", 'title: " "', "title:", "“title”不能为空"),
    row("empty name of a key", "            省级: 2\n", '            " ": 2\n', '" ": 2', "“levels”下有一个名称是空的或过长"),
    row("name beyond measure", "title: 示例方案", f"title: {'长' * 201}", "title:", "“title”过长，最多 200 字"),
    row("text for a block", "            rule: judged\n          departments", "            rule: judged\n          depts: 督查室\n          departments", "depts", "“depts”下面应分项写明"),
    row("text for an item", "      - code: progress\n", "      - 进步\n      - code: progress\n", "- 进步\n", "“use”的第 3 项应分项写明（键: 值），写成了进步"),
    row("text for a list", "      consents:\n        - 初审\n        - 审定\n", "      consents: 初审\n", "consents", "“consents”应是列表（每项以 - 开头）"),
    row("nothing after a key", "source: 示例文件", "source:", "source:", "“source”应是文字，写成了空"),
    row("unknown rule", "            rule: judged\n          departments", "            rule: guessed\n          departments", "guessed", "没有叫“guessed”的计分方法；可用的有：", "judged"),
    row("two rules at once", "评定: judged", "评定: {judged: {}, add: {}}", "评定", "只写一种计分方法"),
    row("unknown measure", "of: growth\n                to", "of: grwoth\n                to", "grwoth", "没有叫“grwoth”的取值", "growth"),
    row("unknown reference", "to: {series: nation}", "to: nation", "to: nation", "没有叫“nation”的参照", "series"),
    row("unknown method of voting", TIERS, TIERS.replace("tiers", "levels"), "method:", "没有叫“levels”的投票方法", "tiers"),
    row("percentage for a plain number", "      at_most: 5", "      at_most: 5%", "at_most: 5%", "“at_most”写成了“5%”；这里应是不带百分号的数"),
    row("number for a percentage", "share: 40%", "share: 0.4", "share: 0.4", "“share”写成了“0.4”；这里应是 0% 至 100% 的百分比"),
    row("percentage above 100", "{share: 30%", "{share: 130%", "130%", "“share”写成了“130%”；这里应是 0% 至 100%"),
    row("negative percentage", "{share: 30%", "{share: -30%", "-30%", "“share”写成了“-30%”"),
    row("places out of range in a block", "leaf: 2", "leaf: {places: 12, way: down}", "leaf: {", "“places”写成了“12”；小数位数应是 0 至 9 的整数"),
    row("unrounded in some way", "leaf: 2", "leaf: {places: none, way: down}", "leaf: {", "“places”写成了“none”；小数位数应是 0 至 9 的整数"),
    row("unknown way of rounding", "leaf: 2", "leaf: {places: 2, way: cut}", "leaf: {", "“way”写成了“cut”，只能是 half_up、down 或 up"),
    row("rounding in a block without its way", "leaf: 2", "leaf: {places: 2}", "leaf: {", "缺少“way”，请补上"),
    row("places out of range", "leaf: 2", "leaf: 12", "leaf: 12", "“leaf”写成了“12”；小数位数应是 0 至 9 的整数"),
    row("fact with too many decimals", "{name: 税收, measure: 万元}", "{name: 税收, measure: 万元, decimals: 30}", "decimals: 30", "“decimals”是 30，不应大于 9"),
    row("list for a gift", "          - first: 30%\n            gives: 上浮", "          - first: 30%\n            gives: [上浮]", "gives: [", "“gives”写成了“列表”；这里应是一个数、百分比或一句话"),
]  # fmt: skip

NUMBERS = [
    row("exponent", "                base: 15", "                base: 1e400", "1e400", "“base”写成了“1e400”", NOT_A_NUMBER),
    row("not a number", "                base: 15", "                base: .nan", ".nan", "“base”写成了“.nan”", NOT_A_NUMBER),
    row("infinity", "                base: 15", "                base: .inf", ".inf", "“base”写成了“.inf”", NOT_A_NUMBER),
    row("minus infinity", "                base: 15", "                base: -.inf", "-.inf", "“base”写成了“-.inf”", NOT_A_NUMBER),
    row("full-width digits", "                base: 15", "                base: １５", "１５", "“base”写成了“１５”", NOT_A_NUMBER),
    row("full-width after half-width", "                base: 15", "                base: 1５", "1５", "“base”写成了“1５”", NOT_A_NUMBER),
    row("full-width point", "                base: 15", "                base: ０.５", "０.５", "“base”写成了“０.５”", NOT_A_NUMBER),
    row("full-width minus", "                base: 15", "                base: －5", "－5", "“base”写成了“－5”", NOT_A_NUMBER),
    row("full-width percentage", "step: 1%", "step: １%", "１%", "“step”写成了“１%”", NOT_A_NUMBER),
    row("full-width per cent", "step: 1%", "step: 1％", "1％", "“step”写成了“1％”", NOT_A_NUMBER),
    row("comma", "                base: 15", '                base: "12,3"', "12,3", "“base”写成了“12,3”", NOT_A_NUMBER),
    row("thousands", "                base: 15", "                base: 1,500", "1,500", "“base”写成了“1,500”", NOT_A_NUMBER),
    row("underscore", "                base: 15", "                base: 1_5", "1_5", "“base”写成了“1_5”", NOT_A_NUMBER),
    row("plus sign", "                base: 15", "                base: +15", "+15", "“base”写成了“+15”", NOT_A_NUMBER),
    row("hexadecimal", "                base: 15", "                base: 0xF", "0xF", "“base”写成了“0xF”", NOT_A_NUMBER),
    row("leading zero", "                base: 15", "                base: 015", "015", "“base”写成了“015”", NOT_A_NUMBER),
    row("no leading zero", "                base: 15", "                base: .5", ".5", "“base”写成了“.5”", NOT_A_NUMBER),
    row("unit", "                base: 15", "                base: 15分", "15分", "“base”写成了“15分”", NOT_A_NUMBER),
    row("truth", "                base: 15", "                base: true", "base: true", "“base”写成了“true”", NOT_A_NUMBER),
    row("blank", "                base: 15", "                base:", "base:", "“base”写成了“空”", NOT_A_NUMBER, after="base_steps"),
    row("huge", "                base: 15", f"                base: {'9' * 30}", "999", "“base”的数 999", "过大"),
    row("endless digits", "                base: 15", f"                base: {'9' * 5000}", "999", "“base”写成了“999", NOT_A_NUMBER),
    row("many places", "                base: 15", "                base: 15.00000000001", "15.00000000001", "“base”的数 15.00000000001 小数位过多，最多 10 位"),
    row("zero target", "{ratio: {to: target}}", "{ratio: {to: 0}}", "to: 0", "规定值不大于 0，不能作除数"),
    row("negative target", "{ratio: {to: target}}", "{ratio: {to: -3}}", "to: -3", "规定值不大于 0，不能作除数"),
]  # fmt: skip

WEIGHTS = [
    row("weights above by 0.01", "weight: 60", "weight: 60.01", "indicators:", "“民主测评”下级指标的权重合计 100.01，应为 100", after="code: opinion"),
    row("weights below by 0.01", "weight: 40", "weight: 39.99", "indicators:", "“民主测评”下级指标的权重合计 99.99，应为 100", after="code: opinion"),
    row("shares of a composite off by 0.01", "share: 40%", "share: 40.01%", "parts:", "各部分合计 100.01%，应为 100%"),
    row("full marks off by 0.01", "name: 重点工作\n        full_marks: 20", "name: 重点工作\n        full_marks: 20.01", "full_marks: 100\n", "“年度评估”的满分是 100，下级指标满分合计 100.01"),
]  # fmt: skip

MARKS = [
    row("children do not add up", "name: 财政收入\n            full_marks: 20", "name: 财政收入\n            full_marks: 25", "full_marks: 60", "“经济发展”的满分是 60，下级指标满分合计 65，两者应相等"),
    row("do not add up in one category", "name: 财政收入\n            full_marks: 20", "name: 财政收入\n            full_marks: {county: 25, district: 20, office: 20}", "full_marks: 60", "“经济发展”的满分是 60，下级指标满分合计 65", "（县级）"),
    row("evaluation does not add up", WORK, "", "full_marks: 100\n", "“年度评估”的满分是 100，下级指标满分合计 80"),
    row("weight for some only", "            weight: 40\n", "", "code: peers", "“互评”没有写权重（weight），而同级的其他指标写了"),
    row("weight of nothing", "name: 互评\n            weight: 40\n            full_marks: 100", "name: 互评\n            weight: 40\n            full_marks: {county: 100, district: 100, office: 0}", "office: 0", "“互评”的权重是 40，满分却是 0", "（机关类）"),
    row("weights of zero", LEADERS + PEERS, LEADERS.replace("60", "100", 1) + PEERS.replace("40", "0", 1), "weight: 0", "“互评”的权重是 0；不设这项指标就整项删去"),
    row("no full marks", PEERS, PEERS.replace("            full_marks: 100\n", ""), "code: peers", "“互评”没有写满分，请补上 full_marks"),
    row("full marks of zero", PEERS, PEERS.replace("full_marks: 100", "full_marks: 0"), "full_marks: 0", "“互评”的满分是 0；不设这项指标就整项删去"),
    row("unknown category", "collector: 财政局", "collector: {county: 财政局, distrct: 财政局, district: 财政局, office: 财政局}", "distrct", "没有类别“distrct”；是不是“district”？"),
    row("category left out", PEERS, PEERS.replace("weight: 40", "weight: {county: 40, district: 40}"), "weight: {", "“互评”的 weight 没有写类别“office”的数；不设这一项就写 0"),
    row("mean without full marks", "        full_marks: 20\n        indicators:\n" + LEADERS + PEERS, "        roll_up: mean\n        indicators:\n" + LEADERS.replace("            weight: 60\n", "") + PEERS.replace("            weight: 40\n", ""), "code: opinion", "“民主测评”没有写满分"),
]  # fmt: skip

COLLECTING = [
    row("nobody collects", "          departments:\n            collector: 督查室\n", "          departments:\n", "code: work", "“重点工作”没有人采集；请写 collector（自评写 by: self）"),
    row("nobody collects in one category", JUDGED, "            collector: {county: 财政局}\n            rule: judged\n", "collector: {", "“重点工作”在类别“区级”里没有人采集；请在 collector 里补上"),
    row("collector not listed", "collector: 财政局", "collector: 财政厅", "财政厅", "采集单位“财政厅”不在 collectors 名单里；是不是“财政局”？"),
    row("substitute not listed", "substitute: 督查室", "substitute: 督察室", "督察室", "替代单位“督察室”不在 collectors 名单里；是不是“督查室”？"),
    row("collector listed twice", "      - 财政局\n", "      - 财政局\n      - 统计局\n", "- 统计局", "采集单位“统计局”列了两次（第 13 行已有）", after="- 财政局"),
    row("idle collector", "      - 财政局\n", "      - 财政局\n      - 审计局\n", "审计局", "采集单位“审计局”没有要采集的指标"),
    row("unit as its own collector", "collector: 财政局", "collector: 被考核单位", "被考核单位", "“财政收入”由被评估单位“被考核单位”自己采集", "by: self"),
    row("set as its own collector", "            collector: 督查室\n", "            collector: 部门\n", "collector: 部门", "“重点工作”由被评估单位“部门”自己采集"),
    row("self-scored with a collector", "            by: self\n", "            by: self\n            collector: 财政局\n", "by: self", "“重点工作”既写了自评（by: self）又写了采集单位"),
    row("substitute that is the collector", "substitute: 督查室", "substitute: 统计局", "substitute: 统计局", "“经济发展”的替代单位就是采集单位“统计局”，等于自己给自己打分"),
    row("collector that is the substitute above", "collector: 财政局", "collector: 督查室", "collector: 督查室", "“财政收入”的替代单位就是采集单位“督查室”"),
    row("substitute that is the unit itself", "substitute: 督查室", "substitute: 本单位", "本单位", "“经济发展”的替代单位“本单位”就是被评估单位自己"),
    row("unit among the collectors", "      - 财政局\n", "      - 财政局\n      - 各单位\n", "- 各单位\n", "collectors 里的“各单位”是被评估单位自己"),
    row("collector of a vote", PEERS, PEERS.replace("name: 互评\n", "name: 互评\n            collector: 督查室\n"), "collector: 督查室", "“互评”由投票产生，不写采集单位", after="name: 互评"),
]  # fmt: skip

BODIES = [
    row("no body", JUDGED, "            by: self\n", "code: work", "“重点工作”没有下级指标，也没有写怎么计分；请写 indicators、rule、own、panel、evaluation 之一"),
    row("two bodies", JUDGED, JUDGED + "            own: {rules: {评定: judged}}\n", "own: {", "“重点工作”同时写了 rule, own，只能写一个"),
    row("nothing below for a set", WORK, WORK.replace(JUDGED, "            full_marks: 20\n            indicators:\n              - {code: sub, name: 分项, for: {departments: {rule: judged, full_marks: 20, by: self}}}\n"), "indicators:", "“重点工作”在这个指标集里没有下级指标", after="name: 重点工作"),
    row("code twice", "code: revenue", "code: output", "code: output", "代码“output”重复，第 35 行已用；请改成别的代码", after="base_steps"),
    row("name twice", "name: 财政收入", "name: 生产总值", "name: 生产总值", "同一级有两个指标都叫“生产总值”（第 36 行已有）", after="base_steps"),
    row("unknown set", "          departments:\n            collector", "          department:\n            collector", "department:", "没有指标集“department”；是不是“departments”？", after="code: work"),
    row("floor above the cap", "name: 财政收入\n", "name: 财政收入\n            cap: 20\n            floor: 25\n", "floor: 25", "“财政收入”的下限 25 不低于上限 20"),
    row("roll-up of a leaf", "name: 财政收入\n", "name: 财政收入\n            roll_up: mean\n", "roll_up", "“财政收入”写了 roll_up，而它只写在有下级指标的地方"),
    row("fact without a rule", "name: 互评\n", "name: 互评\n            fact: {name: 票数}\n", "fact: {name: 票数", "“互评”写了 fact，而它只写在有计分方法（rule）的指标上"),
    row("way without a figure of a vote", "name: 互评\n", "name: 互评\n            missing: zero\n", "missing: zero", "“互评”写了 missing，而它不用于投票产生的指标"),
    row("root rounded another way", "        full_marks: 20\n        indicators:\n" + LEADERS + PEERS, "        full_marks: 20\n        roll_up: geometric_mean\n        rounding: {places: 2, way: down}\n        indicators:\n" + LEADERS.replace("            weight: 60\n", "") + PEERS.replace("            weight: 40\n", ""), "roll_up", "“民主测评”按几何平均汇总要开方，只能四舍五入；请在这个指标上写 rounding: 2"),
    row("root without rounding", "        full_marks: 20\n        indicators:\n" + LEADERS + PEERS, "        full_marks: 20\n        roll_up: geometric_mean\n        rounding: none\n        indicators:\n" + LEADERS.replace("            weight: 60\n", "") + PEERS.replace("            weight: 40\n", ""), "roll_up", "“民主测评”按几何平均汇总要开方，必须写明保留几位小数，如 rounding: 2"),
    row("weight under a mean", "        full_marks: 20\n        indicators:\n" + LEADERS + PEERS, "        full_marks: 20\n        roll_up: mean\n        indicators:\n" + LEADERS, "weight: 60", "“民主测评”的汇总方式（mean）不用权重，下级指标“领导测评”不要写 weight"),
]  # fmt: skip

GROUP = "    groups:\n      remote: {name: 边远, categories: [district]}\n"
SET_ROW = "                        of: growth\n"

TWO_GROUPS = (
    BASE.replace(
        "    sets:\n",
        "    groups:\n      remote: {name: 边远, categories: [district, office]}\n      far: {name: 边远}\n    sets:\n",
        1,
    )
    .replace(SET_ROW, SET_ROW + "                        among: {group: remote}\n")
    .replace(
        between("            rule:\n              step_table:", "          - code: growth"),
        "            rule: {rank_steps: {of: {share: {part: taxes, whole: income}}, among: {group: far}, each: 1, at_least: 0}}\n",
    )
)

COMPARING = [
    row("group never compared", "    sets:\n", GROUP + "    sets:\n", "remote:", "分组“边远”没有用到；请删去，或在计分方法里写 among: {group: remote}"),
    row("groups of one name", BASE, TWO_GROUPS, "far:", "有两个分组都叫“边远”（第 19 行已有），请改名以便区分"),
    row("group not declared", SET_ROW, SET_ROW + "                        among: {group: remot}\n", "remot", "没有分组“remot”；请写进 groups"),
    row("among of no kind", SET_ROW, SET_ROW + "                        among: everybody\n", "everybody", "“among”写成了“everybody”，只能是 category（本类别）、all（全部单位）、passed（达到条件的）或 {group: 分组代码}"),
    row("passed without a gate", SET_ROW, SET_ROW + "                        among: passed\n", "among: passed", "“增量和增速”的 among: passed 只能写在 gate 的 then 里面"),
]  # fmt: skip

RANK = between("                      rank_table:\n", "      - code: work")
FIXED = "{fixed: 4}"
KNOTS = "{at: 60, points: 0}, {at: %s, points: 20}], below: 0, above: %s"
LINE = "{interpolated: {of: {fact: taxes}, on: difference, to: {fact: income}, knots: [" + KNOTS + "}}\n"
OF_TAXES = between("            rule:\n              step_table:", "          - code: growth")


def ruled(rule: str) -> str:
    return f"            rule: {rule}\n"


RULES = [
    row("rule that looks at nothing", JUDGED + "          departments", ruled(FIXED).replace("            rule", "            by: self\n            rule") + "          departments", "fixed", "“重点工作”的计分方法不看任何数据，各单位得分都一样"),
    row("own rule that looks at nothing", "评定: judged", "评定: {fixed: 3}", "评定", "“评定”的计分方法不看任何数据"),
    row("knots out of order", OF_TAXES, ruled(LINE % (50, 20)), "interpolated", "knots 应由小到大写，at 互不相同"),
    row("knots all alike", OF_TAXES, ruled((LINE % (80, 20)).replace("points: 20", "points: 0")), "interpolated", "knots 各点分值相同，不起作用；请改分值"),
    row("line that states what has no ratio, without one", OF_TAXES, ruled((LINE % (80, 20)).replace("difference,", "difference, reference_not_positive: 0,")), "interpolated", "reference_not_positive 只在 on: ratio 时有用"),
    row("end of a line that goes nowhere", OF_TAXES, ruled(LINE % (80, "stop")), "stop", "“above”写成了“stop”，只能是 hold（同端点的分）、extend（沿直线延伸）、分数或百分比"),
    row("line above its cap", OF_TAXES, ruled(LINE % (80, 25)), "interpolated", "“财政收入”按计分方法最高可得 25 分，超过上限 20 分"),
    row("bands on no side", STEPS, STEPS.replace("base_steps", "marginal_bands").replace("                up: 1\n                down: 1\n", "").replace("                at_least: 10\n                at_most: 20\n", ""), "base:", "up 和 down 至少要写一个", after="name: 生产总值"),
    row("band without an end before the last", STEPS, STEPS.replace("base_steps", "marginal_bands").replace("up: 1\n                down: 1\n", "up: [{points: 1}, {points: 2}]\n").replace("                at_least: 10\n                at_most: 20\n", ""), "up:", "只有最后一段可以不写 steps", after="name: 生产总值"),
    row("rank steps of nothing", RANK, "                      rank_steps: {of: growth, each: 0, at_least: 0}\n", "rank_steps", "each 应大于 0"),
    row("rank steps at the top already", RANK, "                      rank_steps: {of: growth, each: 1, at_least: 100%}\n", "rank_steps", "at_least 已是满分，名次不起作用"),
    row("last place above the first", RANK, "                      rank_linear: {of: growth, first: 5, last: 12}\n", "rank_linear", "last 应低于 first"),
    row("place of last year's growth", RANK, "                      rank_change: {of: growth, base: 5, up: 1, down: 1, no_place: 5}\n", "rank_change", "增速要用上年值来算，上年的名次又要用前年值，无法比较"),
    row("change of place that decides nothing", RANK, "                      rank_change: {base: 5, up: 0, down: 0, no_place: 5}\n", "rank_change", "up 和 down 都是 0，名次升降不起作用"),
    row("both points and a rate", RANK, "                      above_both: {of: growth, to: [mean, 5%], points: 5, rate: {step: 1%, each: 1, count: started}, otherwise: 0}\n", "above_both", "points 和 rate 要写且只写一个"),
    row("one reference twice", RANK, "                      above_both: {of: growth, to: [mean, mean], points: 5, otherwise: 0}\n", "above_both", "同一个参照写了两次"),
    row("less for the better", RANK, "                      above_both: {of: growth, to: [mean, 5%], points: 5, otherwise: 6}\n", "above_both", "otherwise 高于 points，越好得分越低"),
    row("fact against itself", OF_TAXES, ruled("{gate: {if: {of: {fact: income}, above: 0}, then: {ratio: {of: {fact: taxes}, to: {fact: taxes}}}, else: {fixed: 0}}}\n"), "gate", "“taxes”和它自己比较，人人都一样；请改 of 或 to"),
    row("rate of nothing", RANK, "                      above_both: {of: growth, to: [mean, 5%], rate: {step: 1%, each: 0, count: started}, otherwise: 0}\n", "above_both", "rate 每步 0 分，不起作用"),
    row("plain number where a percentage belongs", "step: 1%", "step: 1", "step: 1", "“step”没有写百分号；增速按百分比算，应写成 95% 这样"),
    row("percentage where a plain number belongs", "                of: growth\n                to: {series", "                to: {series", "step: 1%", "“step”写了百分号，而实际值不是算出来的百分比"),
    row("step of nothing", "step: 1%", "step: 0%", "step: 0%", "一步（step）应大于 0"),
    row("measure against another fact", OF_TAXES, ruled("{ratio: {of: {growth: {fact: taxes}}, to: {fact: income}}}\n"), "ratio", "增速不能和另一个数据比；占比用 of: {share: …} 和一个规定的百分比比"),
    row("idle direction", TABLE, TABLE.replace("                steps:", "                less_is_better: true\n                steps:"), "less_is_better", "less_is_better 只在 to 是 best 或 worst 时有用"),
    row("bands worth nothing", STEPS, STEPS.replace("base_steps", "marginal_bands").replace("up: 1\n                down: 1\n", "up: [{points: 0}]\n").replace("                at_least: 10\n                at_most: 20\n", ""), "up:", "各段都是 0 分，不起作用", after="name: 生产总值"),
    row("overlap of one end", "                        last: [1, 2]\n", "", "overlap:", "overlap"),
    row("rank table that overlaps", "                        overlap: from_above\n", "", "last:", "前 3 名与后 2 名的分值在不足 5 个单位的类别里会重叠；请写 overlap: from_above 或 from_below"),
    row("rank table that rises", "places: [12, 10, 8]", "places: [12, 8, 10]", "places:", "第 3 名的分值高于第 2 名；places 应由高到低写"),
    row("rule above its cap", "at_most: 20", "at_most: 25", "rule:", "“生产总值”按计分方法最高可得 25 分，超过上限 20 分", after="name: 生产总值"),
    row("base outside its caps", "base: 15", "base: 8", "base: 8", "base 8 应在 at_least 10 和 at_most 20 之间"),
    row("growth against last year", "{ratio: {to: target}}", "{ratio: {of: growth, to: last_year}}", "last_year", "增速已经是和上年比，不能再和“上年值”比"),
    row("outside series not declared", "to: {series: nation}", "to: {series: nations}", "series: nations", "外部数据“nations”没有登记；请写进 series；是不是“nation”？"),
    row("outside series never used", "      nation: 全国平均增速\n", "      nation: 全国平均增速\n      west: 西部平均增速\n", "west:", "外部数据“西部平均增速”登记了却没有用到"),
    row("fact not declared", OUTPUT_FACT, "", "rule:", "“生产总值”没有声明要采集的数据；请写 fact", after="name: 生产总值"),
    row("fact under another code", "part: taxes", "part: taxs", "rule:", "计分方法用到数据“taxs”，但 facts 里没有", "是不是“taxes”？", after="name: 财政收入"),
    row("fact that is not used", "              income: {name: 收入, measure: 万元}\n", "              income: {name: 收入, measure: 万元}\n              fees: {name: 非税收入, measure: 万元}\n", "fees:", "“财政收入”声明了数据“fees”，计分方法没有用到"),
    row("both fact and facts", FACTS, FACTS + "            fact: {name: 税收}\n", "fact: {name: 税收}", "“财政收入”同时写了 fact 和 facts，只能写一个"),
    row("facts of one name", "income: {name: 收入,", "income: {name: 税收,", "income:", "两个数据都叫“税收”（第 55 行已有），请改名以便区分"),
    row("part and whole the same", FACTS + "            rule:\n" + TABLE, "            facts:\n              income: {name: 收入, measure: 万元}\n            rule:\n" + TABLE.replace("part: taxes", "part: income"), "whole:", "分子和分母都是“income”，占比永远是 100%"),
    row("figures for yes or no", JUDGED, "            by: self\n            fact: {name: 完成, measure: 件}\n            rule: all_or_nothing\n", "fact: {name: 完成", "计分方法 all_or_nothing 只看是或否；请写 kind: yes_no"),
    row("yes or no for a figure", OUTPUT_FACT, "            fact: {name: 生产总值, kind: yes_no}\n", "fact: {name: 生产总值", "计分方法 base_steps 要用数来算，不能用是/否"),
    row("step with two thresholds", "{from: 90%, points: 20}", "{from: 90%, above: 90%, points: 20}", "steps:", "每一档要写且只写 from、above、up_to、below 之一", after="whole: income"),
    row("steps out of order", "{from: 90%, points: 20}", "{from: 70%, points: 20}", "steps:", "第 1 档（≥ 70%）后面写第 2 档（≥ 80%），次序不对：各档界限应依次变化、方向一致", after="whole: income"),
    row("steps in two directions", "{from: 80%, points: 10}", "{below: 80%, points: 10}", "steps:", "第 1 档（≥ 90%）后面写第 2 档（< 80%），次序不对", after="whole: income"),
    row("step written twice", "{from: 80%, points: 10}", "{from: 90%, points: 10}", "steps:", "第 1 档（≥ 90%）后面写第 2 档（≥ 90%），次序不对", after="whole: income"),
    row("step inside the one before it", "{from: 80%, points: 10}", "{above: 90%, points: 10}", "steps:", "第 1 档（≥ 90%）后面写第 2 档（> 90%），次序不对", "界限相同的先写不含它的（above、below）", after="whole: income"),
    row("ratio without a reference", "              step_table:\n", "              step_table:\n                on: ratio\n", "on: ratio", "on 为 ratio 或 difference 时要写 to"),
    row("part of a composite worth nothing", PARTS, PARTS.replace("share: 40%", "share: 0%").replace("share: 60%", "share: 100%"), "parts:", "“增量”占 0%，不起作用"),
    row("unknown factor", REVENUE, REVENUE.replace("full_marks: 20\n", "full_marks: 20\n            factor: scale\n"), "factor: scale", "系数“scale”没有登记"),
    row("misspelt factor", TO_REVENUE, factored("county: 1.2, district: 1, office: 0.9", "dificulty"), "factor: dificulty", "系数“dificulty”没有登记", "是不是“difficulty”？"),
    row("idle factor", TO_REVENUE, factored("county: 1.2, district: 1, office: 0.9", ""), "difficulty:", "系数“难度”登记了却没有用到"),
    row("factor of an unknown category", TO_REVENUE, factored("county: 1.2, distrct: 1, office: 0.9"), "difficulty:", "没有类别“distrct”；是不是“district”？"),
    row("factor without a category", TO_REVENUE, factored("county: 1.2, office: 0.9"), "difficulty:", "系数“难度”没有写类别“district”的数"),
    row("factor of one", TO_REVENUE, factored("county: 1, district: 1, office: 1"), "difficulty:", "系数“难度”各类别都是 1，不起作用"),
    row("factor of nothing", TO_REVENUE, factored("county: 0, district: 1, office: 1"), "difficulty:", "“county”是 0，应大于 0"),
    row("factor called as another", TO_REVENUE, factored("county: 1.2, district: 1, office: 1").replace("    sets:", "      again: {name: 难度}\n    sets:").replace("full_marks: 60\n", "full_marks: 60\n        factor: again\n", 1), "again: {", "有两个系数都叫“难度”（第 19 行已有）"),
    row("factor of a vote", PEERS, PEERS.replace("            panel:\n", "            factor: scale\n            panel:\n"), "factor: scale", "“互评”写了 factor，而它不用于投票产生的指标"),
    row("periods and assessors", REVENUE, slotted("periods: {of: month, take: mean}\n            assessors: {mean: [统计局, 督查室]}"), "assessors:", "“财政收入”同时写了 periods 和 assessors"),
    row("periods of a group", WORK, WORK.replace("        full_marks: 20\n", "        full_marks: 20\n        periods: {of: month, take: mean}\n", 1).replace(JUDGED, PARTED), "periods:", "“重点工作”写了 periods，而它只写在有计分方法（rule）的指标上"),
    row("periods that cannot be pooled", WORK, WORK.replace(JUDGED, "            by: self\n            periods: {of: month, take: pooled}\n            rule: judged\n"), "periods:", "“重点工作”的计分方法 judged 不能合计各期的数据（pooled）"),
    row("unknown assessor", REVENUE, slotted("assessors: {mean: [统计局, 财政厅]}"), "assessors:", "评分单位“财政厅”不在 collectors 名单里；是不是“财政局”？"),
    row("assessor twice", REVENUE, slotted("assessors: {lead: 统计局, assist: [统计局], lead_share: 60%}"), "assessors:", "评分单位“统计局”写了两次"),
    row("assessors by halves", REVENUE, slotted("assessors: {lead: 统计局, assist: [督查室]}"), "assessors:", "“财政收入”的 assessors 要么写 lead、assist 和 lead_share，要么只写 mean"),
    row("assessor that leaves nothing", REVENUE, slotted("assessors: {lead: 统计局, assist: [督查室], lead_share: 100%}"), "assessors:", "“财政收入”的 lead_share 是 0% 或 100%"),
    row("assessors with a collector", REVENUE, slotted("assessors: {mean: [统计局, 督查室]}\n            collector: 财政局"), "collector: 财政局", "“财政收入”由 assessors 评分，不写 collector"),
    row("gate without a threshold", TABLE, GATE % ("to: target, on: ratio", "ratio: {of: {fact: taxes}, to: {fact: income}}"), "if: {", "要写且只写 from、above、up_to、below 之一"),
    row("gate that states what has no ratio, without one", TABLE, GATE % ("from: 5, reference_not_positive: met", "ratio: {of: {fact: taxes}, to: {fact: income}}"), "if: {", "reference_not_positive 只在 on: ratio 时有用"),
    row("gate on a ratio to nothing", TABLE, GATE % ("on: ratio, to: 0, from: 100%", "ratio: {of: {fact: taxes}, to: {fact: income}}"), "if: {", "规定值不大于 0，不能作除数"),
    row("points in place of met", TABLE, GATE % ("on: ratio, to: {fact: income}, from: 100%, reference_not_positive: 5", "ratio: {of: {fact: taxes}, to: {fact: income}}"), "if: {", "“reference_not_positive”写成了“5”，只能是 met 或 not_met"),
    row("table that states what has no ratio, without one", "              step_table:\n", "              step_table:\n                reference_not_positive: 0\n", "reference_not_positive", "reference_not_positive 只在 on: ratio 时有用"),
    row("gate with branches alike", TABLE, GATE % ("from: 3", "formula: taxes ÷ income"), "else:", "then 和 else 一样，条件不起作用", after="gate:"),
    row("formula of those who passed without a gate", TABLE, "              formula: taxes ÷ mean_passed(income)\n", "formula:", "“财政收入”的 among: passed 只能写在 gate 的 then 里面"),
    row("over-fulfilment without a place", REVENUE, OVER % "at_most: 3", "over_fulfilment:", "“财政收入”的超额完成没有处记；请在 bonus 里写 over_fulfilment"),
    row("over-fulfilment of a group", TO_BONUS, overfull("work", WORK.replace("        full_marks: 20\n", "        full_marks: 20\n        over_fulfilment: {at_most: 3}\n", 1).replace(JUDGED, PARTED)), "over_fulfilment:", "“重点工作”写了 over_fulfilment，而它只写在有计分方法（rule）的指标上"),
    row("over-fulfilment by period", TO_BONUS, overfull("revenue", (OVER % "at_most: 3").replace("            over", "            periods: {of: month, take: mean}\n            over")), "over_fulfilment:", "“财政收入”分期或分单位计分，不能再计超额完成"),
    row("over-fulfilment at nothing", TO_BONUS, overfull("revenue", OVER % "at_most: 3, rate: 0%"), "over_fulfilment:", "“财政收入”的超额完成按 0% 计，不起作用"),
    row("over-fulfilment of at most nothing", TO_BONUS, overfull("revenue", OVER % "at_most: 0"), "over_fulfilment:", "“财政收入”的超额完成最多记 0 分，不起作用；at_most 应大于 0"),
    row("over-fulfilment that cannot be", TO_BONUS, overfull("revenue", REVENUE.replace("full_marks: 20\n", "full_marks: 20\n            over_fulfilment: {at_most: 3}\n")), "over_fulfilment:", "“财政收入”的计分方法 step_table 不会超过满分，没有超额完成可计"),
    row("over-fulfilment twice", TO_BONUS, overfull("revenue", (OVER % "at_most: 3").replace("            over", "            cap: 120%\n            over")), "over_fulfilment:", "“财政收入”的上限（cap）高于满分，超出的分在指标里计了，不能再记入加分"),
    row("over-fulfilment below a minimum", IN_A_MINIMUM, overfull("revenue", OVER % "at_most: 3", IN_A_MINIMUM).replace("督查室\n", "督查室\n        roll_up: minimum\n", 1), "over_fulfilment:", "“财政收入”的上级不是按相加汇总（roll_up）"),
    row("bonus of an idle over-fulfilment", "    bonus:\n      at_most: 5\n", "    bonus:\n      at_most: 5\n      over_fulfilment: {at_most: 3}\n", "over_fulfilment:", "加分里写了 over_fulfilment，而没有指标计超额完成"),
    row("over-fulfilment above all bonuses", TO_BONUS, overfull("revenue", OVER % "at_most: 3").replace("over_fulfilment: {at_most: 4}", "over_fulfilment: {at_most: 9}"), "over_fulfilment: {at_most: 9}", "超额完成的上限 9 分高于加分总上限 5 分"),
    row("empty bonus", STANDARDS, "", "bonus:", "加分（bonus）里什么也没有；请写 standards 或 over_fulfilment"),
    row("formula that cannot be read", TABLE, "              formula: (taxes ÷ income × full\n", "formula:", "公式第 23 个字：这里应是“)”，却是末尾"),
    row("formula with an unknown function", TABLE, "              formula: round_up(taxes ÷ income, 2)\n", "formula:", "公式第 1 个字：没有叫“round_up”的函数"),
    row("formula with an undeclared fact", TABLE, "              formula: taxes ÷ (income + ful)\n", "rule:", "计分方法用到数据“ful”，但 facts 里没有", "是不是“full”？", after="income:"),
    row("formula with an unknown series", TABLE, "              formula: taxes ÷ income × series.nations\n", "formula:", "外部数据“nations”没有登记", "是不是“nation”？"),
    row("formula without any fact", JUDGED, "            by: self\n            rule: {formula: full × 60%}\n", "rule: {formula", "公式没有用到任何数据，各单位得分会完全一样"),
    row("formula with an idle direction", TABLE, "              formula:\n                points: taxes ÷ income\n                less_is_better: true\n", "less_is_better", "less_is_better 只在公式用到 best 或 worst 时有用"),
    row("occurrence worth nothing", JUDGED, DEDUCT % "each: {late: {name: 迟报, points: 0}}", "deduct", "“迟报”每次 0 分，不起作用"),
    row("occurrence above its cap", JUDGED, DEDUCT % "each: {late: {name: 迟报, points: 2, at_most: 1}}", "deduct", "“迟报”一次 2 分，超过此项最多的 1 分"),
    row("nothing left below zero", JUDGED, "            by: self\n            floor: -5\n            rule: {deduct: {nothing_from: 5, each: {late: {name: 迟报, points: 2}}}}\n", "nothing_from", "“重点工作”的下限（floor）低于 0：扣到负分的多发生一次反而得 0 分"),
    row("nothing left of a kind below zero", JUDGED, "            by: self\n            floor: -5\n            rule:\n              deduct:\n                each:\n                  late:\n                    name: 迟报\n                    points: 2\n                    nothing_from: 5\n", "nothing_from", "“重点工作”的下限（floor）低于 0：扣到负分的多发生一次反而得 0 分"),
    row("nothing left of a kind after nothing is left", JUDGED, DEDUCT % "nothing_from: 3, each: {late: {name: 迟报, points: 2, nothing_from: 3}}", "deduct", "“迟报”达到 3 次即不得分（nothing_from），而合计 3 次已不得分，不起作用"),
    row("own list that compares units", OWN_JUDGED, OWN_JUDGED + "                排名: {share_of_best: {best_not_positive: 0}}\n", "排名", "自定指标的计分方法“排名”要与别的单位比较"),
    row("own list with named facts", OWN_JUDGED, OWN_JUDGED + "                次数: {add: {each: {late: {name: 次, points: 1}}}}\n", "次数", "自定指标的计分方法“次数”只能用一个数据"),
    row("own list with a mean", "            own:\n", "            missing: mean\n            own:\n", "missing: mean", "“重点工作”是自定指标，各单位互不相同，missing 不能取同类平均"),
    row("vote above full marks", "较好: 80", "较好: 120", "method:", "“领导测评”的满分是 100，投票最高可得 120 分"),
    row("tiers all alike", TIERS, "                tiers:\n                  好: 100\n                  差: 100\n", "好: 100", "各档分值都一样，投票分不出高低"),
    row("places that rise", "points: [100, 90, 80]", "points: [100, 80, 90]", "points: [", "第 3 名 90 分，比第 2 名的 80 分还多；名次分值应由高到低写"),
    row("places all alike", "points: [100, 90, 80]", "points: [90, 90]", "points: [", "各名次分值都一样"),
    row("answer counted and not counted", "                - 不了解\n", "                - 一般\n", "- 一般", "“一般”既有分值又列在不计票的答案（not_counted）里"),
    row("uncounted answer twice", "                - 不了解\n", "                - 不了解\n                - 不了解\n", "- 不了解", "不计票的答案“不了解”写了两次（第 116 行已有）", after="- 不了解"),
    row("score without a range", "              method:\n" + TIERS, VOTE.split("              not")[0] % (60, 60, 1), "method:", "分值从 60 到 60，没有范围"),
    row("score that misses its end", "              method:\n" + TIERS, VOTE.split("              not")[0] % (60, 100, 3), "method:", "从 60 起每次 3，到不了 100"),
    row("score of a million steps", "              method:\n" + TIERS, VOTE.split("              not")[0] % (0, 100, "0.0001"), "method:", "共 1000000 档，最多 1000 档"),
]  # fmt: skip

RISE = "        by_rise:\n          first: 1\n          gives: 奖励\n"
LAST = BASE.splitlines(keepends=True)[-1]
AGAIN = BASE[BASE.index("  - code: annual") :]
TWO_PARTS = bonus(
    "parts: {a: {name: 荣誉, at_most: 4},\n        b: {name: 荣誉, at_most: 3}}", "part: a, at_most: 4"
).replace(
    "            省级: 2\n", "            省级: 2\n        - {code: other, name: 创新, part: b, levels: {省级: 1}}\n"
)
REPEAT = "        by_repeat: %s\n"
HEADS = "        of: headcount\n"
BY_GRADE = "        by_grade:\n          优秀: 20%\n"
POOL = "        distribute: {pool: p, by: %s}\n"
PARTED_WORK = """\
      - {code: work, name: 重点工作, for: {counties: {full_marks: 20, by: self, rule: judged}}}
      - {code: tasks, name: 重点任务, for: {departments: {full_marks: 20, by: self, rule: judged}}}
"""
WHOLE = [
    row("category code twice", "office: 机关类", "county: 机关类", "county: 机关类", "类别代码“county”重复，第 22 行已用"),
    row("category name twice", "office: 机关类", "office: 县级", "office: 县级", "有两个类别都叫“县级”（第 22 行已有）"),
    row("evaluation code twice", LAST, LAST + AGAIN.replace("年度评估", "专项评估"), "- code: annual", "评估代码“annual”重复，第 7 行已用", after=LAST),
    row("evaluation title twice", LAST, LAST + AGAIN.replace("annual", "again"), "title: 年度评估", "有两项评估都叫“年度评估”（第 8 行已有），请改名以便区分", after=LAST),
    row("set name twice", "        name: 部门\n", "        name: 县区\n", "name: 县区", "有两个指标集都叫“县区”（第 20 行已有）", after="departments:"),
    row("standard twice", "code: circular", "code: honours", "code: honours", "加减分项代码“honours”重复，第 135 行已用", after="deductions:"),
    row("standards of one name", STANDARDS, STANDARDS + STANDARDS.replace("      standards:\n", "").replace("honours", "again"), "name: 表彰", "有两个加减分项都叫“表彰”（第 136 行已有），请改名以便区分", after="code: again"),
    row("standard called as the code of another", STANDARDS, STANDARDS + STANDARDS.replace("      standards:\n", "").replace("honours", "again").replace("表彰", "honours"), "name: honours", "加减分项的名称“honours”是另一个的代码（第 136 行），请改名以便区分"),
    row("deductions of one name", "levels: {省级: 2, 市级: 1}\n", "levels: {省级: 2, 市级: 1}\n        - code: again\n          name: 通报批评\n          levels: {市级: 1}\n", "name: 通报批评", "有两个加减分项都叫“通报批评”（第 145 行已有），请改名以便区分", after="code: again"),
    row("parts of one name", BONUS, TWO_PARTS, "b: {", "有两个部分都叫“荣誉”（第 131 行已有），请改名以便区分"),
    row("consent twice", "        - 审定\n", "        - 初审\n", "- 初审", "审核环节“初审”写了两次", after="- 初审"),
    row("level above its cap", "国家级: 3", "国家级: 4.5", "国家级: 4.5", "“表彰”的“国家级”一次 4.5 分，超过本项上限（at_most）4 分"),
    row("level above the cap of all", "          at_most: 4\n          levels:\n            国家级: 3", "          levels:\n            国家级: 6", "国家级: 6", "“表彰”的“国家级”一次 6 分，超过总上限（at_most）5 分"),
    row("cap above the cap of all", "          at_most: 4\n", "          at_most: 6\n", "at_most: 6", "“表彰”的上限 6 分高于总上限 5 分"),
    row("part that nobody declared", BONUS, bonus("", "part: honour"), "part: honour", "没有部分“honour”（parts）"),
    row("part of nothing", BONUS, bonus(HONOURS % 4, ""), "parts: {", "部分“荣誉”里没有加减分项；请在 standards 里写 part: honours，或删去这个部分"),
    row("part above the cap of all", BONUS, bonus(HONOURS % 6, "part: honours"), "parts: {", "部分“荣誉”的上限 6 分高于总上限 5 分"),
    row("cap above the cap of its part", BONUS, bonus(HONOURS % 3, "part: honours, at_most: 4"), "at_most: 4", "“表彰”的上限 4 分高于所属部分“荣誉”的上限 3 分", after="standards:"),
    row("level above the cap of its part", BONUS, bonus(HONOURS % "2.5", "part: honours"), "国家级: 3", "“表彰”的“国家级”一次 3 分，超过所属部分的上限（parts）2.5 分"),
    row("cap of a matter above the cap of all", BONUS, bonus("item_at_most: 6"), "item_at_most", "一个事项的上限（item_at_most）6 分高于总上限 5 分"),
    row("cap of a matter below every level", BONUS, bonus("item_at_most: 1"), "item_at_most", "一个事项的上限（item_at_most）1 分低于每个级别的分值"),
    row("cap of a matter that nothing reaches", BONUS, bonus("item_at_most: 4"), "item_at_most", "每一次都到不了它的上限（item_at_most）4 分，上限不起作用"),
    row("level above the cap of a matter", BONUS, bonus("item_at_most: 2.5"), "国家级: 3", "“表彰”的“国家级”一次 3 分，超过一个事项的上限（item_at_most）2.5 分"),
    row("cap of what has no points", BONUS, bonus("", "at_most: 4").replace("国家级: 3", "国家级: {effect: top}").replace("            省级: 2\n", ""), "at_most: 4", "“表彰”只改变等次，不加分，上限（at_most）起不了作用"),
    row("effect that nobody knows", "            国家级: 3\n", "            国家级: {effect: higher}\n", "国家级", "“effect”写成了“higher”，只能是 up_one 或 top"),
    row("effect of a deduction", "{省级: 2, 市级: 1}", "{省级: {effect: top}, 市级: 1}", "省级: {", "“省级”写成了“分项”，不是数"),
    row("cut-off date in words", BONUS, bonus("cut_off: 1月31日"), "cut_off", "“cut_off”写成了“1月31日”，不是日期；请写成 2024-01-31"),
    row("cut-off date that no year has", BONUS, bonus("cut_off: 2023-02-29"), "cut_off", "“cut_off”写成了“2023-02-29”，不是日期"),
    row("deduction that says nothing", "          levels: {省级: 2, 市级: 1}\n", "", "code: circular", "“通报批评”没有写怎么扣；请写 levels（按级别）、passed_on（按上级扣分）、lateness（按迟报天数）之一"),
    row("deduction by two ways", "          levels: {省级: 2, 市级: 1}\n", "          levels: {省级: 2, 市级: 1}\n          passed_on: 0.5\n", "passed_on", "“通报批评”同时写了 levels, passed_on；只能写其中一样"),
    row("nothing passed on", "levels: {省级: 2, 市级: 1}", "passed_on: 0", "passed_on", "“passed_on”是 0，应大于 0"),
    row("bonus passed on", "          at_most: 4\n", "          at_most: 4\n          passed_on: 0.5\n", "passed_on", "“passed_on”不写在这里"),
    row("lateness without a way of counting", "levels: {省级: 2, 市级: 1}", "lateness: {days: working, each: 0.5, at_most: 2}", "lateness", "缺少“count”，请补上"),
    row("lateness without its days", "levels: {省级: 2, 市级: 1}", "lateness: {count: full, each: 0.5, at_most: 2}", "lateness", "缺少“days”，请补上"),
    row("lateness without points", "levels: {省级: 2, 市级: 1}", "lateness: {days: working, count: full, at_most: 2}", "lateness", "缺少“each”，请补上"),
    row("lateness without a cap", "levels: {省级: 2, 市级: 1}", "lateness: {days: working, count: full, each: 0.5}", "lateness", "缺少“at_most”，请补上"),
    row("lateness above its cap on the first day", "levels: {省级: 2, 市级: 1}", "lateness: {days: working, count: full, each: 2, at_most: 1}", "lateness", "“通报批评”迟一天扣 2 分，已超过最多扣的 1 分"),
    row("lateness above the cap of its kind", "levels: {省级: 2, 市级: 1}", "at_most: 1\n          lateness: {days: working, count: full, each: 0.5, at_most: 2}", "lateness", "“通报批评”迟报最多扣 2 分，超过本项上限（at_most）1 分"),
    row("lead that bears nothing", DEDUCTIONS, DEDUCTIONS.replace("      highest_only: true\n", "      highest_only: true\n      lead_share: 0%\n"), "lead_share", "牵头单位的分担（lead_share）是 0%"),
    row("lead that bears everything", DEDUCTIONS, DEDUCTIONS.replace("      highest_only: true\n", "      highest_only: true\n      lead_share: 100%\n"), "lead_share", "牵头单位的分担（lead_share）是 100%"),
    row("condition of a bonus without a veto", BONUS + between("    deductions:\n", "    use:"), bonus("only_if: [no_veto]") + between("    deductions:\n", "    veto:"), "only_if", "条件 no_veto 要有否决（veto）才有意义"),
    row("condition of a kind that all have", BONUS, bonus("only_if: [no_veto]", "only_if: [no_veto]"), "only_if", "的这个条件已经写给全部加减分项，这里不起作用", after="standards:"),
    row("condition of a kind on an unknown node", BONUS, bonus("", "only_if: [{node: works,at_least: 10}]"), "only_if", "没有指标“works”；是不是“work”？"),
    row("condition of a bonus on an unknown node", BONUS, bonus("only_if: [{node: works, at_least: 10}]"), "only_if", "没有指标“works”；是不是“work”？"),
    row("level of nothing", "省级: 2\n", "省级: 0\n", "省级: 0", "“表彰”的“省级”是 0 分，加减不了分"),
    row("veto that lifts", "effect: down_one", "effect: top", "effect: top", "“effect”写成了“top”，只能是 down_one、bar_from_top、lowest 或 not_graded"),
    row("promotion that lowers", "effect: up_one", "effect: lowest", "effect: lowest", "“effect”写成了“lowest”，只能是 up_one 或 top"),
    row("ground twice", "        - 国家级荣誉\n", "        - 重大事故\n", "- 重大事故", "事由“重大事故”写了两次（第 164 行已有）", after="promotion:"),
    row("unknown tie-breaker", "        - economy\n", "        - economic\n", "- economic", "并列时比较的指标“economic”不存在；是不是“economy”？"),
    row("tie-breaker of one set", TO_TIES, TO_TIES.replace(JUDGED, PARTED).replace("- economy", "- quality"), "- quality", "并列时比较的指标“quality”在指标集“部门”里没有；请选各指标集都有的指标"),
    row("set without indicators", TREE, ONE_SET, "departments:", "指标集“部门”没有指标；请在 indicators 里写，或删去这个指标集"),
    row("tie-breaker twice", "        - economy\n", "        - economy\n        - economy\n", "- economy", "并列时比较的指标“economy”写了两次", after="- economy"),
    row("cap below full marks", "    bonus:\n", "    cap: 90\n    bonus:\n", "cap: 90", "总分上限（cap）90 低于满分 100"),
    row("floor of the total above its cap", "    bonus:\n", "    floor: 100\n    bonus:\n", "floor: 100", "总分下限（floor）100 不低于上限 100"),
    row("use twice", "code: bonus", "code: staff", "code: staff", "结果运用的代码“staff”重复，第 171 行已用", after="name: 考核"),
    row("uses of one name", "name: 进步奖", "name: 奖励", "name: 奖励", "有两项结果运用都叫“奖励”", after="code: progress"),
    row("use by two ways", "        by_rise:\n", "        by_grade: {优秀: 上浮}\n        by_rise:\n", "by_rise:", "“进步奖”同时写了 by_grade, by_rise；by_rise 不能和别的一起写"),
    row("use by nothing", "        by_rise:\n          first: 1\n          gives: 奖励\n", "", "code: progress", "“进步奖”没有写按什么给；请写 by_grade、by_rank、by_rise、by_repeat、by_score、distribute 之一"),
    row("use of an unknown grade", "          较差: 14%", "          差: 14%", "差: 14%", "没有等次“差”"),
    row("use for an unknown set", "for: departments", "for: depts", "for: depts", "没有指标集“depts”"),
    row("band with both ends", "          - first: 30%\n", "          - first: 30%\n            last: 30%\n", "first: 30%", "“奖励”的每一段要写且只写 first（前几名）或 last（后几名）"),
    row("band with no end", "          - first: 30%\n            gives", "          - gives", "gives: 上浮", "“奖励”的每一段要写且只写 first"),
    row("band of half a place", "last: 2\n", "last: 2.5\n", "last: 2.5", "“奖励”的段应是正整数（几名）或百分比"),
    row("band without rounding", "            rounding: half_up\n", "", "first: 30%", "“奖励”按比例取人数，要写明怎么取整"),
    row("places with rounding", "last: 2\n", "last: 2\n            rounding: up\n", "rounding: up", "“奖励”的段是名额数，不用取整，请删去 rounding"),
    row("band of nothing", "first: 30%\n", "first: 0\n", "first: 0", "“奖励”的段应是正整数（几名）或百分比"),
    row("bands above 100", "last: 2\n", "last: 80%\n            rounding: down\n", "by_rank:", "“奖励”各段合计 110%，超过 100%，会重叠"),
    row("repeat of two kinds", RISE, REPEAT % "{grade: 较差, last: 2, gives: 约谈}", "by_repeat:", "“进步奖”的 by_repeat 要写且只写 grade（等次）或 last（后几名）"),
    row("repeat of an unknown grade", RISE, REPEAT % "{grade: 差, gives: 约谈}", "by_repeat:", "没有等次“差”"),
    row("repeat beside another way", RISE, RISE + REPEAT % "{last: 2, gives: 约谈}", "by_repeat:", "“进步奖”同时写了 by_rise, by_repeat；by_rise 不能和别的一起写"),
    row("rise in something else", "          first: 1\n          gives: 奖励", "          first: 1\n          on: points\n          gives: 奖励", "on: points", "“on”写成了“points”，只能是 place 或 total"),
    row("heads without rounding", BY_GRADE, HEADS + BY_GRADE, "of: headcount", "“考核优秀比例”按人数算，要写明怎么取整"),
    row("heads of what is no share", BY_GRADE, HEADS + "        rounding: down\n" + BY_GRADE.replace("20%", "多"), "优秀: 多", "“考核优秀比例”按人数算，给的应是百分比，如 20%，写成了“多”"),
    row("heads of a rise", RISE, "        of: headcount\n        rounding: down\n" + RISE, "of: headcount", "“进步奖”的 of: headcount 只和 by_grade、by_rank 一起写"),
    row("rounding of no heads", BY_GRADE, "        rounding: down\n" + BY_GRADE, "rounding: down", "“考核优秀比例”不按人数算（of: headcount），不用写 rounding"),
    row("others of a score", RISE, "        by_score: {each: 2}\n        otherwise: 1\n", "otherwise: 1", "“进步奖”人人都按同一办法算，otherwise 不起作用"),
    row("score worth nothing", RISE, "        by_score: {each: 0}\n", "each: 0", "“each”是 0，应大于 0"),
    row("pool by an unknown grade", RISE, POOL % "{grade: {优: 1}}", "distribute:", "没有等次“优”"),
    row("pool by weights of nothing", RISE, POOL % "{grade: {优秀: 0}}", "distribute:", "“进步奖”各等次的系数都是 0，无法分配"),
    row("pool by places worth nothing", RISE, POOL % "{rank: [{first: 1, gives: 0}, {last: 1, gives: 0.0}], otherwise: 0}", "distribute:", "“进步奖”各名次的系数都是 0，无法分配"),
    row("pool by words", RISE, POOL % "{rank: [{first: 1, gives: 多}]}", "distribute:", "“进步奖”的系数应是不小于 0 的数，写成了“多”"),
    row("pool by overlapping bands", RISE, POOL % "{rank: [{first: 60%, rounding: up, gives: 1}, {last: 60%, rounding: up, gives: 1}]}", "distribute:", "“进步奖”各段合计 120%，超过 100%，会重叠"),
    row("pool by something else", RISE, POOL % "score", "distribute:", "“by”写成了“score”，只能是 total 或 bonus"),
    row("pool by an unknown indicator", RISE, POOL % "{node: works}", "distribute:", "没有指标“works”；是不是“work”？"),
    row("pool by a bonus that nobody has", BASE[BASE.index(BONUS) :], BASE[BASE.index(BONUS) :].replace(BONUS, "").replace(RISE, POOL % "bonus"), "distribute:", "没有加分（bonus），“进步奖”不能按加分分配"),
    row("pool by an indicator of others", BASE[BASE.index(WORK) :], BASE[BASE.index(WORK) :].replace(WORK, PARTED_WORK).replace(RISE, "        for: departments\n" + POOL % "{node: work}"), "distribute:", "“进步奖”只给指标集“部门”，那里没有指标“work”"),
    row("pool twice", RISE, POOL % "total" + "      - code: again\n        name: 再分\n" + POOL % "total", "distribute:", "奖金总额“p”已在第", after="code: again"),
    row("rise from below", "          first: 1\n", "          last: 1\n", "last: 1", "“进步奖”按进步大小给，只能写 first"),
]  # fmt: skip

QUOTA = "        quota: {share: 30%, rounding: half_up, ties: all_in}\n"
VETO = between("    veto:\n", "    promotion:")
VETO_GROUNDS = "      by: decision\n      grounds:\n        - 重大事故\n"
AUTOMATIC = "      by: automatic\n      when: %s\n"
BELOW_QUOTA = between(QUOTA, "      grounds:\n        - 重大事故")
QUOTA_TO_END = between(QUOTA, "    use:\n")
SECOND_ROW = "      - {code: team, name: 领导班子, on: %s, grades: [{name: 好, from: 15}, {name: 一般}]}\n"
SECOND_QUOTA = (
    "    also_graded:\n      - {code: team, name: 领导班子, on: %s, grades: [{name: 好, quota: "
    "{share: 20%%, rounding: up, ties: {break_by: [%s], then: all_in}}}, {name: 一般}]}\n"
)
SHARES = "    grades: [{name: 优秀, from: 0.9}, {name: 良好, from: 0.8}, {name: 较差}]\n"
SECOND = "    also_graded:\n" + SECOND_ROW
GRADING = [
    row("hole under a grade", "below: 80", "below: 79", "below: 79", "等次“一般”到不足 79 为止，“良好”从 80 起，中间有空档；below 应为 80"),
    row("overlap with a grade", "below: 80", "below: 81", "below: 81", "等次“一般”到不足 81 为止，“良好”从 80 起，两者重叠；below 应为 80"),
    row("hole by a hair", "below: 80", "below: 79.99", "below: 79.99", "79.99", "80", "空档"),
    row("line above the better grade's", "        from: 80\n      - name: 一般\n        from: 60\n        below: 80\n", "        from: 90\n      - name: 一般\n        from: 60\n", "from: 90", "等次“良好”的分数线 90 不低于上一等次“优秀”的 90，两者重叠", after="良好"),
    row("neither line nor quota", "        from: 80\n      - name: 一般\n        from: 60\n        below: 80\n", "      - name: 一般\n        from: 60\n", "name: 良好", "等次“良好”没有分数线（from）也没有名额（quota），会与下一等次重叠"),
    row("line of the lowest grade", "      - name: 较差\n", "      - name: 较差\n        from: 40\n", "from: 40", "最低等次“较差”不写分数线（from）：低于它的分数会没有等次（空档）"),
    row("quota of the lowest grade", "      - name: 较差\n", "      - name: 较差\n        quota: {share: 10%, rounding: down, ties: all_out}\n", "quota: {share: 10%", "最低等次“较差”不能有名额（quota）"),
    row("upper end of the top grade", "        from: 90\n", "        from: 90\n        below: 100\n", "below: 100", "最高等次“优秀”不写上限（below）：更高的分数会没有等次（空档）"),
    row("upper end under a quota", "        from: 90\n        quota: {share: 30%, rounding: half_up, ties: all_in}\n      - name: 良好\n        from: 80\n", "        quota: {share: 30%, rounding: half_up, ties: all_in}\n      - name: 良好\n        from: 80\n        below: 85\n", "below: 85", "等次“良好”写了上限（below），而上一等次“优秀”没有分数线"),
    row("line beyond every total", "        from: 90\n", "        from: 106\n", "from: 106", "等次“优秀”的分数线 106 高于可能的最高总分 105"),
    row("grade twice", "name: 一般\n        from", "name: 良好\n        from", "name: 良好", "等次“良好”写了两次（第 154 行已有）", after="from: 80\n"),
    row("quotas above 100", "        from: 80\n", "        from: 80\n        quota: {share: 71%, rounding: down, ties: all_out}\n", "share: 71%", "各等次名额（quota）合计 101%，超过 100%"),
    row("quota by share and number", "{share: 30%, rounding", "{share: 30%, number: 3, rounding", "quota:", "等次“优秀”的名额要写且只写 share（比例）或 number（个数）"),
    row("quota of a share without rounding", "share: 30%, rounding: half_up", "share: 30%", "quota:", "等次“优秀”的名额按比例，要写明怎么取整"),
    row("number of seats with rounding", "share: 30%, rounding", "number: 3, rounding", "rounding: half_up", "等次“优秀”的名额是个数，不用写 rounding", after="grades:"),
    row("number of seats with at least", "share: 30%, rounding: half_up", "number: 3, at_least: 1", "at_least: 1", "等次“优秀”的名额是个数，不用写 at_least", after="grades:"),
    row("number of no seats", "share: 30%, rounding: half_up", "number: 0", "number: 0", "等次“优秀”的名额是 0"),
    row("quota of an unknown category", "share: 30%, rounding: half_up", "number: {county: 2, district: 1, ofice: 3}", "number:", "没有类别“ofice”；是不是“office”？"),
    row("quota without a category", "share: 30%, rounding: half_up", "number: {county: 2, district: 1}", "number:", "等次“优秀”的名额没有写类别“office”；没有名额就写 0"),
    row("cut broken by an unknown node", "ties: all_in}", "ties: {break_by: [econmy], then: all_in}}", "break_by", "没有指标“econmy”；是不是“economy”？"),
    row("cut broken by what the ranking compares", "ties: all_in}", "ties: {break_by: [economy], then: all_in}}", "break_by", "排名时已经比过“economy”"),
    row("cut of a second grade broken by its own node", "    veto:\n", SECOND_QUOTA % ("work", "work") + "    veto:\n", "on: work", "排名时已经比过“work”"),
    row("cut of a second grade on the total broken by the ranking", "    veto:\n", SECOND_QUOTA % ("total", "economy") + "    veto:\n", "on: total", "排名时已经比过“economy”"),
    row("lines that were meant as shares", GRADES, SHARES, "from: 0.9", "各等次的分数线都不到满分的 1%（“优秀”从 0.9 分起）；按满分的比例写 90%，按分数写 90"),
    row("cut broken by a node twice", "ties: all_in}", "ties: {break_by: [work, work], then: all_in}}", "break_by", "并列时比较的指标“work”写了两次"),
    row("cut broken, and then", "ties: all_in}", "ties: {break_by: [work]}}", "break_by", "缺少“then”"),
    row("veto to an unknown grade", "effect: down_one", "effect: {to: 较好}", "effect:", "没有等次“较好”", after="veto:"),
    row("veto to the best grade", "effect: down_one", "effect: {to: 优秀}", "effect:", "否决把等次定为最高的“优秀”，不起作用", after="veto:"),
    row("promotion to the lowest grade", "effect: up_one", "effect: {to: 较差}", "effect:", "提档到最低等次“较差”，不起作用", after="promotion:"),
    row("veto on nothing", "      by: decision\n      grounds:\n        - 重大事故\n", "      by: decision\n", "effect:", "否决没有写事由（grounds），也没有写自动生效的条件（when）", after="veto:"),
    row("veto that acts by itself and waits", "        - 重大事故\n", "        - 重大事故\n      when: {node: work, below: 60%}\n", "when:", "写了 when 的否决自动生效，请写 by: automatic"),
    row("veto on an unknown node", VETO_GROUNDS, AUTOMATIC % "{node: wrok, below: 60%}", "when:", "没有指标“wrok”；是不是“work”？"),
    row("veto on everybody", VETO_GROUNDS, AUTOMATIC % "{node: work, below: 20.5}", "when:", "“重点工作”最高 20 分，人人都不足 20.5 分"),
    row("veto on nobody", VETO_GROUNDS, AUTOMATIC % "{node: work, below: 0}", "when:", "“重点工作”最低 0 分，不会不足 0 分"),
    row("refill without a quota", BELOW_QUOTA, BELOW_QUOTA.replace(QUOTA, "").replace("      by", "      refill: true\n      by"), "refill:", "refill（名额递补）要有名额（quota）才有意义"),
    row("inside a quota without one", QUOTA_TO_END, QUOTA_TO_END.replace(QUOTA, "") + "      inside_quota: true\n", "inside_quota:", "inside_quota（占用名额）要有名额（quota）才有意义"),
    row("despite a veto without one", VETO + "    promotion:\n", "    promotion:\n      despite_veto: true\n", "despite_veto:", "despite_veto 要有否决（veto）才有意义"),
    row("ground in two blocks", "        - 重大事故\n", "        - 重大事故\n        - 重大事故\n", "- 重大事故", "事由“重大事故”写了两次", after="- 重大事故"),
    row("second grade on an unknown node", "    veto:\n", SECOND % "wrok" + "    veto:\n", "on: wrok", "没有指标“wrok”；是不是“work”？"),
    row("second grade twice", "    veto:\n", SECOND % "work" + (SECOND_ROW % "total").replace("领导", "工作") + "    veto:\n", "on: total", "另评等次的代码“team”重复"),
    row("second grades of one name", "    veto:\n", SECOND % "work" + (SECOND_ROW % "total").replace("team", "again") + "    veto:\n", "code: again", "有两个另评等次都叫“领导班子”"),
    row("second grade with a hole", "    veto:\n", (SECOND % "total").replace("{name: 一般}", "{name: 一般, from: 50}") + "    veto:\n", "on: total", "最低等次“一般”不写分数线（from）"),
    row("quota of nothing", "share: 30%", "share: 0%", "share: 0%", "等次“优秀”的名额是 0，没有单位能得到"),
]  # fmt: skip

TRIMMED = "              aggregate: {trimmed: {drop: %s, when_more_than: %s}}\n"
AFTER_SECRECY = "              secrecy: signed\n"
METHOD = "              method:\n" + TIERS
LIMITS = "              limits: {%s}\n              over_limit: %s\n"
ROUNDED = "              limit_rounding: down\n"
NOTED = """\
              method:
                score:
                  from: 60
                  to: 100
                  step: 1
                  note_outside: {from: %s, to: %s}
"""
ASKED = """\
              method:
                questionnaire:
                  items: [{code: a, name: 态度, weight: %s}, {code: b, name: 效率, weight: %s}]
                  scale: {满意: 100, 一般: %s}
"""

PANELS = [
    row("cap that no vote reaches", "name: 互评\n", "name: 互评\n            cap: 100\n", "cap: 100", "“互评”投票最高 100 分，到不了上限（cap）"),
    row("floor that no vote reaches", "name: 互评\n", "name: 互评\n            floor: 80%\n", "floor: 80%", "“互评”投票最低 80 分，到不了下限（floor）"),
    row("trimmed to nothing", AFTER_SECRECY, AFTER_SECRECY + TRIMMED % (3, 5), "aggregate:", "6 票时两头各去掉 3 票就没有票了；drop 最多是 when_more_than 的一半"),
    row("nothing dropped", AFTER_SECRECY, AFTER_SECRECY + TRIMMED % (0, 5), "aggregate:", "“drop”"),
    row("unknown aggregate", AFTER_SECRECY, AFTER_SECRECY + "              aggregate: middle\n", "aggregate:", "没有叫“middle”的汇总方法；可用的有：mean、median、trimmed"),
    row("best that may be below 0", METHOD, VOTE.split("              not")[0] % (-10, 10, 1) + "              scaled_to_best: all\n", "scaled_to_best:", "“领导测评”的分值可低到 -10 分，最高分可能不大于 0，不能以它为满分折算"),
    row("limit of an unknown tier", METHOD, METHOD + LIMITS % ("优: 3", "void"), "limits:", "没有等次“优”，limits 里只能写 tiers 的等次"),
    row("limit of nothing", METHOD, METHOD + LIMITS % ("好: 0", "void"), "limits:", "“好”的限额应是正整数（几个）或百分比，如 3 或 30%"),
    row("limit of half a unit", METHOD, METHOD + LIMITS % ("好: 2.5", "void"), "limits:", "“好”的限额应是正整数（几个）或百分比"),
    row("limit of everybody", METHOD, METHOD + LIMITS % ("好: 100%", "void") + ROUNDED, "limits:", "“好”的限额是全部对象，限制不了什么"),
    row("limits without a consequence", METHOD, METHOD + "              limits: {好: 3}\n", "limits:", "要写明超限的票怎么办：over_limit: refuse（退回）或 void（作废）"),
    row("share without rounding", METHOD, METHOD + LIMITS % ("好: 30%", "refuse"), "limits:", "限额按比例的，要写明怎么取整"),
    row("number with rounding", METHOD, METHOD + LIMITS % ("好: 3", "refuse") + ROUNDED, "limit_rounding:", "限额都是个数，不用取整，请删去 limit_rounding"),
    row("rounding of no limits", METHOD, METHOD + ROUNDED, "limit_rounding:", "没有写限额（limits），limit_rounding 不起作用"),
    row("consequence of no limits", METHOD, METHOD + "              over_limit: void\n", "over_limit:", "没有写限额（limits），over_limit 不起作用"),
    row("limits of a ranking", "              method:\n" + RANKED, "              method:\n" + RANKED + LIMITS % ("1: 1", "void"), "limits:", "限额（limits）只用于 tiers"),
    row("limits that no ballot keeps", METHOD, METHOD + LIMITS % ("好: 2, 较好: 3, 一般: 4", "void"), "limits:", "每一档都有限额，对象一多就没有一张票能守住"),
    row("shares that no ballot keeps", METHOD, METHOD + LIMITS % ("好: 30%, 较好: 40%, 一般: 30%", "void") + ROUNDED, "limits:", "各档比例合计不低于 100% 并写 limit_rounding: up"),
    row("places all the same", "              method:\n" + RANKED, "              method:\n" + RANKED + "              all_same: void\n", "all_same:", "排名各不相同，all_same 不起作用"),
    row("void ballots as an answer", "                - 不了解\n", "                - 无效\n", "- 无效", "“无效”是废票的记法，不能作一种答案"),
    row("void ballots as a tier", "一般: 60\n              not", "无效: 60\n              not", "method:", "“无效”是废票的记法"),
    row("one place to spread over", "points: [100, 90, 80]\n                  unequal_lists: same_points", "points: [100]\n                  unequal_lists: spread", "points: [", "只有一个名次，没有可以折合的"),
    row("note range outside the score", METHOD, NOTED % (50, 90), "note_outside:", "不用说明的范围 50 至 90 应在 60 至 100 以内"),
    row("note range upside down", METHOD, NOTED % (90, 70), "note_outside:", "不用说明的范围 90 至 70 应在 60 至 100 以内，且不颠倒"),
    row("note that is never needed", METHOD, NOTED % (60, 100), "note_outside:", "60 至 100 就是全部分值，永远不用说明"),
    row("items that do not add up", METHOD, ASKED % (60, 30, 80), "items:", "各题权重合计 90，应为 100"),
    row("items of one code", METHOD, (ASKED % (60, 40, 80)).replace("code: b", "code: a"), "items:", "有两道题都叫“a”"),
    row("items of one name", METHOD, (ASKED % (60, 40, 80)).replace("效率", "态度"), "items:", "有两道题都叫“态度”"),
    row("answers all alike", METHOD, ASKED % (60, 40, 100), "scale:", "各种回答分值都一样"),
    row("item of no weight", METHOD, ASKED % (100, 0, 80), "weight: 0", "“weight”是 0，应大于 0"),
    row("median of a questionnaire", METHOD, ASKED % (60, 40, 80) + "              aggregate: median\n", "aggregate:", "问卷每题取平均再按权重合计，aggregate 只能是 mean"),
    row("not counted but on the scale", METHOD + "              not_counted:\n                - 不了解\n", ASKED % (60, 40, 80) + "              not_counted:\n                - 满意\n", "- 满意", "“满意”既有分值又列在不计票的答案"),
]  # fmt: skip

IF = "        from: 90\n        only_if: [%s]\n"
LINE = "        from: 90\n"
SPECIAL = "    special: {eco: {name: 生态考核, grades: [优秀, 合格, 不合格]}}\n"
FIRST = "    grades:\n      - name: 优秀\n        from: 90\n"
TWO_SPECIALS = SPECIAL.replace("{eco: ", "\n      eco: ").replace("}}\n", "}\n") + (
    "      law: {name: 生态考核, grades: [优秀, 合格, 不合格]}\n"
)
ECO = "{evaluation: eco, grade: %s}"
TO_SPECIAL = between("      - code: work\n", "    grades:\n")
CONDITIONS = [
    row("condition on an unknown node", LINE, IF % "{node: economi, at_least: 30}", "only_if", "没有指标“economi”；是不是“economy”？"),
    row("condition nobody can meet", LINE, IF % "{node: economy, at_least: 60.5}", "only_if", "“经济发展”最高 60 分，达不到 60.5 分的条件"),
    row("condition everybody meets", LINE, IF % "{node: economy, at_least: 0%}", "only_if", "“经济发展”最低 0 分，0 分的条件人人都满足"),
    row("condition without its points", LINE, IF % "{node: economy}", "only_if", "缺少“at_least”"),
    row("condition of an unknown word", LINE, IF % "no_vetoes", "only_if", "写成了“no_vetoes”，只能是 no_veto"),
    row("condition twice", LINE, IF % "no_veto, no_veto", "only_if", "条件“no_veto”写了两次"),
    row("condition on an unknown evaluation", LINE, IF % (ECO % "合格"), "only_if", "没有登记考评“eco”；请写进 special"),
    row("condition of the lowest grade", "      - name: 较差\n", "      - name: 较差\n        only_if: [no_veto]\n", "only_if", "最低等次“较差”不能有条件（only_if）"),
    row("no veto without a veto", GRADES + VETO, GRADES.replace(LINE, IF % "no_veto"), "only_if", "条件 no_veto 要有否决（veto）才有意义"),
    row("condition of an unknown grade elsewhere", FIRST, SPECIAL + FIRST.replace(LINE, IF % (ECO % "合各")), "only_if", "那项考评没有等次“合各”"),
    row("condition of the lowest grade elsewhere", FIRST, SPECIAL + FIRST.replace(LINE, IF % (ECO % "不合格")), "only_if", "“不合格”是“生态考核”的最低等次，人人都满足"),
    row("evaluations elsewhere of one name", FIRST, TWO_SPECIALS + FIRST.replace(LINE, IF % (ECO % "合格" + ", " + (ECO % "合格").replace("eco", "law"))), "law: {", "有两个考评都叫“生态考核”", after="special:"),
    row("grade elsewhere twice", FIRST, SPECIAL.replace("不合格", "优秀") + FIRST.replace(LINE, IF % (ECO % "合格")), "special", "等次“优秀”写了两次"),
    row("indicator of an unknown evaluation", JUDGED, "            evaluation: eco\n", "evaluation: eco", "没有登记考评“eco”；请写进 special"),
    row("indicator of an evaluation that is drawn", TO_SPECIAL, TO_SPECIAL.replace(JUDGED, "            evaluation: eco\n            not_drawn: mean\n") + SPECIAL, "not_drawn", "“重点工作”写了 not_drawn，而它不用于取自另一考评的指标；请删去"),
    row("special that nobody uses", FIRST, SPECIAL + FIRST, "special", "考评“生态考核”登记了却没有用到"),
]  # fmt: skip

NAMING = "opens: 01-15, days: 10, count: working}"
ASSESSING = "opens: next 01-05, closes: next 03-31}"
PUBLIC = "phase: publicity, days: 5, count: working}"
NOT_A_DAY = "不是每年都有的日子；请写成 01-31，第二年的写成 next 01-31"
TIMETABLE = [
    row("unknown phase", "phase: naming", "phase: nameing", "nameing", "“phase”写成了“nameing”，只能是 naming、targets、"),
    row("row without a phase", "{phase: naming, ", "{", "{opens: 01-15", "缺少“phase”"),
    row("day that is none", NAMING, NAMING.replace("01-15", "02-30"), "02-30", "“opens”写成了“02-30”", NOT_A_DAY),
    row("day of leap years only", NAMING, NAMING.replace("01-15", "02-29"), "02-29", "“opens”写成了“02-29”", NOT_A_DAY),
    row("day of leap years after", ASSESSING, ASSESSING.replace("03-31", "02-29"), "02-29", "“closes”写成了“next 02-29”", NOT_A_DAY),
    row("month that is none", NAMING, NAMING.replace("01-15", "13-01"), "13-01", "“opens”写成了“13-01”", NOT_A_DAY),
    row("day with its year", NAMING, NAMING.replace("01-15", "2025-01-15"), "2025-01-15", "“opens”写成了“2025-01-15”", NOT_A_DAY),
    row("day as a number", NAMING, NAMING.replace("01-15", "1.15"), "1.15", "“opens”写成了“1.15”", NOT_A_DAY),
    row("full-width digits", NAMING, NAMING.replace("01-15", "０１-１５"), "０１", "“opens”写成了“０１-１５”", NOT_A_DAY),
    row("another word before a day", ASSESSING, ASSESSING.replace("next 03-31", "last 03-31"), "last 03", "“closes”写成了“last 03-31”", NOT_A_DAY),
    row("no days at all", NAMING, NAMING.replace("10", "0"), "days: 0", "“days”是 0，不应小于 1"),
    row("more days than a year has working ones", NAMING, NAMING.replace("10", "241"), "days: 241", "“days”是 241，不应大于 240"),
    row("half a day", NAMING, NAMING.replace("10", "1.5"), "days: 1.5", "“days”应是整数，写成了1.5"),
    row("other days", NAMING, NAMING.replace("working", "weekly"), "weekly", "“count”写成了“weekly”，只能是 working 或 calendar"),
    row("misspelt end", ASSESSING, ASSESSING.replace("closes", "close"), "close:", "不认识“close”", "是不是“closes”？"),
    row("phase twice", "phase: publicity", "phase: naming", "phase: naming, days: 5", "timetable 里的“naming”写了两次（第 192 行已有）"),
    row("neither end nor length", ASSESSING, "opens: next 01-05}", "self_assessment", "“self_assessment”没有写开放到什么时候；请写 closes（截止日）或 days（天数）"),
    row("phase alone", PUBLIC, "phase: publicity}", "publicity}", "“publicity”没有写开放到什么时候"),
    row("end and length", NAMING, NAMING.replace("days", "closes: 02-01, days"), "days: 10", "“naming”同时写了 closes 和 days，只能写一个"),
    row("end without a beginning", ASSESSING, "closes: next 03-31}", "closes: next", "“self_assessment”写了 closes，没有写 opens（第一天）"),
    row("closes before it opens", ASSESSING, ASSESSING.replace("next 01", "next 04"), "closes", "“self_assessment”的 closes 早于 opens；第二年的日子写成 next 01-31"),
    row("closes in the year before", ASSESSING, ASSESSING.replace("next 03", "03"), "closes", "“self_assessment”的 closes 早于 opens"),
    row("closes the day before", ASSESSING, "opens: next 01-05, closes: next 01-04}", "closes", "“self_assessment”的 closes 早于 opens"),
    row("open for more than a year", NAMING, "opens: 01-15, closes: next 01-15}", "closes", "“naming”开放超过一年，请核对 opens 和 closes"),
    row("open for nearly two years", NAMING, "opens: 01-15, closes: next 12-31}", "closes", "“naming”开放超过一年"),
    row("days of no kind", NAMING, "opens: 01-15, days: 10}", "days: 10", "“naming”要写明 days 怎么数：count: working（工作日）或 calendar（自然日）"),
    row("nothing to count", ASSESSING, ASSESSING.replace("}", ", count: working}"), "count: working}", "“self_assessment”没有写 days，count 不起作用，请删去", after="self_assessment"),
]  # fmt: skip
