"""The first page."""

import re

import pytest


@pytest.mark.parametrize(
    ("asked", "language", "title"),
    [
        (None, "zh-hans", "政府绩效评估"),
        ("zh-CN,zh;q=0.9", "zh-hans", "政府绩效评估"),
        ("fr", "zh-hans", "政府绩效评估"),
        ("en-GB", "en", "Government performance evaluation"),
    ],
)
def test_the_start_page_is_chinese_unless_the_reader_asks_for_english(client, asked, language, title):
    page = client.get("/", headers={"Accept-Language": asked} if asked else {}).content.decode()
    assert f'<html lang="{language}">' in page
    assert f"<title>{title}</title>" in page


def test_q7_no_english_is_left_on_the_chinese_page(client):
    page = client.get("/").content.decode()
    text = re.sub(r"<code>.*?</code>|<[^>]*>", "", page)
    assert re.findall("[A-Za-z]{3,}", text) == []


def test_q2_the_start_page_has_a_strict_policy_and_nothing_inline(client):
    response = client.get("/")
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", response.content.decode())
