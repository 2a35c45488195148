"""The waiting list: what nobody holds is given out, however much else waits in vain."""

import pytest
from world import later, received, role, workflow

from workflow_api.roles.models import Availability, Member
from workflow_api.tasks import services
from workflow_api.tasks.services import draining

pytestmark = pytest.mark.django_db


def test_a_role_in_which_nobody_is_eligible_keeps_no_other_role_waiting(monkeypatch):
    away, back = role(3, "L1 Support", 11), role(4, "L2 Support", 21)
    Availability.objects.create(person_id=11, absent_from=later(days=-1))
    Member.objects.filter(role=back).update(is_active=False)
    workflow([{"name": "Triage", "role": away, "is_end": True}], sub_category="Network")
    workflow([{"name": "Repair", "role": back, "is_end": True}], sub_category="Printer")
    urgent = [received(priority="urgent") for _ in range(3)]
    task = received(priority="low", sub_category="Printer")
    Member.objects.filter(role=back).update(is_active=True)
    monkeypatch.setattr(draining, "AT_ONCE", 2)

    assert services.assign_waiting(at=later(hours=1)) == 1

    task.refresh_from_db()
    assert task.assignee_id == 21
    for each in urgent:
        each.refresh_from_db()
        assert each.assignee_id is None
