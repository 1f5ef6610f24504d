"""The sample city votes by every method: what it draws is read and scored without a problem."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from demo.city import write_city
from engine.language.read import read_scheme
from engine.score import score
from indicators.facts import load_facts
from tests.sample import scheme_file

SIGNED = "method: {tiers: {第一等次: 100, 第二等次: 90, 第三等次: 80}}"
PLACED = "method: {ranking: {points: [100, 98, 96, 94, 92, 90, 88, 86, 84, 82], unequal_lists: same_points}}"
COUNTED = "method: {tiers: {满意: 100, 基本满意: 80, 不满意: 50}}"
ASKED = (
    "method: {questionnaire: {items: [{code: manner, name: 态度, weight: 60}, {code: speed, name: 效率, weight: 40}],"
    " scale: {满意: 100, 基本满意: 80, 不满意: 50}}}"
)
SCORED = "method: {score: {from: 60, to: 100, step: 0.5, note_outside: {from: 70, to: 90}}}"
LIMITS = ["limits: {第一等次: 20%, 第二等次: 4}", "limit_rounding: half_up", "over_limit: refuse"]
ALL_SAME = "all_same: refuse"
SPREAD = "method: {ranking: {points: [100, 90, 80], unequal_lists: spread}}"
TRIMMED = "aggregate: {trimmed: {drop: 5, when_more_than: 50}}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (SIGNED, [SIGNED, *LIMITS, ALL_SAME]),
        (SIGNED, [SCORED, ALL_SAME]),
        (SIGNED, [ASKED, ALL_SAME]),
        (PLACED, [PLACED.replace("same_points", "spread")]),
        (COUNTED, [ASKED, "minimum_ballots: 90"]),
        (COUNTED, [SCORED, TRIMMED]),
        (COUNTED, [SPREAD, "scaled_to_best: category"]),
    ],
    ids=["limits", "notes", "questionnaire", "spread", "counts of items", "counts of scores", "counts of places"],
)
def test_the_city_votes_by_any_method(tmp_path: Path, old: str, new: list[str]):
    text = scheme_file("songyuan").read_text(encoding="utf-8")
    line = re.compile(rf"^( *){re.escape(old)}.*\n", re.MULTILINE)
    text, changed = line.subn(lambda found: "".join(f"{found[1]}{one}\n" for one in new), text)
    assert changed
    scheme = read_scheme(text, "s.yaml")
    year = write_city(scheme, 2018, tmp_path)[-1]
    facts, notes = load_facts(year.folder, year.plan)
    assert notes == []
    assert len(score(scheme.evaluations[0], facts).sets) == 2
