"""Whoever leads a town brings a case before its committee by hand; nobody else does, and nothing twice."""

import pytest

from tests.town import Town
from yiwang.cases.models import Case, Note
from yiwang.cases.tests.make import MONDAY, as_, closed, in_hand, make_lamp, refused
from yiwang.catalogue.rules import Secrecy
from yiwang.meetings import actions
from yiwang.meetings.models import Entry, LastItem
from yiwang.meetings.rules.agenda import Rule
from yiwang.meetings.words import in_words
from yiwang.plumbing.refusals import NotYours, Overtaken, Unseen
from yiwang.supervision.tests.make import make_leader

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def test_a_case_that_no_rule_asks_for_stands_on_the_agenda_with_the_reason(town: Town) -> None:
    leader, post = make_leader(town)
    number = in_hand(town)
    item = actions.bring(number, text=" 三家推诿 ", by=as_(leader), now=MONDAY)
    assert (item.place, item.state, in_words(item.reasons)) == (town.lane_grid.code, "proposed", "手动上会")
    entry = Entry.objects.get(item=item)
    assert (entry.move, entry.text, entry.post_id) == ("bring", "三家推诿", post.pk)
    assert "三家推诿" in Note.objects.get(case=number).text
    with refused("last_item_twice", Overtaken):
        actions.bring(number, text="再来", by=as_(leader), now=MONDAY)


def test_the_centre_brings_one_too_and_the_rule_does_not_bring_it_again(town: Town) -> None:
    number = in_hand(town)
    actions.bring(number, text="三家推诿", by=as_(town.gu), now=MONDAY)
    Case.objects.filter(number=number).update(reopened=2)
    assert actions.propose(town.two_wells.code, now=MONDAY) == []


def test_nobody_else_brings_a_case(town: Town) -> None:
    number = in_hand(town)
    for stranger, kind in ((town.mei, NotYours), (town.wen, NotYours), (town.bo, NotYours), (town.ding, Unseen)):
        with pytest.raises(kind):
            actions.bring(number, text="上会", by=as_(stranger), now=MONDAY)
    assert not LastItem.objects.exists()


def test_what_has_ended_or_is_sealed_or_says_nothing_does_not_come(town: Town) -> None:
    leader, _post = make_leader(town)
    with refused("last_item_case_unfit"):
        actions.bring(closed(town), text="上会", by=as_(leader), now=MONDAY)
    number = in_hand(town)
    with refused("last_item_lacks_text"):
        actions.bring(number, text=" ", by=as_(leader), now=MONDAY)
    Case.objects.filter(number=number).update(secrecy=Secrecy.SEALED)
    with refused("no_such_case", Unseen):
        actions.bring(number, text="上会", by=as_(leader), now=MONDAY)


def test_no_rule_asks_for_what_people_bring(town: Town) -> None:
    assert [one.reason.value for one in Rule(1, 1, 1, 1).least] == ["overdue", "reopened", "handed_back", "old"]
