"""Messages that did not arrive, and why: for whoever administers the ground, who lets them be tried again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yiwang.channels.web.asking import only_for
from yiwang.channels.web.naming import names_behind
from yiwang.notices import actions, queries
from yiwang.people.rules import Duty
from yiwang.plumbing.refusals import Refused, Unseen, sentence


@require_safe
def failed_notices(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    found = queries.failed(only_for(request, Duty.ADMINISTER), today=timezone.localdate())
    names = names_behind({one.recipient for one in found})
    return render(request, "desk/failed_notices.html", {"notices": found, "names": names, "most": queries.MOST_FAILED})


@require_POST
def try_again(request: HttpRequest, notice: int) -> HttpResponse:
    """Send it once more, with all that went in the same message."""
    by = only_for(request, Duty.ADMINISTER)
    try:
        actions.try_again(notice, by=by, now=timezone.now(), today=timezone.localdate())
    except Unseen as unseen:
        raise Http404 from unseen
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, _("It is tried again."))
    return redirect("failed-notices")
