"""A rule book comes into force: a cycle for each evaluation, with its categories and its tree."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from evaluation.actor import Actor
from evaluation.models import AuditEntry, Cycle, EvaluatedUnit, Unit
from evaluation.verdict import Refused
from indicators.models import CycleScheme, Fact, Indicator
from indicators.selectors import plan_of, scheme_in_force
from indicators.services.schemes import load_scheme
from tests.sample import plan_of as plan_of_file
from tests.sample import scheme_file, scheme_of

CLERK = Actor("clerk", "test")


def load(name: str, year: int = 2025, change: tuple[str, str] = ("", "")) -> list[Cycle]:
    text = scheme_file(name).read_text(encoding="utf-8").replace(*change, 1)
    return load_scheme(text=text, file=str(scheme_file(name)), year=year, actor=CLERK)


@pytest.mark.django_db
def test_an_evaluation_has_a_cycle_with_its_rule_book_published():
    [cycle] = load("songyuan")
    kept = scheme_in_force(cycle)
    assert (cycle.code, cycle.year, cycle.state, cycle.kind) == ("songyuan-2025", 2025, "running", "comprehensive")
    assert (kept.sha256, kept.state, kept.version) == (scheme_of("songyuan").sha256, "published", 1)
    assert plan_of(kept).written == plan_of_file("songyuan").written
    assert [one.code for one in cycle.categories.all()] == [
        code for part_of in plan_of_file("songyuan").sets for code in part_of.categories
    ]


@pytest.mark.django_db
def test_the_tree_stands_in_the_database_as_the_rule_book_says_it():
    [cycle] = load("songyuan")
    for part_of in plan_of_file("songyuan").sets:
        rows = Indicator.objects.filter(scheme=scheme_in_force(cycle), set_code=part_of.code)
        assert [(row.code, row.parent and row.parent.code) for row in rows.order_by("position")] == [
            (node.code, node.path[-2] if len(node.path) > 1 else None) for node in part_of.walk()
        ]
        for leaf in part_of.leaves():
            if leaf.rule is not None:
                facts = Fact.objects.filter(indicator__in=rows, indicator__code=leaf.code)
                assert {fact.code: fact.decimals for fact in facts} == {
                    code: spec.decimals for code, spec in leaf.facts.items()
                }


@pytest.mark.django_db
def test_six_evaluations_are_a_parent_and_its_children():
    cycles = load("district-2022-1plus5")
    assert [cycle.parent for cycle in cycles] == [None, *[cycles[0]] * 5]
    assert [cycle.kind for cycle in cycles] == ["comprehensive", *["special"] * 5]
    assert cycles[1].code == "district-2022-1plus5-party-2025"


@pytest.mark.django_db
def test_the_same_text_again_changes_nothing():
    load("songyuan")
    entries = AuditEntry.objects.count()
    load("songyuan")
    assert (Cycle.objects.count(), CycleScheme.objects.count(), AuditEntry.objects.count()) == (1, 1, entries)


@pytest.mark.django_db
def test_another_text_stands_beside_the_first_which_is_superseded():
    load("songyuan")
    [cycle] = load("songyuan", change=("title:", "# 改过\ntitle:"))
    assert [(one.version, one.state) for one in cycle.schemes.order_by("version")] == [
        (1, "superseded"),
        (2, "published"),
    ]


@pytest.mark.django_db
def test_a_rule_book_is_frozen_once_units_are_in():
    [cycle] = load("songyuan")
    unit = Unit.objects.create(code="C01", name="甲县")
    EvaluatedUnit.objects.create(cycle=cycle, unit=unit, category=cycle.categories.first(), name="甲县")
    with pytest.raises(Refused, match="方案已冻结"):
        load("songyuan", change=("title:", "# 改过\ntitle:"))
    assert cycle.schemes.count() == 1


@pytest.mark.django_db
def test_a_wrong_rule_book_opens_nothing(tmp_path, capsys):
    file = tmp_path / "wrong.yaml"
    file.write_text(scheme_file("songyuan").read_text(encoding="utf-8").replace("weight: 3", "weight: 4", 1))
    with pytest.raises(SystemExit, match="1"):
        call_command("load_scheme", str(file), year=2025)
    assert "wrong.yaml:" in capsys.readouterr().err
    assert not Cycle.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
def test_the_command_says_how_the_cycles_are_called(capsys):
    call_command("load_scheme", str(scheme_file("songyuan")), year=2025)
    assert capsys.readouterr().out == "songyuan-2025：政府绩效评估（2025 年）\n"
