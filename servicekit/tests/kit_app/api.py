from datetime import timedelta

from django.db import DataError, OperationalError
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kit_app.models import Effect
from servicekit.api import Duration, Input, idempotent, paginate
from servicekit.auth.permissions import scoped


class EffectIn(Input):
    subject: str
    size: int = 1
    lasts: Duration = timedelta(0)


class EffectOut(serializers.Serializer[Effect]):
    id = serializers.IntegerField()
    subject = serializers.CharField()


class EffectsView(APIView):
    def get(self, request: Request) -> Response:
        return paginate(request, Effect.objects.order_by("-id"), EffectOut, cursor_by=("-id",))

    @idempotent
    def post(self, request: Request) -> Response:
        wanted = EffectIn.parse(request.data)
        effect = Effect.objects.create(subject=wanted.subject)
        return Response({**EffectOut(effect).data, "lasts_s": wanted.lasts.seconds}, status=201)


class ScopedView(EffectsView):
    permission_classes = [scoped("effects:read")]


class BoomView(APIView):
    def get(self, request: Request) -> Response:
        if "database" in request.query_params:
            raise OperationalError("server closed the connection")
        if "value" in request.query_params:
            raise DataError("integer out of range")
        raise ZeroDivisionError("secret detail")
