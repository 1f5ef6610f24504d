"""R2: no float enters the engine. Read from its source, so that it holds for code that no test runs."""

from __future__ import annotations

import ast
import itertools
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ENGINE = sorted((ROOT / "engine").rglob("*.py"))

NUMPY_FLOATS = re.compile(
    r"(float|complex)\d*|half|single|double|longdouble|floating|(true_)?divide|mean|average|median|std|var"
    r"|round|around|rint|floor|ceil|trunc|sqrt|cbrt|power|float_power|exp\w*|log\w*|linspace|nan|inf"
)
MATH_EXACT = {"comb", "factorial", "gcd", "isqrt", "lcm", "perm", "prod"}
BUILTINS_REFUSED = {"float", "complex", "round"}
# A division is exact when its result is one of these. A Decimal's is not: it is cut at 28 digits.
EXACT_QUOTIENTS = {"engine.exact.Exact", "fractions.Fraction"}


def inexact(tree: ast.AST) -> Iterator[str]:
    """Every place of a module where a float, or a rounding beside the engine's own, enters by its name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            yield f"{node.lineno}: the literal {node.value}"
        elif isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Div):
            yield f"{node.lineno}: /="
        elif isinstance(node, ast.Call):
            yield from _inexact_call(node)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield from _inexact_member(node, node.value.id)


def _inexact_call(node: ast.Call) -> Iterator[str]:
    called = node.func.id if isinstance(node.func, ast.Name) else ""
    if called in BUILTINS_REFUSED:
        yield f"{node.lineno}: {called}()"
    if called == "isinstance":  # looking for a float is how one is refused
        return
    for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
        if isinstance(argument, ast.Name) and argument.id in BUILTINS_REFUSED:
            yield f"{node.lineno}: {argument.id} handed on"


def _inexact_member(node: ast.Attribute, module: str) -> Iterator[str]:
    if module in ("np", "numpy") and NUMPY_FLOATS.fullmatch(node.attr):
        yield f"{node.lineno}: {module}.{node.attr}"
    elif module == "math" and node.attr not in MATH_EXACT:
        yield f"{node.lineno}: math.{node.attr}"


def test_r2_no_float_in_engine():
    found = [
        f"{path.relative_to(ROOT)}:{place}"
        for path in ENGINE
        for place in inexact(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert ENGINE
    assert found == []


REFUSED = """
0.5; 1e3; 1j; a /= b; float(x); round(x); x.astype(float); zeros(3, dtype=float); map(float, x)
np.float64(1); numpy.mean(x); np.round(x); np.sqrt(x); math.log(x); math.floor(x)
"""
ALLOWED = "a // b; Fraction(a, b); isinstance(x, float); np.int64(1); math.gcd(a, b); x.mean"


@pytest.mark.parametrize("code", [part.strip() for part in re.split("[;\n]", REFUSED.strip())])
def test_r2_each_name_of_a_float_would_be_found(code):
    assert list(inexact(ast.parse(code)))


@pytest.mark.parametrize("code", [part.strip() for part in ALLOWED.split(";")])
def test_r2_exact_arithmetic_is_let_through(code):
    assert list(inexact(ast.parse(code))) == []


def ask_for_types(source: str) -> tuple[str, set[int]]:
    """The module with every `a / b` written as `reveal_type(a / b)`, and the lines where one begins."""
    lines = source.encode().splitlines(keepends=True)
    starts = [0, *itertools.accumulate(map(len, lines))]
    divisions = [node for node in ast.walk(ast.parse(source)) if _is_division(node)]
    marks = [(starts[d.lineno - 1] + d.col_offset, b"reveal_type(") for d in divisions]
    marks += [(starts[d.end_lineno - 1] + d.end_col_offset, b")") for d in divisions]
    text = source.encode()
    for position, mark in sorted(marks, reverse=True):
        text = text[:position] + mark + text[position:]
    return text.decode(), {division.lineno for division in divisions}


def _is_division(node: ast.AST) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)


def inexact_divisions(folder: Path, target: str) -> list[str]:
    """Every `a / b` of a package (which is rewritten) whose result mypy does not know to be exact."""
    asked = set()
    for path in sorted(folder.joinpath(target).rglob("*.py")):
        text, lines = ask_for_types(path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
        asked |= {f"{path.relative_to(folder)}:{line}" for line in lines}
    told = set(re.findall(r'^(\S+:\d+): note: Revealed type is "(.*)"$', _mypy(folder, target), re.MULTILINE))
    wrong = {f"{place}: / gives {kind}" for place, kind in told if kind not in EXACT_QUOTIENTS}
    return sorted(wrong | {f"{place}: / gives nobody knows what" for place in asked - {place for place, _ in told}})


def _mypy(folder: Path, target: str) -> str:
    options = ["--config-file=", "--cache-dir=.mypy_cache", "--check-untyped-defs", "--no-error-summary"]
    command = [sys.executable, "-m", "mypy", *options, target]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


def test_r2_every_division_in_the_engine_is_exact(tmp_path):
    shutil.copytree(ROOT / "engine", tmp_path / "engine", ignore=shutil.ignore_patterns("__pycache__"))
    assert inexact_divisions(tmp_path, "engine") == []


SAMPLE = """
from decimal import Decimal
from fractions import Fraction
def f(a: int, d: Decimal, q: Fraction, x):
    '商'; yield q / a / q
    yield a / 2
    yield Fraction(int(d / 3))
    yield x / 2
    return
    yield q / 1
"""


def test_r2_an_inexact_division_would_be_found(tmp_path):
    (tmp_path / "sample").mkdir()
    (tmp_path / "sample" / "__init__.py").write_text(SAMPLE, encoding="utf-8")
    assert inexact_divisions(tmp_path, "sample") == [
        "sample/__init__.py:10: / gives nobody knows what",
        "sample/__init__.py:6: / gives float",
        "sample/__init__.py:7: / gives decimal.Decimal",
        "sample/__init__.py:8: / gives Any",
    ]
