"""The foundation of the stylesheet: from the lock file, never committed, and not missed where it cannot be had."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from config import vendor
from evaluation import context
from tests.sample import ROOT


def test_the_lock_file_pins_what_is_asked_for():
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert {name: lock[f"node_modules/{name}"]["version"] for name in asked} == asked
    assert all("integrity" in one for path, one in lock.items() if path)


def test_nothing_of_it_is_committed():
    tracked = subprocess.run(
        ["git", "ls-files", "static/vendor", "node_modules"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert tracked.stdout == ""


@pytest.fixture
def folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    (tmp_path / "core" / "dist" / "css").mkdir(parents=True)
    (tmp_path / "core" / "dist" / "css" / "tabler.min.css").write_text("a{}\n/*# sourceMappingURL=x.map */")
    monkeypatch.setattr(vendor, "SOURCE", tmp_path / "core")
    monkeypatch.setattr(vendor, "TARGET", tmp_path / "vendor")
    return tmp_path


def test_what_npm_fetched_is_copied_without_its_map(folders: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(vendor, "_runs", lambda *command: True)
    assert vendor.main() == 0
    assert (folders / "vendor" / "tabler.min.css").read_text() == "a{}\n"


def test_without_a_registry_set_up_says_so_and_goes_on(folders: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.setattr(vendor, "_runs", lambda *command: False)
    assert vendor.main() == 0
    assert "own stylesheet only" in capsys.readouterr().err
    assert not (folders / "vendor").exists()


@pytest.mark.django_db
def test_a_page_does_without_it(client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(context, "VENDOR", "vendor/there-is-none.css")
    context.vendor_css.cache_clear()
    page = client.get("/sign-in/").content.decode()
    context.vendor_css.cache_clear()
    assert "site.css" in page
    assert "vendor/" not in page
