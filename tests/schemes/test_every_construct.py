"""What the language can say is said somewhere: the five rule books and the made-up sixth use every construct."""

from __future__ import annotations

import pytest

from indicators.command import read_scheme_file
from tests.sample import ROOT, RULE_BOOKS, scheme_of
from tests.schemes.constructs import all_constructs, used_in

SIXTH = ROOT / "schemes" / "examples" / "qiquan-2025.yaml"
NOT_USED: dict[str, str] = {}  # construct → why no rule book uses it


def used_by_the_five() -> set[str]:
    return set().union(*(used_in(scheme_of(book)) for book in RULE_BOOKS))


def test_no_construct_is_left_out():
    assert all_constructs() - used_by_the_five() - used_in(read_scheme_file(SIXTH)) == set(NOT_USED)


def test_the_sixth_is_there_for_what_the_five_do_not_use():
    assert len(used_in(read_scheme_file(SIXTH)) - used_by_the_five()) > 100


@pytest.mark.parametrize(
    "construct",
    [
        "against: ratio",
        "Against.to",
        "steps.count=started",
        "Quota.ties=all_out",
        "Grade.only_if=no_veto",
        "Node.missing=zero",
        "Lift.effect",
        "Node.full_marks by category",
        "Node.weight by category",
        "Quota.share by category",
        "formula: sqrt",
    ],
)
def test_constructs_are_found_by_word_key_and_option(construct: str):
    assert construct in all_constructs()
    assert construct in used_in(read_scheme_file(SIXTH)) | used_by_the_five()
