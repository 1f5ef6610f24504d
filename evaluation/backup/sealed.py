"""A stream, encrypted piece by piece: a piece that was changed, moved, left out or put in is found when it is read.

AES-256-GCM in the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption, 2015): the
nonce of a piece is the file's prefix, the number of the piece, and whether it is the last. The head of the file goes
into every piece. The key is made of a passphrase by scrypt, with a salt of its own for each file.
"""

from __future__ import annotations

import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from engine.text import Text
from evaluation.verdict import Refused

MAGIC = b"evaluation backup 1\n"
PIECE = 64 * 1024
_SALT, _PREFIX, _TAG = 16, 7, 16
HEAD = len(MAGIC) + _SALT + _PREFIX
WORK = 2**17  # of scrypt: 128 MiB and about half a second for each guess
SHORTEST = 20

_NO_KEY = Text(
    "请在环境变量 BACKUP_KEY 里给出备份口令，至少 {shortest} 个字符",
    "give the passphrase of backups in the environment variable BACKUP_KEY: at least {shortest} characters",
)
_NO_BACKUP = Text("这不是本系统的备份文件", "this is no backup of this product")
_WRONG_KEY = Text(
    "打不开：备份口令不对，或文件开头被改过",
    "it does not open: the passphrase is another, or the beginning of the file was changed",
)
_CHANGED = Text(
    "文件不完整或被改过：第 {number} 段（自 0 起）不对",
    "the file is not whole or was changed: piece {number} (from 0) is wrong",
)


class Sealer:
    """Encrypts what is written to it into a file; `close` writes the last piece, without which nobody can read it."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        head = MAGIC + os.urandom(_SALT + _PREFIX)
        self._cipher = _Cipher(head, passphrase)
        self._file, self._waiting = file, bytearray()
        file.write(head)

    def write(self, data: bytes) -> int:
        self._waiting += data
        while len(self._waiting) > PIECE:  # a full one waits: it may be the last
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(data)

    def close(self) -> None:
        self._put(bytes(self._waiting), last=True)

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.seal(piece, last=last))


class Unsealer:
    """Reads what a `Sealer` wrote.

    Raises:
        Refused: when a piece is not what was written, or the file ends before its last. What was read before is right.
    """

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        head = file.read(HEAD)
        if len(head) < HEAD or not head.startswith(MAGIC):
            raise Refused(_NO_BACKUP)
        self._cipher = _Cipher(head, passphrase)
        self._file, self._opened = file, bytearray()
        self._next = file.read(PIECE + _TAG)
        self._ended = False

    def read(self, size: int) -> bytes:
        while len(self._opened) < size and not self._ended:
            self._open_next()
        found = bytes(self._opened[:size])
        del self._opened[:size]
        return found

    def _open_next(self) -> None:
        piece, self._next = self._next, self._file.read(PIECE + _TAG)
        self._ended = not self._next
        self._opened += self._cipher.open(piece, last=self._ended)


class _Cipher:
    """The key of one file, and the number of its next piece."""

    def __init__(self, head: bytes, passphrase: str) -> None:
        if len(passphrase) < SHORTEST:
            raise Refused(_NO_KEY.format(shortest=SHORTEST))
        salt, self._prefix = head[len(MAGIC) : -_PREFIX], head[-_PREFIX:]
        key = Scrypt(salt=salt, length=32, n=WORK, r=8, p=1).derive(passphrase.encode())
        self._aead, self._head, self._number = AESGCM(key), head, 0

    def seal(self, piece: bytes, *, last: bool) -> bytes:
        return self._aead.encrypt(self._nonce(last), piece, self._head)

    def open(self, piece: bytes, *, last: bool) -> bytes:
        number = self._number
        try:
            return self._aead.decrypt(self._nonce(last), piece, self._head)
        except InvalidTag:
            raise Refused(_CHANGED.format(number=number) if number else _WRONG_KEY) from None

    def _nonce(self, last: bool) -> bytes:
        number, self._number = self._number, self._number + 1
        return self._prefix + number.to_bytes(4, "big") + bytes([last])
