"""The systems and roles that exist in every installation."""

ADMIN = "Admin"

SYSTEMS = {
    "tts": "Ticket Tracking System",
    "hdts": "Help Desk",
    "ams": "Asset Management System",
    "bms": "Budget Management System",
}

TASKS = ["tasks.view", "tasks.work", "tasks.transfer", "comments.write"]
ROLES: dict[str, dict[str, tuple[str, list[str]]]] = {
    "tts": {
        ADMIN: (
            "Administers people, roles, workflows and the system.",
            [*TASKS, "tasks.assign", "workflows.manage", "users.manage", "audit.view"],
        ),
        "Ticket Coordinator": (
            "Watches over the tickets of every team.",
            [*TASKS, "tasks.assign", "workflows.view", "reports.view"],
        ),
        "L1 Support": ("First line: triage and simple incidents.", TASKS),
        "L2 Support": ("Second line: analysis and difficult incidents.", TASKS),
        "Asset Manager": ("Hands out equipment and takes it back.", [*TASKS, "assets.approve"]),
        "Budget Approver": ("Approves spending.", [*TASKS, "budget.approve"]),
    },
    "hdts": {ADMIN: ("Administers the help desk.", [])},
    "ams": {ADMIN: ("Administers the assets.", [])},
    "bms": {ADMIN: ("Administers the budgets.", [])},
}
