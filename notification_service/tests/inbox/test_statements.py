from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from notification_service.inbox import services
from servicekit.contracts import AssignmentNotification


@pytest.mark.django_db
def test_an_assignment_with_alert_and_mail_costs_six_statements(
    now: datetime, django_assert_num_queries: Callable[..., Any]
) -> None:
    news = AssignmentNotification(
        user_id=5,
        task_id="T-1",
        task_title="Printer on fire",
        role_name="L1 Support",
        user_email="ben@example.com",
    )
    # preference, mailbox, alert; template, notify, mail
    with django_assert_num_queries(6):
        services.announce_assignment(news, source="m", at=now)
