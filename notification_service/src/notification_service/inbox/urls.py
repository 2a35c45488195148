from django.urls import path

from .api import AlertsView, AlertView, MarkAllReadView

urlpatterns = [
    path("", AlertsView.as_view(), name="alerts"),
    path("mark-all-read/", MarkAllReadView.as_view(), name="alerts-mark-all-read"),
    path("<int:notification_id>/", AlertView.as_view(), name="alert"),
]
