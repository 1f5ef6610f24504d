"""What a run reads of a unit counts a revision of its category when a register changes it, and only then."""

from __future__ import annotations

from decimal import Decimal

import pytest

from evaluation.actor import Actor
from evaluation.models import Category, Cycle, Decision, EvaluatedUnit, Unit
from evaluation.services.registry import keep_evaluated_unit, keep_unit
from evaluation.verdict import Refused
from indicators.models import LastResult, UnitFactor
from indicators.services.registry import keep_factor, keep_last_result
from scoring.models import Bonus, Deduction, GradeMove
from scoring.services.registry import keep_decision
from tests.desk.admin.forms import changed

CLERK = Actor("李华", "test")


@pytest.fixture
def others(city) -> dict[str, Category]:
    """Two more categories: one of the same indicator set, one in another cycle, with the same organ in it."""
    near = Category.objects.create(cycle=city.cycle, set_code="s", code="b", name="乙类", position=1)
    next_year = Cycle.objects.create(code="c-2026", title="年度", year=2026, state="running")
    far = Category.objects.create(cycle=next_year, set_code="s", code="a", name="甲类", position=0)
    EvaluatedUnit.objects.create(cycle=next_year, unit=city.unit, category=far, name="市审计局")
    return {"near": near, "far": far}


def revisions() -> list[int]:
    """Of the category of the unit, of the one beside it, of the one in another cycle."""
    return list(Category.objects.order_by("cycle__code", "position").values_list("revision", flat=True))


def with_(row, **values):
    """A copy of the stored row that says something else."""
    copy = type(row).objects.get(pk=row.pk)
    for name, value in values.items():
        setattr(copy, name, value)
    return copy


@pytest.mark.parametrize(
    ("name", "value"),
    [("name", "审计局"), ("leader", "王"), ("supervisor", "市府"), ("listed_separately", True), ("groups", ["x"]),
     ("headcount", 7)],
)  # fmt: skip
def test_a_unit_that_is_described_otherwise_counts_for_its_category(city, others, name, value):
    keep_evaluated_unit(with_(city.evaluated, **{name: value}), [name], actor=CLERK)
    assert revisions() == [1, 0, 0]


def test_a_unit_that_changes_its_category_counts_for_the_one_before_and_the_one_after(city, others):
    keep_evaluated_unit(with_(city.evaluated, category=others["near"]), ["category"], actor=CLERK)
    assert revisions() == [1, 1, 0]


def test_a_unit_that_comes_in_counts_for_its_category(city, others):
    row = EvaluatedUnit(cycle=city.cycle, unit=city.office, category=others["near"], name="市绩效办")
    keep_evaluated_unit(row, ["cycle", "unit", "category", "name"], actor=CLERK)
    assert revisions() == [0, 1, 0]


def test_last_years_result_counts_for_the_category_of_its_unit(city, others):
    keep_last_result(with_(city.last, place=2), ["place"], actor=CLERK)
    assert revisions() == [1, 0, 0]
    fresh = EvaluatedUnit.objects.get(category=others["far"])
    keep_last_result(LastResult(evaluated_unit=fresh, place=3), ["evaluated_unit", "place"], actor=CLERK)
    assert revisions() == [1, 0, 1]


def test_a_factor_counts_for_the_category_of_its_unit(city, others):
    keep_factor(with_(city.factor, value=Decimal("1.1")), ["value"], actor=CLERK)
    assert revisions() == [1, 0, 0]
    fresh = UnitFactor(evaluated_unit=city.evaluated, code="more", value=Decimal(2))
    keep_factor(fresh, ["evaluated_unit", "code", "value"], actor=CLERK)
    assert revisions() == [2, 0, 0]


def test_of_an_organ_its_code_counts_wherever_it_takes_part(city, others):
    keep_unit(with_(city.unit, code="D99"), ["code"], actor=CLERK)
    assert revisions() == [1, 0, 1]


def test_what_a_run_does_not_read_of_an_organ_counts_for_nobody(city, others):
    said = with_(city.unit, name="审计局", kind="department", parent=city.office)
    assert keep_unit(said, ["name", "kind", "parent"], predecessors=[city.office], actor=CLERK)
    assert keep_unit(Unit(code="D02", name="市财政局"), ["code", "name"], actor=CLERK)
    assert revisions() == [0, 0, 0]


@pytest.mark.parametrize("resting", [Bonus, Deduction, GradeMove], ids=lambda model: model.__name__)
def test_a_decision_counts_where_something_rests_on_it(city, others, resting):
    for model in {Bonus, Deduction, GradeMove} - {resting}:
        model.objects.all().delete()
    keep_decision(with_(city.decision, number="〔2025〕2号"), ["number"], actor=CLERK)
    assert revisions() == [1, 0, 0]


def test_a_decision_on_which_nothing_rests_counts_for_nobody(city, others):
    fresh = Decision(body="市委", number="1")
    assert keep_decision(fresh, ["body", "number"], actor=CLERK)
    assert keep_decision(with_(fresh, number="2"), ["number"], actor=CLERK)
    assert revisions() == [0, 0, 0]


def test_what_changes_nothing_counts_for_nobody(city, others):
    asked = [
        keep_evaluated_unit(with_(city.evaluated), ["category", "name", "groups"], actor=CLERK),
        keep_last_result(with_(city.last), ["total", "place"], actor=CLERK),
        keep_factor(with_(city.factor, value=Decimal("1.050")), ["value"], actor=CLERK),
        keep_unit(with_(city.unit), ["code", "name"], actor=CLERK),
        keep_decision(with_(city.decision), ["body", "number"], actor=CLERK),
    ]
    assert asked == [False] * 5
    assert revisions() == [0, 0, 0]


def test_what_is_refused_counts_for_nobody(city, others):
    Cycle.objects.filter(pk=city.cycle.pk).update(state="proposed")
    with pytest.raises(Refused, match="数据已冻结"):
        keep_factor(with_(city.factor, value=Decimal(2)), ["value"], actor=CLERK)
    assert revisions() == [0, 0, 0]


def test_a_form_counts_once(city, others, office):
    data = {"category": city.category.pk, "name": "审计局", "groups": ""}
    for _ in range(2):
        assert changed(office, city.evaluated, data).status_code == 302
    assert revisions() == [1, 0, 0]
