"""Long lists to choose from, put together in one go: some hundred lines cost a template too much on every page."""

from collections.abc import Collection, Iterable
from datetime import date
from weakref import WeakKeyDictionary

from django import template
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from yiwang.catalogue.queries import Catalogue, ItemLine, catalogue, tree
from yiwang.channels.web.desk.inbox_pane import Leads
from yiwang.channels.web.naming import item_name
from yiwang.channels.web.templatetags.case_lines import load_words
from yiwang.people.roster import PostLine

register = template.Library()
# A catalogue that was changed is another one: with the old one goes what was written of it.
_proposed: WeakKeyDictionary[Catalogue, dict[tuple[str, bool], tuple[date | None, SafeString]]] = WeakKeyDictionary()


@register.simple_tag
def item_options(*, branches: bool = True) -> SafeString:
    """What a field for an item proposes today, code and name; without `branches` only what a case can be.

    It says the same to everybody: put together once for each catalogue, day and language, and remembered.
    """
    remembered, today = _proposed.setdefault(catalogue(), {}), timezone.localdate()
    key = (get_language() or "", branches)
    day, written = remembered.get(key, (None, SafeString()))
    if day != today:
        written = format_html_join("", '<option value="{} {}"></option>', (
            (line.code, item_name(line)) for line in _proposed_on(today, branches=branches)
        ))  # fmt: skip
        remembered[key] = today, written
    return written


def _proposed_on(day: date, *, branches: bool) -> Iterable[ItemLine]:
    if branches:
        return (line for line in catalogue() if line.is_open(day))
    return (one.item for one in tree(on=day) if not one.item.is_branch)


@register.simple_tag
def options(choices: Iterable[tuple[object, object]], chosen: object = "") -> SafeString:
    """The choices (value, words) of a list, with the one that is chosen."""
    return format_html_join("", '<option value="{}"{}>{}</option>', (
        (value, _SELECTED if value == chosen else "", words) for value, words in choices
    ))  # fmt: skip


@register.simple_tag
def grouped_options(
    groups: Iterable[tuple[object, Iterable[tuple[object, object]]]], chosen: object = ""
) -> SafeString:
    """The same in groups (name, choices)."""
    return format_html_join("", '<optgroup label="{}">{}</optgroup>', (
        (name, options(choices, chosen)) for name, choices in groups
    ))  # fmt: skip


@register.simple_tag
def lead_options(leads: Leads) -> SafeString:
    """The other posts that could lead, by units, each with its load."""
    groups = (
        (unit, [(post.id, f"{post.title} · {load_words(leads.loads, post.id)}") for post in posts])
        for unit, posts in leads.others
    )
    return grouped_options(groups, leads.chosen)


@register.simple_tag
def post_ticks(units: Iterable[tuple[str, list[PostLine]]], ticked: Collection[str]) -> SafeString:
    """Posts to tick, by units."""
    return format_html_join("", '<div class="unit"><span class="soft">{}</span>{}</div>', (
        (unit, format_html_join("", _TICK, (
            (post.id, _TICKED if str(post.id) in (ticked or ()) else "", post.title) for post in posts
        ))) for unit, posts in units
    ))  # fmt: skip


_SELECTED, _TICKED = mark_safe(" selected"), mark_safe(" checked")
_TICK = '<label><input type="checkbox" name="posts" value="{}"{}> {}</label>'
