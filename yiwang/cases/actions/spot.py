"""To the spot: whistling for posts 吹哨, reporting in 报到, and the appraisal of who was called."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yiwang.cases.access import Actor
from yiwang.cases.actions.dispatch import refuse_unfit_posts
from yiwang.cases.actions.moving import in_post, put, reason_in, take
from yiwang.cases.facts import WhistleBlown
from yiwang.cases.models import Case, Summons
from yiwang.cases.rules import REPORT_IN_WITHIN, appraisal_fault, stamp
from yiwang.people.rules import Duty
from yiwang.places.rules import Datum, convert, metres_between
from yiwang.plumbing.facts import announce
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.worktime.queries import calendar_for
from yiwang.plumbing.worktime.rules import due_at

LONGEST_APPRAISAL = 500
# Who can be of use on the spot. A post that only looks at numbers or keeps accounts is not called out.
COME_WHEN_CALLED = (Duty.HANDLE, Duty.CHECK, Duty.MEDIATE, Duty.SUPERVISE)


@transaction.atomic
def whistle(
    number: int, *, posts: Collection[int], reason: str, by: Actor, now: datetime, seen: int | None = None
) -> Case:
    """Call posts to the spot; each has two hours to report in.

    Refuses a post that is not there today, does not answer for the place or is of no use on the spot (to a sealed
    case only those who investigate are called), one's own, and one that is called already and has not come yet.
    """
    called = sorted(set(posts))
    given = {*reason_in(reason), *(["posts"] if called else [])}
    hand = take(number, "whistle", by=by, now=now, seen=seen, given=given)
    case = hand.case
    refuse_unfit_posts(case, called, now, able=COME_WHEN_CALLED)
    if not by.posts.isdisjoint(called):
        raise Refused("whistle_to_oneself")
    if not set(case.summoned).isdisjoint(called):
        raise Refused("summoned_already")
    due = due_at(now, REPORT_IN_WITHIN, calendar_for(case.place)).at
    Summons.objects.bulk_create(
        Summons(
            county=case.county, case_id=number, place=case.place, post_id=post, whistler=by.identity,
            whistler_post_id=hand.post, called_at=now, due_at=due,
        ) for post in called
    )  # fmt: skip
    case = put(
        hand, reason=reason, given={"posts": called, "due_at": stamp(due)}, summoned=sorted([*case.summoned, *called])
    )
    announce(WhistleBlown(number, case.county, tuple(called)))
    return case


@transaction.atomic
def report_in(
    number: int, *, position: tuple[float, float], by: Actor, now: datetime, datum: str = Datum.WGS84,
    post: int | None = None, seen: int | None = None,
) -> Case:  # fmt: skip
    """A post that was whistled for is there: when, where (longitude, latitude in degrees of `datum`), how far away.

    The distance to the case is geodesic, in metres, and unknown where the case has no position. Who comes late
    reports in all the same. `post`: which of one's own, where several were called.
    """
    hand = take(number, "report_in", by=by, now=now, seen=seen, given={"position"})
    called = in_post(hand, post, otherwise="not_summoned")
    if not (-180 <= position[0] <= 180 and -90 <= position[1] <= 90):
        raise Refused("position_impossible")
    case = hand.case
    lon, lat = convert(*position, of=datum, to=Datum.WGS84)
    summons = Summons.objects.get(county=case.county, case=number, post=called, reported_in_at=None)
    summons.reported_in_at, summons.reported_in_by = now, by.subject
    summons.lon, summons.lat, summons.metres_away = lon, lat, _metres_away(case, lon, lat)
    summons.save()
    told = {"post": called, "position": [lon, lat], "metres_away": summons.metres_away}
    return put(hand, given=told, summoned=[one for one in case.summoned if one != called])


@transaction.atomic
def appraise(
    number: int, *, post: int, score: int, by: Actor, now: datetime, words: str = "", seen: int | None = None
) -> Case:
    """The whistler says how a post that they called did: 1 to 5, and in words; once for each call.

    Also a post that never came is appraised, when its time is over. Refuses everybody else, a second time, and a
    post that may still come.
    """
    hand = take(number, "appraise", by=by, now=now, seen=seen, given={"post", "score"})
    if score not in range(1, 6):
        raise Refused("score_unfit")
    if len(words) > LONGEST_APPRAISAL:
        raise Refused("report_too_long", most=LONGEST_APPRAISAL)
    summons = _to_appraise(hand.case, post, by)
    if fault := appraisal_fault(reported_in_at=summons.reported_in_at, due=summons.due_at, now=now):
        raise Refused(fault, until=timezone.localtime(summons.due_at).strftime("%Y-%m-%d %H:%M"))
    summons.score, summons.appraisal, summons.appraised_at = score, words, now
    summons.save(update_fields=["score", "appraisal", "appraised_at"])
    return put(hand, reason=words, given={"post": post, "score": score})


def _to_appraise(case: Case, post: int, by: Actor) -> Summons:
    """The oldest call of this post by the actor that is not appraised yet."""
    calls = Summons.objects.filter(county=case.county, case=case.number, post=post, whistler=by.identity)
    summons = calls.filter(appraised_at=None).order_by("pk").first()
    if summons is None:
        raise Refused("not_reported_in")
    return summons


def _metres_away(case: Case, lon: float, lat: float) -> float | None:
    if case.lon is None or case.lat is None:
        return None
    return metres_between(case.lon, case.lat, lon, lat)
