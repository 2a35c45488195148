"""What every OpenAPI description says about errors: one body for all."""

from typing import Any

ERROR = {
    "type": "object",
    "description": "One body for every error; `details` names the faulty fields where there are.",
    "properties": {
        "error": {"type": "string", "description": "A sentence for people."},
        "code": {"type": "string", "description": "A word for machines, e.g. VALIDATION_ERROR."},
        "details": {
            "type": "object",
            "properties": {
                "field": {"type": "string"},
                "message": {"type": "string"},
                "errors": {
                    "type": "object",
                    "additionalProperties": {"type": "array", "items": {"type": "string"}},
                },
            },
            "additionalProperties": {},
        },
        "timestamp": {"type": "string", "format": "date-time"},
    },
    "required": ["error", "code", "details", "timestamp"],
}
_ANSWER = {
    "description": "Any error.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
}


def describe_errors(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add the error body to every operation; a POSTPROCESSING_HOOK of drf-spectacular."""
    result.setdefault("components", {}).setdefault("schemas", {})["Error"] = ERROR
    for path in result.get("paths", {}).values():
        for operation in path.values():
            if isinstance(operation, dict) and "responses" in operation:
                operation["responses"].setdefault("default", _ANSWER)
    return result
