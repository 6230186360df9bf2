"""What is open in the demonstration county: cases of the last days in every state, brought there by the real acts."""

import random
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from operator import itemgetter
from typing import NamedTuple

from yiwang.catalogue.rules import Urgency
from yiwang.demo import COUNTY, acts, photos
from yiwang.demo.acts import Act, Story, pictures
from yiwang.demo.matters import Cast, position_of, tell
from yiwang.demo.rows import Plan, Spot
from yiwang.demo.showing import SCENE_OF
from yiwang.plumbing.refusals import Refused

FIRST_TOWN, FIRST_GRID = f"{COUNTY}001", f"{COUNTY}001001001"
FIRST_YARD = f"{FIRST_GRID}001"
OF_WATER = "MS03"
Script = tuple[Act, ...]
# What is done with a case, and when it was told (seconds).
Begun = tuple[Script, int]
_IN_HAND = (acts.accept, acts.dispatch, acts.sign)
_FINISHED = (*_IN_HAND, acts.finish)
_CHECKED = (*_FINISHED, acts.confirm)
# How far a case has come, from how many hours ago to how many, how often.
SCRIPTS: tuple[tuple[Script, tuple[int, int], int], ...] = (
    ((), (0, 8), 12),
    ((), (16, 40), 4),
    ((acts.accept,), (2, 26), 9),
    ((acts.accept, acts.dispatch), (2, 30), 12),
    (_IN_HAND, (3, 40), 16),
    ((*_IN_HAND, acts.urge), (200, 500), 8),
    ((*_IN_HAND, acts.ask_time), (3, 30), 6),
    ((*_IN_HAND, acts.ask_pause), (3, 30), 2),
    ((*_IN_HAND, acts.ask_pause, acts.grant_pause), (6, 72), 3),
    ((acts.accept, acts.dispatch, acts.hand_back), (2, 16), 5),
    ((*_IN_HAND, acts.whistle), (3, 48), 6),
    (_FINISHED, (4, 60), 10),
    (_CHECKED, (6, 60), 6),
    ((*_CHECKED, acts.please), (6, 72), 3),
    ((*_IN_HAND, acts.finish, acts.send_back), (6, 60), 3),
    ((*_CHECKED, acts.displease, acts.reopen), (20, 80), 3),
    ((acts.accept, acts.tell_again), (6, 60), 2),
    ((acts.split,), (6, 60), 2),
    ((acts.withdraw,), (6, 72), 1),
    ((acts.decline,), (6, 72), 2),
)
# So much the grid worker whom a newcomer tries has in hand; and where there is something to check for that worker and
# for the head of the courtyard.
_OWN, _TO_CHECK = 3, (FIRST_GRID, FIRST_YARD, FIRST_GRID)
# So many residents of the first town wait for a call, after a matter about which everybody is called
# (`overseeing.let_be_called`): whoever only calls has something to do on a Monday morning, too.
_TO_CALL, _CALLED_ABOUT = 2, "MS01-04"
# So much of the county's reports comes from there.
_OF_FIRST_TOWN, _OF_FIRST_GRID = 0.5, 0.04
# What was told after this nobody has dealt with yet.
FRESH = timedelta(hours=2)


def told_at(moments: list[int], size: int, *, now: datetime) -> tuple[list[Begun], list[int]]:
    """Which of the moments (seconds, ascending) are those of the open cases, one of each script at least; the others.

    Each takes the one that is left nearest to when it would have been told. The others come as their places in the
    list. What came in just now is open whatever `size` says.
    """
    chance = random.Random(size)  # noqa: S311 - nothing secret is drawn
    left, begun = list(range(len(moments))), list[Begun]()

    def until(at: datetime) -> int:
        """How many of those that are left lie before."""
        return bisect_left(left, at.timestamp(), key=moments.__getitem__)

    for script, (least, most) in _scripts(chance, size):
        wanted = until(now - timedelta(hours=chance.uniform(least, most)))
        # Nobody has come so far so soon.
        taken = left.pop(max(0, min(wanted, until(now - timedelta(hours=least)) - 1)))
        begun.append((script, moments[taken]))
    settled = until(now - FRESH)
    begun += [((), moments[n]) for n in left[settled:]]
    return sorted(begun, key=itemgetter(1)), left[:settled]


class Opening(NamedTuple):
    """A case that will be open: of which kind, where, when it was told (seconds), and what is done with it."""

    kind: int
    spot: Spot
    at: int
    script: Script


def openings(plan: Plan, begun: list[Begun], *, on: date) -> list[Opening]:
    """These cases on the plan's ground; their photos are drawn from now on."""
    chance = random.Random(plan.seed)  # noqa: S311 - nothing secret is drawn
    cast, found = Cast.of(plan, on=on), list[Opening]()
    own, to_check = _of_the_worker(plan, chance), [_at(plan, place) for place in _TO_CHECK]
    to_call = chance.sample([spot for spot in plan.spots if spot.place.startswith(FIRST_TOWN)], _TO_CALL)
    for turn, (script, told) in enumerate(begun):
        at, spot = told, somewhere(plan, chance, turn)
        kind = something(cast, chance, turn, with_photos=acts.finish not in script)
        if script == _IN_HAND and own:
            spot, kind = own.pop()
        elif script == _FINISHED and to_check:
            # The water company's: nobody looks whether their own work is done.
            spot, kind = to_check.pop(), something(cast, chance, 0, with_photos=False)
        elif script == _CHECKED and to_call:
            # In odd seconds a resident tells.
            spot, kind, at = to_call.pop(), _kind(plan, _CALLED_ABOUT), at | 1
        found.append(Opening(kind, spot, at, script))
        photos.wanted(pictures(plan.kinds[kind].scene, position_of(spot, at), finished=acts.finish in script))
    return found


def open_some(plan: Plan, opened: list[Opening], *, on: date) -> None:
    """Open these cases and move each on as far as its script says."""
    cast = Cast.of(plan, on=on)
    for one in opened:
        then = datetime.fromtimestamp(one.at, UTC)
        play(one.script, tell(cast, one.kind, one.spot, turn=one.at, now=then))


def _scripts(chance: random.Random, size: int) -> Iterator[tuple[Script, tuple[int, int]]]:
    every = [(script, hours) for script, hours, _ in SCRIPTS]
    # In each place where something is to check, and for each who is to be called.
    every += [one for one in every if one[0] == _FINISHED] * (len(_TO_CHECK) - 1)
    every += [one for one in every if one[0] == _CHECKED] * (_TO_CALL - 1)
    more = chance.choices(every[: len(SCRIPTS)], [often for *_, often in SCRIPTS], k=max(0, size - len(every)))
    # Who can only have been told of lately chooses first.
    yield from sorted([*every, *more][:size], key=lambda one: one[1][1])


def crowd(plan: Plan) -> Plan:
    """Let the first town, the county's seat, tell half of all, the year round: there a newcomer's seats stand.

    Only so do they have enough before them without a town whose last days are unlike its others.
    """
    for ground, share in ((FIRST_TOWN, _OF_FIRST_TOWN), (FIRST_GRID, _OF_FIRST_GRID)):
        inside = [spot.place.startswith(ground) for spot in plan.spots]
        all_of_it = sum(plan.spot_weights)
        there = sum(weight for weight, is_in in zip(plan.spot_weights, inside, strict=True) if is_in)
        more = share / (1 - share) * (all_of_it - there) / there
        plan.spot_weights = [
            weight * (more if is_in else 1) for weight, is_in in zip(plan.spot_weights, inside, strict=True)
        ]
    return plan


def somewhere(plan: Plan, chance: random.Random, turn: int) -> Spot:
    """Where it is told the year round; but one in eleven lies before the grid worker whom a newcomer tries."""
    if turn % 11 == 0:
        return chance.choice([spot for spot in plan.spots if spot.place.startswith(FIRST_GRID)])
    return chance.choices(plan.spots, plan.spot_weights)[0]


def something(cast: Cast, chance: random.Random, turn: int, *, with_photos: bool) -> int:
    """Every third is the water company's; what must be shown to be finished is something that can be drawn."""
    wanted = OF_WATER if turn % 3 == 0 else ""
    # An emergency does not lie on a desk.
    calm = [number for number, kind in enumerate(cast.plan.kinds) if kind.urgency != Urgency.EMERGENCY]
    kinds = [number for number in calm if with_photos or cast.plan.kinds[number].scene or not cast.is_shown(number)]
    fit = [number for number in kinds if cast.plan.kinds[number].code.startswith(wanted)]
    drawn = [number for number in fit if cast.plan.kinds[number].code in SCENE_OF]
    return chance.choice(drawn if drawn and turn % 2 else fit or kinds)


def _at(plan: Plan, place: str) -> Spot:
    return next(spot for spot in plan.spots if spot.place == place)


def _kind(plan: Plan, code: str) -> int:
    return next(number for number, kind in enumerate(plan.kinds) if kind.code == code)


def _of_the_worker(plan: Plan, chance: random.Random) -> list[tuple[Spot, int]]:
    """What the grid worker whom a newcomer tries has in hand: some of what that post itself deals with."""
    spot = _at(plan, FIRST_GRID)
    at = plan.spots.index(spot)
    found = [
        (spot, number)
        for number, kind in enumerate(plan.kinds)
        if kind.urgency != Urgency.EMERGENCY and plan.leads[number][at] == spot.checker[1]
    ]
    return chance.sample(found, min(_OWN, len(found)))


def play(script: tuple[Act, ...], story: Story) -> None:
    """Move a case on as far as its script says, or as the hour allows."""
    for act in script:
        try:
            act(story)
        except Refused:
            # A night, a holiday or a short limit may forbid it at this hour: the case stays where it has come to.
            return
