"""Setting up the one-time codes: scan, confirm, keep the recovery codes."""

from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from yiwang.channels.web import gate
from yiwang.channels.web.account.second_factor import CodeForm
from yiwang.channels.web.asking import person_of, safe_next
from yiwang.people import access, actions
from yiwang.plumbing.refusals import Refused


@never_cache
def second_factor_set_up(request: HttpRequest) -> HttpResponse:
    """Show what the app scans until its first code is right, then the recovery codes, once."""
    person = person_of(request)
    form = CodeForm(request.POST or None)
    shown: dict[str, Any] = {"form": form, "next": safe_next(request)}
    if request.method == "POST" and form.is_valid():
        try:
            codes = actions.confirm_second_factor(person, form.cleaned_data["code"], now=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
            codes = None
        if codes:
            gate.second_factor_passed(request)
            return render(request, "account/second_factor_set_up.html", shown | {"recovery_codes": codes})
        if not form.errors:
            form.add_error("code", _("This code is not right. Is the clock of your phone right?"))
    if getattr(person, "has_second_factor", False):
        return redirect("account")
    return render(request, "account/second_factor_set_up.html", shown | _picture(request))


def _picture(request: HttpRequest) -> dict[str, Any]:
    """The picture to scan: a new one when the page is opened, the same one while it is tried again."""
    person = person_of(request)
    begin = actions.begin_second_factor if request.method == "GET" else actions.resume_second_factor
    enrolment = begin(person)
    picture = segno.make(enrolment.uri, error="m").svg_inline(border=0, omitsize=True)
    required = access.must_have_second_factor(person.pk, timezone.localdate())
    return {"picture": picture, "key": enrolment.key, "required": required}
