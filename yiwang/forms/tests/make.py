"""Plain makers for forms: only what matters is said."""

from datetime import datetime, timedelta
from typing import Any

from tests.jobs import asked_for
from tests.town import Town
from yiwang.cases.access import Actor
from yiwang.cases.tests.make import MONDAY, as_
from yiwang.forms import actions, news
from yiwang.forms.facts import FormMoved
from yiwang.forms.models import Form, Question
from yiwang.forms.rules import Asks, Kind, Wanted
from yiwang.notices import actions as notices
from yiwang.plumbing.facts import heard
from yiwang.plumbing.freshness.snapshots import forget

WELLS = Asks("水井有几口？", Kind.NUMBER, "口")


def wanted(town: Town, *questions: Asks, now: datetime = MONDAY, **said: Any) -> Wanted:
    """A form for the grid workers of Two Wells, due in two days: how many wells there are."""
    usual: dict[str, Any] = {"place": town.two_wells.code, "title": "水井摸底", "why": "防汛检查", "minutes": 20}
    return Wanted(**(usual | {"due_at": now + timedelta(days=2)} | said), questions=questions or (WELLS,))


def asked(town: Town, *questions: Asks, by: Actor | None = None, now: datetime = MONDAY, **said: Any) -> Form:
    """The same, asked by Gu."""
    nevertheless = said.pop("nevertheless", "")
    return actions.ask(
        wanted(town, *questions, now=now, **said), by=by or as_(town.gu), now=now, nevertheless=nevertheless
    )


def answers(form: Form, *said: str) -> dict[str, str]:
    """Answers to the questions of a form, in their order."""
    numbers = Question.objects.filter(form=form).order_by("pk").values_list("pk", flat=True)
    return dict(zip(map(str, numbers), said, strict=True))


def hear(*, now: datetime = MONDAY) -> None:
    """Let everything that was announced of forms in this test be heard, as its job does."""
    forget()  # a test never commits, and is not told that something changed
    for waiting in asked_for("forms.jobs.tell"):
        notices.tell(news.of(heard(FormMoved, waiting.args["fact"]), now=now), now=now)
