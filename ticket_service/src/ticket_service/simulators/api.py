"""The simulated AMS and BMS as their clients see them, and the switches beside them."""

from collections.abc import Callable
from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import APIException
from rest_framework.parsers import FormParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from servicekit.api import Input, StrictJSONParser, paginate
from servicekit.auth.permissions import Anyone
from servicekit.errors import IdempotencyMismatch, Invalid

from ..access import HELP_DESK_AUTHENTICATION, MayUseHelpDesk
from . import assets, budgets, credentials, selectors, services
from .answers import Answer, answer_once
from .errors import NoSuchSimulator
from .misbehaviour import behaving
from .models import Name
from .serializers import (
    AssetOut,
    AssetsPageOut,
    BudgetIn,
    BudgetLineOut,
    BudgetLinesPageOut,
    BudgetOut,
    ForeignErrorOut,
    ModeIn,
    NotReservedOut,
    ReservedOut,
    ReserveIn,
    SimulatorOut,
    SimulatorSetOut,
    SimulatorsOut,
    TokenIn,
    TokenOut,
)

KEY = OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER)
AMS_KEY = OpenApiParameter("X-API-Key", str, OpenApiParameter.HEADER, required=True)
BEARER = OpenApiParameter("Authorization", str, OpenApiParameter.HEADER, required=True)


class ForeignView(APIView):
    """An endpoint of somebody else's system: own credentials, own error bodies, no limits."""

    authentication_classes = []
    permission_classes = [Anyone]
    throttle_classes = []


class ReserveView(ForeignView):
    """POST /ams/api/assets/reserve/"""

    @extend_schema(
        operation_id="ams_reserve_asset",
        auth=[],
        parameters=[AMS_KEY, KEY],
        request=ReserveIn,
        responses={200: ReservedOut, 400: NotReservedOut, 401: ForeignErrorOut},
    )
    def post(self, request: Request) -> HttpResponseBase:
        at = timezone.now()

        def work() -> Answer:
            if not credentials.is_ams_key(request.headers.get("X-API-Key", "")):
                return credentials.UNAUTHORIZED
            return _answer(
                Name.AMS,
                request,
                contract=ReserveIn,
                work=lambda wanted: assets.reserve(**wanted, at=at),
                invalid=lambda status, reason: Answer(
                    status, {"error": reason, "available_alternatives": []}
                ),
            )

        refusal = assets.refusal("Reservations are closed for the inventory.", at=at)
        return behaving(name=Name.AMS, refusal=refusal, work=work, at=at)


class BudgetCheckView(ForeignView):
    """POST /bms/api/budget/check/"""

    @extend_schema(
        operation_id="bms_check_budget",
        auth=[],
        parameters=[BEARER, KEY],
        request=BudgetIn,
        responses={200: BudgetOut, 400: ForeignErrorOut, 401: ForeignErrorOut},
    )
    def post(self, request: Request) -> HttpResponseBase:
        at = timezone.now()

        def work() -> Answer:
            if not credentials.is_bms_token(request.headers.get("Authorization", "")):
                return credentials.UNAUTHORIZED
            return _answer(
                Name.BMS,
                request,
                contract=BudgetIn,
                work=lambda wanted: budgets.check(**wanted, at=at),
                invalid=lambda status, reason: Answer(status, {"error": reason}),
            )

        refusal = budgets.refusal("The fiscal year is closed.", code="BUDGET_CLOSED")
        return behaving(name=Name.BMS, refusal=refusal, work=work, at=at)


class TokenView(ForeignView):
    """POST /bms/oauth/token/"""

    parser_classes = [FormParser, StrictJSONParser]

    @extend_schema(
        operation_id="bms_token",
        auth=[],
        request={"application/x-www-form-urlencoded": TokenIn, "application/json": TokenIn},
        responses={200: TokenOut, 400: ForeignErrorOut, 401: ForeignErrorOut},
    )
    def post(self, request: Request) -> HttpResponseBase:
        form = request.data if isinstance(request.data, dict) else {}

        def work() -> Answer:
            authorization = request.headers.get("Authorization", "")
            return credentials.grant(authorization=authorization, form=form)

        refusal = Answer(400, {"error": "unauthorized_client"})
        answer = behaving(name=Name.BMS_TOKEN, refusal=refusal, work=work, at=timezone.now())
        answer["Cache-Control"] = "no-store"
        return answer


class AssetsView(APIView):
    """GET /ams/api/assets/"""

    authentication_classes = HELP_DESK_AUTHENTICATION
    permission_classes = [MayUseHelpDesk]

    @extend_schema(operation_id="ams_assets", responses=AssetsPageOut)
    def get(self, request: Request) -> Response:
        return paginate(request, selectors.assets(), AssetOut)


class BudgetLinesView(APIView):
    """GET /bms/api/budgets/"""

    authentication_classes = HELP_DESK_AUTHENTICATION
    permission_classes = [MayUseHelpDesk]

    @extend_schema(operation_id="bms_budgets", responses=BudgetLinesPageOut)
    def get(self, request: Request) -> Response:
        return paginate(request, selectors.budget_lines(), BudgetLineOut)


class SimulatorsView(APIView):
    """GET /api/simulators/"""

    authentication_classes = HELP_DESK_AUTHENTICATION
    permission_classes = [MayUseHelpDesk]

    @extend_schema(operation_id="simulators", responses=SimulatorsOut)
    def get(self, request: Request) -> Response:
        return Response(SimulatorsOut({"simulators": selectors.simulators()}).data)


class ModeView(APIView):
    """POST /api/simulators/{name}/mode/"""

    authentication_classes = HELP_DESK_AUTHENTICATION
    permission_classes = [MayUseHelpDesk]

    @extend_schema(operation_id="simulator_mode", request=ModeIn, responses=SimulatorSetOut)
    def post(self, request: Request, name: str) -> Response:
        if name not in Name.values:
            raise NoSuchSimulator(name=name, known=", ".join(Name.values))
        wanted = ModeIn.parse(request.data)
        switch = services.set_mode(
            name=name,
            mode=wanted.mode,
            delay_ms=wanted.delay_ms,
            remaining=wanted.remaining,
            at=timezone.now(),
        )
        message = f"{name} behaves {wanted.mode} now."
        return Response(SimulatorOut(switch).data | {"message": message})


class ResetView(APIView):
    """POST /api/simulators/reset/"""

    authentication_classes = HELP_DESK_AUTHENTICATION
    permission_classes = [MayUseHelpDesk]

    @extend_schema(operation_id="simulators_reset", request=None, responses=SimulatorsOut)
    def post(self, request: Request) -> Response:
        services.reset(at=timezone.now())
        return Response(SimulatorsOut({"simulators": selectors.simulators()}).data)


def _answer(
    name: str,
    request: Request,
    *,
    contract: type[Input],
    work: Callable[[dict[str, Any]], Answer],
    invalid: Callable[[int, str], Answer],
) -> Answer:
    """Parse, then work once for the request's idempotency key; faults in the system's own words."""
    try:
        wanted = contract.parse(request.data).model_dump()
        return answer_once(
            simulator=name,
            key=request.headers.get("Idempotency-Key", "")[:200],
            request=wanted,
            work=lambda: work(wanted),
            at=timezone.now(),
        )
    except (Invalid, IdempotencyMismatch) as exc:
        return invalid(exc.status, exc.sentence)
    except APIException as exc:
        return invalid(exc.status_code, str(exc.detail))
