"""Whether the files are as the database says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from engine.text import Text
from evaluation.evidence.folder import kept_files, place_of
from evaluation.models import Evidence
from evaluation.prints import Print, print_of
from evaluation.verdict import Refused

_GONE = Text("文件“{name}”（存为 {stored}）不在了", 'the file "{name}" (stored as {stored}) is gone')
_CHANGED = Text(
    "文件“{name}”（存为 {stored}）与上传时不同", 'the file "{name}" (stored as {stored}) is not what was uploaded'
)


def opened(file: Evidence) -> BinaryIO:
    """The content of a file, from its beginning, as it was uploaded.

    Raises:
        Refused: it is gone, or another.
    """
    said = {"name": file.name, "stored": file.stored}
    try:
        stream = place_of(file.stored).open("rb")
    except OSError:
        raise Refused(_GONE.format(**said)) from None
    if print_of(stream) != Print(file.size, file.sha256):
        stream.close()
        raise Refused(_CHANGED.format(**said))
    stream.seek(0)
    return stream


def problems_of_the_files() -> Iterator[Text]:
    """Every file that is gone or changed."""
    for file in Evidence.objects.order_by("pk").iterator(chunk_size=2000):
        try:
            opened(file).close()
        except Refused as refused:
            yield refused.reason


def unknown_files() -> list[str]:
    """The files of the folder of which the database does not know, as an upload that was broken off leaves them."""
    there = {path.name: path for path in kept_files()}
    known = set(Evidence.objects.values_list("stored", flat=True))
    return [path.name for name, path in there.items() if name not in known]
