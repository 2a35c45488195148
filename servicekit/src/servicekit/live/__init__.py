"""WebSockets, the part that Messaging and Notification have in common.

asgi.py: `SocketGate(URLRouter([path("ws/…/", MyConsumer.as_asgi()), re_path("", refuse)]))`
urls.py: `path("ws-ticket/", SocketTicketView.as_view())` from servicekit.live.api

The gate refuses with HTTP 403, before accept, whoever has no allowed Origin or no one-time ticket
for this very path (subprotocols `tts.v1, ticket.<value>`), and a user's sixth socket. It then puts
the `Principal` into scope["principal"], adds the subprotocol to accept(), answers `ping`, answers
what is no JSON object with a string "type" by an error frame, limits frames (16 KiB → close 4413,
20 in 10 s → 4429), drops clients that do not read for 5 s, closes with 4401 at token expiry.
A consumer only sees good frames; it calls close() before accept() when the target is foreign.

Settings: LIVE_REDIS_URL (else REDIS_URL; one for all services), PUBLIC_URL and LIVE_ORIGINS (the
Origins let in), LIVE_SOCKETS_PER_USER (5, counted in one process). Start daphne with
--ping-interval 15 --ping-timeout 15: its send() never waits, the ping is what finds the deaf.
"""

from .gate import SUBPROTOCOL, SocketGate, error_frame, refuse

__all__ = ["SUBPROTOCOL", "SocketGate", "error_frame", "refuse"]
