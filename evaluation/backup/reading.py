"""Reading a backup from its beginning to its end."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from engine.text import Text
from evaluation.backup.manifest import MANIFEST, Manifest
from evaluation.backup.sealed import Unsealer
from evaluation.prints import BLOCK, Print, print_of
from evaluation.verdict import Refused

_NOT_ALL = Text("备份的内容与其清单不符", "what is in the backup is not what its manifest says")


def members_of(path: Path, passphrase: str) -> Iterator[tuple[str, IO[bytes]]]:
    """Name and content of each member; each is read before the next.

    Raises:
        Refused: the passphrase is another one, or the file is not whole.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        stream = Unsealer(file, passphrase)
        with tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|") as tar:
            for member in tar:
                content = tar.extractfile(member)
                if content is not None:
                    yield member.name, content
        while stream.read(BLOCK):  # the last piece vouches for the end
            pass


def verify_backup(path: Path, passphrase: str) -> Manifest:
    """Read everything and hold it against the manifest.

    Raises:
        Refused: the passphrase is another one, or anything is not as it was written.
        OSError: it cannot be read.
    """
    found: dict[str, Print] = {}
    manifest = None
    for name, content in members_of(path, passphrase):
        if name == MANIFEST:
            manifest = Manifest.of_text(content.read())
        else:
            found[name] = print_of(content)
    if manifest is None or manifest.members != found:
        raise Refused(_NOT_ALL)
    return manifest
