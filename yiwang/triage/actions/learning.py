"""Learn from the installation's own decided cases, in a process of its own; and go back to an older version.

What learns is large and is loaded nowhere else: neither in the web processes nor in the worker.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yiwang.cases.models import Case
from yiwang.catalogue.queries import recognise
from yiwang.catalogue.rules import Secrecy
from yiwang.places.queries import tree
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.freshness.snapshots import touched
from yiwang.plumbing.refusals import Refused
from yiwang.triage.apart import learned_apart
from yiwang.triage.models import Version
from yiwang.triage.queries import TOPIC
from yiwang.triage.rules import (
    CONFIRMED,
    MOST_CASES,
    Model,
    Words,
    held_back,
    is_better,
    to_bytes,
    worth_learning,
)

_YEARS_AND_COUNTS = 10**10


@dataclass(frozen=True, slots=True)
class Trained:
    """What came of it: on how many cases, how often it was right on those held back, and what was there before it.

    `version`: the new one where it was better, else None.
    """

    version: int | None
    cases: int
    held_back: int
    right: float
    right_before: float


@dataclass(frozen=True, slots=True)
class _Told:
    number: int
    text: str
    place: str
    item: str
    at: datetime


def train(*, by: str, now: datetime) -> Trained:
    """Learn from the newest decided cases; the new version replaces what answers now only where it is better.

    Judged by the newest fifth, held back from learning; then it learns from them too. Stands everywhere. Refuses
    where there are too few decided cases. Sealed ones are never learned from.
    """
    cases = _decided()
    often = worth_learning([one.item for one in cases])
    if not often:
        raise Refused("too_little_to_learn", cases=len(cases))
    cases = [one for one in cases if one.item in often]
    newest = cases[len(cases) - held_back(len(cases)) :]
    tried = _learned(cases[: len(cases) - len(newest)])
    right, before = _right(newest, tried), _right_now(newest)
    if not is_better(right, before):
        return Trained(None, len(cases), len(newest), right, before)
    version = _put(_learned(cases), Trained(None, len(cases), len(newest), right, before), by=by, now=now)
    return Trained(version, len(cases), len(newest), right, before)


@transaction.atomic
def go_back(version: int | None = None, *, by: str) -> int:
    """Use an older version again: that one, or the one before the present; 0: none, the words of the catalogue.

    Gives the version in use. Refuses a version that is not there.
    """
    present = Version.objects.select_for_update().filter(in_use=True).values_list("pk", flat=True).first()
    older = Version.objects.filter(pk__lt=present or 0).order_by("-pk").values_list("pk", flat=True).first()
    wanted = (older or 0) if version is None else version
    if wanted and not Version.objects.filter(pk=wanted).exists():
        raise Refused("no_such_version", version=wanted)
    Version.objects.filter(in_use=True).update(in_use=False)
    Version.objects.filter(pk=wanted).update(in_use=True)
    note("go_back", f"triage_version:{wanted}", by=by, before=present or 0)
    touched(TOPIC)
    return wanted


def _decided() -> list[_Told]:
    """The newest cases that a post has signed for, the oldest of them first, from every county its share."""
    counties = [code for code in tree().outermost if len(code) == 6]
    found: list[_Told] = []
    for county in counties:
        first = int(county) * _YEARS_AND_COUNTS
        cases = Case.objects.filter(
            county=county, number__gte=first, number__lt=first + _YEARS_AND_COUNTS, state__in=sorted(CONFIRMED),
            item__isnull=False,
        ).exclude(secrecy=Secrecy.SEALED)  # fmt: skip
        newest = cases.order_by("-number").values_list("number", "text", "place", "item_id", "opened_at")
        share = MOST_CASES // len(counties)
        found += [_Told(number, text, place, str(item), at) for number, text, place, item, at in newest[:share]]
    return sorted(found, key=lambda one: (one.at, one.number))


def _learned(cases: Sequence[_Told]) -> Model:
    return learned_apart([(one.text, one.item) for one in cases])


def _right(cases: Sequence[_Told], model: Model) -> float:
    """How often the first guess was what people decided."""
    return sum(model.guesses(Words(one.text), most=1)[0].kind == one.item for one in cases) / len(cases)


def _right_now(cases: Sequence[_Told]) -> float:
    """The same for what answers now: the version in use with the words of the catalogue."""
    return sum(_now(one) == one.item for one in cases) / len(cases)


def _now(one: _Told) -> str:
    return str(recognise(one.text, one.place, on=timezone.localdate(one.at)).item_id)


@transaction.atomic
def _put(model: Model, trained: Trained, *, by: str, now: datetime) -> int:
    Version.objects.filter(in_use=True).update(in_use=False)
    made = Version.objects.create(
        made_at=now, examples=trained.cases, items=len(model.kinds), held_back=trained.held_back, right=trained.right,
        right_before=trained.right_before, content=to_bytes(model), in_use=True,
    )  # fmt: skip
    note("train", f"triage_version:{made.pk}", by=by, cases=trained.cases, right=round(trained.right, 4))
    touched(TOPIC)
    return made.pk
