"""Signing in and out."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from yiwang.channels.web import carrying, gate
from yiwang.channels.web.asking import safe_next
from yiwang.people import demonstration
from yiwang.people.models import Person


class SignInForm(forms.Form):
    """A login name or phone number, and the password."""

    login = forms.CharField(
        label=_("Login name or phone number"),
        max_length=60,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"class": "form-control", "autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(data)
        self.request = request
        self.person: Person | None = None

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "login" in given and "password" in given:
            found = authenticate(self.request, username=given["login"].strip(), password=given["password"])
            self.person = found if isinstance(found, Person) else None
            if self.person is None:
                raise forms.ValidationError(_("Login name or password is not right."))
        return given


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; go on to where the person wanted to go."""
    form = SignInForm(request, request.POST or None)
    carried = request.POST.get("carried", "")
    if request.method == "POST" and form.is_valid() and form.person:
        gate.sign_in(request, form.person)
        if carried:
            carrying.keep(request, carried)
        return redirect(carrying.page_of(request) or safe_next(request))
    return page(request, form, carried=carried)


def page(request: HttpRequest, form: SignInForm, *, carried: str = "") -> HttpResponse:
    """The page of signing in; `carried` goes along with it: what was typed when the session had ended."""
    seats = settings.DEMONSTRATION_SIGN_INS if demonstration.waives_second_factor() else []
    shown = {"form": form, "next": safe_next(request), "sign_ins": seats, "carried_along": carried}
    return render(request, "account/sign_in.html", shown)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    logout(request)
    return redirect("sign-in")
