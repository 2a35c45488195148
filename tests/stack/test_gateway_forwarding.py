"""What the gateway tells a service about how it was reached."""

import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from stack import gateway, ports
from stack.instance import Instance

Ask = Callable[[str], httpx.Response]


class Echo(BaseHTTPRequestHandler):
    """A service that says which scheme it was told of."""

    def do_GET(self) -> None:
        body = str(self.headers["X-Forwarded-Proto"]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def echoing() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def ask(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:
    """Ask a gateway whose public address is the one given, claiming another scheme."""
    ports.choose(instance, list(ports.DOCUMENTED), held=())
    values = gateway.values(instance)
    opened = ExitStack()
    service = opened.enter_context(echoing())

    def ask_one(public_url: str) -> httpx.Response:
        given = values | {"AUTH_ADDRESS": service, "PUBLIC_URL": public_url}
        monkeypatch.setattr(gateway, "values", lambda _: given)
        gateway.prepare(instance)
        server = subprocess.Popen(gateway.command(instance), cwd=gateway.home(instance))
        opened.callback(server.wait, 30)
        opened.callback(server.terminate)
        deadline = time.monotonic() + 30
        while not gateway.answers(instance):
            assert time.monotonic() < deadline, "nginx did not start"
            time.sleep(0.05)
        claims = {"X-Forwarded-Proto": "gopher"}
        return httpx.get(f"{gateway.url(instance)}/auth/", headers=claims, trust_env=False)

    with opened:
        yield ask_one


def test_behind_tls_that_ends_in_front_services_build_https_links(ask: Ask) -> None:
    answer = ask("https://tts.example.com")
    assert answer.text == "https"
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_without_tls_no_client_claims_it(ask: Ask) -> None:
    answer = ask("http://127.0.0.1:1000")
    assert answer.text == "http"
    assert "Strict-Transport-Security" not in answer.headers
