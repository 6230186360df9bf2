"""What can be asked of supervision: who was reminded of what, and by when a case takes on which colour."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.lookups import IsNull
from django.utils import timezone

from yiwang.cases import queries as cases
from yiwang.cases.access import Actor, involved, overseen
from yiwang.cases.models import Case
from yiwang.cases.queries.live import COMMUNITY
from yiwang.cases.rules import county_of
from yiwang.catalogue.rules import Secrecy
from yiwang.people.models import Holding, Person
from yiwang.people.roster import roster
from yiwang.plumbing.refusals import Unseen
from yiwang.plumbing.walls.ground import EVERYWHERE, lies_in, standing_on
from yiwang.supervision.access import decides_appeal, told
from yiwang.supervision.models import Appeal, Guidance, Order, OrderEntry, Overrun, Reminder, Watch
from yiwang.supervision.rules import appeals as appeals_rules
from yiwang.supervision.rules.appeals import agreed_twice
from yiwang.supervision.rules.clock import Colour, Warnings
from yiwang.supervision.rules.ladder import LEVELS
from yiwang.supervision.rules.orders import Kind
from yiwang.supervision.rules.orders import State as OrderState

MOST_LISTED = 50
MOST_REMINDERS = 20
"""How many are shown; who has more begins with these."""
MOST_ON_THE_WALL = 3


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder that waits for somebody, and its case."""

    reminder: Reminder
    case: Case


def reminders_visible_to(actor: Actor) -> QuerySet[Reminder]:
    """The reminders that went to a post of the actor's, or concern ground that they look after."""
    return Reminder.objects.filter(Q(post__in=actor.posts) | lies_in("place", overseen(actor)))


def reminders_for(actor: Actor) -> list[Reminded]:
    """What the actor's posts were reminded of and have not acknowledged: first what must be answered, then the newest.

    At most `MOST_REMINDERS`; of a case that is not theirs to see any more, nothing.
    """
    if not actor.posts:
        return []
    waiting = Reminder.objects.filter(post__in=actor.posts, acknowledged_at=None, lapsed_at=None)
    found = list(waiting.order_by(F("answer_by").asc(nulls_last=True), "-at", "-pk")[:MOST_REMINDERS])
    numbers = {one.case for one in found}
    seen = cases.visible_to(actor).filter(number__in=numbers, county__in={county_of(n) for n in numbers})
    by_number = {case.number: case for case in seen} if found else {}
    return [Reminded(one, by_number[one.case]) for one in found if one.case in by_number]


def warnings(numbers: Collection[int]) -> dict[int, Warnings]:
    """When each of these cases (that one has found) takes on its colours; of one whose clock stands still, nothing."""
    kept = Watch.objects.filter(number__in=numbers, county__in={county_of(n) for n in numbers})
    rows = kept.values_list("number", "soon_at", "pressing_at", "due_at") if numbers else ()
    return {
        number: Warnings(soon, pressing, late)
        for number, soon, pressing, late in rows if soon and pressing and late
    }  # fmt: skip


def coloured(found: QuerySet[Case]) -> tuple[dict[int, Case], dict[int, Warnings]]:
    """The same beside the cases themselves, in one question: the cases by number, and the warnings of those that have
    any.
    """
    watch = Watch.objects.filter(number=OuterRef("number"), county=OuterRef("county"))
    names = ("soon_at", "pressing_at", "due_at")
    rows = found.annotate(**{f"watch_{name}": Subquery(watch.values(name)[:1]) for name in names})
    known = {case.number: case for case in rows}
    moments = {n: [getattr(case, f"watch_{name}") for name in names] for n, case in known.items()}
    return known, {n: Warnings(*three) for n, three in moments.items() if all(three)}


def colour(warned: Warnings | None, due: datetime | None, now: datetime) -> Colour:
    """The colour of a case: by its warnings, or where supervision has not read it yet by its end alone."""
    if warned is not None:
        return warned.colour(now)
    return Colour.LATE if due is not None and due < now else Colour.CALM


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order with what became of it, the oldest first."""

    order: Order
    entries: list[OrderEntry]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be named to answer for a matter: the person, and the post in which they answer."""

    person: int
    name: str
    post: int
    title: str

    @property
    def value(self) -> str:
        """Both in one word, as a form sends it."""
        return f"{self.person}:{self.post}"


@dataclass(frozen=True, slots=True)
class PublicOrder:
    """A listed order as everybody reads it: no word that was told, no address."""

    number: str
    item: int | None
    place: str
    owner: str
    post: int
    given_at: datetime
    due_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of a list are wanted; what is empty is not asked. `place`: a prefix; `overdue_at`: late by then.

    `sort`: otherwise than the list mostly is, where it can be.
    """

    place: str = ""
    overdue_at: datetime | None = None
    sort: str = ""


ALL = Wanted()
_WAITS_FIRST = IsNull(F("decided_at"), False).asc()
_ORDERS = {"": ("due_at", "pk"), "newest": ("-given_at", "-pk"), "place": ("place", "due_at", "pk")}
_VISITS = {
    "": ("-day", "-pk"), "pressing": ("is_followed", F("again_by").asc(nulls_last=True), "-day", "-pk"),
    "place": ("place", "-day", "-pk"),
}  # fmt: skip
_APPEALS = {
    "": (F("decided_at").desc(nulls_first=True), "asked_at", "pk"), "newest": (_WAITS_FIRST, "-asked_at", "-pk"),
    "place": (_WAITS_FIRST, "place", "asked_at", "pk"),
}  # fmt: skip


def orders_visible_to(actor: Actor) -> QuerySet[Order]:
    """The orders on ground that the actor looks after, and those in which a post of theirs has a part.

    For the head of a unit also those that any post of it answers.
    """
    posts = actor.posts
    mine = Q(post__in=involved(actor)) | Q(given_in__in=posts)
    return Order.objects.filter(lies_in("place", overseen(actor)) | mine)


def ordered(
    actor: Actor, kind: Kind, *, wanted: Wanted = ALL, ended: bool = False, most: int = MOST_LISTED
) -> list[Ordered]:
    """The orders of a kind that the actor sees: the most pressing first, or those that have ended, the newest first.

    What is open can be sorted by `newest` and by `place`, too.

    At most `most`, with all their entries.
    """
    found = orders_visible_to(actor).filter(kind=kind, ended_at__isnull=not ended)
    if wanted.place:
        found = found.filter(lies_in("place", [wanted.place]))
    if wanted.overdue_at:
        found = found.filter(due_at__lt=wanted.overdue_at)
    rows = found.order_by("-ended_at", "-pk") if ended else found.order_by(*_ORDERS[wanted.sort])
    return _with_entries(list(rows[:most]))


def order(actor: Actor, number: int) -> Ordered:
    """One order with its entries; otherwise there is no such order."""
    found = orders_visible_to(actor).filter(pk=number).first()
    if found is None:
        raise Unseen("no_such_order")
    return _with_entries([found])[0]


def orders_about(actor: Actor, case: int) -> list[Order]:
    """What was ordered about a case, as far as the actor sees it, the newest first."""
    found = orders_visible_to(actor).filter(county=county_of(case), case=case)
    return list(found.order_by("-pk")[:MOST_LISTED])


def orders_waiting(actor: Actor) -> dict[Kind, int]:
    """How many orders of each kind wait for the actor: to be answered in a post of theirs, or to be accepted."""
    if not actor.posts:
        return {}
    mine = Q(post__in=actor.posts, state=OrderState.OPEN) | Q(given_in__in=actor.posts, state=OrderState.ANSWERED)
    found = Order.objects.filter(mine, ended_at=None).values_list("kind").annotate(n=Count("pk")).order_by()
    return {Kind(kind): n for kind, n in found}


def candidates(actor: Actor, case: int, *, on: date) -> list[Candidate]:
    """Who can be named as the owner for a case that the actor sees: at each level of the ladder who holds the post."""
    found = cases.case(actor, case)
    posts = [told(level, found.place, found.lead_id, on=on) for level in LEVELS]
    lines = {post: line for post in posts if post and (line := roster().get(post))}
    held = Holding.objects.filter(post__in=lines, since__lte=on).exclude(until__lte=on).select_related("person")
    people = held.filter(person__is_active=True).order_by("person_id")
    return [
        Candidate(one.person_id, one.person.name, post, line.title)
        for post, line in lines.items() for one in people if one.post_id == post
    ]  # fmt: skip


def last_serial(county: str, year: int) -> int:
    """The highest number given to a listed order of a county in a year. Counts all, whoever asks."""
    with standing_on(EVERYWHERE):
        found = Order.objects.filter(county=county, year=year).aggregate(last=Max("serial"))
    return int(found["last"] or 0)


def public_orders(place: str, *, most: int = MOST_LISTED) -> list[PublicOrder]:
    """What is listed for everybody's eyes in a place (its code), the most pressing first, then what was struck off."""
    with standing_on(EVERYWHERE, sealed=()):
        found = list(
            Order.objects.filter(kind=Kind.LISTED, public=True, place__startswith=place)
            .order_by(F("ended_at").desc(nulls_first=True), "due_at")[:most]
        )  # fmt: skip
        known = Case.objects.filter(number__in=[one.case for one in found], secrecy=Secrecy.OPEN)
        items = dict(known.values_list("number", "item_id"))
        numbers = [int(one.owner.removeprefix("person:")) for one in found]
        names = dict(Person.objects.filter(pk__in=numbers).values_list("pk", "name"))
    return [
        PublicOrder(
            one.number, items[one.case], one.place[:COMMUNITY], names.get(number, ""), one.post_id, one.given_at,
            one.due_at, one.ended_at,
        )
        for one, number in zip(found, numbers, strict=True) if one.case in items
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class WallOrder:
    """A listed order as a whole room reads it: no word of it, and of its owner the post alone."""

    number: str
    item: int | None
    place: str
    post: int
    due_at: datetime


def on_the_wall(grounds: Sequence[str], *, most: int = MOST_ON_THE_WALL) -> list[WallOrder]:
    """The listed orders of these grounds (place codes, or `EVERYWHERE`) that go on, the most pressing first.

    Of cases that are confidential or sealed, nothing.
    """
    open_to_all = Case.objects.filter(number=OuterRef("case"), county=OuterRef("county"), secrecy=Secrecy.OPEN)
    listed = Order.objects.filter(lies_in("place", grounds), kind=Kind.LISTED, ended_at=None)
    known = listed.annotate(item=Subquery(open_to_all.values("item")[:1])).filter(Exists(open_to_all))
    return [
        WallOrder(one.number, one.item, one.place[:COMMUNITY], one.post_id, one.due_at)
        for one in known.order_by("due_at", "pk")[:most]
    ]  # fmt: skip


def _with_entries(orders: list[Order]) -> list[Ordered]:
    counties = {one.county for one in orders}
    written = OrderEntry.objects.filter(order__in=[one.pk for one in orders], county__in=counties).order_by("pk")
    entries = list(written) if orders else []
    return [Ordered(one, [entry for entry in entries if entry.order_id == one.pk]) for one in orders]


@dataclass(frozen=True, slots=True)
class Guided:
    """A visit of a leader, and whether what was agreed was looked at again."""

    record: Guidance
    is_followed: bool

    def is_waiting(self, today: date) -> bool:
        """Whether it should have been looked at again by now."""
        return not self.is_followed and self.record.again_by is not None and self.record.again_by < today


def guidance_visible_to(actor: Actor) -> QuerySet[Guidance]:
    """The visits on ground that the actor looks after, and those made in a post of theirs."""
    return Guidance.objects.filter(lies_in("place", overseen(actor)) | Q(post__in=actor.posts))


def guidance(actor: Actor, *, wanted: Wanted = ALL, most: int = MOST_LISTED) -> list[Guided]:
    """The visits that the actor sees, the newest first; overdue are those that nobody has looked at again in time.

    Sorted by `pressing`: what is to be looked at again first stands first; and by `place`.
    """
    later = Guidance.objects.filter(follows=OuterRef("pk"), county=OuterRef("county"))
    found = guidance_visible_to(actor).annotate(is_followed=Exists(later)).order_by(*_VISITS[wanted.sort])
    if wanted.place:
        found = found.filter(lies_in("place", [wanted.place]))
    if wanted.overdue_at:
        found = found.filter(again_by__lt=timezone.localdate(wanted.overdue_at), is_followed=False)
    return [Guided(one, one.is_followed) for one in found[:most]]


@dataclass(frozen=True, slots=True)
class Appealed:
    """An appeal with its case, and whether the asker may decide about it now."""

    appeal: Appeal
    case: Case
    to_decide: bool


def appeals_visible_to(actor: Actor) -> QuerySet[Appeal]:
    """The appeals on ground that the actor looks after, and those of their units."""
    return Appeal.objects.filter(lies_in("place", overseen(actor)) | Q(post__in=involved(actor)))


def appeals(actor: Actor, *, wanted: Wanted = ALL, most: int = MOST_LISTED) -> list[Appealed]:
    """The appeals that the actor sees, those that wait first; the oldest, the `newest`, or by `place`."""
    seen = appeals_visible_to(actor)
    if wanted.place:
        seen = seen.filter(lies_in("place", [wanted.place]))
    found = list(seen.order_by(*_APPEALS[wanted.sort])[:most])
    by_number = _cases_of(actor, {one.case for one in found})
    return [Appealed(one, by_number[one.case], _waits_for(actor, one)) for one in found if one.case in by_number]


def how_many_to_decide(actor: Actor) -> int:
    """How many appeals wait for the actor to agree or refuse; at most `MOST_LISTED` are looked at."""
    waiting = appeals_visible_to(actor).filter(decided_at=None).order_by("pk")[:MOST_LISTED]
    return sum(_waits_for(actor, one) for one in waiting)


def _waits_for(actor: Actor, appeal: Appeal) -> bool:
    open_ = appeal.decided_at is None and decides_appeal(actor, appeal)
    return open_ and not agreed_twice(appeal.seconded_by, actor.identity)


def overruns(numbers: Collection[int]) -> dict[int, list[Overrun]]:
    """Which limits were passed in these cases (that one has found), the first one first."""
    noted = Overrun.objects.filter(case__in=numbers, county__in={county_of(n) for n in numbers}).order_by(
        "due_at", "pk"
    )
    found: dict[int, list[Overrun]] = {number: [] for number in numbers}
    for one in noted if numbers else ():
        found[one.case].append(one)
    return found


def to_appeal(actor: Actor, *, most: int = MOST_LISTED) -> list[Case]:
    """Ended cases with an overrun of the actor's unit that nobody has appealed against, the newest overrun first."""
    mine = frozenset[int]().union(*(roster().beside(post) for post in actor.posts))
    if not mine:
        return []
    gone = Appeal.objects.filter(county=OuterRef("county"), case=OuterRef("case"))
    passed = Overrun.objects.filter(~Exists(gone), post__in=mine).order_by("-pk").values_list("case", flat=True)
    numbers = list(dict.fromkeys(passed[: 2 * most]))
    found = _cases_of(actor, set(numbers))
    return [case for n in numbers if (case := found.get(n)) and not case.is_open][:most]


def exempt(numbers: Collection[int]) -> set[int]:
    """Those of these cases whose overruns the statistics leave out. Stands everywhere."""
    counties = {county_of(number) for number in numbers}
    # In one value: thousands are asked for at once, and Django takes longer over each of them than the database.
    these = RawSQL("SELECT unnest(%s::bigint[])", [list(numbers)])
    granted = Appeal.objects.filter(county__in=counties, case__in=these, state=appeals_rules.Appeal.GRANTED)
    return set(granted.values_list("case", flat=True))


def exempt_before(county: str, moment: datetime) -> set[int]:
    """The cases of a county whose overruns were left out by then. Stands everywhere."""
    granted = Appeal.objects.filter(county=county, state=appeals_rules.Appeal.GRANTED, decided_at__lt=moment)
    return set(granted.values_list("case", flat=True))


def _cases_of(actor: Actor, numbers: Collection[int]) -> dict[int, Case]:
    if not numbers:
        return {}
    seen = cases.visible_to(actor).filter(number__in=numbers, county__in={county_of(n) for n in numbers})
    return {case.number: case for case in seen}
