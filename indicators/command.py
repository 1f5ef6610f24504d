"""What every command of the scheme and its facts shares: reading files, and telling problems with their places."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from errno import EACCES, EEXIST, EISDIR, ENOENT, ENOSPC, ENOTDIR, EPERM, EROFS
from pathlib import Path
from typing import Any, NoReturn, TextIO

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import get_language

from engine.language.read import read_scheme
from engine.language.scheme import EvaluationPlan, Scheme
from engine.text import Place, Problem, Problems, Text
from evaluation.unwritable import UNWRITABLE, UNWRITABLE_SAID
from indicators.sheetwriter import Made, write_whole

_TAKEN = Text("这个文件已有别的用处，结果请写到另一个文件", "this file is used for something else; name another")
_WHICH = Text(
    "要指明是哪项考核，例如 --evaluation {code}；有：{known}",
    "say which evaluation is meant, as --evaluation {code}; there are: {known}",
)
_UNWRITABLE = Text("写不了文件：{why}", "cannot be written: {why}")
_REASONS = {
    ENOENT: Text("没有这个文件或文件夹", "no such file or folder"),
    ENOTDIR: Text("上一级不是文件夹", "what stands above it is no folder"),
    EEXIST: Text("已有同名文件，不会覆盖", "it is there already and is not overwritten"),
    EISDIR: Text("这是文件夹，不是文件", "it is a folder, not a file"),
    EACCES: Text("没有权限", "permission denied"),
    EPERM: Text("没有权限", "permission denied"),
    EROFS: Text("磁盘只读", "the disk is read-only"),
    ENOSPC: Text("磁盘已满", "the disk is full"),
}


def _silence(stream: TextIO) -> None:
    """Give a stream without a reader to nobody, so that the interpreter does not stumble over it when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class SchemeCommand(BaseCommand):
    """A command that reads a scheme file. Problems go to the error stream, one a line, and the exit code is 1."""

    requires_system_checks: list[str] = []
    example = ""
    scheme_code = ""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.epilog = f"Example: manage.py {self.example}"
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            result = super().execute(*args, **options)
            self.stdout.flush()
        except BrokenPipeError:  # the reader of our output, such as `head`, has seen enough
            _silence(sys.stdout)
            return None
        except UNWRITABLE as gone:
            self.refuse([Problem(Place(), UNWRITABLE_SAID.format(why=str(gone).strip()))])
        return result

    def add_evaluation(self, parser: ArgumentParser) -> None:
        """The option that a scheme of several evaluations needs."""
        parser.add_argument("--evaluation", metavar="CODE", help="which evaluation of the scheme, if it has several")

    def say(self, text: Text) -> str:
        """The sentence in the language of the command line."""
        return text.to(get_language() or "zh-hans")

    def tell(self, problems: Iterable[Problem]) -> None:
        """One line per problem on the error stream."""
        for problem in problems:
            self.stderr.write(problem.to(get_language() or "zh-hans"))

    def refuse(self, problems: Iterable[Problem]) -> NoReturn:
        """Tell every problem and stop."""
        try:
            self.tell(problems)
            self.stderr.flush()
        except BrokenPipeError:  # nobody reads them to the end; they are no less wrong
            _silence(sys.stderr)
        sys.exit(1)

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

    def progress(self, text: Text) -> None:
        """A line about what is going on, for somebody who watches a terminal."""
        if sys.stderr.isatty():
            self.stderr.write(self.say(text), self.style.NOTICE)

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


def reason(error: OSError) -> Text:
    """Why a file cannot be read or written."""
    said = error.strerror or type(error).__name__
    return _REASONS.get(error.errno or 0, Text(said, said))


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
