from django.urls import path

from .api import PreviewView, TemplatesView, TemplateView

urlpatterns = [
    path("", TemplatesView.as_view(), name="templates"),
    path("<slug:notification_type>/", TemplateView.as_view(), name="template"),
    path("<slug:notification_type>/preview/", PreviewView.as_view(), name="template-preview"),
]
