"""The way back: a backup into an empty installation, all or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from engine.text import Text
from evaluation.actor import Actor
from evaluation.backup import database
from evaluation.backup.manifest import DATABASE, FILES, HEADS, Manifest
from evaluation.backup.reading import members_of, verify_backup
from evaluation.evidence.verifying import problems_of_the_files
from evaluation.models import AuditEntry, AuditHead
from evaluation.prints import Print, print_of
from evaluation.services.audit import problems_of_the_trail, record
from evaluation.verdict import YES, Verdict, no

_CHECKING = Text("核对备份…", "checking the backup …")
_COPYING = Text("恢复文件…", "the files …")
_LOADING = Text("恢复数据库…", "the database …")
_ANOTHER = Text("{name} 与备份里的不同，或没有了", "{name} is not what it is in the backup, or is gone")
_HEAD = Text(
    "操作日志里没有备份时的链头（第 {number} 号）", "the trail has not the head of the backup (entry {number})"
)


def restore_backup(path: Path, *, passphrase: str, actor: Actor, tell: Callable[[Text], None]) -> Manifest:
    """Check a backup from beginning to end, then fill this empty installation with it.

    Args:
        path: the backup.
        passphrase: what it was sealed with.
        actor: who restores it.
        tell: is told what is going on.

    Raises:
        Refused: something is here already, the backup is not whole, or not of this version and kind of database;
            nothing was written. Or a tool is missing or has failed; nothing is left of what was written.
        OSError: something cannot be read or written; nothing is left of what was written.
    """
    nothing_is_here().insist()
    tell(_CHECKING)
    manifest = verify_backup(path, passphrase)
    fits(manifest).insist()
    with _all_or_nothing():
        tell(_COPYING)
        _put_files(path, passphrase)
        tell(_LOADING)
        database.load(content for name, content in members_of(path, passphrase) if name.startswith(DATABASE))
    with transaction.atomic():
        record("restore_backup", AuditHead(), actor=actor, key=path.name, made=manifest.made)
    return manifest


def nothing_is_here() -> Verdict:
    """Whether this installation is empty."""
    for folder in (settings.FILES, settings.AUDIT_HEADS):
        if folder.exists() and any(folder.iterdir()):
            return no("文件夹 {folder} 不是空的；只能恢复到空的系统", "the folder {folder} is not empty;"
                      " a backup is restored into an empty installation only", folder=folder)  # fmt: skip
    if not database.is_empty():
        return no("数据库里已有数据；只能恢复到空的系统",
                  "the database is not empty; a backup is restored into an empty installation only")  # fmt: skip
    return YES


def fits(manifest: Manifest) -> Verdict:
    """Whether a backup is of this kind of database and of this version of its schema."""
    if manifest.database != connection.vendor:
        return no("备份来自 {there}，这里的数据库是 {here}，二者不能互换",
                  "the backup is of {there}, the database here is {here}: one does not become the other",
                  there=manifest.database, here=connection.vendor)  # fmt: skip
    known = sorted(".".join(one) for one in MigrationLoader(None).disk_migrations)
    if sorted(manifest.migrations) != known:
        return no("备份的数据库结构与此版本不同：请用备份时的版本恢复，然后升级（计分引擎 {version}，备份于 {made}）",
                  "the schema of the backup is not that of this version: restore it with the version that made it,"
                  " then upgrade (engine {version}, made {made})",
                  version=manifest.version, made=manifest.made)  # fmt: skip
    return YES


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    """Both folders are empty again if anything goes wrong; the database comes last and looks after itself."""
    try:
        yield
    except BaseException:
        for folder in (settings.FILES, settings.AUDIT_HEADS):
            for path in folder.iterdir() if folder.exists() else ():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise


def _put_files(path: Path, passphrase: str) -> None:
    for name, content in members_of(path, passphrase):
        place = place_of(name)
        if place is not None:
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as file:
                shutil.copyfileobj(content, file)


def place_of(member: str) -> Path | None:
    """Where a member is kept if it is a file; never outside its folder."""
    for folder, root in ((HEADS, settings.AUDIT_HEADS), (FILES, settings.FILES)):
        place: Path = root / member.removeprefix(folder)
        if member.startswith(folder) and place.resolve().is_relative_to(root.resolve()):
            return place
    return None


def problems_of_the_restored(manifest: Manifest) -> Iterator[Text]:
    """What here is not as the backup says: each file, also by its own row, the head of the trail, the trail."""
    for name, expected in manifest.files.items():
        if _print_at(settings.FILES / name) != expected:
            yield _ANOTHER.format(name=name)
    yield from problems_of_the_files()
    head = AuditEntry.objects.filter(number=manifest.number, hash=manifest.hash)
    if manifest.number and not head.exists():
        yield _HEAD.format(number=manifest.number)
    yield from problems_of_the_trail()


def _print_at(path: Path) -> Print | None:
    try:
        with path.open("rb") as file:
            return print_of(file)
    except FileNotFoundError:
        return None
