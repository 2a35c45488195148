"""What the service as a whole answers."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["/health/", "/livez/", "/readyz/", "/schema/", "/api/schema/", "/docs/", "/api/docs/"]
)
def test_it_says_how_it_is_and_what_it_offers(anonymous: Any, path: str) -> None:
    assert anonymous.get(path).status_code == 200


def test_the_committed_description_is_what_the_service_serves(tmp_path: Path) -> None:
    fresh = tmp_path / "openapi.yaml"
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(fresh))
    committed = Path(__file__).parent.parent / "openapi.yaml"
    assert yaml.safe_load(fresh.read_text()) == yaml.safe_load(committed.read_text())


def test_the_admin_asks_for_a_sign_in(anonymous: Any) -> None:
    answer = anonymous.get("/admin/")
    assert (answer.status_code, "/admin/login/" in answer["Location"]) == (302, True)


def test_what_is_not_there_is_a_json_404(anonymous: Any) -> None:
    answer = anonymous.get("/no/such/path/")
    assert (answer.status_code, answer.json()["code"]) == (404, "RESOURCE_NOT_FOUND")
