from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.core.management import call_command

from tests.sample import SCHEMES, evaluation_of, sample_of, scheme_file


class Scored(NamedTuple):
    """The files that `score_file` wrote for the sample."""

    report: Path
    document: Path

    def units(self) -> dict[str, dict[str, Any]]:
        """What the JSON says of each unit, by code."""
        return {unit["code"]: unit for unit in self.said()["units"]}

    def distributions(self) -> dict[str, dict[str, Any]]:
        """What the JSON says of each pool."""
        found: dict[str, dict[str, Any]] = self.said()["distributions"]
        return found

    def said(self) -> dict[str, Any]:
        """The whole JSON document."""
        whole: dict[str, Any] = json.loads(self.document.read_text(encoding="utf-8"))
        return whole


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample city: a folder of CSV sheets for each evaluation. Not to be changed."""
    return sample_of(tmp_path_factory)


@pytest.fixture(scope="session")
def scored(city: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Scored]:
    """The sample's results by each evaluation."""
    found = {}
    for scheme in SCHEMES:
        folder = tmp_path_factory.mktemp(scheme.replace("/", "-"))
        one = found[scheme] = Scored(folder / "out.xlsx", folder / "out.json")
        call_command(
            "score_file",
            str(scheme_file(scheme)),
            str(city / scheme),
            str(one.report),
            json=str(one.document),
            evaluation=evaluation_of(scheme),
        )
    return found
