"""Let a screen show the wall without a person: whoever hangs it up gives it a token of theirs."""

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yiwang.channels.web.gate import SCREEN, WALL
from yiwang.people.queries import Bearer, bearer
from yiwang.people.rules import ONLY_LOOKING, Duty


class ScreenForm(forms.Form):
    """The token, typed once."""

    token = forms.CharField(
        label=_("Token"), max_length=200,
        help_text=_("Made on the page of your account, with the duty to see statistics and no other."),
        widget=forms.PasswordInput(attrs={"class": "form-control", "autocomplete": "off", "autofocus": True}),
    )  # fmt: skip

    bearer: Bearer

    def clean_token(self) -> str:
        """A token that can look and nothing else: in a hall, a browser's drawer is open to many hands."""
        secret = str(self.cleaned_data["token"]).strip()
        found = bearer(secret, timezone.now())
        if found is None or Duty.SEE_NUMBERS not in found.duties:
            raise forms.ValidationError(_("No token that may see statistics, or it has ended."))
        if not found.duties <= ONLY_LOOKING - {Duty.SEE_PERSONAL, Duty.AUDIT}:
            raise forms.ValidationError(_("This token may do more than see statistics. Make one that may not."))
        self.bearer = found
        return secret


@login_not_required
@never_cache
@sensitive_post_parameters("token")
@require_http_methods(["GET", "HEAD", "POST"])
def screen(request: HttpRequest) -> HttpResponse:
    """Ask for the token; from then on this browser shows the wall until the token ends or is revoked."""
    form = ScreenForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "wall/screen.html", {"form": form}, status=422 if form.is_bound else 200)
    answer = redirect("wall")
    answer.set_cookie(
        SCREEN, form.cleaned_data["token"], expires=form.bearer.expires_at, path=WALL, httponly=True,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Strict",
    )  # fmt: skip
    return answer
