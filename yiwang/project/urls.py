"""All addresses."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include("yiwang.channels.admin.urls")),
    path("", include("yiwang.channels.web.urls")),
]
