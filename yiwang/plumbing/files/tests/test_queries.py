from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from yiwang.plumbing.files import actions, queries
from yiwang.plumbing.files.models import StoredFile
from yiwang.plumbing.files.tests import make
from yiwang.plumbing.walls.ground import standing_on

NOON = datetime(2026, 5, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_shelf")]


def keep(content: bytes, name: str, ground: str = "990101001") -> StoredFile:
    with standing_on([ground] if ground else ["*"]):
        return actions.keep(content, name=name, by="person:12", ground=ground).file


@pytest.fixture
def photo() -> Iterator[StoredFile]:
    return keep(make.jpeg(make.quarters(900, 600)), "灯.jpg")  # type: ignore[return-value]


def test_whoever_has_the_link_opens_the_photo_until_it_ends(photo: StoredFile) -> None:
    signed = queries.link(photo, HOUR, now=NOON)
    found = queries.opened(signed, now=NOON + timedelta(minutes=59))
    assert found
    assert (len(found.stream.read()), found.mime) == (found.size, "image/jpeg") == (photo.size, photo.mime)
    assert queries.opened(signed, now=NOON + timedelta(minutes=75)) is None


def test_the_thumbnail_has_a_link_of_its_own(photo: StoredFile) -> None:
    found = queries.opened(queries.thumbnail_link(photo, HOUR, now=NOON), now=NOON)
    assert found
    assert len(found.stream.read()) == found.size == photo.thumbnail_size


def test_a_link_that_was_changed_opens_nothing(photo: StoredFile) -> None:
    signed = queries.link(photo, HOUR, now=NOON)
    other = queries.thumbnail_link(photo, HOUR, now=NOON)
    mixed = other.split(":")[0] + ":" + signed.split(":")[1]
    for wrong in (mixed, signed[:-1], "x" + signed, "", "a:b", ":", photo.pk.hex):
        assert queries.opened(wrong, now=NOON) is None


def test_a_link_to_a_file_that_is_gone_opens_nothing(photo: StoredFile) -> None:
    gone = StoredFile(pk=uuid4(), county=photo.county)
    assert queries.opened(queries.link(gone, HOUR, now=NOON), now=NOON) is None


def test_a_link_made_a_little_later_is_the_same_for_the_browser(photo: StoredFile) -> None:
    assert queries.link(photo, HOUR, now=NOON) == queries.link(photo, HOUR, now=NOON - timedelta(minutes=10))


def test_a_file_of_the_whole_installation_opens_too() -> None:
    file = keep(b"for all", "all.txt", ground="")
    found = queries.opened(queries.link(file, HOUR, now=NOON), now=NOON)
    assert found
    assert found.stream.read() == b"for all"


@pytest.mark.parametrize(
    ("content", "name", "disposition"),
    [
        (make.jpeg(), "lamp.jpg", 'inline; filename="lamp.jpg"'),
        (make.pdf(), "plan.pdf", 'attachment; filename="plan.pdf"'),
        (b"alert(1)", "run.js", 'attachment; filename="run.js.txt"'),
        (make.pdf(), "图.pdf", "attachment; filename*=utf-8''%E5%9B%BE.pdf"),
    ],
)
def test_only_photos_are_shown_everything_else_is_downloaded(content: bytes, name: str, disposition: str) -> None:
    found = queries.opened(queries.link(keep(content, name), HOUR, now=NOON), now=NOON)
    assert found
    assert found.disposition == disposition
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert found.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert found.headers["Cache-Control"] == "private, immutable, max-age=3600"
