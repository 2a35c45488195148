from django.urls import path

from . import api

urlpatterns = [
    path("api/tickets/", api.TicketsView.as_view()),
    path("api/tickets/generate/", api.GenerateView.as_view()),
    path("api/tickets/<slug:ticket_id>/", api.TicketView.as_view()),
    path("api/tickets/<slug:ticket_id>/publish/", api.PublishView.as_view()),
    path("api/tickets/<slug:ticket_id>/attachments/", api.AttachmentsView.as_view()),
    path(
        "api/tickets/<slug:ticket_id>/attachments/<uuid:attachment_id>/",
        api.AttachmentView.as_view(),
    ),
]
