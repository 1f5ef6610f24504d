"""`verify_files`: whether the files of evidence are as the database says."""

from __future__ import annotations

from typing import Any

from engine.text import Text
from evaluation import command as base
from evaluation.evidence.verifying import problems_of_the_files, unknown_files
from evaluation.models import Evidence

_WHOLE = Text("{count} 个文件都在，且与上传时相同", "all {count} files are there, and are what was uploaded")
_UNKNOWN = Text(
    "数据库里没有 {stored}：是正在上传的，或上传中断留下的，留着无害",
    "the database does not know {stored}: it is being uploaded, or an upload was broken off; it does no harm",
)


class Command(base.Command):
    """Checks every file."""

    help = (
        "Check that every file of evidence is there and is what was uploaded, by its SHA-256. Files of which the "
        "database does not know are named, too; they are no failure."
    )
    example = "verify_files"

    def handle(self, *args: Any, **options: Any) -> None:
        for stored in unknown_files():
            self.stdout.write(self.say(_UNKNOWN.format(stored=stored)))
        if found := list(problems_of_the_files()):
            self.refuse(found)
        self.stdout.write(self.say(_WHOLE.format(count=Evidence.objects.count())))
