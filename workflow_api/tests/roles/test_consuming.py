"""Auth's news through the real broker and a real worker, published by a stock producer."""

import pytest
from celery import Celery
from django.conf import settings
from django.db import connection

from servicekit.contracts import RoleSync, SystemRole, UserSystemRoleSync
from servicekit.inbox.models import InboxMessage
from servicekit.testing.broker import Broker
from servicekit.testing.worker import django_database_url, process, wait_until, worker_command
from workflow_api.roles import selectors
from workflow_api.roles.models import Role

QUEUES = ["tts.role.sync", "tts.user_system_role.sync", "role_send-default"]


@pytest.mark.django_db(transaction=True)
def test_news_from_every_queue_reaches_the_replica(broker: Broker) -> None:
    broker.declare(*QUEUES)
    auth = Celery(broker=settings.AMQP_URL)
    role = RoleSync(role_id=7, name="L1", system="tts", version=1)
    held = [SystemRole(system="tts", role_id=7, role_name="L1")]
    ana = UserSystemRoleSync(user_id=11, username="ana", system_roles=held, version=1)
    ben = UserSystemRoleSync(user_id=12, username="ben", system_roles=held, version=1)
    auth.send_task(ben.TASK, kwargs=ben.kwargs(), queue="role_send-default")
    auth.send_task(ana.TASK, kwargs=ana.kwargs(), queue="tts.user_system_role.sync")
    auth.send_task(role.TASK, kwargs=role.kwargs(), queue="tts.role.sync")
    auth.send_task(role.TASK, kwargs={"role_data": {"role_id": 0}}, queue="tts.role.sync")

    database = django_database_url(connection.settings_dict["NAME"])
    with process(*worker_command("workflow_api.celery", *QUEUES), DATABASE_URL=database):
        wait_until(
            lambda: (
                Role.objects.filter(name="L1", version=1).exists()
                and selectors.active_members(7).count() == 2
                and InboxMessage.objects.filter(outcome="parked").exists()
            ),
            timeout_s=40,
            what="the replica holds the role with both members",
        )
    assert [broker.count(queue) for queue in QUEUES] == [0, 0, 0]
    assert broker.count("tts.role.sync_DLQ") == 1
    auth.close()
