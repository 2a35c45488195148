"""docker-compose.yml, read as Docker reads it: every container has what its program asks for."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from stack import postgres

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
# broker-setup runs a script of its own, and the gateway is nginx.
DJANGO = sorted(
    name
    for name, service in SERVICES.items()
    if service["image"].startswith("tts/") and name not in ("broker-setup", "gateway")
)
_VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


def made_env() -> dict[str, str]:
    """Return the variables of the file that `deploy/make-env` writes."""
    printed = subprocess.run(
        [ROOT / "deploy" / "make-env"], capture_output=True, text=True, check=True
    ).stdout
    lines = [line for line in printed.splitlines() if "=" in line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def environment_of(service: dict[str, Any], values: dict[str, str]) -> dict[str, str]:
    """Return a container's variables; a required one that nobody sets is a KeyError."""

    def value(found: re.Match[str]) -> str:
        name, kind, default = found.groups()
        return values.get(name) or (default if kind == "-" else values[name])

    given = service.get("environment", {})
    return {name: _VARIABLE.sub(value, str(text)) for name, text in given.items()}


@pytest.mark.parametrize("name", DJANGO)
def test_a_container_has_every_variable_that_its_settings_require(name: str) -> None:
    service = SERVICES[name]
    module = f"{service['image'].removeprefix('tts/')}.settings"
    environment = environment_of(service, made_env()) | {"PATH": os.environ["PATH"]}
    assert environment["TTS_PROFILE"] == "production"
    settings = [sys.executable, "-c", f"import {module}"]
    done = subprocess.run(settings, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_what_docker_compose_reads_is_what_make_env_writes() -> None:
    example = (ROOT / ".env.example").read_text().splitlines()
    named = {line.split("=", 1)[0] for line in example if "=" in line}
    text = (ROOT / "docker-compose.yml").read_text()
    required = {name for name, kind, _ in _VARIABLE.findall(text) if kind == "?"}
    assert named == made_env().keys()
    assert required <= named


def test_the_gateway_is_given_all_that_its_template_leaves_open() -> None:
    template = (ROOT / "nginx" / "gateway.conf.template").read_text()
    recipe = (ROOT / "deploy" / "gateway.Dockerfile").read_text()
    wanted = set(re.findall(r"\$\{([A-Z_]+)\}", template))
    defaults = set(re.findall(r"([A-Z_]+)=", recipe.split("\nENV ", 1)[1].split("\n", 1)[0]))
    given = environment_of(SERVICES["gateway"], made_env())
    assert wanted <= given.keys() | defaults
    for name, address in given.items():
        if name.endswith("_ADDRESS"):
            host, _, port = address.removesuffix(" resolve").partition(":")
            assert (
                f"0.0.0.0:{port}" in " ".join(SERVICES[host]["command"])
                or port in (SERVICES[host]["command"])
            )


def test_every_image_that_is_used_is_built_and_every_recipe_copies_what_is_there() -> None:
    built = {service["image"] for service in SERVICES.values() if "build" in service}
    ours = {
        service["image"] for service in SERVICES.values() if service["image"].startswith("tts/")
    }
    assert built == ours
    for recipe in ("Dockerfile", "gateway.Dockerfile"):
        lines = (ROOT / "deploy" / recipe).read_text().splitlines()
        for line in lines:
            words = line.split()
            if words[:1] == ["COPY"] and not words[1].startswith("--"):
                assert [path for path in words[1:-1] if not (ROOT / path).exists()] == []


def test_what_a_container_waits_for_exists_and_can_come_true() -> None:
    for name, service in SERVICES.items():
        for other, wanted in service.get("depends_on", {}).items():
            condition = wanted["condition"]
            awaited = SERVICES[other]
            if condition == "service_healthy":
                assert "healthcheck" in awaited, (name, other)
            else:
                assert condition == "service_completed_successfully", (name, other)
                assert awaited["restart"] == "on-failure", (name, other)
        for volume in service.get("volumes", []):
            source = volume.split(":", 1)[0]
            assert source in COMPOSE["volumes"] or (ROOT / source).exists(), (name, volume)


def test_text_sorts_and_compares_as_in_a_local_stack() -> None:
    # What an image would choose by itself is another collation, or no encoding at all.
    given = SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    assert set(postgres.LOCALE) <= set(given)
