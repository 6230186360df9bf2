"""Play a day of the demonstration county: reports come in by its rhythm, and everybody does their part by the acts."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db import transaction
from django.utils import timezone

from yiwang.cases.models import Case, Petition
from yiwang.cases.rules import OPEN, State
from yiwang.catalogue.queries import catalogue
from yiwang.catalogue.rules import Secrecy
from yiwang.demo import acts
from yiwang.demo.acts import Act, Story
from yiwang.demo.living import crowd, something, somewhere
from yiwang.demo.matters import Cast, tell
from yiwang.demo.planning import Span, plan_of
from yiwang.plumbing.refusals import Refused
from yiwang.trial.models import Day
from yiwang.trial.rules import MOST_AT_ONCE, moves_on, share_of, told_by

# What may come next where a case stands, and how often of a hundred.
NEXT: dict[State, dict[Act, int]] = {
    State.REPORTED: {acts.accept: 90, acts.decline: 6, acts.withdraw: 4},
    State.ACCEPTED: {acts.dispatch: 88, acts.whistle: 6, acts.tell_again: 6},
    State.DISPATCHED: {acts.sign: 90, acts.hand_back: 10},
    State.IN_HAND: {acts.finish: 82, acts.ask_time: 14, acts.urge: 4},
    State.FINISHED: {acts.confirm: 88, acts.send_back: 12},
    State.CHECKED: {acts.please: 84, acts.displease: 16},
    State.CALLED_BACK: {acts.close: 100},
}
# Now and then one of the cases of yesterday moves on, too.
_OLDER = 0.5


def play(day: Day, *, now: datetime) -> tuple[int, int]:
    """Play what happened since the beat before; gives how many reports came in, how many moves were made."""
    chance = random.Random(f"{day.pk}:{day.beats}")  # noqa: S311 - nothing secret is drawn
    cast = _cast(timezone.localdate(now))
    due = min(MOST_AT_ONCE, told_by(share_of(day.begun_at, day.minutes, now)) - day.reports)
    moved = sum(_moves(case, cast, chance, now) for case in _whose_turn(day, chance))
    for _ in range(due):
        turn = chance.randrange(10_000)
        kind = something(cast, chance, turn, with_photos=False)
        tell(cast, kind, somewhere(cast.plan, chance, turn), turn=turn, now=now, pace=timedelta())
    return max(0, due), moved


@lru_cache(maxsize=1)
def _cast(on: date) -> Cast:
    """Everybody, once a day: it takes a second or two to ask."""
    return Cast.of(crowd(plan_of(1, 0, over=Span(timezone.now(), 1, 1))), on=on)


def _whose_turn(day: Day, chance: random.Random) -> Iterator[Case]:
    """Cases that move on in this beat: those of the day by chance, and now and then an older one."""
    waiting = Case.objects.filter(county=day.county, state__in=sorted(set(NEXT) & OPEN))
    waiting = waiting.exclude(secrecy=Secrecy.SEALED).order_by("number")
    likely = moves_on(day.minutes)
    yield from (case for case in waiting.filter(opened_at__gte=day.begun_at) if chance.random() < likely)
    older = waiting.filter(opened_at__lt=day.begun_at)
    if chance.random() < _OLDER and (count := older.count()):
        yield older[chance.randrange(count)]


def _moves(case: Case, cast: Cast, chance: random.Random, now: datetime) -> bool:
    """Let somebody do what comes next; whether it was done: an hour, a limit or a unit of one's own may forbid it."""
    story = _story_of(case, cast, now)
    if story is None:
        return False
    try:
        with transaction.atomic():
            _next(case, chance)(story)
    except Refused:
        return False
    return True


def _next(case: Case, chance: random.Random) -> Act:
    if Petition.objects.filter(case=case.pk, decided_at=None).exists():
        return acts.grant_time
    may = NEXT[State(case.state)]
    if acts.close in may and case.satisfied is False:
        return acts.reopen
    # Nobody left a number: there is nobody to call.
    if acts.please in may and not case.contact:
        return acts.close
    return chance.choices(list(may), list(may.values()))[0]


def _story_of(case: Case, cast: Cast, now: datetime) -> Story | None:
    """The case as those know it who have a hand in it; none where it lies outside of what the demonstration plans."""
    spot = next((spot for spot in cast.plan.spots if spot.place == case.place), None)
    line = catalogue().get(case.item_id) if case.item_id else None
    if spot is None or line is None or case.lead_id is None or case.lon is None or case.lat is None:
        return None
    hands = cast.hands(spot, case.lead_id)
    at = (case.lon, case.lat)
    return Story(case.number, line, spot, case.lead_id, hands, now, cast.others, at, timedelta())
