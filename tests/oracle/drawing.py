"""`seed → case`: a whole scheme as text, and facts for a few units, drawn to be awkward.

Values fall on halves at the rounding place more often than not by chance, exceed 64 bits, are negative or absent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from tests.oracle.drawing_facts import Asked, draw_facts
from tests.oracle.drawing_rules import ALONE, draw_rule, part_into
from tests.oracle.panels import VOID
from tests.oracle.whole import Facts

EXPRESSION = re.compile(r"[()×÷*/+<>=, ]")
GRADES = ["优秀", "良好", "一般", "较差"]
GROUNDS = ["事故", "违纪"]
OTHER = ["优", "合格", "不合格"]
PRAISE = ["获奖", "先进"]


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


class _Writer:
    """Draws one evaluation; `asked` collects what facts its leaves will want."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.asked: list[Asked] = []
        self.codes = 0
        self.leaves = 0
        self.sets: dict[str, list[str]] = rng.choice(
            [{"s": ["a"]}, {"s": ["a", "b"]}, {"s": ["a", "b"]}, {"s": ["a"], "t": ["c"]}]
        )

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def maybe(self, share: float, key: str, *choices: Any) -> dict[str, Any]:
        return {key: self.rng.choice(choices)} if self.chance(share) else {}

    def evaluation(self) -> dict[str, Any]:
        rng = self.rng
        full = rng.choice([100, 100, 100, 10, 1000, 120])
        said: dict[str, Any] = {"code": "annual", "title": "试", "full_marks": str(full)}
        said["rounding"] = {
            point: rng.choice(["0", "1", "2", "2", "3", "none"]) for point in ("leaf", "node", "panel", "total")
        }
        said |= self.maybe(0.9, "not_applicable", "renormalise", "renormalise", "renormalise", "mean", "full", "refuse")
        said |= self.maybe(0.8, "missing", "zero", "zero", "zero", "mean", "block")
        said["series"] = {"outside": "外部"}
        said["sets"] = {
            code: {"name": code, "categories": {one: one for one in categories}}
            for code, categories in self.sets.items()
        }
        said["indicators"] = self.children(Fraction(full), 2)
        if any(one.body != "panel" for one in self.asked):
            said["collectors"] = ["办"]
            for node in said["indicators"]:
                node |= {"collector": "办"} if "panel" not in node else {}
        else:
            return self.evaluation()
        if not any(_uses_series(node) for node in said["indicators"]):
            del said["series"]
        said |= self.extras("bonus", 0.5) | self.extras("deductions", 0.4)
        said |= self.maybe(0.2, "cap", "100%", "105%", str(full + 3)) | self.maybe(0.2, "floor", "0", "-5", "10%")
        if self.chance(0.6):
            said["ranking"] = self.maybe(0.5, "on", "rounded", "unrounded") | self.ties()
            if not said["ranking"]:
                del said["ranking"]
        said["grades"] = self.grades(full)
        said |= self.moves()
        said |= self.conditions(said["grades"], ["no_veto"] if "veto" in said else [])
        if self.chance(0.7):
            said["use"] = self.uses(said["grades"])
        return said

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
                one["for"] = {"s": {"full_marks": _text(first + second)}}
                two["for"] = {"t": {"full_marks": _text(first + second)}}
                del one["full_marks"], two["full_marks"]
            return
        if "b" in self.sets["s"]:
            shift = self.rng.choice([second, second / 2])
            one["full_marks"] = {"a": _text(first), "b": _text(first + shift)}
            two["full_marks"] = {"a": _text(second), "b": _text(second - shift)}

    def _vary_weights(self, nodes: list[dict[str, Any]]) -> None:
        categories = [one for known in self.sets.values() for one in known]
        if len(categories) > 1 and self.chance(0.3):
            others = part_into(self.rng, 100, len(nodes), least=0)
            for node, other in zip(nodes, others, strict=True):
                node["weight"] = dict.fromkeys(categories[:-1], node["weight"]) | {categories[-1]: str(other)}

    def node(self, full: Fraction, depth: int) -> dict[str, Any]:
        self.codes += 1
        code = f"n{self.codes}"
        node: dict[str, Any] = {"code": code, "name": code, "full_marks": _text(full)}
        if depth and self.chance(0.4):
            return node | self.group(full, depth)
        body = self.rng.random()
        if body < 0.08:
            return node | self.own(code)
        if body < 0.2:
            return node | self.panel(code, full)
        return node | self.leaf(code, full)

    def group(self, full: Fraction, depth: int) -> dict[str, Any]:
        way = self.rng.choice(["sum", "sum", "sum", "mean", "minimum", "maximum", "geometric_mean"])
        said = ({} if way == "sum" and self.chance(0.5) else {"roll_up": way}) | self.limits() | self.ways(0.3)
        said |= self.maybe(0.3, "rounding", "0", "1", "2", "none")
        if way == "geometric_mean":
            said["rounding"] = self.rng.choice(["0", "1", "2", "4"])
        if way == "sum":
            return said | {"indicators": self.children(full, depth - 1)}
        count = self.rng.choice([1, 2, 3])
        nodes = [self.node(Fraction(self.rng.choice([5, 10, 10, 20, 100])), depth - 1) for _ in range(count)]
        return said | {"indicators": nodes}

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
        said = {**drawn.declared, "rule": drawn.rule} | self.limits() | self.ways(0.2)
        return said | self.maybe(0.2, "rounding", "0", "1", "2", "3", "none")

    def own(self, code: str) -> dict[str, Any]:
        names = self.rng.sample(["甲法", "乙法", "丙法"], self.rng.choice([1, 2, 3]))
        drawn = {name: draw_rule(self.rng, Fraction(10), self.rng.choice(ALONE)) for name in names}
        self.asked.append(Asked(code, "own", Fraction(0), own=drawn))
        said: dict[str, Any] = {"own": {"rules": {name: one.rule for name, one in drawn.items()}}}
        said["own"] |= self.maybe(0.3, "fact", {"name": "完成", "decimals": "2"})
        said |= self.limits() | self.maybe(0.3, "rounding", "0", "1", "none")
        said["not_applicable"] = self.rng.choice(["renormalise", "full", "refuse"])
        return said | {"missing": self.rng.choice(["zero", "zero", "block"]), "not_drawn": "renormalise"}

    def panel(self, code: str, full: Fraction) -> dict[str, Any]:
        rng = self.rng
        word = rng.choice(["tiers", "ranking", "score"])
        levels = [_text(full * share / 100) for share in (100, rng.choice([95, 90, 80]), rng.choice([60, 75]), 12)]
        said: dict[str, Any] = {"voters": "人", "secrecy": rng.choice(["signed", "anonymous"])}
        said |= self.maybe(0.3, "subjects", "in_charge", "all")
        if word == "tiers":
            answers = ["好", "中", "差"][: rng.choice([2, 3])]
            tiers = dict(zip(answers, levels, strict=False))
            said["method"] = {"tiers": rng.choice([tiers, {"points": tiers}])}
        elif word == "ranking":
            answers = ["1", "2", "3", "4"][: rng.choice([2, 4])]
            said["method"] = {"ranking": {"points": levels[: len(answers)], "unequal_lists": "same_points"}}
        else:
            answers = [_text(full * share / 8) for share in range(rng.choice([2, 4]), 9)]
            said["method"] = {"score": {"from": answers[0], "to": _text(full), "step": _text(full / 8)}}
        if rng.random() < 0.5:
            said["not_counted"] = ["不了解"]
        said |= self.maybe(0.4, "minimum_ballots", "2", "3")
        said |= self.maybe(0.7, "below_minimum", "drop", "drop", "mean", "block")
        said |= self.maybe(0.5, "no_ballots", "drop", "drop", "block")
        said |= self.maybe(0.2, "scaled_to_best", "category", "all")
        trimmed = {"trimmed": {"drop": rng.choice(["1", "2"]), "when_more_than": rng.choice(["4", "5"])}}
        said |= self.maybe(0.5, "aggregate", "mean", {"mean": {}}, "median", {"median": {}}, trimmed, trimmed)
        self.asked.append(Asked(code, "panel", full, answers=[*answers, *said.get("not_counted", []), VOID]))
        return {"panel": said} | self.maybe(0.2, "rounding", "0", "1", "none")

    # What follows from the tree.

    def extras(self, key: str, share: float) -> dict[str, Any]:
        if not self.chance(share):
            return {}
        standards = []
        parts = {code: {"name": code} | self.maybe(1, "at_most", "3.5", "4") for code in ("p", "q")}
        for number in range(self.rng.choice([1, 2, 3])):
            levels: dict[str, Any] = {
                "国": self.rng.choice(["3", "2", "2.005"]),
                "省": self.rng.choice(["1", "2", "0.5", "0.125"]),
            }
            if key == "bonus" and self.chance(0.2):
                levels["世"] = {"effect": self.rng.choice(["up_one", "top"])}
            standard: dict[str, Any] = {"code": f"{key[0]}{number}", "name": f"项{number}", "levels": levels}
            standards.append(standard | self.maybe(0.5, "at_most", "3", "3.5") | self.maybe(0.4, "part", *parts))
        used = {standard["part"]: parts[standard["part"]] for standard in standards if "part" in standard}
        return {
            key: {
                "highest_only": self.rng.choice(["true", "false"]),
                **self.maybe(0.5, "at_most", "4", "5", "4.25"),
                **self.maybe(0.4, "item_at_most", "3", "3.25"),
                **self.maybe(0.3, "cut_off", "2024-06-30"),
                **self.maybe(0.3, "by", "decision"),
                **({"parts": used} if used else {}),
                "standards": standards,
            }
        }

    def ties(self) -> dict[str, Any]:
        said = self.maybe(0.7, "ties", "competition", "dense", "dense", "error")
        if self.chance(0.4):
            said["break_ties_by"] = self.rng.sample([f"n{n + 1}" for n in range(self.codes)], min(2, self.codes))
        return said

    def grades(self, full: int) -> list[dict[str, Any]]:
        names = GRADES[: self.rng.choice([2, 3, 4])]
        lines = sorted(self.rng.sample([30, 40, 50, 60, 70, 80, 90], len(names) - 1), reverse=True)
        grades: list[dict[str, Any]] = []
        for name, line in zip(names, lines, strict=False):
            grade: dict[str, Any] = {"name": name}
            lined = self.chance(0.75)
            if lined:
                grade["from"] = self.rng.choice([f"{line}%", _text(Fraction(full * line, 100))])
            if not lined or self.chance(0.4):
                grade["quota"] = {
                    "share": self.rng.choice(["20%", "30%", "25%", "33.3%"]),
                    "rounding": self.rng.choice(["half_up", "down", "up"]),
                    "ties": self.rng.choice(["all_in", "all_out"]),
                    **self.maybe(0.4, "at_least", "1", "2"),
                }
            grades.append(grade)
        return [*grades, {"name": names[-1]}]

    def moves(self) -> dict[str, Any]:
        said: dict[str, Any] = {}
        if self.chance(0.5):
            effect = self.rng.choice(["down_one", "bar_from_top", "lowest"])
            said["veto"] = {"effect": effect, "by": "decision", "grounds": GROUNDS}
        if self.chance(0.4):
            effect = self.rng.choice(["up_one", "top"])
            said["promotion"] = {"effect": effect, "by": "decision", "grounds": PRAISE}
        return said

    def conditions(self, grades: list[dict[str, Any]], always: list[Any]) -> dict[str, Any]:
        """Conditions of the better grades, and the other evaluation that they may look at."""
        if not self.chance(0.35):
            return {}
        named = False
        for grade in self.rng.sample(grades[:-1], self.rng.choice([1, len(grades) - 1])):
            node = {"node": f"n{self.rng.randint(1, self.codes)}", "at_least": self.rng.choice(["50%", "1", "80%"])}
            other = {"evaluation": "eco", "grade": self.rng.choice(OTHER[:2])}
            grade["only_if"] = self.rng.sample([*always, node, other], self.rng.choice([1, 2]))
            named = named or other in grade["only_if"]
        return {"special": {"eco": {"name": "生态", "grades": OTHER}}} if named else {}

    def uses(self, grades: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        names = [grade["name"] for grade in grades]
        found: list[dict[str, Any]] = []
        if self.chance(0.6):
            found.append({"by_grade": {name: f"给{name}" for name in self.rng.sample(names, 2)}})
        if self.chance(0.6):
            bands = [self.band(end, f"第{number}段") for number, end in enumerate(["first", "last", "first"])]
            found.append({"by_rank": self.rng.sample(bands, self.rng.choice([1, 2, 3]))})
            if self.chance(0.3):
                found[-1]["by_grade"] = {names[-1]: "不给"}
        if self.chance(0.6):
            found.append({"by_rise": self.band("first", "进步奖")})
        for number, use in enumerate(found):
            use |= {"code": f"u{number}", "name": f"用{number}"} | self.maybe(0.5, "otherwise", "无", "照常")
            use |= self.maybe(0.2, "for", *self.sets)
        return found or [{"code": "u0", "name": "用", "by_grade": {names[0]: "奖"}}]

    def band(self, end: str, gives: str) -> dict[str, Any]:
        if self.chance(0.5):
            return {end: self.rng.choice(["1", "1", "2"]), "gives": gives}
        rounding = self.rng.choice(["half_up", "down", "up"])
        return {end: self.rng.choice(["25%", "30%", "33.3%"]), "rounding": rounding, "gives": gives}


def _uses_series(said: Any) -> bool:
    if isinstance(said, dict):
        return "series" in said or any(_uses_series(inner) for inner in said.values())
    return isinstance(said, list) and any(_uses_series(inner) for inner in said)


def _text(value: Fraction) -> str:
    """A finite decimal as it is written."""
    if value.denominator == 1:
        return str(value.numerator)
    places = next(n for n in range(1, 40) if (value * 10**n).denominator == 1)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"
