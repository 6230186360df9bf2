"""Addresses of the administration pages; importing the modules registers them."""

from django.urls import URLPattern, URLResolver, path

from yiwang.channels.admin import (
    audit,
    calendar,
    callbacks,
    catalogue,
    formalism,
    people,
    places,
    posts,
    supervision,
    triage,
)
from yiwang.channels.admin.site import site

MODULES = (places, people, posts, catalogue, calendar, supervision, callbacks, formalism, triage, audit)

urlpatterns: list[URLPattern | URLResolver] = [path("", site.urls)]
