from django.urls import path

from . import api, api_open

urlpatterns = [
    path("register/", api_open.RegisterView.as_view()),
    path("password/forgot/", api_open.ForgotView.as_view()),
    path("password/reset/", api_open.ResetView.as_view()),
    path("password/change/", api_open.PasswordChangeView.as_view()),
    path("email/confirm/", api_open.ConfirmEmailView.as_view()),
    path("api/v1/invitations/", api.InvitationsView.as_view()),
    path("api/v1/invitations/check/", api_open.CheckInvitationView.as_view()),
    path("api/v1/invitations/accept/", api_open.AcceptInvitationView.as_view()),
    path("api/v1/invitations/<int:invitation_id>/", api.InvitationView.as_view()),
    path("api/v1/invitations/<int:invitation_id>/resend/", api.ResendView.as_view()),
    path("api/v1/registrations/", api.RegistrationsView.as_view()),
    path("api/v1/registrations/<int:registration_id>/approve/", api.ApproveView.as_view()),
    path("api/v1/registrations/<int:registration_id>/reject/", api.RejectView.as_view()),
]
