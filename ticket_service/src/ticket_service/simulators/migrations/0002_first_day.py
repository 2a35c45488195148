from django.db import migrations
from django.utils import timezone

from ticket_service.simulators import catalogue

NAMES = ("ams", "bms", "bms-token")


def fill(apps, schema_editor):
    asset = apps.get_model("simulators", "Asset")
    budget_line = apps.get_model("simulators", "BudgetLine")
    simulator = apps.get_model("simulators", "Simulator")
    asset.objects.bulk_create(asset(**row) for row in catalogue.asset_rows())
    budget_line.objects.bulk_create(budget_line(**row) for row in catalogue.budget_rows())
    at = timezone.now()
    simulator.objects.bulk_create(simulator(name=name, updated_at=at) for name in NAMES)


class Migration(migrations.Migration):
    dependencies = [("simulators", "0001_initial")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
