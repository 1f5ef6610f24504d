"""`verify_audit`: whether the audit trail is whole."""

from __future__ import annotations

from typing import Any

from engine.text import Text
from evaluation import command as base
from evaluation.models import AuditHead
from evaluation.services.audit import problems_of_the_trail

_WHOLE = Text("操作日志完整：{number} 条，链头 {hash}", "the audit trail is whole: {number} entries, head {hash}")


class Command(base.Command):
    """Checks every entry and the head of the trail."""

    help = "Check that no entry of the audit trail was edited, deleted, inserted or reordered, and no tail cut off."
    example = "verify_audit"

    def handle(self, *args: Any, **options: Any) -> None:
        if found := list(problems_of_the_trail()):
            self.refuse(found)
        head = AuditHead.objects.filter(id=1).first()
        said = _WHOLE.format(number=head.number if head else 0, hash=head.hash if head else "—")
        self.stdout.write(self.say(said))
