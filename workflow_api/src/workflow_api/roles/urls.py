"""Routes of roles."""

from django.urls import path

from workflow_api.roles import api

urlpatterns = [
    path("roles/", api.RolesView.as_view()),
    path("roles/<int:role_id>/", api.RoleView.as_view()),
    path("roles/<int:role_id>/members/", api.MembersView.as_view()),
    path("people/me/availability/", api.OwnAvailabilityView.as_view()),
    path("people/<int:user_id>/availability/", api.AvailabilityView.as_view()),
]
