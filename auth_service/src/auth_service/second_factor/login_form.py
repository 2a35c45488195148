"""The sign-in page of the Django admin asks for the second factor as well."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from unfold.forms import AuthenticationForm
from unfold.widgets import UnfoldAdminTextInputWidget


class TwoStepForm(AuthenticationForm):  # type: ignore[misc]
    """Name, password and, for those who have one, a code; it stands outside of the form's tag."""

    otp_code = forms.CharField(
        label="Code of your second factor, if you have one",
        required=False,
        max_length=32,
        widget=UnfoldAdminTextInputWidget(
            attrs={"form": "login-form", "autocomplete": "one-time-code"}
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Check all three at once, so that a wrong password says nothing about the factor."""
        given: dict[str, Any] = self.cleaned_data
        request: HttpRequest | None = self.request
        self.user_cache = authenticate(
            request,
            username=given.get("username"),
            password=given.get("password"),
            otp_code=given.get("otp_code"),
        )
        if self.user_cache is None:
            raise self.get_invalid_login_error()
        self.confirm_login_allowed(self.user_cache)
        return given
