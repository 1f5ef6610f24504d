"""`verify_audit`: whether the audit trail is whole."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import get_language

from engine.text import Text
from evaluation.models import AuditHead
from evaluation.services.audit import problems_of_the_trail

_WHOLE = Text("操作日志完整：{number} 条，链头 {hash}", "the audit trail is whole: {number} entries, head {hash}")


class Command(BaseCommand):
    """Checks every entry and the head of the trail."""

    help = "Check that no entry of the audit trail was edited, deleted, inserted or reordered, and no tail cut off."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.epilog = "Example: manage.py verify_audit"
        return parser

    def handle(self, *args: Any, **options: Any) -> None:
        language = get_language() or "zh-hans"
        found = list(problems_of_the_trail())
        for problem in found:
            self.stderr.write(problem.to(language))
        if found:
            sys.exit(1)
        head = AuditHead.objects.filter(id=1).first()
        said = _WHOLE.format(number=head.number if head else 0, hash=head.hash if head else "—")
        self.stdout.write(said.to(language))
