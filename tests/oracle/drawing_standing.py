"""What follows from the tree: bonus and deductions, ranking, scales of grades and uses, drawn at random."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any

from tests.oracle.figures import text_of
from tests.oracle.grading import blocks

GRADES = ["优秀", "良好", "一般", "较差"]
SECOND = ["好", "较好", "差"]
OTHER = ["优", "合格", "不合格"]
GROUNDS = ["事故", "违纪"]
PRAISE = ["获奖", "先进"]


class Standing:
    """Draws it for a tree of `codes` nodes, n1 to the last, in sets of some categories."""

    def __init__(self, rng: Random, sets: Mapping[str, list[str]]) -> None:
        self.rng, self.sets, self.codes = rng, sets, 0

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def maybe(self, share: float, key: str, *choices: Any) -> dict[str, Any]:
        return {key: self.rng.choice(choices)} if self.chance(share) else {}

    def extras(self, key: str, share: float) -> dict[str, Any]:
        if not self.chance(share):
            return {}
        parts = {code: {"name": code} | self.maybe(1, "at_most", "3.5", "4") for code in ("p", "q")}
        standards = []
        for number in range(self.rng.choice([1, 2, 3])):
            standard: dict[str, Any] = {"code": f"{key[0]}{number}", "name": f"项{number}", **self.worth(key)}
            standards.append(standard | self.maybe(0.5, "at_most", "3", "3.5") | self.maybe(0.4, "part", *parts))
        used = {standard["part"]: parts[standard["part"]] for standard in standards if "part" in standard}
        return {
            key: {
                "highest_only": self.rng.choice(["true", "false"]),
                **self.maybe(0.5, "at_most", "4", "5", "4.25"),
                **self.maybe(0.4, "item_at_most", "3", "3.25"),
                **self.maybe(0.3, "cut_off", "2024-06-30"),
                **self.maybe(0.3, "by", "decision"),
                **(self.maybe(0.5, "lead_share", "60%", "70%", "33.3%") if key == "deductions" else {}),
                **({"parts": used} if used else {}),
                "standards": standards,
            }
        }

    def worth(self, key: str) -> dict[str, Any]:
        """How a standard says what a claim is worth."""
        rng = self.rng
        way = rng.choice(["levels", "levels", "passed_on", "lateness"] if key == "deductions" else ["levels"])
        if way == "passed_on":
            return {way: rng.choice(["0.5", "1", "0.125", "2"])}
        if way == "lateness":
            days, count = rng.choice(["calendar", "working"]), rng.choice(["started", "full"])
            return {way: {"days": days, "count": count, "each": rng.choice(["0.5", "0.125", "1"]), "at_most": "2.5"}}
        levels: dict[str, Any] = {"国": rng.choice(["3", "2", "2.005"]), "省": rng.choice(["1", "2", "0.5", "0.125"])}
        if key == "bonus" and self.chance(0.2):
            levels["世"] = {"effect": rng.choice(["up_one", "top"])}
        return {way: levels}

    def ties(self) -> dict[str, Any]:
        said = self.maybe(0.7, "ties", "competition", "dense", "dense", "error")
        if self.chance(0.4):
            said["break_ties_by"] = self.rng.sample([f"n{n + 1}" for n in range(self.codes)], min(2, self.codes))
        return said

    def scale(self, full: int, names: list[str]) -> dict[str, Any]:
        """Grades with what moves units between them."""
        said: dict[str, Any] = {"grades": self.grades(full, names)}
        said |= self.moves([grade["name"] for grade in said["grades"]])
        no_places = not any("quota" in grade for grade in said["grades"])
        for block in [*blocks(said, "veto"), *blocks(said, "promotion")]:
            if no_places:
                block.pop("refill", None)
                block.pop("inside_quota", None)
            if "veto" not in said:
                block.pop("despite_veto", None)
        return said

    def also_graded(self) -> dict[str, Any]:
        if not self.chance(0.2):
            return {}
        on = self.rng.choice(["total", *(f"n{n + 1}" for n in range(self.codes))])
        scale = {"code": "second", "name": "班子", "on": on, **self.scale(100, SECOND)}
        for grade in scale["grades"]:
            if "from" in grade:
                grade["from"] = self.rng.choice(["90%", "80%"] if grade is scale["grades"][0] else ["50%", "30%"])
        return {"also_graded": [scale]}

    def grades(self, full: int, every: list[str]) -> list[dict[str, Any]]:
        names = every[: self.rng.choice([2, 3, len(every)])]
        lines = sorted(self.rng.sample([30, 40, 50, 60, 70, 80, 90], len(names) - 1), reverse=True)
        grades: list[dict[str, Any]] = []
        for name, line in zip(names, lines, strict=False):
            grade: dict[str, Any] = {"name": name}
            lined = self.chance(0.75)
            if lined:
                grade["from"] = self.rng.choice([f"{line}%", text_of(Fraction(full * line, 100))])
            if not lined or self.chance(0.4):
                grade["quota"] = self.quota()
            grades.append(grade)
        return [*grades, {"name": names[-1]}]

    def quota(self) -> dict[str, Any]:
        rng, categories = self.rng, [one for known in self.sets.values() for one in known]
        ties: Any = rng.choice(["all_in", "all_out"])
        if self.chance(0.25):
            nodes = rng.sample([f"n{n + 1}" for n in range(self.codes)], min(self.codes, rng.choice([1, 2])))
            ties = {"break_by": nodes, "then": ties}
        if self.chance(0.25):
            each = rng.choice(["1", "2", {one: rng.choice(["1", "2", "3"]) for one in categories}])
            return {"number": each, "ties": ties}
        share = rng.choice(["20%", "30%", "25%", "33.3%"])
        by = {one: rng.choice(["10%", "25%", "30%"]) for one in categories}
        rounding = rng.choice(["half_up", "down", "up"])
        return {"share": rng.choice([share, share, by]), "rounding": rounding, "ties": ties} | self.maybe(
            0.4, "at_least", "1", "2"
        )

    def moves(self, names: list[str]) -> dict[str, Any]:
        said: dict[str, Any] = {}
        grounds, praise = list(GROUNDS), list(PRAISE)
        if self.chance(0.5):
            said["veto"] = [self.veto([ground], names) for ground in grounds[: self.rng.choice([1, 2])]]
            if len(said["veto"]) == 1:
                said["veto"] = self.rng.choice([self.veto(grounds, names), said["veto"]])
        if self.chance(0.4):
            said["promotion"] = [self.promotion([ground], names) for ground in praise[: self.rng.choice([1, 2])]]
            if len(said["promotion"]) == 1:
                said["promotion"] = self.promotion(praise, names)
        return said

    def veto(self, grounds: list[str], names: list[str]) -> dict[str, Any]:
        effects = ["down_one", "down_one", "bar_from_top", "lowest", "not_graded", {"to": names[-1]}]
        said = {"effect": self.rng.choice(effects), "by": self.rng.choice(["decision", "automatic"])}
        if said["by"] == "automatic" and self.chance(0.5):
            node = {"node": f"n{self.rng.randint(1, self.codes)}", "below": self.rng.choice(["50%", "80%", "1"])}
            said["when"] = node
        if "when" not in said or self.chance(0.5):
            said["grounds"] = grounds
        return said | self.maybe(0.3, "refill", "true")

    def promotion(self, grounds: list[str], names: list[str]) -> dict[str, Any]:
        said = {"effect": self.rng.choice(["up_one", "up_one", "top", {"to": names[-2]}]), "grounds": grounds}
        said |= {"by": self.rng.choice(["decision", "automatic"])}
        return said | self.maybe(0.3, "inside_quota", "true") | self.maybe(0.3, "despite_veto", "true")

    def conditions(self, grades: list[dict[str, Any]], always: list[Any]) -> bool:
        """Conditions of the better grades; whether one looks at the other evaluation."""
        if not self.chance(0.35):
            return False
        named = False
        for grade in self.rng.sample(grades[:-1], self.rng.choice([1, len(grades) - 1])):
            named = self.condition(grade, always) or named
        return named

    def condition(self, said: dict[str, Any], always: list[Any]) -> bool:
        node = {"node": f"n{self.rng.randint(1, self.codes)}", "at_least": self.rng.choice(["50%", "1", "80%"])}
        other = {"evaluation": "eco", "grade": self.rng.choice(OTHER[:2])}
        said["only_if"] = self.rng.sample([*always, node, other], self.rng.choice([1, 2]))
        return other in said["only_if"]

    def uses(self, said: Mapping[str, Any]) -> list[dict[str, Any]]:
        names = [grade["name"] for grade in said["grades"]]
        if any(block["effect"] == "not_graded" for block in blocks(said, "veto")):
            names.append("不定等次")
        ways = [self.by_grade, self.by_rank, self.by_rise, self.by_repeat, self.by_score, self.distribute]
        found = [way(names) for way in self.rng.sample(ways, self.rng.choice([1, 2, 3, 4]))]
        for number, use in enumerate(found):
            use |= {"code": f"u{number}", "name": f"用{number}"} | self.maybe(0.2, "for", *self.sets)
            if use.get("distribute", {}).get("by") == "bonus" and "bonus" not in said:
                use["distribute"]["by"] = "total"
            everybody = "by_score" in use or "distribute" in use
            if not everybody and "of" not in use:
                use |= self.maybe(0.5, "otherwise", "无", "照常")
        return found

    def by_grade(self, names: list[str]) -> dict[str, Any]:
        some = self.rng.sample(names, 2)
        if self.chance(0.3):
            return self.heads({"by_grade": {name: self.rng.choice(["20%", "12.5%"]) for name in some}})
        return {"by_grade": {name: f"给{name}" for name in some}}

    def by_rank(self, names: list[str]) -> dict[str, Any]:
        heads = self.chance(0.3)
        gives = ["20%", "15%", "12.5%"] if heads else ["第0段", "第1段", "第2段"]
        bands = [self.band(end, one) for end, one in zip(["first", "last", "first"], gives, strict=True)]
        said: dict[str, Any] = {"by_rank": self.rng.sample(bands, self.rng.choice([1, 2, 3]))}
        if self.chance(0.3):
            said["by_grade"] = {names[-1]: "10%" if heads else "不给"}
        return self.heads(said) if heads else said

    def heads(self, said: dict[str, Any]) -> dict[str, Any]:
        rounding = {"of": "headcount", "rounding": self.rng.choice(["half_up", "down", "up"])}
        return said | rounding | self.maybe(0.5, "otherwise", "15%", "2.5%")

    def by_rise(self, names: list[str]) -> dict[str, Any]:
        return {"by_rise": self.maybe(0.7, "on", "place", "total") | self.band("first", "进步奖")}

    def by_repeat(self, names: list[str]) -> dict[str, Any]:
        said = self.rng.choice([{"grade": self.rng.choice(names)}, {"last": self.rng.choice(["1", "2"])}])
        return {"by_repeat": said | {"gives": "约谈"}}

    def by_score(self, names: list[str]) -> dict[str, Any]:
        return {"by_score": {"each": self.rng.choice(["10", "0.125"])} | self.maybe(0.5, "times", "headcount")}

    def distribute(self, names: list[str]) -> dict[str, Any]:
        bands = [self.band(end, one) for end, one in zip(["first", "last"], ["2", "0.5"], strict=True)]
        rank: dict[str, Any] = {"rank": bands[: self.rng.choice([1, 2])]} | self.maybe(0.6, "otherwise", "1", "0.75")
        grade = {"grade": {name: self.rng.choice(["1.2", "1", "0.8", "0"]) for name in names[:2]}}
        node = {"node": f"n{self.rng.randint(1, self.codes)}"}
        said = {"pool": "money", "by": self.rng.choice(["total", "bonus", node, grade, rank])}
        return {
            "distribute": said | self.maybe(0.4, "times", "headcount") | self.maybe(0.5, "persons", "true", "false")
        }

    def band(self, end: str, gives: str) -> dict[str, Any]:
        if self.chance(0.5):
            return {end: self.rng.choice(["1", "1", "2"]), "gives": gives}
        rounding = self.rng.choice(["half_up", "down", "up"])
        return {end: self.rng.choice(["25%", "30%", "33.3%"]), "rounding": rounding, "gives": gives}
