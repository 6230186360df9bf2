"""What happened to a report, as one line of time: its moves, what was said, and who looked at its reporter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from yiwang.cases.queries import ReportView
from yiwang.channels.web.resident.sending import Shown


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, newest first in a list. `unit` is empty where it needs no name."""

    at: datetime
    words: str
    text: str = ""
    unit: str = ""
    photos: tuple[Shown, ...] = ()


def events(view: ReportView, photos: Mapping[UUID, Shown]) -> list[Event]:
    """All that the reporter may know, the newest first; `photos` holds those that belong to it."""
    # What came at the same moment, in the order in which it came: sorting keeps that, and all of it is turned round.
    return sorted(_events(view, photos), key=lambda event: event.at)[::-1]


def files_of(view: ReportView) -> list[UUID]:
    """Every photo of the report and of what was said about it."""
    return [*view.photos, *(file for note in view.notes for file in note.files)]


def _events(view: ReportView, photos: Mapping[UUID, Shown]) -> Iterator[Event]:
    for step in view.steps:
        yield Event(step.at, step.words, step.reason)
    for note in view.notes:
        files = tuple(photos[file] for file in note.files if file in photos)
        yield Event(note.at, note.words, note.text, note.unit, files)
    for looked in view.looked:
        yield Event(looked.at, _("Your contact details were opened"), looked.purpose, looked.unit)
