from django.urls import path

from . import api

urlpatterns = [
    path("2fa/", api.StatusView.as_view()),
    path("2fa/totp/setup/", api.TotpSetupView.as_view()),
    path("2fa/totp/enable/", api.TotpEnableView.as_view()),
    path("2fa/email/setup/", api.EmailSetupView.as_view()),
    path("2fa/email/enable/", api.EmailEnableView.as_view()),
    path("2fa/disable/", api.DisableView.as_view()),
    path("2fa/recovery-codes/", api.RecoveryCodesView.as_view()),
]
