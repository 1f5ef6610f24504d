"""What every command of the scheme and its facts shares: reading files, and telling problems with their places."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from pathlib import Path

from engine.language.read import read_scheme
from engine.language.scheme import EvaluationPlan, Scheme
from engine.text import Place, Problem, Problems, Text
from evaluation.command import Command, reason
from indicators.sheetwriter import Made, write_whole

_TAKEN = Text("这个文件已有别的用处，结果请写到另一个文件", "this file is used for something else; name another")
_WHICH = Text(
    "要指明是哪项考核，例如 --evaluation {code}；有：{known}",
    "say which evaluation is meant, as --evaluation {code}; there are: {known}",
)
_UNWRITABLE = Text("写不了文件：{why}", "cannot be written: {why}")


class SchemeCommand(Command):
    """A command that reads a scheme file."""

    requires_system_checks: list[str] = []
    scheme_code = ""

    def add_evaluation(self, parser: ArgumentParser) -> None:
        """The option that a scheme of several evaluations needs."""
        parser.add_argument("--evaluation", metavar="CODE", help="which evaluation of the scheme, if it has several")

    def write_files(self, inputs: Iterable[str], files: Sequence[Made]) -> None:
        """Write every file or none; a place that is no good for one ends the command."""
        taken = {Path(name).resolve() for name in inputs}
        for name, _ in files:
            if Path(name).resolve() in taken:
                self.refuse([Problem(Place(name), _TAKEN)])
            taken.add(Path(name).resolve())
        try:
            write_whole(files)
        except OSError as error:
            self.refuse([Problem(Place(str(error.filename)), _UNWRITABLE.format(why=reason(error)))])

    def open_scheme(self, path: str) -> Scheme:
        """The checked scheme; what is wrong with it ends the command."""
        try:
            return read_scheme_file(Path(path))
        except Problems as wrong:
            self.refuse(wrong.found)

    def open_evaluation(self, path: str, code: str | None) -> tuple[Scheme, EvaluationPlan]:
        """A scheme and the evaluation that is meant."""
        scheme = self.open_scheme(path)
        self.scheme_code = scheme.code
        codes = [plan.code for plan in scheme.evaluations]
        if code is None and len(codes) == 1:
            return scheme, scheme.evaluations[0]
        if code not in codes:
            self.refuse([Problem(Place(path), _WHICH.format(code=codes[0], known=_titled(scheme)))])
        return scheme, scheme.evaluations[codes.index(code)]


def _titled(scheme: Scheme) -> Text:
    """The evaluations of a file, code and title."""
    named = [(plan.code, plan.written.title) for plan in scheme.evaluations]
    zh = "、".join(f"{code}（{title}）" for code, title in named)
    return Text(zh, ", ".join(f"{code} ({title})" for code, title in named))


def read_scheme_file(path: Path) -> Scheme:
    """The checked scheme of a file.

    Raises:
        Problems: if the file cannot be read or is not a right scheme.
    """
    return read_scheme(text_of_file(path), str(path))


def text_of_file(path: Path) -> str:
    """The text of a scheme file.

    Raises:
        Problems: if it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        what = Text("打不开文件：{why}", "cannot be opened: {why}").format(why=reason(error))
        raise Problems([Problem(Place(str(path)), what)]) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        what = Text("不是 UTF-8 文本，请另存为 UTF-8 编码", "not UTF-8 text; save it as UTF-8")
        raise Problems([Problem(Place(str(path), row=line), what)]) from None
