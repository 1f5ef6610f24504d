"""C1 to C4 with real processes: whatever falls, every sheet is there once and equal to the undisturbed run."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.at_once import address_of_the_database
from tests.jobs.servers import broker, cluster, free_port

pytestmark = pytest.mark.timeout(300)


def played(what: str, folder: Path, url: str, *, with_broker: bool = True) -> None:
    """Run a play of `recovery.py`; it fails if the play did, with what the workers said."""
    port = free_port()
    told = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": url,
        "AUDIT_HEADS": str(folder / "heads"), "REDIS_URL": f"redis://127.0.0.1:{port}/0",
        "FALL_AT": str(folder / "fall-at"), "FALL": "",
    }  # fmt: skip
    asked = [sys.executable, "-m", "tests.jobs.recovery", what, str(folder)]
    with broker(port) if with_broker else nullcontext():
        done = subprocess.run(asked, env=told, capture_output=True, text=True, timeout=280, check=False)
    logs = "\n".join(file.read_text(encoding="utf-8")[-6000:] for file in sorted(folder.glob("*.log")))
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr[-4000:]}\n{logs}"


@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
def test_c1_whenever_a_worker_is_killed_every_sheet_is_there_once(tmp_path: Path):
    played("killed", tmp_path, address_of_the_database(tmp_path))


@pytest.mark.redis
@pytest.mark.django_db(transaction=True)
def test_c3_c4_an_emptied_broker_loses_no_run_and_many_who_ask_at_once_get_one(tmp_path: Path):
    played("emptied", tmp_path, address_of_the_database(tmp_path))


@pytest.mark.redis
@pytest.mark.cluster
def test_c2_whenever_the_database_is_killed_every_sheet_is_there_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with cluster(free_port()) as made:
        monkeypatch.setenv("CLUSTER", str(made.folder))
        played("crashed", tmp_path, f"postgres://postgres@127.0.0.1:{made.port}/postgres")


@pytest.mark.django_db(transaction=True)
def test_c12_without_a_broker_nobody_waits_and_no_run_is_lost(tmp_path: Path):
    played("unreachable", tmp_path, address_of_the_database(tmp_path), with_broker=False)
