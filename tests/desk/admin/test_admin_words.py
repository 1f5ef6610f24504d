"""Q7: the registers speak Chinese throughout, and English throughout."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from desk.admin import registers
from desk.admin.base import Kept
from evaluation.models import AuditEntry, Membership, Unit, WorkingDay
from tests.desk.admin.forms import address
from tests.desk.admin.test_admin_access import MODELS

DATA = {"running", "xlsx", "csv", "utf", "rule", "json", "sha", "scale", "actual", "gdp", "judged", "target", "adopted"}


def words(page: str) -> str:
    """What a reader sees of the page outside of inputs."""
    main = re.split(r"<main[^>]*>", page)[1]
    return re.sub(r"<script.*?</script>|<[^>]*>", " ", main, flags=re.DOTALL)


def pages(office) -> list[str]:
    found = [reverse("admin:index")]
    for model in MODELS:
        if model is AuditEntry:
            continue
        found.append(address(model, "changelist"))
        if isinstance(registers._registry[model], Kept) and registers._registry[model].adds:
            found.append(address(model, "add"))
        if (row := model.objects.first()) is not None:
            found.append(address(model, "change", row.pk))
    return found + [address(model, "import") for model in (Unit, Membership, WorkingDay)]


def test_q7_no_english_is_left_on_the_chinese_pages(city, office):
    left = {}
    for path in pages(office):
        response = office.get(path)
        assert response.status_code == 200, path
        said = re.sub(r"c-2025|\b[0-9a-f]{32,}\b|&\w+;", "", words(response.content.decode()))
        if found := {word for word in re.findall("[A-Za-z]{3,}", said) if word.lower() not in DATA}:
            left[path] = found
    names = {part for user in city.people.values() for part in user.username.split("_")}
    left = {path: {word for word in found if word not in names} for path, found in left.items()}
    assert {path: found for path, found in left.items() if found} == {}


@pytest.mark.parametrize("path", ["/admin/", "/admin/evaluation/unit/import/", "/admin/evaluation/workingday/add/"])
def test_q7_no_chinese_is_left_on_the_english_pages(city, office, path):
    office.post("/language/", {"language": "en"})
    assert not re.search("[\u3400-\u9fff]", words(office.get(path).content.decode()))
