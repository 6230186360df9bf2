"""Notices as people read them, for templates."""

from django import template

from yiwang.notices.models import Notice
from yiwang.notices.rules.occasions import Occasion
from yiwang.notices.wording import Said, said
from yiwang.notices.words import TROUBLES

register = template.Library()
_RED = frozenset({Occasion.EMERGENCY, Occasion.OVERDUE})
_AMBER = frozenset({Occasion.SOON, Occasion.FORM_DUE, Occasion.ESCALATED, Occasion.URGED})


@register.filter
def notice_words(notice: Notice) -> Said:
    """All that a notice says."""
    return said(notice)


@register.filter
def notice_tone(notice: Notice) -> str:
    """Red for what is past or alarming, amber for what soon is."""
    return "late" if notice.kind in _RED else "soon" if notice.kind in _AMBER else ""


@register.filter
def notice_sign(notice: Notice) -> str:
    """The shape beside the colour."""
    return {"late": "▲", "soon": "●"}.get(notice_tone(notice), "")


@register.filter
def trouble_words(trouble: str) -> str:
    return str(TROUBLES.get(trouble, trouble))
