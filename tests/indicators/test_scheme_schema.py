"""`schemes/scheme.schema.json` is what `scheme_schema` prints, and accepts whatever the language accepts."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from engine.grammar.source import read_source
from engine.language.read import json_schema
from tests.docs.examples import DOCUMENT, examples
from tests.indicators.json_schema import wrong_with

SCHEMES = Path(__file__).resolve().parents[2] / "schemes"
STORED = SCHEMES / "scheme.schema.json"
EXAMPLES = {(one.kind, one.name): one.scheme() for one in examples(DOCUMENT.read_text(encoding="utf-8"))}
RIGHT = {path.name: path.read_text(encoding="utf-8") for path in sorted(SCHEMES.rglob("*.yaml"))}
RIGHT |= {name: text for (kind, name), text in EXAMPLES.items() if kind == "example"}


def problems(text: str) -> list[str]:
    data, _ = read_source(text, "scheme.yaml")
    return wrong_with(data, json_schema(), json_schema())


def test_the_stored_schema_is_the_one_that_the_command_prints():
    printed = StringIO()
    call_command("scheme_schema", stdout=printed)
    assert STORED.read_text(encoding="utf-8") == printed.getvalue()
    assert json.loads(printed.getvalue()) == json_schema()


@pytest.mark.parametrize("name", RIGHT)
def test_the_schema_accepts_every_right_scheme(name: str):
    assert problems(RIGHT[name]) == []


@pytest.mark.parametrize("name", ["misspelt", "unknown-rule", "missing-word"])
def test_the_schema_refuses_what_an_editor_should_underline(name: str):
    assert problems(EXAMPLES["refused", name])


def accepts(definition: str, value: Any) -> bool:
    whole = json_schema()
    return wrong_with(value, whole["$defs"][definition], whole) == []


@pytest.mark.parametrize(
    ("definition", "value"),
    [
        ("RuleChoice", "judged"),
        ("RuleChoice", {"judged": {"decimals": 1}}),
        ("RuleChoice", {"ratio": {"to": "target"}}),
        ("RuleChoice", {"ratio": {"of": "increment", "to": {"mean_of_years": 3}}}),
        ("RuleChoice", {"ratio": {"to": 4}}),
        ("RuleChoice", {"ratio": {"to": "100%"}}),
        ("Node", {"code": "a", "facts": {"done": "完成次数", "planned": {"name": "计划次数"}}}),
        ("ReferenceChoice", {"mean": {"among": "all"}}),
        ("MeasureChoice", {"fact": "done"}),
        ("MeasureChoice", {"fact": {"code": "done"}}),
        ("MethodChoice", {"tiers": {"好": 100, "一般": 80}}),
        ("MethodChoice", {"tiers": {"points": {"好": 100, "一般": 80}}}),
    ],
)
def test_bare_words_and_short_forms_are_accepted(definition: str, value: Any):
    assert accepts(definition, value)


@pytest.mark.parametrize(
    ("definition", "value"),
    [
        ("RuleChoice", "ratio"),
        ("RuleChoice", "assessed"),
        ("RuleChoice", {"judged": {}, "ratio": {"to": "target"}}),
        ("RuleChoice", {}),
        ("ReferenceChoice", "mean_of_years"),
        ("MethodChoice", "tiers"),
    ],
)
def test_a_word_that_needs_parameters_is_not_accepted_without(definition: str, value: Any):
    assert not accepts(definition, value)


@pytest.mark.parametrize("definition", [name for name, one in json_schema()["$defs"].items() if "properties" in one])
def test_every_construct_is_described_for_the_editor(definition: str):
    assert json_schema()["$defs"][definition].get("description")
