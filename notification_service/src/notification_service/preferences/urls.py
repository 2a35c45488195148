from django.urls import path

from .api import PreferencesView

urlpatterns = [path("", PreferencesView.as_view(), name="preferences")]
