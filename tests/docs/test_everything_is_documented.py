"""docs/scheme-language.md leaves nothing out: it has every word and key of the language and an example of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from engine.grammar.registry import Kind
from engine.language.read import json_schema
from engine.panels.aggregates import AGGREGATES
from engine.panels.methods import METHODS
from engine.rules.base import RULES
from engine.rules.measures import MEASURES
from engine.rules.references import REFERENCES
from tests.docs.examples import DOCUMENT, examples

TEXT = DOCUMENT.read_text(encoding="utf-8")
FAMILIES = {"rule": RULES, "measure": MEASURES, "reference": REFERENCES, "method": METHODS, "aggregate": AGGREGATES}


def subschemas(node: Any) -> Iterator[dict[str, Any]]:
    """Every schema inside the JSON Schema of the language."""
    if isinstance(node, dict):
        yield node
        for inner in node.values():
            yield from subschemas(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from subschemas(inner)


def keys() -> set[str]:
    found = [node["properties"] for node in subschemas(json_schema()) if isinstance(node.get("properties"), dict)]
    return {key for properties in found for key in properties}


def choices() -> set[str]:
    """The words that a key may have as its value."""
    nodes = list(subschemas(json_schema()))
    listed = [word for node in nodes for word in node.get("enum", ()) if isinstance(word, str)]
    return {*listed, *(node["const"] for node in nodes if isinstance(node.get("const"), str))}


def words_in_backticks() -> set[str]:
    """The words that the running text and its tables name, examples left out."""
    outside = re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL)
    return {word for quoted in re.findall(r"`([^`]+)`", outside) for word in re.findall(r"[a-z_]+", quoted)}


def words_that_open_a_row() -> set[str]:
    """`key` and `other` of the table rows that begin with | `key`, `other` |."""
    rows = re.findall(r"^\| ((?:`[a-z_]+`(?:, )?)+) \|", TEXT, re.MULTILINE)
    return {word for row in rows for word in re.findall(r"`([a-z_]+)`", row)}


def test_every_word_of_every_family_is_in_the_text():
    words = {word for family in FAMILIES.values() for word in family.kinds}
    assert words - words_in_backticks() == set()


def test_every_choice_is_in_the_text():
    assert choices() - words_in_backticks() == set()


def test_every_key_is_explained_in_a_table():
    of_rules = {word for family in FAMILIES.values() for word in family.kinds}
    of_measures_and_references = {"code", "years", "number", "part", "whole", "from_zero", "of_nothing"}
    explained = words_that_open_a_row() | (of_measures_and_references & words_in_backticks())
    assert keys() - of_rules - explained == set()


def kinds_in(value: object) -> Iterator[type[Kind]]:
    """The rules, measures, references and methods inside a construct."""
    if isinstance(value, Kind):
        yield type(value)
    if isinstance(value, BaseModel):
        value = tuple(value.__dict__.values())
    elif isinstance(value, dict):
        value = tuple(value.values())
    for item in value if isinstance(value, tuple) else ():
        yield from kinds_in(item)


@pytest.fixture(scope="module")
def executed() -> set[type[Kind]]:
    plans = [example.plan() for example in examples(TEXT) if example.kind == "example" and example.units]
    return {kind for plan in plans for kind in kinds_in(plan.written)}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_member_of_a_family_has_an_executed_example(family: str, executed: set[type[Kind]]):
    assert [word for word, kind in FAMILIES[family].kinds.items() if kind not in executed] == []


def test_every_link_inside_the_document_leads_to_a_heading():
    headings = re.findall(r"^#+ (.*)$", TEXT, re.MULTILINE)
    anchors = {re.sub(r"[^a-z0-9_ -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) - anchors == set()


def test_every_choice_stands_in_an_executed_example():
    written = "\n".join(example.yaml for example in examples(TEXT) if example.kind == "example" and example.units)
    assert {word for word in choices() if not re.search(rf"\b{word}\b", written)} == set()
