"""Settings of Notification, all from the environment; README.md lists the names."""

from datetime import timedelta

from notification_service.email import addresses
from notification_service.email.clients import mail_url
from servicekit import conf

env = conf.environment()

SERVICE_NAME = "notification_service"
SECRET_KEY = conf.secret(env, "SECRET_KEY", local="local-only-key-of-notification-0123456789abcdef")
DEBUG = False
host = conf.host_settings(env, service="notification")
globals().update(host)
PUBLIC_URL: str = host["PUBLIC_URL"]
PUBLIC_PREFIX: str = host["PUBLIC_PREFIX"]
PRODUCT_NAME = env.str("PRODUCT_NAME", "Service Desk")

INSTALLED_APPS = conf.apps(
    "channels",
    "servicekit.revocation.apps.RevocationConfig",
    "notification_service.inbox",
    "notification_service.email",
    "notification_service.templates",
    "notification_service.preferences",
)
MIDDLEWARE = conf.middleware()
ROOT_URLCONF = "notification_service.urls"
ASGI_APPLICATION = "notification_service.asgi.application"
TEMPLATES = conf.templates()
DATABASES = conf.database(env)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = conf.cache(env)
LOGGING = conf.logging(env, service=SERVICE_NAME)
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
WHITENOISE_USE_FINDERS = True  # the admin's files come straight from the packages

AUTH_URL = env.str("AUTH_URL")
AUTHENTICATION_BACKENDS = ["servicekit.auth.admin.AuthServiceBackend"]
TOKENS = conf.token_verification(env)
REST_FRAMEWORK = conf.rest_framework()
SPECTACULAR_SETTINGS = conf.spectacular(
    title="Notification", description="Alerts in the application, and e-mail."
)
UNFOLD = conf.admin_pages("Notification")
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024

AMQP_URL = env.str("AMQP_URL")
CELERY_APP = "notification_service.celery"
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
        "CONFIG": {"hosts": [REDIS_URL], "prefix": "notification"},
    }
}

SMTP = mail_url.parsed(
    conf.secret(env, "EMAIL_URL", local="smtp://127.0.0.1:1025"),
    sender=conf.secret(env, "EMAIL_FROM", local="Service Desk <service-desk@example.com>"),
)
EMAIL_DOMAIN = addresses.domain_of(SMTP.sender)  # of Message-ID
API_KEYS = conf.api_keys(env, "NOTIFICATION_API_KEYS")  # name:sha256hex,…
