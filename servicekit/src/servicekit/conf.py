"""Settings as values: each service's settings.py names what it uses, top to bottom."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from environs import Env

from . import logs

PROFILES = ("local", "test", "production")


def environment() -> Env:
    """Return the process environment; raises on the first access to a variable that is missing."""
    return Env(eager=True)


def profile(env: Env) -> str:
    """Return `local`, `test` or `production` (the default)."""
    name = str(env.str("TTS_PROFILE", "production"))
    if name not in PROFILES:
        raise ValueError(f"TTS_PROFILE must be one of {', '.join(PROFILES)}, not {name!r}")
    return name


def is_local(env: Env) -> bool:
    """Whether insecure defaults are allowed."""
    return profile(env) != "production"


def secret(env: Env, name: str, *, local: str) -> str:
    """Return a secret; only the local profiles have a default, production refuses to start."""
    return str(env.str(name, local) if is_local(env) else env.str(name))


def process_kind(env: Env) -> str:
    """Return what this process is.

    `web` serves pages, `worker` works messages (consumers, relay, mailer) and `sweeper` what is
    due, both unattended; `command` is whatever people run by hand.
    """
    return str(env.str("PROCESS_KIND", "command"))


def database(env: Env) -> dict[str, Any]:
    """Return DATABASES: a pool in web processes, one persistent connection in all others."""
    kind = process_kind(env)
    statement_timeout_s = 0 if kind in ("command", "sweeper") else 15
    # A machine that tests may stand still for seconds, which is no fault of what is tested.
    connect_timeout_s, lock_timeout_s = (60, 60) if profile(env) == "test" else (5, 3)
    default: dict[str, Any] = env.dj_db_url("DATABASE_URL")
    default |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    default["OPTIONS"] = default.get("OPTIONS", {}) | {
        "connect_timeout": connect_timeout_s,
        "options": f"-c statement_timeout={statement_timeout_s}s -c lock_timeout={lock_timeout_s}s"
        " -c idle_in_transaction_session_timeout=30s"
        # Small statements over cached pages: compiling them costs more than running them, and a
        # page out of order costs hardly more than the next one.
        " -c jit=off -c random_page_cost=1.1",
    }
    if kind == "worker":
        # The same few statements for every message: prepared ones save a third of the CPU.
        default["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": 3}
    if kind == "web":
        # Many people at once: one process for each statement, none that wait for helpers.
        default["OPTIONS"]["options"] += " -c max_parallel_workers_per_gather=0"
        default |= {"CONN_MAX_AGE": 0}
        # As many as there are threads: who waits longer for one waits for a database that is away,
        # and hears so before most clients stop listening (5 s).
        default["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 10, "timeout": 3}
    return {"default": default}


def cache(env: Env) -> dict[str, Any]:
    """Return CACHES: Redis; each service has a database number of its own in REDIS_URL."""
    return {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": env.str("REDIS_URL"),
            "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
        }
    }


def logging(env: Env, *, service: str) -> dict[str, Any]:
    """Return LOGGING: one JSON object a line outside the local profiles."""
    level = str(env.str("LOG_LEVEL", "WARNING" if profile(env) == "test" else "INFO"))
    return logs.configure(service=service, level=level, as_json=not is_local(env))


def apps(*own: str) -> list[str]:
    """Return INSTALLED_APPS: the admin and its theme, REST, the kit, then the service's own.

    Unattended processes serve no pages: without the admin's modules and the API descriptions they
    start in half the time.
    """
    is_unattended = process_kind(environment()) in ("worker", "sweeper")
    pages = ["drf_spectacular", "drf_spectacular_sidecar"]
    return [
        "unfold",
        f"django.contrib.admin{'.apps.SimpleAdminConfig' if is_unattended else ''}",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "whitenoise.runserver_nostatic",
        "django.contrib.staticfiles",
        "django_prometheus",
        "rest_framework",
        "corsheaders",
        *([] if is_unattended else pages),
        "servicekit.api.apps.ApiConfig",
        "servicekit.outbox.apps.OutboxConfig",
        "servicekit.inbox.apps.InboxConfig",
        "servicekit.sweeps",
        *own,
    ]


def middleware() -> list[str]:
    """Return MIDDLEWARE, outermost first."""
    return [
        "django_prometheus.middleware.PrometheusBeforeMiddleware",
        "servicekit.api.middleware.RequestIdMiddleware",
        "servicekit.api.middleware.WholeBodyMiddleware",
        "servicekit.api.middleware.SecurityHeadersMiddleware",
        "corsheaders.middleware.CorsMiddleware",
        "django.middleware.security.SecurityMiddleware",
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "servicekit.api.middleware.SlashMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "servicekit.auth.admin.AdminSessionMiddleware",
        "servicekit.api.limits.RateLimitMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
        "django_prometheus.middleware.PrometheusAfterMiddleware",
    ]


def templates() -> list[dict[str, Any]]:
    """Return TEMPLATES, for the admin and Swagger UI."""
    processors = ["debug", "request"]
    return [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [Path(__file__).parent / "auth" / "templates"],
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    *(f"django.template.context_processors.{name}" for name in processors),
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ]


def admin_pages(title: str) -> dict[str, Any]:
    """Return UNFOLD: the admin pages, whose people sign in with their Auth account."""
    return {
        "SITE_TITLE": title,
        "SITE_HEADER": title,
        "LOGIN": {"form": "servicekit.auth.admin_form.TwoStepForm"},
    }


def rest_framework() -> dict[str, Any]:
    """Return REST_FRAMEWORK: JSON only, bearer tokens, signed-in people unless a view says more."""
    return {
        "DEFAULT_AUTHENTICATION_CLASSES": ["servicekit.auth.BearerAuthentication"],
        "DEFAULT_PERMISSION_CLASSES": ["servicekit.auth.permissions.SignedIn"],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_PARSER_CLASSES": ["servicekit.api.StrictJSONParser"],
        "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
        "EXCEPTION_HANDLER": "servicekit.api.errors.handle",
        "TEST_REQUEST_DEFAULT_FORMAT": "json",
        "UNAUTHENTICATED_USER": None,
    }


def spectacular(*, title: str, description: str) -> dict[str, Any]:
    """Return SPECTACULAR_SETTINGS; Swagger UI comes from our own origin."""
    return {
        "TITLE": title,
        "DESCRIPTION": description,
        "VERSION": "1.0.0",
        "OAS_VERSION": "3.1.1",  # pydantic writes JSON Schema 2020-12, which 3.0 does not know
        "SERVE_INCLUDE_SCHEMA": False,
        "SWAGGER_UI_DIST": "SIDECAR",
        "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
        "COMPONENT_SPLIT_REQUEST": True,
        "SERVERS": [],
        "POSTPROCESSING_HOOKS": [
            "drf_spectacular.hooks.postprocess_schema_enums",
            "servicekit.api.openapi.describe_errors",
        ],
    }


def host_settings(env: Env, *, service: str) -> dict[str, Any]:
    """Return what hangs on where the service is reached; `globals().update()` it in settings.

    The services share one origin, so each has cookie names of its own.
    """
    public_url = str(env.str("PUBLIC_URL", "http://127.0.0.1:1000")).rstrip("/")
    prefix = str(env.str("PUBLIC_PREFIX", "")).rstrip("/")
    is_https = public_url.startswith("https://")
    return {
        "PUBLIC_URL": public_url,
        "PUBLIC_PREFIX": prefix,
        "ALLOWED_HOSTS": env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost"]),
        "TRUSTED_PROXIES": env.list("TRUSTED_PROXIES", ["127.0.0.0/8", "::1/128"]),
        "RATE_LIMITS": rate_limits(env),
        "CSRF_TRUSTED_ORIGINS": [public_url],
        **cross_origin(env),
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
        "SESSION_COOKIE_NAME": f"{service}_session",
        "SESSION_COOKIE_AGE": int(timedelta(hours=8).total_seconds()),
        "SESSION_COOKIE_SECURE": is_https,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_NAME": f"{service}_csrf",
        "CSRF_COOKIE_SECURE": is_https,
        # "no-referrer" makes browsers send `Origin: null` with forms, which the CSRF check refuses
        "SECURE_REFERRER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "STATIC_URL": f"{prefix}/static/",
        "WHITENOISE_STATIC_PREFIX": "/static/",
    }


def cross_origin(env: Env) -> dict[str, Any]:
    """Return from which other origins browsers may call with a bearer token; cookies never travel.

    Nobody, unless CORS_ORIGINS lists them (`https://portal.example.com`).
    """
    told = ["X-Request-ID", "Retry-After", "Content-Disposition"]
    limits = [f"X-RateLimit-{name}" for name in ("Limit", "Remaining", "Reset")]
    return {
        "CORS_ALLOWED_ORIGINS": env.list("CORS_ORIGINS", []),
        "CORS_ALLOW_CREDENTIALS": False,
        "CORS_ALLOW_HEADERS": [
            *("accept", "authorization", "content-type"),
            *("idempotency-key", "x-request-id", "x-requested-with"),
        ],
        "CORS_EXPOSE_HEADERS": told + limits,
        "CORS_PREFLIGHT_MAX_AGE": 600,
    }


def rate_limits(env: Env) -> dict[str, int]:
    """Return RATE_LIMITS: requests a minute for an address, a person and an administrator.

    In the test profile only what a test sets itself is a limit.
    """
    per_minute = {"anonymous": 100, "user": 1000, "admin": 5000}
    if profile(env) == "test":
        per_minute = dict.fromkeys(per_minute, 1_000_000)
    return {
        kind: env.int(f"RATE_LIMIT_{kind.upper()}", default) for kind, default in per_minute.items()
    }


def api_keys(env: Env, name: str) -> dict[str, str]:
    """Return API_KEYS from `name:sha256hex,…`; raises ValueError for anything else."""
    keys: dict[str, str] = {}
    for part in filter(None, (each.strip() for each in str(env.str(name, "")).split(","))):
        program, _, digest = part.rpartition(":")
        if not program or not re.fullmatch("[0-9a-f]{64}", digest):
            raise ValueError(f"{name} wants name:sha256hex,… and not {part!r}")
        keys[program] = digest
    return keys


def token_verification(env: Env) -> dict[str, Any]:
    """Return TOKENS: whose tokens this service believes, and for whom they must be made."""
    return {
        "ISSUER": env.str("TOKEN_ISSUER", "tts-auth"),
        "AUDIENCE": env.str("TOKEN_AUDIENCE", "tts"),
        "JWKS_URL": env.str("AUTH_JWKS_URL", ""),
    }
