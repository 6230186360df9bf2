"""What a case looks like to those who work on it. The reporter is masked, also where the history names them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from yiwang.cases.models import Assignment, Case, Note, Petition, Step, Summons
from yiwang.cases.queries import Whole
from yiwang.cases.rules import Asked, Capacity, Ending, Part, State, Told, Track, has_it, written
from yiwang.cases.words import MOVES, NOTES, STATES, TOLD, TRACKS
from yiwang.catalogue.rules import Secrecy, Stage, Urgency
from yiwang.catalogue.words import SECRECIES, STAGES, URGENCIES
from yiwang.channels.web.case.said import Said, said_with
from yiwang.channels.web.drawing import kind_of
from yiwang.channels.web.naming import item_named, names_behind, place_name, post_name, who
from yiwang.plumbing.files import queries as files
from yiwang.plumbing.files.models import StoredFile
from yiwang.plumbing.files.rules import Kind
from yiwang.supervision.queries import warnings
from yiwang.supervision.rules.clock import Warnings

LINK_LIVES = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """A photo with its thumbnail, or a document; where it was taken; `taken` before or after, `moment` in words."""

    name: str
    link: str
    thumbnail: str = ""
    width: int = 0
    height: int = 0
    moment: str = ""
    position: tuple[float, float] | None = None
    taken: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline: a step, or something said beside the moves."""

    at: datetime
    what: str
    who: str
    post: str
    text: str
    said: tuple[Said, ...] = ()
    files: tuple[Shown, ...] = ()
    kind: str = "step"
    beside: bool = False
    move: str = ""


@dataclass(frozen=True, slots=True)
class PartLine:
    """A post's part, with its clocks while it is open."""

    post: str
    leads: bool
    firm: bool
    given_at: datetime
    signed_at: datetime | None
    sign_due: datetime
    handle_due: datetime
    ended_at: datetime | None
    ending: str


@dataclass(frozen=True, slots=True)
class PetitionLine:
    """Something asked of an approver, and the answer."""

    asked: str
    who: str
    petition: Petition
    decided_by: str
    track: str  # or the post whose help was asked for


@dataclass(frozen=True, slots=True)
class SummonsLine:
    """A post that was whistled for."""

    post: str
    summons: Summons
    metres: int | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """All that the page shows."""

    case: Case
    number: str
    now: datetime
    title: str
    state: str
    place: str
    lead: str
    keeper: str
    urgency: str
    pressing: bool
    secrecy: str
    track: str
    told: str
    stage: str
    promised: datetime | None
    next: datetime | None
    photos: tuple[Shown, ...]
    lines: tuple[Line, ...]
    parts: tuple[PartLine, ...]
    petitions: tuple[PetitionLine, ...]
    summons: tuple[SummonsLine, ...]
    split_into: tuple[str, ...]
    merged: tuple[str, ...]
    merged_into: str
    part_of: str
    clock: Mapping[int, Warnings]

    @property
    def spots(self) -> list[dict[str, Any]]:
        """What the map marks: the case, where photos were taken, where somebody reported in."""
        case = self.case
        marks = (
            [(kind_of(case, self.now, self.clock.get(case.number)), case.lon, case.lat)]
            if case.lon is not None
            else []
        )
        taken = (shown.position for line in self.lines for shown in line.files if shown.position)
        marks += [("photo", lon, lat) for lon, lat in taken]
        marks += [("there", one.summons.lon, one.summons.lat) for one in self.summons if one.summons.lon is not None]
        return [{"kind": kind, "lon": lon, "lat": lat} for kind, lon, lat in marks]


def page_of(whole: Whole, *, now: datetime) -> CasePage:
    """The page of a case as it stands: three questions, for names, for files, and for its colours."""
    return _Writer(whole, now).page()


def lines_of(case: Case, steps: list[Step], *, now: datetime) -> list[Line]:
    """These steps of a case as lines of its history: the same two questions."""
    return _Writer(Whole(case, steps, [], [], [], [], [], []), now).lines()


class _Writer:
    """Puts a case into words, with the names and files that it needs read once."""

    def __init__(self, whole: Whole, now: datetime) -> None:
        self.whole, self.case, self.now = whole, whole.case, now
        self.names = names_behind({subject for subject in _subjects(whole) if not self._is_reporter(subject)})
        self.files = files.kept(set(_files(whole)))

    def page(self) -> CasePage:
        whole, case = self.whole, self.case
        has = has_it(State(case.state), lead=case.lead_id, keeper=case.keeper_id)
        urgent = case.urgency in {Urgency.URGENT, Urgency.EMERGENCY}
        return CasePage(
            case=case, number=written(case.number), now=self.now, title=item_named(case.item_id),
            state=str(STATES[State(case.state)]), place=place_name(case.place), lead=post_name(case.lead_id),
            keeper=post_name(case.keeper_id) if case.keeper_id != case.lead_id or has != case.lead_id else "",
            urgency=str(URGENCIES[Urgency(case.urgency)]) if case.urgency else "", pressing=urgent,
            secrecy="" if case.secrecy == Secrecy.OPEN else str(SECRECIES[Secrecy(case.secrecy)]),
            track=str(TRACKS[Track(case.track)]) if case.track else "", told=str(TOLD[Told(case.told)]),
            stage=str(STAGES[Stage(case.next_stage)]) if case.next_stage else "",
            promised=case.due_at if case.is_open else None,
            next=case.next_due_at if case.is_open else None,
            photos=tuple(self._shown(case.photos)), lines=tuple(self.lines()),
            parts=tuple(map(self._part, whole.parts)), petitions=tuple(map(self._petition, whole.petitions)),
            summons=tuple(map(self._summons, whole.summons)), split_into=tuple(map(written, whole.split_into)),
            merged=tuple(map(written, whole.merged)),
            merged_into=written(case.merged_into) if case.merged_into else "",
            part_of=written(case.part_of) if case.part_of else "", clock=warnings([case.number]),
        )  # fmt: skip

    def _is_reporter(self, subject: str) -> bool:
        """A resident who was signed in when they told it is the reporter, and nobody by name."""
        return subject == self.case.teller and self.case.told != Told.WORKER

    def _who(self, subject: str) -> str:
        return who("reporter" if self._is_reporter(subject) else subject, self.names)

    def lines(self) -> list[Line]:
        """Steps and notes together, as they came."""
        lines = [*map(self._step, self.whole.steps), *map(self._note, self.whole.notes)]
        return sorted(lines, key=attrgetter("at"))

    def _step(self, step: Step) -> Line:
        reporter = step.capacity == Capacity.REPORTER
        said = str(step.given.get("note", ""))
        return Line(
            at=step.at, what=str(MOVES.get(step.move, step.move)), post=post_name(step.post_id),
            who=who("reporter", self.names) if reporter else self._who(step.actor),
            text="\n".join(filter(None, (step.reason, said))), said=tuple(said_with(step, self.case)),
            files=tuple(self._taken(_evidence(step))), move=step.move,
        )  # fmt: skip

    def _note(self, note: Note) -> Line:
        return Line(
            at=note.at, what=str(NOTES[_kind(note)]), who=self._who(note.author), post=post_name(note.post_id),
            text=note.text, files=tuple(self._shown(note.files)), kind=note.kind, beside=True,
        )  # fmt: skip

    def _shown(self, wanted: Iterable[UUID]) -> Iterator[Shown]:
        return (self._file(self.files[one]) for one in wanted if one in self.files)

    def _taken(self, photos: Iterable[Mapping[str, Any]]) -> Iterator[Shown]:
        for photo in photos:
            if file := self.files.get(UUID(photo["file"])):
                position = photo.get("position")
                yield self._file(file, photo.get("moment", ""), (position[0], position[1]) if position else None)

    def _file(self, file: StoredFile, moment: str = "", position: tuple[float, float] | None = None) -> Shown:
        link = reverse("file", args=[files.link(file, LINK_LIVES, now=self.now)])
        if file.kind != Kind.PHOTO:
            return Shown(file.name, link)
        small = reverse("file", args=[files.thumbnail_link(file, LINK_LIVES, now=self.now)])
        words = {"before": _("Before"), "after": _("After")}
        return Shown(
            file.name, link, small, file.thumbnail_width or 0, file.thumbnail_height or 0, words.get(moment, ""),
            position, moment, str(file.pk),
        )  # fmt: skip

    def _part(self, part: Assignment) -> PartLine:
        return PartLine(
            post=post_name(part.post_id), leads=part.part == Part.LEAD, firm=part.firm, given_at=part.given_at,
            signed_at=part.signed_at, sign_due=part.sign_due, handle_due=part.handle_due,
            ended_at=part.ended_at, ending=_endings()[Ending(part.ending)] if part.ending else "",
        )  # fmt: skip

    def _petition(self, petition: Petition) -> PetitionLine:
        asked = {
            Asked.MORE_TIME: _("More time"), Asked.PAUSE: _("Pause"), Asked.TRACK: _("Track"), Asked.HELP: _("Help"),
        }  # fmt: skip
        track = str(TRACKS[Track(petition.track)]) if petition.track else post_name(petition.helper_id)
        by = self._who(petition.decided_by) if petition.decided_by else ""
        return PetitionLine(asked[Asked(petition.asked)], self._who(petition.asked_by), petition, by, track)

    def _summons(self, summons: Summons) -> SummonsLine:
        metres = None if summons.metres_away is None else round(summons.metres_away)
        return SummonsLine(post_name(summons.post_id), summons, metres)


def _kind(note: Note) -> Any:
    return next(kind for kind in NOTES if kind.value == note.kind)


def _endings() -> dict[Ending, str]:
    return {
        Ending.DONE: _("Done"), Ending.HANDED_BACK: _("Handed back"), Ending.RELEASED: _("Released"),
        Ending.RECALLED: _("Taken back"), Ending.WITHDRAWN: _("Withdrawn"),
        Ending.DELEGATED: _("Handed on within the unit"),
    }  # fmt: skip


def _subjects(whole: Whole) -> Iterator[str]:
    yield from (step.actor for step in whole.steps)
    yield from (note.author for note in whole.notes)
    for petition in whole.petitions:
        yield from (petition.asked_by, petition.decided_by)


def _files(whole: Whole) -> Iterator[UUID]:
    yield from whole.case.photos
    yield from (file for note in whole.notes for file in note.files)
    yield from (UUID(photo["file"]) for step in whole.steps for photo in _evidence(step))


def _evidence(step: Step) -> list[dict[str, Any]]:
    """The photos that show something; those of the report itself are the case's own."""
    return [photo for photo in step.given.get("photos", ()) if isinstance(photo, dict)]
