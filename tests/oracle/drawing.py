"""`seed → case`: a whole scheme as text, and facts for a few units, drawn to be awkward.

Values fall on halves at the rounding place more often than not by chance, exceed 64 bits, are negative or absent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from tests.oracle.drawing_facts import Asked, draw_facts
from tests.oracle.drawing_panels import draw_panel
from tests.oracle.drawing_rules import ALONE, draw_rule, part_into
from tests.oracle.drawing_standing import GRADES, OTHER, Standing
from tests.oracle.figures import text_of
from tests.oracle.whole import Facts

EXPRESSION = re.compile(r"[()×÷*/+<>=, ]")


@dataclass(frozen=True)
class Case:
    """A scheme as text and as plain data, with facts for it; `seed` draws it again."""

    seed: int
    text: str
    scheme: Mapping[str, Any]
    facts: list[Facts]


def draw(seed: int, times: int = 4) -> Case:
    """A scheme, and facts for it so many times over."""
    rng = Random(seed)
    writer = _Writer(rng)
    evaluation = writer.evaluation()
    head = {"language": "1", "scheme": f"case-{seed}", "title": "试", "source": "试"}
    scheme = {**head, "evaluations": [evaluation]}
    return Case(
        seed,
        "\n".join(written(scheme)) + "\n",
        scheme,
        [draw_facts(rng, evaluation, writer.asked) for _ in range(times)],
    )


# YAML


def written(value: Mapping[str, Any], indent: str = "") -> list[str]:
    """A block of YAML; what is short stands on one line."""
    lines = []
    for key, inner in value.items():
        short = _flow(inner)
        if len(short) < 100 or not isinstance(inner, dict | list):
            lines.append(f"{indent}{key}: {short}")
            continue
        lines.append(f"{indent}{key}:")
        if isinstance(inner, dict):
            lines += written(inner, indent + "  ")
        else:
            for one in inner:
                block = written(one, indent + "    ")
                lines += [f"{indent}  - {block[0].strip()}", *block[1:]]
    return lines


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(inner) for inner in value) + "]"
    return f'"{value}"' if EXPRESSION.search(value) else str(value)


class _Writer(Standing):
    """Draws one evaluation; `asked` collects what facts its leaves will want."""

    def __init__(self, rng: Random) -> None:
        sets = [{"s": ["a"]}, {"s": ["a", "b"]}, {"s": ["a", "b"]}, {"s": ["a"], "t": ["c"]}]
        super().__init__(rng, rng.choice(sets))
        self.asked: list[Asked] = []

    def evaluation(self) -> dict[str, Any]:
        rng = self.rng
        full = rng.choice([100, 100, 100, 10, 1000, 120])
        said: dict[str, Any] = {"code": "annual", "title": "试", "full_marks": str(full)}
        said["rounding"] = {
            point: rng.choice(["0", "1", "2", "2", "3", "none", self.way()])
            for point in ("leaf", "node", "panel", "total")
        }
        said |= self.maybe(0.9, "not_applicable", "renormalise", "renormalise", "renormalise", "mean", "full", "refuse")
        said |= self.maybe(0.8, "missing", "zero", "zero", "zero", "mean", "block")
        said |= self.maybe(0.15, "compare_listed_separately", "true")
        said["sets"] = {
            code: {"name": code, "categories": {one: one for one in categories}}
            for code, categories in self.sets.items()
        }
        said["indicators"] = self.children(Fraction(full), 2)
        if any(one.body != "panel" for one in self.asked):
            assessing = [one for one in ("统", "督") if one in str(said["indicators"])]
            said["collectors"] = ["办", *assessing]
            for node in said["indicators"]:
                node |= {"collector": "办"} if not {"panel", "evaluation", "assessors"} & node.keys() else {}
        else:
            return self.evaluation()
        said |= self.named(said["indicators"])
        if any(_said_under("over_fulfilment", said["indicators"])):
            said |= self.extras("bonus", 1)
            said["bonus"]["over_fulfilment"] = {"at_most": self.rng.choice(["3", "1.25"])}
            said |= self.extras("deductions", 0.4)
        else:
            said |= self.extras("bonus", 0.5) | self.extras("deductions", 0.4)
        said |= self.maybe(0.2, "cap", "100%", "105%", str(full + 3)) | self.maybe(0.2, "floor", "0", "-5", "10%")
        if self.chance(0.6):
            said["ranking"] = self.maybe(0.5, "on", "rounded", "unrounded") | self.ties()
            if not said["ranking"]:
                del said["ranking"]
        said |= self.scale(full, GRADES)
        said |= self.also_graded()
        asked = self.asking(said)
        if asked or any(_said_under("evaluation", said["indicators"])):
            said["special"] = {"eco": {"name": "生态"} | ({"grades": OTHER} if asked else {})}
        if self.chance(0.7):
            said["use"] = self.uses(said)
        return said

    def asking(self, said: Mapping[str, Any]) -> bool:
        """Conditions of grades, bonuses and deductions; whether one looks at the other evaluation."""
        always = ["no_veto"] if "veto" in said else []
        asked = self.conditions(said["grades"], always)
        for extras in (said[key] for key in ("bonus", "deductions") if key in said):
            for holder in [extras] if self.chance(0.25) else extras["standards"]:
                if holder is extras or self.chance(0.25):
                    asked = self.condition(holder, always) or asked
        return asked

    def named(self, indicators: list[dict[str, Any]]) -> dict[str, Any]:
        """What the tree refers to by code."""
        rng, categories = self.rng, [one for known in self.sets.values() for one in known]
        values = {one: rng.choice(["1.1", "0.85", "1", "2", "0.125"]) for one in categories}
        factors = {"hard": {"name": "难度", "by_category": values | {categories[0]: "1.1"}}, "size": {"name": "规模"}}
        some = rng.sample(categories, rng.choice([1, len(categories)]))
        groups = {"east": {"name": "东片"}, "big": {"name": "大类", "categories": some}}
        found: dict[str, Any] = {}
        for key, word, known in (("factors", "factor", factors), ("groups", "group", groups)):
            used = set(_said_under(word, indicators))
            found |= {key: {code: one for code, one in known.items() if code in used}} if used else {}
        outside = any(_said_under("series", indicators)) or "series.outside" in str(indicators)
        return found | ({"series": {"outside": "外部"}} if outside else {})

    # The tree.

    def children(self, full: Fraction, depth: int) -> list[dict[str, Any]]:
        rng = self.rng
        count = rng.choice([1, 2, 2, 3]) if depth < 2 else rng.choice([1, 2, 2, 3, 3])
        if rng.random() < 0.3 and count > 1:
            weights = part_into(rng, 100, count)
            nodes = [
                self.node(Fraction(rng.choice([3, 10, 10, 80, 100])), depth) | {"weight": str(weight)}
                for weight in weights
            ]
            self._vary_weights(nodes)
        else:
            nodes = [self.node(share, depth) for share in self.shares(full, count)]
            self._vary_marks(nodes)
        return nodes

    def shares(self, full: Fraction, count: int) -> list[Fraction]:
        """Full marks that add up, sometimes with a decimal."""
        scale = self.rng.choice([1, 1, 2, 10])
        whole = full * scale
        if whole.denominator != 1 or whole < count:
            return [full / count] * count if count in (1, 2) else [full / 4, full / 4, full / 2]
        return [Fraction(one, scale) for one in part_into(self.rng, int(whole), count)]

    def _vary_marks(self, nodes: list[dict[str, Any]]) -> None:
        """Two plain leaves may have other marks in another category, down to none."""
        plain = [node for node in nodes if "indicators" not in node and "panel" not in node and "own" not in node]
        if len(plain) < 2 or not self.chance(0.25):
            return
        one, two = self.rng.sample(plain, 2)
        first, second = Fraction(one["full_marks"]), Fraction(two["full_marks"])
        if "t" in self.sets:
            if self.chance(0.5):
                one["for"] = {"s": {"full_marks": text_of(first + second)}}
                two["for"] = {"t": {"full_marks": text_of(first + second)}}
                del one["full_marks"], two["full_marks"]
            return
        if "b" in self.sets["s"]:
            shift = self.rng.choice([second, second / 2])
            one["full_marks"] = {"a": text_of(first), "b": text_of(first + shift)}
            two["full_marks"] = {"a": text_of(second), "b": text_of(second - shift)}

    def _vary_weights(self, nodes: list[dict[str, Any]]) -> None:
        categories = [one for known in self.sets.values() for one in known]
        if len(categories) > 1 and self.chance(0.3):
            others = part_into(self.rng, 100, len(nodes), least=0)
            for node, other in zip(nodes, others, strict=True):
                node["weight"] = dict.fromkeys(categories[:-1], node["weight"]) | {categories[-1]: str(other)}

    def node(self, full: Fraction, depth: int) -> dict[str, Any]:
        self.codes += 1
        code = f"n{self.codes}"
        node: dict[str, Any] = {"code": code, "name": code, "full_marks": text_of(full)}
        if depth and self.chance(0.4):
            return node | self.group(full, depth)
        body = self.rng.random()
        if body < 0.08:
            return node | self.own(code)
        if body < 0.1:
            node |= {"evaluation": "eco", **self.limits(), **self.ways(0.3)} | self.maybe(
                0.3, "rounding", "0", "1", self.way()
            )
            node.pop("not_drawn", None)
            return node
        if body < 0.2:
            return node | self.panel(code, full)
        return node | self.leaf(code, full)

    def group(self, full: Fraction, depth: int) -> dict[str, Any]:
        way = self.rng.choice(["sum", "sum", "sum", "mean", "minimum", "maximum", "geometric_mean"])
        said = (
            ({} if way == "sum" and self.chance(0.5) else {"roll_up": way})
            | self.limits()
            | self.factor()
            | self.ways(0.3)
        )
        said |= self.maybe(0.3, "rounding", "0", "1", "2", "none", self.way())
        if way == "geometric_mean":
            said["rounding"] = self.rng.choice(["0", "1", "2", "4"])
        if way == "sum":
            return said | {"indicators": self.children(full, depth - 1)}
        count = self.rng.choice([1, 2, 3])
        nodes = [self.node(Fraction(self.rng.choice([5, 10, 10, 20, 100])), depth - 1) for _ in range(count)]
        _never_over(nodes)
        return said | {"indicators": nodes}

    def way(self) -> dict[str, str]:
        """A rounding point that names its way."""
        return {
            "places": self.rng.choice(["0", "1", "2"]),
            "way": self.rng.choice(["down", "down", "up", "up", "half_up"]),
        }

    def factor(self) -> dict[str, Any]:
        return self.maybe(0.12, "factor", "hard", "size")

    def limits(self) -> dict[str, Any]:
        if self.chance(0.7):
            return {}
        return self.maybe(0.6, "cap", "120%", "110%", "150%", "100%") | self.maybe(0.6, "floor", "-50%", "-3", "10%")

    def ways(self, share: float) -> dict[str, Any]:
        """What a node says about figures that are absent."""
        return (
            self.maybe(share, "not_applicable", "renormalise", "mean", "full", "renormalise")
            | self.maybe(share, "missing", "zero", "mean", "zero", "block")
            | self.maybe(share + 0.6, "not_drawn", "renormalise", "mean")
        )

    def leaf(self, code: str, full: Fraction) -> dict[str, Any]:
        drawn = draw_rule(self.rng, full)
        self.asked.append(Asked(code, "rule", full, drawn))
        said = {**drawn.declared, "rule": drawn.rule}
        over = self.over(drawn.rule)
        said |= over or self.slots() | self.limits()
        said |= self.factor() | self.ways(0.2)
        return said | self.maybe(0.2, "rounding", "0", "1", "2", "3", "none", self.way())

    def over(self, rule: Any) -> dict[str, Any]:
        """Rules that may go beyond full marks."""
        ratio = {} if isinstance(rule, str) else rule.get("ratio", {})
        against_own = ratio.get("to") in ("target", "stretch", "baseline") and "of" not in ratio
        if not against_own and (isinstance(rule, str) or not {"add", "formula"} & rule.keys()):
            return {}
        at_most = self.rng.choice(["10%", "25%", "2", "1000%"])
        rate = self.maybe(0.5, "rate", "50%", "33.3%", "12.5%")
        return {"over_fulfilment": {**rate, "at_most": at_most}} if self.chance(0.15) else {}

    def slots(self) -> dict[str, Any]:
        if self.chance(0.88):
            return {}
        if self.chance(0.4):
            lead = {"lead": "办", "assist": self.rng.choice([["统"], ["统", "督"]]), "lead_share": "60%"}
            return {"assessors": self.rng.choice([lead, {"mean": ["办", "统"]}, {"mean": ["办", "统", "督"]}])}
        of = self.rng.choice(["half_year", "half_year", "quarter", "quarter", "month"])
        return {"periods": {"of": of, "take": self.rng.choice(["mean", "sum", "best", "last", "pooled"])}}

    def own(self, code: str) -> dict[str, Any]:
        names = self.rng.sample(["甲法", "乙法", "丙法"], self.rng.choice([1, 2, 3]))
        drawn = {name: draw_rule(self.rng, Fraction(10), self.rng.choice(ALONE)) for name in names}
        self.asked.append(Asked(code, "own", Fraction(0), own=drawn))
        said: dict[str, Any] = {"own": {"rules": {name: one.rule for name, one in drawn.items()}}}
        said["own"] |= self.maybe(0.3, "fact", {"name": "完成", "decimals": "2"})
        said |= self.limits() | self.factor() | self.maybe(0.3, "rounding", "0", "1", "none", self.way())
        said["not_applicable"] = self.rng.choice(["renormalise", "full", "refuse"])
        return said | {"missing": self.rng.choice(["zero", "zero", "block"]), "not_drawn": "renormalise"}

    def panel(self, code: str, full: Fraction) -> dict[str, Any]:
        said, answers = draw_panel(self.rng, full)
        self.asked.append(Asked(code, "panel", full, answers=answers, panel=said))
        return {"panel": said} | self.limits() | self.maybe(0.2, "rounding", "0", "1", "none", self.way())


def _never_over(nodes: list[dict[str, Any]]) -> None:
    """Nothing beyond full marks below a node that is no sum: it would have no fixed worth."""
    for node in nodes:
        node.pop("over_fulfilment", None)
        _never_over(node.get("indicators", []))


def _said_under(word: str, said: Any) -> Iterator[Any]:
    """Everything that stands under this key."""
    if isinstance(said, dict):
        for key, inner in said.items():
            if key == word:
                yield inner
            else:
                yield from _said_under(word, inner)
    elif isinstance(said, list):
        for inner in said:
            yield from _said_under(word, inner)
