"""Keep what was wanting in replies that were sent."""

from datetime import datetime

from yiwang.cases.models import Case, Step
from yiwang.catalogue.rules import Secrecy
from yiwang.replies.models import Flawed
from yiwang.replies.queries import FINISHING, warnings


def look_at(number: int, *, now: datetime) -> int:
    """Keep the flaws of a case's newest reply, each once; gives how many it has. Stands everywhere."""
    case = Case.objects.filter(number=number).first()
    steps = Step.objects.filter(number=number, county=case.county, move__in=FINISHING) if case else Step.objects.none()
    step = steps.order_by("-seq").first()
    if case is None or step is None:
        return 0
    posts = [step.post_id] if step.post_id else []
    flaws = {one.flaw for one in warnings(case, step.given.get("note", ""), posts=posts)}
    rows = [
        Flawed(
            county=case.county, number=number, seq=step.seq, flaw=flaw, place=case.place, post=step.post_id or 0,
            at=now, sealed=case.secrecy == Secrecy.SEALED,
        )
        for flaw in sorted(flaws)
    ]  # fmt: skip
    Flawed.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
