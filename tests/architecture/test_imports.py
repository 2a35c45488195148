"""The import contracts name every service and every app: a new one cannot slip past them."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
SERVICES = sorted(path.parent.name for path in ROOT.glob("*/manage.py"))


def contract(name: str) -> dict[str, list[str]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return next(each for each in settings["contracts"] if each["id"] == name)


def apps() -> list[str]:
    return sorted(
        f"{service}.{package.parent.name}"
        for service in SERVICES
        for package in (ROOT / service / "src" / service).glob("*/__init__.py")
    )


def test_there_are_five_services() -> None:
    assert len(SERVICES) == 5


def test_every_service_is_a_stranger_to_the_others_and_to_the_kit() -> None:
    assert sorted(contract("services-are-strangers")["modules"]) == SERVICES
    assert sorted(contract("kit-knows-no-service")["forbidden_modules"]) == SERVICES


def test_every_app_is_named_in_the_direction_contract() -> None:
    assert sorted(contract("direction")["containers"]) == apps()


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty_words = {"config", "core", "utils", "helpers", "common", "misc", "base"}
    modules = [
        path
        for service in (*SERVICES, "servicekit")
        for path in (ROOT / service / "src").rglob("*.py")
        if path.stem in empty_words or path.parent.name in empty_words
    ]
    assert modules == []
