"""Posts: offices held in a unit over some ground."""

from datetime import date

from django.db import transaction

from yiwang.people.actions.asking import administers, code_of, may_grant, record
from yiwang.people.actions.holdings import end_holdings
from yiwang.people.models import Holding, Person, Post, Role, Unit
from yiwang.people.rules import WHOLE
from yiwang.places.models import Place
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


@transaction.atomic
def establish_post(
    title: str, *, unit: Unit, role: Role, by: Person, today: date,
    ground: Place | None, valid_from: date | None = None,
) -> Post:  # fmt: skip
    """Set up a post of a unit over a ground.

    Refuses ground that `by` does not administer or that lies outside the unit's, a closed unit, and a role of
    another county or beyond a local administrator.
    """
    may_grant(by, role, code_of(ground), today=today)
    # Locked over the wall: a unit may stand above the ground of `by`, and somebody may be closing it just now.
    with standing_on(EVERYWHERE):
        unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if unit.valid_to and unit.valid_to <= (valid_from or today):
        raise Refused("unit_closed", unit=unit.name)
    if not code_of(ground).startswith(unit.ground_id or WHOLE):
        raise Refused("post_outside_its_unit", unit=unit.name)
    post = Post(title=title, unit=unit, role=role, ground=ground, valid_from=valid_from)
    post.save(force_insert=True)
    record("establish_post", post, by=by, ground=code_of(ground), title=title, role=role.code)
    return post


@transaction.atomic
def change_post(post: Post, *, by: Person, today: date, title: str) -> Post:
    """Give a post another title. For other ground or another role it is abolished and a new one established."""
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    administers(by, post.ground_id or WHOLE, today=today)
    was, post.title = post.title, title
    post.save(update_fields=["title"])
    record("change_post", post, by=by, ground=post.ground_id or WHOLE, was=was, title=title)
    return post


@transaction.atomic
def abolish_post(post: Post, *, on: date, by: Person, today: date) -> Post:
    """Abolish a post from that day on: whoever holds it holds it no longer. It stays in history."""
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    administers(by, post.ground_id or WHOLE, today=today)
    if post.valid_to is not None and post.valid_to <= on:
        raise Refused("post_abolished", post=post.title)
    post.valid_to = on
    post.save(update_fields=["valid_to"])
    end_holdings(Holding.objects.filter(post=post), on=on)
    record("abolish_post", post, by=by, ground=post.ground_id or WHOLE, on=on.isoformat())
    return post
