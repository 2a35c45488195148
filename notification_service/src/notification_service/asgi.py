"""HTTP below the public prefix or at the root; sockets at /ws/…, behind the gate."""

import os

from channels.routing import ProtocolTypeRouter
from django.conf import settings
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notification_service.settings")
http = get_asgi_application()

from servicekit.live import SocketGate  # noqa: E402  needs the apps
from servicekit.live.server import let_requests_reach_django  # noqa: E402
from servicekit.mount import mounted_asgi  # noqa: E402

from .live.urls import sockets  # noqa: E402

let_requests_reach_django()
application = ProtocolTypeRouter(
    {"http": mounted_asgi(http, settings.PUBLIC_PREFIX), "websocket": SocketGate(sockets)}
)
