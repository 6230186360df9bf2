"""The four lists on pages: what figures are called, and where each leads."""

from functools import lru_cache
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from yiwang.channels.web.naming import item_named
from yiwang.lists.queries import Asked
from yiwang.lists.rules import Period
from yiwang.lists.words import NAMES

register = template.Library()


@register.filter
def figure_called(name: str) -> str:
    return str(NAMES[name])


@register.filter
def period_called(period: Period) -> str:
    """A month or a quarter as people say it."""
    if period.months == 1:
        return f"{period.first:%Y-%m}"
    words = {"year": period.first.year, "n": (period.first.month + 2) // 3}
    return _("%(year)s, quarter %(n)s") % words


@register.filter
def problem_called(item: int) -> str:
    """An item; what nobody has named yet is called so."""
    return (item_named(item) or _("An item that is gone")) if item else _("Not named yet")


@register.simple_tag
def list_of(asked: Asked, view: str = "lists", *, place: str = "", unit: int | None = None) -> str:
    """The address of the lists (or of another page about them), of another place or unit where one is named."""
    whose = asked.unit if unit is None else unit
    return _address(view, Asked(place or asked.place, asked.period, whose))


@register.simple_tag
def cases_listed(asked: Asked, figure: str, item: int | None = None) -> str:
    """The address of the cases that a figure counts."""
    narrowed = "" if item is None else f"&item={item}"
    return f"{_address('problem-cases', asked)}{narrowed}&of={figure}"


@register.simple_tag
def problem_of(asked: Asked, item: int) -> str:
    """The address of a problem."""
    return f"{_address('problem', asked)}&item={item}"


@lru_cache(maxsize=256)
def _address(view: str, asked: Asked) -> str:
    """A page of a hundred problems asks for a thousand of these."""
    narrowed = {"unit": asked.unit} if asked.unit else {}
    return f"{reverse(view)}?{urlencode({'place': asked.place, 'period': asked.period.code} | narrowed)}"
