"""`restore FILE`: a backup into an empty installation, and a look at whether all is as it was."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from engine.text import Place, Problem, Text
from evaluation import command as base
from evaluation.actor import Actor
from evaluation.backup.manifest import Manifest
from evaluation.backup.restoring import problems_of_the_restored, restore_backup
from evaluation.verdict import Refused
from scoring.models import Run
from scoring.services.verifying import verify_run
from scoring.states import RunState

_LOOKING = Text("核对恢复后的系统…", "looking at what was restored …")
_FAILED = Text("没有恢复：{why}", "nothing was restored: {why}")
_DONE = Text(
    "已恢复 {made} 的备份：操作日志完整，{files} 个文件与备份一致，{runs} 个采用的计分批次重新计算后哈希相同",
    "restored the backup of {made}: the audit trail is whole, {files} files are as in the backup,"
    " scoring {runs} adopted runs again gives the same hashes",
)
_NOT_SO = Text("已恢复，但与备份不一致：{what}", "restored, but not as it was: {what}")


class Command(base.Command):
    """Restores a backup."""

    help = (
        "Restore a backup into an empty installation. Everything in the file is checked before anything is written; "
        "afterwards the audit trail, the files and every adopted run are. The passphrase is taken from the environment "
        "variable BACKUP_KEY."
    )
    example = "restore /mnt/backup/evaluation-2026-03-01.backup"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="what backup wrote")

    def handle(self, *args: Any, **options: Any) -> None:
        file = Path(options["file"])
        manifest = self._restored(file)
        self.progress(_LOOKING)
        runs = list(Run.objects.filter(state=RunState.ADOPTED).select_related("cycle", "scheme", "snapshot"))
        if found := list(_problems(manifest, runs)):
            self.refuse(Problem(Place(str(file)), _NOT_SO.format(what=what)) for what in found)
        said = _DONE.format(made=manifest.made, files=len(manifest.files), runs=len(runs))
        self.stdout.write(self.say(said))

    def _restored(self, file: Path) -> Manifest:
        actor = Actor.at_command_line("restore")
        try:
            return restore_backup(file, passphrase=settings.BACKUP_KEY, actor=actor, tell=self.progress)
        except Refused as refused:
            self.refuse([Problem(Place(str(file)), _FAILED.format(why=refused.reason))])
        except OSError as error:
            self.refuse([Problem(Place(str(error.filename or file)), _FAILED.format(why=base.reason(error)))])


def _problems(manifest: Manifest, runs: list[Run]) -> Iterator[Text]:
    yield from problems_of_the_restored(manifest)
    for run in runs:
        for problem in verify_run(run):
            yield Text(f"{run}：{problem.zh}", f"{run}: {problem.en}")
