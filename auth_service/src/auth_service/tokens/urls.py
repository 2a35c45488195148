from django.urls import path

from . import api

urlpatterns = [
    path("token/", api.TokenView.as_view()),
    path("token/refresh/", api.RefreshView.as_view()),
    path("token/verify/", api.VerifyView.as_view()),
    path("login/", api.LoginView.as_view()),
    path("logout/", api.LogoutView.as_view()),
    path(".well-known/jwks.json", api.JwksView.as_view()),
]
