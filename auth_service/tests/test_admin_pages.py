"""The Django admin: who gets in, that every page opens, that writes go through the services."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from conftest import PASSWORD
from django.contrib import admin
from django.test import Client
from second_factors import with_app

from auth_service.access.models import Membership, Role
from auth_service.accounts.models import User
from auth_service.audit.actors import OPERATOR, Actor
from auth_service.audit.models import AuditEntry
from auth_service.credentials import services as credentials
from auth_service.credentials.models import Kind
from auth_service.invitations import services as invitations
from auth_service.second_factor.models import SecondFactor
from auth_service.tokens import keyring, sessions
from auth_service.tokens.models import Session, SigningKey
from servicekit.contracts import RoleSync, UserSystemRoleSync

pytestmark = pytest.mark.django_db
Person = Callable[..., User]
PAGES = {
    "accounts_user",
    "access_system",
    "access_role",
    "access_membership",
    "tokens_session",
    "second_factor_secondfactor",
    "credentials_credential",
    "tokens_signingkey",
    "audit_auditentry",
    "invitations_invitation",
    "invitations_registration",
}

NEW = {"username": "new", "email": "new@example.com", "password": "Quite-A-Long-Secret-9"}


def sign_in(client: Client, name: str, password: str = PASSWORD) -> Any:
    form = {"username": name, "password": password, "next": "/admin/"}
    return client.post("/admin/login/", form)


@pytest.fixture
def root(client: Client, person: Person) -> Client:
    person("root", ("tts", "Admin"), is_superuser=True)
    assert sign_in(client, "root").status_code == 302
    return client


def test_administrators_of_tts_get_in_and_others_do_not(client: Client, person: Person) -> None:
    person("boss", ("tts", "Admin"))
    person("agent", ("tts", "L1 Support"))
    person("other", ("ams", "Admin"))
    for name in ("agent", "other"):
        assert sign_in(client, name).status_code == 200
        assert client.get("/admin/").status_code == 302
    assert sign_in(client, "boss").status_code == 302
    assert client.get("/admin/").status_code == 200


def test_the_admin_sign_in_is_limited_like_every_other(client: Client, person: Person) -> None:
    person("boss", ("tts", "Admin"))
    for _ in range(5):
        sign_in(client, "boss", "wrong-password-1")
    assert sign_in(client, "boss").status_code == 200
    assert AuditEntry.objects.filter(action="sign_in_refused").count() == 5


def test_every_page_opens(root: Client, person: Person, at: datetime) -> None:
    user = person("ana", ("tts", "L1 Support"))
    sessions.begin(user_id=user.pk, client=sessions.Client(), at=at)
    keyring.rotate(by=OPERATOR, at=at)
    SecondFactor.objects.create(user=user)
    credentials.create(kind=Kind.API_KEY, name="CI", scopes=["users:read"], by=OPERATOR, at=at)
    invitations.register(**NEW, first_name="", last_name="", by=OPERATOR, at=at)
    inviter = Actor(user_id=user.pk, is_superuser=True)
    invited = {"email": "i@example.com", "first_name": "", "last_name": "", "role_ids": []}
    invitations.invite(**invited, by=inviter, at=at)
    registered = {
        f"{model._meta.app_label}_{model._meta.model_name}": model
        for model in admin.site._registry
        if model.__module__.startswith("auth_service")
    }
    assert set(registered) == PAGES
    for name, model in registered.items():
        path = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert root.get(path).status_code == 200, path
        row = model._default_manager.first()
        assert row is not None, name
        assert root.get(f"{path}{row.pk}/change/").status_code == 200, path


def test_the_private_key_is_on_no_page(root: Client, at: datetime) -> None:
    keyring.keyring.signing(at=at)
    key = SigningKey.objects.get()
    page = root.get(f"/admin/tokens/signingkey/{key.pk}/change/").content
    assert key.kid.encode() in page
    assert b"sealed" not in page
    assert bytes(key.sealed_private_key)[:20] not in page


def test_people_are_made_and_changed_through_the_services(root: Client, outbox_of: Any) -> None:
    form = {"username": "new.one", "email": "n@example.com", "first_name": "N", "last_name": "O"}
    form |= {"is_active": "on", "new_password": "Quite-A-Long-Secret-9"}
    assert root.post("/admin/accounts/user/add/", form).status_code == 302
    user = User.objects.get(username="new.one")
    assert user.check_password("Quite-A-Long-Secret-9")
    path = f"/admin/accounts/user/{user.pk}/change/"
    assert root.post(path, form | {"first_name": "Nora", "new_password": ""}).status_code == 302
    heard = outbox_of(UserSystemRoleSync)[-1]
    assert (heard.full_name, heard.version) == ("Nora O", 2)
    assert AuditEntry.objects.get(action="user_changed").actor == "root"


def test_a_weak_password_or_a_taken_name_is_shown_beside_its_field(root: Client) -> None:
    form = {"username": "ROOT", "email": "n@example.com", "new_password": "short"}
    page = root.post("/admin/accounts/user/add/", form)
    assert page.status_code == 200
    assert set(page.context["adminform"].form.errors) >= {"new_password"}
    assert User.objects.count() == 1


def test_setting_a_password_ends_every_session(root: Client, person: Person, at: datetime) -> None:
    user = person("ana")
    sessions.begin(user_id=user.pk, client=sessions.Client(), at=at)
    form = {"username": "ana", "email": "ana@example.com", "is_active": "on"}
    form["new_password"] = "Another-Long-Secret-2"
    root.post(f"/admin/accounts/user/{user.pk}/change/", form)
    assert Session.objects.get().end_reason == "password"


def test_changing_ones_own_password_ends_every_session_and_is_audited(
    root: Client, at: datetime
) -> None:
    user = User.objects.get(username="root")
    sessions.begin(user_id=user.pk, client=sessions.Client(), at=at)
    assert root.get("/admin/password_change/").status_code == 200
    form = {"old_password": PASSWORD}
    weak = root.post("/admin/password_change/", form | new_password("short"))
    assert weak.status_code == 200
    changed = root.post("/admin/password_change/", form | new_password("Another-Long-Secret-2"))
    assert changed.status_code == 302
    assert Session.objects.get().end_reason == "password"
    assert AuditEntry.objects.get(action="password_set").actor == "root"
    assert root.get("/admin/").status_code == 200


def new_password(text: str) -> dict[str, str]:
    return {"new_password1": text, "new_password2": text}


def test_roles_and_memberships_go_through_the_services(
    root: Client, person: Person, outbox_of: Any
) -> None:
    tts = Role.objects.get(name="L1 Support").system
    form = {"system": tts.pk, "name": "L3 Support", "description": "x", "permissions": "a,b"}
    assert root.post("/admin/access/role/add/", form).status_code == 302
    role = Role.objects.get(name="L3 Support")
    assert (role.permissions, outbox_of(RoleSync)[-1].role_id) == (["a", "b"], role.pk)
    user = person("ana")
    given = root.post("/admin/access/membership/add/", {"user": user.pk, "role": role.pk})
    assert given.status_code == 302
    held = Membership.objects.get(user=user)
    suspend = {"action": "suspend", "_selected_action": [held.pk]}
    assert root.post("/admin/access/membership/", suspend).status_code == 302
    assert not Membership.objects.get(user=user).is_active
    taken = root.post(f"/admin/access/membership/{held.pk}/delete/", {"post": "yes"})
    assert taken.status_code == 302
    assert not Membership.objects.filter(user=user).exists()
    assert outbox_of(UserSystemRoleSync)[-1].system_roles == []
    retired = root.post(f"/admin/access/role/{role.pk}/delete/", {"post": "yes"})
    assert retired.status_code == 302
    assert outbox_of(RoleSync)[-1].action == "delete"


def test_a_refusal_is_a_sentence_not_a_crash(root: Client) -> None:
    user = User.objects.get(username="root")
    role = Role.objects.get(name="L1 Support")
    page = root.post(
        "/admin/access/membership/add/", {"user": user.pk, "role": role.pk}, follow=True
    )
    assert page.status_code == 200
    assert "Nobody changes their own roles" in page.content.decode()
    assert user.memberships.count() == 1


def test_a_session_can_be_ended(root: Client, person: Person, at: datetime) -> None:
    issued = sessions.begin(user_id=person("ana").pk, client=sessions.Client(), at=at)
    chosen = {"action": "end_sessions", "_selected_action": [str(issued.session.pk)]}
    root.post("/admin/tokens/session/", chosen)
    assert Session.objects.get().end_reason == "admin"


def test_somebody_locked_is_unlocked(root: Client, person: Person) -> None:
    ana = person("ana")
    body = {"username": "ana", "password": PASSWORD}
    for _ in range(5):
        root.post("/token/", body | {"password": "wrong-password-1"}, "application/json")
    assert root.post("/token/", body, "application/json").status_code == 429
    form = {"action": "unlock", "_selected_action": [ana.pk]}
    assert root.post("/admin/accounts/user/", form).status_code == 302
    assert root.post("/token/", body, "application/json").status_code == 200
    assert AuditEntry.objects.filter(action="unlocked", subject=f"user:{ana.pk}").exists()


def test_a_lost_second_factor_and_a_key_are_withdrawn(
    root: Client, person: Person, settings: Any, at: datetime
) -> None:
    ana = person("ana")
    with_app(ana, settings.SIGNING_KEY_SECRET)
    key = credentials.create(
        kind=Kind.API_KEY, name="CI", scopes=["users:read"], by=OPERATOR, at=at
    )
    form = {"action": "switch_off", "_selected_action": [ana.pk]}
    root.post("/admin/second_factor/secondfactor/", form)
    assert SecondFactor.objects.get(pk=ana.pk).method == ""
    form = {"action": "withdraw", "_selected_action": [key.credential.pk]}
    root.post("/admin/credentials/credential/", form)
    key.credential.refresh_from_db()
    assert key.credential.revoked_at is not None
    page = root.get(f"/admin/credentials/credential/{key.credential.pk}/change/").content
    assert key.secret.encode() not in page
