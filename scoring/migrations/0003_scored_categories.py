"""Results are kept category by category, so that a run shares with the one before it what has not changed.

Runs of before keep their snapshot, which has all categories in one; each of their categories gets a row of its own
for its sheets. Backwards every run gets sheets of its own again, and its snapshot takes the categories in.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
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
    _settle(editor)


def join_tallies(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """One row for each panel, with all answers that any category has."""
    tallies = apps.get_model("scoring", "PanelTally")
    found: dict[int, list[Any]] = defaultdict(list)
    for row in tallies.objects.select_related("category").order_by("pk"):
        found[row.node_id].append(row)
    for rows in found.values():
        first, *others = rows
        lists = sorted((row.answers for row in rows), key=len, reverse=True)
        answers = list(dict.fromkeys(answer for listed in lists for answer in listed))
        first.counts = {unit: counts for row in rows for unit, counts in _counts_of(row, answers)}
        first.answers, first.cycle_id, first.category_id = answers, first.category.cycle_id, None
        for row in others:
            row.delete()
        first.save()
    _settle(editor)


def _counts_of(row: Any, answers: list[str]) -> Iterator[tuple[str, list[int]]]:
    for unit, counts in row.counts.items():
        given = dict(zip(row.answers, counts, strict=True))
        yield unit, [given.get(answer, 0) for answer in answers]


def _settle(editor: BaseDatabaseSchemaEditor) -> None:
    """Check now what is left to the end of the transaction: PostgreSQL changes no table before."""
    editor.connection.check_constraints()


Inside = dict[str, tuple[str, bytes, int, int]]
"""What a snapshot has taken in, by category: head and columns, the revision, and the run that has scored it."""


def take_apart(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """A row for each category that a run has scored, with its sheets; what a snapshot has taken in comes out again."""
    _, sheet_model, scored_model, snapshot_model, category_model = _models(apps)
    for snapshot in snapshot_model.objects.select_related("run").order_by("pk"):
        run, inside = snapshot.run, _taken_out(bytes(snapshot.columns))
        if inside:
            snapshot_model.objects.filter(pk=snapshot.pk).update(columns=b"")
        ids = dict(category_model.objects.filter(cycle_id=run.cycle_id).values_list("code", "pk"))
        for code, result in _results(sheet_model, run):
            head, columns, revision, by = inside.get(code, ("", b"", 0, run.pk))
            mine = sheet_model.objects.filter(run=run, category=code)
            if by == run.pk:
                scored = scored_model.objects.create(
                    run=run, category_id=ids[code], revision=revision, head=head, columns=columns,
                    sha256=hashlib.sha256(head.encode() + b"\n" + columns).hexdigest(), result=result,
                )  # fmt: skip
                mine.update(scored=scored)
            else:
                scored = scored_model.objects.get(run_id=by, category_id=ids[code])
                mine.delete()
            run.categories.add(scored)
    _outdate(scored_model, category_model)
    _settle(editor)


def _results(sheet_model: Any, run: Any) -> Iterator[tuple[str, str]]:
    """The categories of a run, each with the hash over the hashes of its sheets."""
    hashes: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for code, unit, digest in sheet_model.objects.filter(run=run).values_list("category", "unit_code", "hash"):
        hashes[code].append((unit, digest))
    for code, sheets in sorted(hashes.items()):
        text = json.dumps(sorted(sheets), ensure_ascii=False, separators=(",", ":"))
        yield code, hashlib.sha256(text.encode()).hexdigest()


def _outdate(scored_model: Any, category_model: Any) -> None:
    """Nobody has counted what has changed under the earlier schema: no revision that was scored is the one of now."""
    for category, revision in scored_model.objects.values_list("category").annotate(models.Max("revision")):
        category_model.objects.filter(pk=category).update(revision=revision + 1)


def put_together(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Sheets of its own for every run; its snapshot takes in what its categories keep."""
    run_model, sheet_model, scored_model, snapshot_model, _ = _models(apps)
    for scored in scored_model.objects.order_by("pk"):
        sheet_model.objects.filter(scored=scored).update(run_id=scored.run_id)
    for run in run_model.objects.order_by("pk"):
        inside: Inside = {}
        for scored in run.categories.select_related("category"):
            if scored.run_id != run.pk:
                _copy_sheets(sheet_model, scored, run)
            if scored.head:
                kept = (scored.head, bytes(scored.columns)) if scored.run_id == run.pk else ("", b"")
                inside[scored.category.code] = (*kept, scored.revision, scored.run_id)
        if inside:
            snapshot_model.objects.filter(run=run).update(columns=_taken_in(inside))
    _settle(editor)


def _copy_sheets(sheet_model: Any, scored: Any, run: Any) -> None:
    copies = list(sheet_model.objects.filter(scored=scored, run_id=scored.run_id))
    for sheet in copies:
        sheet.pk, sheet.run_id = None, run.pk
    sheet_model.objects.bulk_create(copies, batch_size=500)


def _taken_in(inside: Inside) -> bytes:
    index = {code: [head, len(columns), revision, by] for code, (head, columns, revision, by) in sorted(inside.items())}
    text = json.dumps(index, ensure_ascii=False).encode()
    return _INSIDE + b"%d\n" % len(text) + text + b"".join(columns for _, (_, columns, *_) in sorted(inside.items()))


def _taken_out(packed: bytes) -> Inside:
    if not packed.startswith(_INSIDE):
        return {}
    size, _, rest = packed.removeprefix(_INSIDE).partition(b"\n")
    at, found = int(size), {}
    for code, (head, length, revision, by) in json.loads(rest[: int(size)]).items():
        found[code] = (head, rest[at : at + length], revision, by)
        at += length
    return found


def _models(apps: Apps) -> tuple[Any, ...]:
    names = ("Run", "ScoreSheet", "ScoredCategory", "Snapshot")
    return (*(apps.get_model("scoring", name) for name in names), apps.get_model("evaluation", "Category"))


class Migration(migrations.Migration):
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
