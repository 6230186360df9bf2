"""A clock as pages show it: said the way people say it, exact on hover, in its colour and always in words."""

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yiwang.channels.web.case.page import Clock
from yiwang.channels.web.naming import moment
from yiwang.channels.web.templatetags.times import left

register = template.Library()


@register.simple_tag
def clock(due: Clock, now: datetime) -> SafeString:
    """How long until then, or how long past it."""
    said, exact = left(due.at, now), moment(due.at)
    return format_html(
        '<time class="clock {}" datetime="{}" title="{}">{}</time>', due.tone, due.at.isoformat(), exact, said
    )
