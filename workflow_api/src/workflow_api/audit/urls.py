"""Routes of the trail."""

from django.urls import path

from workflow_api.audit import api

urlpatterns = [
    path("audit/", api.AuditView.as_view()),
    path("audit/anchors/", api.AnchorsView.as_view()),
    path("audit/verify/", api.VerifyView.as_view()),
]
