"""All addresses."""

from django.urls import URLPattern, URLResolver, include, path

from yiwang.channels.api.root import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("admin/", include("yiwang.channels.admin.urls")),
    path("", include("yiwang.channels.web.urls")),
]
