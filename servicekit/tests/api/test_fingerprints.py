"""Two uploads are the same request only when their bytes are."""

from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from servicekit.api.idempotency import _fingerprint


def upload(content: bytes) -> Request:
    file = SimpleUploadedFile("form.txt", content, content_type="text/plain")
    made = APIRequestFactory().post("/files/", {"file": file}, format="multipart")
    return Request(made, parsers=[MultiPartParser()])


def test_files_of_one_name_and_size_differ_by_their_bytes() -> None:
    assert _fingerprint(upload(b"abc")) != _fingerprint(upload(b"abd"))


def test_a_file_is_whole_again_after_its_fingerprint() -> None:
    request = upload(b"abc")
    _fingerprint(request)
    assert request.FILES["file"].read() == b"abc"
    assert _fingerprint(upload(b"abc")) == _fingerprint(request)
