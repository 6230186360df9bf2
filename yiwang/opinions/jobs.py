"""Background work of second opinions. `timestamp` is the planned time of periodic jobs."""

from django.utils import timezone
from procrastinate.contrib.django import app

from yiwang.opinions import actions
from yiwang.plumbing.jobs import tick


# No `job` of the house: that stands on its ground in one transaction, and nobody outside is waited for in one.
@app.task(name="opinions.jobs.ask", queue="opinions", lock="opinions.ask")
def ask(timestamp: int = 0) -> None:  # noqa: ARG001 - procrastinate gives every periodic job its time
    """Ask the model outside about what waits, where the operator named one."""
    actions.ask_about_waiting(now=timezone.now())


tick("* * * * * 30", ask, named="opinions.tick")
