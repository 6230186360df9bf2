"""Words of redrawings, for templates."""

from django import template

from yiwang.places.rules.redrawing import State
from yiwang.places.words import STATES

register = template.Library()


@register.filter
def redrawing_state(state: str) -> str:
    """Where a redrawing stands, in the reader's language."""
    return str(STATES[State(state)])
