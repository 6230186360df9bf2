"""A reporter follows what they told."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from tests.desk import MOST_QUERIES, queries_of
from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import reporter
from yiwang.cases.models import Case
from yiwang.cases.numbers import secret_of
from yiwang.cases.tests.make import (
    MONDAY,
    as_,
    at,
    called_back,
    case,
    checked,
    closed,
    finished,
    in_hand,
    make_file,
    make_lamp,
    reported,
)
from yiwang.channels.web.resident.follow import address_of
from yiwang.plumbing.files.tests import make
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
LAN: dict[str, Any] = {"name": "蓝晓雨", "phone": "13857924681"}


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def address(number: int) -> str:
    return address_of(number, secret_of(number))


def sends(number: int, act: str, **said: Any) -> Any:
    return Client().post(address(number), {"act": act, **said})


def test_number_and_code_show_where_it_stands_and_who_has_it_and_never_a_person(town: Town) -> None:
    number = in_hand(town, **LAN)
    page = Client().get(address(number))
    said = page.content.decode()
    assert "云岭县自来水公司" in said
    assert "井巷口的路灯不亮了" in said
    for person in ("温水务", "梅受理", "蓝晓雨", "13857924681"):
        assert person not in said
    assert page.context["due"] == case(number).due_at


def test_the_code_may_be_typed_with_spaces_and_in_small_letters(town: Town) -> None:
    number = reported(town)
    secret = secret_of(number).lower()
    assert Client().get(f"/r/{number}", {"secret": f"{secret[:4]} {secret[4:]}"}).context["view"]


def test_a_stranger_is_asked_for_the_code_and_learns_nothing(town: Town) -> None:
    number, other = reported(town), reported(town)
    asked = Client().get(f"/r/{number}")
    assert (asked.status_code, "view" in asked.context) == (200, False)
    for wrong in (secret_of(other), "x", "A" * 16):
        refused = Client().get(f"/r/{number}", {"secret": wrong})
        assert refused.status_code == 404
        assert "井巷口" not in refused.content.decode()
        assert Client().post(f"/r/{number}?secret={wrong}", {"act": "withdraw"}).status_code == 404
    assert case(number).state == "reported"
    unknown = Client().get("/r/9901012699999999", {"secret": "A" * 16})
    assert unknown.status_code == 404
    assert Client().get("/r/nonsense").status_code == 404


def test_guessing_codes_is_slowed_down(town: Town, settings: Settings) -> None:
    settings.RATE_LIMIT = "2/hour"
    number, client = reported(town), Client(REMOTE_ADDR="10.3.0.1")
    assert [client.get(f"/r/{number}", {"secret": "A" * 16}).status_code for _ in range(3)] == [404, 404, 429]
    assert client.get(address(number)).status_code == 200


@pytest.mark.parametrize("query", ["", "?secret=AAAA"])
def test_the_address_goes_nowhere_with_a_link_and_is_not_kept(town: Town, query: str) -> None:
    number = reported(town)
    for page in (Client().get(address(number)), Client().get(f"/r/{number}{query}")):
        assert page["Referrer-Policy"] == "strict-origin"
        assert "no-store" in page["Cache-Control"]
        assert page["X-Robots-Tag"] == "noindex"
        led_to = re.findall(r'(?:href|src|action)="([^"]*)"', page.content.decode())
        assert [one for one in led_to if not re.match(r"/(?!/)|#|data:image/png;", one)] == []


def test_the_picture_to_keep_is_drawn_into_the_page(town: Town) -> None:
    assert Client().get(address(reported(town))).context["picture"].startswith("data:image/png;base64,")


def test_what_is_promised_is_not_said_any_more_once_it_is_done(town: Town) -> None:
    assert Client().get(address(reported(town))).context["due"]
    assert Client().get(address(finished(town))).context["due"] is None


def test_photos_of_the_report_and_of_what_was_said_are_shown(town: Town) -> None:
    first, second, number = make_file(), make_file(), in_hand(town)
    Case.objects.filter(number=number).update(photos=[first.pk])
    actions.add(number, text="又坏了一盏", files=[second.pk], by=reporter(), now=at(hours=1))
    page = Client().get(address(number))
    (own,) = page.context["photos"]
    said = [photo.id for event in page.context["events"] for photo in event.photos]
    assert (own.id, said) == (first.pk, [second.pk])


def test_the_reporter_adds_words_and_photos_once(town: Town) -> None:
    number = in_hand(town)
    for _ in range(2):
        assert sends(number, "add", text="又坏了一盏").status_code == 302
    (note,) = case(number).notes.all()
    assert (note.kind, note.text) == ("addition", "又坏了一盏")
    assert sends(number, "add", files=SimpleUploadedFile("灯.jpg", make.jpeg())).status_code == 302
    assert len(case(number).notes.get(text="").files) == 1


def test_no_photo_of_a_refused_addition_is_lost(town: Town, settings: Settings) -> None:
    """Sent too often, with one photo that its script had sent before and one that came with the form."""
    settings.RATE_LIMIT = "1/hour"
    number, before, client = in_hand(town), make_file(), Client(REMOTE_ADDR="10.3.0.7")
    client.post(address(number), {"act": "add", "text": "第一次"})
    late = {"act": "add", "text": "又坏了一盏", "photos": str(before.pk)}
    refused = client.post(address(number), late | {"files": SimpleUploadedFile("灯.jpg", make.jpeg())})
    page = refused.content.decode()
    kept = re.findall(r'name="photos" value="([^"]+)"', page)
    assert (refused.status_code, kept[:1], len(kept)) == (429, [str(before.pk)], 2)
    assert "又坏了一盏" in page
    settings.RATE_LIMIT = ""
    assert client.post(address(number), late | {"photos": kept}).status_code == 302
    assert [str(one) for one in case(number).notes.get(text="又坏了一盏").files] == kept


def test_a_photo_that_cannot_be_taken_takes_none_with_it(town: Town) -> None:
    number = in_hand(town)
    files = [SimpleUploadedFile("灯.jpg", make.jpeg()), SimpleUploadedFile("坏.jpg", make.jpeg()[:400])]
    page = sends(number, "add", text="两张", files=files)
    assert any("坏.jpg" in wrong for wrong in page.context["forms"]["add"].non_field_errors())
    assert len(page.context["kept"]) == 1
    assert not case(number).notes.exists()


def test_nothing_to_add_is_said_and_the_form_stays_open(town: Town) -> None:
    page = sends(in_hand(town), "add", text=" ")
    assert page.status_code == 200
    assert page.context["sent"] == "add"
    assert page.context["forms"]["add"].non_field_errors()


def test_the_reporter_urges_once_a_day(town: Town) -> None:
    number = in_hand(town)
    assert sends(number, "urge").status_code == 302
    again = sends(number, "urge")
    assert again.context["forms"]["urge"].non_field_errors()
    assert case(number).notes.count() == 1


def test_nobody_is_urged_while_the_reporter_is_waited_for(town: Town) -> None:
    assert "urge" in Client().get(address(finished(town))).context["forms"]
    assert list(Client().get(address(checked(town, **LAN))).context["forms"]) == ["call_back", "add"]


def test_the_reporter_takes_it_back_as_long_as_nobody_has_begun(town: Town) -> None:
    number = reported(town)
    sends(number, "withdraw", reason="自己修好了")
    assert case(number).state == "withdrawn"
    begun = in_hand(town)
    assert "withdraw" not in Client().get(address(begun)).context["forms"]
    assert sends(begun, "withdraw").status_code == 200
    assert case(begun).state == "in_hand"


def test_each_form_s_button_says_what_it_sends(town: Town) -> None:
    rated, asked = checked(town), reported(town)
    actions.ask(asked, text="哪一盏灯？", by=as_(town.mei), now=MONDAY)
    for number, said, other in ((rated, "提交评价", "提交回答"), (asked, "提交回答", "提交评价")):
        page = Client().get(address(number)).content.decode()
        assert said in page
        assert other not in page


def test_the_reporter_rates_what_was_done(town: Town) -> None:
    number = checked(town, **LAN)
    wrong = sends(number, "call_back", solved="yes", words="修得快")
    assert set(wrong.context["forms"]["call_back"].errors) == {"satisfied"}
    assert "修得快" in wrong.content.decode()
    assert sends(number, "call_back", solved="yes", satisfied="no", words="修得慢").status_code == 302
    now = case(number)
    assert (now.state, now.solved, now.satisfied) == ("called_back", True, False)


def test_the_reporter_opens_again_what_is_not_done(town: Town) -> None:
    number = called_back(town, satisfied=False)
    assert set(sends(number, "reopen", reason="").context["forms"]["reopen"].errors) == {"reason"}
    assert sends(number, "reopen", reason="还是不亮").status_code == 302
    assert (case(number).state, case(number).reopened) == ("in_hand", 1)


def test_too_late_to_open_again_is_said(town: Town) -> None:
    number = closed(town)
    page = sends(number, "reopen", reason="还是不亮")
    assert page.context["forms"]["reopen"].non_field_errors()
    assert case(number).state == "closed"


def test_a_reporter_learns_who_looked_at_their_details_and_what_for(town: Town) -> None:
    number = in_hand(town, **LAN)
    actions.reveal(number, purpose="电话核实位置", by=as_(town.mei), now=MONDAY + timedelta(hours=2))
    said = Client().get(address(number)).content.decode()
    assert "电话核实位置" in said
    assert "双井街道指挥中心" in said
    assert "梅受理" not in said


def test_more_said_costs_no_more_queries(town: Town) -> None:
    number = in_hand(town)
    actions.add(number, text="一", files=[make_file().pk], by=reporter(), now=at(hours=1))
    one = queries_of(Client(), address(number))
    for text in ("二", "三"):
        actions.add(number, text=text, files=[make_file().pk], by=reporter(), now=at(hours=2))
    assert queries_of(Client(), address(number)) == one
    assert one <= MOST_QUERIES


def test_it_is_found_on_whatever_ground(town: Town) -> None:
    number = reported(town)
    with standing_on(EVERYWHERE):
        assert Client().get(address(number)).context["view"].number == str(number)
