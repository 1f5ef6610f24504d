"""`explain_score`: the derivation as a tree, for a unit by code or name, whole or from one node down."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation

from engine import VERSION
from tests.sample import CHINESE, SCHEMES, evaluation_of, first_unit, plan_of, sample_at, scheme_file, scheme_of
from tests.scoring.conftest import Scored


def explain(
    capsys: pytest.CaptureFixture[str], facts: Path, unit: str, node: str | None = None, language: str = "zh-hans"
) -> tuple[int, list[str], str]:
    """Exit code, lines and error stream."""
    try:
        with translation.override(language):
            name = sample_at(facts)
            asked = {"unit": unit, "node": node, "evaluation": evaluation_of(name)}
            call_command("explain_score", str(scheme_file(name)), str(facts), **asked)
        code = 0
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    said = capsys.readouterr()
    return code, said.out.splitlines(), said.err


def test_a_unit_is_found_by_code_and_by_name(city: Path, capsys: pytest.CaptureFixture[str]):
    by_code = explain(capsys, city / "songyuan", "D57")
    assert by_code == explain(capsys, city / "songyuan", "市审计局")
    code, lines, error = by_code
    assert (code, error, lines[0]) == (0, "", "D57 市审计局")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_head_says_what_the_derivation_was_made_with(city: Path, capsys: pytest.CaptureFixture[str], scheme: str):
    written = scheme_of(scheme)
    made = f"{written.title} · {plan_of(scheme).written.title} · {written.source}"
    unit = first_unit(city / scheme)
    _, lines, _ = explain(capsys, city / scheme, unit)
    assert lines[1] == f"{made} · 方案指纹 {written.sha256[:12]} · 引擎 {VERSION}"
    _, lines, _ = explain(capsys, city / scheme, unit, language="en")
    assert lines[1] == f"{made} · scheme SHA-256 {written.sha256[:12]} · engine {VERSION}"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_tree_has_the_total_and_every_node(
    city: Path, scored: dict[str, Scored], capsys: pytest.CaptureFixture[str], scheme: str
):
    unit = scored[scheme].units()[first_unit(city / scheme)]
    _, lines, _ = explain(capsys, city / scheme, unit["code"])
    assert f"{Decimal(unit['total']).normalize():f} 分（满分 {plan_of(scheme).written.full_marks}）" in lines[2]
    told = {found[1] for line in lines if (found := re.search(r"\[([\w/]+)\]：", line))}
    assert set(unit["nodes"]) <= told
    for code, node in unit["nodes"].items():
        [line] = [line for line in lines if f"[{code}]：" in line]
        if node["points"] is None:
            assert line.endswith("：不计")
        else:
            assert f"]：{_short(node['points'])} 分（满分 {_short(node['full_marks'])}）" in line


def _short(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def test_a_child_stands_deeper_than_what_it_is_part_of(city: Path, capsys: pytest.CaptureFixture[str]):
    _, lines, _ = explain(capsys, city / "songyuan", "D57")
    depth = {
        found[1]: len(line) - len(line.lstrip()) for line in lines if (found := re.search(r"\[([\w/]+)\]：", line))
    }
    assert (depth["annual"], depth["common"], depth["clean"], depth["discipline"]) == (0, 4, 8, 12)
    assert depth["key/1"] == depth["key"] + 4


def test_one_node_is_the_same_as_in_the_whole(city: Path, capsys: pytest.CaptureFixture[str]):
    _, whole, _ = explain(capsys, city / "songyuan", "D57")
    _, part, _ = explain(capsys, city / "songyuan", "D57", "common")
    start = next(number for number, line in enumerate(whole) if "[common]" in line)
    assert part[:2] == whole[:2]
    assert [line.removeprefix("    ") for line in whole[start : start + len(part) - 2]] == part[2:]
    _, own, _ = explain(capsys, city / "songyuan", "D57", "key/1")
    assert "[key/1]：" in own[2]


def test_the_fact_and_its_document_are_there(city: Path, capsys: pytest.CaptureFixture[str]):
    _, lines, _ = explain(capsys, city / "songyuan", "C02", "discipline")
    text = "\n".join(lines)
    assert "依据：市监察局《遵纪守法核查表》第 " in text
    assert "采集：市监察局" in text


def test_an_unknown_unit_is_said(city: Path, capsys: pytest.CaptureFixture[str]):
    code, lines, error = explain(capsys, city / "songyuan", "X")
    assert (code, lines) == (1, [])
    assert error == f"{city / 'songyuan'}: 没有单位“X”\n"
    _, _, error = explain(capsys, city / "songyuan", "市审记局")
    assert error.startswith(f"{city / 'songyuan'}: 没有单位“市审记局”；相近的有：D57 市审计局")


def test_an_unknown_node_is_said(city: Path, capsys: pytest.CaptureFixture[str]):
    code, lines, error = explain(capsys, city / "songyuan", "D01", "zzz")
    assert (code, lines) == (1, [])
    assert error == f"{scheme_file('songyuan')}: 这个单位没有指标“zzz”\n"
    _, _, error = explain(capsys, city / "songyuan", "D01", "hotlin", "en")
    assert error.startswith(f'{scheme_file("songyuan")}: this unit has no indicator "hotlin"; near it: hotline ')


def test_a_node_is_found_by_its_name(city: Path, capsys: pytest.CaptureFixture[str]):
    by_name = explain(capsys, city / "songyuan", "D57", "共性工作目标")
    assert by_name == explain(capsys, city / "songyuan", "D57", "common")


def test_a_name_that_several_nodes_have_is_not_guessed(city: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    text = scheme_file("songyuan").read_text(encoding="utf-8")
    file = tmp_path / "songyuan.yaml"
    file.write_text(text.replace("name: 相关工作的落实", "name: 普法"), encoding="utf-8")
    with pytest.raises(SystemExit), translation.override("zh-hans"):
        call_command("explain_score", str(file), str(city / "songyuan"), unit="D57", node="普法")
    assert "有几个指标都叫“普法”，请用代码：related、education" in capsys.readouterr().err


@pytest.mark.parametrize("scheme", SCHEMES)
def test_in_english_the_sentences_are_english(city: Path, capsys: pytest.CaptureFixture[str], scheme: str):
    _, lines, _ = explain(capsys, city / scheme, first_unit(city / scheme), language="en")
    assert not [
        line for line in lines[2:] if re.search(r"\d 票|第 \d+ 名|[：；]", re.sub("《.*?》|the scheme: .*", "", line))
    ]
    chinese = "不计|满分|四舍五入|折算|依据|采集|采集单位|失分原因|目标值|上年值|完成|扣|名次|加分：|票"
    fixed = re.compile(f"({chinese})[：:（ ]")
    assert not [line for line in lines if fixed.search(re.sub(r"《.*?》|\".*?\"", "", line)) and ": 《" not in line]
    headlines = [line for line in lines if re.search(r"\[[\w/]+\]: ", line)]
    assert headlines
    assert not [line for line in headlines if CHINESE.search(line.rpartition("]: ")[2])]
