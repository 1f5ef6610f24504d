"""`check_scheme FILE…`: every problem as `file:line: what`, in either language, and an exit code."""

from __future__ import annotations

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from tests.engine.language.planted import BASE
from tests.sample import RULE_BOOKS

ROOT = Path(__file__).resolve().parents[2]
SCHEMES = sorted((ROOT / "schemes").rglob("*.yaml"))


def check(*files: Path | str, language: str = "zh-hans") -> tuple[int, list[str], list[str]]:
    """Exit code, what it says, what it complains of."""
    out, err = StringIO(), StringIO()
    code = 0
    with translation.override(language):
        try:
            call_command("check_scheme", *map(str, files), stdout=out, stderr=err)
        except SystemExit as ended:
            code = int(ended.code or 0)
    return code, out.getvalue().splitlines(), err.getvalue().splitlines()


@pytest.fixture
def written(tmp_path):
    def write(content: str | bytes, name: str = "s.yaml") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.name)
@pytest.mark.parametrize(("language", "says"), [("zh-hans", "没有问题"), ("en", "no problem")])
def test_nothing_is_found_in_a_shipped_scheme(path, language, says):
    code, out, err = check(path, language=language)
    assert (code, err) == (0, [])
    assert len(out) == 1
    assert says in out[0]


def test_five_rule_books_are_shipped():
    assert {path.stem for path in SCHEMES if path.parent.name == "schemes"} == set(RULE_BOOKS)


def test_every_problem_is_a_line_with_file_and_line(written):
    path = written(BASE.replace("weight: 60", "weight: 60.01").replace("below: 80", "below: 79"))
    code, out, err = check(path)
    rows = [
        number for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if "below: 79" in line
    ]
    assert (code, out) == (1, [])
    assert len(err) == 2
    assert err[0].startswith(f"{path}:102: “民主测评”下级指标的权重合计 100.01，应为 100")
    assert err[1].startswith(f"{path}:{rows[0]}: 等次“一般”到不足 79 为止，“良好”从 80 起，中间有空档")


def test_problems_in_english(written):
    path = written(BASE.replace("below: 80", "below: 79"))
    code, _, err = check(path, language="en")
    assert code == 1
    assert [line.removeprefix(f"{path}:") for line in err] == [
        '158: "一般" ends below 79 and "良好" starts at 80: a hole; below should be 80'
    ]


def test_every_file_is_checked_and_one_wrong_one_is_enough_to_fail(written):
    right, wrong = written(BASE, "a.yaml"), written(BASE.replace("weight: 60", "weight: 61"), "b.yaml")
    code, out, err = check(wrong, right, wrong)
    assert code == 1
    assert [line.split("：")[0] for line in out] == [str(right)]
    assert [line.split(":")[0] for line in err] == [str(wrong), str(wrong)]


def test_missing_file(tmp_path):
    path = tmp_path / "none.yaml"
    code, _, err = check(path)
    assert code == 1
    assert err == [f"{path}: 打不开文件：No such file or directory"] or err[0].startswith(f"{path}: 打不开文件")


def test_folder_in_place_of_a_file(tmp_path):
    code, _, err = check(tmp_path)
    assert code == 1
    assert err[0].startswith(f"{tmp_path}: 打不开文件")


def test_no_file_at_all():
    with pytest.raises(CommandError):
        call_command("check_scheme")


def test_file_that_is_not_utf_8(written):
    code, _, err = check(written("title: 方案\nsource: 文件\n".encode("gbk")))
    assert code == 1
    assert len(err) == 1
    assert "s.yaml:1: 不是 UTF-8 文本，请另存为 UTF-8 编码" in err[0]


def test_line_of_the_first_byte_that_is_not_utf_8(written):
    _, _, err = check(written(b"language: 1\nscheme: base\ntitle: \xb1\n"))
    assert "s.yaml:3: 不是 UTF-8 文本" in err[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig"])
def test_byte_order_mark_is_no_problem(written, encoding):
    assert check(written(BASE.encode(encoding)))[0] == 0


def test_lines_that_end_as_on_windows(written):
    assert check(written(BASE.replace("\n", "\r\n")))[0] == 0
    _, _, err = check(written(BASE.replace("below: 80", "below: 79").replace("\n", "\r\n")))
    assert [":158:" in line for line in err] == [True]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", ":1: 文件是空的"),
        ("- a\n", ":1: 文件应从 language: 1 写起，逐行写“键: 值”，现在是列表"),
        ("方案\n", ":1: 文件应从 language: 1 写起"),
        ("a:\n\tb: 1\n", ":2: 用了制表符（Tab）缩进，请改用空格"),
        ("a: " + "[" * 10_000, ":1: 嵌套太深（最多 40 层）"),
        ("a: b: c\n", ":1: 这一行的冒号放得不对"),
        (b"PK\x03\x04\x14\x00", ":1: 有不能显示的控制字符"),
        (b"\x00" * 100, ":1: 有不能显示的控制字符（U+0000）"),
        (b"\x89PNG\r\n\x1a\n", ":1: 不是 UTF-8 文本"),
    ],
    ids=["empty", "list", "word", "tab", "deep", "colons", "zip", "zeros", "picture"],
)
def test_what_is_no_scheme_is_refused_in_one_line(written, content, says):
    code, _, err = check(written(content))
    assert code == 1
    assert len(err) == 1
    assert says in err[0]


@pytest.mark.parametrize(("language", "says"), [("zh-hans", "中间有空档"), ("en", "a hole")])
def test_language_of_the_command_line_is_that_of_the_settings(written, language, says):
    path = written(BASE.replace("below: 80", "below: 79"))
    run = subprocess.run(
        [sys.executable, "manage.py", "check_scheme", str(path)],
        cwd=ROOT,
        env={"LANGUAGE_CODE": language, "DEBUG": "true", "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 1
    assert run.stdout == ""
    assert says in run.stderr
    assert run.stderr.startswith(f"{path}:158: ")
    assert "Traceback" not in run.stderr
