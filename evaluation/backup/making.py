"""Making a backup: the heads of the trail, the database, the files of evidence, and the manifest, sealed."""

from __future__ import annotations

import os
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from errno import EEXIST
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO, cast

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from engine import VERSION
from engine.text import Text
from evaluation.actor import Actor
from evaluation.backup import database
from evaluation.backup.manifest import DATABASE, FILES, HEADS, MANIFEST, Manifest
from evaluation.backup.reading import verify_backup
from evaluation.backup.sealed import Sealer
from evaluation.evidence.folder import kept_files
from evaluation.models import AuditHead
from evaluation.prints import BLOCK, Hashed, Print, print_of
from evaluation.services.audit import head_files, record
from evaluation.verdict import Refused

_PIECE = 8 * BLOCK
_NOT_INSTALLED = Text("数据库里没有本系统的表，没有可备份的", "the database has none of our tables: nothing to back up")
_DUMPING = Text("备份数据库…", "the database …")
_COPYING = Text("备份佐证文件…", "the files of evidence …")
_CHECKING = Text("核对写好的备份…", "reading the backup again …")


def make_backup(out: Path, *, passphrase: str, actor: Actor, tell: Callable[[Text], None]) -> Print:
    """Write a backup of everything and read it again; only then it gets its name.

    Args:
        out: does not exist.
        passphrase: what the file is sealed with.
        actor: who makes it.
        tell: is told what is going on.

    Returns:
        Size and SHA-256 of the file.

    Raises:
        Refused: no passphrase, no database of ours, a tool is missing, or what was written does not read.
        OSError: it cannot be written there.
    """
    if not database.is_installed():
        raise Refused(_NOT_INSTALLED)
    with _whole(out) as unnamed:
        with unnamed.open("wb") as file:
            _write(file, passphrase, tell)
            file.flush()
            os.fsync(file.fileno())
        tell(_CHECKING)
        verify_backup(unnamed, passphrase)
        with unnamed.open("rb") as stream:
            made = print_of(stream)
    with transaction.atomic():
        record("make_backup", AuditHead(), actor=actor, key=out.name, sha256=made.sha256, size=made.size)
    return made


@contextmanager
def _whole(out: Path) -> Iterator[Path]:
    """A file beside `out` that gets its name when all has gone well and is gone when not; nothing is overwritten."""
    _insist_on_none(out)
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    os.close(handle)
    try:
        yield Path(name)
        _insist_on_none(out)
        os.rename(name, out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _insist_on_none(out: Path) -> None:
    if os.path.lexists(out):
        raise FileExistsError(EEXIST, os.strerror(EEXIST), str(out))


def _write(file: BinaryIO, passphrase: str, tell: Callable[[Text], None]) -> None:
    """The heads first: the database may be ahead of them, never behind. The files last: all that it knows are there."""
    sealer = Sealer(file, passphrase)
    with tarfile.open(fileobj=cast("IO[bytes]", sealer), mode="w|") as tar:
        members = _add_files(tar, HEADS, settings.AUDIT_HEADS, head_files())
        tell(_DUMPING)
        with database.dumped() as dumped:
            members |= _add_database(tar, dumped.stream)
        tell(_COPYING)
        members |= _add_files(tar, FILES, settings.FILES, kept_files())
        said = _manifest(dumped, members).text()
        _add(tar, MANIFEST, BytesIO(said), len(said))
    sealer.close()


def _manifest(dumped: database.Dumped, members: dict[str, Print]) -> Manifest:
    return Manifest(
        version=VERSION, made=timezone.localtime().isoformat(timespec="seconds"), database=connection.vendor,
        migrations=dumped.migrations, number=dumped.number, hash=dumped.hash, members=members,
    )  # fmt: skip


def _add_database(tar: tarfile.TarFile, stream: IO[bytes]) -> dict[str, Print]:
    """In pieces: a tar has the size before the content, and PostgreSQL's is known at the end.

    So nothing readable has to be put down on a disk.
    """
    members: dict[str, Print] = {}
    while piece := stream.read(_PIECE):
        name = f"{DATABASE}{len(members):08}"
        members[name] = _add(tar, name, BytesIO(piece), len(piece))
    return members


def _add_files(tar: tarfile.TarFile, name: str, folder: Path, paths: Iterable[Path]) -> dict[str, Print]:
    members = {}
    for path in (path for path in paths if path.is_file()):
        member = name + path.relative_to(folder).as_posix()
        with path.open("rb") as stream:
            members[member] = _add(tar, member, stream, os.fstat(stream.fileno()).st_size)
    return members


def _add(tar: tarfile.TarFile, name: str, stream: IO[bytes], size: int) -> Print:
    hashed, member = Hashed(stream), tarfile.TarInfo(name)
    member.size = size
    tar.addfile(member, hashed)
    return hashed.print
