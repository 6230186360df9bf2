"""Refusals in words, for templates. A page says `wrong_said`, and `wrong_at` which of its fields that is about."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yiwang.plumbing import refusals

register = template.Library()


@register.filter
def sentence(refusal: refusals.Refused) -> str:
    """The refusal in the reader's language."""
    return refusals.sentence(refusal)


@register.simple_tag(takes_context=True)
def refers(context: template.Context, field: str, number: int | str = "") -> SafeString:
    """What the input of a field (of its number, where there are several) says of itself where something is wrong."""
    at = f"{field}{number}"
    return format_html(_REFERS, at) if context.get("wrong_at") == at else SafeString()


@register.simple_tag(takes_context=True)
def beneath(context: template.Context, field: str, number: int | str = "") -> SafeString:
    """What is wrong with a field, under its input."""
    at = f"{field}{number}"
    return format_html(_BENEATH, at, context["wrong_said"]) if context.get("wrong_at") == at else SafeString()


_REFERS = 'aria-invalid="true" aria-describedby="{}_error"'
_BENEATH = '<p class="wrong" role="alert" id="{}_error">{}</p>'
