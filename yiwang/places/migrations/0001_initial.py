import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Kind',
            fields=[
                ('code', models.SlugField(max_length=20, primary_key=True, serialize=False, verbose_name='code')),
                ('name', models.CharField(max_length=40, verbose_name='name')),
                ('name_en', models.CharField(max_length=40, verbose_name='name in English')),
                ('rank', models.PositiveSmallIntegerField(help_text='County 1, town 2 … the innermost is highest.', verbose_name='rank')),
                ('own_part', models.CharField(help_text="A regular expression for what a place's code adds to its parent's, such as \\d{3}.", max_length=60, verbose_name='own part of the code')),
                ('parents', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=20), blank=True, default=list, size=None, verbose_name='lies in')),
                ('is_line', models.BooleanField(default=False, help_text='A road, which crosses areas.', verbose_name='is a line')),
            ],
            options={
                'verbose_name': 'kind of place',
                'verbose_name_plural': 'kinds of place',
                'ordering': ['rank', 'code'],
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('code', models.CharField(db_collation='C', max_length=32, primary_key=True, serialize=False, verbose_name='place code')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('county', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('code', 6), output_field=models.CharField(max_length=6))),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, help_text='The first day it is no more.', null=True, verbose_name='valid to')),
                ('extra', models.JSONField(blank=True, default=dict, editable=False)),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='places.kind', verbose_name='kind')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='places.place', verbose_name='lies in')),
            ],
            options={
                'verbose_name': 'place',
                'verbose_name_plural': 'places',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Boundary',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shape', models.BinaryField()),
                ('came_in', models.CharField(default='wgs84', max_length=8, verbose_name='datum it came in')),
                ('square_metres', models.FloatField(default=0, verbose_name='area, m²')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='boundaries', to='places.place', verbose_name='place')),
            ],
            options={
                'verbose_name': 'boundary',
                'verbose_name_plural': 'boundaries',
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective', models.DateField()),
                ('new', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='places.place')),
                ('old', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='places.place')),
            ],
        ),
        migrations.AddIndex(
            model_name='place',
            index=models.Index(fields=['county', 'kind'], name='place_county_kind'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', True), ('code__startswith', models.F('parent_id')), _connector='OR'), name='place_code_begins_with_its_parents'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[0-9A-Z]{2,32}$')), name='place_code_is_letters_and_digits'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='place_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='boundary',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('place',), name='place_has_one_present_boundary'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.UniqueConstraint(fields=('old', 'new'), name='succession_once'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.CheckConstraint(condition=models.Q(('old', models.F('new')), _negated=True), name='succession_to_another'),
        ),
    ]
