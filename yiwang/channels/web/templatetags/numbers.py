"""Figures as pages show them: what an indicator is called, and its value with a word for having none."""

from datetime import date
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from yiwang.channels.web.naming import post_name
from yiwang.insight.rules.behind import Part, parts_of
from yiwang.insight.rules.bulletins import Kind
from yiwang.insight.rules.indicators import INDICATORS, Unit, Value
from yiwang.insight.words import KINDS, NAMES
from yiwang.people.roster import roster

register = template.Library()
_PARTS = {Part.COUNTED: _("Above the line"), Part.REST: _("The rest"), Part.ALL: _("Below the line: all")}


@register.filter
def indicator_name(value: Value) -> str:
    return str(NAMES[value.indicator.name])


@register.filter
def figure(value: Value) -> str:
    """The value as bulletins print it; a dash where there is nothing to divide by."""
    if value.value is None:
        return "—"
    if value.indicator.unit is Unit.CASES:
        return number_format(value.over)
    shown = number_format(value.value, 2 if value.indicator.unit is Unit.PER_CENT else 1)
    return f"{shown}%" if value.indicator.unit is Unit.PER_CENT else shown


@register.filter
def usually(value: float) -> str:
    """A median, which may be a half, without digits that say nothing."""
    return number_format(round(value), 0)


@register.filter
def who_has_it(post: int) -> str:
    """A post with its unit; said in words where nobody has it."""
    return post_name(post) or str(_("nobody"))


@register.filter
def unit_named(unit: int) -> str:
    """The name of a unit, known by its posts."""
    line = next((roster().get(post) for post in roster().of_unit(unit)), None)
    return line.unit_name if line else ""


@register.filter
def post_title(post: int) -> str:
    """The post alone, where everything around it says whose it is."""
    line = roster().get(post)
    return line.title if line else ""


@register.filter
def hours_words(hours: float) -> str:
    return ngettext("%(n)g hour", "%(n)g hours", int(hours)) % {"n": hours}


@register.filter
def indicator_called(name: str) -> str:
    """An indicator by its own name."""
    return str(NAMES[name])


@register.filter
def kind_of_bulletin(kind: str) -> str:
    return str(KINDS[Kind(kind)])


@register.filter
def part_of_figure(part: Part) -> str:
    return str(_PARTS[part])


@register.simple_tag
def cases_behind(
    name: str, place: str, first: date, last: date, *, unit: int | str = 0, item: int | str = 0, part: str = "counted"
) -> str:  # fmt: skip
    """The address of the cases that an indicator counts; of what cannot be divided so, of its whole."""
    shown = part if Part(part) in parts_of(INDICATORS[name]) else Part.COUNTED.value
    asked = {"place": place, "from": first.isoformat(), "to": last.isoformat(), "part": shown}
    narrowed = {key: one for key, one in (("unit", unit), ("item", item)) if one}
    return f"{reverse('cases-behind', args=[name])}?{urlencode(asked | narrowed)}"


@register.filter
def per_cent(share: float) -> str:
    """A share of one, in per cent."""
    return f"{number_format(share * 100, 2)}%"
