"""People come, forget their password, prove who they are, and go; by mail and in every service."""

import re
import uuid
from typing import Any

import httpx
import pyotp
from running import System, eventually

PASSWORD, ANOTHER = "Nine-Lives-of-the-Cat-7", "Ten-Lives-of-the-Cat-88"


def newest_mail(system: System, to: str, *, containing: str) -> str:
    """Return the text of the newest mail to an address, as soon as it has come."""

    def found() -> list[dict[str, Any]]:
        answer = httpx.get(f"{system.status['mail']['api']}/email", trust_env=False).json()
        return [
            each
            for each in answer
            if any(who["address"] == to for who in each["to"]) and containing in each["text"]
        ]

    text: str = eventually(found, what=f"a mail to {to}")[-1]["text"]
    return text


def token_in(text: str) -> str:
    """Return the one-time token of the link in a mail."""
    found = re.search(r"#token=([\w-]+)", text)
    assert found, text
    return found[1]


def someone(system: System) -> tuple[int, str, str]:
    """Make a person; returns id, user name, address."""
    name = f"jo-{uuid.uuid4().hex[:10]}"
    body = {"username": name, "email": f"{name}@example.com", "password": PASSWORD}
    made = system.admin.post("/auth/api/v1/users/", body, expect=201)
    return made["id"], name, body["email"]


def sign_in(system: System, name: str, password: str, **more: str) -> httpx.Response:
    body = {"username": name, "password": password} | more
    return system.anonymous().post("/auth/token/", json=body)


def test_a_forgotten_password_is_set_anew_and_every_session_ends(system: System) -> None:
    _, name, address = someone(system)
    old = sign_in(system, name, PASSWORD).json()
    http = system.anonymous()
    http.headers["Authorization"] = f"Bearer {old['access']}"
    assert http.get("/notification/api/v2/notifications/inapp/").status_code == 200

    assert system.anonymous().post("/auth/password/forgot/", json={"email": address}).is_success
    token = token_in(newest_mail(system, address, containing="/reset#token="))
    body = {"token": token, "password": ANOTHER}
    assert system.anonymous().post("/auth/password/reset/", json=body).status_code == 200
    assert system.anonymous().post("/auth/password/reset/", json=body).status_code == 400

    assert sign_in(system, name, PASSWORD).status_code == 401
    assert sign_in(system, name, ANOTHER).status_code == 200
    spent = {"refresh": old["refresh"]}
    assert system.anonymous().post("/auth/token/refresh/", json=spent).status_code == 401
    eventually(
        lambda: http.get("/notification/api/v2/notifications/inapp/").status_code == 401,
        what="the old token is refused by another service",
    )


def test_who_is_invited_joins_with_the_roles_of_the_invitation(system: System) -> None:
    roles = system.admin.get("/auth/api/v1/roles/", system="tts", page_size=100)["results"]
    role = next(each["id"] for each in roles if each["name"] == "L2 Support")
    name = f"inv-{uuid.uuid4().hex[:10]}"
    address = f"{name}@example.com"
    wanted = {"email": address, "role_ids": [role]}
    system.admin.post("/auth/api/v1/invitations/", wanted, expect=201)

    token = token_in(newest_mail(system, address, containing="/invitation#token="))
    accepted = {"token": token, "username": name, "password": PASSWORD}
    answer = system.anonymous().post("/auth/api/v1/invitations/accept/", json=accepted)
    assert answer.status_code == 201, answer.text
    tokens = sign_in(system, name, PASSWORD).json()
    http = system.anonymous()
    http.headers["Authorization"] = f"Bearer {tokens['access']}"
    me = http.get("/auth/api/v1/users/me/").json()
    assert [each["role_name"] for each in me["roles"]] == ["L2 Support"]
    system.admin.post(f"/auth/api/v1/users/{me['id']}/deactivate/")


def test_who_asks_for_an_account_waits_for_an_administrator(system: System) -> None:
    name = f"reg-{uuid.uuid4().hex[:10]}"
    wanted = {"username": name, "email": f"{name}@example.com", "password": PASSWORD}
    assert system.anonymous().post("/auth/register/", json=wanted).status_code == 202
    assert sign_in(system, name, PASSWORD).status_code == 401

    waiting = system.admin.get("/auth/api/v1/registrations/", state="pending", page_size=100)
    found = next(each for each in waiting["results"] if each["username"] == name)
    system.admin.post(f"/auth/api/v1/registrations/{found['id']}/approve/")
    assert sign_in(system, name, PASSWORD).status_code == 200


def test_a_second_factor_is_asked_for_and_a_code_is_good_once(system: System) -> None:
    _, name, _ = someone(system)
    http = system.anonymous()
    http.headers["Authorization"] = f"Bearer {sign_in(system, name, PASSWORD).json()['access']}"
    setup = http.post("/auth/api/v1/2fa/totp/setup/", json={"password": PASSWORD}).json()
    codes = pyotp.TOTP(setup["secret"])
    proof = {"password": PASSWORD, "code": codes.now()}
    enabled = http.post("/auth/api/v1/2fa/totp/enable/", json=proof)
    assert enabled.status_code == 200, enabled.text
    assert len(enabled.json()["recovery_codes"]) == 10

    refused = sign_in(system, name, PASSWORD)
    assert (refused.status_code, refused.json()["code"]) == (401, "OTP_REQUIRED")
    session = refused.json()["otp_session"]
    headers = {"Authorization": f"Bearer {session}"}
    assert system.anonymous().get("/workflow/tasks/", headers=headers).status_code == 401
    recovery = {"otp_session": session, "code": enabled.json()["recovery_codes"][0]}
    assert system.anonymous().post("/auth/token/otp/", json=recovery).status_code == 200
    again = sign_in(system, name, PASSWORD).json()["otp_session"]
    spent = recovery | {"otp_session": again}
    assert system.anonymous().post("/auth/token/otp/", json=spent).status_code == 401


def test_a_lost_role_counts_everywhere_within_thirty_seconds(system: System) -> None:
    user_id, name, _ = someone(system)
    roles = system.admin.get("/auth/api/v1/roles/", system="tts", page_size=100)["results"]
    role = next(each["id"] for each in roles if each["name"] == "Ticket Coordinator")
    grant = {"user_id": user_id, "role_id": role, "system": "tts"}
    made = system.admin.post("/auth/api/v1/user-roles/", grant, expect=201)
    http = system.anonymous()
    http.headers["Authorization"] = f"Bearer {sign_in(system, name, PASSWORD).json()['access']}"
    assert http.get("/workflow/ingest/").status_code == 200

    path = f"/auth/api/v1/user-roles/{made['assignment_id']}/"
    assert system.admin.http.delete(path).status_code == 204
    eventually(
        lambda: http.get("/workflow/ingest/").status_code == 401, what="the old token is refused"
    )
