"""What goes wrong inside an endpoint, answered as problem documents (RFC 9457)."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, AuthorizationError, HttpError, ValidationError

from yiwang.channels.api.words import ANSWERS, FIELD_NOT_TAKEN, FIELDS
from yiwang.plumbing.problems import problem
from yiwang.plumbing.refusals import NotYours, Overtaken, Refused, Unseen, sentence

_LONGEST_NAME = 100
_STATUS: dict[type[Refused], int] = {Unseen: 404, NotYours: 403, Overtaken: 409}


class FieldProblem(Schema):
    """One field that cannot be taken as it is."""

    field: str
    code: str
    detail: str


class Problem(Schema):
    """RFC 9457 problem document."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    fields: list[FieldProblem]
    request_id: str


class CannotTake(Exception):  # noqa: N818 - "raise CannotTake(...)" reads as what happens
    """A request that no endpoint takes; `code` and sentence are the status's own unless given."""

    def __init__(self, status: int, code: str = "", detail: object = "", *, retry_after: int | None = None) -> None:
        self.status, self.code, self.detail, self.retry_after = status, code, detail, retry_after
        super().__init__(status, code)


def answer(status: int, code: str = "", detail: object = "") -> HttpResponse:
    """The problem of a status, in the words of its own unless others are given."""
    known = ANSWERS.get(status) or ANSWERS[500 if status >= 500 else 400]
    return problem(status, code or known[0], detail or known[1])


def invalid(*fields: tuple[str, str]) -> ValidationError:
    """An error that names fields (name, code of `words.FIELDS`), as validation itself raises it."""
    return ValidationError([{"loc": ("request", name), "type": code} for name, code in fields])


def _field(found: dict[str, Any]) -> dict[str, str]:
    part, *names = map(str, found["loc"])
    if part == "body":
        # Next comes what our function calls it, which the caller does not know.
        names = names[1:] or [part]
    # A name can be as long and as strange as its sender likes.
    name = ".".join(names).encode(errors="replace").decode()[:_LONGEST_NAME]
    code = str(found["type"])
    words = str(FIELDS.get(code, FIELD_NOT_TAKEN))
    return {"field": name, "code": code, "detail": words % found.get("ctx", {})}


def _invalid(error: ValidationError) -> HttpResponse:
    code, detail = ANSWERS[422]
    return problem(422, code, detail, fields=map(_field, error.errors))


def _refused(refusal: Refused) -> HttpResponse:
    status = next((status for kind, status in _STATUS.items() if isinstance(refusal, kind)), 422)
    return problem(status, refusal.code, sentence(refusal))


def _not_signed_in(_error: AuthenticationError) -> HttpResponse:
    denied = answer(401)
    denied["WWW-Authenticate"] = "Bearer"
    return denied


def _by_status(error: HttpError) -> HttpResponse:
    # ninja wraps what the parser of the body says.
    if isinstance(cause := error.__cause__, RequestDataTooBig):
        return answer(413)
    return _cannot_take(cause) if isinstance(cause, CannotTake) else answer(error.status_code)


def _cannot_take(error: CannotTake) -> HttpResponse:
    said = answer(error.status, error.code, error.detail)
    if error.retry_after is not None:
        said["Retry-After"] = str(error.retry_after)
    return said


def _raise(error: Exception) -> HttpResponse:
    """A fault of ours: Django logs it, the gate rolls back, and `edge` words it."""
    raise error


_ANSWERS: dict[type[Exception], Callable[[Any], HttpResponse]] = {
    Refused: _refused,
    ValidationError: _invalid,
    CannotTake: _cannot_take,
    AuthenticationError: _not_signed_in,
    AuthorizationError: lambda _error: answer(404),
    Http404: lambda _error: answer(404),
    HttpError: _by_status,
    RequestDataTooBig: lambda _error: answer(413),
    SuspiciousOperation: lambda _error: answer(400),
    MultiPartParserError: lambda _error: answer(400),
    UnreadablePostError: lambda _error: answer(400),
    Exception: _raise,
}


def install(api: NinjaAPI) -> None:
    """Give every kind of error its one answer."""
    for kind, said in _ANSWERS.items():
        api.add_exception_handler(kind, _answering(said))


def _answering(said: Callable[[Any], HttpResponse]) -> Callable[[HttpRequest, Any], HttpResponse]:
    return lambda _request, error: said(error)
