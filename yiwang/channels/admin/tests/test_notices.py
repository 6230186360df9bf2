"""What goes by e-mail and SMS is changed on the administration pages, by whoever administers the county."""

import pytest
from django.test import Client

from tests.desk import at_the_desk
from tests.town import Town
from yiwang.notices.models import Rule
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
PAGE = "/admin/notices/rule/"


@pytest.fixture
def ning(town_behind_the_wall: Town) -> Client:
    return at_the_desk(town_behind_the_wall.ning)


def a_rule(county: str, **instead: str) -> dict[str, str]:
    rule = {"county": county, "occasion": "dispatched", "channel": "email", "urgency": "", "role": "", "board": ""}
    return rule | instead


def of_county(county: str) -> list[Rule]:
    with standing_on(EVERYWHERE):
        return list(Rule.objects.filter(county=county))


def test_a_county_adds_changes_and_takes_away_a_rule_of_its_own(town_behind_the_wall: Town, ning: Client) -> None:
    county = town_behind_the_wall.county.code
    assert ning.get(PAGE).status_code == 200
    assert ning.post(f"{PAGE}add/", a_rule(county)).status_code == 302
    (rule,) = of_county(county)
    assert not rule.goes
    changed = a_rule(county, goes="on", urgency="urgent", channel="sms")
    assert ning.post(f"{PAGE}{rule.pk}/change/", changed).status_code == 302
    (rule,) = of_county(county)
    assert (rule.goes, rule.urgency, rule.channel) == (True, "urgent", "sms")
    ning.post(PAGE, {"action": "remove", "_selected_action": [str(rule.pk)]})
    assert of_county(county) == []


def test_the_same_rule_twice_is_refused_in_words(town_behind_the_wall: Town, ning: Client) -> None:
    county = town_behind_the_wall.county.code
    ning.post(f"{PAGE}add/", a_rule(county))
    page = ning.post(f"{PAGE}add/", a_rule(county, goes="on"))
    assert page.context["adminform"].form.errors
    assert len(of_county(county)) == 1


@pytest.mark.parametrize("county", ["990102", ""])
def test_nobody_changes_the_rules_of_other_ground(ning: Client, county: str) -> None:
    page = ning.post(f"{PAGE}add/", a_rule(county, urgency="soon"))
    assert page.context["adminform"].form.errors
    with standing_on(EVERYWHERE):
        assert not Rule.objects.filter(urgency="soon").exists()
        default = Rule.objects.filter(county=None).first()
    assert default is not None
    ning.post(PAGE, {"action": "remove", "_selected_action": [str(default.pk)]})
    with standing_on(EVERYWHERE):
        assert Rule.objects.filter(pk=default.pk).exists()


def test_who_administers_nothing_finds_no_rules(town_behind_the_wall: Town) -> None:
    assert at_the_desk(town_behind_the_wall.mei).get(PAGE).status_code in {302, 404}
