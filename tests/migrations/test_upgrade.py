"""From the schema that has landed, with rows that the product of that time wrote: all of them answer as before."""

from __future__ import annotations

import json
import zipfile
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.apps.registry import Apps
from django.core import serializers
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from evaluation.append_only import release
from evaluation.models import Cycle, Role
from scoring.freezing import FIRST_FORMAT
from scoring.models import PanelTally, Run, ScoredCategory, ScoreSheet, Snapshot
from scoring.selectors import adopted_run, told_of_last_year
from scoring.services.running import score_cycle
from scoring.services.verifying import format_of, verify_run
from tests.little import CLERK, person
from tests.migrations.conftest import LANDED, Schema
from tests.migrations.rows import APPEND_ONLY, assert_append_only, problems
from tests.migrations.town import CODE

CATEGORIES = ["east", "economy", "party", "west"]
FILE = Path(__file__).with_name("landed.jsonl")
WRITTEN = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def town(schema: Schema) -> Cycle:
    """The town as it was scored before the upgrade."""
    load(schema.at(*LANDED))
    schema.forward()
    return Cycle.objects.get(code=CODE)


@pytest.fixture
def run(town: Cycle) -> Run:
    found = adopted_run(town)
    assert found is not None
    assert format_of(found) == FIRST_FORMAT
    return found


def load(apps: Apps) -> None:
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(serializers.python, "apps", apps)
        for row in serializers.deserialize("jsonl", FILE.read_text(encoding="utf-8")):
            row.save()
    models = [apps.get_model(name) for name in {one["model"] for one in WRITTEN}]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def written(model: str) -> dict[int, dict[str, object]]:
    """What the product of that time wrote of a model, by key."""
    return {one["pk"]: one["fields"] for one in WRITTEN if one["model"] == model}


def said(*arguments: str, **options: object) -> str:
    out = StringIO()
    call_command(*arguments, **options, stdout=out)
    return out.getvalue()


def test_every_hash_is_what_it_was_and_nothing_is_wrong(run: Run):
    assert problems() == []
    results = {pk: one["result"] for pk, one in written("scoring.run").items()}
    assert dict(Run.objects.values_list("pk", "result")) == results
    snapshots = {pk: one["sha256"] for pk, one in written("scoring.snapshot").items()}
    assert dict(Snapshot.objects.values_list("pk", "sha256")) == snapshots
    sheets = {(one["run"], one["unit_code"]): one["hash"] for one in written("scoring.scoresheet").values()}
    assert {(sheet.scored.run_id, sheet.unit_code): sheet.hash for sheet in ScoreSheet.objects.all()} == sheets
    categories = {
        one.state: sorted(one.categories.values_list("category__code", flat=True)) for one in Run.objects.all()
    }
    assert categories == {"superseded": CATEGORIES, "failed": [], "adopted": CATEGORIES}
    assert ScoredCategory.objects.count() == 2 * len(CATEGORIES)
    assert_the_votes_stand_by_category()
    assert_append_only(*APPEND_ONLY)


def assert_the_votes_stand_by_category() -> None:
    found = {(one.node.set_code, one.category.code): one.counts for one in PanelTally.objects.all()}
    assert {key: sorted(counts) for key, counts in found.items()} == {
        ("counties", "east"): ["E1", "E2"],
        ("counties", "west"): ["W1"],
        ("offices", "party"): ["P1", "P2"],
        ("offices", "economy"): ["Q1", "Q2"],
    }
    of_then = {unit: counts for one in written("scoring.paneltally").values() for unit, counts in one["counts"].items()}
    assert {unit: counts for one in found.values() for unit, counts in one.items()} == of_then


def test_pages_and_commands_answer_for_an_old_run(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    office = Client()
    office.force_login(person(Role.OFFICE_CLERK))
    assert_the_pages_answer(run, office)
    assert_the_commands_answer(run, tmp_path)
    assert_a_changed_export_is_found(run, tmp_path, capsys)


def assert_the_pages_answer(run: Run, office: Client) -> None:
    for sheet in run.sheets:
        page = office.get(reverse("sheet", args=[CODE, sheet.evaluated_unit_id])).content.decode()
        assert "总分怎么来的" in page
        assert "不符" not in page
        assert office.get(reverse("beside", args=[CODE, sheet.evaluated_unit_id])).status_code == 200
    for category in run.cycle.categories.all():
        page = office.get(reverse("ranking", args=[CODE, category.code])).content.decode()
        assert all(sheet.unit_name in page for sheet in run.sheets.filter(category=category.code))
    assert told_of_last_year(run, "east")["E1"].total == Decimal("91.5")


def assert_the_commands_answer(run: Run, tmp_path: Path) -> None:
    best = run.sheets.get(unit_code="E1")
    assert str(best.total) in said("explain_score", cycle=CODE, unit="E1")
    workbook, document, pack = tmp_path / "out.xlsx", tmp_path / "out.json", tmp_path / "run.zip"
    said("export_results", str(workbook), cycle=CODE, json=str(document))
    units = {one["code"]: Decimal(one["total"]) for one in json.loads(document.read_text(encoding="utf-8"))["units"]}
    assert units == {sheet.unit_code: sheet.total for sheet in run.sheets}
    said("export_run", str(run.pk), str(pack))
    for what in (str(run.pk), str(pack), str(as_exported_then(pack))):
        assert "一致" in said("verify_run", what)


def assert_a_changed_export_is_found(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = tmp_path / "run.zip"
    for kept, told in ((run.result, "结果与清单里的哈希不符"), (run.snapshot.sha256, "数据与清单里的哈希不符")):
        with pytest.raises(SystemExit):
            call_command("verify_run", str(as_exported_then(pack, kept, "0" * 64)))
        assert told in capsys.readouterr().err


def as_exported_then(pack: Path, old: str = "", new: str = "") -> Path:
    """The pack as the product of that time wrote it, which said nothing of a format; with another text in its list."""
    out = pack.with_name("then.zip")
    with zipfile.ZipFile(pack) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "manifest.json":
                manifest = json.loads(data)
                assert manifest.pop("format") == FIRST_FORMAT
                data = json.dumps(manifest).replace(old, new).encode()
            after.writestr(name, data)
    return out


def test_the_next_run_reads_everything_anew_and_gives_the_same(run: Run, town: Cycle):
    following = score_cycle(cycle=town, actor=CLERK)
    assert format_of(following) != FIRST_FORMAT
    assert following.scored.count() == following.categories.count() == len(CATEGORIES)
    assert {one.unit_code: one.hash for one in following.sheets} == {one.unit_code: one.hash for one in run.sheets}
    assert score_cycle(cycle=town, actor=CLERK).scored.count() == 0
    assert problems() == []


def test_any_byte_that_is_changed_of_an_old_snapshot_is_named(run: Run):
    release(connection, Snapshot._meta.db_table)
    whole = {"head": run.snapshot.head.encode(), "columns": bytes(run.snapshot.columns)}
    for field, kept in whole.items():
        for place in range(0, len(kept), len(kept) // 12):
            changed = bytearray(kept)
            changed[place] ^= 1
            value = changed.decode(errors="replace") if field == "head" else bytes(changed)
            Snapshot.objects.filter(run=run).update(
                **{"head": run.snapshot.head, "columns": whole["columns"], field: value}
            )
            again = Run.objects.select_related("snapshot", "scheme", "cycle").get(pk=run.pk)
            assert "快照被改过：与其哈希不符" in [problem.zh for problem in verify_run(again)], (field, place)
