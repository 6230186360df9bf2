"""Posts, units, people and tokens follow their ground when it is drawn anew; doubtful ones are put to a person."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from yiwang.people.actions.asking import administers, record
from yiwang.people.facts import PostFollowed
from yiwang.people.models import Holding, OpenQuestion, Person, Post, Subject, Token, Unit
from yiwang.people.rules import Redrawing
from yiwang.places.models import Place
from yiwang.plumbing.facts import announce
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


@transaction.atomic
def follow_redrawing(fact: Redrawing, *, today: date) -> None:
    """Let what stood on retired places follow them; harmless when run twice.

    With one successor a post is closed and opened anew there, holdings carried on, from the day of effect; units,
    people and tokens move when that day has come (until then this must be run again). With several, or none, an
    `OpenQuestion` is written for each post, unit and person. A place that follows itself stays as it is.
    """
    with standing_on(EVERYWHERE):
        for old, new in fact.successors.items():
            if old not in new:
                _follow_one(fact, old, new, today=today)


@transaction.atomic
def decide_ground(question: OpenQuestion, *, to: Place, by: Person, now: datetime) -> OpenQuestion:
    """Say where a post, unit or person goes.

    Refuses what was decided already and ground that does not follow the old one (where none follows, any may be
    chosen). `by` must administer both the old ground and the new.
    """
    question = OpenQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
    today = timezone.localdate(now)
    administers(by, question.old_id, today=today)
    administers(by, to.code, today=today)
    if question.decided_at is not None:
        raise Refused("question_decided")
    if question.candidates and to.code not in question.candidates:
        raise Refused("not_a_successor", place=to.name)
    question.chosen, question.decided_at = to, now
    question.save(update_fields=["chosen", "decided_at"])
    with standing_on(EVERYWHERE):
        _move(question, to)
    record("decide_ground", question, by=by, ground=to.code, old=question.old_id)
    return question


def _follow_one(fact: Redrawing, old: str, new: list[str], *, today: date) -> None:
    posts = Post.objects.select_for_update(of=("self",)).filter(_living(fact.effective), ground_id=old)
    units = Unit.objects.select_for_update(of=("self",)).filter(_living(fact.effective), ground_id=old)
    people = Person.objects.select_for_update(of=("self",)).filter(ground_id=old)
    if len(new) != 1:
        _ask(fact, old, new, Subject.POST, ((post.pk, post.title) for post in posts))
        _ask(fact, old, new, Subject.UNIT, ((unit.pk, unit.name) for unit in units))
        _ask(fact, old, new, Subject.PERSON, ((person.pk, person.name) for person in people))
        return
    for post in posts:
        _move_post(post, new[0], effective=fact.effective)
    if fact.effective > today:
        return
    for unit in units:
        if Unit.objects.filter(ground_id=new[0], name=unit.name).exists():
            _ask(fact, old, new, Subject.UNIT, [(unit.pk, unit.name)])
        else:
            _move_unit(unit, new[0])
    for person in people:
        _move_person(person, new[0])
    Token.objects.filter(ground_id=old, revoked_at=None).update(ground_id=new[0])


def _living(on: date) -> Q:
    return Q(valid_to=None) | Q(valid_to__gt=on)


def _ask(fact: Redrawing, old: str, candidates: list[str], what: Subject, subjects: Iterable[tuple[int, str]]) -> None:
    OpenQuestion.objects.bulk_create(
        (
            OpenQuestion(
                redrawing=fact.redrawing, what=what, subject_id=pk, label=label, old_id=old,
                candidates=sorted(candidates), effective=fact.effective,
            )
            for pk, label in subjects
        ),
        ignore_conflicts=True,
    )  # fmt: skip


def _move(question: OpenQuestion, to: Place) -> None:
    """Carry out what was decided, unless the thing has gone elsewhere or ended in the meantime."""
    pk, old = question.subject_id, question.old_id
    if question.what == Subject.POST:
        for post in Post.objects.filter(_living(question.effective), pk=pk, ground_id=old):
            _move_post(post, to.code, effective=question.effective)
    elif question.what == Subject.UNIT:
        for unit in Unit.objects.filter(pk=pk, ground_id=old):
            if Unit.objects.filter(ground=to, name=unit.name).exists():
                raise Refused("unit_name_taken", unit=unit.name)
            _move_unit(unit, to.code)
    else:
        for person in Person.objects.filter(pk=pk, ground_id=old):
            _move_person(person, to.code)


def _move_post(post: Post, new: str, *, effective: date) -> None:
    """Close the post and open it on the new ground, so that history still knows where it stood."""
    if post.valid_from is not None and post.valid_from >= effective:
        post.ground_id = new  # it never stood on the old ground
        post.save(update_fields=["ground"])
        record("post_follows_its_ground", post, by=None, ground=new)
        return
    was, old = post.pk, post.ground_id
    ends, post.valid_to = post.valid_to, effective
    post.save(update_fields=["valid_to"])
    follower = Post.objects.create(
        unit_id=post.unit_id, role_id=post.role_id, title=post.title,
        ground_id=new, valid_from=effective, valid_to=ends,
    )  # fmt: skip
    for holding in Holding.objects.filter(post=post, since__lt=effective).exclude(until__lte=effective):
        Holding.objects.create(person_id=holding.person_id, post=follower, since=effective, until=holding.until)
        holding.until = effective
        holding.save(update_fields=["until"])
    Holding.objects.filter(post=post, since__gte=effective).update(post=follower)
    announce(PostFollowed(was=was, now=follower.pk, effective=effective))
    record("post_follows_its_ground", follower, by=None, ground=new, was=f"post:{was}", old=old)


def _move_unit(unit: Unit, new: str) -> None:
    old, unit.ground_id = unit.ground_id, new
    unit.save(update_fields=["ground"])
    record("unit_follows_its_ground", unit, by=None, ground=new, old=old)


def _move_person(person: Person, new: str) -> None:
    old, person.ground_id = person.ground_id, new
    person.save(update_fields=["ground"])
    record("person_follows_their_ground", person, by=None, ground=new, old=old)
