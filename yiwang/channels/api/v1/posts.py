"""Posts: who can be given something, on the caller's ground and above it."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from yiwang.channels.api.asking import asker_of
from yiwang.channels.api.v1.places import Prefix
from yiwang.people import queries
from yiwang.people.models import Post

router = Router(tags=["posts"])
_LARGEST = 2**63 - 1


class PostOut(Schema):
    """A post; a null ground is the whole installation. Who holds it is not told here."""

    id: int
    title: str
    unit: str
    role: str
    ground: str | None
    valid_from: date | None
    valid_to: date | None


class PostsOut(Schema):
    """A page of posts in the order of their numbers; `next` goes into `cursor`."""

    posts: list[PostOut]
    next: int | None


class Listing(Schema, extra="forbid"):
    """Which posts: over ground inside a code, after a cursor."""

    inside: Prefix = ""
    cursor: Annotated[int, Field(ge=0, le=_LARGEST)] = 0
    limit: Annotated[int, Field(ge=1, le=1000)] = 100


@router.get("", response=PostsOut, summary="Posts one can see")
def posts(request: HttpRequest, asked: Query[Listing]) -> PostsOut:
    """Present posts on the caller's ground, and those that answer for it from above."""
    found = queries.posts_listed(
        asker_of(request).grounds,
        inside=asked.inside,
        after=asked.cursor,
        limit=asked.limit + 1,
        on=timezone.localdate(),
    )
    page = [_post(post) for post in found[: asked.limit]]
    return PostsOut(posts=page, next=page[-1].id if len(found) > asked.limit else None)


def _post(post: Post) -> PostOut:
    return PostOut(
        id=post.pk, title=post.title, unit=post.unit.name, role=post.role.code, ground=post.ground_id,
        valid_from=post.valid_from, valid_to=post.valid_to,
    )  # fmt: skip
