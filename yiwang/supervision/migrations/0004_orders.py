"""Orders about cases, listed ones among them, and what became of them, which nobody changes."""

import django.contrib.postgres.fields
import django.db.models.deletion
import yiwang.supervision.rules.orders
from django.db import migrations, models

from yiwang.plumbing.walls.keys import with_county
from yiwang.plumbing.walls.policies import append_only, inside, wall


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_ready_made_roles'),
        ('supervision', '0003_default_ladder'),
    ]

    operations = [
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('case', models.BigIntegerField()),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('kind', models.CharField(choices=[('order', 'Order'), ('listed', 'Listed order')], max_length=10)),
                ('state', models.CharField(choices=[('open', 'being dealt with'), ('answered', 'answered, waits for whoever gave it'), ('ended', 'ended')], max_length=10, verbose_name='state')),
                ('year', models.PositiveSmallIntegerField(null=True)),
                ('serial', models.PositiveIntegerField(null=True)),
                ('text', models.TextField(verbose_name='what is ordered')),
                ('giver', models.CharField(max_length=64)),
                ('given_at', models.DateTimeField()),
                ('owner', models.CharField(max_length=64)),
                ('due_at', models.DateTimeField(verbose_name='until')),
                ('public', models.BooleanField(default=False)),
                ('ended_at', models.DateTimeField(null=True)),
                ('given_in', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('post', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
            options={
                'verbose_name': 'order',
                'verbose_name_plural': 'orders',
            },
        ),
        migrations.CreateModel(
            name='OrderEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('county', models.CharField(max_length=6)),
                ('place', models.CharField(db_collation='C', max_length=32)),
                ('at', models.DateTimeField()),
                ('move', models.CharField(max_length=20)),
                ('author', models.CharField(max_length=64)),
                ('text', models.TextField(blank=True)),
                ('files', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('order', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='supervision.order')),
                ('post', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['county', 'case'], name='order_of_case'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['place', 'due_at'], name='order_open_in_place'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['post', 'due_at'], name='order_open_of_post'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.UniqueConstraint(fields=('county', 'year', 'serial'), name='listed_order_number_once'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('kind', yiwang.supervision.rules.orders.Kind['LISTED'])), fields=('county', 'case'), name='case_listed_once'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', yiwang.supervision.rules.orders.Kind['LISTED']), ('serial__isnull', False), ('year__isnull', False)), models.Q(models.Q(('kind', yiwang.supervision.rules.orders.Kind['LISTED']), _negated=True), ('public', False), ('serial__isnull', True), ('year__isnull', True)), _connector='OR'), name='listed_order_has_a_number'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state', yiwang.supervision.rules.orders.State['ENDED'])), models.Q(models.Q(('state', yiwang.supervision.rules.orders.State['ENDED']), _negated=True), ('ended_at__isnull', True)), _connector='OR'), name='order_ended_says_when'),
        ),
        migrations.AddIndex(
            model_name='orderentry',
            index=models.Index(fields=['order'], name='entry_of_order'),
        ),
        with_county("supervision_order", "id"),
        with_county("supervision_orderentry", "id"),
        append_only("supervision_orderentry"),
        wall("supervision_order", sees=inside("place"), changes=inside("place")),
        wall("supervision_orderentry", sees=inside("place"), changes=inside("place")),
    ]
