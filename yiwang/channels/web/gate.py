"""The gate: who asks, whether they are wholly signed in, and on which ground their page runs.

It stands last among the middlewares and works in `process_view`, so that the transaction of a page's ground is
rolled back when the page fails, and an address that does not exist opens none. Nor does a program that is nobody.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.contrib.auth import login
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yiwang.people import access, actions, demonstration, queries
from yiwang.people.models import Person
from yiwang.people.rules import Duty
from yiwang.people.sessions import note_presence
from yiwang.plumbing.problems import problem
from yiwang.plumbing.walls.ground import EVERYWHERE, NOWHERE, standing_on

View = Callable[..., HttpResponseBase]

NO_DATABASE = frozenset({"healthz", "readyz", "metrics"})
ALWAYS_OPEN = frozenset({"sign-in", "sign-out", "set_language"})
# Name an endpoint here (namespace:function) to run it without a transaction and on no ground: it waits for a slow
# line, works long before it needs the database, or asks it one thing only, and steps on a ground itself.
STEP_THEMSELVES = frozenset(
    {"follow", "report", "report-similar", "today-report", "api-1:send", "api-1:report", "api-1:told"}
)
SECOND_FACTOR, SET_UP, PASSWORD = "second-factor", "second-factor-set-up", "choose-password"
_STEPS = {
    SECOND_FACTOR: ("second_factor_due", _("Enter the code of your second factor first.")),
    SET_UP: ("second_factor_set_up_due", _("Your posts need a second factor; set it up first.")),
    PASSWORD: ("password_due", _("Choose a password of your own first.")),
}

API = "/api/"
# The pages of the wall may be opened by a screen without a person: its token lies in a cookie.
WALL, SCREEN = "/wall", "wall_screen"
_PASSED = "second_factor_passed"


class Gate:
    """Runs every page on the ground of whoever asks."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in NO_DATABASE:
            return None
        due = step_due(request)
        if due and name != due and name not in ALWAYS_OPEN:
            return _turned_away(request, due)
        grounds = NOWHERE if due else _grounds(request)
        if name in STEP_THEMSELVES or (grounds == NOWHERE and hasattr(request, "by_program")):
            return None
        sealed = _investigated(request)
        with standing_on(grounds, sealed=sealed):
            response = view(request, *args, **kwargs)
            if callable(render := getattr(response, "render", None)):
                response = render()
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            response.streaming_content = _streamed(response, grounds, sealed)
        return response


def sign_in(request: HttpRequest, person: Person) -> None:
    """Begin a session for a person whom `authenticate` gave back."""
    with standing_on(EVERYWHERE):
        login(request, person)
    _note_presence(request)


def second_factor_passed(request: HttpRequest) -> None:
    """Remember in the session that the right code was given, under a fresh session key."""
    request.session.cycle_key()
    request.session[_PASSED] = request.user.pk


def step_due(request: HttpRequest) -> str | None:
    """The page (its URL name) that a signed-in person must still pass, or none."""
    person = request.user
    if not isinstance(person, Person):
        return None
    has_factor = getattr(person, "has_second_factor", False)
    if has_factor and request.session.get(_PASSED) != person.pk:
        return SECOND_FACTOR
    if person.must_change_password:
        return PASSWORD
    if (
        not has_factor
        and not demonstration.waives_second_factor()
        and access.must_have_second_factor(person.pk, timezone.localdate())
    ):
        return SET_UP
    return None


def _grounds(request: HttpRequest) -> tuple[str, ...]:
    if secret := _bearer_secret(request):
        return _grounds_of_token(request, secret)
    if not isinstance(request.user, Person):
        return NOWHERE
    _note_presence(request)
    return access.grounds_of(request.user.pk, timezone.localdate())


def _investigated(request: HttpRequest) -> tuple[str, ...]:
    """Where the person opens what is sealed; a token never does."""
    if _bearer_secret(request) or not isinstance(request.user, Person):
        return NOWHERE
    return access.grounds_of(request.user.pk, timezone.localdate(), Duty.INVESTIGATE)


def _bearer_secret(request: HttpRequest) -> str:
    if request.path.startswith(WALL) and not isinstance(request.user, Person):
        return request.COOKIES.get(SCREEN, "")
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" and request.path.startswith(API) else ""


def _grounds_of_token(request: HttpRequest, secret: str) -> tuple[str, ...]:
    """The token's ground; the endpoint finds whom it stands for as `request.bearer`."""
    now = timezone.now()
    found = queries.bearer(secret, now)
    request.bearer = found  # type: ignore[attr-defined]
    if found is None or not found.duties:
        return NOWHERE
    if found.last_used_at is None or now - found.last_used_at > actions.USE_NOTED_EVERY:
        actions.note_token_use(found.token_id, now=now)
    return (found.ground,) if found.ground else EVERYWHERE


def _note_presence(request: HttpRequest) -> None:
    note_presence(
        request.session,
        address=request.META.get("REMOTE_ADDR") or None,
        agent=request.headers.get("User-Agent", ""),
        now=timezone.now(),
    )


def _turned_away(request: HttpRequest, due: str) -> HttpResponseBase:
    if request.path.startswith(API):
        code, sentence = _STEPS[due]
        return problem(403, code, sentence)
    return redirect(due)


def _streamed(response: StreamingHttpResponse, grounds: tuple[str, ...], sealed: tuple[str, ...]) -> Iterator[bytes]:
    """What a page sends bit by bit is read on the same ground, after the page itself has returned."""
    # Taken now: the attribute is replaced by this very generator before the first bit is asked for.
    return _on_ground(iter(response.streaming_content), grounds, sealed)  # type: ignore[arg-type]


def _on_ground(bits: Iterable[bytes], grounds: tuple[str, ...], sealed: tuple[str, ...]) -> Iterator[bytes]:
    with standing_on(grounds, sealed=sealed):
        yield from bits
