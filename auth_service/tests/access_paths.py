"""Where roles and who holds them are administered, and a role as it is written."""

ROLES_PATH, SYSTEMS, USER_ROLES = "/api/v1/roles/", "/api/v1/systems/", "/api/v1/user-roles/"
NEW = {"system": "tts", "name": "L3 Support", "description": "Last line", "permissions": ["b", "a"]}
