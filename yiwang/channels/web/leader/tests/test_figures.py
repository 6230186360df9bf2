"""What the figures mean is for anybody to read, and every figure leads there."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.insight.rules.indicators import INDICATORS
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give

pytestmark = pytest.mark.django_db


def test_anybody_reads_what_every_figure_means(town: Town) -> None:
    page = Client().get("/figures", headers={"Accept-Language": "en"}).content.decode()
    for name, indicator in INDICATORS.items():
        assert f'id="{name}"' in page
        assert indicator.formula in page
    assert "93.72 %" in page


def test_a_figure_leads_to_its_meaning(town: Town) -> None:
    give(town.lan, [Duty.SUPERVISE, Duty.APPROVE, Duty.SEE_NUMBERS], ground=town.two_wells)
    client = at_the_desk(town.lan)
    page = client.get("/leader").content.decode()
    assert 'href="/figures#closure_rate"' in page
    assert timezone.localdate().isoformat() in page
    assert queries_of(client, "/figures") <= MOST_QUERIES
