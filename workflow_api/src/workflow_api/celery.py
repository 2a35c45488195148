"""The Celery app of the Workflow API and the queues that its workers consume."""

from servicekit.messaging import make_app

app = make_app(
    "workflow_api",
    queues=[
        "TICKET_TASKS_PRODUCTION",
        "tts.role.sync",
        "tts.user_system_role.sync",
        "role_send-default",
        "workflow_seed_queue",
        "workflow_seed",
        "tts.tokens_revoked.workflow",
    ],
)
