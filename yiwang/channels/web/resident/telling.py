"""What happened to a report, as one line of time: its moves, what was said, and who looked at its reporter."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from yiwang.cases.queries import ReportView
from yiwang.channels.web.resident import sending


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, newest first in a list. `unit` is empty where it needs no name."""

    at: datetime
    words: str
    text: str = ""
    unit: str = ""
    photos: tuple[sending.Shown, ...] = ()


def events(view: ReportView) -> list[Event]:
    """All that the reporter may know, the newest first."""
    return sorted(_events(view), key=lambda event: event.at, reverse=True)


def _events(view: ReportView) -> Iterator[Event]:
    for step in view.steps:
        yield Event(step.at, step.words, step.reason)
    for note in view.notes:
        yield Event(note.at, note.words, note.text, note.unit, tuple(sending.shown(note.files)))
    for looked in view.looked:
        yield Event(looked.at, _("Your contact details were opened"), looked.purpose, looked.unit)
