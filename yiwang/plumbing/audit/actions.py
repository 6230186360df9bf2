"""Write the trail."""

from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.logs import request_id
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


def note(act: str, subject: str, *, by: str, ground: str = "", purpose: str = "", **details: object) -> Entry:
    """Add one line to the trail, inside the transaction of what it tells of.

    `subject` and `by` are written as "person:12"; `ground` is the place code where it happened, empty for the
    whole installation; `details` must be plain JSON values and never contain a secret.
    """
    # Anyone may add a line, but PostgreSQL gives back the number only of a row that one may read.
    with standing_on(EVERYWHERE):
        return Entry.objects.create(
            act=act,
            subject=subject,
            actor=by,
            county=ground[:6],
            ground=ground,
            purpose=purpose,
            details=details,
            request_id=request_id.get(),
        )
