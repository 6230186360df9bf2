"""What a line of the audit trail says besides: labelled words, and of what was changed what it was before.

What a room writes down is kept as it was written; here it is only read. A word that is not known is shown as it is.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yiwang.catalogue.queries import catalogue
from yiwang.insight.words import NAMES as RATES
from yiwang.people.models import Role
from yiwang.people.roster import roster
from yiwang.people.words import DUTIES
from yiwang.places.queries import tree
from yiwang.plumbing.worktime.words import DAY_KINDS

# Acts that set the fields of a table: those have their labels, and the words of what is chosen, there.
TABLES = {
    "add_notice_rule": "notices.Rule", "change_notice_rule": "notices.Rule", "remove_notice_rule": "notices.Rule",
    "add_rung": "supervision.Rung", "change_rung": "supervision.Rung", "remove_rung": "supervision.Rung",
    "set_colours": "supervision.Shares", "set_lookout": "spots.Lookout", "set_minutes": "workload.Minutes",
    "set_often": "repeats.Often", "set_agenda_rule": "meetings.AgendaRule", "set_sampling": "callbacks.Sampling",
    "set_tolerances": "formalism.Tolerances", "set_likeness": "forms.Likeness", "change_account": "people.Person",
    "change_unit": "people.Unit", "establish_unit": "people.Unit", "change_post": "people.Post",
    "establish_post": "people.Post", "change_board": "catalogue.Board", "define_board": "catalogue.Board",
    "set_publishing_hour": "insight.PublishingHour", "set_weights": "insight.Weighing",
}  # fmt: skip
LABELS = {
    "added": _("added"), "asked": _("what was asked for"), "at": _("when"), "because": _("reason"),
    "before": _("version before"), "cases": _("cases"), "changed": _("changed"), "code": _("code"),
    "count": _("how many"), "datum": _("coordinates"), "day": _("day"), "days": _("days"), "duties": _("duties"),
    "effective": _("in force from"), "expires": _("runs out"), "fields": _("what was changed"), "file": _("file"),
    "form": _("kind of file"), "hour": _("hour"), "hours": _("working hours"), "item": _("item"), "kind": _("kind"),
    "known": _("known already"), "lead": _("lead"), "likely": _("from which likelihood on"), "lines": _("lines"),
    "minutes": _("minutes"), "name": _("name"), "of": _("list"), "old": _("old place"), "on": _("day"),
    "order": _("order"), "overdue": _("overdue only"), "people": _("people"), "person": _("person"),
    "place": _("place"), "points": _("points"), "post": _("post"), "redrawing": _("redrawing"),
    "refused": _("not brought in"), "rejected": _("rejected"), "replaced": _("replaced"),
    "right": _("right in the test"),
    "role": _("role"), "round": _("round"), "sessions": _("sessions"), "sha256": _("fingerprint of the file"),
    "since": _("since"), "source": _("source"), "spans": _("working hours"), "state": _("state"),
    "successors": _("what follows"), "text": _("words searched for"), "title": _("title"),
    "unknown": _("not recognised"), "version": _("version"), "was": _("before"), "week": _("usual week"),
    "weekend": _("days off"), "written": _("written down"), "years": _("years"), "zone": _("time zone"),
}  # fmt: skip
# What is in a plain `was`: the same as is written beside it under this word.
AFTER = {
    "change_board": "name", "change_post": "title", "change_role": "duties", "move_series": "place",
    "pass_series": "post",
}  # fmt: skip
_NOTHING = "—"


def in_lines(act: str, details: Mapping[str, Any], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """The details of an act as label and words, in the order in which they were written; `names`: of people."""
    reader = _Reader(act, names)
    was = details.get("was")
    before = was if isinstance(was, Mapping) else {AFTER[act]: was} if act in AFTER and AFTER[act] in details else {}
    left_out = {"was"} if before else set()
    return [
        (reader.label(key), reader.changed(key, before, value))
        for key, value in [*((k, None) for k in before if k not in details), *details.items()] if key not in left_out
    ]  # fmt: skip


class _Reader:
    """Reads what was written of one act."""

    def __init__(self, act: str, names: Mapping[str, str]) -> None:
        self.act, self.names = act, names
        self.table: type[Model] | None = apps.get_model(TABLES[act]) if act in TABLES else None

    def label(self, key: str) -> str:
        field = self._field(key)
        if field is not None:
            return str(field.verbose_name)
        return str(LABELS.get(key) or RATES.get(key) or key)

    def changed(self, key: str, before: Mapping[str, Any], value: object) -> str:
        """What it was and what it is; of what was the same before, only that."""
        if key not in before:
            return self.value(key, value)
        was, now = self.value(key, before[key]), self.value(key, value)
        return was if was == now else gettext("%(was)s → %(now)s") % {"was": was, "now": now}

    def value(self, key: str, value: object) -> str:
        """One value in words."""
        if value is None or value in ("", []):
            return _NOTHING
        field = self._field(key)
        if field is not None and (said := _chosen(field, value)):
            return said
        if reads := _READS.get(key):
            return str(reads(self, value))
        return self._plain(value)

    def _plain(self, value: object) -> str:
        if isinstance(value, bool):
            return gettext("Yes") if value else gettext("No")
        if isinstance(value, str):
            return self._word(value)
        if isinstance(value, Mapping):
            return gettext("; ").join(
                gettext("%(label)s: %(value)s") % {"label": self.label(k), "value": self.value(k, v)}
                for k, v in value.items()
            )
        if isinstance(value, list):
            return gettext(", ").join(self._plain(one) for one in value)
        return json.dumps(value, ensure_ascii=False)

    def _word(self, text: str) -> str:
        kind, _colon, which = text.partition(":")
        if text in self.names:
            return self.names[text]
        if kind == "post" and which.isdecimal():
            return self.post(int(which))
        if kind == "place":
            return self.place(which)
        return _moment(text)

    def post(self, value: object) -> str:
        line = roster().get(value if isinstance(value, int) else None)
        if line is None:
            return self._word(value) if isinstance(value, str) else str(value)
        return line.title if line.unit_name in line.title else f"{line.unit_name} {line.title}"

    def place(self, code: object) -> str:
        spot = tree().get(str(code))
        return f"{spot.name} {code}" if spot else self._word(str(code)) if ":" in str(code) else str(code)

    def person(self, value: object) -> str:
        return self.names.get(f"person:{value}", str(value))

    def _field(self, key: str) -> "Field[Any, Any] | None":
        try:
            found = self.table._meta.get_field(key) if self.table else None  # noqa: SLF001 - Django's own name for it
        except FieldDoesNotExist:
            return None
        return found if isinstance(found, Field) else None

    def fields(self, value: object) -> str:
        return gettext(", ").join(self.label(str(one)) for one in value) if isinstance(value, list) else str(value)

    def item(self, value: object) -> str:
        found = [line for line in catalogue() if value in {line.id, line.code}]
        return found[0].name if found else str(value)


def _chosen(field: "Field[Any, Any]", value: object) -> str:
    """What is chosen out of several, or what is pointed at, by its name; empty where it is neither."""
    if field.is_relation and field.related_model and isinstance(value, int):
        assert isinstance(field.related_model, type)
        found = field.related_model._default_manager.filter(pk=value).first()  # noqa: SLF001 - as above
        return str(found) if found else str(value)
    return next((str(words) for one, words in field.flatchoices if one == value), "")


def _moment(text: str) -> str:
    """A day or a moment as people write it; anything else as it is."""
    try:
        read = date.fromisoformat(text) if len(text) == len("2026-03-02") else datetime.fromisoformat(text)
    except ValueError:
        return text
    if not isinstance(read, datetime):
        return text
    return (timezone.localtime(read) if read.tzinfo else read).strftime("%Y-%m-%d %H:%M")


def _duties(_reader: _Reader, value: object) -> str:
    words = {duty.value: str(said) for duty, said in DUTIES.items()}
    held = value if isinstance(value, list) else [value]
    return gettext(", ").join(words.get(str(one), str(one)) for one in held)


def _role(_reader: _Reader, value: object) -> str:
    found = Role.objects.filter(code=value).first()
    return str(found) if found else str(value)


def _day_kind(_reader: _Reader, value: object) -> str:
    return next((str(words) for kind, words in DAY_KINDS.items() if kind == value), str(value))


def _share(_reader: _Reader, value: object) -> str:
    return f"{value:.0%}" if isinstance(value, float) else str(value)


def _successors(reader: _Reader, value: object) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    follows = ((old, gettext(", ").join(map(reader.place, new)) or _NOTHING) for old, new in value.items())
    return gettext("; ").join(f"{reader.place(old)} → {new}" for old, new in follows)


_READS: Mapping[str, Callable[[_Reader, object], str]] = {
    "post": _Reader.post, "lead": _Reader.post, "place": _Reader.place, "old": _Reader.place,
    "person": _Reader.person, "item": _Reader.item, "fields": _Reader.fields, "duties": _duties, "role": _role,
    "kind": _day_kind, "likely": _share, "right": _share, "successors": _successors,
}  # fmt: skip
