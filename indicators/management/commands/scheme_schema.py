"""`scheme_schema`: the JSON Schema of the scheme language, so that editors complete and check."""

from __future__ import annotations

import json
from typing import Any

from engine.language.read import json_schema
from indicators.command import SchemeCommand


class Command(SchemeCommand):
    """Prints the JSON Schema."""

    help = "Print the JSON Schema of scheme files."
    example = "scheme_schema > schemes/scheme.schema.json"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(json_schema(), ensure_ascii=False, indent=1))
