"""What a case's own catalogue line promises, reckoned at its place."""

from datetime import datetime
from typing import Any

from yiwang.cases.models import Case
from yiwang.catalogue import queries as catalogue
from yiwang.catalogue.rules import Stage
from yiwang.plumbing.worktime.queries import calendar_for
from yiwang.plumbing.worktime.rules import Due, Promise, Unit, due_at

NOTHING_DUE: dict[str, Any] = {"next_due_at": None, "next_stage": ""}


def promise_of(case: Case, stage: Stage) -> Promise:
    """What the case's version of its item promises for a stage."""
    assert case.version_id is not None, "an accepted case has an item"
    return catalogue.promise(case.version_id, stage)


def limit_of(case: Case, hours: float | None) -> Promise:
    """The limit of a part: the approved one (`hours` on the clock of the item's own), else what the item promises."""
    own = promise_of(case, Stage.HANDLE)
    return own if hours is None else Promise(hours, Unit.HOUR, working=own.working)


def due_of(case: Case, stage: Stage, now: datetime) -> Due:
    """When a stage that begins now falls due at the place of the case."""
    return due_at(now, promise_of(case, stage), calendar_for(case.place))


def next_due(at: datetime, stage: Stage) -> dict[str, Any]:
    """The columns that say what is due next."""
    return {"next_due_at": at, "next_stage": stage.value}
