"""Write what somebody is told: on the page at once, and by what else the rules and their own choice say."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yiwang.cases.models import Case
from yiwang.cases.rules import Told
from yiwang.catalogue.models import ItemVersion
from yiwang.catalogue.rules import Urgency
from yiwang.notices import access, adapters
from yiwang.notices.actions.occurred import Occurred, Thing
from yiwang.notices.models import Notice, OwnChoices
from yiwang.notices.policy import rules
from yiwang.notices.rules.choosing import Where, chosen, goes_by
from yiwang.notices.rules.occasions import NEVER_QUIET, OUTGOING, Channel
from yiwang.notices.rules.quiet import USUAL
from yiwang.notices.rules.sending import LIFE, Capacity, State, takes_sms
from yiwang.people.roster import roster
from yiwang.plumbing.pouring import pour

REPORTER = "reporter"
_PERSON = "person:"
# A whole ladder of a flood comes in one fact; this many rows go in one statement.
BATCH = 1000


@dataclass(slots=True)
class _Known:
    """What must be known of people to tell them, asked once for all."""

    holders: dict[int, list[int]]
    choices: dict[int, OwnChoices]
    phones: dict[int, str]
    boards: dict[int, int] = field(default_factory=dict)


@transaction.atomic
def tell(occurred: Iterable[Occurred], *, now: datetime) -> int:
    """Tell whoever is to be told of these; how many notices were written at most. Stands everywhere.

    Harmless when run twice: who was told of a thing by a channel is not told of it again.
    """
    found = list(occurred)
    today = timezone.localdate(now)
    posts = [_posts_of(one, today) for one in found]
    known = _known(found, posts, today)
    rows = [row for one, told in zip(found, posts, strict=True) for row in _rows(one, told, known, now)]
    for begins in range(0, len(rows), BATCH):
        pour(rows[begins : begins + BATCH], twice="DO NOTHING")
    for one in found:
        if one.ends:
            _end(one.county, one.ends, now)
    return len(rows)


def _end(county: str, key: str, now: datetime) -> None:
    """What was told under this key asks for nothing any more: it does not ring, and what waits does not go out."""
    told = Notice.objects.filter(county=county, key=key, over_at=None)
    waiting = told.filter(state=State.WAITING)
    waiting.update(state=LIFE.decide("lapse", State.WAITING, duties={Capacity.CLOCK}), next_at=None, trouble="over")
    told.filter(channel=Channel.PAGE, read_at=None).update(read_at=now)
    told.update(over_at=now)


def _posts_of(one: Occurred, today: date) -> list[int]:
    wanted = [post for post in one.posts if post is not None]
    return access.in_post(wanted, one.what.place, sealed=one.is_sealed, on=today)


def _known(found: Sequence[Occurred], posts: Sequence[list[int]], today: date) -> _Known:
    heads = {
        head for one, told in zip(found, posts, strict=True) for post in told
        if (head := access.head_of(post, one.what.place, today))
    }  # fmt: skip
    holders = access.holders({post for told in posts for post in told} | heads, today)
    people = {person for held in holders.values() for person in held}
    people |= {_number(subject) for one in found for subject in _named(one)}
    choices = {row.person_id: row for row in OwnChoices.objects.filter(person__in=people)} if people else {}
    by_sms = Channel.SMS in adapters.open_channels()
    versions = {one.case.version_id for one in found if one.case and one.case.version_id}
    boards = dict(ItemVersion.objects.filter(pk__in=versions).values_list("pk", "board_id")) if versions else {}
    return _Known(holders, choices, access.phones_of(people) if by_sms else {}, boards)


def _named(one: Occurred) -> tuple[str, ...]:
    """Who is told by name; a worker who told it is its reporter as a colleague."""
    case = one.case
    if case is None or not one.reporter or case.is_sealed:
        return one.people
    of_worker = case.told == Told.WORKER and case.teller.startswith(_PERSON)
    return (*one.people, *((case.teller,) if of_worker else ()))


def _rows(one: Occurred, posts: Sequence[int], known: _Known, now: datetime) -> Iterator[Notice]:
    told: dict[int, str] = {}
    for post in posts:
        for person in _people_of(post, one.what.place, known, timezone.localdate(now)):
            told.setdefault(person, _role(post))
    for subject in _named(one):
        told.setdefault(_number(subject), _role(one.what.post) if isinstance(one.what, Thing) else "")
    for person, role in told.items():
        if f"{_PERSON}{person}" not in {one.by, *one.without}:
            yield from _to_person(one, person, role, known, now)
    if one.reporter and one.case and one.case.contact is not None and not one.is_sealed:
        yield from _to_reporter(one, known, now)


def _role(post: int | None) -> str:
    line = roster().get(post)
    return line.role if line else ""


def _people_of(post: int, place: str, known: _Known, today: date) -> list[int]:
    held = known.holders.get(post)
    head = None if held else access.head_of(post, place, today)
    return held or (known.holders.get(head, []) if head else [])


def _to_person(one: Occurred, person: int, role: str, known: _Known, now: datetime) -> Iterator[Notice]:
    subject = f"{_PERSON}{person}"
    yield _notice(one, subject, Channel.PAGE, state=State.SENT, gone_at=now)
    if one.is_sealed:
        return
    choices = known.choices.get(person)
    reached = {
        Channel.EMAIL: bool(choices and choices.reached_at), Channel.SMS: takes_sms(known.phones.get(person, ""))
    }  # fmt: skip
    for channel in adapters.open_channels():
        rule = goes_by(rules(), one.occasion, channel, _where(one, role, known))
        mine = (choices.yes, choices.no) if choices else ([], [])
        if reached[channel] and chosen(one.occasion, channel, rule=rule, yes=mine[0], no=mine[1]):
            quiet = choices.quiet if choices else USUAL
            yield _going_out(one, subject, channel, quiet.ends_after(timezone.localtime(now)), now)


def _to_reporter(one: Occurred, known: _Known, now: datetime) -> Iterator[Notice]:
    """By SMS, the only way that a reporter leaves; whether the number takes one is seen when it is opened."""
    open_ = Channel.SMS in adapters.open_channels()
    if open_ and goes_by(rules(), one.occasion, Channel.SMS, _where(one, "", known)):
        yield _going_out(one, REPORTER, Channel.SMS, USUAL.ends_after(timezone.localtime(now)), now)


def _where(one: Occurred, role: str, known: _Known) -> Where:
    case = one.case
    if case is None:
        return Where(one.county, role, 0, Urgency.ROUTINE)
    return Where(case.county, role, known.boards.get(case.version_id or 0, 0), case.urgency or Urgency.ROUTINE)


def _going_out(one: Occurred, subject: str, channel: Channel, quiet_until: datetime | None, now: datetime) -> Notice:
    held = quiet_until if one.occasion not in NEVER_QUIET else None
    return _notice(one, subject, channel, state=State.WAITING, next_at=held or now, held=held is not None)


def _notice(one: Occurred, subject: str, channel: Channel, *, state: State, **more: object) -> Notice:
    assert channel is Channel.PAGE or channel in OUTGOING
    return Notice(
        county=one.county, key=one.key, occasion=one.occasion.value, place=one.what.place,
        **_about(one.what), sealed=one.is_sealed, recipient=subject, channel=channel.value, state=state.value,
        at=one.at, until=one.until, about=one.about[:60], **more,
    )  # fmt: skip


def _about(what: Case | Thing) -> dict[str, object]:
    if isinstance(what, Thing):
        return {"case": None, "subject": what.subject, "title": what.title}
    return {"case": what.number, "item": what.item_id}


def _number(subject: str) -> int:
    return int(subject.removeprefix(_PERSON))
