"""Every setting of the Auth Service by name, from the environment."""

from datetime import timedelta

from servicekit import conf

env = conf.environment()

SERVICE_NAME = "auth_service"
PROFILE = conf.profile(env)
SECRET_KEY = conf.secret(env, "SECRET_KEY", local="local-only-key-of-the-auth-service-0123456789")
DEBUG = False
HOST = conf.host_settings(env, service=SERVICE_NAME)
globals().update(HOST)
PUBLIC_URL = str(HOST["PUBLIC_URL"])
PUBLIC_PREFIX = str(HOST["PUBLIC_PREFIX"])
ROOT_URLCONF = "auth_service.urls"
WSGI_APPLICATION = "auth_service.wsgi.application"
CELERY_APP = "auth_service.celery"

DATABASES = conf.database(env)
CACHES = conf.cache(env)
REDIS_URL = env.str("REDIS_URL")
AMQP_URL = env.str("AMQP_URL")

INSTALLED_APPS = conf.apps(
    "auth_service.accounts",
    "auth_service.access",
    "auth_service.invitations",
    "auth_service.tokens",
    "auth_service.audit",
    "auth_service.second_factor",
    "auth_service.credentials",
)
MIDDLEWARE = conf.middleware()
TEMPLATES = conf.templates()
REST_FRAMEWORK = conf.rest_framework() | {
    "DEFAULT_AUTHENTICATION_CLASSES": ["auth_service.tokens.authentication.StandingBearer"],
}
SPECTACULAR_SETTINGS = conf.spectacular(
    title="Auth Service",
    description="People, systems, roles and memberships; signs the tokens that all others verify.",
) | {
    "ENUM_NAME_OVERRIDES": {"AudienceEnum": "auth_service.credentials.serializers.AUDIENCES"},
}
LOGGING = conf.logging(env, service=SERVICE_NAME)
UNFOLD = conf.admin_pages("People and access")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
WHITENOISE_USE_FINDERS = True  # the admin's files come straight from the packages

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["auth_service.tokens.backends.PasswordBackend"]
PASSWORD_HASHERS = ["auth_service.accounts.passwords.Argon2Hasher"]
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
    {
        "NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "email", "first_name", "last_name")},
    },
]
DEMO_PASSWORD = env.str("TTS_DEMO_PASSWORD", "Demo-Passw0rd!")

# Tokens; Auth verifies its own with the keys in its database, not by a request to itself
TOKENS = conf.token_verification(env) | {"SOURCE": "auth_service.tokens.keyring.jwks"}
SIGNING_KEY_SECRET = conf.secret(
    env, "SIGNING_KEY_SECRET", local="local-only-secret-that-seals-the-signing-keys"
)
REFRESH_COOKIE_SECURE = not (conf.is_local(env) and PUBLIC_URL.startswith("http://"))

# Sign-in: failures before a lock, and how long that lasts
SIGN_IN_ATTEMPTS_PER_ADDRESS = env.int("SIGN_IN_ATTEMPTS_PER_ADDRESS", 5)
SIGN_IN_ATTEMPTS_PER_NAME = env.int("SIGN_IN_ATTEMPTS_PER_NAME", 30)
SIGN_IN_LOCK = timedelta(seconds=env.int("SIGN_IN_LOCK_S", 15 * 60))

# Codes of second factors: wrong ones, and mailed ones until one is right
OTP_ATTEMPTS_PER_ADDRESS = env.int("OTP_ATTEMPTS_PER_ADDRESS", 15)
OTP_ATTEMPTS_PER_NAME = env.int("OTP_ATTEMPTS_PER_NAME", 30)
OTP_MAILS_PER_ADDRESS = env.int("OTP_MAILS_PER_ADDRESS", 9)
OTP_MAILS_PER_NAME = env.int("OTP_MAILS_PER_NAME", 15)
OTP_LOCK = timedelta(seconds=env.int("OTP_LOCK_S", 60 * 60))

# Calls without a sign-in (forgotten password, registration, invitation): so many in a window
OPEN_CALLS_PER_ACCOUNT = env.int("OPEN_CALLS_PER_ACCOUNT", 5)
OPEN_CALLS_PER_ADDRESS = env.int("OPEN_CALLS_PER_ADDRESS", 60)
OPEN_CALLS_WINDOW = timedelta(seconds=env.int("OPEN_CALLS_WINDOW_S", 60 * 60))

SWEEPS = {
    "auth_service.accounts.mails.forget_sent": timedelta(minutes=1),
    "auth_service.accounts.services.links.discard_old_links": timedelta(hours=1),
    "auth_service.access.services.reconcile": timedelta(minutes=5),
    "auth_service.access.services.holders.revoke_remaining": timedelta(seconds=1),
    "auth_service.tokens.alerts.sweep_failures": timedelta(seconds=10),
    "auth_service.tokens.sessions.discard_old": timedelta(hours=1),
    "auth_service.second_factor.challenges.discard_old": timedelta(hours=1),
    "auth_service.tokens.keyring.tend": timedelta(hours=1),
    "servicekit.outbox.services.purge": timedelta(hours=1),
    "servicekit.api.idempotency.purge": timedelta(hours=1),
}
