import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.files import actions
from yiwang.plumbing.files.models import StoredFile
from yiwang.plumbing.files.shelf import shelf
from yiwang.plumbing.files.tests import make
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

WELL_LANE = "990101001002003"
TOMORROW = datetime.now(UTC) + timedelta(hours=25)


def keep(content: bytes = b"the lamp is out", name: str = "note.txt", ground: str = WELL_LANE) -> actions.Kept:
    return actions.keep(content, name=name, by="person:12", ground=ground)


def lying() -> set[str]:
    return {found.path for found in shelf().everything()}


@pytest.fixture
def everywhere(db: None) -> Iterator[None]:
    with standing_on(EVERYWHERE):
        yield


@pytest.mark.usefixtures("a_shelf", "everywhere")
class TestOnBothShelves:
    def test_a_kept_photo_lies_on_the_shelf_with_its_thumbnail(self) -> None:
        kept = keep(make.jpeg(make.quarters(900, 600)), "灯.heic")
        file = StoredFile.objects.get(pk=kept.file.pk)
        assert (file.kind, file.mime, file.name, file.county) == ("photo", "image/jpeg", "灯.jpg", "990101")
        assert (file.width, file.height, file.thumbnail_width, file.thumbnail_height) == (900, 600, 480, 320)
        assert lying() == {file.path, file.thumbnail_path}
        with shelf().open(file.path) as whole, shelf().open(file.thumbnail_path) as small:
            assert (len(whole.read()), len(small.read())) == (file.size, file.thumbnail_size)
        assert kept.offer.position is not None

    def test_the_same_content_is_stored_once(self) -> None:
        one, two = keep().file, keep(name="other.txt", ground="990102").file
        assert one.pk != two.pk
        assert lying() == {one.path} == {two.path}

    def test_a_document_is_given_back_byte_for_byte(self) -> None:
        with shelf().open(keep(make.pdf()).file.path) as stream:
            assert stream.read() == make.pdf()

    def test_an_act_that_is_undone_leaves_content_that_is_swept_a_day_later(self) -> None:
        kept = keep(b"this stays").file
        with transaction.atomic():
            keep(make.jpeg(make.quarters(900, 600)))
            transaction.set_rollback(True)
        assert len(lying()) == 3
        assert actions.sweep(now=datetime.now(UTC)) == 0
        assert actions.sweep(now=TOMORROW) == 2
        assert lying() == {kept.path}
        assert actions.sweep(now=TOMORROW) == 0

    def test_a_thumbnail_is_not_swept_from_under_its_photo(self) -> None:
        keep(make.jpeg(make.quarters(900, 600)))
        assert actions.sweep(now=TOMORROW) == 0
        assert len(lying()) == 2


def test_a_stream_is_taken_as_well_as_bytes(folder: Path, everywhere: None) -> None:
    kept = actions.keep(BytesIO(b"words"), name="a.txt", by="person:1", ground="")
    assert (kept.file.size, kept.file.county) == (5, "")


def test_the_trail_tells_who_brought_it(folder: Path, everywhere: None) -> None:
    file = keep().file
    entry = Entry.objects.get(subject=f"file:{file.pk}")
    assert (entry.actor, entry.act, entry.ground) == ("person:12", "keep_file", WELL_LANE)


def test_what_is_refused_leaves_nothing_behind(folder: Path, everywhere: None) -> None:
    with pytest.raises(Refused):
        keep(make.HTML)
    assert (lying(), StoredFile.objects.count()) == (set(), 0)


def test_a_row_is_not_written_when_the_content_cannot_be(tmp_path: Path, settings: Settings, everywhere: None) -> None:
    (tmp_path / "blocked").write_text("a file where the folder should be")
    options = {"location": str(tmp_path / "blocked")}
    backend = {"BACKEND": "yiwang.plumbing.files.folder.Folder", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "default": backend}
    with pytest.raises(OSError, match="blocked"):
        keep()
    assert StoredFile.objects.count() == 0


def test_content_is_readable_by_its_owner_only(folder: Path, everywhere: None) -> None:
    path = folder / keep().file.path
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_what_a_killed_process_left_is_swept_and_what_is_not_ours_stays(folder: Path, everywhere: None) -> None:
    (folder / "ab/cd").mkdir(parents=True)
    (folder / "ab/cd/tmp1.unfinished").write_bytes(b"half")
    (folder / "readme").write_bytes(b"not ours")
    assert actions.sweep(now=TOMORROW) == 1
    assert lying() == {"readme"}


def test_the_sweep_sees_every_ground_wherever_it_is_called_from(folder: Path, db: None) -> None:
    with standing_on([WELL_LANE]):
        file = keep().file
    with standing_on(["990102"]):
        assert actions.sweep(now=TOMORROW) == 0
    assert lying() == {file.path}


def test_nobody_sees_or_brings_files_beyond_their_ground(folder: Path, db: None) -> None:
    with standing_on(["990101"]):
        keep()
        assert StoredFile.objects.count() == 1
    with standing_on(["990102"]):
        assert StoredFile.objects.count() == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            keep()


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        ("county", "990102", "file_ground_begins_with_its_county"),
        ("sha256", "x", "file_content_is_a_sha256"),
        ("size", 0, "file_is_not_empty"),
        ("kind", "photo", "photo_has_a_size_and_a_thumbnail"),
    ],
)
def test_the_database_holds_the_line(
    folder: Path, everywhere: None, column: str, value: object, constraint: str
) -> None:
    file = keep().file
    with pytest.raises(DatabaseError, match=constraint), transaction.atomic():
        StoredFile.objects.filter(pk=file.pk).update(**{column: value})


@pytest.mark.django_db(transaction=True)
def test_content_is_not_swept_while_somebody_is_just_keeping_it(folder: Path) -> None:
    written, swept = threading.Event(), threading.Event()

    def bo_keeps() -> None:
        try:
            with standing_on(EVERYWHERE):
                keep()
                written.set()
                assert swept.wait(30)
        finally:
            written.set()
            connection.close()

    bo = threading.Thread(target=bo_keeps)
    bo.start()
    assert written.wait(30)
    removed = actions.sweep(now=TOMORROW)
    swept.set()
    bo.join()
    with standing_on(EVERYWHERE):
        file = StoredFile.objects.get()
    assert (removed, lying()) == (0, {file.path})
