from django.urls import path

from .api import FailedView, HistoryView, RetryView, SendView

urlpatterns = [
    path("send/", SendView.as_view(), name="mail-send"),
    path("history/", HistoryView.as_view(), name="mail-history"),
    path("failed/", FailedView.as_view(), name="mail-failed"),
    path("failed/<int:mail_id>/retry/", RetryView.as_view(), name="mail-retry"),
]
