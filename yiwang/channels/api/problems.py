"""Every "no" of the API as a problem document (RFC 9457): a stable code, the field, a sentence for the caller."""

from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, AuthorizationError, HttpError, ValidationError

from yiwang.plumbing.refusals import Refused, sentence


class FieldProblem(Schema):
    """One field that cannot be taken as it is."""

    field: str
    detail: str


class Problem(Schema):
    """RFC 9457 problem document."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    fields: list[FieldProblem] = []


def answer(status: int, code: str, detail: str, *, fields: Sequence[FieldProblem] = ()) -> HttpResponse:
    """The problem as an HTTP answer."""
    title = HTTPStatus(status).phrase
    problem = Problem(title=title, status=status, code=code, detail=detail, fields=list(fields))
    return JsonResponse(
        problem.model_dump(),
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )


def _field(found: dict[str, Any]) -> FieldProblem:
    # ninja says ("body", "payload", "name"): the caller knows only the name.
    place = [str(part) for part in found["loc"] if part not in ("body", "query", "path", "payload")]
    return FieldProblem(field=".".join(place), detail=str(found["msg"]))


def refused(refusal: Refused) -> HttpResponse:
    """A rule of the field says no."""
    return answer(422, refusal.code, sentence(refusal))


def _invalid(error: ValidationError) -> HttpResponse:
    fields = [_field(found) for found in error.errors]
    return answer(422, "invalid", _("The request cannot be taken as it is."), fields=fields)


def _not_found(_error: Exception) -> HttpResponse:
    return answer(404, "not_found", _("There is nothing here, or nothing for you."))


def _not_signed_in(_error: AuthenticationError) -> HttpResponse:
    denied = answer(401, "sign_in_needed", _("Send a valid token: “Authorization: Bearer …”."))
    denied["WWW-Authenticate"] = "Bearer"
    return denied


def _unreadable(error: HttpError) -> HttpResponse:
    return answer(error.status_code, "unreadable", str(error))


def install(api: NinjaAPI) -> None:
    """Give every kind of error its one answer."""
    answers: dict[type[Exception], Callable[[Any], HttpResponse]] = {
        Refused: refused,
        ValidationError: _invalid,
        Http404: _not_found,
        AuthorizationError: _not_found,
        AuthenticationError: _not_signed_in,
        HttpError: _unreadable,
    }
    for kind, said in answers.items():
        # Bound here, one a kind: the loop's variable would be the last one's for all.
        api.add_exception_handler(kind, partial(_answered, said))


def _answered(said: Callable[[Any], HttpResponse], _request: HttpRequest, error: Any) -> HttpResponse:
    return said(error)
