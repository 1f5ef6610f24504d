"""Which backups fit this installation, and that no member leaves its folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from evaluation.backup.manifest import Manifest
from evaluation.backup.restoring import fits, place_of, problems_of_the_restored
from evaluation.evidence.folder import place_of as file_at
from evaluation.prints import Print
from tests.evaluation.evidence.files import kept_file

PRINT = Print(1, "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881")  # of "x"


@pytest.fixture
def manifest(db: None) -> Manifest:
    """Of a backup of this very database."""
    migrations = sorted(".".join(one) for one in MigrationRecorder(connection).applied_migrations())
    return Manifest("0.1.0", "2026-03-01T03:00:00+08:00", connection.vendor, migrations, 0, "", {"files/a": PRINT})


def test_what_is_written_in_a_backup_is_read_again(manifest: Manifest):
    assert Manifest.of_text(manifest.text()) == manifest


def test_a_backup_of_this_version_fits(manifest: Manifest):
    assert fits(manifest)


def test_a_backup_of_an_older_or_newer_schema_is_for_the_version_that_made_it(manifest: Manifest):
    for migrations in (manifest.migrations[:-1], [*manifest.migrations, "scoring.9999_later"]):
        assert "restore it with the version that made it" in fits(replace(manifest, migrations=migrations)).reason.en


def test_a_backup_of_the_other_kind_of_database_does_not_fit(manifest: Manifest):
    assert "one does not become the other" in fits(replace(manifest, database="oracle")).reason.en


def test_a_member_stays_in_its_folder(settings, tmp_path: Path):
    settings.FILES, settings.AUDIT_HEADS = tmp_path / "files", tmp_path / "heads"
    assert place_of("files/ab/c.pdf") == tmp_path / "files" / "ab" / "c.pdf"
    assert place_of("audit/2026-03-01.txt") == tmp_path / "heads" / "2026-03-01.txt"
    for name in ("files/../heads/x", "files//etc/passwd", "audit/../../x", "database/00000000", "manifest.json"):
        assert place_of(name) is None


def test_a_file_that_is_gone_or_another_is_named_and_so_is_a_head_that_is_not_there(
    manifest: Manifest, settings, tmp_path: Path
):
    settings.FILES, settings.AUDIT_HEADS = tmp_path / "files", tmp_path / "heads"
    settings.FILES.mkdir()

    def found(one: Manifest) -> list[str]:
        return [problem.en for problem in problems_of_the_restored(one)]

    assert found(manifest) == ["a is not what it is in the backup, or is gone"]
    (settings.FILES / "a").write_text("y")
    assert found(manifest) == ["a is not what it is in the backup, or is gone"]
    (settings.FILES / "a").write_text("x")
    assert found(manifest) == []
    assert found(replace(manifest, number=7, hash="0" * 64)) == ["the trail has not the head of the backup (entry 7)"]


def test_a_file_that_the_database_knows_and_the_backup_has_not_is_named(manifest: Manifest, settings, tmp_path: Path):
    settings.FILES, settings.AUDIT_HEADS = tmp_path / "files", tmp_path / "heads"
    bare = replace(manifest, members={})
    kept = kept_file()
    assert list(problems_of_the_restored(bare)) == []
    file_at(kept.stored).unlink()
    [problem] = problems_of_the_restored(bare)
    assert problem.en == f'the file "纪要.pdf" (stored as {kept.stored}) is gone'
