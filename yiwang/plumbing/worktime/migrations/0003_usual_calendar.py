"""Eight hours a day from Monday to Friday, and the statutory days of every year the library knows."""

from datetime import date

from django.db import migrations

from yiwang.plumbing.worktime import statutory


def load(apps, schema_editor):
    hours, day, year = (apps.get_model("worktime", name) for name in ("Hours", "Day", "Year"))
    hours.objects.create(ground="", valid_from=date(2000, 1, 1), spans="08:30-12:00 13:30-18:00")
    for number in statutory.known_years():
        year.objects.create(number=number, source="chinesecalendar")
        day.objects.bulk_create(
            day(ground="", date=odd, kind=kind.value, name=name, imported=True)
            for odd, (kind, name) in statutory.days_of(number).items()
        )


class Migration(migrations.Migration):
    dependencies = [("worktime", "0002_wall")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
