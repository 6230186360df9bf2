"""Addresses of the administration pages; importing the modules registers them."""

from django.urls import URLPattern, URLResolver, path

from yiwang.channels.admin import (
    audit,
    calendar,
    callbacks,
    catalogue,
    formalism,
    forms,
    meetings,
    notices,
    numbers,
    people,
    places,
    posts,
    repeats,
    spots,
    supervision,
    triage,
    workload,
)  # fmt: skip
from yiwang.channels.admin.site import site

MODULES = (
    places, people, posts, catalogue, calendar, supervision, meetings, notices, callbacks, formalism, numbers, triage,
    forms, workload, spots, repeats, audit,
)  # fmt: skip

urlpatterns: list[URLPattern | URLResolver] = [path("", site.urls)]
