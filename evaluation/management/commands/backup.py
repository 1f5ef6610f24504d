"""`backup OUT`: everything that the installation has, as one encrypted file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings

from engine.text import Place, Problem, Text
from evaluation import command as base
from evaluation.actor import Actor
from evaluation.backup.making import make_backup
from evaluation.verdict import Refused

_DONE = Text(
    "已备份并核对：{out}，{size} 字节，SHA-256 {sha256}",
    "backed up and read again: {out}, {size} bytes, SHA-256 {sha256}",
)
_FAILED = Text("没有备份：{why}", "nothing was backed up: {why}")


class Command(base.Command):
    """Writes a backup."""

    help = (
        "Back up the database, the files of evidence and the heads of the audit trail to one encrypted file, and read "
        "it again. The passphrase is taken from the environment variable BACKUP_KEY."
    )
    example = "backup /mnt/backup/evaluation-2026-03-01.backup"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("out", metavar="OUT", help="the file to write; it must not exist")

    def handle(self, *args: Any, **options: Any) -> None:
        out = Path(options["out"])
        actor = Actor.at_command_line("backup")
        try:
            made = make_backup(out, passphrase=settings.BACKUP_KEY, actor=actor, tell=self.progress)
        except Refused as refused:
            self.refuse([Problem(Place(str(out)), _FAILED.format(why=refused.reason))])
        except OSError as error:
            self.refuse([Problem(Place(str(error.filename or out)), _FAILED.format(why=base.reason(error)))])
        self.stdout.write(self.say(_DONE.format(out=out, size=made.size, sha256=made.sha256)))
