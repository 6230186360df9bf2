from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0002_wall'),
    ]

    operations = [
        migrations.CreateModel(
            name='Redrawing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('ground', models.CharField(blank=True, db_collation='C', max_length=32, verbose_name='ground')),
                ('effective', models.DateField(verbose_name='effective day')),
                ('state', models.CharField(choices=[('planned', 'planned'), ('in_force', 'in_force'), ('called_off', 'called_off')], default='planned', max_length=12, verbose_name='state')),
                ('plan', models.JSONField(editable=False)),
                ('called_off_because', models.CharField(blank=True, max_length=200, verbose_name='called off because')),
            ],
            options={
                'verbose_name': 'redrawing of the ground',
                'verbose_name_plural': 'redrawings of the ground',
                'ordering': ['-effective', '-id'],
                'indexes': [models.Index(fields=['state', 'effective'], name='redrawing_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'called_off'), _negated=True), models.Q(('called_off_because', ''), _negated=True), _connector='OR'), name='redrawing_called_off_says_why')],
            },
        ),
    ]
