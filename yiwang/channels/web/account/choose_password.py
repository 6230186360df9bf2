"""Choosing one's own password, at the first sign-in and whenever one likes."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import password_validation, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from yiwang.channels.web.asking import person_of
from yiwang.people import actions
from yiwang.plumbing.refusals import Refused, sentence

_advice = lazy(password_validation.password_validators_help_text_html, str)


def _password(label: Any, autocomplete: str, help_text: Any = "") -> forms.CharField:
    shown = forms.PasswordInput(attrs={"class": "form-control", "autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=200, strip=False, help_text=help_text, widget=shown)


class ChoosePasswordForm(forms.Form):
    """The old password, the new one, and once more against slips."""

    old = _password(_("Present password"), "current-password")
    new = _password(_("New password"), "new-password", _advice())
    again = _password(_("New password again"), "new-password")

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "new" in given and given.get("again") != given["new"]:
            self.add_error("again", _("The two new passwords differ."))
        return given


@sensitive_post_parameters()
def choose_password(request: HttpRequest) -> HttpResponse:
    """Change the password; every other session of the person ends."""
    form = ChoosePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            person = actions.choose_password(
                person_of(request), old=given["old"], new=given["new"], keep=request.session.session_key
            )
        except Refused as refusal:
            form.add_error("old" if refusal.code == "old_password_wrong" else "new", sentence(refusal))
        else:
            update_session_auth_hash(request, person)
            messages.success(request, gettext("Your password is changed. Every other session has ended."))
            return redirect("account")
    return render(request, "account/choose_password.html", {"form": form})
