"""Hand out the file behind a signed link."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from yiwang.plumbing.files import queries


@login_not_required
@require_safe
def file(_request: HttpRequest, signed: str) -> FileResponse:
    """The file, or 404: the signed link is itself the right to look."""
    found = queries.opened(signed)
    if found is None:
        raise Http404
    response = FileResponse(found.stream, content_type=found.mime)
    said = {**found.headers, "Content-Disposition": found.disposition, "Content-Length": str(found.size)}
    # Afterwards, since FileResponse writes a disposition of its own.
    for header, value in said.items():
        response[header] = value
    return response
