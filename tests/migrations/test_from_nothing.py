"""All the way back and all the way forward."""

from __future__ import annotations

from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.urls import reverse

from evaluation.models import User
from scoring.services.running import score_cycle
from tests.little import CLERK
from tests.migrations.conftest import Schema
from tests.migrations.rows import APPEND_ONLY, APPS, all_rows, assert_append_only, problems
from tests.migrations.town import town_cycle


def test_full_data_give_way_to_nothing_and_all_begins_again(schema: Schema, tmp_path: Path):
    """Back to nothing, on to the first schema of all, which knows accounts only, and from there to the newest."""
    score_cycle(cycle=town_cycle(tmp_path), actor=CLERK)
    schema.at(("scoring", None), ("indicators", None), ("evaluation", None))
    assert not [table for table in connection.introspection.table_names() if table.partition("_")[0] in APPS]
    then, word = schema.at(("evaluation", "0001_initial")), "it is long enough"
    then.get_model("evaluation", "User").objects.create(username="liu", name="刘某", password=make_password(word))
    schema.forward()
    assert {name for name, rows in all_rows().items() if rows} == {"evaluation_user"}
    assert signs_in("liu", word) == User.objects.get(name="刘某")
    run = score_cycle(cycle=town_cycle(tmp_path), actor=CLERK)
    assert run.sheets.count() == 7
    assert problems() == []
    assert_append_only(*APPEND_ONLY)


def signs_in(username: str, password: str) -> User:
    client = Client()
    client.post(reverse("account_login"), {"login": username, "password": password})
    return User.objects.get(pk=client.session["_auth_user_id"])
