"""A4: the name of a file leads nowhere, hides nothing, and ends as its content says."""

from __future__ import annotations

import pytest

from evaluation.evidence.names import NAMELESS, harmless, served_name
from evaluation.models import FileKind

NAMES = [
    ("../../etc/x.pdf", "x.pdf"),
    ("/etc/passwd", "passwd"),
    ("C:\\Windows\\x.pdf", "x.pdf"),
    ("..", NAMELESS),
    ("/", NAMELESS),
    ("", NAMELESS),
    (".htaccess", "htaccess"),
    ("%2e%2e%2fx.pdf", "_2e_2e_2fx.pdf"),
    ("完成率95%.pdf", "完成率95%.pdf"),
    ("x.pdf\0.exe", "x.pdf.exe"),
    ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
    ("纪要\u202efdp.exe", "纪要fdp.exe"),
    ("纪\u200b要\ufeff.pdf", "纪要.pdf"),
    ('a"; filename="b.exe', "a_; filename=_b.exe"),
    ("  纪要   终稿 .pdf ", "纪要 终稿 .pdf"),
    ("рaypal.рdf", "рaypal.рdf"),  # Cyrillic: looks alike, and is only shown
    ("關於〔2026〕3号.pdf", "關於〔2026〕3号.pdf"),
]


@pytest.mark.parametrize(("name", "shown"), NAMES)
def test_a4_a_name_is_shown_without_harm(name: str, shown: str):
    assert harmless(name) == shown


@pytest.mark.parametrize(("name", "kind", "served"), [
    ("纪要.pdf", FileKind.PDF, "纪要.pdf"), ("扫描.JPEG", FileKind.JPEG, "扫描.JPEG"),
    ("纪要.exe", FileKind.PDF, "纪要.exe.pdf"), ("表.docx", FileKind.XLSX, "表.docx.xlsx"),
    ("x", FileKind.PNG, "x.png"), ("x.рdf", FileKind.PDF, "x.рdf.pdf"),
])  # fmt: skip
def test_a4_a_file_is_handed_out_under_a_name_that_ends_as_its_content_says(name: str, kind: str, served: str):
    assert served_name(name, kind) == served
