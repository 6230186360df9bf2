from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.plumbing.files.rules import (
    JPEG,
    PDF,
    PNG,
    TEXT,
    Position,
    cleaned_name,
    content_path,
    fitted,
    is_content_path,
    is_orphan,
    link_ends,
    position,
    shows_inline,
    taken_at,
)

BEIJING = timezone(timedelta(hours=8))
NOON = datetime(2026, 5, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("井盖.jpg", "井盖.jpg"),
        ("IMG_2041.HEIC", "IMG_2041.jpg"),
        ("photo.JPEG", "photo.jpeg"),
        ("evil.svg", "evil.svg.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\bo\\lamp.png", "lamp.jpg"),
        ("exe.\u202egpj.exe", "exe.gpj.exe.jpg"),
        ("a\r\nSet-Cookie: x.jpg", "a Set-Cookie_ x.jpg"),
        ("...", "photo.jpg"),
        ("", "photo.jpg"),
        (".jpg", "photo.jpg"),
        ("\udcff.jpg", "photo.jpg"),
    ],
)
def test_a_photo_is_called_what_it_is(name: str, kept: str) -> None:
    assert cleaned_name(name, JPEG) == kept


def test_a_list_keeps_its_ending_and_a_script_loses_its_power() -> None:
    assert cleaned_name("名单.csv", TEXT) == "名单.csv"
    assert cleaned_name("clean.bat", TEXT) == "clean.bat.txt"
    assert cleaned_name("plan", PDF) == "plan.pdf"


@given(st.text(max_size=400), st.sampled_from([JPEG, PNG, PDF, TEXT]))
def test_every_name_is_short_and_printable(name: str, form: object) -> None:
    kept = cleaned_name(name, form)  # type: ignore[arg-type]
    assert 4 < len(kept) <= 150
    assert kept.isprintable()
    assert not set('/\\"\r\n') & set(kept)
    assert cleaned_name(kept, form) == kept  # type: ignore[arg-type]


@given(st.integers(1, 20_000), st.integers(1, 20_000))
def test_nothing_is_enlarged_and_nothing_vanishes(width: int, height: int) -> None:
    new = fitted((width, height), 2560)
    assert max(new) == min(2560, max(width, height))
    assert min(new) >= 1
    assert new[0] <= width
    assert new[1] <= height


def test_a_position_south_and_west_is_negative() -> None:
    assert position((33, 30, 0), "S", (70, 15, 36), "W") == Position(-33.5, -70.26)


@pytest.mark.parametrize(
    ("lat", "north", "lon", "east"),
    [
        ((91, 0, 0), "N", (10, 0, 0), "E"),
        ((10, 0, 0), "N", (181, 0, 0), "E"),
        ((0, 0, 0), "N", (0, 0, 0), "E"),
        ((float("nan"), 0, 0), "N", (10, 0, 0), "E"),
        ((10, 0), "N", (10, 0, 0), "E"),
        ((10, 0, 0), "", (10, 0, 0), "E"),
        ((10, 0, 0), "N", (10, 0, 0), "?"),
    ],
)
def test_what_is_no_position_is_not_offered(lat: tuple[float], north: str, lon: tuple[float], east: str) -> None:
    assert position(lat, north, lon, east) is None


def test_a_camera_without_an_offset_is_thought_to_be_here() -> None:
    assert taken_at("2026:05:01 08:30:15", "", BEIJING) == datetime(2026, 5, 1, 0, 30, 15, tzinfo=UTC)
    assert taken_at("2026:05:01 08:30:15", "+06:00", BEIJING) == datetime(2026, 5, 1, 2, 30, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "written", ["", "0000:00:00 00:00:00", "    :  :     :  :  ", "yesterday", "0001:01:01 00:00:00"]
)
def test_a_camera_that_lost_its_clock_offers_no_moment(written: str) -> None:
    assert taken_at(written, "", BEIJING) is None


@given(st.integers(0, 2**33), st.integers(1, 10**7))
def test_a_link_lives_as_long_as_was_said_and_at_most_a_quarter_longer(now: int, valid_for: int) -> None:
    assert valid_for <= link_ends(now, valid_for) - now <= valid_for * 1.25


def test_links_made_shortly_after_one_another_are_equal() -> None:
    assert link_ends(3600, 3600) == link_ends(3000, 3600) != link_ends(6000, 3600)


def test_only_pictures_of_our_own_making_are_shown_in_pages() -> None:
    assert [shows_inline(mime) for mime in ("image/jpeg", "image/png")] == [True, True]
    assert not any(map(shows_inline, ("image/svg+xml", "text/html", "text/plain", "application/pdf", "image/gif")))


def test_content_lies_under_its_hash() -> None:
    path = content_path("abcd" + "0" * 60)
    assert path == "ab/cd/abcd" + "0" * 60
    assert is_content_path(path)
    assert not any(map(is_content_path, ("ab/ce/abcd" + "0" * 60, "x.unfinished", "../" + path, path + "\n")))


def test_fresh_content_is_left_alone_for_a_day() -> None:
    assert not is_orphan(modified=NOON - timedelta(hours=24), now=NOON)
    assert is_orphan(modified=NOON - timedelta(hours=24, seconds=1), now=NOON)
