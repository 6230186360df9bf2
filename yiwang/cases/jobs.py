"""Background work of the loop: what goes on by itself. `timestamp` is the planned time of periodic jobs."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from yiwang.cases import actions
from yiwang.cases.facts import CasePaused, FollowedCaseEnded, PartEnded
from yiwang.people.facts import PostFollowed
from yiwang.places.facts import GroundRedrawn
from yiwang.plumbing.facts import heard
from yiwang.plumbing.jobs import AnyTask, job


@job()
def join_up_whole(fact: dict[str, Any]) -> None:
    """Let the whole go on when its last part has ended."""
    actions.join_up(heard(PartEnded, fact).whole, now=timezone.now())


@job()
def answer_followers(fact: dict[str, Any]) -> None:
    """Tell everybody who told of the same how it ended."""
    actions.answer_followers(heard(FollowedCaseEnded, fact).case)


@job()
def resume_by_itself(fact: dict[str, Any]) -> None:
    """Let a paused case go on when its pause is over; before that, come back at that moment."""
    paused, now = heard(CasePaused, fact), timezone.now()
    until = datetime.fromisoformat(paused.until)
    if now < until:
        resume_by_itself.configure(schedule_at=until).defer(fact=fact)
    else:
        actions.wake(paused.case, now=now)


@job(lock="cases.redrawing")
def follow_redrawing(fact: dict[str, Any]) -> None:
    """Follow the ground, on the day of effect."""
    redrawn = heard(GroundRedrawn, fact)
    if not _put_off(follow_redrawing, fact, until=redrawn.effective):
        actions.follow_redrawing(redrawn, now=timezone.now())


@job(lock="cases.redrawing")
def follow_post(fact: dict[str, Any]) -> None:
    """Let the post that follows have the cases, on the day on which it begins."""
    followed = heard(PostFollowed, fact)
    if not _put_off(follow_post, fact, until=followed.effective):
        actions.follow_post(followed, now=timezone.now())


@job(lock="cases.gone_posts")
def take_back_from_gone_posts(timestamp: int = 0) -> None:  # noqa: ARG001 - procrastinate gives every periodic job its time
    """Put back on the desk what lies with posts that are not there any more."""
    actions.take_back_from_gone_posts(now=timezone.now())


# Posts end at midnight: every hour, whatever time zone the worker's clock is in.
app.periodic(cron="25 * * * *")(take_back_from_gone_posts)


def _put_off(task: AnyTask, fact: dict[str, Any], *, until: date) -> bool:
    """Ask for the same again on the day itself, where that is still to come."""
    if until <= timezone.localdate():
        return False
    # After the posts, which move five minutes past midnight.
    at = timezone.make_aware(datetime.combine(until, time(0, 10)))
    task.configure(schedule_at=at).defer(fact=fact)
    return True
