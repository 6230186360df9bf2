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
def by_posts(called: Iterable[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    """Who was whistled for: the posts that were called together, and the numbers of those cases, each once."""
    of_case: dict[int, list[int]] = {}
    for number, post in called:
        of_case.setdefault(number, []).append(post)
    found: dict[tuple[int, ...], list[int]] = {}
    for number, posts in of_case.items():
        found.setdefault(tuple(sorted(set(posts))), []).append(number)
    return [(list(posts), numbers) for posts, numbers in found.items()]


@register.filter
def named(subject: str, names: Mapping[str, str]) -> str:
    """Who it is, where that is known."""
    return who(subject, names)
