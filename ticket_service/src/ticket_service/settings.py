"""Every setting of the Ticket Service by name, from the environment."""

from datetime import timedelta
from pathlib import Path

from servicekit import conf

env = conf.environment()

LOCAL_STATE = Path(__file__).resolve().parents[3] / ".local" / "ticket_service"

SERVICE_NAME = "ticket_service"
SECRET_KEY = conf.secret(env, "SECRET_KEY", local="local-only-key-of-the-ticket-service-0123456789")
DEBUG = False
HOST = conf.host_settings(env, service=SERVICE_NAME)
globals().update(HOST)
PUBLIC_URL: str = HOST["PUBLIC_URL"]
PUBLIC_PREFIX: str = HOST["PUBLIC_PREFIX"]
ROOT_URLCONF = "ticket_service.urls"
WSGI_APPLICATION = "ticket_service.wsgi.application"
CELERY_APP = "ticket_service.celery"

DATABASES = conf.database(env)
CACHES = conf.cache(env)
REDIS_URL = env.str("REDIS_URL")
AMQP_URL = env.str("AMQP_URL")
AUTH_URL = env.str("AUTH_URL")
TOKENS = conf.token_verification(env)

INSTALLED_APPS = conf.apps(
    "servicekit.revocation.apps.RevocationConfig",
    "ticket_service.tickets",
    "ticket_service.simulators",
)
MIDDLEWARE = conf.middleware()
TEMPLATES = conf.templates()
AUTHENTICATION_BACKENDS = ["servicekit.auth.admin.AuthServiceBackend"]
REST_FRAMEWORK = conf.rest_framework()
SPECTACULAR_SETTINGS = conf.spectacular(
    title="Ticket Service",
    description="A simulated help desk (HDTS), and simulated AMS and BMS.",
)
LOGGING = conf.logging(env, service=SERVICE_NAME)
UNFOLD = conf.admin_pages("Help desk (HDTS)")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
WHITENOISE_USE_FINDERS = True  # the admin's files come straight from the packages

# The help desk
HELP_DESK_OPEN = env.bool("HELP_DESK_OPEN", conf.is_local(env))  # no key needed, for demos
API_KEYS = conf.api_keys(env, "HELP_DESK_API_KEYS")  # name:sha256hex,…
# id=secret, …; the first one signs
HDTS_KEYS: dict[str, str] = env.dict("HDTS_KEYS", {})
# uploaded files; no web server serves this folder
MEDIA_ROOT = conf.secret(env, "ATTACHMENTS_ROOT", local=str(LOCAL_STATE / "attachments"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024  # JSON bodies; files have their own limit
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# The simulators: what their clients must bring
AMS_API_KEY = conf.secret(env, "AMS_API_KEY", local="local-ams-key")
BMS_CLIENT_ID = conf.secret(env, "BMS_CLIENT_ID", local="workflow")
BMS_CLIENT_SECRET = conf.secret(env, "BMS_CLIENT_SECRET", local="local-bms-secret")

SWEEPS = {
    "servicekit.outbox.services.purge": timedelta(hours=1),
    "servicekit.api.idempotency.purge": timedelta(hours=1),
    "servicekit.revocation.services.purge": timedelta(hours=1),
}
