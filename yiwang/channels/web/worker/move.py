"""One move of a case on a telephone, with nothing beside it: large, short, and kept on the phone until it is sent."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from yiwang.cases.actions.evidence import content_of
from yiwang.cases.rules import written
from yiwang.catalogue.rules import Evidence
from yiwang.channels.web.case.choices import Sitting
from yiwang.channels.web.case.forms import MoveForm
from yiwang.channels.web.case.making import form_shown, is_still_seen, not_open, sitting_of, tried
from yiwang.channels.web.case.moves import OFFERS
from yiwang.channels.web.case.page import CasePage, page_of
from yiwang.channels.web.worker.case import BY_LOOKING
from yiwang.plumbing.refusals import sentence
from yiwang.replies.queries import FINISHING


@never_cache
def move(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """The move's form; sent, the move is made."""
    if name not in OFFERS:
        raise Http404
    sitting = sitting_of(request, number)
    if request.method == "POST":
        answer = tried(request, sitting, name)
        if answer.refused is None:
            return gone_on(request, sitting)
        return _page(request, sitting_of(request, number), name, answer.form, status=answer.refused)
    if fault := not_open(sitting, name):
        messages.error(request, sentence(fault))
        return redirect("today-case", number)
    if name in BY_LOOKING:
        return redirect("today-check", number)
    return _page(request, sitting, name, OFFERS[name].takes(sitting))


def gone_on(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """To the case, or to what waits where it is not this person's to see any more. A script is told the address."""
    seen = is_still_seen(request, sitting)
    address = reverse("today-case", args=[written(sitting.case.number)]) if seen else reverse("today")
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"address": address})
    return redirect(address)


def _page(request: HttpRequest, sitting: Sitting, name: str, form: MoveForm, *, status: int = 200) -> HttpResponse:
    found, page = sitting.case, page_of(sitting.whole, now=timezone.now())
    evidence = content_of(found).evidence if name in FINISHING and found.version_id else Evidence()
    shown: dict[str, Any] = {
        "opened": form_shown(found, name, form), "page": page, "before": evidence.before_and_after,
        # How it was before is known already where whoever told it took a photo.
        "known": _known(page) if evidence.before_and_after and not form.is_bound else [],
    }  # fmt: skip
    return render(request, "worker/move.html", shown, status=status)


def _known(page: CasePage) -> list[tuple[str, str]]:
    """The report's own photo as the form writes it: nobody knows where it was taken."""
    return [(f"{one.id} -", one.thumbnail) for one in page.photos if one.thumbnail][:1]
