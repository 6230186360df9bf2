import asyncio
from typing import Annotated, Any

import typer

from yiwang.project.cli.access import database
from yiwang.project.cli.language import _
from yiwang.project.cli.options import Data

_FINISH_WITHIN_SECONDS = 15.0


def work(
    queues: Annotated[str, typer.Option(help=_("Only these queues, separated by commas."))] = "",
    concurrency: Annotated[int, typer.Option(min=1, max=64, help=_("How many jobs at a time."))] = 4,
    alone: Annotated[bool, typer.Option(help=_("No other worker is at work: take up interrupted jobs now."))] = False,
    data: Data = None,
) -> None:
    with database(data):
        from yiwang.plumbing.freshness.listener import watch

        if alone:
            _take_over()
        watch()
        asyncio.run(_work([name.strip() for name in queues.split(",") if name.strip()], concurrency))


def _take_over() -> None:
    from yiwang.plumbing.upkeep import actions

    actions.forget_workers()
    actions.take_up_interrupted()


async def _work(queues: list[str], concurrency: int) -> None:
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    # A copy of the app: jobs that announce facts must go on doing so through Django's own transaction.
    worker = app.with_connector(connector.get_worker_connector())
    async with worker.open_async():
        only: dict[str, Any] = {"queues": queues} if queues else {}
        await worker.run_worker_async(
            concurrency=concurrency, shutdown_graceful_timeout=_FINISH_WITHIN_SECONDS, **only
        )
