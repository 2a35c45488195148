"""The socket; whatever else is asked for is refused."""

from typing import Any

from channels.routing import URLRouter
from django.urls import path, re_path

from servicekit.live import refuse

from .consumers import NotificationsConsumer

# Any: the stubs know views for routes, not ASGI applications.
socket: Any = NotificationsConsumer.as_asgi()
others: Any = refuse
routes: list[Any] = [path("ws/notifications/", socket), re_path("", others)]
sockets: Any = URLRouter(routes)
