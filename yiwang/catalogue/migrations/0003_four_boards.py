"""The four boards with which a town begins: data, to be changed by those who use them."""

from django.db import migrations

BOARDS = (
    ("party_building", "党的建设", "Party building"),
    ("economy", "经济发展", "Economic development"),
    ("livelihood", "民生服务", "People's livelihood"),
    ("safety_law", "平安法治", "Safety and law"),
)


def bring(apps, editor):
    board = apps.get_model("catalogue", "Board")
    board.objects.bulk_create(
        board(code=code, name=name, name_en=name_en, position=position)
        for position, (code, name, name_en) in enumerate(BOARDS, start=1)
    )


def take_back(apps, editor):
    apps.get_model("catalogue", "Board").objects.filter(code__in=[code for code, *_ in BOARDS]).delete()


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_wall")]
    operations = [migrations.RunPython(bring, take_back)]
