"""A service lives under its public prefix and at its root alike, and builds links accordingly.

The gateway passes paths unstripped (`/auth/token/`); the mount moves the prefix to where WSGI and
ASGI keep it (SCRIPT_NAME, root_path). On the service's own port the prefix may be left out.
"""

import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]
Asgi = Callable[[dict[str, Any], Any, Any], Awaitable[None]]
_CHARSET = re.compile(r';\s*charset\s*=\s*("[^"]*"|[^;]*)', re.IGNORECASE)


def _is_below(path: str, prefix: str) -> bool:
    return bool(prefix) and path.startswith(f"{prefix}/")


def mounted_wsgi(app: Wsgi, prefix: str) -> Wsgi:
    """Wrap a WSGI application so that it answers below `prefix` ("/auth") too.

    JSON and queries are UTF-8 whatever a request says: Django would read the query in the charset
    of the Content-Type and fail, before it can answer, on one like base64 that is no text encoding.
    """

    def serve(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if "CONTENT_TYPE" in environ:
            environ = environ | {"CONTENT_TYPE": _CHARSET.sub("", environ["CONTENT_TYPE"])}
        if _is_below(path, prefix):
            environ = environ | {"SCRIPT_NAME": prefix, "PATH_INFO": path[len(prefix) :]}
        return app(environ, start_response)

    return serve


def mounted_asgi(app: Asgi, prefix: str) -> Asgi:
    """Wrap an ASGI application so that it answers below `prefix` ("/messaging") too."""

    async def serve(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "http" and _is_below(scope["path"], prefix):
            scope = scope | {"root_path": prefix}
        await app(scope, receive, send)

    return serve
