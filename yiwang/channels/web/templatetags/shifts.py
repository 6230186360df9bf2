"""Words of the duty log, for templates."""

from collections.abc import Iterable, Mapping

from django import template

from yiwang.channels.web.naming import who
from yiwang.shifts.rules import Kind, State
from yiwang.shifts.words import KINDS, STATES

register = template.Library()


@register.filter
def kind_words(kind: str) -> str:
    """What an entry tells of."""
    return str(KINDS[Kind(kind)])


@register.filter
def shift_state(state: str) -> str:
    """Where a shift stands."""
    return str(STATES[State(state)])


@register.filter
def by_post(called: Iterable[tuple[int, int]]) -> list[tuple[int, list[int]]]:
    """Whom was whistled for, each post once with the numbers of its cases."""
    found: dict[int, list[int]] = {}
    for number, post in called:
        found.setdefault(post, []).append(number)
    return list(found.items())


@register.filter
def named(subject: str, names: Mapping[str, str]) -> str:
    """Who it is, where that is known."""
    return who(subject, names)
