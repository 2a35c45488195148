"""Auth consumes nothing; its relay publishes with this app."""

from servicekit.messaging import make_app

app = make_app("auth_service")
