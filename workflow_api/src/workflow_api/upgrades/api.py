"""HTTP: open tasks taken to another version of their workflow."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from servicekit.api import IDEMPOTENCY_KEY, idempotent, paginate
from servicekit.auth import caller
from servicekit.auth.permissions import IsAdmin
from workflow_api.openapi import CURSOR, PAGES, page_of, query

from . import selectors, services
from .inputs import MigrateIn, MigrateQuery, UpgradeQuery
from .models import AT_WORK, Upgrade, UpgradeState
from .preview import Preview, preview_of
from .rules import Verdict
from .serializers import (
    LandingOut,
    PreviewOut,
    PreviewTasksOut,
    UpgradedTaskOut,
    UpgradeOut,
    UpgradeSavedOut,
    UpgradeTasksOut,
)
from .tokens import token_of

AT_ONCE = 200  # tasks that a request works off by itself
PATIENCE = timedelta(seconds=20)  # and how long it takes for that; the rest is left to the sweep


class MigrateView(APIView):
    """/workflows/{workflow_id}/migrate/"""

    permission_classes = [IsAdmin]

    @extend_schema(
        operation_id="workflows_migrate",
        parameters=[*query(MigrateQuery), *PAGES, CURSOR, IDEMPOTENCY_KEY],
        request=MigrateIn,
        responses={200: PreviewTasksOut, 201: UpgradeSavedOut, 202: UpgradeSavedOut},
    )
    def post(self, request: Request, workflow_id: int) -> Response:
        """Preview where open tasks would land; with `apply`, move the safe ones.

        A preview (200) writes nothing. Up to 200 tasks are moved at once (201), more of them in
        the background (202).
        """
        wanted = MigrateIn.parse(request.data)
        if not wanted.apply:
            return _preview(request, preview_of(wanted.wanted(workflow_id)), at=timezone.now())
        begun = self._begin(request, workflow_id, wanted)
        return _work_off(workflow_id, begun.data["upgrade_id"], status=201)

    @idempotent
    def _begin(self, request: Request, workflow_id: int, wanted: MigrateIn) -> Response:
        begun = services.begin_upgrade(
            wanted.wanted(workflow_id),
            token=wanted.preview_token,
            by=caller(request),
            at=timezone.now(),
            notes=wanted.notes,
        )
        return Response({"upgrade_id": begun.pk}, status=201)


class UpgradesView(APIView):
    """/workflows/{workflow_id}/migrations/"""

    permission_classes = [IsAdmin]

    @extend_schema(
        operation_id="workflows_migrations_list", parameters=PAGES, responses=page_of(UpgradeOut)
    )
    def get(self, request: Request, workflow_id: int) -> Response:
        """List the migrations of a workflow, the newest first."""
        return paginate(request, selectors.upgrades(workflow_id), UpgradeOut)


class UpgradeView(APIView):
    """/workflows/{workflow_id}/migrations/{upgrade_id}/"""

    permission_classes = [IsAdmin]

    @extend_schema(
        operation_id="workflows_migrations_read",
        parameters=[*query(UpgradeQuery), *PAGES, CURSOR],
        responses=UpgradeTasksOut,
    )
    def get(self, request: Request, workflow_id: int, upgrade_id: int) -> Response:
        """Read a migration, and what became of its tasks page by page."""
        wanted = UpgradeQuery.parse(request.query_params)
        found = selectors.upgrade(workflow_id=workflow_id, upgrade_id=upgrade_id)
        rows = selectors.tasks_of(upgrade_id, outcome=wanted.outcome, reason=wanted.reason)
        extra = dict(UpgradeOut(found).data)
        return paginate(request, rows, UpgradedTaskOut, cursor_by=("id",), extra=extra)


class CancelView(APIView):
    """/workflows/{workflow_id}/migrations/{upgrade_id}/cancel/"""

    permission_classes = [IsAdmin]

    @extend_schema(
        operation_id="workflows_migrations_cancel", request=None, responses=UpgradeSavedOut
    )
    def post(self, request: Request, workflow_id: int, upgrade_id: int) -> Response:
        """Move no more tasks; what was moved stays until it is undone."""
        ids = {"workflow_id": workflow_id, "upgrade_id": upgrade_id}
        services.cancel_upgrade(**ids, by=caller(request), at=timezone.now())
        return _shown(selectors.upgrade(**ids))


class UndoView(APIView):
    """/workflows/{workflow_id}/migrations/{upgrade_id}/undo/"""

    permission_classes = [IsAdmin]

    @extend_schema(
        operation_id="workflows_migrations_undo",
        parameters=[IDEMPOTENCY_KEY],
        request=None,
        responses={200: UpgradeSavedOut, 202: UpgradeSavedOut},
    )
    def post(self, request: Request, workflow_id: int, upgrade_id: int) -> Response:
        """Put back every task that has not changed since, within 24 hours."""
        self._begin(request, workflow_id, upgrade_id)
        return _work_off(workflow_id, upgrade_id, status=200)

    @idempotent
    def _begin(self, request: Request, workflow_id: int, upgrade_id: int) -> Response:
        services.begin_undo(
            workflow_id=workflow_id,
            upgrade_id=upgrade_id,
            by=caller(request),
            at=timezone.now(),
        )
        return Response({"upgrade_id": upgrade_id})


def _preview(request: Request, preview: Preview, *, at: datetime) -> Response:
    wanted = MigrateQuery.parse(request.query_params)
    rows = preview.candidates
    if wanted.verdict or wanted.reason:
        rows = preview.landing_as(wanted.verdict, wanted.reason)
    return paginate(
        request,
        rows.select_related("ticket", "assignee").order_by("number"),
        LandingOut,
        cursor_by=("number",),
        context={"preview": preview},
        extra=dict(PreviewOut(_body(preview, at=at)).data),
    )


def _body(preview: Preview, *, at: datetime) -> dict[str, Any]:
    verdicts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for group in preview.groups:
        verdicts[group.landing.verdict] += group.tasks
        if group.landing.reason is not None:
            reasons[group.landing.reason.value] += group.tasks
    counts = {each.value: verdicts[each] for each in Verdict} | {
        "total": preview.total,
        "safe": preview.safe,
        "reassigned": sum(group.reassigned for group in preview.groups),
        "reasons": reasons,
    }
    return {
        "workflow_id": preview.wanted.workflow_id,
        "to_version": preview.target.number,
        "counts": counts,
        "groups": preview.groups,
        "unused_mappings": preview.unused_mappings(),
        "unknown_tasks": preview.unknown_tasks(),
        "preview_token": token_of(preview, at=at),
        "message": f"Nothing was changed. {preview.safe} of {preview.total} tasks can be moved to "
        f"version {preview.target.number}.",
    }


def _work_off(workflow_id: int, upgrade_id: int, *, status: int) -> Response:
    """Work off a small migration now, leave a large one to the sweep, and show it."""
    found = selectors.upgrade(workflow_id=workflow_id, upgrade_id=upgrade_id)
    if found.total <= AT_ONCE:
        services.work(upgrade_id, at=timezone.now(), patience=PATIENCE)
        found = selectors.upgrade(workflow_id=workflow_id, upgrade_id=upgrade_id)
    return _shown(found, status=202 if found.state in AT_WORK else status)


def _shown(found: Upgrade, *, status: int = 200) -> Response:
    body = dict(UpgradeOut(found).data) | {"message": _sentence(found)}
    return Response(body, status=status)


def _sentence(found: Upgrade) -> str:
    if found.state in AT_WORK:
        return "The tasks are taken over in the background."
    outcomes = found.counts["outcomes"]
    if found.undone_at is None:
        moved = f"{outcomes['moved']} of {found.total} tasks were moved"
        is_cancelled = found.state == UpgradeState.CANCELLED
        return f"{moved} before it was cancelled." if is_cancelled else f"{moved}."
    moved = outcomes["put_back"] + outcomes["left"]
    return f"{outcomes['put_back']} of {moved} tasks were put back; the others stay."
