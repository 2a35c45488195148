"""manage.py audit_export: the trail as JSON lines on standard output, in one snapshot."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.utils import timezone

from workflow_api.audit.export import exported, exported_anchors

# However slowly the lines are taken from us, the snapshot stays.
_ONE_SNAPSHOT = """
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
SET LOCAL idle_in_transaction_session_timeout = 0;
SET LOCAL statement_timeout = 0;
"""


class Command(BaseCommand):
    help = "Write the audit trail as JSON lines; scripts/verify-audit checks them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anchors", action="store_true", help="only the anchors")

    @transaction.atomic(durable=True)
    def handle(self, *args: Any, **options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_ONE_SNAPSHOT)
        lines = exported_anchors() if options["anchors"] else exported(at=timezone.now())
        for line in lines:
            self.stdout.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")))
