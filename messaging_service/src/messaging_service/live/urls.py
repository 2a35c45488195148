"""The sockets; whatever else is asked for is refused."""

from channels.routing import URLRouter
from django.urls import path, re_path
from servicekit.live import refuse

from .consumers import CommentsConsumer, TicketConsumer

sockets = URLRouter(
    [
        path("ws/comments/<int:ticket_id>/", CommentsConsumer.as_asgi()),
        path("ws/tickets/<int:ticket_id>/", TicketConsumer.as_asgi()),
        re_path("", refuse),
    ]
)
