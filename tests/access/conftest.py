from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.models import Decision
from scoring.models import Run
from tests.evaluation.evidence.files import kept_file
from tests.little import little_run


@pytest.fixture
def run(db, tmp_path: Path) -> Run:
    """A cycle with its result, and a decision with a document."""
    decision = Decision.objects.create(pk=1, body="市绩效委", number="〔2025〕1号")
    decision.files.add(kept_file(1))
    return little_run(tmp_path)
