"""What a WSGI server hands to a mounted service."""

import io
import json
from collections.abc import Iterable
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, JsonResponse

from servicekit.mount import mounted_wsgi


def _echo(request: HttpRequest) -> JsonResponse:
    return JsonResponse(
        {"q": request.GET.get("q"), "path": request.path, "body": len(request.body)}
    )


class _Handler(WSGIHandler):
    """Django up to the request, without middleware."""

    def load_middleware(self, is_async: bool = False) -> None:
        pass

    def get_response(self, request: HttpRequest) -> Any:
        return _echo(request)


def _post(query: str, content_type: str) -> dict[str, Any]:
    environ = {
        "REQUEST_METHOD": "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": "/hdts/api/tickets/",
        "QUERY_STRING": query,
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": "2",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "wsgi.input": io.BytesIO(b"{}"),
        "wsgi.url_scheme": "http",
    }
    answer: Iterable[bytes] = mounted_wsgi(_Handler(), "/hdts")(environ, lambda *_: None)
    found: dict[str, Any] = json.loads(b"".join(answer))
    return found


@pytest.mark.parametrize(
    "charset", ["base64", "rot13", "undefined", "idna", "punycode", "utf-16", "nope", '"utf-7"', ""]
)
def test_a_query_is_utf_8_whatever_charset_the_body_claims(charset: str) -> None:
    found = _post("q=%C3%BC", f"application/json; Charset={charset}")
    assert found == {"q": "ü", "path": "/hdts/api/tickets/", "body": 2}
    broken = _post("q=%ff", f"application/json;charset={charset}; v=1")
    assert broken["q"] == "\N{REPLACEMENT CHARACTER}"


def test_the_rest_of_a_content_type_stays() -> None:
    seen: list[str] = []

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        seen.append(environ.get("CONTENT_TYPE", "none"))
        return []

    serve = mounted_wsgi(app, "/hdts")
    serve({"CONTENT_TYPE": "multipart/form-data; charset=base64; boundary=x"}, None)
    serve({}, None)
    assert seen == ["multipart/form-data; boundary=x", "none"]
