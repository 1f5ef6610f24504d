"""A file of several evaluations: each command says which there are, and does each of them alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation

from tests.sample import SCHEMES, evaluation_of, first_unit, plan_of, scheme_file, scheme_of

SEVERAL = ("zhangjiajie-2021", "district-2022-1plus5")
EACH = [name for name in SCHEMES if evaluation_of(name)]


def commands(name: str, city: Path, out: Path) -> dict[str, tuple[list[str], dict[str, str]]]:
    """Each command on one evaluation's sample: its arguments and options, without the evaluation."""
    scheme, facts = str(scheme_file(name)), city / name
    return {
        "make_workbook": ([scheme, str(out / "empty.xlsx")], {"units": str(facts / "单位.csv")}),
        "score_file": ([scheme, str(facts), str(out / "out.xlsx")], {}),
        "explain_score": ([scheme, str(facts)], {"unit": first_unit(facts)}),
    }


@pytest.mark.parametrize("command", ["make_workbook", "score_file", "explain_score"])
@pytest.mark.parametrize("book", SEVERAL)
def test_without_its_code_it_is_said_which_there_are(
    city: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], book: str, command: str
):
    first = scheme_of(book).evaluations[0].code
    arguments, options = commands(f"{book}/{first}", city, tmp_path)[command]
    for language, known in {"zh-hans": "{}（{}）", "en": "{} ({})"}.items():
        with translation.override(language), pytest.raises(SystemExit):
            call_command(command, *arguments, **options)
        said = capsys.readouterr().err
        assert f"--evaluation {first}" in said
        for plan in scheme_of(book).evaluations:
            assert known.format(plan.code, plan.written.title) in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["make_workbook", "score_file", "explain_score"])
@pytest.mark.parametrize("name", EACH)
def test_with_its_code_it_is_done(
    city: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, command: str
):
    arguments, options = commands(name, city, tmp_path)[command]
    call_command(command, *arguments, evaluation=evaluation_of(name), **options)
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out or any(tmp_path.iterdir())
    if command == "explain_score":
        assert plan_of(name).written.title in said.out
