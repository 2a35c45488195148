"""Routes of migrations."""

from django.urls import path

from . import api

urlpatterns = [
    path("workflows/<int:workflow_id>/migrate/", api.MigrateView.as_view()),
    path("workflows/<int:workflow_id>/migrations/", api.UpgradesView.as_view()),
    path("workflows/<int:workflow_id>/migrations/<int:upgrade_id>/", api.UpgradeView.as_view()),
    path(
        "workflows/<int:workflow_id>/migrations/<int:upgrade_id>/cancel/",
        api.CancelView.as_view(),
    ),
    path("workflows/<int:workflow_id>/migrations/<int:upgrade_id>/undo/", api.UndoView.as_view()),
]
