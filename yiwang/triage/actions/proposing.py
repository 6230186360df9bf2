"""Propose for every report that waits, let go by itself what its town trusts, and keep what became of it.

Done in the background, so that intake writes nothing more than before.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from yiwang.cases import actions
from yiwang.cases.access import CLOCK
from yiwang.cases.actions.moving import said_by_the_platform
from yiwang.cases.models import Case
from yiwang.cases.rules import ENDED, State
from yiwang.catalogue.rules import Secrecy
from yiwang.plumbing.refusals import Refused
from yiwang.triage.models import Fate, Proposal
from yiwang.triage.queries import propose_for, told_before, trust_at
from yiwang.triage.queries.proposals import Proposal as Said
from yiwang.triage.rules import CONFIRMED, goes_by_itself, rank_of
from yiwang.triage.words import TOLD_AGAIN

BATCH = 200
FORGOTTEN_AFTER = timedelta(days=90)
"""What nobody signed for or ended so long after it was proposed is looked for no more."""

_SETTLED = CONFIRMED | ENDED
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Swept:
    """For how many reports something was proposed, how many of them went by themselves, and whether more wait."""

    proposed: int
    by_itself: int
    more: bool


def propose_waiting(*, now: datetime, most: int = BATCH) -> Swept:
    """Keep a proposal for reports that wait and have none; dispatch at once what is likely enough for its town.

    Stands everywhere; each report in a transaction of its own. Run twice, it finds nothing more to do.
    """
    known = Proposal.objects.filter(county=OuterRef("county"), number=OuterRef("number"))
    waiting = Case.objects.filter(~Exists(known), state=State.REPORTED).order_by("next_due_at")[:most]
    cases = list(waiting)
    went = sum(_propose(case, now) for case in cases)
    return Swept(len(cases), went, more=len(cases) == most)


def keep_fates(*, now: datetime, most: int = 5 * BATCH) -> int:
    """Keep what became of proposals whose case a post has signed for, or that has ended; gives how many."""
    known = Fate.objects.filter(county=OuterRef("county"), number=OuterRef("number"))
    settled = Case.objects.filter(county=OuterRef("county"), number=OuterRef("number"), state__in=sorted(_SETTLED))
    since = Q(at__gte=now - FORGOTTEN_AFTER)
    proposals = list(Proposal.objects.filter(since, ~Exists(known), Exists(settled))[:most])
    made = Fate.objects.bulk_create(_fates(proposals, now), ignore_conflicts=True)
    return len(made)


def _propose(case: Case, now: datetime) -> bool:
    """Whether the case went by itself."""
    said = propose_for(case, on=timezone.localdate(now))
    if (into := told_before(case)) and _joined(case, into, said, now):
        return False
    if not _may_go(case, said):
        _keep(case, said, now, by_itself=False)
        return False
    try:
        with transaction.atomic():
            _keep(case, said, now, by_itself=True)
            actions.accept_and_dispatch(
                case.number, item=said.items[0].item.code, place=case.place, by=CLOCK, now=now, seen=case.steps
            )
    except Refused as refusal:
        # Nobody answers for it there, or somebody was faster: it is a person's to decide.
        log.info("not dispatched by itself", case=case.number, why=refusal.code)
        _keep(case, said, now, by_itself=False)
        return False
    return True


def _joined(case: Case, into: int, said: Said, now: datetime) -> bool:
    """Whether the report was merged into what its sender told before. Who takes it apart again has the last word."""
    try:
        with transaction.atomic():
            _keep(case, said, now, by_itself=False)
            reason = said_by_the_platform(TOLD_AGAIN)
            actions.merge(case.number, into=into, reason=reason, by=CLOCK, now=now, seen=case.steps)
    except Refused as refusal:
        log.info("not merged by itself", case=case.number, why=refusal.code)
        return False
    return True


def _may_go(case: Case, said: Said) -> bool:
    first = said.items[0] if said.items and said.decided else None
    # What somebody chose for themselves, differently, is looked at by a person.
    if first is None or case.item_id not in {None, first.item.id}:
        return False
    # Words that speak of another place, or of one of several, need somebody to look.
    if said.apart or _is_somewhere_else(case, said.named.choices):
        return False
    alarmed = said.alarm is not None or said.suspected is not None or said.emergency
    return goes_by_itself(
        first.likely, trust_at(case.place), alarmed=alarmed, sealed=case.is_sealed or said.confidential
    )


def _is_somewhere_else(case: Case, choices: Sequence[str]) -> bool:
    return bool(choices) and case.lon is None and not any(case.place.startswith(code) for code in choices)


def _keep(case: Case, said: Said, now: datetime, *, by_itself: bool) -> None:
    items = [[one.item.id, None if one.likely is None else round(one.likely, 4)] for one in said.items]
    Proposal.objects.create(
        county=case.county, number=case.number, place=case.place, at=now, version=said.version, items=items,
        alarm=said.alarm or "", sealed=case.is_sealed or said.sealed, by_itself=by_itself,
    )  # fmt: skip


def _fates(proposals: list[Proposal], now: datetime) -> Iterator[Fate]:
    counties = {one.county for one in proposals}
    numbers = [one.number for one in proposals]
    found = Case.objects.filter(county__in=counties, number__in=numbers).values_list("number", "item_id", "secrecy")
    decided = {number: (item or 0, secrecy) for number, item, secrecy in found}
    for one in proposals:
        item, secrecy = decided[one.number]
        yield Fate(
            county=one.county, number=one.number, place=one.place, at=now, version=one.version, item=item,
            rank=rank_of(item, [proposed for proposed, _likely in one.items]),
            sealed=one.sealed or secrecy == Secrecy.SEALED, by_itself=one.by_itself,
        )  # fmt: skip
