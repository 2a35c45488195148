"""A service as small as one can be, to test the kit with real servers."""

from datetime import timedelta
from typing import Any

from servicekit import conf

env = conf.environment()

SERVICE_NAME = "kit"
SECRET_KEY = "tests only"
DATABASES = conf.database(env)
CACHES = conf.cache(env)
LOGGING = conf.logging(env, service=SERVICE_NAME)
INSTALLED_APPS = conf.apps("kit_app", "servicekit.revocation.apps.RevocationConfig")
MIDDLEWARE = conf.middleware()
TEMPLATES = conf.templates()
REST_FRAMEWORK = conf.rest_framework()
AUTHENTICATION_BACKENDS = ["servicekit.auth.admin.AuthServiceBackend"]
UNFOLD = conf.admin_pages("Kit")
SPECTACULAR_SETTINGS = conf.spectacular(title="Kit", description="Tests only.")
ROOT_URLCONF = "kit_app.urls"
TOKENS = conf.token_verification(env)
AUTH_URL = env.str("AUTH_URL")
AMQP_URL = env.str("AMQP_URL")
REDIS_URL = env.str("REDIS_URL")
CHANNEL_LAYERS: dict[str, Any] = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": "kit"},
    }
}
CELERY_APP = "kit_app.celery"
SWEEPS = {"servicekit.outbox.services.purge": timedelta(hours=1)}
USE_TZ = True
globals().update(conf.host_settings(env, service=SERVICE_NAME))
