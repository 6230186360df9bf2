"""Words of the people room, for templates."""

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext as _

from yiwang.people.rules import Duty
from yiwang.people.words import DUTIES

register = template.Library()


@register.filter
def duty_names(duties: Iterable[str]) -> str:
    """Duties by their names in the reader's language."""
    return _(", ").join(str(DUTIES[Duty(duty)]) for duty in duties)
