"""Addresses of the pages."""

from django.urls import URLPattern, path

from yiwang.channels.web import files

urlpatterns: list[URLPattern] = [
    path("files/<str:signed>", files.file, name="file"),
]
