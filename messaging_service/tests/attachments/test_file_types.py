"""Extension, first bytes and structure must agree."""

import zipfile

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st

from messaging_service.attachments.file_types import TYPES, type_of
from messaging_service.attachments.services import safe_name


@pytest.mark.parametrize(
    ("name", "data", "content_type"),
    [
        ("a.png", samples.png(), "image/png"),
        ("A.PNG", samples.png(), "image/png"),
        ("a.jpg", samples.jpeg(), "image/jpeg"),
        ("a.gif", samples.GIF, "image/gif"),
        ("a.pdf", samples.pdf(), "application/pdf"),
        ("a.tar.zip", samples.zipped("a.txt"), "application/zip"),
        ("a.docx", samples.docx(), TYPES["docx"].content_type),
        ("ä.txt", "Grüße\r\n".encode(), "text/plain; charset=utf-8"),
        ("a.csv", b"a;b\n1;2\n", "text/csv; charset=utf-8"),
        ("a.json", b'{"a": [1]}', "application/json"),
    ],
)
def test_what_is_what_it_says_is_taken(name: str, data: bytes, content_type: str) -> None:
    found = type_of(name, data)
    assert found is not None
    assert found.content_type == content_type


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.exe", b"MZ\x90\x00"),
        ("a.html", b"<script>alert(1)</script>"),
        ("a.svg", b"<svg onload='alert(1)'/>"),
        ("a.pdf.html", samples.pdf()),
        ("png", samples.png()),
        ("a.", samples.png()),
        ("a.png", samples.jpeg()),
        ("a.png", samples.png()[:-4]),
        ("a.png", samples.png() + b"<?php"),
        ("a.png", samples.png().replace(b"IDAT", b"IDAX")),
        ("a.jpg", samples.jpeg()[:-2]),
        ("a.jpg", b"\xff\xd8\xff\xd9"),
        ("a.gif", b"GIF89a<script>"),
        ("a.pdf", b"%PDF-1.4 and then nothing"),
        ("a.pdf", b"junk" + samples.pdf()),
        ("a.txt", b"MZ\x90\x00"),
        ("a.txt", "Grüße".encode("latin1")),
        ("a.csv", b"a\x00b"),
        ("a.json", b"{nonsense"),
        ("a.json", b"[" * 100_000),
        ("a.zip", samples.zipped("a.txt")[:-10]),
        ("a.zip", samples.zipped("../../etc/passwd")),
        ("a.zip", samples.pdf() + samples.zipped("a.txt")),
        ("a.docx", samples.zipped("a.txt")),
        ("a.docx", samples.docx("word/vbaProject.bin")),
        ("a.xlsx", samples.docx()),
    ],
)
def test_what_is_not_what_it_says_is_refused(name: str, data: bytes) -> None:
    assert type_of(name, data) is None


def test_an_archive_that_would_fill_the_disk_is_not_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bomb = samples.zipped("a", "b", data=b"\x00" * 1_000_000)
    monkeypatch.setattr("messaging_service.attachments.file_types.MAX_UNZIPPED_BYTES", 1_500_000)

    def never(self: zipfile.ZipFile) -> None:
        raise AssertionError("unpacked")

    monkeypatch.setattr(zipfile.ZipFile, "testzip", never)
    assert type_of("a.zip", bomb) is None


@given(st.sampled_from(sorted(TYPES)), st.binary(max_size=300))
def test_random_bytes_never_crash_a_check(extension: str, data: bytes) -> None:
    starts = [b"", samples.png()[:20], samples.jpeg()[:20], samples.docx()[:60], b"%PDF-", b"PK"]
    for start in starts:
        type_of(f"a.{extension}", start + data)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@given(at=st.integers(min_value=4), byte=st.binary(min_size=1, max_size=1))
def test_an_archive_with_one_wrong_byte_never_crashes_a_check(
    method: int, at: int, byte: bytes
) -> None:
    good = samples.zipped("a.txt", data=b"hello " * 20, method=method)
    assert type_of("a.zip", good) is not None
    at %= len(good)
    type_of("a.zip", good[:at] + byte + good[at + 1 :])


def test_an_archive_with_broken_lzma_data_is_refused() -> None:
    good = samples.zipped("a.txt", data=b"hello " * 20, method=zipfile.ZIP_LZMA)
    start = good.index(b"a.txt") + len(b"a.txt") + 9  # behind the properties of the coder
    assert type_of("a.zip", good[:start] + b"\xff" * 8 + good[start + 8 :]) is None


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\temp\\report.pdf", "report.pdf"),
        ('a"\r\nX-Evil: 1.pdf', 'a"X-Evil: 1.pdf'),
        ("\u202egnp.exe.png", "gnp.exe.png"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_names_are_made_harmless(given_name: str, kept: str) -> None:
    assert safe_name(given_name) == kept
