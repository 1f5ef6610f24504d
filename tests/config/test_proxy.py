"""Behind a proxy, and only there, its word about scheme and address counts."""

from __future__ import annotations

import json

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config.proxy import ClientAddress
from tests.config.test_settings import PRODUCTION, run

ASK = """
import json
from django.conf import settings
print(json.dumps([settings.SECURE_PROXY_SSL_HEADER, "config.proxy.ClientAddress" in settings.MIDDLEWARE]))
"""


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("6.6.6.6, 10.1.2.3", "10.1.2.3"),
        ("10.1.2.3, made up", "127.0.0.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("", "127.0.0.1"),
    ],
)
def test_the_address_is_the_one_that_the_proxy_has_seen(forwarded, address):
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})
    ClientAddress(lambda request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == address


@pytest.mark.parametrize(
    ("word", "believed"), [("true", [["HTTP_X_FORWARDED_PROTO", "https"], True]), ("false", [None, False])]
)
def test_a_proxy_is_believed_only_where_there_is_one(word, believed):
    outcome = run("-c", ASK, **PRODUCTION, BEHIND_PROXY=word)
    assert json.loads(outcome.stdout) == believed, outcome.stderr
