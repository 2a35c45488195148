from django.urls import path

from . import api, token_api

urlpatterns = [
    path("service-token/", token_api.ServiceTokenView.as_view()),
    path("api/v1/api-keys/", api.ApiKeysView.as_view()),
    path("api/v1/api-keys/<int:key_id>/", api.ApiKeyView.as_view()),
    path("api/v1/api-keys/<int:key_id>/rotate/", api.ApiKeyRotateView.as_view()),
    path("api/v1/service-clients/", api.ServiceClientsView.as_view()),
    path("api/v1/service-clients/<int:client_id>/", api.ServiceClientView.as_view()),
    path("api/v1/service-clients/<int:client_id>/rotate/", api.ServiceClientRotateView.as_view()),
]
