"""The inbox of a command centre: what waits on the left, the chosen case on the right, one key for each decision."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from yiwang.cases import actions, queries
from yiwang.cases.access import Actor
from yiwang.cases.models import Case
from yiwang.cases.rules import WAITING, read_number, written
from yiwang.cases.words import MOVES
from yiwang.channels.web.asking import actor_of, only_for
from yiwang.channels.web.desk.beside import MOST, Beside
from yiwang.channels.web.desk.inbox_pane import alike_of, leads_of, pane_of, proposed
from yiwang.channels.web.desk.ticked import deal_with_ticked, still_ticked
from yiwang.channels.web.desk.wanted import asked_in, code_in
from yiwang.channels.web.drawing import drawn_for
from yiwang.people.rules import Duty
from yiwang.plumbing.refusals import Refused, Unseen, sentence

MOST_PARTS = 20
Act = Callable[[Case, Actor, int, QueryDict], object]


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Everything that waits at the person's desks, the most pressing first, with one case open beside it."""
    return INBOX.page(request, ticked=still_ticked(request))


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The list alone, for whoever has had it before."""
    return INBOX.list_alone(request)


@require_safe
def as_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list as it is wanted, to be taken away."""
    return INBOX.as_file(request, form)


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One case to be put beside the list; when its form was sent, what was decided is done."""
    case = INBOX.found(request, number)
    return _decide(request, case) if request.method == "POST" else INBOX.pane(request, case)


@require_safe
def lead(request: HttpRequest, number: int) -> HttpResponse:
    """Who would answer for what the form says by now, who else could, and how much each has on their hands."""
    case = INBOX.found(request, number)
    item, place = code_in(request.GET.get("item", "")), code_in(request.GET.get("place", ""))
    return render(request, "desk/inbox_lead.html", {"leads": leads_of(case, item, place)})


@require_safe
def alike(request: HttpRequest, number: int) -> HttpResponse:
    """What may be the same as one case; asked for behind the page, which does not wait for it."""
    case = INBOX.found(request, number)
    found = alike_of(case, actor_of(request)) if case.is_waiting else None
    return render(request, "desk/inbox_alike.html", {"alike": found, "kept": asked_in(request, INBOX.fields).kept})


@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Accept, or dispatch, what was ticked as it is proposed; what is refused stays ticked, and it is said why."""
    only_for(request, Duty.TRIAGE)
    do = request.POST.get("do", "")
    act = _AS_PROPOSED.get(do)
    if act is None:
        raise Http404
    by = actor_of(request)
    return deal_with_ticked(
        request, lambda number, seen: act(queries.case(by, number), by, seen), most=MOST, back="inbox",
        said=lambda n: ngettext("%(move)s: %(n)s case.", "%(move)s: %(n)s cases.", n) % {"move": MOVES[do], "n": n},
    )  # fmt: skip


def _decide(request: HttpRequest, case: Case) -> HttpResponse:
    act = _DECISIONS.get(request.POST.get("do", ""))
    seen, by = request.POST.get("seen", ""), actor_of(request)
    if act is None or not seen.isdecimal():
        raise Http404
    try:
        act(case, by, int(seen), request.POST)
    except Unseen as gone:
        raise Http404 from gone
    except Refused as refusal:
        found = INBOX.found(request, case.number)
        return INBOX.page(request, found, status=422, pane=pane_of(found, by, request.POST, sentence(refusal)))
    messages.success(request, _done(request.POST, case))
    if act is _whistle:
        return redirect(f"{reverse('inbox')}?{_with_case(request, case)}")
    return INBOX.next_one(request, case)


def _with_case(request: HttpRequest, case: Case) -> str:
    kept = request.GET.copy()
    kept["case"] = written(case.number)
    return kept.urlencode()


def _done(given: QueryDict, case: Case) -> str:
    number, decision = written(case.number), given.get("do", "")
    if decision != "merge":
        return f"{number}{_(': ')}{_('Done: %(move)s.') % {'move': _moves_of(decision, case)}}"
    undo = reverse("case-move", args=[number, "separate"])
    said = _("%(number)s is merged into %(into)s.") % {"number": number, "into": written(_into(given))}
    return format_html('{} <a href="{}">{}</a>', said, undo, _("Undo the merging"))


def _moves_of(decision: str, case: Case) -> str:
    """What was done, in the words of its moves; what was not accepted yet was accepted with it."""
    also = decision in {"dispatch", "whistle"} and case.takes("accept")
    return _(", ").join(str(MOVES[move]) for move in (*(["accept"] if also else []), decision))


def _accept(case: Case, by: Actor, seen: int, given: Any) -> None:
    item, place = _classified(given)
    actions.accept(case.number, item=item, place=place, by=by, now=timezone.now(), seen=seen)


def _classified(given: Any) -> tuple[str, str]:
    return code_in(given.get("item", "")), code_in(given.get("place", ""))


def _dispatch(case: Case, by: Actor, seen: int, given: Any) -> None:
    chosen, now = _lead(given), timezone.now()
    if case.takes("dispatch"):
        if (lead := chosen or case.lead_id) is None:
            raise Refused("post_not_there")
        actions.dispatch(case.number, lead=lead, by=by, now=now, seen=seen)
    else:
        item, place = _classified(given)
        actions.accept_and_dispatch(case.number, item=item, place=place, lead=chosen, by=by, now=now, seen=seen)


def _lead(given: Any) -> int | None:
    """The post that was chosen; none for the one that answers for what the form says."""
    said = given.get("lead", "")
    return int(said) if said.isdecimal() else None


def _decline(case: Case, by: Actor, seen: int, given: Any) -> None:
    actions.decline(case.number, reason=given.get("reason", ""), by=by, now=timezone.now(), seen=seen)


def _merge(case: Case, by: Actor, seen: int, given: Any) -> None:
    actions.merge(case.number, into=_into(given), by=by, now=timezone.now(), seen=seen)


def _into(given: Any) -> int:
    into = read_number(given.get("into", ""))
    if into is None:
        raise Refused("no_such_case", number=given.get("into", ""))
    return into


def _split(case: Case, by: Actor, seen: int, given: Any) -> None:
    lines = [line.strip() for line in given.get("parts", "").splitlines() if line.strip()]
    if len(lines) > MOST_PARTS:
        raise Refused("too_many_parts", most=MOST_PARTS)
    parts = [actions.PartTold(line) for line in lines]
    actions.split(case.number, parts=parts, by=by, now=timezone.now(), seen=seen)


def _whistle(case: Case, by: Actor, seen: int, given: QueryDict) -> None:
    posts = [int(post) for post in given.getlist("posts") if post.isdecimal()]
    why, now = given.get("why", ""), timezone.now()
    if case.takes("accept"):
        item, place = _classified(given)
        actions.accept_and_whistle(
            case.number, item=item, place=place, posts=posts, reason=why, by=by, now=now, seen=seen
        )
    else:
        actions.whistle(case.number, posts=posts, reason=why, by=by, now=now, seen=seen)


def _accept_as_proposed(case: Case, by: Actor, seen: int) -> None:
    _accept(case, by, seen, proposed(case))


def _dispatch_as_proposed(case: Case, by: Actor, seen: int) -> None:
    _dispatch(case, by, seen, proposed(case))


_DECISIONS: dict[str, Act] = {
    "accept": _accept, "dispatch": _dispatch, "decline": _decline, "merge": _merge, "split": _split,
    "whistle": _whistle,
}  # fmt: skip
_AS_PROPOSED: dict[str, Callable[[Case, Actor, int], None]] = {
    "accept": _accept_as_proposed, "dispatch": _dispatch_as_proposed,
}  # fmt: skip


def _around() -> dict[str, Any]:
    return {
        "keys": [
            ("j / k", _("next, previous case")), ("a", _("accept as proposed")),
            ("d", _("accept and give to the chosen lead")), ("m", _("merge into the chosen similar case")),
            ("w", _("whistle for several posts")), ("p", _("split into parts")), ("x", _("decline, with a reason")),
            ("t", _("tick the case")), ("1 2 3", _("take the first, second, third proposal")),
            ("/", _("choose the item")), ("f", _("filter the list")),
            ("?", _("these keys")),
        ],
    }  # fmt: skip


def _pane(request: HttpRequest, case: Case) -> dict[str, Any]:
    pane = pane_of(case, actor_of(request))
    apart = [pane.said.named.place] if pane.said and pane.said.apart else []
    return {"pane": pane, "drawn": drawn_for(request, case.place, *apart), "now": timezone.now()}


INBOX = Beside("inbox", "inbox-case", Duty.TRIAGE, WAITING, queries.inbox, queries.count_inbox, _pane, _around)
