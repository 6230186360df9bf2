"""Find topics anew: read what was told lately, group it in a process of its own, keep what came of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from yiwang.cases.models import Case
from yiwang.cases.rules import OPEN, State
from yiwang.catalogue.rules import Secrecy, Urgency
from yiwang.places.queries import tree
from yiwang.topics import rules
from yiwang.topics.apart import Found, groups_apart
from yiwang.topics.models import Heat, Told, Topic
from yiwang.topics.rules import VERSION, WINDOW_DAYS

MOST_CASES = 60_000
"""Of a county the newest so many are looked at."""

_COUNTY, _TOWN = 6, 9
_PRESSING = {Urgency.URGENT, Urgency.EMERGENCY}
_TELLS_NOTHING = [State.DECLINED, State.WITHDRAWN]
_READ = ("number", "text", "place", "item_id", "urgency", "teller", "phone_mark", "state", "opened_at")


@dataclass(frozen=True, slots=True)
class Gathered:
    """How many cases were looked at, and how many topics there are now."""

    cases: int
    topics: int


@dataclass(frozen=True, slots=True)
class _Case:
    text: str
    item: int | None
    told: rules.Told


def gather(*, now: datetime) -> list[Gathered]:
    """Find the topics of every county anew, a transaction for each. Stands everywhere; twice is as good as once."""
    return [gather_in(code, now=now) for code in tree().outermost if len(code) == _COUNTY]


def gather_in(county: str, *, now: datetime) -> Gathered:
    """Find a county's topics anew among what was told in the last twelve weeks and is open to all.

    Cases that were declined or withdrawn, parts of others, confidential and sealed ones are left out.
    """
    cases = _cases(county, now)
    found = groups_apart([one.text for one in cases], [_scopes(one.told.place) for one in cases])
    with transaction.atomic():
        topics = _kept(county, cases, found, now)
        _forget_secrets(county)
        _warm(county, cases, dict(zip(topics, found, strict=True)), now)
    return Gathered(len(cases), len(topics))


def _cases(county: str, now: datetime) -> list[_Case]:
    told = Case.objects.filter(
        county=county, secrecy=Secrecy.OPEN, part_of=None, opened_at__gt=now - timedelta(days=WINDOW_DAYS),
        opened_at__lte=now,
    ).exclude(state__in=_TELLS_NOTHING)  # fmt: skip
    rows = told.order_by("-number").values_list(*_READ)[:MOST_CASES]
    return [
        _Case(
            _without_names(text, place), item,
            rules.Told(
                number, at, place, _teller(number, teller, mark), urgent=Urgency(urgency) in _PRESSING,
                is_open=State(state) in OPEN,
            ),
        )
        for number, text, place, item, urgency, teller, mark, state, at in rows
    ]  # fmt: skip


def _teller(number: int, teller: str, mark: bytes | None) -> str:
    """Who told it, as far as that can be known: by the phone's mark or the account; else each case is another's."""
    return bytes(mark).hex() if mark else teller if ":" in teller else f"case:{number}"


def _without_names(text: str, place: str) -> str:
    """The same trouble is told of in different places: what they are called must not tell them apart."""
    for spot in reversed(tree().path(place)):
        text = text.replace(spot.name, "")
    return text


def _scopes(place: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((place[:_COUNTY], place[:_TOWN])))


def _kept(county: str, cases: Sequence[_Case], found: Sequence[Found], now: datetime) -> list[int]:
    """The number of each group's topic, kept from the last time where it goes on, and which cases tell of it."""
    groups = [frozenset(cases[at].told.number for at in one.members) for one in found]
    since = now - timedelta(days=WINDOW_DAYS)
    known = _known(county, since)
    topics = [
        topic or Topic.objects.create(county=county, found_at=now).pk for topic in rules.continued(groups, known)
    ]
    _join(known, dict(zip(topics, groups, strict=True)))
    Topic.objects.filter(pk__in=topics).update(joined=None)
    # What was told before the window stays with its topic; what is in it is kept anew.
    Told.objects.filter(county=county, at__gt=since).delete()
    lines = (
        Told(county=county, number=told.number, topic=topic, place=told.place, at=told.at)
        for topic, one in zip(topics, found, strict=True)
        for told in (cases[at].told for at in one.members)
    )
    Told.objects.bulk_create(lines, ignore_conflicts=True, batch_size=2000)
    return topics


def _known(county: str, since: datetime) -> dict[int, set[int]]:
    known: defaultdict[int, set[int]] = defaultdict(set)
    for topic, number in Told.objects.filter(county=county, at__gt=since).values_list("topic", "number"):
        known[topic].add(number)
    return known


def _join(known: Mapping[int, set[int]], topics: Mapping[int, frozenset[int]]) -> None:
    """A topic whose cases are mostly found in another now leads there."""
    for gone in known.keys() - topics.keys():
        shared = {topic: len(cases & known[gone]) for topic, cases in topics.items()}
        into = max(shared, key=lambda topic: shared[topic], default=None)
        if into is not None and 2 * shared[into] >= len(known[gone]):
            Topic.objects.filter(pk=gone).update(joined=into)


def _forget_secrets(county: str) -> None:
    """What has become confidential since then tells of nothing any more."""
    secret = Case.objects.filter(county=county, number=OuterRef("number")).exclude(secrecy=Secrecy.OPEN)
    Told.objects.filter(Exists(secret), county=county).delete()


def _warm(county: str, cases: Sequence[_Case], topics: Mapping[int, Found], now: datetime) -> None:
    """Say how hot each topic is; those of which nobody tells any more are cold."""
    told = {topic: [cases[at] for at in one.members] for topic, one in topics.items()}
    heats = [heat for topic, one in topics.items() for heat in _heats(topic, told[topic], one, now)]
    fresh = {(heat.place, heat.topic) for heat in heats}
    before = Heat.objects.filter(county=county).values_list("place", "topic")
    cold = [(county, *key) for key in before if key not in fresh]
    Heat.objects.filter(pk__in=cold).update(index=0, recent=0, people=0, communities=0, this_week=0, at=now)
    own = [field.name for field in Heat._meta.local_concrete_fields if field.name not in _KEY]  # noqa: SLF001
    Heat.objects.bulk_create(
        heats, update_conflicts=True, unique_fields=list(_KEY), update_fields=own, batch_size=1000
    )  # fmt: skip


_KEY = ("county", "place", "topic")


def _heats(topic: int, cases: Sequence[_Case], found: Found, now: datetime) -> Iterator[Heat]:
    """In the county and in each of its towns, where enough is told there."""
    for place, words in found.words.items():
        there = [one for one in cases if one.told.place.startswith(place)]
        if heat := rules.heat_of([one.told for one in there], now=now):
            times = [one.told.at for one in there]
            yield Heat(
                county=place[:_COUNTY], place=place, topic=topic, index=heat.index, words=list(words),
                item=_most(one.item for one in there), parts=asdict(heat.parts), cases=heat.cases,
                recent=heat.recent, people=heat.people, communities=heat.communities, this_week=heat.this_week,
                weekly_before=heat.weekly_before, urgent=heat.urgent, unsolved=heat.unsolved, first_at=min(times),
                last_at=max(times), at=now, version=VERSION,
            )  # fmt: skip


def _most(items: Iterable[int | None]) -> int:
    counted = Counter(item for item in items if item)
    return max(counted, key=lambda item: (counted[item], -item)) if counted else 0
