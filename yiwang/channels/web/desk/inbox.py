"""The inbox of a command centre: what waits on the left, the chosen case on the right, one key for each decision."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from yiwang.cases import actions, queries
from yiwang.cases.access import Actor
from yiwang.cases.models import Case
from yiwang.cases.rules import read_number, written
from yiwang.catalogue.queries import answers_for, catalogue
from yiwang.catalogue.queries import tree as items_open
from yiwang.channels.web.asking import actor_of, only_for
from yiwang.channels.web.desk.photos import Picture, pictures
from yiwang.channels.web.desk.pressing import cursor_in, cursor_of, cursor_out
from yiwang.channels.web.drawing import drawn_for
from yiwang.channels.web.polled import unless_known
from yiwang.people.rules import Duty
from yiwang.plumbing.refusals import Refused, Unseen, sentence

MOST = 50


@dataclass(frozen=True, slots=True)
class Chosen:
    """The case beside the list. `item` and `place`: as proposed, or as somebody typed them and was refused."""

    case: Case
    photos: list[Picture]
    item: str
    place: str
    lead: int | None
    drawn: dict[str, list[str]]
    reason: str = ""
    wrong: str = ""


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Everything that waits at the person's desks, the most pressing first, with one case open beside it."""
    only_for(request, Duty.TRIAGE)
    wanted = read_number(request.GET.get("case", ""))
    return _page(request, _found(request, wanted) if wanted else None)


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The list alone, for whoever has had it before."""
    only_for(request, Duty.TRIAGE)
    return unless_known(request, render(request, "desk/inbox_list.html", _list(request)))


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One case to be put beside the list; when its form was sent, what was decided is done."""
    only_for(request, Duty.TRIAGE)
    case = _found(request, number)
    if request.method == "POST":
        return _decide(request, case)
    if "HX-Request" not in request.headers:
        return redirect(f"{reverse('inbox')}?case={written(number)}")
    return render(request, "desk/inbox_case.html", {"chosen": _chosen(request, case), "now": timezone.now()})


@require_safe
def lead(request: HttpRequest, number: int) -> HttpResponse:
    """Who would answer for what the form says by now."""
    only_for(request, Duty.TRIAGE)
    case = _found(request, number)
    place = _code(request.GET.get("place", ""))
    line = catalogue().by_code(_code(request.GET.get("item", "")), place or case.place)
    answers = answers_for(line.id, place, on=timezone.localdate()).post_id if line and place else None
    return render(request, "desk/inbox_lead.html", {"lead": answers})


@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Accept, or dispatch, what was ticked as it is proposed; of each that is refused it is said why."""
    only_for(request, Duty.TRIAGE)
    act = _AS_PROPOSED.get(request.POST.get("do", ""))
    if act is None:
        raise Http404
    by, done = actor_of(request), 0
    # In the order of numbers: two clerks with the same ticks wait for each other and never lock each other out.
    for number, seen in sorted(_ticked(request))[:MOST]:
        try:
            act(queries.case(by, number), by, seen)
            done += 1
        except Refused as refusal:
            messages.error(request, f"{written(number)}: {sentence(refusal)}")
    if done:
        messages.success(request, ngettext("%(n)s case is done.", "%(n)s cases are done.", done) % {"n": done})
    return redirect("inbox")


def _ticked(request: HttpRequest) -> Iterator[tuple[int, int]]:
    for ticked in request.POST.getlist("ticked"):
        number, _colon, seen = ticked.partition(":")
        if (read := read_number(number)) and seen.isdecimal():
            yield read, int(seen)


def _decide(request: HttpRequest, case: Case) -> HttpResponse:
    act = _DECISIONS.get(request.POST.get("do", ""))
    seen = request.POST.get("seen", "")
    if act is None or not seen.isdecimal():
        raise Http404
    by, behind = actor_of(request), cursor_of(case)
    try:
        act(case, by, int(seen), request.POST)
    except Unseen as gone:
        raise Http404 from gone
    except Refused as refusal:
        return _page(request, _found(request, case.number), wrong=sentence(refusal), status=422)
    messages.success(request, _("%(number)s is done.") % {"number": written(case.number)})
    following = queries.inbox(by, cursor=behind, limit=1)
    return redirect(f"{reverse('inbox')}?case={written(following[0].number)}" if following else "inbox")


def _accept(case: Case, by: Actor, seen: int, given: Any) -> None:
    item, place = _code(given.get("item", "")), _code(given.get("place", ""))
    actions.accept(case.number, item=item, place=place, by=by, now=timezone.now(), seen=seen)


def _dispatch(case: Case, by: Actor, seen: int, given: Any) -> None:
    if case.takes("dispatch"):
        _dispatch_as_proposed(case, by, seen)
        return
    item, place = _code(given.get("item", "")), _code(given.get("place", ""))
    actions.accept_and_dispatch(case.number, item=item, place=place, by=by, now=timezone.now(), seen=seen)


def _decline(case: Case, by: Actor, seen: int, given: Any) -> None:
    actions.decline(case.number, reason=given.get("reason", ""), by=by, now=timezone.now(), seen=seen)


def _accept_as_proposed(case: Case, by: Actor, seen: int) -> None:
    _accept(case, by, seen, _proposed(case))


def _dispatch_as_proposed(case: Case, by: Actor, seen: int) -> None:
    if not case.takes("dispatch"):
        _dispatch(case, by, seen, _proposed(case))
    elif case.lead_id is None:
        raise Refused("post_not_there")
    else:
        actions.dispatch(case.number, lead=case.lead_id, by=by, now=timezone.now(), seen=seen)


_DECISIONS: dict[str, Callable[[Case, Actor, int, Any], None]] = {
    "accept": _accept, "dispatch": _dispatch, "decline": _decline,
}  # fmt: skip
_AS_PROPOSED: dict[str, Callable[[Case, Actor, int], None]] = {
    "accept": _accept_as_proposed, "dispatch": _dispatch_as_proposed,
}  # fmt: skip


def _proposed(case: Case) -> dict[str, str]:
    line = catalogue().get(case.item_id) if case.item_id else None
    return {"item": line.code if line else "", "place": case.place}


def _code(typed: str) -> str:
    """Proposals are written with their name behind: "MS03-01 自来水漏水"."""
    return (typed.split() or [""])[0]


def _found(request: HttpRequest, number: int) -> Case:
    try:
        return queries.case(actor_of(request), number)
    except Unseen as unseen:
        raise Http404 from unseen


def _chosen(request: HttpRequest, case: Case, given: Any = None, wrong: str = "") -> Chosen:
    proposed = _proposed(case) if given is None else given
    return Chosen(
        case, pictures(case.photos, timezone.now()), proposed.get("item", ""), proposed.get("place", ""), case.lead_id,
        drawn_for(request, case.place), reason=proposed.get("reason", ""), wrong=wrong,
    )  # fmt: skip


def _list(request: HttpRequest) -> dict[str, Any]:
    after = request.GET.get("after", "")
    cases = queries.inbox(actor_of(request), cursor=cursor_in(after), limit=MOST + 1)
    return {"cases": cases[:MOST], "more": cursor_out(cases, MOST), "after": after, "now": timezone.now()}


def _page(request: HttpRequest, case: Case | None, *, wrong: str = "", status: int = 200) -> HttpResponse:
    shown = _list(request)
    case = case or next(iter(shown["cases"]), None)
    shown["chosen"] = _chosen(request, case, request.POST if wrong else None, wrong) if case else None
    shown["items"] = [one.item for one in items_open(on=timezone.localdate()) if not one.item.is_branch]
    shown["keys"] = [
        ("j / k", _("next, previous case")), ("a", _("accept as proposed")),
        ("d", _("accept and give to the proposed lead")), ("x", _("decline, with a reason")),
        ("t", _("tick the case")), ("/", _("choose the item")), ("?", _("these keys")),
    ]  # fmt: skip
    return render(request, "desk/inbox.html", shown, status=status)
