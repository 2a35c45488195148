"""Every setting of the Workflow API by name, from the environment."""

from datetime import timedelta

from servicekit import conf

env = conf.environment()

SERVICE_NAME = "workflow_api"
PROFILE = conf.profile(env)
SECRET_KEY = conf.secret(env, "SECRET_KEY", local="local-only-key-of-the-workflow-api-0123456789")
DEBUG = False
globals().update(conf.host_settings(env, service=SERVICE_NAME))
PUBLIC_PREFIX: str  # among the host settings
ROOT_URLCONF = "workflow_api.urls"
WSGI_APPLICATION = "workflow_api.wsgi.application"
CELERY_APP = "workflow_api.celery"

DATABASES = conf.database(env)
CACHES = conf.cache(env)
REDIS_URL = env.str("REDIS_URL")
AMQP_URL = env.str("AMQP_URL")
AUTH_URL = env.str("AUTH_URL", "http://127.0.0.1:8003").rstrip("/")

INSTALLED_APPS = conf.apps(
    "servicekit.revocation.apps.RevocationConfig",
    "workflow_api.roles",
    "workflow_api.sla",
    "workflow_api.audit",
    "workflow_api.workflows",
    "workflow_api.tasks",
    "workflow_api.intake",
    "workflow_api.upgrades",
)
MIDDLEWARE = [*conf.middleware(), "workflow_api.audit.middleware.ClientAddressMiddleware"]
TEMPLATES = conf.templates()
REST_FRAMEWORK = conf.rest_framework()
SPECTACULAR_SETTINGS = conf.spectacular(
    title="Workflow API",
    description="Workflows, tickets as received, tasks, assignments, service levels, audit.",
) | {
    "ENUM_NAME_OVERRIDES": {
        "AssignmentOutcomeEnum": "workflow_api.tasks.models.Outcome",
        "DeliveryOutcomeEnum": "servicekit.inbox.models.Result",
        "EdgeKindEnum": "workflow_api.workflows.serializers.EDGE_KINDS",
        "NodeKindEnum": "workflow_api.workflows.serializers.NODE_KINDS",
        "TaskStateEnum": "workflow_api.tasks.serializers.STATES",
        "TicketStateEnum": "workflow_api.tasks.models.TicketState",
        "UpgradeStateEnum": "workflow_api.upgrades.models.UpgradeState",
        "WorkflowStatusEnum": "workflow_api.workflows.models.Status",
    }
}
LOGGING = conf.logging(env, service=SERVICE_NAME)
UNFOLD = conf.admin_pages("Workflows and tasks")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
WHITENOISE_USE_FINDERS = True  # the admin's files come straight from the packages

# Who calls: verified with Auth's published keys; administrators sign in with their Auth account
TOKENS = conf.token_verification(env)
AUTHENTICATION_BACKENDS = ["servicekit.auth.admin.AuthServiceBackend"]

# Tickets from the help desk: how signatures are treated, keys by id, another mapping of priorities
HDTS_SIGNATURE_MODE = env.str("HDTS_SIGNATURE_MODE", "observe")
HDTS_KEYS: dict[str, str] = env.dict("HDTS_KEYS", {})
HDTS_PRIORITY_MAP: dict[str, str] = env.dict("HDTS_PRIORITY_MAP", {})

# Periodic work; each runs in one process at a time
SWEEPS = {
    "workflow_api.sla.services.sweep": timedelta(seconds=1),
    "workflow_api.tasks.services.assign_waiting": timedelta(seconds=1),
    "workflow_api.tasks.services.pass_on": timedelta(seconds=1),
    "workflow_api.tasks.services.pass_on_ownership": timedelta(seconds=1),
    "workflow_api.tasks.services.learn_words": timedelta(seconds=5),
    "workflow_api.intake.services.match_waiting": timedelta(seconds=2),
    "workflow_api.intake.services.apply_waiting_updates": timedelta(seconds=2),
    "workflow_api.upgrades.services.advance": timedelta(seconds=1),
    "workflow_api.audit.services.anchor_days": timedelta(minutes=10),
    "servicekit.outbox.services.purge": timedelta(hours=1),
    "servicekit.api.idempotency.purge": timedelta(hours=1),
    "servicekit.revocation.services.purge": timedelta(hours=1),
}
