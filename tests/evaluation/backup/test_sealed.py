"""The container of a backup: what was sealed is read again, and whatever was done to it is found."""

from __future__ import annotations

from io import BytesIO

import pytest

from evaluation.backup import sealed
from evaluation.backup.sealed import HEAD, PIECE, Sealer, Unsealer
from evaluation.verdict import Refused

KEY = "a passphrase of some length"
STEP = PIECE + 16  # a sealed piece has its tag behind it


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "WORK", 2)


def seal(content: bytes, key: str = KEY) -> bytes:
    file = BytesIO()
    sealer = Sealer(file, key)
    for at in range(0, len(content), 10_007):  # as it comes, in no step with the pieces
        sealer.write(content[at : at + 10_007])
    sealer.close()
    return file.getvalue()


def unseal(file: bytes, key: str = KEY) -> bytes:
    reader, found = Unsealer(BytesIO(file), key), []
    while block := reader.read(9_001):
        found.append(block)
    return b"".join(found)


def content(size: int) -> bytes:
    return bytes(number * 31 % 251 for number in range(size))


WHOLE = content(2 * PIECE + 1000)


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_was_sealed_is_read_again(size: int):
    file = seal(content(size))
    assert unseal(file) == content(size)
    assert len(file) == HEAD + size + 16 * max(1, -(-size // PIECE))


def test_nothing_of_it_can_be_read_and_no_two_are_alike():
    one, other = seal(b"secret " * 2000), seal(b"secret " * 2000)
    assert b"secret" not in one
    assert one[HEAD:] != other[HEAD:]


def refusal(file: bytes, key: str = KEY) -> str:
    with pytest.raises(Refused) as refused:
        unseal(file, key)
    return refused.value.reason.en


def test_another_passphrase_opens_nothing():
    assert "the passphrase is another" in refusal(seal(WHOLE), KEY + "!")


@pytest.mark.parametrize("key", ["", "too short to be good"[:19]])
def test_a_passphrase_that_is_missing_or_too_short_seals_nothing_and_opens_nothing(key: str):
    file = BytesIO()
    with pytest.raises(Refused, match="BACKUP_KEY"):
        Sealer(file, key)
    assert file.getvalue() == b""
    assert "BACKUP_KEY" in refusal(seal(WHOLE), key)
    assert unseal(seal(b"x", "too short to be good"), "too short to be good") == b"x"


@pytest.mark.parametrize("at", [len(sealed.MAGIC), HEAD - 1, HEAD, HEAD + STEP - 1])
def test_a_flipped_bit_in_the_salt_the_prefix_or_the_first_piece_is_found(at: int):
    assert "beginning of the file" in refusal(flipped(seal(WHOLE), at))


@pytest.mark.parametrize(("at", "piece"), [(STEP, 1), (2 * STEP - 1, 1), (2 * STEP, 2), (2 * STEP + 1015, 2)])
def test_a_flipped_bit_in_any_later_piece_or_its_tag_is_found(at: int, piece: int):
    assert f"piece {piece} " in refusal(flipped(seal(WHOLE), HEAD + at))


def flipped(file: bytes, at: int) -> bytes:
    return file[:at] + bytes([file[at] ^ 1]) + file[at + 1 :]


@pytest.mark.parametrize(("end", "piece"), [(-1, 2), (HEAD + 2 * STEP, 1), (HEAD + 2 * STEP - 5, 1)])
def test_a_file_that_was_cut_is_found_even_between_two_pieces(end: int, piece: int):
    assert f"piece {piece} " in refusal(seal(WHOLE)[:end])


@pytest.mark.parametrize("end", [0, 5, HEAD - 1])
def test_a_file_without_its_head_is_none(end: int):
    assert "no backup" in refusal(seal(WHOLE)[:end])
    assert "no backup" in refusal(b"x" * 1000)


def test_the_head_alone_is_not_an_empty_backup():
    assert "beginning of the file" in refusal(seal(WHOLE)[:HEAD])


def pieces_of(file: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    first, second = HEAD + STEP, HEAD + 2 * STEP
    return file[:HEAD], file[HEAD:first], file[first:second], file[second:]


def test_pieces_that_change_places_are_found():
    head, one, two, last = pieces_of(seal(content(3 * PIECE)))
    assert "beginning" in refusal(head + two + one + last)
    assert "piece 1 " in refusal(head + one + last + two)


def test_a_piece_that_is_left_out_put_in_twice_or_comes_from_another_file_is_found():
    head, one, two, last = pieces_of(seal(WHOLE))
    _, _, foreign, _ = pieces_of(seal(WHOLE))
    assert "piece 1 " in refusal(head + one + last)
    assert "piece 2 " in refusal(head + one + two + two + last)
    assert "piece 1 " in refusal(head + one + foreign + last)
    assert "piece 2 " in refusal(head + one + two + last + last)
