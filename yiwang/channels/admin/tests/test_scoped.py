"""An administrator of one county neither sees nor touches another's, whatever address they type."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import at_the_desk
from tests.town import PASSWORD, Town
from yiwang.people import access
from yiwang.people.models import Holding, Person, Post, Role, Token, Unit
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give, make_person, make_post, make_role
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def ning(town_behind_the_wall: Town) -> Client:
    return at_the_desk(town_behind_the_wall.ning)


@pytest.fixture
def qiao(town_behind_the_wall: Town) -> Client:
    return at_the_desk(town_behind_the_wall.qiao)


LISTS = ["people/person", "people/unit", "people/post", "people/holding", "people/role", "people/token",
         "people/openquestion", "places/place"]  # fmt: skip


@pytest.mark.parametrize("page", LISTS)
def test_every_list_opens_and_speaks_chinese(ning: Client, page: str) -> None:
    answer = ning.get(f"/admin/{page}/", headers={"accept-language": "zh-hans"})
    assert answer.status_code == 200
    assert 'lang="zh-hans"' in answer.content.decode()


def test_what_the_pages_library_says_is_good_chinese(ning: Client) -> None:
    people, new = (ning.get(f"/admin/people/person/{path}").content.decode() for path in ("", "add/"))
    units, start = (ning.get(f"/admin/{path}").content.decode() for path in ("people/unit/", ""))
    assert re.search(r"共 \d+ 条，未选", people)
    assert "按类型" in units
    assert "姓名" in new
    assert "保存并继续新增" in new
    assert "提交补充" not in start, "that is what a reporter does"
    for clumsy in ("个被选", " 以 ", "另一个", "在应用程序"):
        assert clumsy not in people + units + new + start


def test_lists_show_ones_own_county_only(ning: Client, qiao: Client) -> None:
    for page, ours in (
        ("person", "梅受理"),
        ("unit", "双井街道指挥中心"),
        ("post", "梅受理岗"),
        ("holding", "梅受理"),
    ):
        assert ours in ning.get(f"/admin/people/{page}/").content.decode()
        assert ours not in qiao.get(f"/admin/people/{page}/").content.decode()
    assert "双井街道" not in qiao.get("/admin/places/place/").content.decode()


@pytest.mark.parametrize("page", ["person", "unit", "post", "holding"])
def test_anothers_page_does_not_exist(town_behind_the_wall: Town, ning: Client, qiao: Client, page: str) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        holding = Holding.objects.get(person=town.mei).pk
    pk = {"person": town.mei.pk, "unit": town.centre.pk, "post": town.meis_post.pk, "holding": holding}[page]
    address = f"/admin/people/{page}/{pk}/change/"
    assert ning.get(address).status_code == 200
    assert qiao.get(address).status_code == 404
    assert qiao.post(address, {"name": "x", "title": "x", "login": "x"}).status_code == 404
    assert qiao.get(f"/admin/people/{page}/{pk}/delete/").status_code == 404
    with standing_on(EVERYWHERE):
        assert Person.objects.get(pk=town.mei.pk).name == "梅受理"
        assert Unit.objects.get(pk=town.centre.pk).name == "双井街道指挥中心"


def test_whoever_administers_nothing_stays_outside(town_behind_the_wall: Town) -> None:
    for who in (town_behind_the_wall.mei, town_behind_the_wall.lan):
        browser = at_the_desk(who)
        assert browser.get("/admin/people/person/").status_code == 302
        assert browser.get("/admin/login/")["Location"] == "/"
    assert Client().get("/admin/people/person/").status_code == 302
    assert Client().get("/admin/login/?next=/admin/")["Location"] == "/sign-in?next=/admin/"


def autocompleted(client: Client, model: str, field: str, term: str) -> list[str]:
    answer = client.get(
        "/admin/autocomplete/", {"app_label": "people", "model_name": model, "field_name": field, "term": term}
    )
    assert answer.status_code == 200
    return [found["text"] for found in answer.json()["results"]]


def test_choices_offer_ones_own_ground_only(ning: Client, qiao: Client) -> None:
    assert autocompleted(ning, "person", "ground", "双井") == ["双井街道"]
    assert autocompleted(qiao, "person", "ground", "双井") == []
    assert autocompleted(ning, "holding", "person", "mei") == ["梅受理"]
    assert autocompleted(qiao, "holding", "person", "mei") == []
    assert autocompleted(qiao, "post", "unit", "双井") == []
    assert autocompleted(qiao, "holding", "post", "梅") == []


def test_an_account_is_opened_and_its_password_shown_once(town_behind_the_wall: Town, ning: Client) -> None:
    form = {"login": "fang", "name": "方", "phone": "", "ground": town_behind_the_wall.two_wells.code}
    page = ning.post("/admin/people/person/add/", form)
    assert page.status_code == 200
    with standing_on(EVERYWHERE):
        fang = Person.objects.get(login="fang")
        assert Entry.objects.filter(act="open_account", subject=f"person:{fang.pk}").exists()
    passwords = [text for text in page.context["passwords"] if fang.check_password(str(text[1]))]
    assert len(passwords) == 1
    assert "no-store" in page["Cache-Control"]
    assert str(passwords[0][1]) not in ning.get("/admin/people/person/").content.decode()


def test_what_the_act_refuses_stands_on_the_form(town_behind_the_wall: Town, ning: Client) -> None:
    town = town_behind_the_wall
    elsewhere = {"login": "fang", "name": "方", "phone": "", "ground": town.other_town.code}
    assert ning.post("/admin/people/person/add/", elsewhere).context["adminform"].form.errors["ground"]
    nowhere = {"login": "fang", "name": "方", "phone": "", "ground": ""}
    assert ning.post("/admin/people/person/add/", nowhere).context["adminform"].form.non_field_errors()
    itself = {"person": town.ning.pk, "post": town.meis_post.pk, "since": "2026-03-02", "until": ""}
    assert ning.post("/admin/people/holding/add/", itself).context["adminform"].form.non_field_errors()
    with standing_on(EVERYWHERE):
        assert not Person.objects.filter(login="fang").exists()
        assert not Holding.objects.filter(person=town.ning, post=town.meis_post).exists()


def test_a_unit_a_post_and_its_holder_are_set_up_by_hand(town_behind_the_wall: Town, ning: Client) -> None:
    town = town_behind_the_wall
    unit = {"name": "平安办", "kind": "board", "ground": town.two_wells.code, "parent": "", "valid_from": ""}
    assert ning.post("/admin/people/unit/add/", unit).status_code == 302
    with standing_on(EVERYWHERE):
        made, role = Unit.objects.get(name="平安办"), Role.objects.get(code="board_safety_law")
    post = {"title": "平安岗", "unit": made.pk, "role": role.pk, "ground": town.two_wells.code, "valid_from": ""}
    assert ning.post("/admin/people/post/add/", post).status_code == 302
    today = timezone.localdate()
    with standing_on(EVERYWHERE):
        office = Post.objects.get(title="平安岗")
    holding = {"person": town.lan.pk, "post": office.pk, "since": today.isoformat(), "until": ""}
    assert ning.post("/admin/people/holding/add/", holding).status_code == 302
    forget(access.TOPIC)
    assert access.may(town.lan.pk, Duty.MEDIATE, town.well_lane.code, on=today)
    changed = unit | {"name": "平安法治办"}
    assert ning.post(f"/admin/people/unit/{made.pk}/change/", changed).status_code == 302
    with standing_on(EVERYWHERE):
        assert Unit.objects.get(pk=made.pk).name == "平安法治办"
        acts = ["establish_unit", "establish_post", "appoint", "change_unit"]
        assert list(Entry.objects.filter(act__in=acts).order_by("pk").values_list("act", flat=True)) == acts


def done(client: Client, page: str, act: str, *pks: int) -> object:
    return client.post(f"/admin/people/{page}/", {"action": act, "_selected_action": [str(pk) for pk in pks]})


def test_a_password_is_reset_from_the_list_and_shown_once(town_behind_the_wall: Town, ning: Client) -> None:
    page = done(ning, "person", "reset_password", town_behind_the_wall.mei.pk)
    ((_person, password),) = page.context["passwords"]  # type: ignore[attr-defined]
    with standing_on(EVERYWHERE):
        assert Person.objects.get(pk=town_behind_the_wall.mei.pk).check_password(password)


def test_nobody_elses_people_are_acted_on_from_the_list(town_behind_the_wall: Town, qiao: Client) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        mei = make_person("mei2", password=PASSWORD, ground=town.two_wells)
    for act in ("reset_password", "remove_second_factor", "sign_out_everywhere", "close_account"):
        done(qiao, "person", act, mei.pk)
    done(qiao, "unit", "close", town.centre.pk)
    done(qiao, "post", "abolish", town.meis_post.pk)
    with standing_on(EVERYWHERE):
        mei.refresh_from_db()
        assert mei.is_active
        assert mei.check_password(PASSWORD)
        assert Unit.objects.get(pk=town.centre.pk).valid_to is None
        assert Post.objects.get(pk=town.meis_post.pk).valid_to is None


def test_no_password_or_second_factor_is_in_any_page(town_behind_the_wall: Town, ning: Client) -> None:
    mei = town_behind_the_wall.mei
    with standing_on(EVERYWHERE):
        mei.set_password(PASSWORD)
        mei.save()
    page = ning.get(f"/admin/people/person/{mei.pk}/change/")
    assert set(page.context["adminform"].form.fields) == {"login", "name", "phone", "ground"}
    assert "argon2" not in page.content.decode()


def test_ready_made_roles_are_looked_at_and_own_ones_made(town_behind_the_wall: Town, ning: Client) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        ready = Role.objects.get(code="grid_worker")
        foreign = make_role(Duty.CHECK, code="foreign", county=town.other_county)
    address = f"/admin/people/role/{ready.pk}/change/"
    assert ning.get(address).status_code == 200
    assert ning.post(address, {"name": "x", "name_en": "x", "duties": ["administer"]}).status_code == 403
    assert ning.get(f"/admin/people/role/{foreign.pk}/change/").status_code == 404
    own = {"code": "river_chief", "name": "河长", "name_en": "River chief", "county": town.county.code,
           "duties": ["report", "check"]}  # fmt: skip
    assert ning.post("/admin/people/role/add/", own).status_code == 302
    with standing_on(EVERYWHERE):
        role = Role.objects.get(code="river_chief")
    changed = {"name": "河长", "name_en": "River chief", "duties": ["report"]}
    assert ning.post(f"/admin/people/role/{role.pk}/change/", changed).status_code == 302
    with standing_on(EVERYWHERE):
        assert Role.objects.get(code="river_chief").duties == ["report"]


def test_a_list_costs_the_same_for_one_row_and_for_three(
    town_behind_the_wall: Town, ning: Client, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            ning.get("/admin/people/post/?q=双井")
        return len(queries)

    asked()
    before = asked()
    with standing_on(EVERYWHERE):
        for number in range(3):
            make_post(Duty.REPORT, ground=town_behind_the_wall.two_wells, title=f"双井{number}")
        give(town_behind_the_wall.lan, [Duty.REPORT], ground=town_behind_the_wall.yard)
    asked()
    assert asked() == before


def test_tokens_are_seen_without_their_secret_and_revoked(town_behind_the_wall: Town, ning: Client) -> None:
    from datetime import timedelta

    from yiwang.people import actions

    town = town_behind_the_wall
    now = timezone.now()
    with standing_on(EVERYWHERE):
        token, secret = actions.issue_token(
            "热线",
            duties=[Duty.TRIAGE],
            ground=town.two_wells,
            expires_at=now + timedelta(days=9),
            by=town.mei,
            now=now,
        )
    page = ning.get("/admin/people/token/").content.decode()
    assert token.prefix in page
    assert secret not in page
    done(ning, "token", "revoke", token.pk)
    with standing_on(EVERYWHERE):
        assert Token.objects.get(pk=token.pk).revoked_at is not None
