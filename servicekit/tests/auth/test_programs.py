"""Programs are known by the digest of their key."""

from hashlib import sha256
from typing import Any

import pytest
from environs import Env

from servicekit import conf
from servicekit.auth.programs import Program, program_of

STORED = sha256(b"secret").hexdigest()


def test_a_program_is_known_by_its_key_and_not_by_what_is_stored(rf: Any, settings: Any) -> None:
    assert program_of(rf.get("/", HTTP_X_API_KEY="secret")) is None
    settings.API_KEYS = {"hdts": STORED, "other": "0" * 64}
    assert program_of(rf.get("/", HTTP_X_API_KEY="secret")) == Program("hdts")
    for wrong in (STORED, "", "\udc80", "Secret"):
        assert program_of(rf.get("/", HTTP_X_API_KEY=wrong)) is None
    assert program_of(rf.get("/")) is None


def test_keys_are_configured_by_name_and_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    assert conf.api_keys(Env(eager=True), "KEYS") == {}
    monkeypatch.setenv("KEYS", f"hdts:{STORED}, other:{'0' * 64},")
    assert conf.api_keys(Env(eager=True), "KEYS") == {"hdts": STORED, "other": "0" * 64}


@pytest.mark.parametrize("bad", ["secret", "hdts:secret", f":{STORED}", f"hdts:{STORED.upper()}"])
def test_what_is_no_digest_stops_the_service(monkeypatch: pytest.MonkeyPatch, bad: str) -> None:
    monkeypatch.setenv("KEYS", bad)
    with pytest.raises(ValueError, match="KEYS"):
        conf.api_keys(Env(eager=True), "KEYS")
