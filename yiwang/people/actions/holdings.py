"""Holdings: who is in which post, from which day up to which."""

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from yiwang.people.actions.asking import administers, may_grant, record
from yiwang.people.models import Holding, Person, Post
from yiwang.people.rules import WHOLE, outlasts, overlap
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


@transaction.atomic
def appoint(person: Person, *, to: Post, since: date, by: Person, today: date, until: date | None = None) -> Holding:
    """Put a person into a post from a day up to (not including) another.

    Refuses oneself, a post on ground that `by` does not administer, a person of other ground, a closed account,
    days on which the post is not there, and a second holding of the same post over the same days.
    """
    if by.pk == person.pk:
        raise Refused("administering_oneself")
    post = Post.objects.select_for_update(of=("self",)).select_related("role").get(pk=to.pk)
    may_grant(by, post.role, post.ground_id or WHOLE, today=today)
    administers(by, person.ground_id or WHOLE, today=today)
    # Whoever is closing the account has it locked; the person given in may be older than that.
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    administers(by, person.ground_id or WHOLE, today=today)
    if not person.is_active:
        raise Refused("account_closed", name=person.name)
    if until is not None and until <= since:
        raise Refused("holding_ends_before_it_begins")
    if not outlasts(post.valid_from, post.valid_to, since, until):
        raise Refused("post_not_there_then", post=post.title)
    if any(overlap(since, until, h.since, h.until) for h in Holding.objects.filter(person=person, post=post)):
        raise Refused("already_in_post", name=person.name, post=post.title)
    holding = Holding(person=person, post=post, since=since, until=until)
    holding.save(force_insert=True)
    record("appoint", holding, by=by, ground=post.ground_id or WHOLE, person=person.pk, post=post.pk)
    return holding


@transaction.atomic
def end_holding(holding: Holding, *, on: date, by: Person, today: date) -> None:
    """Take a person out of a post from that day on; one that had not begun by then is struck out."""
    holding = Holding.objects.select_for_update(of=("self",)).select_related("post").get(pk=holding.pk)
    ground = holding.post.ground_id or WHOLE
    administers(by, ground, today=today)
    if holding.until is not None and holding.until <= on:
        raise Refused("holding_over")
    record("end_holding", holding, by=by, ground=ground, person=holding.person_id, on=on.isoformat())
    end_holdings(Holding.objects.filter(pk=holding.pk), on=on)


def end_all_holdings(person: Person, *, on: date) -> None:
    """End what a person holds, on whatever ground: the asking was done for the whole account."""
    with standing_on(EVERYWHERE):
        end_holdings(Holding.objects.filter(person=person), on=on)


def end_holdings(holdings: QuerySet[Holding], *, on: date) -> None:
    """End these on a day. What had not begun never was."""
    holdings.filter(since__gte=on).delete()
    holdings.filter(Q(until=None) | Q(until__gt=on), since__lt=on).update(until=on)
