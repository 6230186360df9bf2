"""Let notices go out: hand out what is due as messages, send each in a job, and write down what became of it.

What is guaranteed: each notice goes at least once, and again only where a process was killed after the server took it
and before that was written down. Then it goes under the same id, by which mail programs and gateways know it again.
The other order, first written and then sent, would lose what a killed process never sent; a lost alarm is worse.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from json import loads
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from yiwang.cases.models import Case
from yiwang.cases.rules import plain_phone
from yiwang.catalogue.rules import Secrecy
from yiwang.notices.actions.telling import REPORTER
from yiwang.notices.adapters import Undelivered, adapter
from yiwang.notices.models import Notice, OwnChoices
from yiwang.notices.rules.occasions import OUTGOING, Channel
from yiwang.notices.rules.sending import (
    LIFE,
    LOST_AFTER,
    WINDOW,
    Capacity,
    Gone,
    Line,
    State,
    moments_of,
    pack,
    takes_sms,
    tried_again_at,
)
from yiwang.notices.wording import composed
from yiwang.people.models import Person
from yiwang.plumbing.metrics import notice_went
from yiwang.plumbing.pouring import pour
from yiwang.plumbing.sealing import BrokenSeal, unseal

BATCH = 500
_BY_CLOCK = frozenset({Capacity.CLOCK})
_KEPT = ("state", "message", "next_at", "tries", "trouble", "gone_at")
_ANEW = f"(county, key, recipient, channel) DO UPDATE SET {', '.join(f'{one} = excluded.{one}' for one in _KEPT)}"
# These are nobody's failure: there is no way to reach them, or none that may be gone.
NO_WAY = frozenset({"no_address", "not_a_mobile"})


@dataclass(frozen=True, slots=True)
class HandedOut:
    """The messages that were made, and whether more is due than one batch."""

    messages: list[UUID]
    more: bool


@transaction.atomic
def hand_out(county: str, *, now: datetime, most: int = BATCH) -> HandedOut:
    """Make messages of what is due in a county, the oldest first; each is to be delivered by a job.

    Stands everywhere. What somebody else holds is passed over; what was handed out and never came back is again.
    """
    due = Notice.objects.filter(county=county, next_at__lte=now).order_by("next_at", "pk")
    found = list(due.select_for_update(skip_locked=True)[:most])
    fresh = [one for one in found if one.message is None]
    gone = _gone(fresh, now)
    for whom, lines in groupby(sorted(fresh, key=_whom), key=_whom):
        _pack(list(lines), gone.get(whom, []), now)
    for one in found:
        if one.message is not None:
            one.state, one.next_at = _moved(one, "hand_out").value, now + LOST_AFTER
    _keep(found)
    messages = list(dict.fromkeys(one.message for one in found if one.message))
    return HandedOut(messages, more=len(found) == most)


@transaction.atomic
def deliver(message: UUID, *, now: datetime) -> State | None:
    """Send a message and write down what became of it; None where that was done already. Stands everywhere."""
    waiting = Notice.objects.filter(message=message, state=State.SENDING).order_by("pk")
    notices = _not_sealed(list(waiting.select_for_update()))
    if not notices:
        return None
    trouble, final = _sent(notices, message)
    state = _became(notices[0], trouble, final=final, now=now)
    for one in notices:
        one.tries += 1
        one.state, one.trouble = state.value, trouble
        one.gone_at, one.next_at = moments_of(state, one.tries, now)
    _keep(notices)
    notice_went(notices[0].channel, state.value)
    return state


def _whom(notice: Notice) -> tuple[str, str, int]:
    """Whom a message goes to; of reporters each case has its own."""
    return notice.recipient, notice.channel, (notice.case or 0) if notice.recipient == REPORTER else 0


def _gone(fresh: Sequence[Notice], now: datetime) -> dict[tuple[str, str, int], list[Gone]]:
    """What went to these people within the window, by whom: one line for each message of each occasion."""
    people = {one.recipient for one in fresh} - {REPORTER}
    cases = {one.case for one in fresh if one.recipient == REPORTER}
    went = Notice.objects.exclude(channel=Channel.PAGE).filter(channel__in=OUTGOING, gone_at__gt=now - WINDOW)
    rows = list(went.filter(recipient__in=people)) if people else []
    if cases:
        rows += went.filter(recipient=REPORTER, case__in=cases)
    sizes: defaultdict[tuple[tuple[str, str, int], UUID | None, str], list[Notice]] = defaultdict(list)
    for one in rows:
        sizes[_whom(one), one.message, one.occasion].append(one)
    found: defaultdict[tuple[str, str, int], list[Gone]] = defaultdict(list)
    for (whom, _message, _occasion), held in sizes.items():
        assert held[0].gone_at is not None, "what went has a moment"
        # What the night kept is no flood.
        found[whom].append(Gone(held[0].kind, held[0].gone_at, digest=len(held) > 1 and not held[0].held))
    return found


def _pack(notices: Sequence[Notice], gone: Sequence[Gone], now: datetime) -> None:
    by_id = {one.pk: one for one in notices}
    packed = pack([Line(one.pk, one.kind, one.held) for one in notices], gone, now=now)
    for one, at in packed.later:
        by_id[one].next_at = at
    for ids in packed.messages:
        message = uuid4()
        for one in ids:
            by_id[one].message = message


def _not_sealed(notices: list[Notice]) -> list[Notice]:
    """Those that still may go; what was sealed since is dropped: of it nothing leaves the platform."""
    cases = Case.objects.filter(
        county__in={one.county for one in notices}, number__in={one.case for one in notices}, secrecy=Secrecy.SEALED
    )
    sealed = set(cases.values_list("number", flat=True)) if notices else set()
    dropped = [one for one in notices if one.case in sealed]
    for one in dropped:
        one.state, one.next_at, one.trouble = _moved(one, "drop", "trouble").value, None, "sealed"
    _keep(dropped)
    return [one for one in notices if one.case not in sealed]


def _sent(notices: Sequence[Notice], message: UUID) -> tuple[str, bool]:
    """Send; what the trouble was (none: it went), and whether it is of no use to try again."""
    first = notices[0]
    channel = Channel(first.channel)
    if not adapter(channel).is_set_up():
        return "not_set_up", False
    to, language, lack = _reach(first, channel)
    if lack:
        return lack, True
    reporter = first.recipient == REPORTER
    try:
        adapter(channel).send(composed(notices, to=to, message=message, language=language, reporter=reporter))
    except Undelivered as undelivered:
        return undelivered.trouble, undelivered.final
    return "", False


def _became(first: Notice, trouble: str, *, final: bool, now: datetime) -> State:
    if not trouble:
        return _moved(first, "arrive")
    if trouble in NO_WAY:
        return _moved(first, "drop", "trouble")
    if final or tried_again_at(first.tries + 1, now) is None:
        return _moved(first, "give_up", "trouble")
    return _moved(first, "put_off")


def _reach(notice: Notice, channel: Channel) -> tuple[str, str, str]:
    """The address and the language of whoever is told, or what there is instead of a way to them."""
    if notice.recipient == REPORTER:
        return _reach_reporter(notice)
    number = int(notice.recipient.removeprefix("person:"))
    person = Person.objects.filter(pk=number, is_active=True).first()
    choices = OwnChoices.objects.filter(person=number).first()
    language = (choices.language if choices else "") or settings.LANGUAGE_CODE
    if person is None:
        return "", language, "no_address"
    if channel is Channel.EMAIL:
        address = choices.reached_at if choices else ""
        return address, language, "" if address else "no_address"
    phone = plain_phone(person.phone or "")
    return phone, language, "" if takes_sms(phone) else "not_a_mobile"


def _reach_reporter(notice: Notice) -> tuple[str, str, str]:
    """The phone that was left with the report, opened for this message alone. Of a sealed case nothing goes out."""
    language = settings.LANGUAGE_CODE
    case = Case.objects.filter(county=notice.county, number=notice.case or 0).only("contact").first()
    if case is None or case.contact is None:
        return "", language, "no_address"
    try:
        _name, phone = loads(unseal(bytes(case.contact), of=f"case:{notice.case}"))
    except BrokenSeal:
        return "", language, "seal_broken"
    phone = plain_phone(phone)
    return phone, language, "" if takes_sms(phone) else "not_a_mobile"


def _moved(notice: Notice, move: str, *given: str) -> State:
    return LIFE.decide(move, State(notice.state), duties=_BY_CLOCK, given=given)


def _keep(notices: Sequence[Notice]) -> None:
    """Write what changed on these in one statement: a row that is there already, by what makes it the only one."""
    pour(notices, twice=_ANEW)
