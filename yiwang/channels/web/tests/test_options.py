"""What the fields propose to choose from."""

import pytest
from django.utils import translation

from tests.town import Town
from yiwang.cases.tests.make import make_lamp
from yiwang.catalogue.tests.make import make_item
from yiwang.channels.web.templatetags.options import item_options
from yiwang.plumbing.freshness.snapshots import forget

pytestmark = pytest.mark.django_db


def test_an_item_that_was_added_is_proposed_at_once(town: Town) -> None:
    make_lamp()
    assert item_options() == item_options()
    assert "灯杆歪斜" not in item_options()
    make_item("POLE", name="灯杆歪斜")
    forget()
    assert "POLE 灯杆歪斜" in item_options()


def test_each_reads_it_in_their_own_language(town: Town) -> None:
    make_item("POLE", name="灯杆歪斜", name_en="Leaning pole")
    with translation.override("zh-hans"):
        assert "灯杆歪斜" in item_options()
    with translation.override("en"):
        assert "Leaning pole" in item_options()
        assert "灯杆歪斜" not in item_options()
