"""Results are kept category by category, so that a run shares with the one before it what has not changed.

Runs of before keep their snapshot, which has all categories in one; each of their categories gets a row of its own
for its sheets. Backwards every run gets sheets of its own again, and its snapshot takes the categories in.
"""

import hashlib
import json
from collections import defaultdict
from typing import Any

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from evaluation.append_only import protect, release

KEPT = ("scoring_snapshot", "scoring_scoresheet")
FRESH = ("scoring_scoredcategory", "scoring_run_categories")
_INSIDE = b"categories of the second format\n"


def release_kept(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for table in KEPT:
        release(editor.connection, table)


def protect_kept(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for table in KEPT:
        protect(editor.connection, table)


def release_all(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for table in (*KEPT, *FRESH):
        release(editor.connection, table)


def protect_all(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for table in (*KEPT, *FRESH):
        protect(editor.connection, table)
    if editor.connection.vendor == "postgresql":  # packed numbers: to compress them takes longer than to write them
        with editor.connection.cursor() as cursor:
            cursor.execute("ALTER TABLE scoring_scoredcategory ALTER COLUMN columns SET STORAGE EXTERNAL")


def split_tallies(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """One row for each category of the panel's set that has units."""
    tallies: Any = apps.get_model("scoring", "PanelTally")
    units = apps.get_model("evaluation", "EvaluatedUnit")
    for row in tallies.objects.select_related("node"):
        mine = units.objects.filter(cycle_id=row.cycle_id, category__set_code=row.node.set_code)
        codes: dict[int, list[str]] = defaultdict(list)
        for category, code in mine.values_list("category_id", "unit__code"):
            codes[category].append(code)
        for category, there in codes.items():
            counts = {code: row.counts[code] for code in there if code in row.counts}
            tallies.objects.create(
                cycle_id=row.cycle_id, category_id=category, node_id=row.node_id, answers=row.answers, counts=counts
            )
        row.delete()


def join_tallies(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """One row for each panel."""
    tallies = apps.get_model("scoring", "PanelTally")
    found: dict[int, Any] = {}
    for row in tallies.objects.select_related("category").order_by("pk"):
        first = found.setdefault(row.node_id, row)
        first.counts |= row.counts
        first.cycle_id, first.category_id = row.category.cycle_id, None
        if first is not row:
            row.delete()
    for row in found.values():
        row.save()


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _result(sheets: list[tuple[str, str]]) -> str:
    return _sha256(json.dumps([list(one) for one in sorted(sheets)], ensure_ascii=False, separators=(",", ":")))


def take_apart(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """A row for each category of each run, with its sheets; what a snapshot has taken in comes out again."""
    run_model, sheet_model, scored_model, snapshot_model, category_model = _models(apps)
    for run in run_model.objects.order_by("pk"):
        snapshot = snapshot_model.objects.filter(run=run).first()
        if snapshot is None:
            continue
        inside = _taken_out(bytes(snapshot.columns))
        if inside:
            snapshot_model.objects.filter(pk=snapshot.pk).update(columns=b"")
        ids = dict(category_model.objects.filter(cycle_id=run.cycle_id).values_list("code", "pk"))
        hashes: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for code, unit, digest in sheet_model.objects.filter(run=run).values_list("category", "unit_code", "hash"):
            hashes[code].append((unit, digest))
        for code, sheets in sorted(hashes.items()):
            head, columns, revision = inside.get(code, ("", b"", 0))
            scored = scored_model.objects.create(
                run=run, category_id=ids[code], revision=revision, head=head, columns=columns,
                sha256=hashlib.sha256(head.encode() + b"\n" + columns).hexdigest(), result=_result(sheets),
            )  # fmt: skip
            run.categories.add(scored)
            sheet_model.objects.filter(run=run, category=code).update(scored=scored)


def put_together(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Sheets of its own for every run; its snapshot takes in what its categories keep."""
    run_model, sheet_model, scored_model, snapshot_model, _ = _models(apps)
    for scored in scored_model.objects.order_by("pk"):
        sheet_model.objects.filter(scored=scored).update(run_id=scored.run_id)
    for run in run_model.objects.order_by("pk"):
        inside = {}
        for scored in run.categories.select_related("category"):
            inside[scored.category.code] = (scored.head, bytes(scored.columns), scored.revision)
            if scored.run_id != run.pk:
                _copy_sheets(sheet_model, scored, run)
        if any(head for head, _, _ in inside.values()):
            snapshot_model.objects.filter(run=run).update(columns=_taken_in(inside))


def _copy_sheets(sheet_model: Any, scored: Any, run: Any) -> None:
    copies = list(sheet_model.objects.filter(scored=scored, run_id=scored.run_id))
    for sheet in copies:
        sheet.pk, sheet.run_id = None, run.pk
    sheet_model.objects.bulk_create(copies, batch_size=500)


def _taken_in(inside: dict[str, tuple[str, bytes, int]]) -> bytes:
    index = {code: [head, len(columns), revision] for code, (head, columns, revision) in sorted(inside.items())}
    text = json.dumps(index, ensure_ascii=False).encode()
    return _INSIDE + b"%d\n" % len(text) + text + b"".join(columns for _, (_, columns, _) in sorted(inside.items()))


def _taken_out(packed: bytes) -> dict[str, tuple[str, bytes, int]]:
    if not packed.startswith(_INSIDE):
        return {}
    size, _, rest = packed.removeprefix(_INSIDE).partition(b"\n")
    at, found = int(size), {}
    for code, (head, length, revision) in json.loads(rest[: int(size)]).items():
        found[code] = (head, rest[at : at + length], revision)
        at += length
    return found


def _models(apps: Apps) -> tuple[Any, ...]:
    names = ("Run", "ScoreSheet", "ScoredCategory", "Snapshot")
    return (*(apps.get_model("scoring", name) for name in names), apps.get_model("evaluation", "Category"))


class Migration(migrations.Migration):
    # Sheets are moved and their table changed: where one transaction would hold both, PostgreSQL refuses.
    atomic = False

    dependencies = [("evaluation", "0005_revisions"), ("scoring", "0002_append_only")]

    operations = [
        migrations.RunPython(release_kept, protect_kept),
        # Tallies.
        migrations.AddField(
            "paneltally",
            "category",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tallies",
                to="evaluation.category",
                verbose_name="category",
            ),
        ),
        migrations.AlterField(
            "paneltally",
            "node",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tallies",
                to="indicators.indicator",
                verbose_name="panel",
            ),
        ),
        migrations.AlterField(
            "paneltally",
            "cycle",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tallies",
                to="evaluation.cycle",
                verbose_name="cycle",
            ),
        ),
        migrations.RunPython(split_tallies, join_tallies),
        migrations.RemoveField("paneltally", "cycle"),
        migrations.AlterField(
            "paneltally",
            "category",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tallies",
                to="evaluation.category",
                verbose_name="category",
            ),
        ),
        migrations.AddConstraint(
            "paneltally", models.UniqueConstraint(fields=("category", "node"), name="panel_tally_once")
        ),
        # Results.
        migrations.CreateModel(
            name="ScoredCategory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(verbose_name="revision of its facts")),
                ("head", models.TextField(verbose_name="facts")),
                ("columns", models.BinaryField(verbose_name="columns")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the facts")),
                ("result", models.CharField(max_length=64, verbose_name="hash of the result")),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scored",
                        to="evaluation.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scored",
                        to="scoring.run",
                        verbose_name="run that scored it",
                    ),
                ),
            ],
            options={
                "verbose_name": "scored category",
                "verbose_name_plural": "scored categories",
                "ordering": ["run", "category"],
            },
        ),
        migrations.AddConstraint(
            "scoredcategory", models.UniqueConstraint(fields=("run", "category"), name="scored_category_once")
        ),
        migrations.AddField(
            "run",
            "categories",
            models.ManyToManyField(
                editable=False, related_name="runs", to="scoring.scoredcategory", verbose_name="scored categories"
            ),
        ),
        migrations.AlterField("snapshot", "columns", models.BinaryField(default=b"", verbose_name="columns")),
        migrations.AlterModelOptions(
            "scoresheet", {"verbose_name": "score sheet", "verbose_name_plural": "score sheets"}
        ),
        migrations.AddField(
            "scoresheet",
            "scored",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sheets",
                to="scoring.scoredcategory",
                verbose_name="scored category",
            ),
        ),
        migrations.RemoveConstraint("scoresheet", "score_sheet_once"),
        migrations.AlterField(
            "scoresheet",
            "run",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sheets",
                to="scoring.run",
                verbose_name="run",
            ),
        ),
        migrations.RunPython(take_apart, put_together),
        migrations.RemoveField("scoresheet", "run"),
        migrations.AlterField(
            "scoresheet",
            "scored",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sheets",
                to="scoring.scoredcategory",
                verbose_name="scored category",
            ),
        ),
        migrations.AddConstraint(
            "scoresheet", models.UniqueConstraint(fields=("scored", "unit_code"), name="score_sheet_once")
        ),
        migrations.AlterModelOptions(
            "scoresheet",
            {
                "ordering": ["scored", "place", "unit_code"],
                "verbose_name": "score sheet",
                "verbose_name_plural": "score sheets",
            },
        ),
        migrations.RunPython(protect_all, release_all),
    ]
