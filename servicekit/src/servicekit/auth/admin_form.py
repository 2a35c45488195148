"""The sign-in page of the Django admins: name and password, then a code of who has a factor."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate, logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from unfold.forms import AuthenticationForm
from unfold.widgets import UnfoldAdminTextInputWidget

from servicekit.errors import DomainError, Unauthenticated

from .admin import keep
from .remote import AttemptOver, CodeWanted

WAITING = "admin_second_step"  # in the session: otp_session and method, never a password
HINTS = {
    "totp": "Enter the code of your authenticator app, or a recovery code.",
    "email": "Enter the code that was just mailed to you, or a recovery code.",
}


class TwoStepForm(AuthenticationForm):  # type: ignore[misc]
    """Its template shows the fields of one step; opening the page anew begins with the first."""

    otp_code = forms.CharField(
        label="Code",
        required=False,
        max_length=32,
        widget=UnfoldAdminTextInputWidget(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
    )
    request: HttpRequest

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        if request.method == "GET":
            request.session.pop(WAITING, None)
        for name in ("username", "password"):
            self.fields[name].required = not self.is_second_step

    @property
    def is_second_step(self) -> bool:
        """Whether the password was right and a code is waited for."""
        return WAITING in self.request.session

    @property
    def hint(self) -> str:
        """Where the code of the second step comes from."""
        return HINTS.get(self.request.session[WAITING]["method"], HINTS["totp"])

    def clean(self) -> dict[str, Any]:
        """Take one step; what Auth refuses is said in its words."""
        given: dict[str, Any] = self.cleaned_data
        try:
            self._step(given)
        except CodeWanted as wanted:
            self.request.session[WAITING] = wanted.params
            raise ValidationError("", code="code wanted") from wanted
        except DomainError as refused:
            if isinstance(refused, AttemptOver):
                self.request.session.pop(WAITING, None)
            raise ValidationError(refused.sentence, code="refused") from refused
        return given

    def _step(self, given: dict[str, Any]) -> None:
        if self.is_second_step:
            if not given.get("otp_code"):
                raise Unauthenticated(self.hint)
            waiting = self.request.session[WAITING]["otp_session"]
            what = {"otp_session": waiting, "code": given["otp_code"]}
        else:
            what = {"username": given.get("username"), "password": given.get("password")}
        user: Any = authenticate(self.request, **what)
        if user is None:
            raise self.get_invalid_login_error()
        self.request.session.pop(WAITING, None)
        self.confirm_login_allowed(user)
        logout(self.request)
        if principal := getattr(user, "principal", None):  # Auth's own people have none
            keep(self.request, principal)
        self.user_cache = user
