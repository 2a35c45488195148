from django.urls import path

from . import api, session_api

urlpatterns = [
    path("token/", api.TokenView.as_view()),
    path("token/refresh/", api.RefreshView.as_view()),
    path("token/verify/", api.VerifyView.as_view()),
    path("login/", api.LoginView.as_view()),
    path("token/otp/", api.TokenOtpView.as_view()),
    path("login/otp/", api.LoginOtpView.as_view()),
    path("login/otp/resend/", api.ResendOtpView.as_view()),
    path("api/v1/sessions/", session_api.SessionsView.as_view()),
    path("api/v1/sessions/end-others/", session_api.EndOthersView.as_view()),
    path("api/v1/sessions/end-all/", session_api.EndAllView.as_view()),
    path("api/v1/sessions/<uuid:session>/", session_api.SessionView.as_view()),
    path("api/v1/reauthenticate/", session_api.ReauthenticateView.as_view()),
    path("logout/", api.LogoutView.as_view()),
    path(".well-known/jwks.json", api.JwksView.as_view()),
]
