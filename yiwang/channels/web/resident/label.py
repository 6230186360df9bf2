"""The code on a thing: opens the report with item, place and thing filled in."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yiwang.catalogue.labels import read_label


@login_not_required
@require_safe
def label(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever stands before a thing wants to report, also where its label is too worn to be read whole."""
    if read_label(code) is None:
        messages.warning(request, _("This label cannot be read. Please say yourself what it is and where."))
        return redirect("report")
    return redirect(f"{reverse('report')}?{urlencode({'label': code})}")
