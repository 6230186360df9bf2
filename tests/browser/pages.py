"""Every page, who sits before it, and a town with something to see: the one list for walks over all pages."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from tests.desk import at_the_desk
from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import Actor, acting, reporter
from yiwang.cases.models import Case
from yiwang.cases.numbers import secret_of
from yiwang.cases.rules import written
from yiwang.cases.tests.make import make_lamp
from yiwang.catalogue.labels import Label, code_of
from yiwang.catalogue.models import Item
from yiwang.forms import actions as forms
from yiwang.forms.models import Question
from yiwang.forms.rules import Asks, Wanted
from yiwang.forms.rules import Kind as FormKind
from yiwang.insight import actions as insight
from yiwang.lists import actions as lists
from yiwang.meetings import actions as meetings
from yiwang.meetings import queries
from yiwang.meetings.models import LastItem
from yiwang.notices.models import Notice
from yiwang.people.models import Person
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.repeats import actions as repeats
from yiwang.repeats.models import Teller
from yiwang.spots.models import Gathered, Spot

# How far a case has come, and by whom it was brought there.
_WAY: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("reported", "", "", {}),
    ("accepted", "mei", "accept", {"item": "LAMP"}),
    ("dispatched", "mei", "dispatch", {}),
    ("in_hand", "wen", "sign_for", {}),
    ("finished", "wen", "finish", {"evidence": actions.Brought("换了灯泡")}),
    ("checked", "bo", "confirm", {}),
    ("called_back", "mei", "call_back", {"solved": True, "satisfied": True}),
    ("closed", "mei", "close", {}),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A page. `address` names in braces what it needs of the town; `seat`: who of the cast sits there, or nobody."""

    address: str
    seat: str = ""
    phone: bool = False  # made for the phone: WeUI, light
    map: bool = False

    def __str__(self) -> str:
        return f"{self.seat or 'nobody'} {self.address}"


def _resident(*addresses: str) -> tuple[Shown, ...]:
    return tuple(Shown(address, phone=True) for address in addresses)


PAGES: tuple[Shown, ...] = (
    # A resident.
    *_resident(
        "/", "/report", "/report?label={label}", "/my-reports", "/r/{reported}",
        "/r/{reported}?secret={reported_code}",
        "/r/{in_hand}?secret={in_hand_code}", "/r/{asked}?secret={asked_code}", "/r/{checked}?secret={checked_code}",
        "/r/{closed}?secret={closed_code}", "/r/{joined}?secret={joined_code}",
    ),
    Shown("/sign-in"),
    *(Shown(address, phone=True) for address in ("/figures", "/public/listed", "/open")),
    # A grid worker.
    Shown("/today/forms/{form}", "bo", phone=True),
    *(Shown(address, "bo", phone=True) for address in ("/today", "/today/ground", "/notices", "/account/notices")),
    *(Shown(address, "bo") for address in ("/mine", "/cases", "/cases/{finished}", "/cases/{finished}/confirm")),
    # The command centre.
    *(Shown(address, "mei", map=True) for address in ("/inbox", "/cases/{accepted}")),
    *(
        Shown(address, "mei")
        for address in (
            "/calls", "/cases?place={street}", "/mine", "/cases/{accepted}/dispatch", "/desk/labels", "/account",
            "/account/password",
        )
    ),
    *(
        Shown(address, "gu")
        for address in (
            "/cases/{in_hand}/recall", "/cases/{asked}", "/listed", "/listed?case={in_hand}", "/orders", "/appeals",
            "/ranking", "/ranking?of=grids", "/bulletins", "/trends", "/guidance",
            "/figures/reported/cases?place={street}&from=2020-01-01&to=2099-12-31",
            "/meetings", "/meetings/{meeting}", "/meetings/items/{last_item}", "/signs", "/replies", "/load",
            "/forms", "/forms/new", "/forms/{form}", "/load/{worker}/forms",
            "/meetings?case={accepted}", "/lists", "/lists/problem?item={lamp}", "/lists/cases?of=told",
            "/repeats", "/repeats/{teller}",
        )
    ),
    *(Shown(address, "gu", map=True) for address in ("/spots", "/spots/{spot}")),
    # A department.
    *(Shown(address, "wen") for address in ("/mine", "/cases/{in_hand}", "/cases/{in_hand}/finish", "/cases")),
    *(Shown(address, "wen") for address in ("/notices", "/account/notices")),
    # An administrator.
    Shown("/ground", "ning", map=True),
    Shown("/notices/failed", "ning"),
    *(Shown(address, "ning") for address in ("/imports", "/ground/flaws", "/ground/redrawings", "/account")),
)  # fmt: skip


def prepare(town: Town) -> None:
    """What every page needs once: an item, and somebody who answers for it."""
    with standing_on(EVERYWHERE):
        make_lamp()
    forget()


def fill(town: Town, times: int = 1) -> dict[str, str]:
    """So many more cases of each kind; gives what addresses name: the number and the code of the last of each."""
    last: dict[str, int] = {}
    with standing_on(EVERYWHERE):
        for _ in range(times):
            last = {state: _brought(town, state) for state, *_rest in _WAY}
            last["asked"] = _brought(town, "in_hand")
            by, now = _as(town, "mei"), timezone.now()
            actions.ask(last["asked"], text="是哪一根灯杆？", by=by, now=now)
            Case.objects.filter(number=last["in_hand"]).update(reopened=2)
            told = actions.Report("这里的灯也不亮", item="LAMP", place=town.lane_grid.code)
            last["joined"] = actions.report_same(told, into=last["in_hand"], by=reporter(), now=now).number
            _tell(town, last["in_hand"])
        before = _before_the_committee(town) | _told_again(town, last)
        lamp, form = _in_the_lists(town), _asked_to_fill_in(town)
    named = {name: written(number) for name, number in last.items()}
    codes = {f"{name}_code": secret_of(number) for name, number in last.items()}
    label = quote(code_of(Label("LAMP", town.lane_grid.code, "3号路灯")))
    fixed = {"label": label, "street": town.two_wells.code, "worker": str(town.bo.pk)}
    return named | codes | before | fixed | {"lamp": lamp, "form": form}


def _before_the_committee(town: Town) -> dict[str, str]:
    """What was opened again twice stands on the agenda of today's meeting."""
    by, now, street = _as(town, "gu"), timezone.now(), town.two_wells.code
    # A walk over all forms may have ended it.
    meeting = next(iter(queries.meetings(by, street)), None)
    meeting = meeting or meetings.call(street, day=timezone.localdate(now), by=by, now=now)
    meetings.propose(street, now=now)
    return {"meeting": str(meeting.pk), "last_item": str(LastItem.objects.latest("pk").pk)}


def _asked_to_fill_in(town: Town) -> str:
    """Bo was asked for the wells of the grid, and has said how many there are."""
    now = timezone.now()
    wells = Wanted(
        town.two_wells.code,
        "水井摸底",
        "防汛检查",
        5,
        now + timedelta(days=2),
        (Asks("水井有几口", FormKind.NUMBER, "口"),),
    )
    form = forms.ask(wells, by=_as(town, "gu"), now=now, nevertheless="再核一次")
    (question,) = Question.objects.filter(form=form)
    forms.send_in(form.pk, {str(question.pk): "3"}, by=_as(town, "bo"), now=now)
    return str(form.pk)


def _in_the_lists(town: Town) -> str:
    """What has happened is counted, and what is done about lamps is written down."""
    lamp, now = Item.objects.get(code="LAMP").pk, timezone.now()
    insight.follow(now=now)
    lists.write(town.two_wells.code, lamp, text="每周三夜间巡灯一次", by=_as(town, "gu"), now=now)
    return str(lamp)


def _told_again(town: Town, last: dict[str, int]) -> dict[str, str]:
    """All of it is told with one phone, and gathers in one place."""
    now, street = timezone.now(), town.two_wells.code
    repeats.look(now=now)
    spot = Spot.objects.create(
        county=street[:6], place=town.well_lane.code, item=Case.objects.get(number=last["in_hand"]).item_id or 0,
        lon=106.002, lat=30.002, metres=150, days=28, cases=len(last), usual=0.8, expected=1.1, last_year=1,
        chance=0.005, found_at=now, at=now,
    )  # fmt: skip
    Gathered.objects.bulk_create(
        Gathered(county=street[:6], number=number, spot=spot.pk, place=town.lane_grid.code) for number in last.values()
    )
    return {"spot": str(spot.pk), "teller": str(Teller.objects.get(place=street).pk)}


def _tell(town: Town, number: int) -> None:
    """Something is told to a department and to a worker, and something did not arrive."""
    now = timezone.now()
    here: dict[str, Any] = {"county": "990101", "case": number, "place": town.lane_grid.code, "at": now, "until": now}
    for person, occasion in ((town.wen, "overdue"), (town.wen, "dispatched"), (town.bo, "soon")):
        Notice.objects.create(
            **here, key=str(uuid4()), occasion=occasion, recipient=f"person:{person.pk}", channel="page", state="sent",
            gone_at=now,
        )  # fmt: skip
    Notice.objects.create(
        **here, key=str(uuid4()), occasion="dispatched", recipient=f"person:{town.wen.pk}", channel="email",
        state="failed", trouble="refused", message=uuid4(), tries=1,
    )  # fmt: skip


def browser_of(town: Town, seat: str) -> Client:
    """A browser in which whoever has this seat is signed in, or nobody."""
    return at_the_desk(person_of(town, seat)) if seat else Client()


def person_of(town: Town, seat: str) -> Person:
    """Whoever of the cast has this seat."""
    person = getattr(town, seat)
    assert isinstance(person, Person)
    return person


def _as(town: Town, seat: str) -> Actor:
    return acting(person_of(town, seat), on=timezone.localdate())


def _brought(town: Town, wanted: str) -> int:
    """A lamp that was told of some hours ago with name, phone and position, and has come as far as is wanted."""
    told = actions.Report(
        "井巷口的路灯不亮了", item="LAMP", place=town.lane_grid.code, position=(106.002, 30.002), address="老槐树旁",
        name="蓝晓雨", phone="13857924681",
    )  # fmt: skip
    now = timezone.now() - timedelta(hours=5)
    number = actions.report(told, by=reporter(), now=now).number
    for minutes, (state, seat, act, given) in enumerate(_WAY):
        if act:
            known: dict[str, dict[str, Any]] = {
                "accept": {"place": town.lane_grid.code}, "dispatch": {"lead": town.water_post.pk}
            }  # fmt: skip
            more = known.get(act, {})
            later = now + timedelta(minutes=minutes)
            getattr(actions, act)(number, **given, **more, by=_as(town, seat), now=later)
        if state == wanted:
            break
    assert Case.objects.get(number=number).state == wanted
    return number
