"""The API keeps to its own document: what the document does not name is refused, what it answers is named there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from yiwang.channels.api.problems import CannotTake, Problem, install, invalid
from yiwang.channels.api.reading import StrictParser, Writer
from yiwang.plumbing.problems import MEDIA_TYPE

MULTIPART = "multipart/form-data"
OPEN = "x-without-sign-in"
"""Marks in `openapi_extra` an operation that takes `asking.OPEN_TO_ALL`."""
MOVES = "x-can-be-overtaken"
"""Marks in `openapi_extra` an operation that moves a case: 409 where somebody was faster."""
# Boundaries, names and headers around the file itself.
_AROUND_A_FILE = 64 * 1024
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class _Terms:
    """What one operation takes: names in the query, media types of a body."""

    fields: frozenset[str]
    media: frozenset[str]


class DocumentedAPI(NinjaAPI):
    """ninja's API with strict reading, problem documents, and a document that tells about both."""

    def __init__(self, **options: Any) -> None:
        super().__init__(parser=StrictParser(), renderer=Writer(), **options)
        install(self)
        self.add_decorator(self._as_documented, mode="view")

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        document = super().get_openapi_schema(**options)
        schemas = document["components"]["schemas"]
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= problem.pop("$defs")
        schemas["Problem"] = problem
        for _path, method, operation in _operations(document):
            _tell_problems(operation, method)
        return document

    @cached_property
    def _terms(self) -> dict[tuple[str, str], _Terms]:
        document = self.get_openapi_schema()
        return {(path, method): _terms_of(operation) for path, method, operation in _operations(document)}

    def _as_documented(self, run: View) -> View:
        def keep_to_document(request: HttpRequest, **path: Any) -> HttpResponse:
            try:
                self._check(request)
            except Exception as error:  # noqa: BLE001 - each is given its answer
                return self.on_exception(request, error)
            return run(request, **path)

        return keep_to_document

    def _check(self, request: HttpRequest) -> None:
        assert request.resolver_match
        path = "/" + request.resolver_match.route.replace("<", "{").replace(">", "}")
        terms = self._terms[path, str(request.method).lower()]
        if unknown := [name for name in request.GET if name not in terms.fields]:
            raise invalid(*((name, "extra_forbidden") for name in unknown))
        if terms.media:
            _check_body(request, terms.media)


def _check_body(request: HttpRequest, media: frozenset[str]) -> None:
    """Before a byte of it is read."""
    if request.content_type not in media:
        raise CannotTake(415)
    length = request.headers.get("Content-Length", "")
    if not length.isascii() or not length.isdigit():
        raise CannotTake(411)
    of_file = settings.FILE_LIMITS.largest + _AROUND_A_FILE
    if int(length[:20]) > (of_file if request.content_type == MULTIPART else settings.DATA_UPLOAD_MAX_MEMORY_SIZE):
        raise CannotTake(413)


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _terms_of(operation: dict[str, Any]) -> _Terms:
    named = operation.get("parameters", ())
    body = operation.get("requestBody", {}).get("content", {})
    return _Terms(frozenset(one["name"] for one in named if one["in"] == "query"), frozenset(body))


def _tell_problems(operation: dict[str, Any], method: str) -> None:
    """Every operation can answer these, so that none has to say so itself."""
    answers = operation["responses"]
    always = {401: "Nobody is signed in", 403: "A step of signing in is due, or the CSRF token is missing"}
    always |= {422: "A field cannot be taken, or a rule says no", 500: "A fault of ours"}
    if "requestBody" in operation:
        if form := operation["requestBody"]["content"].get(MULTIPART):
            form["schema"]["additionalProperties"] = False
        always |= {400: "It cannot be read", 411: "Its length is missing", 413: "It is too large"}
        always |= {415: "Its media type is not taken"}
    if any(one["in"] == "path" for one in operation.get("parameters", ())):
        always |= {404: "There is nothing here, or nothing for you"}
    if operation.get(MOVES):
        always |= {409: "Somebody was faster: nothing was changed"}
    if operation.get(OPEN):
        always |= {429: "Too many requests came from one address without a sign-in"}
        operation["security"] = [*operation.get("security", ()), {}]
    for status, words in always.items():
        content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        answers[status] = {"description": words, "content": content}
    if method == "get":
        answers[304] = {"description": "What If-None-Match names still holds"}
