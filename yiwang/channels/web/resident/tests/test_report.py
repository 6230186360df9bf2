"""Somebody reports a matter."""

from typing import Any
from uuid import uuid4

import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.models import Case
from yiwang.cases.tests.make import make_lamp
from yiwang.catalogue.labels import Label, code_of
from yiwang.catalogue.tests.make import make_item
from yiwang.places.tests.make import make_boundary
from yiwang.plumbing.files.actions import keep
from yiwang.plumbing.files.tests import make
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
PAGE = "/report"
WORDS = "井巷口的路灯不亮了"


@pytest.fixture
def town(town_behind_the_wall: Town) -> Town:
    with standing_on(EVERYWHERE):
        make_lamp()
    return town_behind_the_wall


def told(town: Town, **more: Any) -> dict[str, Any]:
    return {"text": WORDS, "place": [town.county.code, town.two_wells.code, town.well_lane.code], **more}


def cases() -> list[Case]:
    with standing_on(EVERYWHERE):
        return list(Case.objects.order_by("number"))


def the_case() -> Case:
    (only,) = cases()
    return only


def a_photo() -> str:
    with standing_on(EVERYWHERE):
        return str(keep(make.jpeg(), name="灯.jpg", by="reporter", ground="").file.pk)


def test_a_report_opens_a_case_where_and_about_what_it_says(town: Town) -> None:
    photo = a_photo()
    answer = Client().post(
        PAGE, told(town, name="蓝居民", phone="138-0000 0001", address="老槐树旁", photos=[photo])
    )  # fmt: skip
    case = the_case()
    assert answer["Location"].startswith(f"/r/{case.number}?secret=")
    assert (case.text, case.place, case.address) == (WORDS, town.well_lane.code, "老槐树旁")
    assert (case.told, case.contact_name, case.contact_phone) == ("resident", "蓝**", "138****0001")
    assert case.item is not None
    assert case.item.code == "LAMP"
    assert [str(one) for one in case.photos] == [photo]


@pytest.mark.parametrize("phone", ["123", "1380000001", "138000000011", "一三八", "12345678"])
def test_a_number_that_could_not_be_called_is_asked_for_again(town: Town, phone: str) -> None:
    page = Client().post(PAGE, told(town, phone=phone))
    assert list(page.context["form"].errors) == ["phone"]
    assert f'value="{phone}"' in page.content.decode()
    with standing_on(EVERYWHERE):
        assert not Case.objects.exists()


@pytest.mark.parametrize("phone", ["138 0000 0001", "+86 13800000001", "023-6812 3456", "68123456", "+1 650 253 0000"])
def test_a_number_that_can_be_called_is_taken(town: Town, phone: str) -> None:
    assert Client().post(PAGE, told(town, phone=phone)).status_code == 302


def test_whoever_stays_anonymous_is_not_asked_about_a_number_they_do_not_see(town: Town) -> None:
    assert Client().post(PAGE, told(town, anonymous="on", phone="123")).status_code == 302
    assert the_case().contact is None


def test_anonymous_keeps_nobody_even_where_a_name_was_typed(town: Town) -> None:
    client = at_the_desk(town.bo)
    client.post(PAGE, told(town, anonymous="on", name="蓝居民", phone="13800000001"))
    case = the_case()
    assert (case.told, case.teller, case.contact_name, case.contact) == ("anonymous", "", "", None)


def test_whoever_is_signed_in_reports_under_their_name(town: Town) -> None:
    at_the_desk(town.bo).post(PAGE, told(town))
    assert the_case().teller == f"person:{town.bo.pk}"


def test_the_same_form_sent_twice_is_one_report(town: Town) -> None:
    same = told(town, key=str(uuid4()))
    first, second = (
        Client().post(PAGE, same | {"files": SimpleUploadedFile("灯.jpg", make.jpeg())}) for _ in range(2)
    )  # fmt: skip
    assert first["Location"] == second["Location"]
    assert len(cases()) == 1


def test_a_form_sent_again_with_other_words_asks_first_and_then_is_another_report(town: Town) -> None:
    client, key = Client(), str(uuid4())
    client.post(PAGE, told(town, key=key))
    asked = client.post(PAGE, told(town, key=key, text="另一盏路灯也不亮"))
    assert asked.status_code == 200
    assert asked.context["form"].non_field_errors()
    new_key = asked.context["form"]["key"].value()
    assert new_key != key
    # The first one is shown as something like it.
    again = told(town, key=new_key, text="另一盏路灯也不亮", same="other")
    assert client.post(PAGE, again).status_code == 302
    assert len(cases()) == 2


def test_a_refused_form_keeps_what_was_typed_chosen_and_photographed(town: Town) -> None:
    photo = a_photo()
    sent = told(town, text=" ", phone="abc", address="老槐树旁", item="LAMP", photos=[photo])
    page = Client().post(PAGE, sent)
    assert set(page.context["form"].errors) == {"text", "phone"}
    said = page.content.decode()
    for kept in ('value="abc"', 'value="老槐树旁"', f'value="{photo}"', 'value="LAMP" selected'):
        assert kept in said
    assert f'<option value="{town.well_lane.code}" selected>' in said
    assert " checked" not in said
    assert " checked" in Client().post(PAGE, {**sent, "anonymous": "on"}).content.decode()
    assert cases() == []


def test_a_photo_of_a_browser_without_scripts_comes_with_the_form_and_is_not_lost_when_it_is_refused(
    town: Town,
) -> None:
    client = Client()
    page = client.post(PAGE, told(town, text="", files=SimpleUploadedFile("灯.jpg", make.jpeg())))
    (photo,) = page.context["photos"]
    assert client.get(photo.thumbnail).status_code == 200
    client.post(PAGE, told(town, photos=[str(photo.id)]))
    assert the_case().photos == [photo.id]


def test_what_is_no_photo_is_refused_in_words(town: Town) -> None:
    page = Client().post(PAGE, told(town, files=SimpleUploadedFile("灯.jpg", b"\xff\xd8\xff nothing")))
    assert page.context["form"].non_field_errors()
    assert cases() == []


def test_too_many_photos_are_refused(town: Town) -> None:
    page = Client().post(PAGE, told(town, photos=[str(uuid4()) for _ in range(7)]))
    assert page.context["form"].non_field_errors()


def test_without_a_place_nobody_knows_which_county(town: Town) -> None:
    page = Client().post(PAGE, {"text": WORDS})
    assert page.context["form"].non_field_errors()
    assert cases() == []


def test_without_scripts_the_lists_open_one_after_the_other(town: Town) -> None:
    page = Client().post(PAGE, {"text": WORDS, "place": town.county.code, "look": "places"})
    assert page.context["form"].errors == {}
    assert WORDS in page.content.decode()
    first, second = page.context["levels"]
    assert first.chosen == town.county.code
    assert [spot.name for spot in second.places] == ["双井街道", "石桥镇"]
    assert cases() == []


def test_another_town_empties_the_lists_below(town: Town) -> None:
    chosen = [town.county.code, town.stone_bridge.code, town.well_lane.code]
    page = Client().get("/report/places", {"place": chosen})
    assert [level.chosen for level in page.context["levels"]] == [town.county.code, town.stone_bridge.code, ""]


@pytest.fixture
def drawn(town: Town) -> Town:
    with standing_on(EVERYWHERE):
        make_boundary(town.well_lane.code, shapely.box(106, 30, 106.01, 30.01))
        make_boundary(town.upper_lane.code, shapely.box(106.01, 30, 106.02, 30.01))
    forget()
    return town


def test_a_position_chooses_the_place(drawn: Town) -> None:
    page = Client().get("/report/places", {"lon": "106.005", "lat": "30.005"})
    assert page.context["place"] == drawn.well_lane.code
    Client().post(PAGE, {"text": WORDS, "lon": "106.005", "lat": "30.005"})
    case = the_case()
    assert (case.place, case.lon, case.lat) == (drawn.well_lane.code, 106.005, 30.005)


def test_a_place_chosen_by_hand_counts_more_than_a_position_elsewhere(drawn: Town) -> None:
    there = {"place": [drawn.county.code, drawn.two_wells.code, drawn.upper_lane.code], "lon": "106.005", "lat": "30"}
    assert Client().get("/report/places", there).context["dropped"]
    Client().post(PAGE, {"text": WORDS, **there})
    assert (the_case().place, the_case().lon) == (drawn.upper_lane.code, None)


def test_a_position_outside_all_ground_is_said(drawn: Town) -> None:
    page = Client().get("/report/places", {"lon": "8.5", "lat": "47.4"})
    assert page.context["outside"]
    assert page.context["place"] == ""
    assert Client().get("/report/places", {"lon": "x", "lat": "999"}).status_code == 200


def test_the_item_is_proposed_from_the_words(town: Town) -> None:
    assert "路灯不亮" in Client().post("/report/proposal", {"text": WORDS}).content.decode()
    assert "路灯不亮" not in Client().post("/report/proposal", {"text": ""}).content.decode()


def test_an_item_chosen_by_hand_counts_more_than_the_words(town: Town) -> None:
    Client().post(PAGE, told(town, text="垃圾没人收", item="LAMP"))
    case = the_case()
    assert case.item is not None
    assert case.item.code == "LAMP"


@pytest.mark.parametrize(("language", "name"), [("zh-hans", "路灯不亮"), ("en", "Street lamp out")])
def test_the_list_of_items_holds_what_can_be_chosen_in_the_readers_language(
    town: Town, language: str, name: str
) -> None:
    boards = Client(headers={"accept-language": language}).get(PAGE).context["boards"]
    assert ("LAMP", name) in [line for _board, lines in boards for line in lines]


def test_a_label_fills_in_item_and_place_and_names_the_thing(town: Town) -> None:
    code = code_of(Label("LAMP", town.well_lane.code, "3号路灯"))
    page = Client().get(PAGE, {"label": code})
    assert (page.context["item"], page.context["place"]) == ("LAMP", town.well_lane.code)
    assert "3号路灯" in page.content.decode()
    Client().post(PAGE, told(town, label=code, item="LAMP"))
    assert (the_case().told, the_case().address) == ("qr_code", "3号路灯")


def test_too_often_is_told_when_to_come_back_and_loses_nothing(town: Town, settings: Settings) -> None:
    settings.RATE_LIMIT = "1/hour"
    client = Client(REMOTE_ADDR="10.2.0.1")
    assert client.post(PAGE, told(town)).status_code == 302
    refused = client.post(PAGE, told(town, text="另一盏路灯"))
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 3600
    assert "另一盏路灯" in refused.content.decode()
    assert len(cases()) == 1
    assert at_the_desk(town.bo).post(PAGE, told(town), REMOTE_ADDR="10.2.0.1").status_code == 302


def test_the_form_asks_the_database_nothing_for_more_items_and_places(town: Town) -> None:
    few = queries_of(Client(), PAGE)
    assert few <= MOST_QUERIES
    with standing_on(EVERYWHERE):
        for _ in range(3):
            make_item()
    assert queries_of(Client(), PAGE) == few


def test_what_was_told_is_told_today(town: Town) -> None:
    before = timezone.now()
    Client().post(PAGE, told(town))
    assert before <= the_case().reported_at <= timezone.now()
