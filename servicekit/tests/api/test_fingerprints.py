"""Two uploads are the same request only when their fields and the bytes of their files are."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from servicekit.api.idempotency import _fingerprint


def form(name: str, content: bytes, content_type: str = "text/plain") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=content_type)


def upload(content: bytes, **fields: object) -> Request:
    made = APIRequestFactory().post(
        "/files/", {"file": form("form.txt", content), **fields}, format="multipart"
    )
    return Request(made, parsers=[MultiPartParser()])


def test_files_of_one_name_and_size_differ_by_their_bytes() -> None:
    assert _fingerprint(upload(b"abc")) != _fingerprint(upload(b"abd"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"dry_run": "true"}, {"dry_run": "false"}),
        ({"dry_run": "true"}, {}),
        ({"a": "1", "b": ""}, {"a": "", "b": "1"}),
        ({"a": "1", "b": "2"}, {"a": '1"], ["b", "2'}),
        ({"tag": ["x", "y"]}, {"tag": ["y"]}),
        ({"tag": ["x", "y"]}, {"tag": ["y", "x"]}),
    ],
)
def test_fields_count_as_well(one: dict[str, object], other: dict[str, object]) -> None:
    assert _fingerprint(upload(b"abc", **one)) != _fingerprint(upload(b"abc", **other))
    assert _fingerprint(upload(b"abc", **one)) == _fingerprint(upload(b"abc", **one))


def test_each_of_several_files_under_one_name_counts() -> None:
    one, other = (upload(b"", file=[form("a", each), form("b", b"")]) for each in (b"1", b"2"))
    assert _fingerprint(one) != _fingerprint(other)


def test_the_order_of_differently_named_fields_does_not_count() -> None:
    assert _fingerprint(upload(b"", a="1", b="2")) == _fingerprint(upload(b"", b="2", a="1"))


def test_a_file_is_whole_again_after_its_fingerprint() -> None:
    request = upload(b"abc")
    _fingerprint(request)
    assert request.FILES["file"].read() == b"abc"
    assert _fingerprint(upload(b"abc")) == _fingerprint(request)
