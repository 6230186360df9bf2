"""A bell for the tests: an act that announces, a listener, and processes that are killed in between."""

import asyncio
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.facts import announce, heard, listen
from yiwang.plumbing.jobs import job
from yiwang.plumbing.upkeep import actions as upkeep
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


@dataclass(frozen=True)
class BellRang:
    """`waits_at`: the first hearer marks this file and then hears for ever."""

    tower: str
    waits_at: str = ""


@job(queue="bell")
def hear(fact: dict[str, Any]) -> None:
    rang = heard(BellRang, fact)
    mark = Path(rang.waits_at) if rang.waits_at else None
    note("bell.heard", f"tower:{rang.tower}", by="test")
    if mark and not mark.exists():
        mark.touch()
        threading.Event().wait()


listen(BellRang, hear)


def ring(tower: str, *, waits_at: str = "") -> None:
    """The act: a line in the trail and a fact, in one transaction."""
    with transaction.atomic(), standing_on(EVERYWHERE):
        note("bell.rang", f"tower:{tower}", by="test")
        announce(BellRang(tower, waits_at))


@transaction.atomic
def ring_and_fail(tower: str) -> None:
    ring(tower)
    raise ZeroDivisionError


def ring_and_stop_before_the_commit(tower: str, mark: str) -> None:
    with transaction.atomic():
        ring(tower)
        Path(mark).touch()
        threading.Event().wait()


def ring_and_stop_after_the_commit(tower: str, mark: str) -> None:
    ring(tower)
    Path(mark).touch()
    threading.Event().wait()


def work(*, take_over: bool) -> None:
    """A worker that does what waits and ends."""
    if take_over:
        upkeep.forget_workers()
        upkeep.take_up_interrupted()
    assert isinstance(app.connector, DjangoConnector)
    asyncio.run(_work(app.with_connector(app.connector.get_worker_connector())))


async def _work(worker: Any) -> None:
    async with worker.open_async():
        await worker.run_worker_async(wait=False, queues=["bell"], listen_notify=False)
