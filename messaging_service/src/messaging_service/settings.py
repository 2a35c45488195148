"""Settings of Messaging, all from the environment; README.md lists the names."""

from datetime import timedelta
from pathlib import Path

from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from servicekit import conf

env = conf.environment()

SERVICE_NAME = "messaging_service"
SECRET_KEY = conf.secret(env, "SECRET_KEY", local="local-only-key-of-messaging-0123456789")
DEBUG = False
HOST = conf.host_settings(env, service=SERVICE_NAME)
globals().update(HOST)
PUBLIC_URL = str(HOST["PUBLIC_URL"])
PUBLIC_PREFIX = str(HOST["PUBLIC_PREFIX"])

INSTALLED_APPS = conf.apps(
    "servicekit.revocation.apps.RevocationConfig",
    "messaging_service.tickets",
    "messaging_service.comments",
    "messaging_service.attachments",
)
MIDDLEWARE = conf.middleware()
ROOT_URLCONF = "messaging_service.urls"
ASGI_APPLICATION = "messaging_service.asgi.application"
TEMPLATES = conf.templates()
DATABASES = conf.database(env)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = conf.cache(env)
LOGGING = conf.logging(env, service=SERVICE_NAME)
USE_TZ = True
TIME_ZONE = "UTC"
WHITENOISE_USE_FINDERS = True  # the admin's files come straight from the packages

AUTH_URL = env.str("AUTH_URL")
AUTHENTICATION_BACKENDS = ["servicekit.auth.admin.AuthServiceBackend"]
TOKENS = conf.token_verification(env)
REST_FRAMEWORK = conf.rest_framework()
SPECTACULAR_SETTINGS = conf.spectacular(
    title="Messaging", description="Comments, attachments and live sockets of tickets."
)
SPECTACULAR_SETTINGS["ENUM_NAME_OVERRIDES"] = {
    "VisibilityEnum": "messaging_service.comments.models.Visibility"
}
UNFOLD = conf.admin_pages("Messaging")

AMQP_URL = env.str("AMQP_URL")
CELERY_APP = "messaging_service.celery"
SWEEPS = {
    "servicekit.outbox.services.purge": timedelta(hours=1),
    "servicekit.api.idempotency.purge": timedelta(hours=1),
    "servicekit.revocation.services.purge": timedelta(hours=1),
}

REDIS_URL = env.str("REDIS_URL")
LIVE_REDIS_URL = env.str("LIVE_REDIS_URL", REDIS_URL)
LIVE_ORIGINS: list[str] = env.list("LIVE_ORIGINS", [])
LIVE_SOCKETS_PER_USER = env.int("LIVE_SOCKETS_PER_USER", 5)
LIVE_HEARTBEAT_S = env.float("LIVE_HEARTBEAT_S", 15)
CHANNEL_LAYERS = {
    "default": {
        # After a Redis restart the other layer delivers nothing for ever; this one re-subscribes.
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        # It retries each second by itself; a backoff below that would only make it late.
        "CONFIG": {
            "hosts": [{"address": REDIS_URL, "retry": Retry(NoBackoff(), 1)}],
            "prefix": "messaging",
        },
    }
}

ATTACHMENT_ROOT = Path(
    env.str("ATTACHMENT_ROOT", "/tmp/messaging-attachments")  # noqa: S108 local default
    if conf.is_local(env)
    else env.str("ATTACHMENT_ROOT")
)
ATTACHMENT_SCANNER = env.str("ATTACHMENT_SCANNER", "")
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
