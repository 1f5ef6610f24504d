"""What is sent to us is bounded before anything of it is put down on a disk."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from evaluation.archives import MIB
from evaluation.evidence.checks import MAX_BYTES, MAX_FILES

LARGEST = MAX_FILES * MAX_BYTES + MIB
"""In bytes: as many files as anything may carry, and the form around them."""


class Bounded(FileUploadHandler):
    """Takes nothing itself, and lets nothing pass that is larger than any form of ours can be."""

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, boundary: Any, encoding: str | None = None
    ) -> None:
        if content_length > LARGEST:
            raise RequestDataTooBig(f"{content_length} bytes were sent, the limit is {LARGEST}")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
