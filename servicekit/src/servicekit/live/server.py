"""The server below Django in the services with sockets (daphne, and Twisted below it)."""

from functools import partial

from daphne import http_protocol  # type: ignore[import-untyped]
from twisted.web.http import HTTPChannel

MAX_HEADERS = 3000
MAX_HEADER_BYTES = 64 * 1024


def let_requests_reach_django() -> None:
    """Keep the server from refusing by itself what the gateway lets through; for asgi.py.

    Its refusals have no body. It would also read each form into memory to fill arguments that
    nobody looks at.
    """
    HTTPChannel.maxHeaders = MAX_HEADERS
    HTTPChannel.totalHeadersSize = MAX_HEADER_BYTES
    http_protocol.WebRequest = partial(http_protocol.WebRequest, parsePOSTFormSubmission=False)
