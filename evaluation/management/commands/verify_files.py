"""`verify_files`: whether the files of evidence are as the database says."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import get_language

from engine.text import Text
from evaluation.evidence.verifying import problems_of_the_files, unknown_files
from evaluation.models import Evidence

_WHOLE = Text("{count} 个文件都在，且与上传时相同", "all {count} files are there, and are what was uploaded")
_UNKNOWN = Text(
    "数据库里没有 {stored}：是正在上传的，或上传中断留下的，留着无害",
    "the database does not know {stored}: it is being uploaded, or an upload was broken off; it does no harm",
)


class Command(BaseCommand):
    """Checks every file."""

    help = (
        "Check that every file of evidence is there and is what was uploaded, by its SHA-256. Files of which the "
        "database does not know are named, too; they are no failure."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.epilog = "Example: manage.py verify_files"
        return parser

    def handle(self, *args: Any, **options: Any) -> None:
        language = get_language() or "zh-hans"
        for stored in unknown_files():
            self.stdout.write(_UNKNOWN.format(stored=stored).to(language))
        found = list(problems_of_the_files())
        for problem in found:
            self.stderr.write(problem.to(language))
        if found:
            sys.exit(1)
        self.stdout.write(_WHOLE.format(count=Evidence.objects.count()).to(language))
