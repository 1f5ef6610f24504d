"""What holds for the whole product and would otherwise be found out late."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from django.apps import apps
from django.core.management import get_commands
from django.db import models
from django.test.utils import isolate_apps

ROOT = Path(__file__).resolve().parent.parent
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
LAYERS: list[str] = next(c["layers"] for c in CONTRACTS["contracts"] if c["id"] == "layers")


# One direction.


def keys_that_point_up(model: type[models.Model]) -> list[str]:
    """The relations of a model, its own or added by a mixin, to a model of a higher layer."""
    mine = LAYERS.index(model._meta.app_label)
    return [
        f"{model.__name__}.{field.name} -> {field.related_model._meta.label}"
        for field in [*model._meta.fields, *model._meta.many_to_many, *model._meta.private_fields]
        if isinstance(field.related_model, type)
        and field.related_model._meta.app_label in LAYERS
        and LAYERS.index(field.related_model._meta.app_label) < mine
    ]


def test_no_foreign_key_points_up_the_layers():
    ours = [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label in LAYERS]
    assert ours
    assert [key for model in ours for key in keys_that_point_up(model)] == []


@isolate_apps("evaluation", "scoring")
def test_a_foreign_key_that_points_up_would_be_found():
    class Sheet(models.Model):  # noqa: DJ008
        class Meta:
            app_label = "scoring"

    class Cycle(models.Model):  # noqa: DJ008
        sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT)

        class Meta:
            app_label = "evaluation"

    assert keys_that_point_up(Cycle) == ["Cycle.sheet -> scoring.Sheet"]
    assert keys_that_point_up(Sheet) == []


def test_the_desk_owns_no_models():
    assert list(apps.get_app_config("desk").get_models()) == []


# The engine is pure.


def test_the_engine_imports_no_django():
    imports = re.compile(r"^\s*(import|from)\s+(django|rest_framework|celery)\b", re.MULTILINE)
    assert [p.name for p in (ROOT / "engine").rglob("*.py") if imports.search(p.read_text(encoding="utf-8"))] == []


LOAD_ALL = """
import importlib, pkgutil, sys, engine
for module in pkgutil.walk_packages(engine.__path__, "engine."):
    importlib.import_module(module.name)
sys.exit("django" in sys.modules)
"""


def test_the_whole_engine_loads_without_django():
    outcome = subprocess.run([sys.executable, "-c", LOAD_ALL], cwd=ROOT, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stderr


# What is written about the commands is true.

MAKE_TARGETS = {"demo", "test", "fuzz", "check", "bench", "serve"}
DOCUMENTS = [
    "README.md",
    "README.zh-CN.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "Makefile",
    ".ci/run",
    "docs/*.md",
]


def documents() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for name in DOCUMENTS for path in sorted(ROOT.glob(name)))


def test_the_makefile_has_the_promised_targets():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert targets == MAKE_TARGETS
    assert set(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split()) == targets


def test_every_make_target_and_command_named_in_the_documents_exists():
    text = documents()
    assert set(re.findall(r"(?:^|`|\n)\s*(?:\$ )?make ([a-z]+)", text)) <= MAKE_TARGETS
    assert set(re.findall(r"manage\.py ([a-z][a-z_]+)", text)) - set(get_commands()) == set()
