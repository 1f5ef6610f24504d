"""`scheme_schema`: the JSON Schema of the scheme language, so that editors complete and check."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand

from engine.language.read import json_schema


class Command(BaseCommand):
    """Prints the JSON Schema."""

    help = "Print the JSON Schema of scheme files. Example: manage.py scheme_schema > schemes/scheme.schema.json"
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(json_schema(), ensure_ascii=False, indent=1))
