from django.urls import path

from . import api

urlpatterns = [
    path("comments/", api.CommentsView.as_view()),
    path("comments/<int:comment_id>/", api.CommentView.as_view()),
    path("comments/<int:comment_id>/rate/", api.RateView.as_view()),
    path("comments/<int:comment_id>/revisions/", api.RevisionsView.as_view()),
]
