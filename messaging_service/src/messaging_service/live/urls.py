"""The sockets; whatever else is asked for is refused."""

from typing import Any, cast

from channels.routing import URLRouter
from django.urls import path, re_path

from servicekit.live import refuse

from .consumers import CommentsConsumer, TicketConsumer

# Django's types of path() know views only.
routes: list[Any] = [
    path("ws/comments/<int:ticket_id>/", cast(Any, CommentsConsumer.as_asgi())),
    path("ws/tickets/<int:ticket_id>/", cast(Any, TicketConsumer.as_asgi())),
    re_path("", cast(Any, refuse)),
]
sockets = URLRouter(routes)
