"""HTTP: why somebody holds a step, and how evenly work is given out."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from servicekit.auth import caller
from servicekit.errors import Forbidden
from workflow_api.openapi import query
from workflow_api.roles import selectors as roles

from .. import fairness, rights
from ..inputs import FairnessQuery
from ..permissions import ReadsTasks
from ..why import why


class ConsideredOut(serializers.Serializer[Any]):
    user_id = serializers.IntegerField()
    user_name = serializers.CharField()
    is_chosen = serializers.BooleanField()
    skip = serializers.ChoiceField(choices=["absent", "off_hours", "at_capacity"], allow_blank=True)
    reason = serializers.CharField()


class WhyOut(serializers.Serializer[Any]):
    assignment_id = serializers.IntegerField(source="assignment.id")
    step_name = serializers.CharField(source="assignment.step_name")
    role = serializers.CharField(source="assignment.role.name")
    user_id = serializers.IntegerField(source="assignment.person_id")
    user_name = serializers.CharField(source="assignment.person.__str__")
    assigned_at = serializers.DateTimeField(source="assignment.assigned_at")
    strategy = serializers.CharField(allow_blank=True)
    sentence = serializers.CharField()
    candidates = ConsideredOut(many=True)


class MemberShareOut(serializers.Serializer[Any]):
    user_id = serializers.IntegerField()
    user_name = serializers.CharField()
    is_member = serializers.BooleanField()
    assignments = serializers.IntegerField()
    given = serializers.IntegerField(help_text="By the workflow's strategy.")
    taken = serializers.IntegerField(help_text="Claimed, or handed over by somebody.")
    effort = serializers.FloatField(help_text="Sum of the weights of the steps.")
    share = serializers.FloatField(help_text="Of the role's effort, from 0 to 1.")
    skips = serializers.DictField(child=serializers.IntegerField())


class RoleSharesOut(serializers.Serializer[Any]):
    role_id = serializers.IntegerField()
    role = serializers.CharField()
    assignments = serializers.IntegerField()
    effort = serializers.FloatField()
    spread = serializers.IntegerField(
        help_text="Most minus least `given` among the members who were never skipped."
    )
    members = MemberShareOut(many=True)


class FairnessOut(serializers.Serializer[Any]):
    since = serializers.DateTimeField()
    until = serializers.DateTimeField()
    roles = RoleSharesOut(many=True)


class WhyView(APIView):
    """/tasks/{task_id}/assignments/{assignment_id}/why/"""

    permission_classes = [ReadsTasks]

    @extend_schema(operation_id="tasks_assignment_why", responses=WhyOut)
    def get(self, request: Request, task_id: str, assignment_id: int) -> Response:
        """Tell in words why somebody was given a step."""
        found = why(task_id, assignment_id, by=caller(request), at=timezone.now())
        return Response(WhyOut(found).data)


class FairnessView(APIView):
    """/reports/fairness/"""

    @extend_schema(
        operation_id="reports_fairness", parameters=query(FairnessQuery), responses=FairnessOut
    )
    def get(self, request: Request) -> Response:
        """Tell how evenly work was given out, by role (admins and coordinators)."""
        if not rights.coordinates_intake(caller(request)):
            raise Forbidden
        wanted = FairnessQuery.parse(request.query_params)
        since, until = wanted.times(timezone.now())
        role_ids = roles.role_ids_named(wanted.role)
        found = fairness.shares(role_ids, since=since, until=until)
        return Response(FairnessOut({"since": since, "until": until, "roles": found}).data)
