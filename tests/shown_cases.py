"""Which cases of the demonstration are photographed; needs Django and the demonstration's database."""

from django.db.models import QuerySet
from django.utils import timezone

from yiwang.cases.access import Actor, acting
from yiwang.cases.models import Case
from yiwang.cases.numbers import secret_of
from yiwang.cases.queries.waiting import to_call
from yiwang.cases.rules import State, Told, written
from yiwang.catalogue.labels import Label, code_of
from yiwang.catalogue.models import Item
from yiwang.forms.models import Addressee, Return
from yiwang.forms.queries import waiting
from yiwang.meetings.models import LastItem, Meeting
from yiwang.people.models import Holding, Person
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.workload.rules import monday_of

TOWN, GRID = "990101001", "990101001001001"


def found_in_the_demonstration() -> dict[str, str]:
    """Numbers and codes by the names that addresses use."""
    with standing_on(EVERYWHERE):
        here = Case.objects.filter(place__startswith=TOWN).order_by("opened_at", "number")
        water = Holding.objects.get(person__login="water", until=None).post_id
        worker = Holding.objects.get(person__login="grid", until=None).post_id
        caller = _acting("caller")
        newest = Addressee.objects.select_related("form").latest("form")
        told = _first(here.filter(told=Told.RESIDENT, contact__isnull=False, state=State.IN_HAND))
        return {
            "waiting": str(_first(here.filter(state=State.REPORTED, told=Told.RESIDENT))),
            "in_hand": written(_first(Case.objects.filter(lead=water, state=State.IN_HAND))),
            "here": written(_first(Case.objects.filter(lead=worker, state=State.IN_HAND))),
            "finished": written(_first(here.filter(state=State.FINISHED, place__startswith=GRID))),
            "overdue": written(_first(here.filter(state=State.IN_HAND, next_due_at__lt=timezone.now()))),
            "closed": written(_first(here.filter(state=State.CLOSED).order_by("-steps", "-opened_at"))),
            "call": str(to_call(caller)[0].number),
            "told": written(told), "secret": secret_of(told),
            "meeting": str(Meeting.objects.filter(place=TOWN, ended_at=None).earliest("day").pk),
            "last_item": str(LastItem.objects.filter(place__startswith=TOWN, ended_at=None).latest("owner").pk),
            "form": str(Return.objects.order_by("form").values_list("form", flat=True)[0]),
            "worker": str(newest.person), "week": monday_of(timezone.localdate(newest.form.asked_at)).isoformat(),
            "asked": str(waiting(_acting("grid"), now=timezone.now())[0].form.pk),
            "lamp": str(Item.objects.get(code="MS01-01").pk),
            "label": code_of(Label("MS01-01", GRID, "3号路灯")),
        }  # fmt: skip


def _acting(login: str) -> Actor:
    return acting(Person.objects.get(login=login), on=timezone.localdate())


def _first(cases: QuerySet[Case]) -> int:
    """One with a photo, if there is any."""
    case = cases.exclude(photos=[]).first() or cases.first()
    assert case is not None, "the demonstration has a case in every state"
    return case.number
