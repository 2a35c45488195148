"""AMS_URL is the service's address plus /ams, BMS_URL the same plus /bms."""

from django.urls import path

from . import api

urlpatterns = [
    path("ams/api/assets/", api.AssetsView.as_view()),
    path("ams/api/assets/reserve/", api.ReserveView.as_view()),
    path("bms/api/budgets/", api.BudgetLinesView.as_view()),
    path("bms/api/budget/check/", api.BudgetCheckView.as_view()),
    path("bms/oauth/token/", api.TokenView.as_view()),
    path("api/simulators/", api.SimulatorsView.as_view()),
    path("api/simulators/reset/", api.ResetView.as_view()),
    path("api/simulators/<slug:name>/mode/", api.ModeView.as_view()),
]
