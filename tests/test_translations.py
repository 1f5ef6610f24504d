"""Q7: whatever the product says through gettext it says in Chinese, too."""

from __future__ import annotations

import ast
import importlib
import re
from string import Formatter

import polib
import pytest

from evaluation.accounts.second_factor import FAILED, USED, Told
from evaluation.states import Transition
from tests.messages import APPS, messages
from tests.sample import ROOT

CATALOGUE = polib.pofile(str(ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"))
KNOWN = {(entry.msgctxt, entry.msgid): entry for entry in CATALOGUE}
ACTION = "audit"  # the context of what the trail says was done


OF_EVERY_MOVE = {"old", "new", "reason"}
OF_A_RUN = {"scheme", "facts", "result", "engine"}
OF_THE_SECOND_FACTOR = {*USED.values(), FAILED, *(page.done for page in Told.__subclasses__() if page.done)}
NO_DETAIL = {"actor", "key", None}


def trail_words() -> set[str]:
    """What can stand in the trail: the actions of the tables of states, those recorded by name, and their details."""
    found = {step.action for app in APPS for step in _transitions(app)} | OF_EVERY_MOVE | OF_A_RUN
    found |= OF_THE_SECOND_FACTOR
    for file in (file for app in APPS for file in (ROOT / app).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "record":
                actions = [one.value for one in ast.walk(node.args[0]) if isinstance(one, ast.Constant)]
                found |= {*actions, *(one.arg for one in node.keywords if one.arg not in NO_DETAIL)}
    return {word.replace("_", " ") for word in found if isinstance(word, str)}


def _transitions(app: str) -> list[Transition]:
    if not (ROOT / app / "states.py").exists():
        return []
    tables = vars(importlib.import_module(f"{app}.states")).values()
    return [step for table in tables if isinstance(table, tuple) for step in table if isinstance(step, Transition)]


def test_q7_every_sentence_has_its_chinese():
    missing = [message for message in messages() if not said_in_chinese(message.context, message.text)]
    assert missing == []


def test_q7_every_word_of_the_trail_has_its_chinese():
    assert trail_words() > {"load scheme", "adopt run", "sign in", "refuse", "changes"}
    assert sorted(word for word in trail_words() if not said_in_chinese(ACTION, word)) == []


def said_in_chinese(context: str | None, text: str) -> bool:
    entry = KNOWN.get((context, text))
    return entry is not None and bool(entry.msgstr or entry.msgstr_plural.get(0))


def test_nothing_is_translated_that_is_said_no_more():
    said = {(message.context, message.text) for message in messages()} | {(ACTION, word) for word in trail_words()}
    assert sorted(text for context, text in KNOWN if (context, text) not in said) == []


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.msgid[:30])
def test_a_translation_has_the_same_places_to_fill(entry):
    translated = entry.msgstr or entry.msgstr_plural[0]
    assert sorted(_places(translated)) == sorted(_places(entry.msgid))


def _places(text: str) -> list[str]:
    return re.findall(r"%\(\w+\)s", text) + [name for _, name, _, _ in Formatter().parse(text) if name]
