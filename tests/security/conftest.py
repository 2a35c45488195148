"""People of every kind, signed in at the running system."""

import uuid
from collections.abc import Iterator
from functools import cache, cached_property

import httpx
import pytest
from running import System, eventually

SCOPES = (
    "users:read",
    "roles:read",
    "tasks:read",
    "tickets:read",
    "workflows:read",
    "audit:read",
    "notifications:send",
)
PASSWORD = "Nine-Lives-of-the-Cat-7"


class People:
    """One client of each kind of caller; made once, by the administrator."""

    def __init__(self, system: System) -> None:
        self.system = system
        self._made: list[int] = []

    def close(self) -> None:
        """Close the accounts that were made: other tests' tickets are not for them."""
        for user_id in self._made:
            self.system.admin.http.patch(
                f"/auth/api/v1/users/{user_id}/", json={"is_active": False}
            )

    def client(self, kind: str, *, audience: str = "auth_service") -> httpx.Client:
        """Return the client of a kind of caller, as the columns of the matrix name them."""
        if kind == "service":
            return self.service(audience)
        found: httpx.Client = getattr(self, kind)
        return found

    @cache  # noqa: B019  # one object for the whole run
    def service(self, audience: str) -> httpx.Client:
        """Return a service client with a token for one service and every scope."""
        made = self.system.admin.post(
            "/auth/api/v1/service-clients/",
            {"name": f"sec-{audience}", "audiences": [audience], "scopes": list(SCOPES)},
            expect=201,
        )
        http = self.system.anonymous()
        body = {
            "client_id": made["client_id"],
            "client_secret": made["client_secret"],
            "audience": audience,
        }
        answer = http.post("/auth/service-token/", json=body)
        assert answer.status_code == 200, answer.text
        http.headers["Authorization"] = f"Bearer {answer.json()['access']}"
        return http

    def made(self, *roles: tuple[str, str]) -> tuple[int, httpx.Client]:
        """Make a person with these roles and sign them in."""
        name = f"sec-{uuid.uuid4().hex[:10]}"
        body = {"username": name, "email": f"{name}@example.com", "password": PASSWORD}
        admin = self.system.admin
        user_id: int = admin.post("/auth/api/v1/users/", body, expect=201)["id"]
        self._made.append(user_id)
        for system, role in roles:
            found = admin.get("/auth/api/v1/roles/", system=system, page_size=100)["results"]
            role_id = next(each["id"] for each in found if each["name"] == role)
            grant = {"user_id": user_id, "role_id": role_id, "system": system}
            admin.post("/auth/api/v1/user-roles/", grant, expect=201)
        return user_id, self.signed_in(name)

    def signed_in(self, name: str, password: str = PASSWORD) -> httpx.Client:
        """Sign somebody in."""
        http = self.system.anonymous()
        answer = http.post("/auth/token/", json={"username": name, "password": password})
        assert answer.status_code == 200, answer.text
        http.headers["Authorization"] = f"Bearer {answer.json()['access']}"
        return http

    @cached_property
    def anonymous(self) -> httpx.Client:
        return self.system.anonymous()

    @cached_property
    def no_role(self) -> httpx.Client:
        return self.made()[1]

    @cached_property
    def agent(self) -> httpx.Client:
        return self.made(("tts", "L1 Support"))[1]

    @cached_property
    def coordinator(self) -> httpx.Client:
        return self.made(("tts", "Ticket Coordinator"))[1]

    @cached_property
    def admin(self) -> httpx.Client:
        return self.made(("tts", "Admin"))[1]

    @cached_property
    def other_admin(self) -> httpx.Client:
        return self.made(("ams", "Admin"))[1]

    @cached_property
    def disabled(self) -> httpx.Client:
        """Somebody whose account was closed after the token was made, and is so everywhere."""
        user_id, http = self.made(("tts", "L1 Support"))
        self.system.admin.http.patch(f"/auth/api/v1/users/{user_id}/", json={"is_active": False})
        for path in PROBES.values():
            eventually(
                lambda path=path: http.get(path).status_code == 401,  # type: ignore[misc]
                within_s=30,
                what=f"{path} refuses a disabled account",
            )
        return http


PROBES = {
    "auth": "/auth/api/v1/users/me/",
    "workflow": "/workflow/tasks/",
    "messaging": "/messaging/api/comments/?ticket_id=1",
    "notification": "/notification/api/v2/notifications/inapp/",
    "ticket": "/hdts/api/tickets/",
}


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    """The running instance under test."""
    running = System.from_environment()
    yield running
    running.close()


@pytest.fixture(scope="session")
def people(system: System) -> Iterator[People]:
    made = People(system)
    yield made
    made.close()
