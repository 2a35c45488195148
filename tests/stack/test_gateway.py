"""The gateway's template, rendered and served by a real nginx without any service behind it."""

import subprocess
import time
from collections.abc import Iterator

import httpx
import pytest
from stack import gateway, ports
from stack.instance import Instance

ERROR_KEYS = {"error", "code", "details", "timestamp"}


@pytest.fixture
def client(instance: Instance) -> Iterator[httpx.Client]:
    ports.choose(instance, list(ports.DOCUMENTED), held=())
    gateway.prepare(instance)
    ui = gateway.home(instance) / "ui"
    (ui / "assets").mkdir()
    (ui / "index.html").write_text("<!doctype html><title>UI</title>")
    (ui / "assets" / "app-4f3a.js").write_text("export {};")
    for folder in (instance.dir.parent, *instance.dir.parent.parents):
        if folder.stat().st_mode & 0o005 == 0 and str(folder).startswith("/tmp/"):
            folder.chmod(folder.stat().st_mode | 0o005)
    server = subprocess.Popen(gateway.command(instance), cwd=gateway.home(instance))
    try:
        deadline = time.monotonic() + 60
        while not gateway.answers(instance):
            assert time.monotonic() < deadline, "nginx did not start"
            time.sleep(0.05)
        with httpx.Client(base_url=gateway.url(instance), trust_env=False) as made:
            yield made
    finally:
        server.terminate()
        server.wait(10)


def test_a_service_that_is_away_is_an_error_body_and_not_a_page(client: httpx.Client) -> None:
    for path in ("/auth/token/", "/workflow/tasks/", "/hdts/api/tickets/", "/ws/comments/1/"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert answer.json().keys() == ERROR_KEYS
        assert answer.json()["code"] == "SERVICE_UNAVAILABLE"
        assert answer.json()["timestamp"].endswith("Z")
        assert int(answer.headers["Retry-After"]) > 0
        assert answer.headers["X-Request-ID"]


def test_a_request_id_of_the_client_is_kept_and_an_odd_one_is_replaced(
    client: httpx.Client,
) -> None:
    kept = client.get("/auth/", headers={"X-Request-ID": "request-12345678"})
    assert kept.headers["X-Request-ID"] == "request-12345678"
    odd = client.get("/auth/", headers={"X-Request-ID": "<script>"})
    assert odd.headers["X-Request-ID"] != "<script>"


@pytest.mark.parametrize(
    "path",
    ["/metrics", "/auth/metrics", "/workflow/metrics/", "/auth/%6detrics", "/auth//metrics"],
)
def test_metrics_are_not_reachable(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.json()["code"] == "RESOURCE_NOT_FOUND"


@pytest.mark.parametrize("path", ["/", "/tickets/T-1", "/index.html"])
def test_pages_of_the_ui_are_the_app_never_cached_and_under_the_strict_policy(
    client: httpx.Client, path: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "<title>UI</title>" in answer.text
    assert answer.headers["Cache-Control"] == "no-cache"
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_hashed_assets_are_kept_for_ever_and_missing_ones_are_missing(
    client: httpx.Client,
) -> None:
    kept = client.get("/assets/app-4f3a.js")
    assert kept.status_code == 200
    assert "immutable" in kept.headers["Cache-Control"]
    assert kept.headers["Content-Type"].startswith("text/javascript")
    missing = client.get("/assets/app-0000.js")
    assert missing.status_code == 404
    assert "immutable" not in missing.headers.get("Cache-Control", "")


def test_services_keep_their_own_policies(client: httpx.Client) -> None:
    answer = client.get("/workflow/admin/")
    assert "Content-Security-Policy" not in answer.headers
    assert "Referrer-Policy" not in answer.headers


def test_a_body_over_the_limit_is_refused_as_an_error_body(client: httpx.Client) -> None:
    answer = client.post("/messaging/api/comments/", content=b"x" * (13 * 1024 * 1024))
    assert answer.status_code == 413
    assert answer.json()["code"] == "VALIDATION_ERROR"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("POST", "/", 405, "METHOD_NOT_ALLOWED"),
        ("PUT", "/assets/app-4f3a.js", 405, "METHOD_NOT_ALLOWED"),
        ("GET", "/assets/app-0000.js", 404, "RESOURCE_NOT_FOUND"),
        ("GET", f"/workflow/tasks/?search={'x' * 7500}", 414, "VALIDATION_ERROR"),
        ("GET", "/%00", 400, "VALIDATION_ERROR"),
    ],
)
def test_what_the_gateway_refuses_itself_is_an_error_body(
    client: httpx.Client, method: str, path: str, status: int, code: str
) -> None:
    answer = client.request(method, path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json().keys() == ERROR_KEYS
    assert answer.headers["X-Request-ID"]
    if code == "VALIDATION_ERROR":
        details = answer.json()["details"]
        assert details["errors"] == {details["field"]: [details["message"]]}


def test_a_flood_is_answered_429_with_an_error_body(client: httpx.Client) -> None:
    answers = [client.get("/auth/token/") for _ in range(400)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused, "the sign-in zone let 400 requests at once through"
    assert refused[0].json()["code"] == "RATE_LIMIT_EXCEEDED"
    assert refused[0].json()["retry_after"] == 2
