"""The log of the duty shift at a desk: who keeps it now, what happened on a day, what is handed over."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yiwang.cases.access import Actor
from yiwang.cases.rules import read_number, written
from yiwang.channels.web.asking import actor_of, only_for
from yiwang.channels.web.desk.giving_out import given_out
from yiwang.channels.web.form_only import form_of
from yiwang.channels.web.naming import moment, names_behind, place_name, post_name
from yiwang.channels.web.polled import unless_known
from yiwang.people.rules import Duty
from yiwang.plumbing.refusals import Refused, Unseen, sentence
from yiwang.shifts import actions, queries
from yiwang.shifts.access import desks_of, read_at
from yiwang.shifts.matters import matters_at
from yiwang.shifts.rules import WRITTEN, Kind
from yiwang.shifts.words import KINDS

MAY = (Duty.TRIAGE, Duty.SUPERVISE)


@require_safe
def shifts(request: HttpRequest) -> HttpResponse:
    """The desk's shift now, and the log of a day."""
    return _page(request)


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The log of the day alone, for whoever has had it before."""
    return unless_known(request, render(request, "desk/shifts_log.html", _logged(request)))


@require_safe
def as_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The log of the day, to be taken away."""
    by, desk, day = _asked(request)
    found = actions.give_out(desk, day, by=by, now=timezone.now(), form=form)
    headings = [_("when"), _("what"), _("who"), _("in which post"), _("in words"), _("case")]
    return given_out(request, form, "shifts", headings, lambda: _rows(found), back=reverse("shifts"))


@form_of("shifts")
def act(request: HttpRequest) -> HttpResponse:
    """What the form says is done: come on duty, write, hand over, or take over."""
    by, desk, _day = _asked(request)
    do, shift = _ACTS.get(request.POST.get("do", "")), request.POST.get("shift", "")
    if do is None or not shift.isdecimal():
        raise Http404
    try:
        said = do(request, by, desk, int(shift))
    except Unseen as unseen:
        if unseen.code != "no_such_case":
            raise Http404 from unseen
        return _page(request, refused=unseen, status=422)
    except Refused as refusal:
        return _page(request, refused=refusal, status=422)
    messages.success(request, said)
    return redirect(f"{reverse('shifts')}?desk={desk}")


def _come(request: HttpRequest, by: Actor, desk: str, _shift: int) -> str:
    actions.come_on_duty(desk, by=by, now=timezone.now())
    return _("You are on duty.")


def _write(request: HttpRequest, by: Actor, _desk: str, shift: int) -> str:
    given, said = request.POST, request.POST.get("kind", "")
    case, typed = read_number(given.get("case", "")), given.get("case", "").strip()
    if typed and case is None:
        raise Refused("no_such_case", number=typed)
    if said not in set(Kind):
        raise Refused("entry_kind_unknown")
    actions.write(shift, kind=Kind(said), text=given.get("text", ""), case=case, by=by, now=timezone.now())
    return _("It stands in the log.")


def _hand_over(request: HttpRequest, by: Actor, _desk: str, shift: int) -> str:
    actions.hand_over(shift, note=request.POST.get("note", ""), by=by, now=timezone.now())
    return _("Handed over. The next one reads it and takes over.")


def _take_over(request: HttpRequest, by: Actor, _desk: str, shift: int) -> str:
    actions.take_over(shift, read=bool(request.POST.get("read")), by=by, now=timezone.now())
    return _("You have taken over and are on duty.")


_ACTS: dict[str, Callable[[HttpRequest, Actor, str, int], str]] = {
    "come": _come, "write": _write, "hand_over": _hand_over, "take_over": _take_over,
}  # fmt: skip


def _asked(request: HttpRequest) -> tuple[Actor, str, date]:
    """Who asks, for which desk (their own first one unless the address names another), and for which day."""
    only_for(request, *MAY)
    by = actor_of(request)
    desk = request.GET.get("desk", "") or next(iter(sorted(desks_of(by) or read_at(by))), "")
    if not any(desk.startswith(ground) for ground in read_at(by)) or not desk.isdecimal():
        raise Http404
    try:
        day = parse_date(request.GET.get("day", ""))
    except ValueError:
        day = None
    return by, desk, day or timezone.localdate()


def _logged(request: HttpRequest) -> dict[str, Any]:
    by, desk, day = _asked(request)
    found = queries.on_day(by, desk, day)
    return {"logged": found, "names": _names(found), "day": day, "desk": desk, "now": timezone.now()}


def _names(found: list[queries.Logged]) -> dict[str, str]:
    subjects = {entry.author for one in found for entry in one.entries} | {one.shift.keeper for one in found}
    return names_behind(subjects)


def _page(request: HttpRequest, *, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    by, desk, day = _asked(request)
    now = queries.now_at(by, desk)
    shown = _logged(request) | {
        "kept": f"desk={desk}&day={day}", "current": now, "matters": matters_at(by, desk, now=timezone.now()),
        "mine": desk in desks_of(by), "desks": sorted(desks_of(by)),
        "kinds": [(kind.value, KINDS[kind]) for kind in WRITTEN],
        "before": day - timedelta(days=1), "after": day + timedelta(days=1) if day < timezone.localdate() else None,
        "given": request.POST, "wrong_said": sentence(refused) if refused else "",
        "wrong_at": "case" if refused and refused.code == "no_such_case" else "",
        "may_hand_over": now is not None and _may_hand_over(by, now),
        "keys": [("/", _("write into the log")), ("h", _("hand over")), ("?", _("these keys"))],
    }  # fmt: skip
    shown["names"] = _names([*shown["logged"], *([now] if now else [])])
    return render(request, "desk/shifts.html", shown, status=status)


def _may_hand_over(by: Actor, now: queries.Logged) -> bool:
    supervised = (grant.ground for grant in by.grants if Duty.SUPERVISE in grant.duties)
    return now.shift.keeper == by.identity or any(now.shift.place.startswith(ground) for ground in supervised)


def _rows(found: list[queries.Logged]) -> Iterator[list[str]]:
    names = _names(found)
    for one in found:
        shift = one.shift
        began = _("Came on duty")
        yield [
            moment(shift.opened_at), began, names.get(shift.keeper, ""), post_name(shift.post_id),
            place_name(shift.place), "",
        ]  # fmt: skip
        for entry in one.entries:
            number = written(entry.case) if entry.case else ""
            kind = str(KINDS[Kind(entry.kind)])
            yield [
                moment(entry.at), kind, names.get(entry.author, ""), post_name(entry.post_id), entry.text, number,
            ]  # fmt: skip
