"""Long lists look exactly as Django's own."""

import pytest
from django import forms
from django.test.html import parse_html

from yiwang.channels.web.case.long_lists import LongSelect, LongTicks

PAIRS = [(LongSelect, forms.Select), (LongTicks, forms.CheckboxSelectMultiple)]
CHOICES = [("", "—"), ("Water & Co <1>", [(1, "值班员 <script>"), (2, 'the "head"')]), (3, "Alone")]


@pytest.mark.parametrize(("ours", "theirs"), PAIRS)
@pytest.mark.parametrize("chosen", [None, 2, "3", ["1", "3"], ""])
@pytest.mark.parametrize("attrs", [{}, {"id": "move_lead", "class": "form-select", "required": True, "hidden": False}])
def test_they_say_what_djangos_say(
    ours: type[forms.Select], theirs: type[forms.Select], chosen: object, attrs: dict[str, object]
) -> None:
    mine, other = (
        widget(attrs={"data-filtered": "yes"}, choices=CHOICES).render("lead", chosen, attrs)
        for widget in (ours, theirs)
    )
    assert parse_html(mine) == parse_html(other)
    assert "<script>" not in mine
