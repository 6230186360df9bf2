"""Make the papers of what was published: once, and never anew."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import translation

from yiwang.bulletins.content import content_of
from yiwang.bulletins.drawing import drawn_apart
from yiwang.bulletins.excel import book_of
from yiwang.bulletins.models import Paper
from yiwang.bulletins.rules import Content, series, signed_lines
from yiwang.bulletins.word import document_of
from yiwang.insight.models import Bulletin
from yiwang.plumbing.files.actions import keep_ready, look_at
from yiwang.plumbing.files.looking import Ready
from yiwang.plumbing.signing import sign

AT_ONCE = 40
BY = "system"


def make_papers(*, now: datetime, most: int = AT_ONCE) -> int:
    """Make the papers that are not there yet, the newest bulletins first; how many. Stands everywhere; safe to run
    twice: the second finds nothing to do."""
    made = Paper.objects.filter(
        county=OuterRef("county"), place=OuterRef("place"), kind=OuterRef("kind"), first=OuterRef("first")
    )
    waiting = list(Bulletin.objects.filter(~Exists(made)).order_by("-last", "place")[:most])
    with translation.override(settings.LANGUAGE_CODE):
        contents = [content_of(kept) for kept in waiting]
        charts = drawn_apart([series(content.daily) for content in contents])
        for kept, content, chart in zip(waiting, contents, charts, strict=True):
            _keep(kept, content, chart, now)
    return len(waiting)


def _keep(kept: Bulletin, content: Content, chart: bytes, now: datetime) -> None:
    name = f"{content.title} {kept.first.isoformat()}"
    # Looking at a file needs no database.
    docx = look_at(document_of(content, chart), name=f"{name}.docx")
    xlsx = look_at(book_of(content), name=f"{name}.xlsx")
    _lay_down(kept, docx, xlsx, now)


@transaction.atomic
def _lay_down(kept: Bulletin, docx: Ready, xlsx: Ready, now: datetime) -> None:
    word, excel = (keep_ready(ready, by=BY, ground=kept.place, at=now) for ready in (docx, xlsx))
    lines = signed_lines(bytes(kept.signature), {"docx": word.sha256, "xlsx": excel.sha256})
    signature, public_key = sign(lines)
    Paper.objects.create(
        county=kept.county, place=kept.place, kind=kept.kind, first=kept.first, docx=word.pk,
        docx_sha256=word.sha256, xlsx=excel.pk, xlsx_sha256=excel.sha256, signature=signature, public_key=public_key,
        made_at=now,
    )  # fmt: skip
