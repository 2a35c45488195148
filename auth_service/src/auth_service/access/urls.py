from django.urls import path

from . import api

urlpatterns = [
    path("systems/", api.SystemsView.as_view()),
    path("systems/<int:system_id>/", api.SystemView.as_view()),
    path("roles/", api.RolesView.as_view()),
    path("roles/<int:role_id>/", api.RoleView.as_view()),
    path("user-roles/", api.UserRolesView.as_view()),
    path("user-roles/<int:assignment_id>/", api.UserRoleView.as_view()),
]
