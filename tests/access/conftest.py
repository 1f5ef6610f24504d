from __future__ import annotations

from pathlib import Path

import pytest

from scoring.models import Run
from tests.little import little_run


@pytest.fixture
def run(db, tmp_path: Path) -> Run:
    return little_run(tmp_path)
