"""Background work of the files."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yiwang.plumbing.files import actions
from yiwang.plumbing.jobs import job


@app.periodic(cron="17 3 * * *")
@job(lock="files.sweep")
def sweep(timestamp: int) -> None:
    """Once a day, at night: remove content that nobody keeps."""
    actions.sweep(now=datetime.fromtimestamp(timestamp, UTC))
