"""Background work of forms: let those who are asked be told, remind them once before it is due, open rounds."""

from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from yiwang.forms import actions, news
from yiwang.forms.facts import FormMoved
from yiwang.notices import actions as notices
from yiwang.places.queries import counties
from yiwang.plumbing.facts import heard
from yiwang.plumbing.jobs import job


@job(queue="notices")
def tell(fact: dict[str, Any]) -> None:
    """Something became of a form."""
    now = timezone.now()
    notices.tell(news.of(heard(FormMoved, fact), now=now), now=now)


@app.periodic(cron="*/10 * * * *", periodic_id="forms.remind")
@job(lock="forms.remind")
def remind(timestamp: int = 0) -> None:  # noqa: ARG001 - procrastinate gives every periodic job its time
    """Every ten minutes: forms that will soon be due, county by county."""
    for county in counties():
        actions.remind_of_due(county, now=timezone.now())


@app.periodic(cron="*/10 * * * *", periodic_id="forms.open_rounds")
@job(lock="forms.open_rounds")
def open_rounds(timestamp: int = 0) -> None:  # noqa: ARG001 - as above
    """Every ten minutes: rounds whose day has come, county by county; first what lost its post or place."""
    for county in counties():
        actions.follow_posts(county, now=timezone.now())
        actions.follow_places(county, now=timezone.now())
        actions.open_rounds(county, now=timezone.now())
