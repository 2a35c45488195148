"""Routes of the ledger."""

from django.urls import path

from . import api

urlpatterns = [
    path("ingest/", api.LedgerView.as_view()),
    path("ingest/validate/", api.ValidateView.as_view()),
    path("ingest/replay/", api.ReplayAllView.as_view()),
    path("ingest/<int:inbox_id>/", api.DeliveryView.as_view()),
    path("ingest/<int:inbox_id>/replay/", api.ReplayView.as_view()),
    path("dead-letters/", api.DeadLettersView.as_view()),
    path("dead-letters/<int:inbox_id>/", api.DeadLetterView.as_view()),
    path("dead-letters/<int:inbox_id>/replay/", api.ReplayDeadLetterView.as_view()),
    path("dead-letters/<int:inbox_id>/park/", api.ParkDeadLetterView.as_view()),
    path("tickets/<int:ticket_id>/assign-workflow/", api.AssignWorkflowView.as_view()),
]
