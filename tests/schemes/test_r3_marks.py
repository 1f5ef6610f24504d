"""R3: a weight or a full mark of a shipped rule book that is off by 0.01 is refused, wherever it has to add up."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from engine.language.read import read_scheme
from engine.text import Problems
from tests.sample import RULE_BOOKS, scheme_file

_FIGURE = re.compile(r"(weight|full_marks): (\d+(?:\.\d+)?)")
# The full marks beside a weight are the node's own: they are converted, and nothing has to add up with them.
_BESIDE = re.compile(r"weight: [\d.]+,?\s+full_marks: [\d.]+")
_SAID = re.compile("合计|应为")


def moved(book: str) -> list[tuple[int, str]]:
    """Line and text of the file, one figure after the other 0.01 larger."""
    text = scheme_file(book).read_text(encoding="utf-8")
    free = {one.end() for one in _BESIDE.finditer(text)}
    figures = [one for one in _FIGURE.finditer(text) if one.end() not in free]
    return [(text.count("\n", 0, one.start()) + 1, _larger(text, one)) for one in figures]


def _larger(text: str, figure: re.Match[str]) -> str:
    more = Decimal(figure[2]) + Decimal("0.01")
    return f"{text[: figure.start(2)]}{more}{text[figure.end(2) :]}"


FIGURES = [(book, *one) for book in RULE_BOOKS if book != "songyuan" for one in moved(book)]


@pytest.mark.parametrize(("book", "line", "text"), FIGURES, ids=[f"{book}:{line}" for book, line, _ in FIGURES])
def test_r3_every_weight_and_full_mark_of_a_shipped_scheme(book: str, line: int, text: str):
    with pytest.raises(Problems) as refused:
        read_scheme(text, f"{book}.yaml")
    first, *_ = refused.value.found
    assert _SAID.search(first.what.zh), first.what.zh


def test_r3_the_figures_that_are_moved_are_all_there():
    assert {book: sum(one[0] == book for one in FIGURES) >= 18 for book in RULE_BOOKS} == {
        book: book != "songyuan"
        for book in RULE_BOOKS  # songyuan's weights stand in the tests of the linter
    }
