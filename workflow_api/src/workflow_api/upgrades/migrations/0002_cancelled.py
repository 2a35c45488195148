"""A migration under way can be cancelled: a state more, and who did it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('upgrades', '0001_initial'),
        ('workflows', '0005_parallel'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='upgrade',
            name='upgrade_state_known',
        ),
        migrations.AddField(
            model_name='upgrade',
            name='cancelled_by',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='upgrade',
            name='cancelled_by_name',
            field=models.CharField(blank=True, db_default='', default='', max_length=150),
        ),
        migrations.AlterField(
            model_name='upgrade',
            name='state',
            field=models.CharField(choices=[('applying', 'Applying'), ('applied', 'Applied'), ('cancelled', 'Cancelled'), ('undoing', 'Undoing'), ('undone', 'Undone')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='upgrade',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['applying', 'applied', 'cancelled', 'undoing', 'undone'])), name='upgrade_state_known'),
        ),
    ]
