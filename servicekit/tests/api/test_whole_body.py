"""Nothing of a body stays in the line when the answer is given."""

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from servicekit.api.middleware import CHUNK_BYTES, WholeBodyMiddleware

BODY = b"a" * (CHUNK_BYTES * 2 + 7)


def post() -> HttpRequest:
    return RequestFactory().post("/", BODY, content_type="text/plain")


def test_what_a_view_leaves_is_taken_in() -> None:
    request = post()

    def answer(given: HttpRequest) -> HttpResponse:
        assert given.read(7) == BODY[:7]
        return HttpResponse()

    WholeBodyMiddleware(answer)(request)
    assert request.read() == b""


def test_what_a_view_has_read_is_left_alone() -> None:
    request = post()
    answer = WholeBodyMiddleware(lambda given: HttpResponse(given.body))(request)
    assert answer.content == request.body == BODY


def test_a_line_that_is_gone_takes_no_answer_away() -> None:
    request = post()

    def gone(*_: int | None) -> bytes:
        raise OSError("gone")

    request.read = gone  # type: ignore[method-assign]
    assert WholeBodyMiddleware(lambda _: HttpResponse("well"))(request).content == b"well"
