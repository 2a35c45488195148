"""The admin shows tickets, tasks and the ledger, and changes none of them."""

import pytest
from django.contrib.auth.models import User

from servicekit.inbox.models import InboxMessage
from workflow_api.tasks.models import Assignment, Task, Ticket

pytestmark = pytest.mark.django_db
PAGES = {
    "tasks/ticket": Ticket,
    "tasks/task": Task,
    "tasks/assignment": Assignment,
    "inbox/inboxmessage": InboxMessage,
}


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_for_looking_only(task, client, page):
    root = User.objects.create(username="user1", is_staff=True, is_superuser=True)
    client.force_login(root, backend="servicekit.auth.admin.AuthServiceBackend")
    pk = PAGES[page].objects.get().pk

    assert client.get(f"/admin/{page}/?q=HDTS").status_code == 200
    assert client.get(f"/admin/{page}/{pk}/change/").status_code == 200
    assert client.post(f"/admin/{page}/{pk}/change/", {}).status_code == 403
    assert client.get(f"/admin/{page}/add/").status_code == 403
    assert client.post(f"/admin/{page}/{pk}/delete/", {"post": "yes"}).status_code == 403
