"""What can be asked of notices: one's own list, how many are unread, one's choices, what failed on one's ground."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from yiwang.notices import access
from yiwang.notices.adapters import open_channels
from yiwang.notices.models import Notice, OwnChoices
from yiwang.notices.policy import rules
from yiwang.notices.rules.choosing import Where, choice_of, chosen, goes_by
from yiwang.notices.rules.occasions import FOR_REPORTERS, NEVER_QUIET, OUTGOING, Channel, Occasion
from yiwang.notices.rules.sending import State
from yiwang.notices.words import CHANNELS
from yiwang.people import access as people
from yiwang.people.models import Person
from yiwang.people.roster import roster
from yiwang.people.rules import Duty
from yiwang.plumbing.walls.ground import EVERYWHERE, lies_in, standing_on

ON_A_PAGE = 50
MOST_COUNTED = 99
"""How many are counted for the bell; more is said to be more."""
MOST_FAILED = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """Whether one is told of an occasion by a channel. `fixed`: nobody chooses."""

    occasion: Occasion
    channel: Channel
    name: str
    on: bool
    fixed: bool

    @property
    def channel_words(self) -> str:
        """What the channel is called."""
        return str(CHANNELS[self.channel])


def visible_to(person: Person) -> QuerySet[Notice]:
    """What a person was told, by whatever channel."""
    return Notice.objects.filter(recipient=f"person:{person.pk}")


def page_of(person: Person) -> QuerySet[Notice]:
    """The same as it stands on their page."""
    return visible_to(person).filter(channel=Channel.PAGE)


def unread(person: Person) -> QuerySet[Notice]:
    """What they have not read yet."""
    return page_of(person).filter(read_at=None)


def how_many_unread(person: Person) -> int:
    """How many these are, counted up to one more than `MOST_COUNTED`."""
    return unread(person)[: MOST_COUNTED + 1].count()


def listed(person: Person, *, before: int = 0, only_unread: bool = False) -> list[Notice]:
    """A person's notices, the newest first, those before a number: one more than a page holds, if there are more."""
    found = unread(person) if only_unread else page_of(person)
    if before:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-pk")[: ON_A_PAGE + 1])


def own_choices(person: Person) -> OwnChoices:
    """What the person has chosen; the usual where they have not chosen anything. Not saved."""
    with standing_on(EVERYWHERE):
        return OwnChoices.objects.filter(person=person).first() or OwnChoices(person=person)


def choices_of(person: Person, own: OwnChoices, *, today: date) -> dict[Occasion, list[Choice]]:
    """By occasion, for each outgoing channel that is set up, whether the person is told by it now.

    As the rules stand for the post of theirs that is told most; what is only for reporters is left out.
    """
    held = people.present(person.pk, today)
    lines = [line for grant in held if (line := roster().get(grant.post))]
    places = [Where((line.ground or "")[:6], line.role) for line in lines] or [Where()]
    shown = [channel for channel in OUTGOING if channel in open_channels()]
    return {
        occasion: [_choice(occasion, channel, places, own) for channel in shown]
        for occasion in Occasion if occasion not in FOR_REPORTERS
    }  # fmt: skip


def is_reached_by_sms(person: Person) -> bool:
    """Whether a phone is kept for the person."""
    return bool(access.phones_of({person.pk}))


def failed_on_ground_of(person: Person, *, today: date) -> QuerySet[Notice]:
    """The notices that failed on ground which the person administers."""
    grounds = people.grounds_of(person.pk, today, Duty.ADMINISTER)
    return Notice.objects.filter(lies_in("place", grounds), state=State.FAILED)


def failed(person: Person, *, today: date) -> list[Notice]:
    """The same, the newest first, `MOST_FAILED` at most."""
    return list(failed_on_ground_of(person, today=today).order_by("-pk")[:MOST_FAILED])


def failed_since_yesterday() -> int:
    """How many notices of the last day have failed, over all ground. For the owner of the tables."""
    return Notice.objects.filter(state=State.FAILED, at__gt=timezone.now() - timedelta(days=1)).count()


def _choice(occasion: Occasion, channel: Channel, places: list[Where], own: OwnChoices) -> Choice:
    rule = any(goes_by(rules(), occasion, channel, where) for where in places)
    on = chosen(occasion, channel, rule=rule, yes=own.yes, no=own.no)
    return Choice(occasion, channel, choice_of(occasion, channel), on, occasion in NEVER_QUIET)
