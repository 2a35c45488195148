from django.urls import path

from . import api

urlpatterns = [
    path("users/", api.UsersView.as_view()),
    path("users/me/", api.MeView.as_view()),
    path("users/<int:user_id>/", api.UserView.as_view()),
]
