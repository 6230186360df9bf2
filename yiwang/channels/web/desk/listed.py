"""Listed orders: number, named owner, deadline, what became of each; given here, answered here, struck off here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yiwang.cases import queries as cases
from yiwang.cases.access import Actor, overseen
from yiwang.cases.rules import masked_text, read_number, written
from yiwang.catalogue.rules import Secrecy
from yiwang.channels.web.asking import TAKES_TURNS, actor_of, has_duty
from yiwang.channels.web.desk.giving_out import taken_away
from yiwang.channels.web.desk.photos import Picture, evidence
from yiwang.channels.web.desk.wanted import SORTS, Asked, asked_in
from yiwang.channels.web.form_only import form_of
from yiwang.channels.web.naming import moment, names_behind, place_name, post_name
from yiwang.people.rules import Duty
from yiwang.plumbing.files import actions as files
from yiwang.plumbing.refusals import Refused, Unseen, sentence
from yiwang.supervision import actions, queries
from yiwang.supervision.access import capacities_towards
from yiwang.supervision.models import Order, OrderEntry
from yiwang.supervision.rules.orders import LIFE, LONGEST_TEXT, Kind, State, has_move
from yiwang.supervision.words import ORDER_ACTS, ORDER_MOVES

MOST_FILES = 9
FIELDS = ("place", "overdue", "sort")
ORDERS = {name: SORTS[name] for name in ("", "newest", "place")}
_ENDED = 10
_MAIN = frozenset({"answer", "accept", "ask_strike_off", "strike_off"})
_SALT = "yiwang.order.evidence"


class Entry(NamedTuple):
    """A line of what became of an order, with what was shown."""

    entry: OrderEntry
    what: str
    pictures: list[Picture]


class Move(NamedTuple):
    """Something the reader may do with an order now, and whether it is what the order waits for."""

    name: str
    words: str
    main: bool


class Line(NamedTuple):
    """An order as the page shows it; `told`: what its case is about."""

    order: Order
    told: str
    item: int | None
    entries: list[Entry]
    moves: list[Move]

    @property
    def waits(self) -> bool:
        """Whether it waits for the reader."""
        return any(move.main for move in self.moves)


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All listed orders that the reader sees, and with `case` in the address the form that lists another."""
    return _page(request)


@form_of("listed")
def put_on_list(request: HttpRequest) -> HttpResponse:
    """List a case, or order something about it without listing it."""
    number = read_number(request.POST.get("case", ""))
    if number is None:
        raise Http404
    by, now, public = actor_of(request), timezone.now(), bool(request.POST.get("public"))
    try:
        wanted = _wanted(request, number)
        if request.POST.get("kind") == Kind.ORDER:
            actions.give(wanted, by=by, now=now)
            messages.success(request, _("It is ordered."))
            return redirect("orders")
        order = actions.list_case(wanted, by=by, now=now, public=public)
        messages.success(request, _("Listed as %(number)s.") % {"number": order.number})
    except Unseen as unseen:
        raise Http404 from unseen
    except Refused as refusal:
        return _page(request, wrong=sentence(refusal), status=422)
    return redirect("listed")


def moved(request: HttpRequest, order: int, shown: list[UUID]) -> str:
    """Make the move that the pressed button says, with what was sent, and say so; refusals go to the page.

    `shown` takes in what is kept of photos and documents: the refused form shows it again.
    """
    by, now, name = actor_of(request), timezone.now(), request.POST.get("do", "")
    found = queries.order(by, order).order
    shown += _kept_before(request)
    for file in request.FILES.getlist("evidence")[:MOST_FILES]:
        kept = files.keep(file.read(), name=file.name or "", by=by.subject, ground=found.place, at=now)
        shown.append(kept.file.pk)
    actions.move(order, name, by=by, now=now, text=request.POST.get("text", ""), files=shown)
    return _("Written down: %(what)s.") % {"what": ORDER_MOVES[name]}


def _kept_before(request: HttpRequest) -> list[UUID]:
    """What a form sent before was shown with, where that was refused."""
    try:
        return [UUID(hex=one) for one in signing.loads(request.POST.get("kept", ""), salt=_SALT)]
    except signing.BadSignature:
        return []


def kept_for_later(shown: Sequence[UUID]) -> dict[str, Any]:
    """What the next try of a refused form sends along, and how much that is."""
    signed = signing.dumps([one.hex for one in shown], salt=_SALT) if shown else ""
    return {"shown_before": signed, "files_kept": len(shown)}


@form_of("listed")
def act(request: HttpRequest, order: int) -> HttpResponse:
    """Report, guide, answer, strike off, or insist, as the pressed button says."""
    shown: list[UUID] = []
    try:
        said = moved(request, order, shown)
    except Unseen as unseen:
        raise Http404 from unseen
    except Refused as refusal:
        return _page(request, wrong=sentence(refusal), at=order, shown=shown, status=422)
    messages.success(request, said)
    return redirect(f"{reverse('listed')}#order-{order}")


@require_safe
def as_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list as it is shown, to be taken away."""
    return orders_as_file(request, form, Kind.LISTED, "listed")


def finds(request: HttpRequest, kind: Kind) -> bool:
    """Whether the reader finds the page of these orders: who supervises or sits at a desk; who has one of their own.

    An order that is not listed is found by whoever may have one.
    """
    duties = (Duty.SUPERVISE, Duty.TRIAGE, *(TAKES_TURNS if kind is Kind.ORDER else ()))
    return has_duty(request, *duties) or queries.orders_visible_to(actor_of(request)).filter(kind=kind).exists()


def orders_in(request: HttpRequest, kind: Kind) -> tuple[Asked, list[queries.Ordered], list[queries.Ordered]]:
    """What the address asks for, the orders of the kind that are open, and those that have ended."""
    asked, by = asked_in(request, FIELDS), actor_of(request)
    if asked.wrong:
        return asked, [], []
    wanted = queries.Wanted(asked.wanted.place, asked.wanted.overdue_at, asked.sort(ORDERS))
    ended = queries.ordered(by, kind, wanted=replace(wanted, overdue_at=None), ended=True, most=_ENDED)
    return asked, queries.ordered(by, kind, wanted=wanted), ended


def orders_as_file(request: HttpRequest, form: str, kind: Kind, name: str) -> HttpResponseBase:
    """Open and ended orders of a kind, in one of the two forms."""
    asked, orders, ended = orders_in(request, kind)
    if asked.wrong or not finds(request, kind):
        raise Http404
    lines = lines_of(actor_of(request), [*orders, *ended], timezone.now())
    names = names_behind({line.order.owner for line in lines})
    headings = [
        _("order number"), _("what is ordered"), _("state"), _("case"), _("what was told"), _("place"), _("owner"),
        _("post"), _("given"), _("until"), _("ended"),
    ]  # fmt: skip
    return taken_away(request, form, name, headings, lambda: (_row(line, names) for line in lines), back=reverse(name))


def _row(line: Line, names: Mapping[str, str]) -> list[str]:
    order = line.order
    return [
        order.number, order.text, order.state_words, written(order.case), masked_text(line.told),
        place_name(order.place), names.get(order.owner, ""), post_name(order.post_id), moment(order.given_at),
        moment(order.due_at), moment(order.ended_at) if order.ended_at else "",
    ]  # fmt: skip


def _wanted(request: HttpRequest, number: int) -> actions.WantedOrder:
    given = request.POST
    person, _sep, post = given.get("owner", "").partition(":")
    if not (person.isdecimal() and post.isdecimal()):
        raise Refused("order_owner_unfit")
    try:
        day = parse_date(given.get("due", ""))
    except ValueError:
        day = None
    if day is None:
        raise Refused("order_due_unfit")
    due_at = timezone.make_aware(datetime.combine(day, time(18)))
    return actions.WantedOrder(number, given.get("text", ""), int(person), int(post), due_at)


def _page(
    request: HttpRequest, *, wrong: str = "", at: int = 0, shown: Sequence[UUID] = (), status: int = 200
) -> HttpResponse:
    by, now = actor_of(request), timezone.now()
    asked, orders, ended = orders_in(request, Kind.LISTED)
    if not finds(request, Kind.LISTED):
        raise Http404
    subjects = {s for one in [*orders, *ended] for s in (one.order.owner, *(e.author for e in one.entries))}
    given = {name: request.POST.get(name, "") for name in ("text", "owner", "due", "public", "do")}
    page = {
        "orders": lines_of(by, orders, now), "ended": lines_of(by, ended, now), "now": now,
        "names": names_behind(subjects), "act_at": "listed-act", "wrong_said": wrong, "at": at, "given": given,
        "most": LONGEST_TEXT, **_to_list(request, by), **asked.shown(), "shown_at_most": queries.MOST_LISTED,
        "sorts": asked.sorts(ORDERS), "appeals": queries.how_many_to_decide(by), **kept_for_later(shown),
    }  # fmt: skip
    return render(request, "desk/listed.html", page, status=status)


def _to_list(request: HttpRequest, by: Actor) -> dict[str, Any]:
    """The form that lists a case, where the address or the refused form names one that the reader sees."""
    number = read_number(request.POST.get("case", "") or request.GET.get("case", ""))
    if number is None or not has_duty(request, Duty.SUPERVISE):
        return {"case": None}
    try:
        case = cases.case(by, number)
    except Unseen as unseen:
        raise Http404 from unseen
    named = queries.candidates(by, number, on=timezone.localdate())
    return {"case": case, "candidates": named, "may_be_public": case.secrecy == Secrecy.OPEN}


def lines_of(by: Actor, orders: Iterable[queries.Ordered], now: datetime) -> list[Line]:
    """Orders as a page shows them, with their cases, what was shown, and what the reader may do."""
    found = list(orders)
    numbers = [one.order.case for one in found]
    told = cases.visible_to(by).filter(number__in=numbers) if overseen(by) or by.posts else ()
    by_number = {case.number: case for case in told} if numbers else {}
    links = evidence([file for one in found for entry in one.entries for file in entry.files], now)
    return [
        Line(
            one.order, case.text if (case := by_number.get(one.order.case)) else "", case.item_id if case else None,
            [Entry(e, str(ORDER_MOVES[e.move]), [links[f] for f in e.files if f in links]) for e in one.entries],
            _moves(by, one.order),
        )
        for one in found
    ]  # fmt: skip


def _moves(by: Actor, order: Order) -> list[Move]:
    held = capacities_towards(by, order)
    life = LIFE.open_moves(State(order.state), duties=held)
    own = (one for one in life if has_move(Kind(order.kind), one.name))
    return [Move(one.name, str(ORDER_ACTS[one.name]), one.name in _MAIN) for one in own]
