"""How lists and query strings appear in the API description."""

from functools import cache
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers

from servicekit.api import Input

PAGES = [
    OpenApiParameter("page", OpenApiTypes.INT, description="From 1 on."),
    OpenApiParameter("page_size", OpenApiTypes.INT, description="10 unless told, at most 100."),
]
CURSOR = OpenApiParameter(
    "cursor",
    OpenApiTypes.STR,
    description="Pages of equal cost however deep, without `count`; empty for the first.",
)


@cache
def page_of(
    out: type[serializers.Serializer[Any]], *, by_cursor: bool = False, is_searched: bool = False
) -> serializers.Serializer[Any]:
    """Return the description of a page, the same each time; by cursor it has no `count`."""
    told: dict[str, Any] = {"count": serializers.IntegerField(required=not by_cursor)}
    if by_cursor:
        told["count_is_exact"] = serializers.BooleanField(
            required=False, help_text="False where there are more than were counted."
        )
    told["next"] = serializers.URLField(allow_null=True)
    told["previous"] = serializers.URLField(allow_null=True)
    told["results"] = out(many=True)
    if is_searched:
        told["is_search_corrected"] = serializers.BooleanField(
            required=False, help_text="Nothing had the words; these are taken for mistyped."
        )
    return inline_serializer(f"{out.__name__.removesuffix('Out')}PageOut", told)


def query(contract: type[Input]) -> list[OpenApiParameter]:
    """Return the query parameters that an Input reads."""
    schema = contract.model_json_schema()
    required = schema.get("required", [])
    definitions = schema.get("$defs", {})
    return [
        OpenApiParameter(
            name,
            _type_of(values, definitions),
            required=name in required,
            description=values.get("description", ""),
        )
        for name, values in schema.get("properties", {}).items()
    ]


def _type_of(values: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """Return a property's type without null: what a query string does not name is not there."""
    options = [
        _resolved(each, definitions)
        for each in values.get("anyOf", [values])
        if each.get("type") != "null"
    ]
    words = [word for each in options for word in each.get("enum", [each.get("const")])]
    if len(options) > 1 and None not in words:
        return {"type": "string", "enum": words}
    ignored = ("default", "title", "description")
    return {key: value for key, value in options[0].items() if key not in ignored}


def _resolved(option: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in option:
        return option
    found: dict[str, Any] = definitions[option["$ref"].rsplit("/", 1)[1]]
    return found
