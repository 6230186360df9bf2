"""The call-back queue."""

import pytest
from django.test import Client

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.callbacks.actions import draw, set_sampling
from yiwang.callbacks.policy import SAMPLING
from yiwang.callbacks.rules import Sampling
from yiwang.cases import actions
from yiwang.cases.models import Note, Step
from yiwang.cases.rules import NoteKind, State
from yiwang.cases.tests.make import MONDAY, as_, called_back, checked, finished, make_lamp
from yiwang.channels.web.desk.tests.cases import said_on, sent, stands, taken
from yiwang.people.models import Role
from yiwang.people.tests.make import make_holding, make_post
from yiwang.plumbing.freshness.snapshots import forget

pytestmark = pytest.mark.django_db
LAN = {"name": "蓝居民", "phone": "13800000001"}


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


@pytest.fixture
def mei(town: Town) -> Client:
    return at_the_desk(town.mei)


def numbers(client: Client) -> list[int]:
    return [case.number for case in client.get("/calls").context["cases"]]


def test_it_does_not_exist_for_whoever_calls_nobody(town: Town) -> None:
    number = checked(town, **LAN)
    wen = at_the_desk(town.wen)
    assert {wen.get(one).status_code for one in ("/calls", "/calls/list", f"/calls/{number}")} == {404}
    assert wen.post(f"/calls/{number}/reveal").status_code == 404
    assert Client().get("/calls")["Location"] == "/sign-in?next=/calls"


def test_a_caller_of_another_street_finds_neither_list_nor_phone(town: Town) -> None:
    number = checked(town, **LAN)
    ding = at_the_desk(town.ding)
    assert numbers(ding) == []
    assert ding.get(f"/calls?case={number}").status_code == 404
    assert ding.post(f"/calls/{number}/reveal").status_code == 404
    assert sent(ding, f"/calls/{number}", number, "satisfied").status_code == 404


def test_who_can_be_reached_is_called_and_answers_wait_for_a_decision(town: Town, mei: Client) -> None:
    finished(town, **LAN), checked(town)
    reachable, answered = checked(town, **LAN), called_back(town, satisfied=False, **LAN)
    assert sorted(numbers(mei)) == [reachable, answered]


def test_what_was_done_stands_above_what_is_asked(town: Town, mei: Client) -> None:
    number = checked(town, **LAN)
    page = mei.get("/calls", {"case": number}, headers={"Accept-Language": "en"})
    (line,) = page.context["done"]
    assert (line.text, line.post) == ("换了灯泡", "云岭县自来水公司温水务岗")
    said = page.content.decode()
    told, asked = said.index("换了灯泡"), said.index('class="calls-script"')
    assert told < asked
    assert said[asked:].split("</section>")[0].count("<li>") == 3


def test_the_queue_is_filtered_counted_and_taken_away(town: Town, mei: Client) -> None:
    waiting, answered = checked(town, **LAN), called_back(town, satisfied=False, **LAN)
    assert mei.get("/calls").context["count"].n == 2
    assert [case.number for case in mei.get("/calls", {"state": "checked"}).context["cases"]] == [waiting]
    text = taken(mei.get("/calls.csv", {"state": "called_back"})).decode()
    assert [line[:16] for line in text.splitlines()[1:]] == [str(answered)]
    assert "13800000001" not in text
    assert at_the_desk(town.wen).get("/calls.csv").status_code == 404
    assert [line[:16] for line in taken(at_the_desk(town.ding).get("/calls.csv")).decode().splitlines()[1:]] == []


def test_nobody_asks_about_the_work_of_their_own_unit(town: Town) -> None:
    checked(town, **LAN)
    post = make_post(role=Role.objects.get(code="centre_clerk"), unit=town.water_company, ground=town.county)
    make_holding(town.wen, post)
    assert numbers(at_the_desk(town.wen)) == []


def test_the_phone_is_masked_until_it_is_uncovered_and_the_look_is_written_down(town: Town, mei: Client) -> None:
    number = checked(town, **LAN)
    page = mei.get("/calls").content.decode()
    assert ("138****0001" in page, "13800000001" in page) == (True, False)
    shown = mei.post(f"/calls/{number}/reveal", headers={"HX-Request": "true"})
    assert "13800000001" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    note = Note.objects.get(case=number, kind=NoteKind.REVEAL)
    assert (note.text, note.author) == ("回访", f"person:{town.mei.pk}")
    assert "13800000001" not in mei.get("/calls").content.decode()
    # Without scripts the whole page comes with it.
    assert "13800000001" in mei.post(f"/calls/{number}/reveal").content.decode()


def test_a_satisfied_reporter_ends_the_case_with_one_key(town: Town, mei: Client) -> None:
    number, following = checked(town, **LAN), checked(town, **LAN)
    done = sent(mei, f"/calls/{number}", number, "satisfied", words="很快")
    assert done["Location"] == f"/calls?case={following}"
    case = stands(number)
    assert (case.state, case.reached, case.solved, case.satisfied) == (State.CLOSED, True, True, True)
    assert Step.objects.get(number=number, move="call_back").reason == "很快"


def test_a_dissatisfied_reporter_leaves_the_decision_open(town: Town, mei: Client) -> None:
    number = checked(town, **LAN)
    checked(town, **LAN)
    answer = sent(mei, f"/calls/{number}?state=checked", number, "dissatisfied", words="太慢")
    # It is told to decide now, and so it stays before the caller.
    assert answer["Location"] == f"/calls?case={number}&state=checked"
    assert 'value="reopen"' in mei.get(answer["Location"]).content.decode()
    case = stands(number)
    assert (case.state, case.solved, case.satisfied) == (State.CALLED_BACK, True, False)
    assert number in numbers(mei)
    refused = sent(mei, f"/calls/{number}", number, "reopen", words=" ")
    assert refused.status_code == 422
    assert 'id="words_error">请写明哪里没有解决，重办的人要看。<' in refused.content.decode()
    sent(mei, f"/calls/{number}", number, "close")
    assert stands(number).state == State.CLOSED


def test_who_is_satisfied_is_offered_closing_alone(town: Town, mei: Client) -> None:
    called_back(town, satisfied=True, **LAN)
    page = mei.get("/calls").content.decode()
    assert ('value="close"' in page, 'value="reopen"' in page) == (True, False)


def test_what_is_not_solved_is_opened_again_with_the_reporters_words(town: Town, mei: Client) -> None:
    number = checked(town, **LAN)
    refused = sent(mei, f"/calls/{number}", number, "unsolved")
    assert (refused.status_code, stands(number).state) == (422, State.CHECKED)
    sent(mei, f"/calls/{number}", number, "unsolved", words="灯还是不亮")
    assert stands(number).state == State.IN_HAND
    assert Step.objects.get(number=number, move="reopen").reason == "灯还是不亮"


def test_an_answer_is_kept_also_where_the_case_may_not_be_reopened_once_more(town: Town, mei: Client) -> None:
    number = called_back(town, satisfied=False, **LAN)
    actions.reopen(number, reason="还是不亮", by=as_(town.mei), now=MONDAY)
    actions.finish(number, evidence=actions.Brought("又换了"), by=as_(town.wen), now=MONDAY)
    actions.confirm(number, by=as_(town.bo), now=MONDAY)
    page = mei.post(
        f"/calls/{number}", {"do": "unsolved", "seen": stands(number).steps, "words": "又坏了"}, follow=True
    )
    case = stands(number)
    assert (case.state, case.solved) == (State.CALLED_BACK, False)
    assert len([one for one in said_on(page) if one.startswith(str(number))]) == 2


def test_three_attempts_in_vain_and_the_case_may_be_closed(town: Town, mei: Client) -> None:
    number = checked(town, **LAN)
    assert sent(mei, f"/calls/{number}", number, "close").status_code == 422
    for _ in range(3):
        sent(mei, f"/calls/{number}", number, "not_reached", words="无人接听")
    assert stands(number).attempts == 3
    assert 'value="close"' in mei.get("/calls").content.decode()
    sent(mei, f"/calls/{number}", number, "close")
    assert stands(number).state == State.CLOSED


def test_whoever_comes_second_is_told_so_and_their_words_are_kept(town: Town, mei: Client) -> None:
    number = checked(town, **LAN)
    seen = stands(number).steps
    actions.call_back(number, solved=True, satisfied=True, by=as_(town.gu), now=MONDAY)
    page = mei.post(f"/calls/{number}", {"do": "dissatisfied", "seen": seen, "words": "太慢"})
    assert (page.status_code, page.context["words"]) == (422, "太慢")
    assert stands(number).satisfied is True


def test_the_list_is_sent_again_only_when_something_changed(town: Town, mei: Client) -> None:
    number = checked(town, **LAN)
    first = mei.get("/calls/list")
    assert mei.get("/calls/list", headers={"If-None-Match": first["ETag"]}).status_code == 304
    actions.no_answer(number, words="", by=as_(town.gu), now=MONDAY)
    assert mei.get("/calls/list", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_page_costs_the_same_for_one_case_and_for_three(town: Town, mei: Client) -> None:
    checked(town, **LAN)
    one = queries_of(mei, "/calls")
    checked(town, **LAN), checked(town, **LAN)
    assert queries_of(mei, "/calls") == one
    assert one <= MOST_QUERIES


def test_the_queue_says_why_somebody_is_called(town: Town, mei: Client) -> None:
    sampled(town, Sampling(percent=100, minutes=5))
    number = checked(town, **LAN)
    draw(now=MONDAY)
    page = mei.get("/calls", headers={"Accept-Language": "en"})
    assert page.context["whys"][number][0] == "done within minutes of signing"
    assert page.content.decode().count("done within minutes of signing") == 2


def test_who_is_not_drawn_is_neither_listed_nor_taken_away(town: Town, mei: Client) -> None:
    sampled(town, Sampling(percent=0))
    checked(town, **LAN)
    assert len(numbers(mei)) == 1
    draw(now=MONDAY)
    assert numbers(mei) == []
    assert mei.get("/calls").context["count"].n == 0
    assert len(taken(mei.get("/calls.csv")).decode().splitlines()) == 1


def sampled(town: Town, sampling: Sampling) -> None:
    set_sampling(sampling, place=town.county, by=town.ning, today=MONDAY.date())
    forget(SAMPLING.topic)
