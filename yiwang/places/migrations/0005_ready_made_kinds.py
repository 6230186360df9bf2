"""The kinds of place that every installation begins with; they may be renamed, and others added."""

from django.db import migrations

THREE = r"\d{3}"
# Courtyards and buildings share the numbers inside their grid: a number given to one is not given to the other.
KINDS = [
    ("county", "县（区）", "County", 1, r"\d{6}", [], False),
    ("town", "乡镇（街道）", "Town or street", 2, THREE, ["county"], False),
    ("community", "社区（村）", "Community or village", 3, THREE, ["town"], False),
    ("road", "路段", "Road", 4, r"R\d{3}", ["county", "town", "community"], True),
    ("grid", "网格", "Grid", 5, THREE, ["community"], False),
    ("courtyard", "小院", "Courtyard", 6, THREE, ["grid"], False),
    ("building", "楼栋", "Building", 7, THREE, ["grid"], False),
]
COLUMNS = ("code", "name", "name_en", "rank", "own_part", "parents", "is_line")


def add(apps, schema_editor):
    kinds = apps.get_model("places", "Kind").objects
    for values in KINDS:
        given = dict(zip(COLUMNS, values))
        kinds.get_or_create(code=given.pop("code"), defaults=given)


class Migration(migrations.Migration):
    dependencies = [("places", "0004_redrawing_wall")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
