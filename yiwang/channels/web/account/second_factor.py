"""The one-time code after the password."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from yiwang.channels.web import gate
from yiwang.channels.web.asking import person_of, safe_next
from yiwang.people import actions
from yiwang.plumbing.refusals import Refused, sentence


class CodeForm(forms.Form):
    """Six digits, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"class": "form-control", "autocomplete": "one-time-code", "inputmode": "text", "autofocus": True}
        ),
    )


@never_cache
def second_factor(request: HttpRequest) -> HttpResponse:
    """Let the person in whose code is right."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            right = actions.check_second_factor(person_of(request), form.cleaned_data["code"], now=timezone.now())
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            if right:
                gate.second_factor_passed(request)
                return redirect(safe_next(request))
            form.add_error("code", _("This code is not right, or was used already. Wait for the next one."))
    return render(request, "account/second_factor.html", {"form": form, "next": safe_next(request)})
