"""The pages of every rule book that is shipped, on the sample city: each opens, each derivation ends in its sheet."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from evaluation.models import Role
from indicators.facts import load_facts
from indicators.services.schemes import load_scheme
from scoring.services.entering import enter_facts
from scoring.services.running import score_cycle
from scoring.showing.again import executed
from tests.little import CLERK, person
from tests.sample import SCHEMES, plan_of, sample_of, scheme_file


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_of(tmp_path_factory)


@pytest.mark.django_db
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_page_of_every_rule_book_opens_in_both_languages(folder: Path, scheme: str):
    file = scheme_file(scheme)
    cycles = load_scheme(text=file.read_text(encoding="utf-8"), file=str(file), year=2025, actor=CLERK)
    plan = plan_of(scheme)
    cycle = next(one for one in cycles if one.schemes.get().evaluation == plan.code)
    enter_facts(cycle=cycle, facts=load_facts(folder / scheme, plan)[0], source="facts", actor=CLERK)
    run = score_cycle(cycle=cycle, actor=CLERK)
    again, client = executed(run), Client()
    client.force_login(person(Role.OFFICE_HEAD))
    for sheet in run.sheets.all():
        assert again.agrees(sheet)
        assert again.derivation(sheet).points == Fraction(sheet.total)
    for language in ("zh-hans", "en"):
        client.post(reverse("language"), {"language": language})
        for category in cycle.categories.all():
            unit = run.sheets.filter(category=category.code).order_by("-total").first()
            assert_opens(client, "ranking", cycle.code, category.code)
            if unit:
                assert_opens(client, "sheet", cycle.code, unit.evaluated_unit_id)
                assert_opens(client, "beside", cycle.code, unit.evaluated_unit_id)


def assert_opens(client: Client, page: str, *args: object) -> None:
    got = client.get(reverse(page, args=args))
    assert got.status_code == 200
    assert not re.search(r'role="alert"|<script|\sstyle=', got.content.decode())
