"""Routes of calendars."""

from django.urls import path

from workflow_api.sla import api

urlpatterns = [
    path("sla/calendars/", api.CalendarsView.as_view()),
    path("sla/calendars/<int:calendar_id>/", api.CalendarView.as_view()),
]
