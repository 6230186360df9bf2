"""Every question about people, units and posts, scoped by who asks."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from yiwang.people import access
from yiwang.people.models import Holding, OpenQuestion, Person, Post, Role, Session, Token, Unit
from yiwang.people.rules import WHOLE, Duty
from yiwang.places.models import Place
from yiwang.plumbing.freshness.snapshots import Snapshot
from yiwang.plumbing.walls.ground import EVERYWHERE, lies_in, standing_on

Grounded = TypeVar("Grounded", Person, Unit, Post)
Thing = TypeVar("Thing", bound=Model)


@dataclass(frozen=True, slots=True)
class CrewMember:
    """Somebody in charge of a place, as anybody on it may know them."""

    person_id: int
    post_id: int
    name: str
    title: str
    unit: str
    role: str
    ground: str


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a token stands for and what it may do now, on its ground."""

    token_id: int
    name: str
    expires_at: datetime
    person: Person
    duties: frozenset[Duty]
    ground: str
    last_used_at: datetime | None

    def may(self, duty: Duty, place: str) -> bool:
        """Whether the token allows this duty at the place (its code)."""
        return duty in self.duties and place.startswith(self.ground)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One browser in which a person is signed in. `mark` names it and opens nothing."""

    mark: str
    address: str | None
    agent: str
    created_at: datetime
    last_seen_at: datetime


def visible_to(person: Person, model: type[Grounded], *, on: date | None = None) -> QuerySet[Grounded]:
    """People, units or posts on the person's ground, and those that answer for it from above."""
    return visible_from(access.grounds_of(person.pk, on or timezone.localdate()), model)


def visible_from(grounds: Sequence[str], model: type[Grounded]) -> QuerySet[Grounded]:
    """The same for whoever stands on these grounds (outermost place codes, or `EVERYWHERE`): a token stands on one."""
    if tuple(grounds) == EVERYWHERE:
        return model.objects.all()
    above = {code[:length] for code in grounds for length in range(1, len(code))}
    return model.objects.filter(lies_in("ground__code", grounds) | Q(ground_id__in=above))


def posts_listed(grounds: Sequence[str], *, inside: str, after: int, limit: int, on: date) -> list[Post]:
    """Posts there are on that day, visible from these grounds, over ground inside a place; by number, after one."""
    there = Q(valid_from=None) | Q(valid_from__lte=on)
    there &= Q(valid_to=None) | Q(valid_to__gt=on)
    posts = visible_from(grounds, Post).filter(there, pk__gt=after).select_related("unit", "role")
    if inside:
        posts = posts.filter(ground__code__startswith=inside)
    return list(posts.order_by("pk")[:limit])


def administered_by(person: Person, model: type[Grounded], *, on: date | None = None) -> QuerySet[Grounded]:
    """People, units or posts on ground that the person administers; nothing from above it."""
    grounds = access.grounds_of(person.pk, on or timezone.localdate(), Duty.ADMINISTER)
    return model.objects.filter(lies_in("ground__code", grounds))


def on_ground_of(person: Person, things: QuerySet[Thing], column: str, *, on: date | None = None) -> QuerySet[Thing]:
    """Of these things (any table of a lower floor) those whose place code, in `column`, the person administers."""
    grounds = access.grounds_of(person.pk, on or timezone.localdate(), Duty.ADMINISTER)
    return things.filter(lies_in(column, grounds))


def roles_for(person: Person, *, on: date | None = None) -> QuerySet[Role]:
    """Roles that the person may give: the ready-made ones and those of the counties they administer."""
    grounds = access.grounds_of(person.pk, on or timezone.localdate(), Duty.ADMINISTER)
    counties = {code[:6] for code in grounds}
    if grounds == EVERYWHERE:
        return Role.objects.all()
    return Role.objects.filter(Q(county=None) | Q(county_id__in=counties))


def grounds_for(person: Person, duty: Duty = Duty.ADMINISTER, *, on: date | None = None) -> QuerySet[Place]:
    """Places on which the person has the duty."""
    return Place.objects.filter(lies_in("code", access.grounds_of(person.pk, on or timezone.localdate(), duty)))


def crew_of(place: Place, *, on: date) -> list[CrewMember]:
    """Who is in charge of a place, from the innermost ground to the outermost. Who answers for a place is public."""
    codes = [place.code[:length] for length in range(1, len(place.code) + 1)]
    with standing_on(EVERYWHERE):
        held = list(
            _holdings_on(on)
            .filter(post__ground_id__in=codes, person__is_active=True)
            .select_related("person", "post__unit", "post__role")
        )
    held.sort(key=lambda h: (-len(h.post.ground_id or ""), h.post_id, h.person_id))
    return [
        CrewMember(
            person_id=h.person_id, post_id=h.post_id, name=h.person.name, title=h.post.title,
            unit=h.post.unit.name, role=h.post.role.code, ground=h.post.ground_id or WHOLE,
        )
        for h in held
    ]  # fmt: skip


def posts_of(person: Person, on: date) -> QuerySet[Post]:
    """The posts that the person holds on that day."""
    return Post.objects.filter(holdings__in=_holdings_on(on).filter(person=person)).select_related("unit", "role")


def holdings_of(person: Person, on: date) -> QuerySet[Holding]:
    """What the person holds on that day, with post, unit, role and ground beside."""
    held = _holdings_on(on).filter(person=person)
    return held.select_related("post__unit", "post__role", "post__ground").order_by("since", "pk")


def directory(person: Person, text: str = "", *, on: date | None = None) -> QuerySet[Person]:
    """Active people whom `person` may see, whose name, login or phone number contains the text."""
    people = visible_to(person, Person, on=on).filter(is_active=True)
    wanted = text.strip()
    if wanted:
        people = people.filter(Q(name__icontains=wanted) | Q(login__icontains=wanted) | Q(phone__contains=wanted))
    return people.order_by("name", "pk")


def names_of(people: Collection[int]) -> dict[int, str]:
    """The names of these people by number, as far as they are to be seen from the ground of the transaction."""
    return dict(Person.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}


def undecided(by: Person, *, on: date | None = None) -> QuerySet[OpenQuestion]:
    """Questions that a redrawing left open on ground that `by` administers."""
    grounds = access.grounds_of(by.pk, on or timezone.localdate(), Duty.ADMINISTER)
    return OpenQuestion.objects.filter(lies_in("old__code", grounds), decided_at=None).select_related("old")


def sessions_of(person: Person, *, now: datetime) -> list[SessionLine]:
    """Where the person is signed in, the latest seen first."""
    with standing_on(EVERYWHERE):
        rows = Session.objects.filter(person=person, expire_date__gt=now).order_by("-last_seen_at")
        return [SessionLine(r.session_key, r.address, r.agent, r.created_at, r.last_seen_at) for r in rows]


def tokens_of(person: Person) -> Sequence[Token]:
    """The person's own tokens, ended ones too."""
    with standing_on(EVERYWHERE):
        return list(Token.objects.filter(owner=person).select_related("ground"))


def tokens_on_ground_of(by: Person, *, on: date | None = None) -> QuerySet[Token]:
    """Tokens on ground that `by` administers."""
    grounds = access.grounds_of(by.pk, on or timezone.localdate(), Duty.ADMINISTER)
    return Token.objects.filter(lies_in("ground__code", grounds))


def bearer(secret: str, now: datetime) -> Bearer | None:
    """Whom this token's secret stands for, or nobody. Answered from memory, without asking the database.

    Its duties are those it was given and its owner still has today on all of its ground.
    """
    token = _tokens.get().get(hashlib.sha256(secret.encode()).hexdigest())
    if token is None or token.expires_at <= now:
        return None
    ground = token.ground_id or WHOLE
    duties = access.duties_of(token.owner_id, ground, timezone.localdate(now)) & set(token.duties)
    return Bearer(token.pk, token.name, token.expires_at, token.owner, duties, ground, token.last_used_at)


def remember_use(token_id: int, now: datetime) -> None:
    """Let this process know that a token's use was noted, so that it need not be noted again soon."""
    for token in _tokens.get().values():
        if token.pk == token_id:
            token.last_used_at = now


def _load_tokens() -> dict[str, Token]:
    """Tokens that nobody revoked, of active people, by digest; whether their day has come is asked at each use."""
    live = Token.objects.filter(revoked_at=None, owner__is_active=True).select_related("owner")
    return {token.digest: token for token in live.iterator()}


# Of the same topic as the grants: every act upon a token or on its owner's account touches that one already.
_tokens: Snapshot[dict[str, Token]] = Snapshot(access.TOPIC, _load_tokens)


def _holdings_on(on: date) -> QuerySet[Holding]:
    present = Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))
    for thing in ("post", "post__unit"):
        present &= Q(**{f"{thing}__valid_from": None}) | Q(**{f"{thing}__valid_from__lte": on})
        present &= Q(**{f"{thing}__valid_to": None}) | Q(**{f"{thing}__valid_to__gt": on})
    return Holding.objects.filter(present)
