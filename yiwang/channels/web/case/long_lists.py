"""Lists of some hundred posts or places, written in one go: Django opens two templates for every line of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class LongSelect(forms.Select):
    """A list of which one is chosen, as `forms.Select` shows it."""

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        shown = context["widget"]
        groups = _joined(_group(name, _options(lines)) for name, lines, _ in shown["optgroups"])
        return format_html('<select name="{}"{}>{}</select>', shown["name"], flatatt(shown["attrs"]), groups)


class LongTicks(forms.CheckboxSelectMultiple):
    """A list of which several are ticked, as `forms.CheckboxSelectMultiple` shows it."""

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        shown = context["widget"]
        groups = _joined(_named(name, _ticks(lines)) for name, lines, _ in shown["optgroups"])
        own = {name: shown["attrs"][name] for name in ("id", "class") if shown["attrs"].get(name)}
        return format_html("<div{}>{}</div>", flatatt(own), groups)


def _group(name: object, lines: SafeString) -> SafeString:
    return format_html('<optgroup label="{}">{}</optgroup>', name, lines) if name else lines


def _named(name: object, lines: SafeString) -> SafeString:
    return format_html("<div><label>{}</label>{}</div>", name, lines) if name else lines


def _options(lines: list[Mapping[str, Any]]) -> SafeString:
    return format_html_join("", '<option value="{}"{}>{}</option>', (
        (line["value"], flatatt(line["attrs"]), line["label"]) for line in lines
    ))  # fmt: skip


def _ticks(lines: list[Mapping[str, Any]]) -> SafeString:
    return format_html_join("", _TICK, (
        (_label_of(line["attrs"]), line["name"], line["value"], flatatt(line["attrs"]), line["label"])
        for line in lines
    ))  # fmt: skip


def _label_of(attrs: Mapping[str, Any]) -> SafeString:
    return flatatt({"for": attrs["id"]} if "id" in attrs else {})


def _joined(groups: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((group,) for group in groups))


_TICK = '<div><label{}><input type="checkbox" name="{}" value="{}"{}> {}</label></div>'
