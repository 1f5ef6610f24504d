from __future__ import annotations

from pathlib import Path

import pytest

from tests.sample import sample_of


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample city: a folder of CSV sheets for each scheme. Not to be changed."""
    return sample_of(tmp_path_factory)
