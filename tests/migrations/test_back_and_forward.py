"""Full data go back to the schema of the issue before and forward again: nothing is lost, nothing passes as unchanged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.apps.registry import Apps
from django.db import IntegrityError, connection, transaction

from engine.text import Problems
from evaluation.append_only import protect, release
from evaluation.models import AuditEntry, Cycle, Role, Unit, User
from evaluation.services.revisions import facts_changed
from indicators.models import Reading
from scoring.models import PanelTally, Run, ScoreSheet, Snapshot
from scoring.services.running import score_cycle
from tests.little import CLERK, little_run, person
from tests.migrations.conftest import LANDED, Schema
from tests.migrations.rows import APPEND_ONLY, all_rows, assert_append_only, problems
from tests.migrations.town import town_cycle
from tests.sample import sample_of
from tests.scoring.test_in_the_database import entered
from tests.scoring.test_one_change import enter, known, scored, with_another


@pytest.fixture
def town(schema: Schema, tmp_path: Path) -> Cycle:
    """Scored whole, then after one change, then not at all for want of a reading."""
    cycle = town_cycle(tmp_path)
    score_cycle(cycle=cycle, actor=CLERK)
    enter(cycle, with_another(known(cycle), "W1", "tax"))
    assert scored(score_cycle(cycle=cycle, actor=CLERK)) == {"west"}
    gap = Reading.objects.get(evaluated_unit__unit__code="E2", fact__indicator__code="tax")
    with transaction.atomic():
        Reading.objects.filter(pk=gap.pk).delete()
        facts_changed([gap.evaluated_unit.category_id])
    with pytest.raises(Problems):
        score_cycle(cycle=cycle, actor=CLERK)
    gap.save(force_insert=True)
    return cycle


def test_nothing_is_lost(town: Cycle, schema: Schema, tmp_path_factory: pytest.TempPathFactory):
    city = entered("songyuan", sample_of(tmp_path_factory))
    for _ in range(2):
        score_cycle(cycle=city, actor=CLERK)
    little_run(tmp_path_factory.mktemp("little"))
    person(Role.OFFICE_CLERK)
    Unit.objects.get(code="E1").predecessors.add(Unit.objects.get(code="E2"))
    before, sheets = all_rows(), sheets_by_run()
    assert {table for table, rows in before.items() if not rows} == NOT_USED
    assert problems() == []
    then = schema.at(*LANDED)
    assert sheets_then(then) == sheets
    assert_append_only(AuditEntry, Snapshot, ScoreSheet)
    schema.forward()
    assert all_rows() == before
    assert problems() == []
    assert_append_only(*APPEND_ONLY)


NOT_USED = {"evaluation_user_groups", "evaluation_user_user_permissions"}  # rights come from memberships
Sheets = dict[int, list[tuple[str, str]]]


def sheets_by_run() -> Sheets:
    """The hash of each sheet of each run, by the code of its unit."""
    return {run.pk: sorted(run.sheets.values_list("unit_code", "hash")) for run in Run.objects.all()}


def sheets_then(apps: Apps) -> Sheets:
    """The same in the schema of the issue before, where every run has sheets of its own."""
    runs: Any = apps.get_model("scoring", "Run").objects
    return {run.pk: sorted(run.sheets.values_list("unit_code", "hash")) for run in runs.all()}


def test_no_change_passes_unseen_because_revisions_are_counted_from_nothing_again(town: Cycle, schema: Schema):
    """One figure is changed under the earlier schema, where nobody counts, another by the first entry afterwards."""
    figures: Any = schema.at(*LANDED).get_model("indicators", "Reading").objects
    reading = figures.get(evaluated_unit__unit__code="P1", fact__indicator__code="work")
    figures.filter(pk=reading.pk).update(value=reading.value - 100)
    schema.forward()
    enter(town, with_another(known(town), "E1", "work"))
    before = dict(town.runs.get(state="adopted").sheets.values_list("unit_code", "total"))
    part = score_cycle(cycle=town, actor=CLERK)
    assert {one.unit_code for one in part.sheets if one.total < before[one.unit_code]} == {"P1", "E1"}
    assert part.result == score_cycle(cycle=town, actor=CLERK, whole=True).result
    assert problems() == []


def test_categories_that_were_counted_at_different_times_keep_their_votes(town: Cycle, schema: Schema):
    """Each may know answers that the others have no votes for; the earlier schema has one list for all of them."""
    east = PanelTally.objects.get(category__code="east")
    turned = [east.answers[at] for at in (2, 0, 1)]
    counts = {unit: [given[at] for at in (2, 0, 1)] for unit, given in east.counts.items()}
    assert east.answers != turned
    PanelTally.objects.filter(pk=east.pk).update(answers=turned, counts=counts)
    PanelTally.objects.filter(category__code="west").update(answers=["好", "中", "弃权"], counts={"W1": [21, 20, 1]})
    before = votes()
    then = schema.at(*LANDED)
    assert then.get_model("scoring", "PanelTally").objects.count() == 2
    schema.forward()
    assert votes() == before


def votes() -> dict[tuple[str, str], dict[str, int]]:
    """What each unit got, by category and unit."""
    found = {}
    for row in PanelTally.objects.select_related("category"):
        for unit, counts in row.counts.items():
            given = dict(zip(row.answers, counts, strict=True))
            found[row.category.code, unit] = {answer: count for answer, count in given.items() if count}
    return found


def test_user_names_that_differ_by_case_alone_are_named_before_anything_changes(schema: Schema):
    users = schema.at(("evaluation", "0008_cache")).get_model("evaluation", "User").objects
    for name in ("LiHua", "lihua", "wang"):
        users.create(username=name, name=name)
    with pytest.raises(RuntimeError, match=r"alone first: LiHua, lihua$"):
        schema.forward()
    users.filter(username="LiHua").update(username="lihua2")
    schema.forward()
    assert sorted(User.objects.values_list("username", flat=True)) == ["lihua", "lihua2", "wang"]


def test_an_upgrade_that_stops_leaves_everything_as_it_was(town: Cycle, schema: Schema):
    then = schema.at(*LANDED)
    sheets, table = sheets_then(then), ScoreSheet._meta.db_table
    release(connection, table)
    strange: Any = then.get_model("scoring", "ScoreSheet").objects.filter(unit_code="Q2")
    strange.update(category="nowhere")
    protect(connection, table)
    with pytest.raises((KeyError, IntegrityError)):
        schema.forward()
    assert sheets_then(then) == sheets
    assert_append_only(AuditEntry, Snapshot, ScoreSheet)
    release(connection, table)
    strange.update(category="economy")
    schema.forward()
    assert problems() == []
