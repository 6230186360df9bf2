"""Who answers for an item at a place on a day, from memory.

Where nobody does, the matter goes to a desk: of the posts whose role may both classify and dispatch (a sealed item:
may investigate), the one on the innermost ground around the place, which for a place inside a town is the town's
command centre, and where the town has none the county's. Of several on the same ground a command centre's comes
before others', then the one with the fewest duties (the clerk before the head), then the oldest.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from yiwang.catalogue.models import Responsibility
from yiwang.catalogue.queries.catalogue import TOPIC, ItemLine, catalogue
from yiwang.catalogue.rules import Claim, Claims, Secrecy
from yiwang.people import access, queries
from yiwang.people.models import Person, Post, UnitKind
from yiwang.people.rules import WHOLE, Duty
from yiwang.plumbing.freshness.snapshots import Snapshot

_DISPATCHES = frozenset({Duty.TRIAGE.value, Duty.DISPATCH.value})
_INVESTIGATES = frozenset({Duty.INVESTIGATE.value})


@dataclass(frozen=True, slots=True)
class Answer:
    """The post that answers; `gap` where it only does so because nobody else does. None: there is not even a desk."""

    post_id: int | None
    gap: bool


@dataclass(frozen=True, slots=True)
class Term:
    """From when up to when a post is there."""

    since: date
    until: date


@dataclass(slots=True)
class Posts:
    """The terms of all posts, and the desks of each ground in the order in which they are asked."""

    terms: dict[int, Term]
    centres: dict[str, list[int]]
    inspectors: dict[str, list[int]]
    lengths: tuple[int, ...] = ()
    investigating: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        grounds = (*self.centres, *self.inspectors)
        self.lengths = tuple(sorted({len(ground) for ground in grounds}, reverse=True))
        self.investigating = frozenset(post for desk in self.inspectors.values() for post in desk)

    def serves(self, post: int, on: date, *, sealed: bool = False) -> bool:
        """Whether the post is there on that day, and for a sealed item whether it may open one."""
        term = self.terms.get(post)
        if term is None or (sealed and post not in self.investigating):
            return False
        return term.since <= on < term.until

    def desk(self, place: str, *, sealed: bool, on: date) -> int | None:
        """The innermost desk around a place."""
        desks = self.inspectors if sealed else self.centres
        for length in self.lengths:
            # A longer prefix than the place itself would find the place's own desk a second time; harmless.
            for post in desks.get(place[:length], ()):
                if self.serves(post, on):
                    return post
        return None


def _load_posts() -> Posts:
    terms: dict[int, Term] = {}
    centres: defaultdict[str, list[int]] = defaultdict(list)
    inspectors: defaultdict[str, list[int]] = defaultdict(list)
    ranked = sorted(Post.objects.select_related("unit", "role"), key=_rank)
    for post in ranked:
        begins = max(post.valid_from or date.min, post.unit.valid_from or date.min)
        ends = min(post.valid_to or date.max, post.unit.valid_to or date.max)
        terms[post.pk] = Term(begins, ends)
        duties = set(post.role.duties)
        for needed, desks in ((_DISPATCHES, centres), (_INVESTIGATES, inspectors)):
            if needed <= duties:
                desks[post.ground_id or WHOLE].append(post.pk)
    return Posts(terms, centres, inspectors)


def _rank(post: Post) -> tuple[bool, int, int]:
    return post.unit.kind != UnitKind.CENTRE, len(post.role.duties), post.pk


def _load_claims() -> Claims:
    rows = Responsibility.objects.values_list("item_id", "place_id", "post_id", "since", "until")
    return Claims(
        Claim(item, place or WHOLE, post, since, until or date.max) for item, place, post, since, until in rows
    )


# Posts change with people's configuration, responsibilities with ours.
_posts = Snapshot(access.TOPIC, _load_posts)
_claims = Snapshot(TOPIC, _load_claims)


def answers_for(item_id: int, place_code: str, *, on: date) -> Answer:
    """The post that answers for an item at a place on that day: the longest place prefix, then the nearest item.

    No query. An unknown item is nobody's. A sealed item, also where its whole branch was given away, is answered for
    only by a post that may investigate.
    """
    return _answer(catalogue().get(item_id), place_code, _posts.get(), _claims.get(), on)


def answers_at(item_id: int, places: Iterable[str], *, on: date) -> list[Answer]:
    """The same at many places: what is known is looked up once for all of them."""
    line, posts, claims = catalogue().get(item_id), _posts.get(), _claims.get()
    return [_answer(line, place, posts, claims, on) for place in places]


def _answer(line: ItemLine | None, place: str, posts: Posts, claims: Claims, on: date) -> Answer:
    sealed = line is not None and line.content.secrecy is Secrecy.SEALED
    if line is not None:
        post = claims.answering(line.path, place, on=on, serves=lambda post: posts.serves(post, on, sealed=sealed))
        if post is not None:
            return Answer(post, gap=False)
    return Answer(posts.desk(place, sealed=sealed, on=on), gap=True)


def centre_at(place: str, *, sealed: bool = False, on: date) -> int | None:
    """The post of the command centre that receives what is reported at a place on that day; no query.

    For what is sealed the post that may investigate. None: neither the place nor any ground around it has one.
    """
    return _posts.get().desk(place, sealed=sealed, on=on)


def serves(post_id: int, on: date) -> bool:
    """Whether a post is there on that day, and so is its unit; no query. An unknown post is not."""
    return _posts.get().serves(post_id, on)


def covered(item: ItemLine, *, on: date) -> frozenset[str]:
    """The places at which a present post answers for an item."""
    posts, sealed = _posts.get(), item.content.secrecy is Secrecy.SEALED
    return _claims.get().places_of(item.path, on=on, serves=lambda post: posts.serves(post, on, sealed=sealed))


def responsibilities_on_ground_of(by: Person, *, on: date) -> QuerySet[Responsibility]:
    """Responsibilities on ground that the person administers, ended ones too."""
    return queries.on_ground_of(by, Responsibility.objects.all(), "place__code", on=on)
