from django.urls import path

from . import api

urlpatterns = [
    path("comments/<int:comment_id>/attachments/", api.AttachmentsView.as_view()),
    path("attachments/<uuid:attachment_id>/", api.AttachmentView.as_view()),
]
