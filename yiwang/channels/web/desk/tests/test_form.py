"""How a form stands: who returned it, what came of it; reminded, withdrawn, taken away."""

from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.access import acting
from yiwang.channels.web.desk.tests.cases import taken
from yiwang.forms import actions
from yiwang.forms.models import Form, Reminder
from yiwang.forms.rules import Every, Rounds
from yiwang.forms.tests.make import answers, asked
from yiwang.people.models import Person, Role
from yiwang.people.tests.make import make_holding, make_person, make_post
from yiwang.plumbing.audit.models import Entry

pytestmark = pytest.mark.django_db
IN_ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def gu(town: Town) -> Client:
    return at_the_desk(town.gu)


@pytest.fixture
def form(town: Town) -> Form:
    """Asked now by Gu."""
    now = timezone.now()
    return asked(town, by=acting(town.gu, on=timezone.localdate(now)), now=now)


def returned(form: Form, person: Person, said: str) -> None:
    now = timezone.now()
    actions.send_in(form.pk, answers(form, said), by=acting(person, on=timezone.localdate(now)), now=now, minutes=4)


def test_what_was_sent_in_is_shown_with_its_sum(town: Town, gu: Client, form: Form) -> None:
    returned(form, town.bo, "3")
    page = gu.get(f"/forms/{form.pk}", headers={"Accept-Language": "en"})
    assert [(line.name, line.answers) for line in page.context["lines"]] == [(town.bo.name, ["3"])]
    for words in ("Sum <b>3</b>", "really 4 minutes", "<b>1 / 1</b>"):
        assert words in page.content.decode()


def test_exactly_what_is_shown_is_taken_away_and_the_trail_says_so(town: Town, gu: Client, form: Form) -> None:
    returned(form, town.bo, "3")
    lines = taken(gu.get(f"/forms/{form.pk}.csv")).decode().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith(town.bo.name)
    assert lines[1].endswith(",3")
    assert gu.get(f"/forms/{form.pk}.xlsx").status_code == 200
    assert Entry.objects.filter(act="export_form", subject=f"form:{form.pk}").count() == 2


def test_one_reminds_and_withdraws(gu: Client, form: Form) -> None:
    assert gu.post(f"/forms/{form.pk}/act", {"do": "remind"}).status_code == 302
    assert gu.post(f"/forms/{form.pk}/act", {"do": "remind"}).status_code == 422
    assert Reminder.objects.count() == 1
    assert gu.post(f"/forms/{form.pk}/act", {"do": "withdraw"}).status_code == 422
    assert gu.post(f"/forms/{form.pk}/act", {"do": "withdraw", "because": "县里已有"}).status_code == 302
    assert "县里已有" in gu.get(f"/forms/{form.pk}").content.decode()
    assert gu.post(f"/forms/{form.pk}/act", {"do": "nonsense"}).status_code == 404


def test_a_stranger_finds_no_form(town: Town, form: Form) -> None:
    for stranger in (town.ding, town.mei, town.wen, town.bo):
        client = at_the_desk(stranger)
        assert client.get(f"/forms/{form.pk}").status_code == 404
        assert client.get(f"/forms/{form.pk}.csv").status_code == 404
        assert client.post(f"/forms/{form.pk}/act", {"do": "remind"}).status_code == 404


def test_three_workers_cost_no_more_queries_than_one(town: Town, gu: Client, form: Form) -> None:
    returned(form, town.bo, "3")
    one = queries_of(gu, f"/forms/{form.pk}")
    for login in ("bai", "cui"):
        person = make_person(login, name=login, ground=town.two_wells)
        role = Role.objects.get(code="grid_worker")
        make_holding(person, make_post(role=role, unit=town.centre, ground=town.lane_grid, title=login))
    now = timezone.now() + timedelta(minutes=1)
    by = acting(town.gu, on=timezone.localdate(now))
    larger = asked(town, by=by, now=now, nevertheless="人多了")
    returned(larger, town.bo, "3")
    assert queries_of(gu, f"/forms/{larger.pk}") == one <= MOST_QUERIES


def in_rounds(town: Town, *, rounds: int, nevertheless: str = "") -> list[Form]:
    """Asked each week, so many rounds of it by now."""
    now = timezone.now() - timedelta(weeks=rounds - 1)
    series = Rounds(Every.WEEK, timezone.localdate(now) + timedelta(weeks=rounds + 1))
    by = acting(town.gu, on=timezone.localdate(now))
    first = asked(town, by=by, now=now, rounds=series, nevertheless=nevertheless)
    for week in range(1, rounds):
        day = timezone.localdate(now + timedelta(weeks=week))
        actions.open_rounds("990101", now=timezone.make_aware(datetime.combine(day, time(9))))
    return list(Form.objects.filter(series=first.series).order_by("round"))


def test_a_round_shows_the_others_and_the_series_is_ended_from_any_of_them(town: Town, gu: Client) -> None:
    first, second = in_rounds(town, rounds=2)
    page = gu.get(f"/forms/{first.pk}", headers=IN_ENGLISH).content.decode()
    for words in ("Each week", "the next round on", "round 2", f'href="/forms/{second.pk}"', "No further round"):
        assert words in page
    assert 'value="remind"' not in page  # it has closed
    assert gu.post(f"/forms/{first.pk}/act", {"do": "withdraw", "because": "不再需要"}).status_code == 302
    second.refresh_from_db()
    assert second.state == "withdrawn"
    ended = gu.get(f"/forms/{first.pk}", headers=IN_ENGLISH).content.decode()
    assert "不再需要" in ended
    assert 'name="do"' not in ended


def test_many_rounds_take_no_more_questions(town: Town, gu: Client) -> None:
    few = in_rounds(town, rounds=1)
    many = in_rounds(town, rounds=3, nevertheless="再报")
    counted = [queries_of(gu, f"/forms/{one[0].pk}") for one in (few, many)]
    assert counted[0] == counted[1] <= MOST_QUERIES
