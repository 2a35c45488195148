from django.urls import path

from . import api, api_files

urlpatterns = [
    path("users/", api.UsersView.as_view()),
    path("users/me/", api.MeView.as_view()),
    path("users/me/picture/", api_files.MyPictureView.as_view()),
    path("users/export/", api_files.ExportView.as_view()),
    path("users/import/", api_files.ImportView.as_view()),
    path("users/<int:user_id>/", api.UserView.as_view()),
    path("users/<int:user_id>/deactivate/", api.DeactivateView.as_view()),
    path("users/<int:user_id>/reactivate/", api.ReactivateView.as_view()),
    path("users/<int:user_id>/picture/", api_files.PictureView.as_view()),
]
