"""Refusals in words, for templates."""

from django import template

from yiwang.plumbing import refusals

register = template.Library()


@register.filter
def sentence(refusal: refusals.Refused) -> str:
    """The refusal in the reader's language."""
    return refusals.sentence(refusal)
