"""A series goes on with the office that asks it, and ends with it: nobody is asked week by week for nobody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.town import Town
from yiwang.cases.tests.make import MONDAY, as_
from yiwang.forms import actions, jobs
from yiwang.forms.access import in_stead_of, is_gone
from yiwang.forms.models import Form, Series
from yiwang.forms.rules import Every, Rounds, State
from yiwang.forms.tests.make import answers, asked, hear
from yiwang.notices.models import Notice
from yiwang.notices.tests.make import COUNTY, told
from yiwang.notices.wording import said
from yiwang.people import actions as people
from yiwang.people.models import Holding, Person, Post, Role
from yiwang.people.rules import Duty, Redrawing
from yiwang.people.tests.make import make_holding, make_person, make_post, make_role
from yiwang.places.tests.make import make_place
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.freshness.snapshots import forget

pytestmark = pytest.mark.django_db
FIRST = timezone.localdate(MONDAY)
SECOND = MONDAY + timedelta(weeks=1)


@pytest.fixture
def shi(town: Town) -> Person:
    """An officer of the command centre, who asks forms and does not decide there."""
    person = make_person("shi", name="史统计", ground=town.two_wells)
    make_holding(person, an_officer(town))
    return person


def an_officer(town: Town, title: str = "统计岗", **said: object) -> Post:
    role = Role.objects.filter(code="officer").first() or make_role(Duty.ASSIGN_TASKS, code="officer")
    post = make_post(role=role, unit=town.centre, ground=town.two_wells, title=title)
    Post.objects.filter(pk=post.pk).update(**said)
    forget()
    return post


def weekly(who: Person, town: Town) -> Form:
    return asked(town, by=as_(who), rounds=Rounds(Every.WEEK, FIRST + timedelta(days=27)))


def abolished(who: Person, town: Town, *, after: int = 0) -> Post:
    """The post of somebody ends so many days after the first day of the series."""
    post = Holding.objects.get(person=who).post
    people.abolish_post(post, on=FIRST + timedelta(days=after), by=town.ning, today=FIRST)
    forget()
    return post


def test_with_its_post_the_series_ends_and_says_why_where_it_is_filled_in(town: Town, shi: Person) -> None:
    form = weekly(shi, town)
    hear()
    post = abolished(shi, town)
    (series,) = actions.follow_posts(COUNTY, now=MONDAY + timedelta(hours=1))
    series.refresh_from_db()
    form.refresh_from_db()
    assert (series.state, series.next_on, form.state, form.ended_by) == (State.LAPSED, None, State.LAPSED, "clock")
    assert form.because == series.because == f"提出填报的岗位“{post.title}”已撤销，也没有接替它的岗位。"
    assert actions.open_rounds(COUNTY, now=SECOND) == []
    assert Entry.objects.get(act="lapse_series").actor == "clock"


def test_who_has_not_returned_it_and_the_head_of_the_unit_are_told(town: Town, shi: Person) -> None:
    form = weekly(shi, town)
    hear()
    abolished(shi, town)
    actions.follow_posts(COUNTY, now=MONDAY + timedelta(hours=1))
    hear(now=MONDAY + timedelta(hours=1))
    assert (told(town.bo), told(town.gu), told(town.mei)) == (["form_asked", "form_ended"], ["series_lapsed"], [])
    assert "已撤销" in said(Notice.objects.get(recipient=f"person:{town.bo.pk}", occasion="form_ended")).sentence
    notice = Notice.objects.get(recipient=f"person:{town.gu.pk}")
    assert (notice.subject, notice.title) == (f"round:{form.pk}", form.title)


def test_between_two_rounds_only_the_head_is_told(town: Town, shi: Person) -> None:
    form = weekly(shi, town)
    hear()
    actions.send_in(form.pk, answers(form, "3"), by=as_(town.bo), now=MONDAY + timedelta(hours=1))
    abolished(shi, town)
    later = form.closes_at + timedelta(hours=1)
    actions.follow_posts(COUNTY, now=later)
    hear(now=later)
    form.refresh_from_db()
    assert (form.state, Series.objects.get().state) == (State.ASKED, State.LAPSED)
    assert (told(town.bo), told(town.gu)) == (["form_asked"], ["series_lapsed"])


def test_while_its_post_is_there_nothing_happens_and_once_it_ended_nothing_more(town: Town, shi: Person) -> None:
    weekly(shi, town)
    abolished(shi, town, after=2)
    assert actions.follow_posts(COUNTY, now=MONDAY + timedelta(days=1)) == []
    assert len(actions.follow_posts(COUNTY, now=MONDAY + timedelta(days=2))) == 1
    assert actions.follow_posts(COUNTY, now=MONDAY + timedelta(days=2)) == []
    assert Series.objects.get().state == State.LAPSED


def test_a_post_with_the_same_office_goes_on_with_it(town: Town, shi: Person) -> None:
    first = weekly(shi, town)
    abolished(shi, town)
    heir = an_officer(town, "综合统计岗")
    actions.follow_posts(COUNTY, now=MONDAY + timedelta(hours=1))
    (second,) = actions.open_rounds(COUNTY, now=SECOND)
    first.refresh_from_db()
    series = Series.objects.get()
    assert (series.state, series.post, second.post) == (State.ASKED, heir.pk, heir.pk)
    assert (first.state, first.unit) == (State.ASKED, second.unit)
    assert first.post != heir.pk
    assert Entry.objects.get(act="pass_series").details["was"] == f"post:{first.post}"


def test_neither_another_office_nor_one_that_is_gone_nor_one_elsewhere_stands_in_its_stead(
    town: Town, shi: Person
) -> None:
    post = abolished(shi, town)
    an_officer(town, valid_to=FIRST)
    an_officer(town, valid_from=FIRST + timedelta(days=1))
    an_officer(town, ground=town.well_lane)
    assert is_gone(post.pk, FIRST)
    assert not is_gone(post.pk, FIRST - timedelta(days=1))
    assert in_stead_of(post.pk, town.two_wells.code, FIRST) is None
    inside = in_stead_of(post.pk, town.lane_grid.code, FIRST)
    assert inside is not None
    assert inside[1] == town.lane_grid.code


def test_of_several_the_one_of_the_same_name_goes_on(town: Town, shi: Person) -> None:
    post = abolished(shi, town)
    an_officer(town, "另一岗")
    same = an_officer(town)
    an_officer(town, "又一岗")
    assert in_stead_of(post.pk, town.two_wells.code, FIRST) == (same.pk, town.two_wells.code)


def test_where_the_ground_is_drawn_anew_it_goes_along_with_its_post(town: Town, shi: Person) -> None:
    weekly(shi, town)
    new = make_place("990101055", "新井街道")
    day = FIRST + timedelta(days=3)
    people.follow_redrawing(Redrawing(1, day, {town.two_wells.code: [new.code]}), today=day)
    Holding.objects.filter(person=town.bo, until=None).update(until=day)
    make_holding(
        town.bo, make_post(role=Role.objects.get(code="grid_worker"), unit=town.centre, title="新网格员",
                           ground=make_place("990101055001001", "新网格")), since=day,
    )  # fmt: skip
    forget()
    actions.follow_posts(COUNTY, now=MONDAY + timedelta(days=3))
    (second,) = actions.open_rounds(COUNTY, now=SECOND)
    follower = Post.objects.get(title="统计岗", ground=new)
    assert (second.place, second.post, Series.objects.get().place) == (new.code, follower.pk, new.code)


def test_the_job_ends_them_before_it_opens_rounds(town: Town, shi: Person) -> None:
    weekly(shi, town)
    abolished(shi, town)
    jobs.open_rounds.func()
    assert Series.objects.get().state == State.LAPSED
    assert Form.objects.count() == 1
