"""What every command shares: an example, the reader's language, problems on the error stream and exit code 1."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from errno import EACCES, EEXIST, EISDIR, ENOENT, ENOSPC, ENOTDIR, EPERM, EROFS
from typing import Any, NoReturn, TextIO

from django.core.management.base import BaseCommand, CommandParser

from engine.text import Problem, Text
from evaluation.unwritable import UNWRITABLE, UNWRITABLE_SAID
from evaluation.words import for_reader

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


def reason(error: OSError) -> Text:
    """Why a file cannot be read or written."""
    said = error.strerror or type(error).__name__
    return _REASONS.get(error.errno or 0, Text(said, said))


class Command(BaseCommand):
    """A command of ours. Problems go to the error stream, one a line, and the exit code is 1."""

    example = ""

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
            self.refuse([UNWRITABLE_SAID.format(why=str(gone).strip())])
        return result

    def say(self, text: Text) -> str:
        """The sentence in the language of the command line."""
        return for_reader(text)

    def tell(self, problems: Iterable[Problem | Text]) -> None:
        """One line per problem on the error stream."""
        for problem in problems:
            self.stderr.write(for_reader(problem))

    def refuse(self, problems: Iterable[Problem | Text]) -> NoReturn:
        """Tell every problem and stop."""
        try:
            self.tell(problems)
            self.stderr.flush()
        except BrokenPipeError:  # nobody reads them to the end; they are no less wrong
            _silence(sys.stderr)
        sys.exit(1)

    def progress(self, text: Text) -> None:
        """A line about what is going on, for somebody who watches a terminal."""
        if sys.stderr.isatty():
            self.stderr.write(self.say(text), self.style.NOTICE)
