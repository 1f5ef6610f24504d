"""Scoring rules with all their parameters, measures and references, drawn at random."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Any

ALONE = ["judged", "all_or_nothing", "ratio", "step_table", "base_steps", "interpolated", "marginal_bands"]
MEASURING = ["ratio", "ratio", "step_table", "base_steps", "efficacy", "share_of_best", "rank_table"]
MEASURING += ["interpolated", "marginal_bands", "rank_steps", "rank_linear", "rank_change", "above_both"]
AMONG = ["all", "all", "category", {"group": "east"}, {"group": "big"}]
COUNTS = {"late": "迟报", "wrong": "错报"}


@dataclass
class Drawn:
    """A rule, what the leaf declares for it, and its facts by kind: `points`, `yes_no`, `count`, `number`."""

    rule: Any
    declared: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)


def part_into(rng: Random, whole: int, count: int, least: int = 1) -> list[int]:
    """Whole numbers that add up."""
    spare = whole - least * count
    cuts = sorted(rng.randint(0, spare) for _ in range(count - 1))
    return [high - low + least for low, high in zip([0, *cuts], [*cuts, spare], strict=True)]


def draw_rule(rng: Random, full: Fraction, word: str | None = None) -> Drawn:
    """A rule for a leaf of these full marks; a word given is one for an own list, which has one fact only."""
    alone = word is not None
    word = word or rng.choice(
        [
            "judged",
            "judged",
            "all_or_nothing",
            "deduct",
            "add",
            *MEASURING,
            *MEASURING,
            "composite",
            "formula",
            "gate",
            "gate",
        ]
    )
    if word == "judged":
        rule = rng.choice(["judged", {"judged": {"decimals": "3"}}])
        return Drawn(rule, {}, {"actual": "points"})
    if word == "all_or_nothing":
        declared = {} if alone else {"fact": {"name": "成否", "kind": "yes_no"}}
        return Drawn(rng.choice([word, {word: {}}]), declared, {"actual": "yes_no"})
    if word in ("deduct", "add"):
        return _occurrences(rng, word)
    return _Figures(rng, full, alone).leaf(word)


def _occurrences(rng: Random, word: str) -> Drawn:
    kinds = rng.sample(sorted(COUNTS), rng.choice([1, 2]))
    each: dict[str, Any] = {}
    for kind in kinds:
        each[kind] = {"name": COUNTS[kind], "points": rng.choice(["1", "0.5", "0.125", "0.005", "2", "0.3"])}
        if rng.random() < 0.3:
            each[kind]["at_most"] = rng.choice(["2", "2.5"])
        if word == "deduct" and rng.random() < 0.2:
            each[kind] |= {"nothing_from": rng.choice(["1", "2"])} | rng.choice([{}, {"points": "0"}])
    rule: dict[str, Any] = {word: {"each": each}}
    if word == "deduct" and rng.random() < 0.3:
        rule[word]["nothing_from"] = rng.choice(["3", "4"])
    return Drawn(rule, {}, dict.fromkeys(kinds, "count"))


class _Figures:
    """Rules that measure: which facts they use is decided once for the leaf."""

    def __init__(self, rng: Random, full: Fraction, alone: bool) -> None:
        self.rng, self.full, self.alone = rng, full, alone
        self.named = not alone and rng.random() < 0.25
        self.used: set[str] = set()
        self.passed = False

    def leaf(self, word: str) -> Drawn:
        if word == "gate":
            rule: Any = {"gate": self.gate()}
        elif word == "composite":
            shares = part_into(self.rng, 20, self.rng.choice([2, 3]))
            parts = [
                {"name": f"部分{number}", "share": f"{share * 5}%", "rule": self.part(number, Fraction(share, 20))}
                for number, share in enumerate(shares)
            ]
            rule = {"composite": {"parts": parts}}
        else:
            rule = self.rule(word)
        facts = dict.fromkeys(sorted(self.used), "number")
        if self.alone:
            return Drawn(rule, {}, facts)
        if self.named:
            spec = {"decimals": "2"} | self.maybe(0.2, "kind", "number", "number", "count")
            facts = dict.fromkeys(facts, spec.get("kind", "number"))
            return Drawn(rule, {"facts": {code: {"name": code, **spec} for code in facts}}, facts)
        return Drawn(rule, {"fact": {"name": "数", "decimals": "2"}}, facts)

    def gate(self) -> dict[str, Any]:
        """A condition, a rule behind it that may look at those who passed, and one for the others."""
        condition, lines = self.looked_at()
        if condition["on"] == "ratio":
            condition |= self.maybe(0.6, "reference_not_positive", "met", "not_met")
        condition[self.choose("from", "above", "up_to", "below")] = self.choose(*lines)
        self.passed = True
        then = self.rule(self.choose(*MEASURING, "formula"))
        self.passed = False
        return {
            "if": condition,
            "then": then,
            "else": self.choose({"fixed": "10%"}, self.rule(self.choose(*MEASURING))),
        }

    def part(self, number: int, share: Fraction) -> dict[str, Any]:
        """A part of a composite; one after the first may be fixed points."""
        if number and self.chance(0.2):
            points = self.choose("100%", "37.5%", _decimal(self.full * share / 4))
            return {"fixed": self.choose(points, {"points": points})}
        return self.rule(self.rng.choice(MEASURING))

    def rule(self, word: str) -> dict[str, Any]:
        return {word: getattr(self, "_" + word)()}

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def choose(self, *choices: Any) -> Any:
        return self.rng.choice(choices)

    def maybe(self, share: float, key: str, *choices: Any) -> dict[str, Any]:
        return {key: self.rng.choice(choices)} if self.chance(share) else {}

    # What is measured, and against what.

    def of(self) -> dict[str, Any]:
        """The key `of`, or nothing where the only fact counts as it stands."""
        way = self.choose("fact", "fact", "fact", "increment", "growth", "share")
        if not self.named:
            self.used.add("actual")
            if way in ("fact", "share"):
                return {}
            return {"of": way if self.chance(0.5) or way == "increment" else {"growth": {"from_zero": "5%"}}}
        if way == "share":
            self.used |= {"done", "due"}
            return {"of": {"share": {"part": "done", "whole": "due"} | self.maybe(0.7, "of_nothing", "100%", "40%")}}
        code = self.choose("done", "due")
        self.used.add(code)
        if way == "fact":
            return {"of": {"fact": self.choose(code, code, {"code": code})}}
        return {"of": {way: {"fact": code} | (self.maybe(0.5, "from_zero", "0%", "7%") if way == "growth" else {})}}

    def to(self, of: dict[str, Any]) -> Any:
        """A reference, in its short form or in its long one."""
        said = self._to(of)
        if self.chance(0.8):
            return said
        if isinstance(said, str):
            return {"constant": {"number": said}} if said[0].isdigit() else {said: {}}
        ((word, keys),) = said.items()
        names = {"series": "code", "fact": "code", "mean_of_years": "years"}
        return {word: {names[word]: keys}} if word in names else said

    def _to(self, of: dict[str, Any]) -> Any:
        if self.passed and self.chance(0.3):
            return {self.choose("mean", "median", "best", "worst"): {"among": "passed"}}
        way = of.get("of", {"fact": "actual"})
        computed = way if isinstance(way, str) else next(iter(way))
        percent = self.choose("5%", "8%", "80%", "100%")
        words = ["mean", "median", "best", "worst"]
        among = (
            []
            if self.alone
            else [*words, {self.choose(*words): {"among": self.choose(*AMONG, *(["passed"] * 6 * self.passed))}}]
        )
        outside = [] if self.alone else [{"series": "outside"}]
        if computed == "share":
            return self.choose(percent, *outside, *among)
        if computed == "growth":
            return self.choose("target", percent, "stretch", *outside, *among)
        number = self.choose("4", "8", "10", "0.5", "80")
        if computed == "increment":
            return self.choose("target", "stretch", number, *outside, *among)
        past = ["last_year", {"mean_of_years": self.choose("2", "3")}]
        if self.named and self.chance(0.2):
            other = "due" if way == {"fact": "done"} else "done"
            self.used.add(other)
            return {"fact": other}
        return self.choose("target", "target", "target", "stretch", "baseline", number, *past, *outside, *among)

    def unit_of_measure(self, of: dict[str, Any]) -> str:
        way = of.get("of", {"fact": "actual"})
        computed = way if isinstance(way, str) else next(iter(way))
        return (
            self.choose("0.5%", "1%", "2.5%")
            if computed in ("growth", "share")
            else self.choose("0.5", "1", "0.3", "4")
        )

    def less(self) -> dict[str, Any]:
        return self.maybe(0.4, "less_is_better", "true")

    def among(self) -> dict[str, Any]:
        if self.passed and self.chance(0.6):
            return {"among": "passed"}
        return self.maybe(0.4, "among", *AMONG)

    # The rules.

    def _formula(self) -> Any:
        mine = {"done", "due"} if self.named else {"actual"}
        text = _Expression(self.rng, sorted(mine), self.alone, self.passed).points()
        self.used |= {code for code in mine if re.search(rf"\b{code}\b", text)}
        said = self.choose(text, {"points": text})
        return (
            {"points": text, "less_is_better": "true"} if re.search("best|worst", text) and self.chance(0.5) else said
        )

    def _ratio(self) -> dict[str, Any]:
        of = self.of()
        said = {**of, "to": self.to(of), **self.less(), **self.maybe(0.3, "nothing_below", "60%", "50%", "12.5%")}
        return said | self.maybe(0.75, "reference_not_positive", "100%", "50%", "0%", "1")

    def _step_table(self) -> dict[str, Any]:
        said, lines = self.looked_at()
        said |= self.stated(said["on"])
        without, with_it = "above", "from"
        if self.chance(0.4):
            lines, without, with_it = lines[::-1], "below", "up_to"
        kept = sorted(self.rng.sample(range(len(lines)), self.choose(1, 2, 3)))
        words = [self.choose([with_it], [without], [without, with_it]) for _ in kept]
        thresholds = [(word, lines[at]) for at, both in zip(kept, words, strict=True) for word in both]
        points = ["100%", "80%", "50%", "37.5%", "20%", "12.5%"]
        steps = [{word: line, "points": p} for (word, line), p in zip(thresholds, points, strict=False)]
        return said | {"steps": steps, "otherwise": self.choose("0", "10%", "5%")}

    def looked_at(self) -> tuple[dict[str, Any], list[str]]:
        """`of`, `on` and `to`, and figures to hold that against, from the largest down."""
        of = self.of()
        on = self.choose("value", "value", "ratio", "difference")
        said: dict[str, Any] = {**of, "on": on}
        computed = of.get("of", "fact")
        computed = computed if isinstance(computed, str) else next(iter(computed))
        if on != "value":
            to = self.to(of)
            said["to"] = to
            if (to if isinstance(to, str) else next(iter(to))) in ("best", "worst"):
                said |= self.less()
        lines = ["10", "5", "2.5", "0"] if on == "value" else ["120%", "100%", "62.5%"]
        lines = ["3", "0.5", "0", "-2"] if on == "difference" else lines
        if computed in ("growth", "share") and on != "ratio":
            lines = ["80%", "30%", "5%", "0%"] if on == "value" else ["10%", "0%", "-2.5%"]
        return said, lines

    def stated(self, on: str) -> dict[str, Any]:
        """Points where a reference not above 0 has no ratio."""
        return self.maybe(0.75, "reference_not_positive", "100%", "50%", "0%", "1") if on == "ratio" else {}

    def _interpolated(self) -> dict[str, Any]:
        said, lines = self.looked_at()
        said |= self.stated(said["on"])
        kept = sorted(self.rng.sample(range(len(lines)), self.choose(2, 3)), reverse=True)
        points = self.rng.sample(["100%", "37.5%", "50%", "0", "80%"], len(kept))
        knots = [{"at": lines[at], "points": one} for at, one in zip(kept, points, strict=True)]
        ends = {end: self.choose("hold", "extend", "10%", "0") for end in ("below", "above")}
        return said | {"knots": knots, **ends}

    def _marginal_bands(self) -> dict[str, Any]:
        of = self.of()
        said = {**of, "to": self.to(of), **self.less(), "base": self.choose("50%", "37.5%", _decimal(self.full / 3))}
        said |= {"step": self.unit_of_measure(of), "count": self.choose("proportional", "completed", "started")}
        for side in self.rng.sample(["up", "down"], self.choose(1, 2)):
            said[side] = [{"steps": steps, "points": self.choose("1", "0.125", "0.3")} for steps in ("2", "1", "4")]
            said[side] = said[side][: self.choose(1, 2, 3)]
            if self.chance(0.6):
                del said[side][-1]["steps"]
        return said

    def _rank_steps(self) -> dict[str, Any]:
        each, least = self.choose("20%", "12.5%", "33.3%"), self.choose("0", "10%", "30%")
        return {**self.of(), **self.among(), **self.less(), "each": each, "at_least": least}

    def _rank_linear(self) -> dict[str, Any]:
        first, last = self.choose("100%", "90%"), self.choose("0", "10%", "60%")
        return {**self.of(), **self.among(), **self.less(), "first": first, "last": last}

    def _rank_change(self) -> dict[str, Any]:
        of = self.of()
        if "increment" in str(of) or "growth" in str(of):
            of = {} if not self.named else {"of": {"fact": sorted(self.used)[0]}}
        said = {**of, **self.among(), **self.less(), "base": self.choose("60%", "37.5%")}
        return said | {
            "up": self.choose("0.5", "0.125"),
            "down": self.choose("0.5", "1"),
            "no_place": self.choose("50%", "0"),
        }

    def _above_both(self) -> dict[str, Any]:
        of = self.of()
        to: list[Any] = []
        while len(to) < self.choose(2, 2, 3):
            to += [one for one in [self.to(of)] if one not in to]
        said = {**of, "to": to, **self.less(), "otherwise": self.choose("0", "10%")}
        if self.chance(0.5):
            return said | {"points": self.choose("100%", "62.5%")}
        count = self.choose("proportional", "completed", "started")
        return said | {"rate": {"step": self.unit_of_measure(of), "each": self.choose("1", "0.125"), "count": count}}

    def _base_steps(self) -> dict[str, Any]:
        of = self.of()
        base, least, most = self.full / 2, self.full / 10, self.full * 9 / 10
        small = self.choose(Fraction(1, 20), Fraction(1, 8), Fraction(1, 200), Fraction(1))
        return {
            **of,
            "to": self.to(of),
            **self.less(),
            "base": _decimal(base),
            "step": self.unit_of_measure(of),
            "up": _decimal(small),
            "down": self.choose(_decimal(small), "0.3"),
            "count": self.choose("proportional", "completed", "started"),
            "at_least": _decimal(least),
            "at_most": _decimal(most),
        }

    def _efficacy(self) -> dict[str, Any]:
        return {
            **self.of(),
            **self.among(),
            **self.less(),
            "base": self.choose("60%", "0%", "37.5%"),
            **self.maybe(0.7, "all_equal", "100%", "50%", "80%"),
        }

    def _share_of_best(self) -> dict[str, Any]:
        return {**self.of(), **self.among(), **self.less(), "best_not_positive": self.choose("100%", "50%", "0")}

    def _rank_table(self) -> dict[str, Any]:
        count = self.choose(1, 2, 3, 4)
        said = {**self.of(), **self.among(), **self.less(), "places": ["100%", "90%", "62.5%", "50%"][:count]}
        if self.chance(0.4):
            said |= {"last": ["0", "12.5%", "20%"][: self.choose(1, 2, 3)]}
            said["overlap"] = self.choose("from_above", "from_below")
        return said


class _Expression:
    """An expression over facts: every operation and function, no deeper than two."""

    def __init__(self, rng: Random, facts: list[str], alone: bool, passed: bool) -> None:
        self.rng, self.facts, self.alone = rng, facts, alone
        self.sets = ["", "", "_all", "_passed"] if passed else ["", "_all"]

    def points(self) -> str:
        ways = [self.value(2), f"full × {self.value(1)}", f"{self.fact()} ÷ {self.fact()}"]
        return self.rng.choice([way for way in ways if any(re.search(rf"\b{fact}\b", way) for fact in self.facts)])

    def fact(self) -> str:
        code = self.rng.choice(self.facts)
        return code + self.rng.choice(["", "", ".target", ".last_year", ".baseline"])

    def value(self, depth: int) -> str:
        rng = self.rng
        if depth == 0 or rng.random() < 0.2:
            plain = [self.fact(), self.fact(), "full", rng.choice(["2", "0.5", "60%", "12.5%", "3"])]
            if not self.alone:
                word = rng.choice(["mean", "median", "best", "worst"]) + rng.choice(self.sets)
                plain += ["series.outside", f"{word}({rng.choice(self.facts)})"]
            return rng.choice(plain)
        a, b, c, d = (self.value(depth - 1) for _ in range(4))
        sign, test = rng.choice(["+", "-", "×", "÷", "*", "/"]), rng.choice([">=", ">", "<=", "<", "==", "!="])
        places = rng.choice(["0", "1", "2", "6"])
        return rng.choice(
            [
                f"({a} {sign} {b})",
                f"{a} {sign} {b}",
                f"if({a} {test} {b}, {c}, {d})",
                f"min({a}, {b}, {c})",
                f"max({a}, {b})",
                f"abs({a} - {b})",
                f"round({a}, {places})",
                f"ln({a}, {places})",
                f"sqrt({a}, {places})",
                f"power({a}, {rng.choice(['2', '3'])})",
                f"power({a}, {rng.choice(['0.5', '0.25', '1.5'])}, {places})",
            ]
        )


def _decimal(value: Fraction) -> str:
    """Short enough for a scheme file: at most five places."""
    scaled = round(value * 10**5)
    text = f"{scaled // 10**5}.{scaled % 10**5:05d}".rstrip("0")
    return text.rstrip(".")
