"""One's own account: posts, sessions, tokens."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from yiwang.channels.web.allowed import DAY
from yiwang.channels.web.asking import person_of
from yiwang.people import access, actions, queries
from yiwang.people.models import Person, Token
from yiwang.people.rules import NEVER_BY_TOKEN, Duty
from yiwang.people.sessions import fingerprint
from yiwang.people.words import DUTIES
from yiwang.places.models import Place
from yiwang.plumbing.refusals import Refused, sentence


class TokenForm(forms.Form):
    """What another system may do, where, and until when."""

    name = forms.CharField(
        label=_("What is it for?"), max_length=60, widget=forms.TextInput(attrs={"class": "form-control"})
    )
    duties = forms.MultipleChoiceField(label=_("Duties"), widget=forms.CheckboxSelectMultiple)
    ground = forms.ChoiceField(label=_("Ground"), required=False, widget=forms.Select(attrs={"class": "form-select"}))
    until = forms.DateField(
        label=_("Until (within a year)"),
        error_messages=DAY,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "form-control", "type": "date"}),
    )

    def __init__(self, person: Person, data: Any = None) -> None:
        today = timezone.localdate()
        super().__init__(data, initial={"until": today + timedelta(days=90)})
        grounds = access.grounds_of(person.pk, today)
        held = {duty for code in grounds for duty in access.duties_of(person.pk, "" if code == "*" else code, today)}
        offered, places = self.fields["duties"], self.fields["ground"]
        assert isinstance(offered, forms.ChoiceField)
        assert isinstance(places, forms.ChoiceField)
        offered.choices = [(d.value, DUTIES[d]) for d in Duty if d in held - NEVER_BY_TOKEN]
        names = dict(Place.objects.filter(pk__in=grounds).values_list("pk", "name"))
        places.choices = [
            ("", _("Whole installation")) if code == "*" else (code, f"{names[code]} {code}") for code in grounds
        ]


@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """Show the account; issue a token when its form was sent."""
    person = person_of(request)
    form = TokenForm(person, request.POST or None)
    issued = _issue(request, person, form) if request.method == "POST" and form.is_valid() else ""
    return render(
        request,
        "account/account.html",
        {
            "holdings": queries.holdings_of(person, timezone.localdate()),
            "sessions": queries.sessions_of(person, now=timezone.now()),
            "this_session": fingerprint(request.session.session_key or ""),
            "tokens": queries.tokens_of(person),
            "form": TokenForm(person) if issued else form,
            "issued": issued,
        },
    )


def _issue(request: HttpRequest, person: Person, form: TokenForm) -> str:
    given = form.cleaned_data
    ends = timezone.make_aware(datetime.combine(given["until"], time.max))
    ground = Place.objects.filter(pk=given["ground"]).first() if given["ground"] else None
    duties = [Duty(value) for value in given["duties"]]
    try:
        _token, secret = actions.issue_token(
            given["name"], duties=duties, ground=ground, expires_at=ends, by=person, now=timezone.now()
        )
    except Refused as refusal:
        form.add_error(None, sentence(refusal))
        return ""
    return secret


@require_POST
def sign_out_session(request: HttpRequest, mark: str) -> HttpResponse:
    """End one of one's other sessions."""
    try:
        actions.sign_out(mark, by=person_of(request))
    except Refused as refusal:
        raise Http404 from refusal
    return redirect("account")


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End all of one's sessions but this one."""
    person = person_of(request)
    actions.sign_out_everywhere(person, by=person, today=timezone.localdate(), keep=request.session.session_key)
    return redirect("account")


@require_POST
def revoke_token(request: HttpRequest, token: int) -> HttpResponse:
    """End one of one's own tokens."""
    person = person_of(request)
    actions.revoke_token(get_object_or_404(Token, pk=token, owner=person), by=person, now=timezone.now())
    return redirect("account")
