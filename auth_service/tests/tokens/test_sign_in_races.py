"""What happens to an account while somebody is on the way in: nothing old opens a session."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from conftest import PASSWORD
from second_factors import with_app

from auth_service.accounts import services as accounts
from auth_service.accounts.models import User
from auth_service.audit.actors import OPERATOR
from auth_service.second_factor import challenges
from auth_service.tokens import services, sessions, steps
from auth_service.tokens.models import Session
from servicekit.errors import Unauthenticated

pytestmark = pytest.mark.django_db
Person = Callable[..., User]
Happening = Callable[[User, datetime], None]
CLIENT = sessions.Client()


def new_password(user: User, at: datetime) -> None:
    accounts.set_password(user_id=user.pk, password="Another-Horse-8-Staple", by=OPERATOR, at=at)


def closed(user: User, at: datetime) -> None:
    accounts.deactivate_user(user_id=user.pk, by=OPERATOR, at=at)


@pytest.fixture(params=[new_password, closed])
def happens(request: pytest.FixtureRequest) -> Happening:
    return request.param  # type: ignore[no-any-return]


def after(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, work: Callable[[], None]
) -> None:
    """Let `work` happen right after a function of a module has returned."""
    original = getattr(module, name)

    def run(*args: Any, **kwargs: Any) -> Any:
        answer = original(*args, **kwargs)
        work()
        return answer

    monkeypatch.setattr(module, name, run)


@pytest.fixture
def ana(person: Person) -> User:
    return person("ana", ("tts", "L1 Support"))


def no_session_opens(user: User, work: Callable[[], object]) -> None:
    """Check that this way in leads nowhere and leaves nothing behind."""
    with pytest.raises(Unauthenticated):
        work()
    assert not Session.objects.exists()
    user.refresh_from_db()
    assert user.last_login is None


def test_a_password_that_was_replaced_since_it_was_checked_opens_no_session(
    ana: User, at: datetime, monkeypatch: pytest.MonkeyPatch, happens: Happening
) -> None:
    after(monkeypatch, steps, "check_second", lambda: happens(ana, at))
    no_session_opens(
        ana, lambda: services.sign_in(name="ana", password=PASSWORD, client=CLIENT, at=at)
    )


def test_nor_does_one_that_was_replaced_since_the_code_was_checked(
    ana: User, at: datetime, settings: Any, monkeypatch: pytest.MonkeyPatch, happens: Happening
) -> None:
    code = with_app(ana, settings.SIGNING_KEY_SECRET)[0]
    waiting = challenges.begin_sign_in(ana, method="totp", ip_address=None, at=at)
    after(monkeypatch, steps, "answered", lambda: happens(ana, at))
    no_session_opens(
        ana,
        lambda: services.finish_sign_in(otp_session=waiting, code=code, client=CLIENT, at=at),
    )


def test_a_session_that_ends_during_its_refresh_yields_no_tokens(
    ana: User, at: datetime, monkeypatch: pytest.MonkeyPatch, happens: Happening
) -> None:
    token = sessions.begin(user_id=ana.pk, client=CLIENT, at=at).token
    after(monkeypatch, sessions, "_claim", lambda: happens(ana, at))
    with pytest.raises(Unauthenticated):
        services.refresh(token=token, client=CLIENT, at=at)
