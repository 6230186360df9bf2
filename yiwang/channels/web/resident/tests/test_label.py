"""Somebody scans the code on a thing."""

import pytest
from django.test import Client

from tests.town import Town
from yiwang.cases.tests.make import make_lamp
from yiwang.catalogue.labels import Label, code_of

pytestmark = pytest.mark.django_db


def test_a_label_opens_the_report_with_item_place_and_thing(town: Town) -> None:
    make_lamp()
    page = Client().get(f"/q/{code_of(Label('LAMP', town.well_lane.code, '3号路灯'))}", follow=True)
    assert page.redirect_chain[-1][0].startswith("/report?label=")
    assert (page.context["item"], page.context["place"]) == ("LAMP", town.well_lane.code)
    assert page.context["label"].thing == "3号路灯"


def test_a_label_that_cannot_be_read_opens_an_empty_report_and_says_so(town: Town) -> None:
    for code in ("nonsense", code_of(Label("LAMP", town.well_lane.code, "3号路灯"))[:-6]):
        page = Client().get(f"/q/{code}", follow=True)
        assert page.redirect_chain[-1][0] == "/report"
        assert [message.level_tag for message in page.context["messages"]] == ["warning"]


def test_a_label_of_a_place_that_has_ended_leaves_the_place_open(town: Town) -> None:
    page = Client().get(f"/q/{code_of(Label('', '990199001', '旧路灯'))}", follow=True)
    assert page.context["place"] == ""
