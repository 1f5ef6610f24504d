"""After one change exactly the categories that depend on it are scored again, and the outcome is the full run's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from engine.exact import Exact
from engine.facts import Claim, Column, Facts, Status
from engine.language.scheme import EvaluationPlan
from evaluation.models import Category, Cycle, EvaluatedUnit, WorkingDay
from evaluation.services.registry import keep_evaluated_unit
from evaluation.services.revisions import facts_changed
from indicators.facts import load_facts
from indicators.models import Reading
from indicators.selectors import plan_of as plan_in_force
from indicators.selectors import scheme_in_force
from indicators.services.schemes import load_scheme
from scoring.freezing import Sheet
from scoring.freezing.parts import join, split
from scoring.models import Run, ScoredCategory
from scoring.selectors import facts_of
from scoring.services import running
from scoring.services.changes import Work
from scoring.services.entering import enter_facts
from scoring.services.running import score_cycle
from scoring.services.verifying import verify_run
from tests.little import CLERK, SCHEME, little_cycle
from tests.sample import SCHEMES, plan_of, sample_of
from tests.scoring.test_in_the_database import cycle_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_of(tmp_path_factory)


@pytest.fixture
def little_one(db, tmp_path: Path) -> Cycle:
    return little_cycle(tmp_path, counties=4, offices=5)


def known(cycle: Cycle) -> Facts:
    kept = scheme_in_force(cycle)
    return facts_of(cycle, kept, plan_in_force(kept))


def enter(cycle: Cycle, facts: Facts) -> None:
    assert enter_facts(cycle=cycle, facts=facts, source="again", actor=CLERK)


def scored(run: Run) -> set[str]:
    """The categories that a run has scored itself; it verifies, which scores all of it at once."""
    run = Run.objects.select_related("snapshot", "scheme", "cycle").get(pk=run.pk)
    assert list(verify_run(run)) == []
    assert {one.category.code for one in run.categories.all()} == {
        unit.category.code for unit in run.cycle.evaluated_units.all()
    }
    return {one.category.code for one in run.scored.all()}


def with_another(facts: Facts, unit: str, leaf: str) -> Facts:
    """The facts with one figure of a unit lowered."""
    [(set_code, mine, row)] = [
        (code, one, row) for code, one in facts.sets.items() for row, who in enumerate(one.units) if who.code == unit
    ]
    [key, *_] = [key for key in mine.columns if key.indicator == leaf and key.source == "actual"]
    column = mine.columns[key]
    assert column.status[row] == Status.GIVEN
    values = column.values.num.copy()
    values[row] = values[row] - 1 if values[row] > 0 else 1
    columns = {**mine.columns, key: Column(Exact(values, column.values.den), column.status)}
    return replace(facts, sets={**facts.sets, set_code: replace(mine, columns=columns)})


def test_the_category_of_the_figure_is_scored_again_and_no_other(little_one: Cycle):
    first = score_cycle(cycle=little_one, actor=CLERK)
    assert scored(first) == {"county", "office"}
    enter(little_one, with_another(known(little_one), "C002", "hotline"))
    second = score_cycle(cycle=little_one, actor=CLERK)
    assert scored(second) == {"county"}
    [office] = first.scored.filter(category__code="office")
    assert second.categories.filter(pk=office.pk).exists()
    assert (first.sheets.count(), second.sheets.count()) == (9, 9)
    assert first.result != second.result
    assert scored(first) == {"county", "office"}  # 旧批次原样保留


def test_a_full_run_gives_the_same(little_one: Cycle):
    score_cycle(cycle=little_one, actor=CLERK)
    enter(little_one, with_another(known(little_one), "D003", "petitions"))
    part = score_cycle(cycle=little_one, actor=CLERK)
    whole = score_cycle(cycle=little_one, actor=CLERK, whole=True)
    assert (scored(part), scored(whole)) == ({"office"}, {"county", "office"})
    assert (part.result, part.snapshot.sha256) == (whole.result, whole.snapshot.sha256)


def test_when_nothing_has_changed_nothing_is_scored(little_one: Cycle):
    first, second = (score_cycle(cycle=little_one, actor=CLERK) for _ in range(2))
    assert scored(second) == set()
    assert (first.result, first.snapshot.sha256) == (second.result, second.snapshot.sha256)


def test_a_figure_that_comes_back_is_another_revision_with_the_same_result(little_one: Cycle):
    first, before = score_cycle(cycle=little_one, actor=CLERK), known(little_one)
    enter(little_one, with_another(before, "C002", "hotline"))
    score_cycle(cycle=little_one, actor=CLERK)
    enter(little_one, before)
    third = score_cycle(cycle=little_one, actor=CLERK)
    assert scored(third) == {"county"}
    assert third.result == first.result


def test_a_category_that_all_units_have_left_is_no_longer_in_the_run(little_one: Cycle):
    score_cycle(cycle=little_one, actor=CLERK)
    mine = known(little_one).sets["all"]
    moved = tuple(replace(unit, category="county") for unit in mine.units)
    enter(little_one, replace(known(little_one), sets={"all": replace(mine, units=moved)}))
    assert scored(score_cycle(cycle=little_one, actor=CLERK)) == {"county"}


def test_a_category_that_gets_its_first_units_joins_the_run(db, tmp_path: Path):
    cycle = little_cycle(tmp_path, counties=4, offices=5)
    whole = known(cycle)
    common, parts = split(whole)
    empty = little_cycle_without(cycle)
    enter(empty, join(common, [parts["county"]]))
    assert scored(score_cycle(cycle=empty, actor=CLERK)) == {"county"}
    enter(empty, whole)
    assert scored(score_cycle(cycle=empty, actor=CLERK)) == {"office"}


def little_cycle_without(other: Cycle) -> Cycle:
    """Another cycle under the same rule book, with nothing in it yet."""
    text = scheme_in_force(other).text
    [cycle] = load_scheme(text=text, file="little.yaml", year=other.year + 1, actor=CLERK)
    return cycle


def test_what_holds_for_all_scores_all_again(little_one: Cycle):
    score_cycle(cycle=little_one, actor=CLERK)
    WorkingDay.objects.create(day=date(2025, 1, 1), works=False)
    assert scored(score_cycle(cycle=little_one, actor=CLERK)) == {"county", "office"}


SHARED = """    deductions:
      highest_only: false
      lead_share: 60%
      standards:
        - {code: bad, name: 通报, levels: {市级: 2}}
"""
POOL = "    use: [{code: money, name: 奖金, distribute: {pool: annual, by: total}}]\n"
BLAMED = Claim("C001", "bad", "市级", "某事", "某文", role="lead")


def with_more(folder: Path, more: str) -> Cycle:
    """The little cycle under a rule book that says more, and has a category without units."""
    text = SCHEME.replace("    grades:\n", more + "    grades:\n").replace("部门}", "部门, nobody: 其他}")
    return little_cycle(folder, counties=3, offices=3, scheme=text)


def test_a_shared_matter_scores_all_again_and_may_become_a_matter_of_one(db, tmp_path: Path):
    cycle = with_more(tmp_path, SHARED)
    score_cycle(cycle=cycle, actor=CLERK)
    enter(cycle, replace(known(cycle), deductions=(BLAMED, replace(BLAMED, unit="D001", role="assist"))))
    assert scored(score_cycle(cycle=cycle, actor=CLERK)) == {"county", "office"}
    alone = replace(BLAMED, role="")
    enter(cycle, replace(known(cycle), deductions=(alone,)))
    assert known(cycle).deductions == (alone,)
    assert scored(score_cycle(cycle=cycle, actor=CLERK)) == {"county", "office"}


def test_a_category_without_units_is_no_change(db, tmp_path: Path):
    cycle = with_more(tmp_path, POOL)
    enter(cycle, replace(known(cycle), pools={"annual": Decimal(1000)}))
    assert scored(score_cycle(cycle=cycle, actor=CLERK)) == {"county", "office"}
    assert scored(score_cycle(cycle=cycle, actor=CLERK)) == set()


def test_two_units_of_one_name_are_told_apart(db, tmp_path: Path):
    """One of them collects about its category, and so not about itself; the other has nothing to do with it."""
    by_category = "collector: {county: 县9, office: 市绩效办}, rule: judged"
    text = SCHEME.replace("collectors: [市绩效办, 市统计局]", "collectors: [市绩效办, 市统计局, 县9]")
    text = text.replace("collector: 市绩效办, rule: judged", by_category)
    cycle = little_cycle(tmp_path, counties=3, offices=3, scheme=text)
    for code in ("C001", "D002"):
        row = EvaluatedUnit.objects.get(cycle=cycle, unit__code=code)
        row.name = "县9"
        keep_evaluated_unit(row, ["name"], actor=CLERK)
    score_cycle(cycle=cycle, actor=CLERK)
    enter(cycle, with_another(known(cycle), "C002", "hotline"))
    assert scored(score_cycle(cycle=cycle, actor=CLERK)) == {"county"}


def test_what_is_changed_while_a_run_scores_is_seen_by_the_next(little_one: Cycle, monkeypatch: pytest.MonkeyPatch):
    score_cycle(cycle=little_one, actor=CLERK)
    enter(little_one, with_another(known(little_one), "C002", "hotline"))

    def meanwhile(plan: EvaluationPlan, work: Work) -> list[Sheet]:
        found = scoring(plan, work)
        row = EvaluatedUnit.objects.get(cycle=little_one, unit__code="C002")
        row.category = Category.objects.get(cycle=little_one, code="office")
        keep_evaluated_unit(row, ["category"], actor=CLERK)
        return found

    scoring = running._scored
    with monkeypatch.context() as patch:
        patch.setattr(running, "_scored", meanwhile)
        run = score_cycle(cycle=little_one, actor=CLERK)
    assert list(verify_run(Run.objects.get(pk=run.pk))) == []
    assert scored(score_cycle(cycle=little_one, actor=CLERK)) == {"county", "office"}


def test_whatever_stops_a_run_does_not_bar_the_next(little_one: Cycle, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as patch:
        patch.setattr(running, "_scored", lambda plan, work: [][0])
        with pytest.raises(IndexError):
            score_cycle(cycle=little_one, actor=CLERK)
    failed = Run.objects.get()
    assert (failed.state, failed.failure) == ("failed", "系统出错，没有算完：IndexError: list index out of range")
    assert scored(score_cycle(cycle=little_one, actor=CLERK)) == {"county", "office"}


def test_another_engine_builds_on_nothing(little_one: Cycle):
    first = score_cycle(cycle=little_one, actor=CLERK)
    Run.objects.filter(pk=first.pk).update(engine="0.9")
    assert scored(score_cycle(cycle=little_one, actor=CLERK)) == {"county", "office"}


def test_a_write_that_tells_nobody_is_not_seen_until_all_is_scored(little_one: Cycle):
    """Why every service that writes facts has to say so."""
    first = score_cycle(cycle=little_one, actor=CLERK)
    reading = Reading.objects.filter(evaluated_unit__unit__code="C001").first()
    Reading.objects.filter(pk=reading.pk).update(value=reading.value - 1)
    assert score_cycle(cycle=little_one, actor=CLERK).result == first.result
    assert score_cycle(cycle=little_one, actor=CLERK, whole=True).result != first.result
    Reading.objects.filter(pk=reading.pk).update(value=reading.value - 2)
    facts_changed([reading.evaluated_unit.category_id])
    assert scored(score_cycle(cycle=little_one, actor=CLERK)) == {"county"}


def test_entering_moves_the_revisions_of_what_has_changed(little_one: Cycle):
    revisions = dict(Category.objects.values_list("code", "revision"))
    before = set(Reading.objects.filter(evaluated_unit__category__code="office").values_list("pk", flat=True))
    enter(little_one, with_another(known(little_one), "C002", "hotline"))
    now = dict(Category.objects.values_list("code", "revision"))
    assert (now["county"], now["office"]) == (revisions["county"] + 1, revisions["office"])
    assert before == set(Reading.objects.filter(evaluated_unit__category__code="office").values_list("pk", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("scheme", SCHEMES)
def test_under_every_rule_book_a_change_gives_what_a_full_run_gives(folder: Path, scheme: str):
    facts, _ = load_facts(folder / scheme, plan_of(scheme))
    cycle = cycle_of(scheme)
    enter(cycle, facts)
    first = score_cycle(cycle=cycle, actor=CLERK)
    unit, leaf = next(
        (one.units[row].code, key.indicator)
        for one in facts.sets.values()
        for key, column in one.columns.items()
        if key.source == "actual" and not key.slot
        for row in range(len(one.units))
        if column.status[row] == Status.GIVEN and Fraction(column.values[row]) > 1
    )
    enter(cycle, with_another(known(cycle), unit, leaf))
    part = score_cycle(cycle=cycle, actor=CLERK)
    again = scored(part)
    whole = score_cycle(cycle=cycle, actor=CLERK, whole=True)
    assert (part.result, part.snapshot.sha256) == (whole.result, whole.snapshot.sha256)
    results = {run: dict(run.categories.values_list("category__code", "result")) for run in (first, part)}
    assert {code for code, result in results[part].items() if result != results[first][code]} <= again
    assert ScoredCategory.objects.filter(run=part).count() == len(again)


def test_what_is_said_of_a_unit_is_felt_in_its_category(little_one: Cycle):
    score_cycle(cycle=little_one, actor=CLERK)
    mine = known(little_one).sets["all"]
    units = tuple(replace(unit, leader="王副市长" if unit.code == "D001" else "") for unit in mine.units)
    enter(little_one, replace(known(little_one), sets={"all": replace(mine, units=units)}))
    assert scored(score_cycle(cycle=little_one, actor=CLERK)) == {"office"}
